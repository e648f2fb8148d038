package importing

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Run imports a file and says what it did, also where it failed or was ended by ctx halfway:
// what went in stays, and the same run again goes on from there. Rows that can't be taken
// are in the summary and the report, not in the error.
func Run(ctx context.Context, options Options) (Summary, error) {
	begun := time.Now()
	if err := options.complete(); err != nil {
		return Summary{}, err
	}
	total, err := countRows(options.Path, options.Mapping)
	if err != nil {
		return Summary{}, err
	}
	source, err := openTable(options.Path, options.Mapping)
	if err != nil {
		return Summary{}, err
	}
	r := &run{
		Options: options, source: source, report: &report{path: options.Report},
		filing: filing{system: options.System, actor: options.Actor, runID: options.RunID, caseID: options.CaseID},
		seen:   map[string]sighting{},
	}
	r.summary.Ignored, r.summary.DryRun = source.ignored, options.DryRun
	options.Progress.Begin(total)
	err = r.all(ctx)
	options.Progress.End()
	r.summary.Elapsed = time.Since(begun)
	var reportErr error
	r.summary.Report, reportErr = r.report.close()
	return r.summary, errors.Join(err, reportErr, source.close())
}

// sighting is a row that a number was found in.
type sighting struct {
	row    int
	digest [sha256.Size]byte
}

type run struct {
	Options
	source *table
	filing filing
	report *report
	// seen remembers the numbers of the file so far.
	seen map[string]sighting

	mu      sync.Mutex
	summary Summary
}

// all reads the rows in order and hands them to at most Workers goroutines: ended petitions
// in batches, open ones one by one.
func (r *run) all(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(r.Workers)
	err := r.each(ctx, func(batch []petition) {
		group.Go(func() error { return r.record(ctx, batch) })
	})
	if waited := group.Wait(); waited != nil {
		return waited // what made each stop, if anything did
	}
	return err
}

func (r *run) each(ctx context.Context, hand func([]petition)) error {
	rules := defaults{division: r.Division, category: r.Category, mapping: r.Mapping}
	var ended []petition
	for ctx.Err() == nil {
		row, err := r.source.next()
		if errors.Is(err, io.EOF) {
			if len(ended) > 0 {
				hand(ended)
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", r.Path, err)
		}
		if row.blank() {
			continue
		}
		r.count(func(s *Summary) { s.Rows++ })
		p, problems := r.source.readPetition(row, rules, r.Now())
		if len(problems) == 0 {
			var fresh bool
			if fresh, problems, err = r.sight(p, row); err != nil {
				return err
			}
			if !fresh && len(problems) == 0 {
				r.done(func(s *Summary) { s.Existing++ })
				continue
			}
		}
		if len(problems) > 0 {
			if err := r.refuse(problems); err != nil {
				return err
			}
			continue
		}
		if !p.answered() {
			hand([]petition{p})
			continue
		}
		if ended = append(ended, p); len(ended) == endedBatch {
			hand(ended)
			ended = nil
		}
	}
	return ctx.Err()
}

// sight notes a row's number. It is not fresh where a row before had the same number, and a
// problem where that row said something else.
func (r *run) sight(p petition, row line) (fresh bool, problems []problem, err error) {
	canonical, err := p.canonical()
	if err != nil {
		return false, nil, fmt.Errorf("row %d: %w", p.row, err)
	}
	digest := sha256.Sum256(canonical)
	first, again := r.seen[p.number]
	switch {
	case !again:
		r.seen[p.number] = sighting{p.row, digest}
		return true, nil, nil
	case first.digest == digest:
		return false, nil, nil
	}
	return false, []problem{r.source.problemAt(row, FieldNumber, faultRepeated(first.row))}, nil
}

func (r *run) count(change func(*Summary)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(&r.summary)
}

func (r *run) done(change func(*Summary)) {
	r.count(change)
	r.Progress.Add(1)
}

// refuse reports a row.
func (r *run) refuse(problems []problem) error {
	if err := r.report.add(problems); err != nil {
		return err
	}
	r.done(func(s *Summary) { s.Refused++ })
	return nil
}

// refuseNumber reports a row that was read well and then not taken.
func (r *run) refuseNumber(p petition, why fault) error {
	column := r.source.at[FieldNumber]
	return r.refuse([]problem{{row: p.row, column: column, header: r.source.headers[column], value: p.number, fault: why}})
}
