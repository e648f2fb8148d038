package schema

import (
	"context"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// Package is a leadership package as one viewer sees it.
type Package struct {
	State leadership.State
	// WorksOn tells that the viewer works on the package and reads its texts unmasked.
	WorksOn bool
}

// Parts of a package whose viewer's rights they share.
type (
	// packageMember is a case in the package.
	packageMember struct {
		Package *Package
		leadership.Member
	}
	// milestone is one thing that the plan wants done.
	milestone struct {
		Package *Package
		leadership.Milestone
	}
	// packageReview is one look at the package.
	packageReview struct {
		Package *Package
		leadership.Review
	}
	// packageEnd is an end that waits for the second signature.
	packageEnd struct {
		Package *Package
		leadership.Pending
	}
)

func (b *builder) packageTypes() {
	s := b.service
	at := func(name, desc string, read func(leadership.State) time.Time) field {
		return get(name, "DateTime", desc, func(p *Package) any { return read(p.State) })
	}
	text := func(name, desc string, read func(leadership.State) casefile.TextID) field {
		return load(name, "String", desc, func(ctx context.Context, p *Package) (any, error) {
			return s.PackageText(ctx, p, read(p.State)), nil
		})
	}
	b.node("Package", "领导包案 · A named leader takes charge of hard cases until they are resolved or stabilised.",
		get("id", "ID!", "The opaque id of the package.", func(p *Package) any { return GlobalID("Package", p.State.ID) }),
		get("number", "String!", "包案编号 · Its number (\"530402-L-2026-000012\").", func(p *Package) any { return p.State.Number }),
		load("title", "String!", "标题 · Its title; masked unless the viewer works on the package.",
			func(ctx context.Context, p *Package) (any, error) { return s.PackageTitle(ctx, p), nil }),
		text("reason", "包案理由 · Why a leader takes charge; masked unless the viewer works on the package.",
			func(s leadership.State) casefile.TextID { return s.Reason }),
		get("packageStatus", "PackageStatus!", "所处状态 · Where it stands.", func(p *Package) any { return p.State.Status }),
		get("level", "DivisionLevel!", "包案层级 · The level of its leader.", func(p *Package) any { return p.State.Level }),
		get("division", "Division!", "属地 · The division of its leader's body.", func(p *Package) any { return p.State.Division }),
		load("leader", "Person", "包案领导 · Who leads it; null where a proposal names nobody yet.",
			func(ctx context.Context, p *Package) (any, error) { return s.Person(ctx, p.State.LeaderID) }),
		load("leaderUnit", "Unit", "The leading body at which the leader holds the post.",
			func(ctx context.Context, p *Package) (any, error) { return s.Unit(ctx, p.State.LeaderUnitID) }),
		load("responsibleUnit", "Unit", "责任单位 · The unit that carries it out.",
			func(ctx context.Context, p *Package) (any, error) { return s.Unit(ctx, p.State.ResponsibleUnitID) }),
		load("team", "[Person!]", "包案专班 · Who works on it with the leader.",
			func(ctx context.Context, p *Package) (any, error) {
				people := make([]any, 0, len(p.State.TeamIDs))
				for _, id := range p.State.TeamIDs {
					person, err := s.Person(ctx, id)
					if err != nil {
						return nil, err
					}
					if person != nil {
						people = append(people, person)
					}
				}
				return people, nil
			}),
		get("dueBy", "Date", "化解期限 · The day by which it is to be resolved, where one was set.", func(p *Package) any { return orNull(p.State.DueBy) }),
		at("proposedAt", "提请时间 · When it was proposed.", func(s leadership.State) time.Time { return s.ProposedAt }),
		at("openedAt", "开立时间 · When a leader took charge.", func(s leadership.State) time.Time { return s.OpenedAt }),
		at("stabilisedAt", "转入稳控时间 · When it was stabilised last.", func(s leadership.State) time.Time { return s.StabilisedAt }),
		at("resolvedAt", "化解时间 · When it was resolved last.", func(s leadership.State) time.Time { return s.ResolvedAt }),
		ask("cases", "CaseConnection", "包内案件 · Its cases that the viewer may see, the last registered first.", pageArguments(),
			func(ctx context.Context, p *Package, page PageArgs) (any, error) { return s.PackageCases(ctx, p, page) }),
		get("members", "[PackageMember!]", "成员案件台账 · Its own table of members, newest last, those that left included.", func(p *Package) any {
			return each(p.State.Members, func(m leadership.Member) *packageMember { return &packageMember{p, m} })
		}),
		get("nextDeadline", "Deadline", "The earliest deadline whose act is still owed.", nextPackageDeadline),
		get("deadlines", "[Deadline!]", "期限 · Its clocks, in the order they were started.", func(p *Package) any {
			return each(p.State.Deadlines, func(d casefile.Deadline) *Deadline {
				return &Deadline{Deadline: d, PackageID: p.State.ID}
			})
		}),
		get("openCount", "Int", "在办件数 · Its cases that are not concluded, as they last told.", func(p *Package) any {
			open := 0
			for _, m := range p.State.Current() {
				if !m.Standing.Concluded {
					open++
				}
			}
			return open
		}),
		load("overdueCount", "Int", "超期件数 · Its cases that the viewer may see and that are overdue.",
			func(ctx context.Context, p *Package) (any, error) { return s.OverdueMembers(ctx, p), nil }),
		get("milestones", "[Milestone!]", "节点任务 · What its plan wants done, by day; without those that a later plan dropped.", func(p *Package) any {
			kept := []*milestone{}
			for _, m := range p.State.Milestones {
				if !m.Dropped {
					kept = append(kept, &milestone{p, m})
				}
			}
			return kept
		}),
		get("reviews", "[PackageReview!]", "调度和回查 · How it was reviewed, first to last.", func(p *Package) any {
			return each(p.State.Reviews, func(r leadership.Review) *packageReview { return &packageReview{p, r} })
		}),
		get("proposedEnd", "PackageEnd", "待会签结果 · An end that waits for the second signature.", func(p *Package) any {
			if p.State.Pending == nil {
				return nil
			}
			return &packageEnd{p, *p.State.Pending}
		}),
		get("supervisionOrders", "[SupervisionOrder!]", "督办 · The orders issued over its missed deadlines.", func(p *Package) any {
			return each(p.State.Orders, func(o leadership.Order) *SupervisionOrder { return PackageOrder(p, o) })
		}),
		load("tasks", "[Task!]", "待办 · What somebody has to do next.",
			func(ctx context.Context, p *Package) (any, error) { return s.PackageTasks(ctx, p) }),
		get("version", "Int!", "The number of events so far.", func(p *Package) any { return p.State.Version }),
		ask("timeline", "EventConnection", "包案记录 · Its events, first to last.", pageArguments(),
			func(ctx context.Context, p *Package, page PageArgs) (any, error) {
				return s.PackageTimeline(ctx, p, page)
			}),
		load("allowedCommands", "[String!]", "What the viewer may do now; each name is a mutation.",
			func(ctx context.Context, p *Package) (any, error) { return s.PackageCommands(ctx, p) }),
	)
	b.packagePartTypes()
	b.input("PackageFilter", "Which packages; every field given must hold.",
		arg("leaderId", "ID", "Packages of this leader."),
		arg("status", "[PackageStatus!]", "Packages in one of these statuses."),
		arg("division", "Division", "Packages of this division or below it."),
		arg("overdue", "Boolean", "Packages with a missed deadline whose act is still owed (true), or without (false)."),
	)
}

func (b *builder) packagePartTypes() {
	s := b.service
	b.object("Milestone", "节点任务 · One thing that the plan of a package wants done by a day.",
		get("id", "ID!", "Its id within the package (\"M1\"), as recordPackageReview takes it.", func(m *milestone) any { return m.ID }),
		load("title", "String!", "What is to be done; masked unless the viewer works on the package.",
			func(ctx context.Context, m *milestone) (any, error) {
				return orEmpty(s.PackageText(ctx, m.Package, m.Title)), nil
			}),
		get("dueOn", "Date!", "The day by which it is to be done.", func(m *milestone) any { return m.DueOn }),
		get("doneAt", "DateTime", "When it was reached.", func(m *milestone) any { return m.DoneAt }),
	)
	reviewed := func(name, desc string, read func(leadership.Review) casefile.TextID) field {
		return load(name, "String", desc, func(ctx context.Context, r *packageReview) (any, error) {
			return s.PackageText(ctx, r.Package, read(r.Review)), nil
		})
	}
	b.object("PackageReview", "包案调度、稳控回查 · One look at the package.",
		get("at", "DateTime!", "When.", func(r *packageReview) any { return r.At }),
		load("by", "Person", "Who.", func(ctx context.Context, r *packageReview) (any, error) { return s.Person(ctx, r.By) }),
		load("progress", "String!", "进展 · How it stands; masked unless the viewer works on the package.",
			func(ctx context.Context, r *packageReview) (any, error) {
				return orEmpty(s.PackageText(ctx, r.Package, r.Progress)), nil
			}),
		reviewed("help", "帮扶 · What help was offered. "+neverWhereabouts, func(r leadership.Review) casefile.TextID { return r.Help }),
		reviewed("explanation", "解释 · What was explained. "+neverWhereabouts, func(r leadership.Review) casefile.TextID { return r.Explanation }),
		reviewed("contact", "联系 · What contact was offered. "+neverWhereabouts, func(r leadership.Review) casefile.TextID { return r.Contact }),
	)
	b.object("PackageMember", "成员案件 · A case in a package, as it last told how it stands.",
		load("number", "String!", "The case's number; empty where the viewer doesn't see the case and it is sealed, or restricted and they don't work on the package.",
			func(ctx context.Context, m *packageMember) (any, error) {
				return orEmpty(s.OtherNumber(ctx, casefile.OtherCase(m.CaseName), m.Package.WorksOn)), nil
			}),
		get("memberStatus", "PackageMemberStatus!", "Where its membership stands.", func(m *packageMember) any { return m.Status }),
		get("joinedAt", "DateTime", "When the case took note.", func(m *packageMember) any { return m.JoinedAt }),
		get("legacy", "Boolean!", "历史案件 · It had ended before it joined: it is not reopened, and gets its outcome here.", func(m *packageMember) any { return m.Legacy }),
		get("concluded", "Boolean!", "办结 · The case is concluded or has ended.", func(m *packageMember) any { return m.Standing.Concluded }),
		get("outcome", "CaseOutcome", "结果 · The case's own, or for a legacy case the one given here.", func(m *packageMember) any {
			if m.Legacy && m.Outcome != "" {
				return m.Outcome
			}
			return m.Standing.Outcome
		}),
		get("asked", "PackageAsked", "征询意见 · What came of asking those who brought the matter; null until they were asked.", func(m *packageMember) any {
			return present(m.Asked)
		}),
		load("case", "Case", "The case; null where the viewer may not see it.",
			func(ctx context.Context, m *packageMember) (any, error) { return s.CaseOf(ctx, m.CaseID), nil }),
	)
	b.object("PackageAsked", "征询意见 · What came of asking the petitioner of a member case.",
		get("at", "DateTime!", "When they were asked.", func(a *leadership.Asked) any { return a.At }),
		load("by", "Person", "Who asked.", func(ctx context.Context, a *leadership.Asked) (any, error) { return s.Person(ctx, a.By) }),
		get("result", "FollowUpResult!", "What came of it.", func(a *leadership.Asked) any { return a.Result }),
		get("satisfaction", "Int", "满意度 · From 1 (worst) to 5; null where none was given.", func(a *leadership.Asked) any { return a.Satisfaction }),
		get("method", "FollowUpMethod!", "How they were asked.", func(a *leadership.Asked) any { return a.Method }),
	)
	b.object("PackageEnd", "待会签结果 · An end that waits for the second signature.",
		get("outcome", "PackageOutcome!", "The end.", func(e *packageEnd) any { return e.Outcome }),
		load("summary", "String", "What was done; masked unless the viewer works on the package.",
			func(ctx context.Context, e *packageEnd) (any, error) {
				return s.PackageText(ctx, e.Package, e.Summary), nil
			}),
		load("by", "Person", "Who proposed it; somebody else signs.",
			func(ctx context.Context, e *packageEnd) (any, error) { return s.Person(ctx, e.By) }),
		get("at", "DateTime!", "When it was proposed.", func(e *packageEnd) any { return e.At }),
	)
	b.object("PackagePayload", "The answer to a command on a leadership package.",
		get("leadershipPackage", "Package", "The package as it now is; null where none was opened or the viewer may not see it.",
			func(p *PackagePayload) any { return present(p.Package) }),
		get("userErrors", "[UserError!]!", "Why the command was refused; empty when it was carried out.",
			func(p *PackagePayload) any { return p.UserErrors }),
		get("clientMutationId", "String", "The idempotency key of the input.", func(p *PackagePayload) any { return p.ClientMutationID }),
	)
}

// neverWhereabouts is the border of what is recorded about the people behind a stabilised
// package.
const neverWhereabouts = "Never whereabouts, movements, devices or relatives (不得记录行踪、动向、设备和亲属)."

// orEmpty is a text where the contract wants something to read in any case.
func orEmpty(later Later) Later {
	return func() (any, error) {
		value, err := later()
		if value == nil {
			value = ""
		}
		return value, err
	}
}

func nextPackageDeadline(p *Package) any {
	var next *Deadline
	for _, d := range p.State.Deadlines {
		if d.Unmet() && !p.State.Status.Ended() && (next == nil || d.DueAt.Before(next.DueAt)) {
			next = &Deadline{Deadline: d, PackageID: p.State.ID}
		}
	}
	return present(next)
}

// PackageOrder is a supervision order of a package.
func PackageOrder(p *Package, o leadership.Order) *SupervisionOrder {
	order := &SupervisionOrder{
		SupervisionOrder: o.SupervisionOrder, Missed: PackageDeadline(p, o.DeadlineID), PackageID: p.State.ID, Package: p,
		Clocks: []*Deadline{},
	}
	if clock := PackageDeadline(p, o.ClockID); clock != nil {
		order.Clocks = append(order.Clocks, clock)
	}
	if o.Escalates != "" {
		order.Below = PackageOrderOf(p, o.Escalates)
	}
	return order
}

// PackageOrderOf finds a supervision order of the package, or nil.
func PackageOrderOf(p *Package, id string) *SupervisionOrder {
	for _, o := range p.State.Orders {
		if o.ID == id {
			return PackageOrder(p, o)
		}
	}
	return nil
}

// PackageDeadline finds a deadline of the package, or nil.
func PackageDeadline(p *Package, id string) *Deadline {
	if d, ok := p.State.Deadline(id); ok {
		return &Deadline{Deadline: d, PackageID: p.State.ID}
	}
	return nil
}
