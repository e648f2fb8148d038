package feed

import (
	"context"
	"sync"
	"time"

	"github.com/tiaochu/tiaochu/store"
)

// Follower is one place in the feed that moves on. It is for one goroutine.
type Follower struct {
	run    *run
	place  store.FeedCursor
	placed bool
	shown  Shown // people and law that it was told of
	leave  func()
}

// Follow begins after a place, or, where that is nil, with what becomes final from now on.
// The follower must be closed.
func (r *Reader) Follow(after *store.FeedCursor) *Follower {
	joined := r.join()
	f := &Follower{run: joined, leave: sync.OnceFunc(r.leave)}
	if after != nil {
		f.place, f.placed = *after, true
	}
	return f
}

// Close lets go of the feed.
func (f *Follower) Close() { f.leave() }

// Ready waits until the follower has its place: nothing that becomes final from then on is
// missed. The errors are those of Next.
func (f *Follower) Ready(ctx context.Context) error {
	for {
		moved, err := f.settle()
		if err != nil || f.placed && moved == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-moved:
		}
	}
}

// settle takes the reader's place where the follower has none of its own. Until the reader
// has one, it returns what to wait for.
func (f *Follower) settle() (<-chan struct{}, error) {
	x := f.run
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case x.failed != nil:
		return nil, x.failed
	case !x.started:
		return x.moved, nil
	case !f.placed:
		f.place, f.placed = x.place, true
	}
	return nil, nil
}

// retryAfter is the time until a page is asked for again that the record did not give.
const retryAfter = 500 * time.Millisecond

// Next waits for the next batch: some events after the follower's place, each once and in
// order, or none where only people or law have changed. While the record is away it waits.
// Its errors are ErrRestarted and that of ctx; the place is kept then.
func (f *Follower) Next(ctx context.Context) (*Batch, error) {
	if err := f.Ready(ctx); err != nil {
		return nil, err
	}
	for {
		batch, behind, moved, err := f.look()
		switch {
		case err != nil:
			return nil, err
		case batch != nil:
			return f.take(batch), nil
		case behind != nil:
			switch batch, err = f.page(ctx); {
			case err != nil:
				return nil, err
			case batch == nil: // the record is away
				if !pause(ctx, retryAfter) {
					return nil, ctx.Err()
				}
			case len(batch.Events) > 0:
				return f.take(batch), nil
			default: // there was nothing up to where the reader is
				f.place = *behind
			}
		default:
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-moved:
			}
		}
	}
}

// take moves the follower past a batch.
func (f *Follower) take(batch *Batch) *Batch {
	if shown := batch.shared.last.Load().shown; newer(shown, f.shown) {
		f.shown = shown
	}
	if len(batch.Events) > 0 {
		f.place = batch.upTo
	}
	return batch
}

// look finds what comes next among the kept batches, or else that the follower is behind
// them, and how far the reader is, or else what to wait for.
func (f *Follower) look() (batch *Batch, behind *store.FeedCursor, moved <-chan struct{}, err error) {
	x := f.run
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.failed != nil {
		return nil, nil, nil, x.failed
	}
	for _, kept := range x.batches {
		if kept.upTo.Compare(f.place) <= 0 {
			continue
		}
		if kept.after.Compare(f.place) > 0 {
			break // something lies between
		}
		return kept.from(f.place), nil, nil, nil
	}
	switch {
	case x.place.Compare(f.place) > 0:
		place := x.place
		return nil, &place, nil, nil
	case newer(x.shown, f.shown):
		return x.reader.batch(nil, x.shown), nil, nil, nil
	}
	return nil, nil, x.moved, nil
}

// page reads on from the record; few followers do so at once. It gives none where the
// record is away.
func (f *Follower) page(ctx context.Context) (*Batch, error) {
	pages := f.run.reader.pages
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case pages <- struct{}{}:
	}
	defer func() { <-pages }()
	batch, err := f.run.reader.batchAfter(ctx, f.place, pageEvents)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		f.run.reader.logger.Warn("a page of the feed could not be read, it is tried again", "error", err)
		return nil, nil
	}
	return batch, nil
}
