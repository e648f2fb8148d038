// Package config holds everything that an installation can set: one struct, read from the
// environment and from flags of the same names, and one table (Variables) that says what each
// variable means and from which docs/configuration.md is generated.
package config

import (
	"path/filepath"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/logging"
)

// Config is the whole configuration of a Tiaochu process. Each field is one variable of the
// table Variables, found there by its flag name; a flag wins over the environment, the
// environment over the default. Load it with Load or, below a command line, with Options.
type Config struct {
	// Data is the folder of the embedded stack and of the key files.
	Data string `name:"data"`
	// Listen is the host:port where the API serves GraphQL, /healthz and /readyz.
	Listen string `name:"listen"`
	// WorkerListen is the host:port where a worker serves /healthz and /readyz; empty for none.
	WorkerListen string `name:"worker-listen"`

	// PostgresURL is the URL of the record's database, possibly without its password; empty means
	// the embedded stack of Data. Connect with the URL that PostgresConnection returns.
	PostgresURL string `name:"postgres-url"`
	// PostgresPasswordFile names a file with the password for PostgresURL; empty for none.
	PostgresPasswordFile string `name:"postgres-password-file"`
	// PostgresPool is the largest number of connections that one process opens.
	PostgresPool int `name:"postgres-pool"`
	// PostgresPort is the loopback port of the embedded Postgres; 0 lets it choose a free one.
	PostgresPort int `name:"postgres-port"`

	// TemporalAddress is the host:port of Temporal's frontend; empty means the embedded stack.
	TemporalAddress string `name:"temporal-address"`
	// TemporalNamespace is the namespace in which the cases live.
	TemporalNamespace string `name:"temporal-namespace"`
	// TemporalTLSCA is a file with the authorities trusted for Temporal's certificate (PEM).
	TemporalTLSCA string `name:"temporal-tls-ca"`
	// TemporalTLSCert is a file with the client certificate (PEM); it needs TemporalTLSKey.
	TemporalTLSCert string `name:"temporal-tls-cert"`
	// TemporalTLSKey is a file with the private key of TemporalTLSCert (PEM).
	TemporalTLSKey string `name:"temporal-tls-key"`
	// TemporalTLSServerName is the name to expect in Temporal's certificate, where it differs
	// from the host of TemporalAddress.
	TemporalTLSServerName string `name:"temporal-tls-server-name"`
	// TemporalPort is the loopback port of the embedded frontend; 0 lets it choose a free one.
	TemporalPort int `name:"temporal-port"`
	// TaskQueue is the task queue of the case workflows and their activities.
	TaskQueue string `name:"task-queue"`
	// BuildID is the worker build that Temporal versions by. The commands receive it filled:
	// where nothing is set, with the id of the running binary.
	BuildID string `name:"build-id"`
	// WorkerCacheMiB is the memory, in MiB, that a worker spends on idle workflows; see CachedWorkflows.
	WorkerCacheMiB int `name:"worker-cache-mib"`

	// MasterKeyFile is the file with the key that wraps the data keys of the cases; empty means
	// master.key in Data, which MasterKeyPath resolves.
	MasterKeyFile string `name:"master-key-file"`
	// TokenKeyFile is the file with the key that signs bearer tokens; empty means token.key in
	// Data, which TokenKeyPath resolves.
	TokenKeyFile string `name:"token-key-file"`
	// DevelopmentTokens lets the API accept tokens that `tiaochu token` prints. Never on where
	// real people sign in.
	DevelopmentTokens bool `name:"development-tokens"`

	// OIDCIssuer is the identity provider that signs people in (OpenID Connect); empty for none.
	OIDCIssuer string `name:"oidc-issuer"`
	// OIDCAudience is this API as the provider names it in a token's aud.
	OIDCAudience string `name:"oidc-audience"`
	// OIDCSubjectClaim is the claim of a token that names the person for good.
	OIDCSubjectClaim string `name:"oidc-subject-claim"`
	// OIDCRolesClaim is the claim of a token that roles come from; empty takes them from the
	// directory.
	OIDCRolesClaim string `name:"oidc-roles-claim"`
	// OIDCRoles names the file that says what the values of OIDCRolesClaim give.
	OIDCRoles string `name:"oidc-roles"`

	// LogLevel is the least level that is logged.
	LogLevel hclog.Level `name:"log-level"`
	// LogFormat is how a log line is written.
	LogFormat logging.Format `name:"log-format"`

	// CommandTimeout is how long the API waits for a command's answer before UNAVAILABLE.
	CommandTimeout time.Duration `name:"command-timeout"`
	// APIHeapMiB is the memory, in MiB, up to which the API collects garbage seldom; 0 is a quarter
	// of the machine's.
	APIHeapMiB int `name:"api-heap-mib"`
	// LiveConnections is the most WebSockets and event streams that one API process keeps open.
	LiveConnections int `name:"live-connections"`
	// LiveConnectionsPerPerson is the most of them that one person may have.
	LiveConnectionsPerPerson int `name:"live-connections-per-person"`
	// LiveSubscriptions is the most operations on one WebSocket at once.
	LiveSubscriptions int `name:"live-subscriptions"`
	// CostLimits is the largest estimated cost of one operation by role; 0 leaves it to the API.
	CostLimits ByRole `name:"cost-limits"`
	// RateLimits is the estimated cost of all that one person or address asks for in a minute, by
	// role; 0 is no bound.
	RateLimits ByRole `name:"rate-limits"`
	// TrustedDocuments is a JSON file of documents that requests may name, or a folder of such;
	// empty for none.
	TrustedDocuments string `name:"trusted-documents"`
	// TrustedDocumentsOnly refuses every other document; it needs TrustedDocuments.
	TrustedDocumentsOnly bool `name:"trusted-documents-only"`
	// CORSOrigins are the origins of other sites whose pages may use the API.
	CORSOrigins Origins `name:"cors-origins"`
	// ClientAddressHeader is the header in which the proxy before the API names the caller's
	// address; empty for none.
	ClientAddressHeader string `name:"client-address-header"`
	// FileMiB is the most, in MiB, that one file of a case may have.
	FileMiB int `name:"file-mib"`
	// FileTimeout bounds the upload or download of one file.
	FileTimeout time.Duration `name:"file-timeout"`
	// ShutdownTimeout is how long a process finishes what it has begun after SIGTERM.
	ShutdownTimeout time.Duration `name:"shutdown-timeout"`
}

// MasterKeyPath returns the file of the master key: MasterKeyFile, or master.key in Data.
func (c *Config) MasterKeyPath() string {
	return c.inData(c.MasterKeyFile, "master.key")
}

// TokenKeyPath returns the file of the token key: TokenKeyFile, or token.key in Data.
func (c *Config) TokenKeyPath() string {
	return c.inData(c.TokenKeyFile, "token.key")
}

func (c *Config) inData(path, name string) string {
	if path != "" {
		return path
	}
	return filepath.Join(c.Data, name)
}

// cachedWorkflowKiB is what one idle case costs in a worker's sticky cache: 36 KiB that are live,
// and what the collector leaves beside them (bench idle).
const cachedWorkflowKiB = 60

// CachedWorkflows returns how many idle cases a worker may keep in memory within WorkerCacheMiB,
// for worker.SetStickyWorkflowCacheSize; at least 1.
func (c *Config) CachedWorkflows() int {
	return max(1, c.WorkerCacheMiB*1024/cachedWorkflowKiB)
}
