package schema

import (
	"cmp"
	"context"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// clockTypes are deadlines and what follows from them.
func (b *builder) clockTypes() {
	s := b.service
	b.node("Deadline", "期限 · One clock of a case.",
		get("id", "ID!", "The opaque id of the deadline.", func(d *Deadline) any {
			return partID("Deadline", d.CaseID, d.PackageID, d.ID)
		}),
		get("step", "String!", "The procedural step (\"acceptance\", \"handling\").", func(d *Deadline) any { return d.Step }),
		ask("label", "String!", "The step as users know it.", []argument{languageArgument()},
			func(_ context.Context, d *Deadline, args languageArgs) (any, error) {
				return d.Deadline.Label(args.Language), nil
			}),
		get("statutory", "Boolean!", "A law sets it; it never restarts because of a note or an escalation.", func(d *Deadline) any { return d.Statutory }),
		get("startedAt", "DateTime!", "When it started.", func(d *Deadline) any { return d.StartedAt }),
		get("warnAt", "DateTime!", "When handler and manager are warned (yellow).", func(d *Deadline) any { return d.WarnAt }),
		get("warned", "Boolean!", "黄灯 · They have been warned, and the clock still runs.", func(d *Deadline) any { return d.Warned && d.Running() }),
		get("dueAt", "DateTime!", "The last instant in time; the last second of a day for clocks in days.", func(d *Deadline) any { return d.DueAt }),
		get("status", "DeadlineStatus!", "Where it stands. One met after it was missed stays MISSED and has metAt.", func(d *Deadline) any { return d.Status }),
		get("provisional", "Boolean!", "The due day may still move: it lies past the last year whose holidays are known, or its pause goes on.", func(d *Deadline) any { return d.Provisional }),
		load("recomputing", "Boolean!", "A new calendar may move it, and it has not been counted anew yet.",
			func(ctx context.Context, d *Deadline) (any, error) { return s.Recomputing(ctx, d), nil }),
		get("length", "Int!", "Its length, in its unit.", func(d *Deadline) any { return d.Length }),
		get("unit", "DayUnit!", "The unit of its length.", func(d *Deadline) any { return d.Unit }),
		get("metBy", "String", "The type of the event that met it.", func(d *Deadline) any { return orNull(d.MetBy) }),
		get("metAt", "DateTime", "The legal date of the act that met it.", func(d *Deadline) any { return d.MetAt }),
		get("missedAt", "DateTime", "When it was missed.", func(d *Deadline) any { return d.MissedAt }),
		get("round", "Int!", "The round of the case it belongs to.", func(d *Deadline) any { return d.Round }),
		get("explanation", "[DeadlineStep!]!", "The steps from the start day to the due day, to be checked by hand.", func(d *Deadline) any { return d.Explanation }),
		get("owner", "DeadlineOwner!", "Whose clock it is. Only the office's own makes a case overdue and brings an order.", func(d *Deadline) any {
			if d.OfOffice() {
				return procedure.OwnerOffice
			}
			return d.Owner
		}),
		get("guideline", "Boolean!", "The length is what is usual, not a limit.", func(d *Deadline) any { return d.Guideline }),
		get("pauses", "[Pause!]", "中止 · The time that was not counted.", func(d *Deadline) any {
			return each(d.Pauses, func(p casefile.ClockPause) *pause { return &pause{d, p} })
		}),
		get("pauseReasons", "[String!]!", "The reasons that its rule pauses for, as suspendClock takes them.", func(d *Deadline) any {
			return each(d.MayPause, func(p procedure.Pause) string { return string(p) })
		}),
		get("extensions", "[Extension!]", "延长 · The extensions that were asked for.", func(d *Deadline) any {
			return each(d.Extensions, func(e casefile.ClockExtension) *extension { return &extension{d.CaseID, e} })
		}),
		get("citation", "Citation", "Where the length comes from.", func(d *Deadline) any {
			if d.Citation == (casefile.Citation{}) {
				return nil
			}
			return d.Citation
		}),
		load("case", "Case", "The case; null where the clock is a package's.",
			func(ctx context.Context, d *Deadline) (any, error) { return s.CaseOf(ctx, d.CaseID), nil }),
		load("leadershipPackage", "Package", "包案 · The package; null where the clock is a case's.",
			func(ctx context.Context, d *Deadline) (any, error) { return s.PackageOf(ctx, d.PackageID), nil }),
	)
	b.object("DeadlineStep", "One line of a deadline's explanation.",
		get("date", "Date!", "The day.", func(d casefile.DeadlineStep) any { return d.Date }),
		ask("text", "String!", "What happens on that day.", []argument{languageArgument()},
			func(_ context.Context, d casefile.DeadlineStep, args languageArgs) (any, error) {
				if args.Language == casefile.English {
					return d.EN, nil
				}
				return d.ZH, nil
			}),
	)
	b.object("Citation", "Where a length comes from.",
		get("law", "String!", "The law or rule.", func(c casefile.Citation) any { return c.Law }),
		get("article", "String!", "The article.", func(c casefile.Citation) any { return c.Article }),
		get("verified", "Boolean!", "The text itself was read; otherwise it is a design choice or second-hand.", func(c casefile.Citation) any { return c.Verified }),
	)
	b.node("Task", "待办 · One thing somebody has to do next.",
		get("id", "ID!", "The opaque id of the task.", func(t *Task) any {
			return partID("Task", t.CaseID, t.PackageID, t.ID)
		}),
		get("kind", "String!", "What is to be done (\"ASSIGN\", \"FOLLOW_UP\").", func(t *Task) any { return t.Kind }),
		ask("label", "String!", "What is to be done, as users know it.", []argument{languageArgument()},
			func(_ context.Context, t *Task, args languageArgs) (any, error) {
				if label, ofPackage := leadership.TaskLabel(t.Kind, args.Language); ofPackage {
					return label, nil
				}
				return casefile.TaskLabel(t.Kind, args.Language), nil
			}),
		load("assignee", "Person", "Who has to do it; null where it is in a role inbox.",
			func(ctx context.Context, t *Task) (any, error) { return s.Person(ctx, t.AssigneeID) }),
		load("standsInFor", "Person", "代理 · Who is away, where this is the second place of a task of theirs; else null.",
			func(ctx context.Context, t *Task) (any, error) { return s.Person(ctx, t.StandsInFor) }),
		get("inbox", "RoleAt", "The role inbox it is in; null where it has an assignee.", func(t *Task) any {
			if t.InboxRole == "" {
				return nil
			}
			return casefile.RoleAt{Role: t.InboxRole, UnitID: t.InboxUnit}
		}),
		get("deadline", "Deadline", "The clock it runs against, if any.", func(t *Task) any { return present(t.Clock) }),
		load("case", "Case", "The case; null where a package wants it.",
			func(ctx context.Context, t *Task) (any, error) { return s.CaseOf(ctx, t.CaseID), nil }),
		load("leadershipPackage", "Package", "包案 · The package that wants it, or that is proposed for the case; else null.",
			func(ctx context.Context, t *Task) (any, error) {
				return s.PackageOf(ctx, cmp.Or(t.PackageID, t.Proposed)), nil
			}),
	)
}

// partID is the opaque id of a part of a case, or of a package.
func partID(typ, caseID, packageID, id string) string {
	if packageID != "" {
		return SubID("Package"+typ, packageID, id)
	}
	return SubID(typ, caseID, id)
}

// present turns a nil pointer into null.
func present[T any](p *T) any {
	if p == nil {
		return nil
	}
	return p
}
