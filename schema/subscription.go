package schema

import (
	"context"
	"errors"

	"github.com/graphql-go/graphql"

	"github.com/tiaochu/tiaochu/casefile"
)

// Stream is what one subscription is told, one thing at a time. It is for one goroutine.
type Stream interface {
	// Next waits for the next thing to tell and gives the context in which the operation is
	// to be executed for it. An error ends the subscription, but for that of ctx.
	Next(ctx context.Context) (context.Context, error)
	// Close lets go of what the stream follows.
	Close()
}

// TaskChange says that a task came into the viewer's inbox, changed there, or left it.
type TaskChange struct {
	Kind TaskChangeKind
	// CaseID or PackageID is whose task it is, TaskID its own id there.
	CaseID, PackageID, TaskID string
}

// TaskChangeKind is how an inbox changed.
type TaskChangeKind string

// The kinds of change.
const (
	TaskAdded   TaskChangeKind = "ADDED"
	TaskUpdated TaskChangeKind = "UPDATED"
	TaskRemoved TaskChangeKind = "REMOVED"
)

// A subscription's operation is executed in two ways. First in the context of Opening: the
// root field then takes its arguments and opens the stream. Afterwards in the contexts that
// the stream gives, each made by Telling: the root field then is what the stream told.
type (
	openingKey struct{}
	toldKey    struct{}
	opening    struct {
		stream Stream
		err    error
	}
)

// Open opens the stream of a subscription by executing its operation. It fails where the
// root field is left out (by @skip), and with whatever error the service refused with.
func Open(ctx context.Context, execute func(context.Context)) (Stream, error) {
	opened := &opening{err: errors.New("the subscription's field was not executed")}
	execute(context.WithValue(ctx, openingKey{}, opened))
	if opened.err != nil {
		return nil, opened.err
	}
	return opened.stream, nil
}

// Telling is the context in which a subscription's operation tells a value.
func Telling(ctx context.Context, value any) context.Context {
	return context.WithValue(ctx, toldKey{}, value)
}

// follow declares a field of Subscription.
func follow[A any](name, typ, desc string, args []argument, open func(context.Context, A) (Stream, error)) field {
	return field{name: name, typ: typ, desc: desc, args: args, resolve: func(p graphql.ResolveParams) (any, error) {
		opened, isOpening := p.Context.Value(openingKey{}).(*opening)
		if !isOpening {
			return p.Context.Value(toldKey{}), nil
		}
		in, err := decode[A](p.Args)
		if err != nil {
			opened.err = err
			return nil, err
		}
		opened.stream, opened.err = open(p.Context, in)
		return nil, opened.err
	}}
}

// EventsArgs are the arguments of Subscription.events.
type EventsArgs struct {
	After    *string           `json:"after"`
	Division casefile.Division `json:"division"`
}

func (b *builder) subscription() *graphql.Object {
	s := b.service
	return b.object("Subscription", "What is told as it happens, over graphql-transport-ws or graphql-sse. "+
		"Each is judged by the viewer's rights of that moment.",
		follow("caseChanged", "Event!", "Each event of a case from now on.", []argument{arg("id", "ID!", "The opaque id of the case.")},
			func(ctx context.Context, args idArgs) (Stream, error) { return s.CaseChanged(ctx, args.ID) }),
		follow("packageChanged", "Event!", "包案 · Each event of a leadership package from now on.",
			[]argument{arg("id", "ID!", "The opaque id of the package.")},
			func(ctx context.Context, args idArgs) (Stream, error) { return s.PackageChanged(ctx, args.ID) }),
		follow("inboxChanged", "TaskChange!", "待办 · What comes into the viewer's inbox and their units' role inboxes, changes there, or leaves "+
			"them, from now on. After a reconnect read the inbox again.", nil,
			func(ctx context.Context, _ none) (Stream, error) { return s.InboxChanged(ctx) }),
		follow("events", "Event!", "Every event that the viewer may see, of cases and packages, in one order; none is skipped or told twice.",
			[]argument{
				arg("after", "String", "Event.cursor of the last event that was received; from now on when left out, from the first event where it is empty."),
				arg("division", "Division", "Only events of cases and packages of this division or below it."),
			},
			func(ctx context.Context, args EventsArgs) (Stream, error) { return s.Events(ctx, args) }),
	)
}

func (b *builder) subscriptionTypes() {
	s := b.service
	b.enum("TaskChangeKind", "How an inbox changed.",
		choice{string(TaskAdded), "新增 · The task came into the inbox."},
		choice{string(TaskUpdated), "变更 · The task is another than it was: its clock, or whether it is overdue."},
		choice{string(TaskRemoved), "移出 · The task left the inbox: it is done, somebody else's, or the viewer no longer sees it."},
	)
	b.object("TaskChange", "待办变化 · A change of the viewer's inbox.",
		get("kind", "TaskChangeKind!", "What changed.", func(c *TaskChange) any { return string(c.Kind) }),
		get("taskId", "ID!", "The opaque id of the task.", func(c *TaskChange) any { return partID("Task", c.CaseID, c.PackageID, c.TaskID) }),
		load("task", "Task", "The task as it now is; null where it left the inbox.",
			func(ctx context.Context, c *TaskChange) (any, error) {
				if c.Kind == TaskRemoved {
					return nil, nil
				}
				return s.TaskOf(ctx, c), nil
			}),
	)
}
