package config

import (
	"errors"
	"net"
	"net/url"
)

// ErrIncomplete is wrapped by the errors of Check: variables that need each other.
var ErrIncomplete = errors.New("incomplete configuration")

type incompleteError string

func (e incompleteError) Error() string        { return string(e) }
func (e incompleteError) Is(target error) bool { return target == ErrIncomplete }

// Check tells whether the values fit each other, which reading them one by one can't: a client
// certificate without its key, a password file without a database or beside a password, an
// identity provider without an audience, trusted documents only and none of them, development tokens on a network. Its errors match
// ErrIncomplete and name the variables.
func (c *Config) Check() error {
	if (c.TemporalTLSCert == "") != (c.TemporalTLSKey == "") {
		return incompleteError("TIAOCHU_TEMPORAL_TLS_CERT and TIAOCHU_TEMPORAL_TLS_KEY need each other: set both or neither")
	}
	if c.TemporalAddress == "" && (c.TemporalTLSCert != "" || c.TemporalTLSCA != "" || c.TemporalTLSServerName != "") {
		return incompleteError("the TIAOCHU_TEMPORAL_TLS_ variables need TIAOCHU_TEMPORAL_ADDRESS: the embedded Temporal brings its own")
	}
	if (c.OIDCIssuer == "") != (c.OIDCAudience == "") {
		return incompleteError("TIAOCHU_OIDC_ISSUER and TIAOCHU_OIDC_AUDIENCE need each other: set both or neither")
	}
	if (c.OIDCRolesClaim == "") != (c.OIDCRoles == "") {
		return incompleteError("TIAOCHU_OIDC_ROLES_CLAIM and TIAOCHU_OIDC_ROLES need each other: set both or neither")
	}
	if c.OIDCRolesClaim != "" && c.OIDCIssuer == "" {
		return incompleteError("TIAOCHU_OIDC_ROLES_CLAIM needs TIAOCHU_OIDC_ISSUER: it is a claim of its tokens")
	}
	if c.DevelopmentTokens && !c.OnLoopback() {
		return incompleteError("TIAOCHU_DEVELOPMENT_TOKENS needs a loopback address in TIAOCHU_LISTEN, not " + c.Listen +
			": whoever can read the token key is anybody")
	}
	if c.TrustedDocumentsOnly && c.TrustedDocuments == "" {
		return incompleteError("TIAOCHU_TRUSTED_DOCUMENTS_ONLY needs TIAOCHU_TRUSTED_DOCUMENTS: nothing could be asked")
	}
	if c.PostgresPasswordFile != "" {
		if c.PostgresURL == "" {
			return incompleteError("TIAOCHU_POSTGRES_PASSWORD_FILE needs TIAOCHU_POSTGRES_URL")
		}
		if u, err := url.Parse(c.PostgresURL); err == nil && u.User != nil {
			if _, twice := u.User.Password(); twice {
				return incompleteError("TIAOCHU_POSTGRES_URL has a password and TIAOCHU_POSTGRES_PASSWORD_FILE names another: set one of them")
			}
		}
	}
	return nil
}

// OnLoopback reports whether the API listens for this machine alone.
func (c *Config) OnLoopback() bool {
	host, _, err := net.SplitHostPort(c.Listen)
	return err == nil && loopback(host)
}
