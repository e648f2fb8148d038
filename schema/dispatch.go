package schema

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
)

// Dispatch is one unit's part in a case, as the case's viewer sees it.
type Dispatch struct {
	Case *Case
	casefile.Dispatch
}

func dispatchesOf(c *Case) []*Dispatch {
	return each(c.State.Dispatches, func(d casefile.Dispatch) *Dispatch { return &Dispatch{c, d} })
}

// clock is the clock of the reply.
func (d *Dispatch) clock() *Deadline {
	for _, deadline := range d.Case.State.Deadlines {
		if deadline.Of == d.ID {
			return &Deadline{CaseID: d.Case.State.ID, Deadline: deadline}
		}
	}
	return nil
}

// text is a text of the dispatch; null where none was given.
func (d *Dispatch) text(ctx context.Context, s Service, id casefile.TextID) any {
	if id == "" {
		return nil
	}
	return s.TextOf(ctx, d.Case.State.ID, id)
}

func (b *builder) dispatchTypes() {
	s := b.service
	b.node("Dispatch", "派单 · What one unit was asked for, and its answer.",
		get("id", "ID!", "The opaque id of the dispatch.", func(d *Dispatch) any { return SubID("Dispatch", d.Case.State.ID, d.ID) }),
		load("addressee", "Unit", "承办单位 · The unit that was asked.",
			func(ctx context.Context, d *Dispatch) (any, error) { return s.Unit(ctx, d.UnitID) }),
		get("lead", "Boolean!", "主办 · It leads; the other units assist it.", func(d *Dispatch) any { return d.Lead }),
		get("dispatchStatus", "DispatchStatus!", "Where it stands. A reply that came late is REPLIED, and late.", func(d *Dispatch) any { return d.Status }),
		get("sentAt", "DateTime!", "When it was sent.", func(d *Dispatch) any { return d.SentAt }),
		load("sentBy", "Unit", "派单单位 · The unit that sent it.",
			func(ctx context.Context, d *Dispatch) (any, error) { return s.Unit(ctx, d.ByUnitID) }),
		get("deadline", "Deadline", "The clock of the reply.", func(d *Dispatch) any { return present(d.clock()) }),
		load("instruction", "String", "办理要求 · What is asked; masked unless the viewer works on the case.",
			func(ctx context.Context, d *Dispatch) (any, error) {
				return d.text(ctx, s, d.Instruction), nil
			}),
		load("reply", "String", "回复 · The answer; masked unless the viewer works on the case.",
			func(ctx context.Context, d *Dispatch) (any, error) {
				return d.text(ctx, s, d.Reply), nil
			}),
		get("repliedAt", "DateTime", "When it was answered.", func(d *Dispatch) any { return d.RepliedAt }),
		get("late", "Boolean!", "逾期 · The reply came, or is still wanting, after its day.", func(d *Dispatch) any {
			clock := d.clock()
			return clock != nil && clock.Status == casefile.ClockMissed
		}),
		load("reason", "String", "退回理由 · Why it came back; masked unless the viewer works on the case.",
			func(ctx context.Context, d *Dispatch) (any, error) {
				return d.text(ctx, s, d.Reason), nil
			}),
		get("returnedAt", "DateTime", "When it came back.", func(d *Dispatch) any { return d.ReturnedAt }),
		get("takenBack", "Boolean!", "收回 · The dispatcher took it back, or the case ended; nobody else has to be found.", func(d *Dispatch) any { return d.TakenBack }),
	)
}

func (b *builder) dispatchInputs() {
	b.input("DispatchTarget", "派单对象 · One unit that is asked.",
		arg("unitId", "ID!", "The unit: of the dispatcher's division, or below it."),
		arg("lead", "Boolean!", "主办 · It leads. A case has exactly one lead unit; the others assist it."),
		arg("replyBy", "Date!", "The last day for its reply, from today on."),
	)
	b.input("DispatchCaseInput", "派单 · Which units are asked for what.", onCase(
		arg("units", "[DispatchTarget!]!", "The units. While a lead is at work, only assistants are added."),
		arg("instruction", "String!", "What is asked of them."),
	)...)
	b.input("ReplyDispatchInput", "回复派单 · The unit's answer.", onCase(
		arg("dispatchId", "ID!", "The dispatch."),
		arg("reply", "String!", "What was found and done."),
	)...)
	b.input("ReturnDispatchInput", "退回派单 · What goes back, and why.", onCase(
		arg("dispatchId", "ID", "The dispatch; left out by an office that returns a case raised to it."),
		arg("reason", "String!", "Why this is not the right unit."),
	)...)
	b.input("RaiseCaseInput", "向上请办 · To whom, and why.", onCase(
		arg("toUnitId", "ID", "The office above; the nearest one when left out."),
		arg("reason", "String!", "Why it is beyond this office."),
	)...)
}
