package schema

import (
	"context"

	"github.com/graphql-go/graphql"

	"github.com/tiaochu/tiaochu/casefile"
)

func (b *builder) nodeInterface() {
	objects := map[string]*graphql.Object{}
	b.add("Node", graphql.NewInterface(graphql.InterfaceConfig{
		Name: "Node", Description: "Anything with an opaque id.",
		Fields: graphql.Fields{"id": &graphql.Field{
			Type: graphql.NewNonNull(graphql.ID), Description: "The opaque id.",
		}},
		ResolveType: func(p graphql.ResolveTypeParams) *graphql.Object {
			return objects[nodeType(p.Value)]
		},
	}))
	b.resolved = objects
}

// nodeType is the contract's name for what stands behind a Node.
func nodeType(v any) string {
	switch v.(type) {
	case *Case:
		return "Case"
	case *Party:
		return "Party"
	case *Mediation:
		return "Mediation"
	case *Session:
		return "MediationSession"
	case *Referral:
		return "Referral"
	case *Dispatch:
		return "Dispatch"
	case *Decision:
		return "Decision"
	case *Review:
		return "Review"
	case *FollowUp:
		return "FollowUp"
	case *Document:
		return "Document"
	case *Deadline:
		return "Deadline"
	case *SupervisionOrder:
		return "SupervisionOrder"
	case *Task:
		return "Task"
	case *Event:
		return "Event"
	case casefile.Person:
		return "Person"
	case casefile.Unit:
		return "Unit"
	case *Procedure:
		return "Procedure"
	case *Package:
		return "Package"
	}
	return ""
}

func (b *builder) query() *graphql.Object {
	s := b.service
	return b.object("Query", "What can be read. Everything but introspection needs sign-in; what the viewer may not see is absent.",
		root("viewer", "Viewer!", "The signed-in person.", nil,
			func(ctx context.Context, _ none) (any, error) { return s.Viewer(ctx) }),
		root("node", "Node", "Anything by its id; null where there is none or the viewer may not see it.",
			[]argument{arg("id", "ID!", "The opaque id.")},
			func(ctx context.Context, args idArgs) (any, error) { return s.Node(ctx, args.ID) }),
		root("nodes", "[Node]!", "Several by their ids, in that order; null where there is none or the viewer may not see it.",
			[]argument{arg("ids", "[ID!]!", "The opaque ids, at most 100.")},
			func(ctx context.Context, args idsArgs) (any, error) { return s.Nodes(ctx, args.IDs) }),
		root("case", "Case", "A case by its number; null where there is none or the viewer may not see it.",
			[]argument{arg("number", "String!", "The case number (\"530402-D-2026-000123\").")},
			func(ctx context.Context, args numberArgs) (any, error) {
				found, err := s.CaseByNumber(ctx, args.Number)
				return present(found), err
			}),
		root("cases", "CaseConnection!", "The cases that the viewer may see.", pageArguments(
			arg("filter", "CaseFilter", "Only these."),
			arg("orderBy", "CaseOrder", "The order.").or("REGISTERED_AT_DESC"),
		), func(ctx context.Context, args CasesArgs) (any, error) { return s.Cases(ctx, args) }),
		root("leadershipPackage", "Package", "包案 · A leadership package by its number; null where there is none or the viewer may not see it.",
			[]argument{arg("number", "String!", "The package's number (\"530402-L-2026-000012\").")},
			func(ctx context.Context, args numberArgs) (any, error) {
				found, err := s.PackageByNumber(ctx, args.Number)
				return present(found), err
			}),
		root("leadershipPackages", "PackageConnection!", "包案 · The leadership packages that the viewer may see, the newest first.",
			pageArguments(arg("filter", "PackageFilter", "Only these.")),
			func(ctx context.Context, args PackagesArgs) (any, error) { return s.Packages(ctx, args) }),
		root("inbox", "TaskConnection!", "待办 · The viewer's tasks and their units' role inboxes, earliest clock first.",
			pageArguments(arg("filter", "TaskFilter", "Only these.")),
			func(ctx context.Context, args InboxArgs) (any, error) { return s.Inbox(ctx, args) }),
		root("deadlines", "DeadlineConnection!", "The worklist: deadlines by due time, earliest first.",
			pageArguments(arg("filter", "DeadlineFilter", "Only these.")),
			func(ctx context.Context, args DeadlinesArgs) (any, error) { return s.Deadlines(ctx, args) }),
		root("supervisionOrders", "SupervisionOrderConnection!", "督办 · Supervision orders, the newest first.",
			pageArguments(arg("filter", "SupervisionFilter", "Only these.")),
			func(ctx context.Context, args SupervisionOrdersArgs) (any, error) {
				return s.SupervisionOrders(ctx, args)
			}),
		root("statistics", "Statistics!", "Counts and indicators over what the viewer may count.",
			[]argument{arg("input", "StatisticsInput!", "What to count.")},
			func(ctx context.Context, args statisticsArgs) (any, error) { return s.Statistics(ctx, args.Input) }),
		root("procedures", "[Procedure!]!", "程序目录 · The catalogue of procedures as it stands on a day, by code.",
			[]argument{arg("on", "Date", "The day; today when left out.")},
			func(ctx context.Context, args ProceduresArgs) (any, error) { return s.Procedures(ctx, args) }),
		root("categories", "[Category!]!", "The code lists of matters.", []argument{
			arg("kind", "CaseKind", "Only matters of this kind of case."),
			arg("parent", "String", "Only matters right below this one; an empty text asks for the top."),
			languageArgument(),
		}, func(ctx context.Context, args CategoriesArgs) (any, error) { return s.Categories(ctx, args) }),
		root("terms", "[Term!]!", "The labels of an enum's values, as users know them.", []argument{
			arg("enumName", "String!", "The enum's name (\"CaseStage\")."),
			languageArgument(),
		}, func(ctx context.Context, args termsArgs) (any, error) {
			return s.Terms(ctx, args.EnumName, args.Language)
		}),
		root("divisions", "[DivisionInfo!]!", "The divisions right below one, or the provinces.",
			[]argument{arg("parent", "Division", "The wider division; the provinces when left out.")},
			func(ctx context.Context, args divisionsArgs) (any, error) { return s.Divisions(ctx, args.Parent) }),
		root("units", "UnitConnection!", "Units, ordered by id.", pageArguments(
			arg("division", "Division", "Only units at this division or below it."),
			arg("kind", "UnitKind", "Only units of this kind."),
		), func(ctx context.Context, args UnitsArgs) (any, error) { return s.Units(ctx, args) }),
		b.auditTrail(),
	)
}

func (b *builder) filters() {
	b.input("CaseFilter", "Which cases; every field given must hold.",
		arg("kind", "CaseKind", "Disputes or petitions."),
		arg("petitionType", "PetitionType", "Petitions of this type."),
		arg("stage", "[CaseStage!]", "Cases in one of these stages."),
		arg("open", "Boolean", "Cases that still want something done (true), or ended ones (false)."),
		arg("overdue", "Boolean", "Cases with a missed deadline whose act is still owed (true), or without (false)."),
		arg("urgent", "Boolean", "Urgent cases (true), or the others (false)."),
		arg("repeat", "Boolean", "Cases that bring a matter again that another case was about (true), or the others (false)."),
		arg("division", "Division", "Cases of this division or below it."),
		arg("unitId", "ID", "Cases that this unit answers for."),
		arg("handlerId", "ID", "Cases that this person handles."),
		arg("source", "CaseSource", "Cases that came by this channel."),
		arg("category", "String", "Cases of this matter, by its code."),
		arg("risk", "RiskLevel", "Cases of this risk."),
		arg("receivedFrom", "Date", "Received on this day or later."),
		arg("receivedTo", "Date", "Received on this day or earlier."),
		arg("concludedFrom", "Date", "Concluded on this day or later."),
		arg("concludedTo", "Date", "Concluded on this day or earlier."),
		arg("dueBefore", "DateTime", "With a deadline due before this instant whose act is still owed."),
		arg("text", "String", "Cases in whose title, narrative or parties' names these words stand, each of them somewhere, with blanks between them; "+
			"2 to 50 letters and digits in all. Width, case and signs make no difference. Only cases whose texts the viewer may read whole are found. "+
			"There is no totalCount."),
	)
	b.input("TaskFilter", "Which tasks; every field given must hold.",
		arg("kind", "String", "Tasks of this kind (\"ASSIGN\")."),
		arg("overdue", "Boolean", "Tasks whose deadline is past (true), or the others (false)."),
		arg("mine", "Boolean", "Only tasks given to the viewer in person (true); the role inboxes too otherwise."),
	)
	b.input("DeadlineFilter", "Which deadlines; every field given must hold.",
		arg("status", "[DeadlineStatus!]", "Deadlines in one of these statuses."),
		arg("dueFrom", "DateTime", "Due at this instant or later."),
		arg("dueTo", "DateTime", "Due before this instant."),
		arg("statutory", "Boolean", "Deadlines that a law sets (true), or the others (false)."),
		arg("division", "Division", "Deadlines of cases of this division or below it."),
	)
	b.input("SupervisionFilter", "Which supervision orders; every field given must hold.",
		arg("status", "[SupervisionStatus!]", "Orders in one of these statuses."),
		arg("division", "Division", "Orders on cases of this division or below it."),
		arg("level", "DivisionLevel", "Orders issued at this level."),
	)
	b.input("StatisticsInput", "What to count; days are those of Asia/Shanghai, both included.",
		arg("division", "Division!", "Cases of this division or below it."),
		arg("from", "Date!", "The first day."),
		arg("to", "Date!", "The last day."),
		arg("basis", "StatisticsBasis", "Cohort or flow.").or("CONCLUDED_IN"),
		arg("kind", "CaseKind", "Only disputes or only petitions."),
		arg("level", "DivisionLevel", "The level of rows grouped by division; the one below the division asked for when left out."),
		arg("groupBy", "[StatisticsGroup!]", "What rows are grouped by; a single row when left out."),
	)
}
