package transport

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/tiaochu/tiaochu/api/guard"
)

// Live serves subscriptions, over graphql-transport-ws and graphql-sse. A handler without
// Subscribe refuses them.
type Live struct {
	// Subscribe opens what a subscription is told. ctx is that of Options.Authenticate, and
	// execute runs the operation in another context, without an answer, for whoever reads its
	// arguments so.
	Subscribe func(ctx context.Context, operation *guard.Operation, execute func(context.Context)) (Events, error)
	// Watch calls cut, without waiting for it, when the sign-in of a context is taken away; nil
	// watches nothing. Release ends it.
	Watch func(ctx context.Context, cut func(error)) (release func())
	// Session tells who signed in with the context of Options.Authenticate.
	Session func(context.Context) Session

	MaxConnections   int           // of one process, streams included; 10,000
	MaxPerPerson     int           // connections and streams of one person; 20
	MaxSubscriptions int           // operations on one connection at once; 50
	InitTimeout      time.Duration // from the upgrade to connection_init; 10 s
	KeepAlive        time.Duration // between two signs of life of an idle connection; 25 s
	// SlowAfter is how long a message may take to be read before its client is too slow, and is
	// sent away to resume; 10 s. After three times that the connection is cut.
	SlowAfter time.Duration
}

// Events are what one subscription is told; see schema.Stream. An error of Next with the
// code UNAUTHENTICATED or FORBIDDEN ends the whole connection, any other one the
// subscription.
type Events interface {
	Next(ctx context.Context) (context.Context, error)
	Close()
}

// Session is a sign-in.
type Session struct {
	// Person is empty where nobody is signed in.
	Person string
	// Lasts is for how long from now on; 0 is for ever.
	Lasts time.Duration
}

func (l Live) withDefaults() Live {
	l.MaxConnections = cmp.Or(l.MaxConnections, 10_000)
	l.MaxPerPerson = cmp.Or(l.MaxPerPerson, 20)
	l.MaxSubscriptions = cmp.Or(l.MaxSubscriptions, 50)
	l.InitTimeout = cmp.Or(l.InitTimeout, 10*time.Second)
	l.KeepAlive = cmp.Or(l.KeepAlive, 25*time.Second)
	l.SlowAfter = cmp.Or(l.SlowAfter, 10*time.Second)
	if l.Watch == nil {
		l.Watch = func(context.Context, func(error)) func() { return func() {} }
	}
	if l.Session == nil {
		l.Session = func(context.Context) Session { return Session{} }
	}
	return l
}

// errLeft is why a subscription ends that nobody waits for any more.
var errLeft = errors.New("the client has left")

// follow opens a subscription and hands every answer to send until the stream or ctx ends.
// It returns why: opening is false where the subscription had begun.
func (h *Handler) follow(ctx context.Context, operation *guard.Operation, opened func(), send func(response) error) (opening bool, err error) {
	starting, cancel := context.WithTimeout(ctx, h.options.Timeout)
	events, err := h.options.Live.Subscribe(starting, operation, func(ctx context.Context) { h.options.Execute(ctx, operation) })
	cancel()
	if err != nil {
		return true, err
	}
	defer events.Close()
	h.subscriptions.Add(1)
	defer h.subscriptions.Add(-1)
	opened()
	for {
		told, err := events.Next(ctx)
		if err != nil {
			return false, err
		}
		executing, cancel := context.WithTimeout(told, h.options.Timeout)
		answer := h.run(executing, operation)
		cancel()
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if err := send(answer); err != nil {
			return false, errLeft
		}
	}
}
