package api

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/api/feed"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// following is what every stream shares: its place in the feed, and its viewer with the
// rights that they have now.
type following struct {
	service  *service
	follower *feed.Follower
	id       string // of the request that subscribed
	language casefile.Language
	bears    func(*directory.Directory) (casefile.Person, bool)

	batch  *feed.Batch
	shown  feed.Shown
	person casefile.Person
	viewer store.Viewer
	seer   *store.Seer
}

func (s *service) follow(ctx context.Context, q *request, after *store.FeedCursor) (*following, error) {
	f := &following{service: s, id: q.id, language: q.language, bears: q.bears, follower: s.feed.Follow(after)}
	f.shown.People, f.shown.Law = q.people, q.law
	f.see(q.person)
	if err := f.follower.Ready(ctx); err != nil {
		f.Close()
		return nil, followingError(err)
	}
	return f, nil
}

// Close lets go of the feed.
func (f *following) Close() { f.follower.Close() }

func (f *following) see(person casefile.Person) {
	f.person, f.viewer = person, store.NewViewer(f.shown.People, person)
	f.seer = store.NewSeer(f.viewer)
}

// next waits for the next batch and looks at the viewer's rights.
func (f *following) next(ctx context.Context) error {
	batch, err := f.follower.Next(ctx)
	if err != nil {
		return followingError(err)
	}
	f.batch = batch
	return nil
}

func followingError(err error) error {
	if errors.Is(err, feed.ErrRestarted) {
		return &CursorExpiredError{}
	}
	return err
}

// retryAfter is the time until the record is asked again that was away.
const retryAfter = 500 * time.Millisecond

// look brings what the batch is shown with, and the viewer's rights, to now. It waits while
// the record is away. A viewer who is gone from the directory is an *UnauthenticatedError;
// one who lost a role a *ForbiddenError: what they are shown elsewhere may not be theirs
// any more, so they begin again.
func (f *following) look(ctx context.Context) (changed bool, err error) {
	for {
		shown, err := f.batch.Shown(ctx)
		if err == nil {
			return f.judge(shown)
		}
		timer := time.NewTimer(retryAfter)
		select {
		case <-ctx.Done():
			timer.Stop()
			return false, ctx.Err()
		case <-timer.C:
		}
	}
}

func (f *following) judge(shown feed.Shown) (changed bool, err error) {
	if shown.People.Version < f.shown.People.Version { // another follower has read a newer one meanwhile
		shown.People = f.shown.People
	}
	changed = shown.People.Version != f.shown.People.Version
	f.shown = shown
	if !changed {
		return false, nil
	}
	person, known := f.bears(shown.People)
	if !known || person.ID != f.person.ID {
		return true, &UnauthenticatedError{"the sign-in was revoked"}
	}
	for _, role := range f.person.Roles {
		if !slices.Contains(person.Roles, role) {
			return true, &ForbiddenError{"a role was taken away: connect again to go on with the others"}
		}
	}
	f.see(person)
	return true, nil
}

// telling is the context in which the viewer is told a value, as they are asked for anything
// else: with a request of its own.
func (f *following) telling(ctx context.Context, value func(*request) any) context.Context {
	q := &request{service: f.service, id: f.id, language: f.language}
	q.signInAs(f.shown.People, f.shown.Law, f.person, f.viewer)
	return schema.Telling(context.WithValue(ctx, requestKey{}, q), value(q))
}

// ForbiddenError says that the viewer may not do this, or not any more.
type ForbiddenError struct{ Reason string }

func (e *ForbiddenError) Error() string { return e.Reason }

// NotFoundError says that an id names nothing that the viewer sees.
type NotFoundError struct{ What string }

func (e *NotFoundError) Error() string { return "there is no such " + e.What }
