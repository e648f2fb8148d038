package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"

	"github.com/jackc/pgx/v5"
)

// ReadVersion names the record as one viewer reads it: "FIXED-SNAPSHOT". FIXED is a digest of
// what is versioned as a whole (the directory, the law, erasures, who counts the transactions).
// SNAPSHOT is Postgres's own of what was committed then. Nothing has changed for the viewer
// since, if FIXED is the same and no event that has become visible since the snapshot touches
// them. It needs no table of versions, so no append waits for another.
//
// The zero value names nothing.
type ReadVersion string

const (
	// changesLookedAt bounds how many events a version is compared over: one that is older than
	// that many counts as changed.
	changesLookedAt = 2000
	// longestSnapshot bounds a version's text, in bytes: a snapshot lists the transactions that
	// were running.
	longestSnapshot = 400
)

// versionPattern is what ReadVersion gives out; whatever else comes back was never given out.
var versionPattern = regexp.MustCompile(`^([0-9a-f]{16})-([0-9]{1,20}:[0-9]{1,20}:[0-9,]*)$`)

// unseenTouching is the condition that of a table's events which the snapshot $1 didn't see one is
// touching, which is said of a column, or that they are too many to look at.
func unseenTouching(table, column, touching string) string {
	return fmt.Sprintf(`(select count(*) > %d or coalesce(bool_or(%s), false) from (
		select %s from %s where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)
		order by xid, position limit %d) e)`, changesLookedAt, touching, column, table, changesLookedAt+1)
}

// The versions are read one by one: a join of tables that Postgres knows nothing of would look
// so expensive to it that it compiled the statement first.
var (
	readVersionNow = `select (select version from directory_version), (select version from law_version),
		(select version from erasure_version),
		exists (select from recounts) or exists (select from text_backlog), coalesce(` + countedBy + `, ''),
		pg_current_snapshot()::text, `
	readVersionSince = readVersionNow + unseenTouching("events", "touched", "touched is null or touched && $2::integer[]") +
		" or " + unseenTouching("package_events", "xid", "true")
)

// ReadVersion returns the version of what the viewer would read from now on, and whether all
// that they read at a known version is as it was. directory and law are the versions that the
// reading uses beside the record. It names nothing while the record changes without events:
// when the directory or the law moved in between, while clocks wait to be counted anew, cases to
// be counted for the statistics, or texts to be indexed, and on a standby.
func (s *Store) ReadVersion(ctx context.Context, viewer Viewer, directory, law int64, known ReadVersion) (now ReadVersion, unchanged bool, err error) {
	if s.countingAll.Load() {
		return "", false, nil
	}
	fixed, snapshot := known.parts()
	query, args := readVersionNow+"true", []any{}
	if snapshot != "" {
		query, args = readVersionSince, []any{snapshot, viewer.touches()}
	}
	var people, rules, erasures int64
	var unsettled, changed bool
	var by, current string
	err = s.pool.QueryRow(ctx, query, args...).Scan(&people, &rules, &erasures, &unsettled, &by, &current, &changed)
	if sqlState(err) == invalidText || sqlState(err) == "22003" { // a snapshot that was never given out
		return s.ReadVersion(ctx, viewer, directory, law, "")
	}
	if err != nil {
		return "", false, fmt.Errorf("read the record's version: %w", err)
	}
	if unsettled || by == "" || people != directory || rules != law || len(current) > longestSnapshot {
		return "", false, nil
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s|%d|%d|%d", by, people, rules, erasures))
	digest := hex.EncodeToString(sum[:8])
	return ReadVersion(digest + "-" + current), snapshot != "" && digest == fixed && !changed, nil
}

// invalidText is the SQLSTATE of a text that is not of its type.
const invalidText = "22P02"

func (v ReadVersion) parts() (fixed, snapshot string) {
	if len(v) > longestSnapshot+20 {
		return "", ""
	}
	found := versionPattern.FindStringSubmatch(string(v))
	if found == nil {
		return "", ""
	}
	return found[1], found[2]
}

// erasing moves the version of erasures.
func erasing(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, "update erasure_version set version = version + 1")
	return err
}
