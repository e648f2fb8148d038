package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
	"github.com/tiaochu/tiaochu/directory"
)

// lawLock is the advisory lock between counting clocks (shared, by every append) and
// changing what they are counted by (exclusive): a clock is either counted under the new
// law, or there to be found by whoever looks for the clocks that it moves.
const lawLock = 0x7469616f // "tiao"

const (
	shareLaw = "select pg_advisory_xact_lock_shared($1)"
	ownLaw   = "select pg_advisory_xact_lock($1)"
	// versionsInForce are what a cached directory and a cached law must have to be in force.
	versionsInForce = "select d.version, l.version from directory_version d, law_version l"
	// inForceFor is that, and whether a case or package waits for its clocks to be counted anew.
	inForceFor = "select d.version, l.version, exists (select from recounts where case_id = $1) from directory_version d, law_version l"
	// knownOfCase is that for a case, with the digest of its request $2 and with its course, of the
	// rules of counting $3, and whether its end is held back: what an append reads under the lock. The
	// versions are read one by one, as in ReadVersion.
	knownOfCase = `select (select input_digest from requests where case_id = $1 and request_key = $2), s.days, s.reworks,
		(select version from directory_version), (select version from law_version),
		exists (select from recounts where case_id = $1), exists (select from held_ends where held_case_id = $1)
		from (values (1)) one left join statistics_cases s on s.case_id = $1 and s.rules = $3`
)

// Law returns the catalogue of procedures and the calendars in force: what the program
// brings along, with the years and local procedures that were loaded. It costs one small
// query while nothing has changed.
func (s *Store) Law(ctx context.Context) (*casefile.Law, error) {
	_, law, err := s.InForce(ctx)
	return law, err
}

// InForce returns the directory and the law in force, by one small query while nothing has
// changed: what decisions depend on besides the state and the command.
func (s *Store) InForce(ctx context.Context) (*directory.Directory, *casefile.Law, error) {
	var people, rules int64
	if err := s.pool.QueryRow(ctx, versionsInForce).Scan(&people, &rules); err != nil {
		return nil, nil, fmt.Errorf("read which directory and law are in force: %w", err)
	}
	dir, err := s.directoryAt(ctx, s.pool, people)
	if err != nil {
		return nil, nil, err
	}
	law, err := s.lawAt(ctx, s.pool, rules)
	return dir, law, err
}

// lawAt returns the law of a version from the cache, or else reads the newest.
func (s *Store) lawAt(ctx context.Context, db batcher, version int64) (*casefile.Law, error) {
	law, err := s.law.at(ctx, db, version, (*casefile.Law).Version, readLaw)
	if err != nil {
		return nil, fmt.Errorf("read the law in force: %w", err)
	}
	return law, nil
}

// laidDown is what was loaded beside what the program brings along, as it is in force.
type laidDown struct {
	version    int64
	years      []calendar.Year
	procedures map[string][]byte // the local layer, by file
}

func readLaw(ctx context.Context, db batcher) (*casefile.Law, error) {
	loaded, err := readLaidDown(ctx, db)
	if err != nil {
		return nil, err
	}
	return loaded.law()
}

// readLaidDown reads everything as one JSON document: one statement, so one snapshot.
func readLaidDown(ctx context.Context, db batcher) (laidDown, error) {
	read := laidDown{procedures: map[string][]byte{}}
	var years, procedures []byte
	batch := &pgx.Batch{}
	batch.Queue(`
		select version,
			(select coalesce(jsonb_agg(y.content), '[]') from (
				select distinct on (year, division) content from calendar_years
				order by year, division, law_version desc) y),
			(select coalesce(jsonb_object_agg(p.file, p.content), '{}') from (
				select distinct on (file) file, content from local_procedures
				order by file, law_version desc) p)
		from law_version`).
		QueryRow(func(row pgx.Row) error { return row.Scan(&read.version, &years, &procedures) })
	if err := db.SendBatch(ctx, batch).Close(); err != nil {
		return read, err
	}
	var files []json.RawMessage
	if err := json.Unmarshal(years, &files); err != nil {
		return read, err
	}
	for _, file := range files {
		year, err := calendar.ReadYear("calendar_years", file)
		if err != nil {
			return read, err
		}
		read.years = append(read.years, year)
	}
	var texts map[string]string
	if err := json.Unmarshal(procedures, &texts); err != nil {
		return read, err
	}
	for file, text := range texts {
		read.procedures[file] = []byte(text)
	}
	return read, nil
}

// law puts what was loaded over what the program brings along. Errors are those of
// casefile.NewLaw, calendar and procedure.
func (l laidDown) law() (*casefile.Law, error) {
	catalogue, err := l.catalogue()
	if err != nil {
		return nil, err
	}
	return casefile.NewLaw(l.version, catalogue, overlay(calendar.Shipped().Years(), l.years))
}

func (l laidDown) catalogue() (*procedure.Catalogue, error) {
	if len(l.procedures) == 0 {
		return procedure.Default(), nil
	}
	layer, err := procedure.Load(l.procedures)
	if err != nil {
		return nil, err
	}
	return procedure.Default().With(layer)
}

// overlay replaces years by those of the same number and division, and adds the others.
func overlay(years, over []calendar.Year) []calendar.Year {
	laid := make([]calendar.Year, 0, len(years)+len(over))
	for _, year := range years {
		if find(over, year) == nil {
			laid = append(laid, year)
		}
	}
	return append(laid, over...)
}

// find returns the year of the same number and division; nil where there is none.
func find(years []calendar.Year, like calendar.Year) *calendar.Year {
	for i, year := range years {
		if year.Number == like.Number && year.Division == like.Division {
			return &years[i]
		}
	}
	return nil
}
