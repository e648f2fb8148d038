package main

import (
	"context"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/store"
)

type migrateCommand struct {
	Development bool `help:"Also load the development set of units and people."`
}

// Run brings the record's schema to this binary's version and makes the key files that are
// missing: workers and APIs may see the data folder read-only. It may run at any time, also
// twice at once.
func (c *migrateCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger) error {
	url, err := postgresURL(settings)
	if err != nil {
		return err
	}
	if err := store.Migrate(ctx, url, logger.Named("migrate")); err != nil {
		return err
	}
	reached := *settings
	reached.PostgresURL, reached.PostgresPasswordFile = url, ""
	record, err := openStore(ctx, &reached, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	// What older builds didn't count, or counted by other rules.
	if err := record.CountUncounted(ctx); err != nil {
		return err
	}
	if _, err := record.SumStatistics(ctx); err != nil {
		return err
	}
	if _, err := api.TokenKey(settings.TokenKeyPath()); err != nil {
		return err
	}
	return seed(ctx, record, c.Development)
}

// postgresURL is the configured Postgres, or that of the running embedded stack.
func postgresURL(settings *config.Config) (string, error) {
	if settings.PostgresURL != "" {
		return settings.PostgresConnection()
	}
	reached, err := reach(settings)
	if err != nil {
		return "", err
	}
	return reached.PostgresURL, nil
}
