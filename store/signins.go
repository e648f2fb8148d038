package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

const rolesAreNewer = "select exists (select from people where subject = $1 and roles_issued_at >= $2)"

// RolesAreNewer reports whether somebody's roles were brought in step by a token issued then
// or later.
func (s *Store) RolesAreNewer(ctx context.Context, subject string, issued time.Time) (newer bool, err error) {
	if err := s.pool.QueryRow(ctx, rolesAreNewer, subject, casefile.Instant(issued)).Scan(&newer); err != nil {
		return false, fmt.Errorf("look up whose roles a token says: %w", err)
	}
	return newer, nil
}

// writeSignIn writes a person with these roles and no others.
func writeSignIn(ctx context.Context, tx pgx.Tx, change directory.SignIn, rows directory.Entries) error {
	if _, err := seedRows(ctx, tx, rows); err != nil {
		return err
	}
	person := rows.People[0]
	keys := make([]string, len(person.Roles))
	for i, at := range person.Roles {
		keys[i] = roleKey(at.Role, at.UnitID)
	}
	if _, err := tx.Exec(ctx, "delete from person_roles where person_id = $1 and role || '@' || unit_id <> all($2::text[])", person.ID, keys); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "update people set roles_issued_at = $2 where id = $1", person.ID, casefile.Instant(change.IssuedAt))
	return err
}
