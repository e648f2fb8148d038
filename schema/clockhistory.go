package schema

import (
	"context"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// pause is time that a deadline did not count.
type pause struct {
	deadline *Deadline
	casefile.ClockPause
}

// days are the whole days that were not counted; nil while the pause goes on, and for a
// clock in hours.
func (p *pause) days() any {
	if p.To.IsZero() || p.deadline.Unit == casefile.Hours {
		return nil
	}
	return int(midnight(p.To).Sub(midnight(p.From)) / (24 * time.Hour))
}

func midnight(t time.Time) time.Time {
	year, month, day := t.In(casefile.Shanghai).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, casefile.Shanghai)
}

// extension is a longer time that somebody asked for.
type extension struct {
	caseID string
	casefile.ClockExtension
}

// clockHistoryTypes are what happened to a deadline on its way.
func (b *builder) clockHistoryTypes() {
	s := b.service
	b.enum("DeadlineOwner", "Whose clock a deadline is.", each(procedure.Terms("Owner"), func(t procedure.Term) choice {
		return choice{t.Value, t.ZH + " · " + t.EN}
	})...)
	b.object("Pause", "中止计算 · Time that a deadline did not count.",
		get("reason", "String!", "The reason, as the procedure names it (\"APPRAISAL\").", func(p *pause) any { return string(p.Reason) }),
		ask("label", "String!", "The reason as users know it.", []argument{languageArgument()},
			func(_ context.Context, p *pause, args languageArgs) (any, error) {
				return in(args.Language, procedure.Label("Pause", string(p.Reason))), nil
			}),
		get("from", "DateTime!", "The first day that was not counted.", func(p *pause) any { return p.From }),
		get("until", "Date", "The last day that it was expected to take.", func(p *pause) any { return orNull(p.Until) }),
		get("to", "DateTime", "The first day that was counted again; null while it goes on.", func(p *pause) any { return p.To }),
		get("days", "Int", "How many days were not counted; null while it goes on, and for a clock in hours.", func(p *pause) any { return p.days() }),
	)
	b.object("Extension", "延长期限 · A longer time that somebody asked for.",
		get("length", "Int!", "How much longer.", func(e *extension) any { return e.Length }),
		get("unit", "DayUnit!", "The unit of the length.", func(e *extension) any { return e.Unit }),
		load("reason", "String!", "Why; masked unless the viewer works on the case.",
			func(ctx context.Context, e *extension) (any, error) { return s.TextOf(ctx, e.caseID, e.Reason), nil }),
		get("approver", "String!", "Who decides, by the rule of the step.", func(e *extension) any { return string(e.Approver) }),
		load("requestedBy", "Person", "Who asked.",
			func(ctx context.Context, e *extension) (any, error) { return s.Person(ctx, e.RequestedBy) }),
		get("requestedAt", "DateTime!", "When it was asked for.", func(e *extension) any { return e.RequestedAt }),
		load("decidedBy", "Person", "Who decided; never who asked.",
			func(ctx context.Context, e *extension) (any, error) { return s.Person(ctx, e.DecidedBy) }),
		get("decidedAt", "DateTime", "When it was decided.", func(e *extension) any { return e.DecidedAt }),
		get("approved", "Boolean", "Whether it was granted; null while nobody has decided.", func(e *extension) any { return e.Approved }),
	)
}
