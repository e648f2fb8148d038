// Package feed reads the feed of events once for a whole process and hands it to any number
// of followers. What is new is kept in memory for a while; who is further behind, because
// they resume an old place or are slow, reads pages from the record until they have caught
// up. A follower holds a place and one page, so none of them costs memory by being slow.
package feed

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
)

// Record is what is read; *store.Store is one.
type Record interface {
	Feed(ctx context.Context, after store.FeedCursor, limit int) ([]store.FeedEvent, error)
	FeedEnd(ctx context.Context) (store.FeedCursor, error)
	FeedEpoch() int
	ListenFeed(ctx context.Context, heard func()) error
	Sights(ctx context.Context, caseIDs, packageIDs []string) (store.Sights, error)
	InForce(ctx context.Context) (*directory.Directory, *casefile.Law, error)
}

// ErrRestarted ends every follower: the record was restored, or taken over by another
// cluster, so what they have seen may not be what it holds. They read anew.
var ErrRestarted = errors.New("the feed has begun anew")

const (
	// batchEvents is how many events are read at once, keptEvents how many the process keeps.
	batchEvents = 256
	keptEvents  = 1024
	// readEvery is the least time between two reads, so that a burst is one batch.
	readEvery = 15 * time.Millisecond
	// lookFirst and lookLast bound the time until the reader looks by itself: soon after
	// something happened, since events wait for older transactions to end and nobody says so
	// when they have; then ever more seldom.
	lookFirst, lookLast = 10 * time.Millisecond, time.Second
	// pageEvents is a page for who is behind, pagesAtOnce how many are read at the same time.
	pageEvents  = 100
	pagesAtOnce = 4
)

// Reader is the one reader of a process. It reads while somebody follows.
type Reader struct {
	record Record
	logger hclog.Logger
	pages  chan struct{}

	mu        sync.Mutex
	run       *run
	followers int
	ended     sync.WaitGroup
}

// NewReader makes a reader of a record.
func NewReader(record Record, logger hclog.Logger) *Reader {
	return &Reader{record: record, logger: logger, pages: make(chan struct{}, pagesAtOnce)}
}

// Wait returns when nobody follows any more and the last reading has ended.
func (r *Reader) Wait() { r.ended.Wait() }

// run is one stretch of reading, from the first follower to the last, or to a restore.
type run struct {
	reader *Reader
	stop   context.CancelFunc

	mu      sync.Mutex
	failed  error // for good
	started bool
	place   store.FeedCursor // up to which it has read
	batches []*Batch         // the last ones, oldest first
	kept    int              // events in them
	shown   Shown            // people and law as they were read last
	moved   chan struct{}    // closed, and another one made, when any of these change
}

// join adds a follower to the current run, or begins one.
func (r *Reader) join() *run {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.followers++
	if r.run == nil {
		ctx, stop := context.WithCancel(context.Background())
		r.run = &run{reader: r, stop: stop, moved: make(chan struct{})}
		r.ended.Add(2)
		heard := make(chan struct{}, 1)
		go r.run.listen(ctx, heard)
		go r.run.read(ctx, heard)
	}
	return r.run
}

func (r *Reader) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.followers--
	if r.followers == 0 && r.run != nil {
		r.run.stop()
		r.run = nil
	}
}

func (x *run) listen(ctx context.Context, heard chan<- struct{}) {
	defer x.reader.ended.Done()
	for ctx.Err() == nil {
		err := x.reader.record.ListenFeed(ctx, func() {
			select {
			case heard <- struct{}{}:
			default:
			}
		})
		if ctx.Err() == nil {
			x.reader.logger.Warn("the feed's listener is away; it is read all the same", "error", err)
			pause(ctx, lookLast)
		}
	}
}

// read reads what is new until ctx ends.
func (x *run) read(ctx context.Context, heard <-chan struct{}) {
	defer x.reader.ended.Done()
	idle := lookFirst
	for ctx.Err() == nil {
		read, err := x.readOnce(ctx)
		switch {
		case errors.Is(err, ErrRestarted):
			x.fail(err)
			return
		case err != nil && ctx.Err() == nil:
			x.reader.logger.Warn("the feed could not be read, it is tried again", "error", err)
			idle = lookLast
		case read == batchEvents:
			idle = lookFirst
			continue
		case read > 0:
			idle = lookFirst
		}
		if !pause(ctx, readEvery) {
			return
		}
		wait := time.NewTimer(idle)
		select {
		case <-ctx.Done():
		case <-heard:
			idle = lookFirst
		case <-wait.C:
			idle = min(2*idle, lookLast)
		}
		wait.Stop()
	}
}

// readOnce reads a batch and hands it out; it returns how many events there were.
func (x *run) readOnce(ctx context.Context) (int, error) {
	record := x.reader.record
	if !x.started {
		place, err := record.FeedEnd(ctx)
		if err != nil {
			return 0, err
		}
		shown := Shown{}
		if shown.People, shown.Law, err = record.InForce(ctx); err != nil {
			return 0, err
		}
		x.change(func() { x.place, x.shown, x.started = place, shown, true })
	}
	if x.place.Epoch != record.FeedEpoch() {
		return 0, ErrRestarted
	}
	batch, err := x.reader.batchAfter(ctx, x.place, batchEvents)
	if err != nil {
		return 0, err
	}
	if len(batch.Events) > 0 || newer(batch.shared.last.Load().shown, x.shown) {
		x.change(func() { x.add(batch) })
	}
	return len(batch.Events), nil
}

// add keeps a batch and drops the oldest beyond what is kept.
func (x *run) add(batch *Batch) {
	x.shown = Shown{People: batch.shared.last.Load().shown.People, Law: batch.shared.last.Load().shown.Law}
	if len(batch.Events) == 0 {
		return
	}
	x.place = batch.upTo
	x.batches, x.kept = append(x.batches, batch), x.kept+len(batch.Events)
	for x.kept > keptEvents {
		x.kept -= len(x.batches[0].Events)
		x.batches[0] = nil
		x.batches = x.batches[1:]
	}
}

func (x *run) fail(err error) {
	x.reader.mu.Lock()
	if x.reader.run == x {
		x.stop()
		x.reader.run = nil // the next follower begins another one
	}
	x.reader.mu.Unlock()
	x.change(func() { x.failed = err })
}

// change changes the run and wakes its followers.
func (x *run) change(what func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	what()
	close(x.moved)
	x.moved = make(chan struct{})
}

// pause reports whether it waited to the end.
func pause(ctx context.Context, long time.Duration) bool {
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
