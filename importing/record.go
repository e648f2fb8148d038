package importing

import (
	"context"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// Text is one text of a case, to be kept encrypted under its id.
type Text struct {
	ID    casefile.TextID
	Kind  casefile.TextKind
	Value string
}

// Outcome is what became of one command.
type Outcome struct {
	// Duplicate tells that the record held the same request already.
	Duplicate bool
	// Refusal is why the record didn't take it, or nil.
	Refusal *casefile.Refusal
}

// Record is what an import needs of the store.
type Record interface {
	// Request finds the digest under which a request was recorded on a case.
	Request(ctx context.Context, caseID, requestKey string) (digest string, found bool, err error)
	// PutTexts keeps texts of a case, whose key it makes where there is none yet.
	PutTexts(ctx context.Context, caseID string, texts []Text) error
	// InputDigest computes the digest of an input under the case's key.
	InputDigest(ctx context.Context, caseID string, canonical []byte) (string, error)
	// ImportEnded records ended petitions, each wholly or not at all, and returns one outcome
	// for each command, in their order.
	ImportEnded(ctx context.Context, commands []casefile.Command, now time.Time) ([]Outcome, error)
}

// Commander sends commands to running cases.
type Commander interface {
	// Do carries out one command. An error with which Options.Retry agrees says nothing about
	// whether the command was carried out; the same command is then sent again.
	Do(ctx context.Context, command casefile.Command) (Outcome, error)
}
