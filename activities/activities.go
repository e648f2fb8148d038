// Package activities is what the shells do to the world: read the record and append to it.
package activities

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/sdk/temporal"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/workflows"
)

// Record is the part of the store that the shells need.
type Record interface {
	// Append decides a command on the stored state and stores its events, or returns the
	// stored events the shell lacks.
	Append(ctx context.Context, shellVersion int, command casefile.Command, now time.Time) (store.Appended, error)
	// State returns the stored fold of a case, the zero State where there is none.
	State(ctx context.Context, caseID string) (casefile.State, error)
}

var _ Record = (*store.Store)(nil)

// unknownText is the type of the error for a command that names a text which isn't stored.
const unknownText = "UnknownText"

// Activities are registered with a worker as one value.
type Activities struct {
	record Record
	now    func() time.Time
	sender Sender
}

// New returns the activities over a record. now is the office's clock; nil is time.Now.
func New(record Record, now func() time.Time) *Activities {
	if now == nil {
		now = time.Now
	}
	return &Activities{record: record, now: now}
}

// Append decides and stores one command. An error means that nothing is known of its fate
// and it must be asked again, which is harmless; only a command that names a text which
// is not stored fails for good.
func (a *Activities) Append(ctx context.Context, in workflows.AppendInput) (workflows.AppendResult, error) {
	return stored(a.record.Append(ctx, in.Version, in.Command, a.now()))
}

// stored tells a shell what an append came to.
func stored[E any](done store.Answer[E], err error) (workflows.Stored[E], error) {
	var (
		behind  *store.RecordBehindError
		unknown *store.UnknownTextError
	)
	switch {
	case errors.As(err, &behind):
		return workflows.Stored[E]{Status: workflows.Behind, Version: behind.Record}, nil
	case errors.As(err, &unknown):
		return workflows.Stored[E]{}, temporal.NewNonRetryableApplicationError(err.Error(), unknownText, err)
	case err != nil:
		return workflows.Stored[E]{}, err
	}
	return workflows.Stored[E]{
		Status:  workflows.AppendStatus(done.Status),
		Events:  done.Events,
		Version: done.Version,
		Refusal: done.Refusal,
	}, nil
}

// Load returns the record's state of a case.
func (a *Activities) Load(ctx context.Context, caseID string) (casefile.State, error) {
	return a.record.State(ctx, caseID)
}
