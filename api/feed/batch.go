package feed

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
)

// Batch is some events in a row. Events may be none: then people or law have changed.
type Batch struct {
	Events []store.FeedEvent

	after, upTo store.FeedCursor
	shared      *shared
}

// Shown is what events are shown with: what decides who sees them, all as it is now.
type Shown struct {
	Sights store.Sights
	People *directory.Directory
	Law    *casefile.Law
}

// staleAfter is for how long what was read counts as now.
const staleAfter = time.Second

// shared is what the followers of a batch share: one reads for all.
type shared struct {
	reader *Reader
	events []store.FeedEvent
	turn   chan struct{} // holds one: whose turn it is to read again
	last   atomic.Pointer[reading]
}

type reading struct {
	shown Shown
	at    time.Time
}

// Shown gives what the batch is shown with. A follower that comes late, because it is slow,
// makes it be read again: what is sent is judged by rights no older than a second.
func (b *Batch) Shown(ctx context.Context) (Shown, error) {
	s := b.shared
	if last := s.last.Load(); time.Since(last.at) < staleAfter {
		return last.shown, nil
	}
	select {
	case <-ctx.Done():
		return Shown{}, ctx.Err()
	case s.turn <- struct{}{}:
	}
	defer func() { <-s.turn }()
	if last := s.last.Load(); time.Since(last.at) < staleAfter {
		return last.shown, nil
	}
	now := reading{at: time.Now()}
	var err error
	if now.shown, err = s.reader.show(ctx, s.events); err != nil {
		return Shown{}, err
	}
	s.last.Store(&now)
	return now.shown, nil
}

// batchAfter reads events after a place with what they are shown with.
func (r *Reader) batchAfter(ctx context.Context, after store.FeedCursor, limit int) (*Batch, error) {
	events, err := r.record.Feed(ctx, after, limit)
	if err != nil {
		return nil, err
	}
	shown, err := r.show(ctx, events)
	if err != nil {
		return nil, err
	}
	batch := r.batch(events, shown)
	batch.after, batch.upTo = after, after
	if len(events) > 0 {
		batch.upTo = events[len(events)-1].Place()
	}
	return batch, nil
}

func (r *Reader) batch(events []store.FeedEvent, shown Shown) *Batch {
	s := &shared{reader: r, events: events, turn: make(chan struct{}, 1)}
	s.last.Store(&reading{shown, time.Now()})
	return &Batch{Events: events, shared: s}
}

// show reads what events are shown with. People and law are read last: they are no older
// than what they decide on.
func (r *Reader) show(ctx context.Context, events []store.FeedEvent) (shown Shown, err error) {
	if shown.Sights, err = r.record.Sights(ctx, owners(events, caseOf), owners(events, packageOf)); err != nil {
		return Shown{}, err
	}
	shown.People, shown.Law, err = r.record.InForce(ctx)
	return shown, err
}

// newer reports whether directory or law is newer than what is known.
func newer(shown, known Shown) bool {
	return known.People == nil || shown.People.Version > known.People.Version || shown.Law.Version() > known.Law.Version()
}

// from leaves out the events up to a place within the batch.
func (b *Batch) from(place store.FeedCursor) *Batch {
	cut := *b
	for len(cut.Events) > 0 && cut.Events[0].Place().Compare(place) <= 0 {
		cut.Events = cut.Events[1:]
	}
	return &cut
}

func caseOf(e store.FeedEvent) string {
	if e.Case == nil {
		return ""
	}
	return e.Case.CaseID
}

func packageOf(e store.FeedEvent) string {
	if e.Package == nil {
		return ""
	}
	return e.Package.PackageID
}

// owners are the distinct ids that of gives.
func owners(events []store.FeedEvent, of func(store.FeedEvent) string) []string {
	var ids []string
	seen := map[string]bool{"": true}
	for _, e := range events {
		if id := of(e); !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}
