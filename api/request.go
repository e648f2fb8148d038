package api

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/tiaochu/tiaochu/api/loader"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

type requestKey struct{}

// request is what one HTTP request knows: who asks, in which language, the directory and
// the law as they were at its start, and what it has loaded.
type request struct {
	service  *service
	id       string
	language casefile.Language

	// The rest is set where somebody is signed in.
	people *directory.Directory
	law    *casefile.Law
	person casefile.Person
	// bears says whose the sign-in is by another directory, and expires when it ends; zero is
	// never.
	bears   func(*directory.Directory) (casefile.Person, bool)
	expires time.Time
	viewer  store.Viewer
	// missed says that something asked for by name was not there, or not for the viewer.
	missed    atomic.Bool
	cases     *loader.Loader[string, *schema.Case]
	texts     *loader.Loader[store.TextRef, string]
	tasks     *loader.Loader[string, []casefile.Task]
	recounts  *loader.Loader[string, []string]
	packages  *loader.Loader[string, *schema.Package]
	timelines *loader.Loader[store.TimelineQuery, store.EventPage]
	files     *loader.Loader[store.FileRef, *store.File]
	merged    *loader.Loader[string, *store.MergedCase]
	concealed *loader.Loader[string, casefile.Confidentiality]
}

// maxBatch bounds how many rows one query of a loader asks for.
const maxBatch = 500

func (q *request) signIn(people *directory.Directory, law *casefile.Law, person casefile.Person) {
	q.signInAs(people, law, person, store.NewViewer(people, person))
}

// signInAs is signIn where the person's rights by that directory are known.
func (q *request) signInAs(people *directory.Directory, law *casefile.Law, person casefile.Person, viewer store.Viewer) {
	q.people, q.law, q.person, q.viewer = people, law, person, viewer
	q.cases = loader.New(q.readCases, maxBatch)
	q.texts = loader.New(q.readTexts, 4*maxBatch)
	q.tasks = loader.New(q.readTasks, maxBatch)
	q.recounts = loader.New(q.readRecounts, maxBatch)
	q.packages = loader.New(q.readPackages, maxBatch)
	q.timelines = loader.New(q.readTimelines, maxBatch)
	q.files = loader.New(q.readFiles, maxBatch)
	q.merged = loader.New(q.readMerged, maxBatch)
	q.concealed = loader.New(q.readConcealed, maxBatch)
}

// signedIn gives the request of a signed-in person, or an *UnauthenticatedError.
func signedIn(ctx context.Context) (*request, error) {
	q, ok := ctx.Value(requestKey{}).(*request)
	if !ok || q.people == nil {
		return nil, &UnauthenticatedError{"sign in: send a bearer token in the Authorization header"}
	}
	return q, nil
}

func (q *request) readCases(ctx context.Context, ids []string) (map[string]loader.Result[*schema.Case], error) {
	rows, err := q.service.store.CasesByID(ctx, q.viewer, ids)
	if err != nil {
		return nil, unavailable(err)
	}
	found := make(map[string]loader.Result[*schema.Case], len(ids))
	for _, id := range ids {
		// A hidden case is no error: it is nil, like one that doesn't exist.
		found[id] = loader.Result[*schema.Case]{Value: q.caseOf(rows[id])}
	}
	return found, nil
}

// readTexts gives every text asked for; one that is missing or erased is empty.
func (q *request) readTexts(ctx context.Context, refs []store.TextRef) (map[store.TextRef]loader.Result[string], error) {
	texts, err := q.service.store.Texts(ctx, refs)
	if err != nil {
		return nil, unavailable(err)
	}
	found := make(map[store.TextRef]loader.Result[string], len(refs))
	for _, ref := range refs {
		found[ref] = loader.Result[string]{Value: texts[ref.ID]}
	}
	return found, nil
}

func (q *request) readTasks(ctx context.Context, caseIDs []string) (map[string]loader.Result[[]casefile.Task], error) {
	tasks, err := q.service.store.TasksOf(ctx, caseIDs)
	if err != nil {
		return nil, unavailable(err)
	}
	found := make(map[string]loader.Result[[]casefile.Task], len(caseIDs))
	for _, id := range caseIDs {
		found[id] = loader.Result[[]casefile.Task]{Value: tasks[id]}
	}
	return found, nil
}

// readRecounts gives the ids of the deadlines of each case that a new law may move.
func (q *request) readRecounts(ctx context.Context, caseIDs []string) (map[string]loader.Result[[]string], error) {
	queued, err := q.service.store.Recomputing(ctx, caseIDs)
	if err != nil {
		return nil, unavailable(err)
	}
	found := make(map[string]loader.Result[[]string], len(caseIDs))
	for _, id := range caseIDs {
		found[id] = loader.Result[[]string]{Value: queued[id]}
	}
	return found, nil
}

func (q *request) readTimelines(
	ctx context.Context, queries []store.TimelineQuery,
) (map[store.TimelineQuery]loader.Result[store.EventPage], error) {
	pages, err := q.service.store.Timelines(ctx, queries)
	if err != nil {
		return nil, unavailable(err)
	}
	found := make(map[store.TimelineQuery]loader.Result[store.EventPage], len(queries))
	for i, query := range queries {
		found[query] = loader.Result[store.EventPage]{Value: pages[i]}
	}
	return found, nil
}

// caseOf is a row as the viewer sees it; nil for nil.
func (q *request) caseOf(row *store.CaseRow) *schema.Case {
	if row == nil {
		q.missed.Store(true)
		return nil
	}
	return &schema.Case{State: row.State, ChainHash: row.ChainHash, WorksOn: q.viewer.WorksOn(*row), EndHeld: row.EndHeld}
}

// rulesOn are the rules as they are for one case.
func (q *request) rulesOn(c *schema.Case, now time.Time) casefile.Rules {
	rules := q.rules(now)
	rules.EndHeld = c != nil && c.EndHeld
	return rules
}

func (q *request) rules(now time.Time) casefile.Rules {
	return casefile.Rules{Now: now, Directory: q.people, Law: q.law, Number: "-"}
}

// nothing is the Later of what is not there.
func nothing() (any, error) { return nil, nil }

// then turns what a Later yields into something else.
func then[T any](later schema.Later, to func(T) (any, error)) schema.Later {
	return func() (any, error) {
		value, err := later()
		if err != nil {
			return nil, err
		}
		typed, _ := value.(T)
		return to(typed)
	}
}
