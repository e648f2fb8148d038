package schema

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
)

func (b *builder) directoryTypes() {
	s := b.service
	b.node("Person", "Somebody who works in the system. The name of an office-holder is public within it.",
		get("id", "ID!", "The opaque id of the person.", func(p casefile.Person) any { return GlobalID("Person", p.ID) }),
		get("name", "String!", "姓名 · Their name.", func(p casefile.Person) any { return p.Name }),
		get("roles", "[RoleAt!]", "角色 · What they do, and where.", func(p casefile.Person) any { return p.Roles }),
		get("away", "Absence", "请假 · The absence that they are on; null for somebody who is there.", func(p casefile.Person) any {
			if p.Away == nil {
				return nil
			}
			return *p.Away
		}),
		get("absences", "[Absence!]", "请假 · The absences that have begun or will, the earliest first.", func(p casefile.Person) any { return p.Absences }),
	)
	b.object("Absence", "请假 · A time that somebody is away, in whole days in Asia/Shanghai.",
		get("from", "Date!", "The first day away.", func(a casefile.Absence) any { return a.From.String() }),
		get("to", "Date", "The last day away; null until further notice.", func(a casefile.Absence) any { return orNull(a.Until.String()) }),
		load("deputy", "Person", "代理人 · Who stands in; null where nobody does.",
			func(ctx context.Context, a casefile.Absence) (any, error) { return s.Person(ctx, a.DeputyID) }),
	)
	b.object("RoleAt", "A role held at a unit.",
		get("role", "Role!", "The role.", func(r casefile.RoleAt) any { return r.Role }),
		load("unit", "Unit", "The unit.",
			func(ctx context.Context, r casefile.RoleAt) (any, error) { return s.Unit(ctx, r.UnitID) }),
	)
	b.node("Unit", "单位 · An organisation at a division.",
		get("id", "ID!", "The opaque id of the unit.", func(u casefile.Unit) any { return GlobalID("Unit", u.ID) }),
		get("name", "String!", "名称 · Its name.", func(u casefile.Unit) any { return u.Name }),
		get("kind", "UnitKind!", "What it is.", func(u casefile.Unit) any { return u.Kind }),
		get("industry", "String", "Its industry, where it has one.", func(u casefile.Unit) any { return orNull(u.Industry) }),
		get("division", "Division!", "The division it sits in.", func(u casefile.Unit) any { return u.Division }),
		load("supervisingUnit", "Unit", "督办单位 · The unit that urges and chases it.",
			func(ctx context.Context, u casefile.Unit) (any, error) { return s.Unit(ctx, u.SupervisingUnitID) }),
		load("superiorUnits", "[Unit!]", "上级机关 · The units that review its decisions.",
			func(ctx context.Context, u casefile.Unit) (any, error) {
				superiors := make([]any, 0, len(u.SuperiorUnitIDs))
				for _, id := range u.SuperiorUnitIDs {
					unit, err := s.Unit(ctx, id)
					if err != nil {
						return nil, err
					}
					if unit != nil {
						superiors = append(superiors, unit)
					}
				}
				return superiors, nil
			}),
		ask("people", "[Person!]", "Who works there.",
			[]argument{arg("role", "Role", "Only holders of this role; an empty answer is a vacancy.")},
			func(ctx context.Context, u casefile.Unit, args roleArgs) (any, error) {
				return s.PeopleAt(ctx, u.ID, args.Role)
			}),
	)
	b.object("DivisionInfo", "行政区划 · A division with its name.",
		get("code", "Division!", "Its code.", func(d casefile.DivisionInfo) any { return d.Code }),
		get("name", "String!", "Its name.", func(d casefile.DivisionInfo) any { return d.Name }),
		get("level", "DivisionLevel!", "Its level.", func(d casefile.DivisionInfo) any { return d.Code.Level() }),
		get("local", "Boolean!", "The statistics don't know it; the operator added it.", func(d casefile.DivisionInfo) any { return d.Local }),
	)
	b.object("Category", "类别 · A matter from the code list of its kind.",
		get("code", "String!", "Its code.", func(c Category) any { return c.Code }),
		get("label", "String!", "Its label.", func(c Category) any { return c.Label }),
		get("parent", "String", "The code of the wider matter; null at the top.", func(c Category) any { return orNull(c.Parent) }),
	)
	b.object("Term", "An enum's value with its label.",
		get("value", "String!", "The value.", func(t Term) any { return t.Value }),
		get("label", "String!", "Its label.", func(t Term) any { return t.Label }),
	)
	b.object("Viewer", "The signed-in person.",
		get("person", "Person!", "Who they are.", func(p casefile.Person) any { return p }),
		get("roles", "[RoleAt!]!", "What they do, and where.", func(p casefile.Person) any { return p.Roles }),
		load("counts", "ViewerCounts", "The numbers on their first page.",
			func(ctx context.Context, _ casefile.Person) (any, error) { return s.Counts(ctx) }),
		load("leads", "[Package!]", "包案 · The open packages that they lead, at most 100, the newest first.",
			func(ctx context.Context, _ casefile.Person) (any, error) { return s.Leads(ctx) }),
	)
	b.object("ViewerCounts", "The numbers on a viewer's first page, each capped at 10,000.",
		get("inbox", "Int!", "待办 · Tasks of theirs and of their units' role inboxes.", func(c Counts) any { return c.Inbox }),
		get("overdue", "Int!", "超期 · Open cases with a missed deadline that they may see.", func(c Counts) any { return c.Overdue }),
		get("dueThisWeek", "Int!", "本周到期 · Running deadlines due before the week ends on Sunday, Asia/Shanghai.", func(c Counts) any { return c.DueThisWeek }),
		get("proposedPackages", "Int!", "待审批包案 · Proposed packages that wait for their yes or no.", func(c Counts) any { return c.ProposedPackages }),
	)
}
