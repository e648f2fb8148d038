package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// SampleDraw is a draw of ended cases with all that it takes to repeat it.
type SampleDraw struct {
	ID       string
	Division casefile.Division
	Month    string // YYYY-MM, Asia/Shanghai
	UnitID   string
	Role     casefile.Role
	Rule     string
	PerMille int
	Seed     uint64
	// Population and Drawn are case ids.
	Population, Drawn []string
	DrawnAt           time.Time
}

// EndedCase is a case that may be sampled.
type EndedCase struct{ ID, ResponsibleUnitID string }

// EndedIn lists the cases of a division and below that ended in a month: those that another
// system had answered, and sealed ones, are left out.
func (s *Store) EndedIn(ctx context.Context, division casefile.Division, month time.Time) ([]EndedCase, error) {
	within, err := s.scope(ctx, division)
	if err != nil {
		return nil, err
	}
	first := time.Date(month.Year(), month.Month(), 1, 0, 0, 0, 0, casefile.Shanghai)
	args := &arguments{}
	query := "select c.id::text, c.responsible_unit_id from cases c where " + inDivisions(within, args) +
		" and not c.open and not c.imported and c.confidentiality <> 'SEALED' and c.closed_at >= " + args.add(first) +
		" and c.closed_at < " + args.add(first.AddDate(0, 1, 0)) + " order by c.id"
	rows, err := s.pool.Query(ctx, query, args.values...)
	if err != nil {
		return nil, fmt.Errorf("read ended cases: %w", err)
	}
	ended, err := pgx.CollectRows(rows, pgx.RowToStructByPos[EndedCase])
	if err != nil {
		return nil, fmt.Errorf("read ended cases: %w", err)
	}
	return ended, nil
}

// KeepDraw stores a draw, once for a division, month and verifier, and returns the one that
// is kept: an earlier one stays as it was.
func (s *Store) KeepDraw(ctx context.Context, draw SampleDraw) (SampleDraw, error) {
	_, err := s.pool.Exec(ctx, `
		insert into samples (id, division, month, unit_id, role, rule, per_mille, seed, population, drawn, drawn_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8::text::numeric, $9::text[]::uuid[], $10::text[]::uuid[], $11)
		on conflict on constraint samples_are_drawn_once do nothing`,
		draw.ID, draw.Division, draw.Month, draw.UnitID, draw.Role, draw.Rule, draw.PerMille, fmt.Sprint(draw.Seed),
		draw.Population, draw.Drawn, draw.DrawnAt)
	if err != nil {
		return draw, fmt.Errorf("keep the draw: %w", err)
	}
	return s.readDraw(ctx, "division = $1 and month = $2 and unit_id = $3 and role = $4", draw.Division, draw.Month, draw.UnitID, draw.Role)
}

// Draw returns the draw of that id; false where there is none.
func (s *Store) Draw(ctx context.Context, id string) (SampleDraw, bool, error) {
	if !validUUID(id) {
		return SampleDraw{}, false, nil
	}
	draw, err := s.readDraw(ctx, "id = $1", id)
	if errors.Is(err, pgx.ErrNoRows) {
		return SampleDraw{}, false, nil
	}
	return draw, err == nil, err
}

func (s *Store) readDraw(ctx context.Context, where string, args ...any) (SampleDraw, error) {
	var d SampleDraw
	var seed string
	err := s.pool.QueryRow(ctx, `select id::text, division, month, unit_id, role, rule, per_mille, seed::text,
		population::text[], drawn::text[], drawn_at from samples where `+where, args...).Scan(
		&d.ID, &d.Division, &d.Month, &d.UnitID, &d.Role, &d.Rule, &d.PerMille, &seed, &d.Population, &d.Drawn, &d.DrawnAt)
	if err != nil {
		return d, fmt.Errorf("read the draw: %w", err)
	}
	if _, err := fmt.Sscan(seed, &d.Seed); err != nil {
		return d, fmt.Errorf("read the seed %q: %w", seed, err)
	}
	return d, nil
}
