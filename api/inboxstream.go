package api

import (
	"context"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// owner is whose tasks are compared: a case, or a leadership package.
type owner struct {
	id        string
	ofPackage bool
}

// inboxStream tells how an inbox changes. It remembers what its reader was shown, so that
// whatever moved a task (an event, a role that was given, a case that was sealed) is told as
// the difference.
type inboxStream struct {
	*following
	known   map[owner]map[string]string // marks by the tasks' ids
	changes []schema.TaskChange
}

// InboxChanged follows the viewer's inbox.
func (s *service) InboxChanged(ctx context.Context) (schema.Stream, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	// First its place, then the inbox: what changes in between is compared again.
	following, err := s.follow(ctx, q, nil)
	if err != nil {
		return nil, err
	}
	stream := &inboxStream{following: following}
	if stream.known, err = stream.read(ctx); err != nil {
		following.Close()
		return nil, err
	}
	return stream, nil
}

// read reads the whole inbox as it is now.
func (s *inboxStream) read(ctx context.Context) (map[owner]map[string]string, error) {
	inbox := map[owner]map[string]string{}
	err := s.service.store.InboxMarks(ctx, s.viewer, func(m store.InboxMark) {
		of := owner{m.Owner, m.OfPackage}
		if inbox[of] == nil {
			inbox[of] = map[string]string{}
		}
		inbox[of][m.TaskID] = m.Mark
	})
	if err != nil {
		return nil, unavailable(err)
	}
	return inbox, nil
}

// Next tells the next change.
func (s *inboxStream) Next(ctx context.Context) (context.Context, error) {
	for len(s.changes) == 0 {
		if err := s.next(ctx); err != nil {
			return nil, err
		}
		if err := s.lookAndCompare(ctx); err != nil {
			return nil, err
		}
		for _, event := range s.batch.Events {
			if event.Package != nil {
				s.compare(owner{event.Package.PackageID, true}, s.packageTasks(event.Package.PackageID))
			} else {
				s.compare(owner{event.Case.CaseID, false}, s.caseTasks(event.Case.CaseID))
			}
		}
	}
	if err := s.lookAndCompare(ctx); err != nil {
		return nil, err
	}
	change := s.changes[0]
	s.changes = s.changes[1:]
	return s.telling(ctx, func(q *request) any {
		s.prime(q, change)
		return &change
	}), nil
}

// caseTasks are those tasks of a case that are in the viewer's inbox now.
func (s *inboxStream) caseTasks(caseID string) []store.TaskSight {
	sight := s.shown.Sights.Cases[caseID]
	if sight == nil || !s.seer.Case(sight) {
		return nil
	}
	return s.mine(sight.Tasks)
}

func (s *inboxStream) packageTasks(packageID string) []store.TaskSight {
	sight := s.shown.Sights.Packages[packageID]
	if sight == nil || !s.seer.Package(sight) {
		return nil
	}
	return s.mine(sight.Tasks)
}

func (s *inboxStream) mine(tasks []store.TaskSight) []store.TaskSight {
	return slices.DeleteFunc(slices.Clone(tasks), func(t store.TaskSight) bool { return !s.seer.Inbox(t) })
}

// compare notes how an owner's tasks differ from what the reader knows.
func (s *inboxStream) compare(of owner, tasks []store.TaskSight) {
	now := make(map[string]string, len(tasks))
	for _, task := range tasks {
		now[task.ID] = task.Mark
	}
	s.differ(of, now)
}

func (s *inboxStream) differ(of owner, now map[string]string) {
	before := s.known[of]
	var changes []schema.TaskChange
	note := func(kind schema.TaskChangeKind, taskID string) {
		change := schema.TaskChange{Kind: kind, TaskID: taskID}
		if of.ofPackage {
			change.PackageID = of.id
		} else {
			change.CaseID = of.id
		}
		changes = append(changes, change)
	}
	for taskID := range before {
		if _, stays := now[taskID]; !stays {
			note(schema.TaskRemoved, taskID)
		}
	}
	for taskID, mark := range now {
		switch known, was := before[taskID]; {
		case !was:
			note(schema.TaskAdded, taskID)
		case known != mark:
			note(schema.TaskUpdated, taskID)
		}
	}
	slices.SortFunc(changes, func(a, b schema.TaskChange) int { return strings.Compare(a.TaskID, b.TaskID) })
	s.changes = append(s.changes, changes...)
	if len(now) == 0 {
		delete(s.known, of)
	} else {
		s.known[of] = now
	}
}

// lookAndCompare looks at the viewer's rights. Where they have changed, the whole inbox may
// have.
func (s *inboxStream) lookAndCompare(ctx context.Context) error {
	changed, err := s.look(ctx)
	if err != nil || !changed {
		return err
	}
	return s.compareAll(ctx)
}

// compareAll compares the whole inbox.
func (s *inboxStream) compareAll(ctx context.Context) error {
	inbox, err := s.read(ctx)
	if err != nil {
		return err
	}
	for of := range s.known {
		if inbox[of] == nil {
			s.differ(of, nil)
		}
	}
	for of, tasks := range inbox {
		s.differ(of, tasks)
	}
	return nil
}

// prime gives a request what was read of the case with the event.
func (s *inboxStream) prime(q *request, change schema.TaskChange) {
	sight := s.shown.Sights.Cases[change.CaseID]
	if sight == nil || change.Kind == schema.TaskRemoved || !s.seer.Case(sight) {
		return
	}
	row, err := sight.Row()
	if err != nil {
		return // it is read again
	}
	tasks := make([]casefile.Task, len(sight.Tasks))
	for i, task := range sight.Tasks {
		tasks[i] = task.Task
	}
	q.cases.Prime(row.ID, q.caseOf(&row))
	q.tasks.Prime(row.ID, tasks)
}

// TaskOf yields the task of a change.
func (s *service) TaskOf(ctx context.Context, change *schema.TaskChange) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	id := schema.NodeID{Type: "Task", Key: change.CaseID, Sub: change.TaskID}
	if change.PackageID != "" {
		id.Type, id.Key = "PackageTask", change.PackageID
	}
	if later, ok := s.node(ctx, q, id).(schema.Later); ok {
		return later
	}
	return nothing
}
