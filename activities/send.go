package activities

import (
	"context"
	"errors"

	"go.temporal.io/sdk/temporal"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/workflows"
)

// Sender carries a command to a case, as the API does.
type Sender interface {
	Do(ctx context.Context, command casefile.Command) (workflows.CommandResult, error)
}

// Through lets the activities send commands to other cases. Without a sender errands wait.
func (a *Activities) Through(sender Sender) *Activities {
	a.sender = sender
	return a
}

// Send asks another case what an errand wants of it. It is asked again until there is an
// answer; the other case does what it is asked once.
func (a *Activities) Send(ctx context.Context, in workflows.SendInput) (casefile.AnswerErrand, error) {
	if a.sender == nil {
		return casefile.AnswerErrand{}, errors.New("this worker has no sender of commands")
	}
	result, err := a.sender.Do(ctx, in.Command)
	var application *temporal.ApplicationError
	if errors.As(err, &application) && application.Type() == unknownText {
		// The texts of a command are kept for a day; it has been on its way for longer.
		return casefile.AnswerOf(in.ErrandID, casefile.TextsGone(), casefile.State{}), nil
	}
	if err != nil {
		return casefile.AnswerErrand{}, err
	}
	other, err := a.record.State(ctx, in.Command.CaseID)
	if err != nil {
		return casefile.AnswerErrand{}, err
	}
	return casefile.AnswerOf(in.ErrandID, result.Refusal, other), nil
}
