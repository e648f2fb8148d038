package main

import (
	"context"
	"fmt"

	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
)

// seed loads, for development, the units and people of one city; the published divisions
// come with the program. It is harmless to repeat.
func seed(ctx context.Context, record *store.Store, development bool) error {
	var entries directory.Entries
	if development {
		entries = directory.DevelopmentEntries()
	}
	if _, err := record.SeedDirectory(ctx, entries, false); err != nil {
		return fmt.Errorf("load divisions, units and people: %w", err)
	}
	return nil
}
