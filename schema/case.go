package schema

import (
	"context"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// pageArguments are those of every list; rest are its own.
func pageArguments(rest ...argument) []argument {
	return append([]argument{
		arg("first", "Int", "How many from the start, 1 to 100; exactly one of first and last is given."),
		arg("after", "String", "Only what comes after this cursor; with first."),
		arg("last", "Int", "How many from the end, 1 to 100."),
		arg("before", "String", "Only what comes before this cursor; with last."),
	}, rest...)
}

func languageArgument() argument {
	return arg("language", "Language", "The language of the text.").or(string(casefile.Chinese))
}

func (b *builder) caseType() {
	s := b.service
	id := func(c *Case) any { return GlobalID("Case", c.State.ID) }
	at := func(name, typ, desc string, read func(casefile.State) time.Time) field {
		return get(name, typ, desc, func(c *Case) any { return read(c.State) })
	}
	b.node("Case", "A dispute (矛盾纠纷) or petition (信访事项), from registration to evaluation.", append(b.linkFields(),
		get("id", "ID!", "The opaque id of the case.", id),
		get("number", "String!", "案件编号 · The case number (\"530402-D-2026-000123\").", func(c *Case) any { return c.State.Number }),
		get("kind", "CaseKind!", "Dispute or petition.", func(c *Case) any { return c.State.Kind }),
		get("petitionType", "PetitionType", "What a petitioner asks; null for a dispute.", func(c *Case) any { return c.State.PetitionType }),
		get("stage", "CaseStage!", "所处环节 · Where the case stands.", func(c *Case) any { return c.State.Stage }),
		get("outcome", "CaseOutcome", "办结方式 · How it was concluded; null until then.", func(c *Case) any { return c.State.Outcome }),
		get("source", "CaseSource!", "来源 · The channel it came by.", func(c *Case) any { return c.State.Source }),
		get("externalIds", "[ExternalId!]", "Its numbers in issuing systems.", func(c *Case) any { return c.State.AllExternalIDs() }),
		load("title", "String", "标题 · Its title; masked like the narrative unless the viewer works on the case.",
			func(ctx context.Context, c *Case) (any, error) { return s.Title(ctx, c), nil }),
		get("category", "String!", "类别 · The code of its matter; categories(kind) has the labels.", func(c *Case) any { return c.State.Category }),
		get("division", "Division!", "属地 · The division that answers for it.", func(c *Case) any { return c.State.Division }),
		get("occurrenceDivision", "Division", "发生地 · The division where it happened.", func(c *Case) any { return orNull(string(c.State.OccurrenceDivision)) }),
		load("occurrenceAddress", "String", "发生地址 · The place where it happened; masked unless the viewer works on the case.",
			func(ctx context.Context, c *Case) (any, error) { return s.OccurrenceAddress(ctx, c), nil }),
		get("confidentiality", "Confidentiality!", "知悉范围 · Who may see it at all.", func(c *Case) any { return c.State.Confidentiality }),
		get("risk", "RiskLevel", "风险等级 · Its assessed risk.", func(c *Case) any { return c.State.Risk }),
		get("scale", "CaseScale!", "规模 · How many people stand behind it.", func(c *Case) any { return c.State.Scale }),
		get("urgent", "Boolean!", "重大紧急 · It cannot wait.", func(c *Case) any { return c.State.Urgent }),
		get("oral", "Boolean!", "口头提出 · It was told, not written.", func(c *Case) any { return c.State.Oral }),
		get("courtStage", "CourtStage", "Where a court's case stands that entrusted it.", func(c *Case) any { return c.State.CourtStage }),
		get("route", "LegalRoute", "法定途径 · The legal way an appeal takes.", func(c *Case) any { return c.State.Route }),
		load("responsibleUnit", "Unit", "责任单位 · The unit that answers for it now.",
			func(ctx context.Context, c *Case) (any, error) { return s.Unit(ctx, c.State.ResponsibleUnitID) }),
		load("handler", "Person", "承办人 · Who handles it; null until it is assigned.",
			func(ctx context.Context, c *Case) (any, error) { return s.Person(ctx, c.State.HandlerID) }),
		get("amount", "Long", "The amount in dispute, in fen.", func(c *Case) any { return c.State.Amount }),
		get("headcount", "Int", "How many people stand behind it.", func(c *Case) any { return c.State.Headcount }),
		at("receivedAt", "DateTime!", "收到时间 · When the office received it.", func(s casefile.State) time.Time { return s.ReceivedAt }),
		at("occurredAt", "DateTime", "When it happened.", func(s casefile.State) time.Time { return s.OccurredAt }),
		at("registeredAt", "DateTime!", "登记时间 · When it was taken down.", func(s casefile.State) time.Time { return s.RegisteredAt }),
		at("acceptedAt", "DateTime", "受理时间 · When it was accepted.", func(s casefile.State) time.Time { return s.AcceptedAt }),
		at("concludedAt", "DateTime", "办结时间 · When it was concluded: what the law counts.", func(s casefile.State) time.Time { return s.ConcludedAt }),
		at("closedAt", "DateTime", "归档时间 · When the file was closed.", func(s casefile.State) time.Time { return s.ClosedAt }),
		get("concludedOnTime", "Boolean", "按期办结 · Whether it was concluded in time; null until then, and where no clock ran.",
			func(c *Case) any { return c.State.ConcludedOnTime }),
		get("overdue", "Boolean!", "超期 · A deadline was missed and its act is still owed.", func(c *Case) any { return Overdue(c.State) }),
		get("nextDeadline", "Deadline", "The earliest of the office's deadlines whose act is still owed.", nextDeadline),
		get("round", "Int!", "轮次 · 1, and one more with every reopening.", func(c *Case) any { return c.State.Round }),
		get("reworks", "Int!", "返工次数 · How often this round was sent back after a follow-up.", func(c *Case) any { return c.State.Reworks }),
		get("version", "Int!", "The number of events so far.", func(c *Case) any { return c.State.Version }),
		load("narrative", "String", "事由 · What happened; masked unless the viewer works on the case.",
			func(ctx context.Context, c *Case) (any, error) { return s.Narrative(ctx, c), nil }),
		load("procedure", "Procedure", "适用程序 · What it follows since its acceptance, in the version of that day.",
			func(ctx context.Context, c *Case) (any, error) { return s.ProcedureOf(ctx, c) }),
		get("procedureByClerk", "Boolean!", "A clerk named the procedure; otherwise it followed from the case.", func(c *Case) any { return c.State.ProcedureByClerk }),
		load("claims", "[Claim!]", "诉求 · What is asked for, one by one.",
			func(ctx context.Context, c *Case) (any, error) { return s.Claims(ctx, c), nil }),
		load("parties", "[Party!]", "当事人 · Who is concerned.",
			func(ctx context.Context, c *Case) (any, error) { return s.Parties(ctx, c), nil }),
		ask("deadlines", "[Deadline!]", "期限 · Its clocks, in the order they were started.",
			[]argument{arg("status", "[DeadlineStatus!]", "Only clocks in one of these statuses; every one when left out.")},
			func(_ context.Context, c *Case, args statusArgs) (any, error) {
				return deadlinesOf(c, args.Status), nil
			}),
		get("dispatches", "[Dispatch!]", "派单 · The units that were asked for their part, first to last.",
			func(c *Case) any { return dispatchesOf(c) }),
		get("referrals", "[Referral!]", "导入法律途径 · The organs that it was referred to, first to last.",
			func(c *Case) any { return referralsOf(c) }),
		get("mediations", "[Mediation!]", "调解 · Its mediations, first to last.", func(c *Case) any {
			return each(c.State.Mediations, func(m casefile.Mediation) *Mediation { return &Mediation{c, m} })
		}),
		get("recommendations", "[Recommendation!]", "调解建议 · What mediations recommended to other units.", func(c *Case) any {
			return each(c.State.Recommendations, func(r casefile.Recommendation) *Recommendation { return &Recommendation{c, r} })
		}),
		get("decisions", "[Decision!]", "处理意见 · Its written opinions, first to last.", func(c *Case) any {
			return each(c.State.Decisions, func(d casefile.Decision) *Decision { return &Decision{c, d} })
		}),
		get("reviews", "[Review!]", "复查、复核 · The reviews of its opinions, first to last.", func(c *Case) any {
			return each(c.State.Reviews, func(r casefile.Review) *Review { return &Review{c, r} })
		}),
		get("supervisionOrders", "[SupervisionOrder!]", "督办 · The orders issued over its missed deadlines.", func(c *Case) any {
			return each(c.State.Orders, func(o casefile.SupervisionOrder) *SupervisionOrder {
				return OrderOf(c.State, o.ID)
			})
		}),
		get("followUps", "[FollowUp!]", "回访 · What the parties answered afterwards.", func(c *Case) any {
			return each(c.State.FollowUps, func(f casefile.FollowUp) *FollowUp { return &FollowUp{c, f} })
		}),
		load("tasks", "[Task!]", "待办 · What somebody has to do next.",
			func(ctx context.Context, c *Case) (any, error) { return s.Tasks(ctx, c), nil }),
		load("documents", "[Document!]", "文书材料 · Its notices, then the files that were attached to it, then those of the cases merged into it, each first to last.",
			func(ctx context.Context, c *Case) (any, error) { return s.Documents(ctx, c), nil }),
		ask("timeline", "EventConnection", "案件记录 · Its events, first to last.", pageArguments(),
			func(ctx context.Context, c *Case, page PageArgs) (any, error) { return s.Timeline(ctx, c, page), nil }),
		ask("asOf", "CaseSnapshot", "The case as it stood at an instant; null before it was registered.",
			[]argument{arg("at", "DateTime!", "The instant: every event recorded by then counts.")},
			func(ctx context.Context, c *Case, args AsOfArgs) (any, error) {
				snapshot, err := s.Snapshot(ctx, c, args)
				if snapshot == nil {
					return nil, err
				}
				return snapshot, err
			}),
		load("leadershipPackage", "Package", "包案 · The leadership package that took it in last; null where the viewer may not see it.",
			func(ctx context.Context, c *Case) (any, error) { return s.PackageOf(ctx, c.State.PackageID), nil }),
		load("allowedCommands", "[String!]", "What the viewer may do now; each name is a mutation.",
			func(ctx context.Context, c *Case) (any, error) { return s.AllowedCommands(ctx, c) }),
	)...)
	b.object("ExternalId", "A number that an issuing system gave a case.",
		get("system", "String!", "The issuing system (\"12345-5301\").", func(e casefile.ExternalID) any { return e.System }),
		get("number", "String!", "The number within that system.", func(e casefile.ExternalID) any { return e.Number }),
	)
	b.object("Claim", "诉求 · One thing asked for.",
		get("id", "ID!", "Its id within the case (\"C1\"), as issueDecision takes it.", func(c Claim) any { return c.ID }),
		get("text", "String", "Its words; masked unless the viewer works on the case.", func(c Claim) any { return orNull(c.Text) }),
		get("masked", "Boolean!", "The words are masked.", func(c Claim) any { return c.Masked }),
	)
	b.object("CaseSnapshot", "The case as it stood at an instant.",
		get("at", "DateTime!", "The instant.", func(s *Snapshot) any { return s.At }),
		get("version", "Int!", "The number of events by then.", func(s *Snapshot) any { return s.State.Version }),
		get("stage", "CaseStage!", "Where the case stood.", func(s *Snapshot) any { return s.State.Stage }),
		get("outcome", "CaseOutcome", "How it had been concluded.", func(s *Snapshot) any { return s.State.Outcome }),
		get("deadlines", "[Deadline!]", "Its clocks as they stood.", func(s *Snapshot) any {
			return deadlinesOf(&Case{State: s.State}, nil)
		}),
		load("handler", "Person", "Who handled it then.",
			func(ctx context.Context, snapshot *Snapshot) (any, error) {
				return s.Person(ctx, snapshot.State.HandlerID)
			}),
	)
}

// Overdue reports whether an open case still owes the act of a missed deadline of the
// office's own.
func Overdue(s casefile.State) bool {
	return s.Stage.Open() && slices.ContainsFunc(s.Deadlines, func(d casefile.Deadline) bool {
		return d.OfOffice() && d.Status == casefile.ClockMissed && d.Unmet()
	})
}

func nextDeadline(c *Case) any {
	var next *Deadline
	for _, d := range c.State.Deadlines {
		if d.Unmet() && d.OfOffice() && (next == nil || d.DueAt.Before(next.DueAt)) {
			next = &Deadline{CaseID: c.State.ID, Deadline: d}
		}
	}
	if next == nil {
		return nil
	}
	return next
}

func deadlinesOf(c *Case, status []casefile.DeadlineStatus) []*Deadline {
	deadlines := make([]*Deadline, 0, len(c.State.Deadlines))
	for _, d := range c.State.Deadlines {
		if len(status) == 0 || slices.Contains(status, d.Status) {
			deadlines = append(deadlines, &Deadline{CaseID: c.State.ID, Deadline: d})
		}
	}
	return deadlines
}

// DeadlineOf finds a deadline of the case, or nil.
func DeadlineOf(s casefile.State, id string) *Deadline {
	for _, d := range s.Deadlines {
		if d.ID == id {
			return &Deadline{CaseID: s.ID, Deadline: d}
		}
	}
	return nil
}

func each[T, U any](from []T, to func(T) U) []U {
	out := make([]U, len(from))
	for i, v := range from {
		out[i] = to(v)
	}
	return out
}
