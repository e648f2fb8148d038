package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"time"

	temporalcluster "go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
)

// temporalSettings is what the supervisor hands the Temporal process on its stdin: the process reads
// no file of the data folder, and its command line and environment carry no secret.
type temporalSettings struct {
	LogLevel string      `json:"logLevel"`
	Ports    ports       `json:"ports"`
	Store    *config.SQL `json:"store"`
	// Visibility is the database of the lists that operators see.
	Visibility *config.SQL `json:"visibility"`
	// PEM, the content of the certificate files.
	Authority  []byte `json:"authority"`
	ServerCert []byte `json:"serverCert"`
	ServerKey  []byte `json:"serverKey"`
	// MemoryBytes is the machine's memory, by which caches are sized.
	MemoryBytes int64 `json:"memoryBytes"`
	// RunAs is the user to become; nil to stay.
	RunAs *runAs `json:"runAs,omitempty"`
}

type runAs struct {
	UID int `json:"uid"`
	GID int `json:"gid"`
}

// historyShards is fixed for the life of a database.
const historyShards = 4

func newTemporalSettings(c *cluster, p *ports, certs certificates, logLevel string, memory int64) (*temporalSettings, error) {
	settings := &temporalSettings{
		LogLevel:    logLevel,
		Ports:       ports{Frontend: p.Frontend, History: p.History, Matching: p.Matching, Worker: p.Worker},
		Store:       c.temporalStore(storeDatabase.name, storeConnections),
		Visibility:  c.temporalStore(visibilityDatabase.name, visibilityConnections),
		MemoryBytes: memory,
	}
	if c.servant != nil {
		settings.RunAs = &runAs{UID: int(c.servant.uid), GID: int(c.servant.gid)}
	}
	for _, each := range []struct {
		content *[]byte
		path    string
	}{{&settings.Authority, certs.authority}, {&settings.ServerCert, certs.serverCert}, {&settings.ServerKey, certs.serverKey}} {
		var err error
		if *each.content, err = os.ReadFile(each.path); err != nil {
			return nil, err
		}
	}
	return settings, nil
}

// serverConfig is the configuration of the four services in one process, on loopback.
func (s *temporalSettings) serverConfig() *config.Config {
	service := func(port int) config.Service {
		return config.Service{RPC: config.RPC{GRPCPort: port, BindOnIP: "127.0.0.1"}}
	}
	return &config.Config{
		Global: config.Global{
			Membership: config.Membership{MaxJoinDuration: 30 * time.Second, BroadcastAddress: "127.0.0.1"},
			TLS:        s.tls(),
		},
		Persistence: config.Persistence{
			DefaultStore:     "store",
			VisibilityStore:  "visibility",
			NumHistoryShards: historyShards,
			DataStores: map[string]config.DataStore{
				"store":      {SQL: s.Store},
				"visibility": {SQL: s.Visibility},
			},
		},
		ClusterMetadata: &temporalcluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        "active",
			CurrentClusterName:       "active",
			ClusterInformation: map[string]temporalcluster.ClusterInformation{"active": {
				Enabled:                true,
				InitialFailoverVersion: 1,
				RPCAddress:             s.address(s.Ports.Frontend),
			}},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services: map[string]config.Service{
			string(primitives.FrontendService): service(s.Ports.Frontend),
			string(primitives.HistoryService):  service(s.Ports.History),
			string(primitives.MatchingService): service(s.Ports.Matching),
			string(primitives.WorkerService):   service(s.Ports.Worker),
		},
		Archival: config.Archival{
			History:    config.HistoryArchival{State: "disabled"},
			Visibility: config.VisibilityArchival{State: "disabled"},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: "disabled"},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: "disabled"},
		}},
	}
}

// tls has every port ask for a certificate of this installation, the frontend's and those between
// the services alike.
func (s *temporalSettings) tls() config.RootTLS {
	encode := base64.StdEncoding.EncodeToString
	authority, certificate, key := []string{encode(s.Authority)}, encode(s.ServerCert), encode(s.ServerKey)
	client := config.ClientTLS{ServerName: temporalServerName, RootCAData: authority}
	group := config.GroupTLS{
		Client: client,
		Server: config.ServerTLS{CertData: certificate, KeyData: key, ClientCAData: authority, RequireClientAuth: true},
	}
	return config.RootTLS{
		Internode:    group,
		Frontend:     group,
		SystemWorker: config.WorkerTLS{CertData: certificate, KeyData: key, Client: client},
	}
}

func (s *temporalSettings) staticHosts() map[primitives.ServiceName]static.Hosts {
	return map[primitives.ServiceName]static.Hosts{
		primitives.FrontendService: static.SingleLocalHost(s.address(s.Ports.Frontend)),
		primitives.HistoryService:  static.SingleLocalHost(s.address(s.Ports.History)),
		primitives.MatchingService: static.SingleLocalHost(s.address(s.Ports.Matching)),
		primitives.WorkerService:   static.SingleLocalHost(s.address(s.Ports.Worker)),
	}
}

func (s *temporalSettings) address(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

// dynamicConfig is where this server differs from the defaults, which are for many large machines.
func (s *temporalSettings) dynamicConfig() dynamicconfig.StaticClient {
	return dynamicconfig.StaticClient{
		// It would ask version-info.temporal.io whether it is current.
		dynamicconfig.EnableServerVersionCheck.Key(): false,
		// One machine matches tasks with one partition: with more, a task waits where nobody
		// polls until it is forwarded.
		dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():  1,
		dynamicconfig.MatchingNumTaskqueueWritePartitions.Key(): 1,
		// Caches by bytes, not by entries: 128,000 workflows of unknown size may not fit. What is
		// counted is the encoded size, which takes some four times as much memory; and whoever
		// holds memory has it collected again every two minutes, for cases that wait for months.
		dynamicconfig.HistoryCacheSizeBasedLimit.Key():        true,
		dynamicconfig.HistoryCacheHostLevelMaxSizeBytes.Key(): int(share(s.MemoryBytes, 64, 64*megabyte, 256*megabyte)),
		// A case that nobody has touched for minutes is let go, for the same reason: it waits for
		// weeks, and is read again in some milliseconds.
		dynamicconfig.HistoryCacheTTL.Key(): 5 * time.Minute,
		dynamicconfig.HistoryCacheBackgroundEvict.Key(): dynamicconfig.CacheBackgroundEvictSettings{
			Enabled: true, LoopInterval: time.Minute, MaxEntryPerCall: 1024,
		},
	}
}
