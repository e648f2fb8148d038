package main

import (
	"context"
	"fmt"

	"github.com/hashicorp/go-hclog"
	"go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/logging"
	"github.com/tiaochu/tiaochu/stack"
	"github.com/tiaochu/tiaochu/store"
)

// reach fills in where Postgres and Temporal are: what is configured, or else the embedded
// stack running on the data folder.
func reach(settings *config.Config) (*config.Config, error) {
	if settings.PostgresURL != "" && settings.TemporalAddress != "" {
		return settings, nil
	}
	running, err := stack.Read(settings.Data)
	if err != nil {
		return nil, fmt.Errorf("no TIAOCHU_POSTGRES_URL or TIAOCHU_TEMPORAL_ADDRESS is set, and no stack runs on %s (start one with `make run`): %w", settings.Data, err)
	}
	reached := *settings
	if reached.PostgresURL == "" {
		reached.PostgresURL = running.PostgresURL
	}
	if reached.TemporalAddress == "" {
		reached.TemporalAddress = running.TemporalAddress
		reached.TemporalNamespace = running.TemporalNamespace
		reached.TemporalTLSCA = running.TemporalTLS.CA
		reached.TemporalTLSCert = running.TemporalTLS.Cert
		reached.TemporalTLSKey = running.TemporalTLS.Key
		reached.TemporalTLSServerName = running.TemporalTLS.ServerName
	}
	return &reached, nil
}

// openRecord opens the record of the stack that reach finds, and tells where that is.
func openRecord(ctx context.Context, settings *config.Config, logger hclog.Logger) (*config.Config, *store.Store, error) {
	reached, err := reach(settings)
	if err != nil {
		return nil, nil, err
	}
	record, err := openStore(ctx, reached, logger)
	return reached, record, err
}

// openStore opens the record.
func openStore(ctx context.Context, settings *config.Config, logger hclog.Logger) (*store.Store, error) {
	url, err := settings.PostgresConnection()
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, store.Options{
		URL:      url,
		PoolSize: int32(settings.PostgresPool),
		Keys:     store.FileKeySource(settings.MasterKeyPath()),
		Logger:   logger.Named("store"),
	})
}

// dialTemporal connects to Temporal's frontend; the connection is made when first needed.
func dialTemporal(settings *config.Config, logger hclog.Logger) (client.Client, error) {
	secured, err := settings.TemporalTLS()
	if err != nil {
		return nil, err
	}
	temporal, err := client.NewLazyClient(client.Options{
		HostPort:          settings.TemporalAddress,
		Namespace:         settings.TemporalNamespace,
		Logger:            logging.Temporal(logger),
		ConnectionOptions: client.ConnectionOptions{TLS: secured},
	})
	if err != nil {
		return nil, fmt.Errorf("connect to Temporal at %s: %w", settings.TemporalAddress, err)
	}
	return temporal, nil
}
