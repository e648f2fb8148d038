package api

import (
	"context"
	"errors"
	"sync"

	"github.com/tiaochu/tiaochu/api/feed"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// revocations ends connections whose sign-in or last role is taken away, though nothing is
// asked over them. One follower of the feed looks for all of them.
type revocations struct {
	feed *feed.Reader

	mu   sync.Mutex
	open map[*signedInConnection]struct{}
	stop context.CancelFunc
}

// signedInConnection is one that is looked after.
type signedInConnection struct {
	bears    func(*directory.Directory) (casefile.Person, bool)
	personID string
	hadRoles bool
	cut      func(error)
}

// watch looks after the connection of whoever signed in with ctx until release is called. cut
// may be called more than once.
func (r *revocations) watch(ctx context.Context, cut func(error)) (release func()) {
	q, err := signedIn(ctx)
	if err != nil {
		return func() {}
	}
	one := &signedInConnection{bears: q.bears, personID: q.person.ID, hadRoles: len(q.person.Roles) > 0, cut: cut}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open == nil {
		r.open = map[*signedInConnection]struct{}{}
	}
	r.open[one] = struct{}{}
	if len(r.open) == 1 {
		looking, stop := context.WithCancel(context.Background())
		r.stop = stop
		go r.look(looking, q.people.Version)
	}
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.open, one)
		if len(r.open) == 0 {
			r.stop()
		}
	}
}

// look judges every connection whenever the directory has changed since version.
func (r *revocations) look(ctx context.Context, version int64) {
	for ctx.Err() == nil {
		follower := r.feed.Follow(nil)
		for {
			batch, err := follower.Next(ctx)
			if errors.Is(err, feed.ErrRestarted) {
				break
			}
			if err != nil {
				follower.Close()
				return
			}
			if shown, err := batch.Shown(ctx); err == nil && shown.People.Version != version {
				version = shown.People.Version
				r.judge(shown.People)
			}
		}
		follower.Close()
	}
}

func (r *revocations) judge(people *directory.Directory) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for one := range r.open {
		person, known := one.bears(people)
		switch {
		case !known || person.ID != one.personID:
			one.cut(&UnauthenticatedError{"the sign-in was revoked"})
		case one.hadRoles && len(person.Roles) == 0:
			one.cut(&ForbiddenError{"the last role was taken away"})
		}
	}
}
