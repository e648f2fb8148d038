package api_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

// Leaders of the county.
const (
	countyLeader = "p-530402-leading-leader-1"
	countyDeputy = "p-530402-leading-leader-2"
)

type packageShown struct {
	ID, Number, Title, PackageStatus string
	Version                          int
	Leader                           *struct{ ID string }
	Cases                            struct {
		TotalCount int
		Edges      []struct{ Node struct{ Number string } }
	}
	Members []struct {
		Number, MemberStatus string
		Legacy, Concluded    bool
		Outcome              *string
		Case                 *struct{ ID string }
	}
	OpenCount, OverdueCount int
	NextDeadline            *struct {
		ID, Step, Label   string
		LeadershipPackage struct{ ID string }
	}
	Milestones  []struct{ ID, Title, DueOn string }
	Reviews     []struct{ Progress, Help string }
	ProposedEnd *struct {
		Outcome string
		By      struct{ ID string }
	}
	Tasks []struct {
		ID, Kind, Label string
		Deadline        *struct{ ID string }
	}
	Timeline struct {
		Edges []struct {
			Node struct {
				ID, Type, Text string
				Seq            int
				Texts          []struct {
					Field, Text string
					Masked      bool
				}
				Case *struct{ ID string }
			}
		}
	}
	AllowedCommands []string
}

type packagePayload struct {
	LeadershipPackage *packageShown
	UserErrors        []struct {
		Code, Message string
		Field         []string
	}
}

const packageFields = `id number title packageStatus version leader { id } openCount overdueCount
	cases(first: 10) { totalCount edges { node { number } } }
	members { number memberStatus legacy concluded outcome case { id } }
	nextDeadline { id step label leadershipPackage { id } } milestones { id title dueOn }
	reviews { progress help } proposedEnd { outcome by { id } } tasks { id kind label deadline { id } }
	timeline(first: 50) { edges { node { id seq type text texts { field text masked } case { id } } } } allowedCommands`

var packageInputs = map[string]string{
	"proposePackage": "OpenPackageInput", "approvePackage": "PackageReasonInput", "declinePackage": "PackageReasonInput",
	"addPackageCase": "PackageCaseInput", "removePackageCase": "PackageCaseInput",
	"acknowledgePackageSupervision": "PackageSupervisionInput", "replyPackageSupervision": "PackageSupervisionInput",
}

// leads carries out one mutation on a package as a person.
func (o *office) leads(personID, mutation string, input map[string]any) packagePayload {
	o.t.Helper()
	typ, ok := packageInputs[mutation]
	if !ok {
		typ = map[string]string{"openPackage": "OpenPackageInput"}[mutation]
	}
	if typ == "" {
		typ = string(mutation[0]-'a'+'A') + mutation[1:] + "Input"
	}
	query := fmt.Sprintf(`mutation M($input: %s!) { payload: %s(input: $input) {
		userErrors { code field message } leadershipPackage { %s } } }`, typ, mutation, packageFields)
	return data[struct{ Payload packagePayload }](o, personID, query, map[string]any{"input": input}).Payload
}

func (o *office) led(personID, mutation string, input map[string]any) *packageShown {
	o.t.Helper()
	got := o.leads(personID, mutation, input)
	require.Empty(o.t, got.UserErrors, mutation)
	require.NotNil(o.t, got.LeadershipPackage, mutation)
	return got.LeadershipPackage
}

func (o *office) onPackage(id string, fields map[string]any) map[string]any {
	input := o.on("", fields)
	delete(input, "caseId")
	input["packageId"] = id
	return input
}

func packageOf(key string, caseIDs ...string) map[string]any {
	cases := make([]any, len(caseIDs))
	for i, id := range caseIDs {
		cases[i] = id
	}
	return map[string]any{
		"clientMutationId": key, "leaderId": person(countyLeader), "responsibleUnitId": schema.GlobalID("Unit", "u-530402-housing"),
		"title": "物业纠纷包案", "reason": "多年未决", "caseIds": cases, "level": "COUNTY",
		"teamIds": []any{person("p-530402-housing-manager-1")}, "dueBy": "2026-12-31",
	}
}

func TestAPackageIsOpenedPlannedReviewedAndEndedThroughTheAPI(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.do(clerk, "registerCase", petition("p-1")).Case
	second := o.do(clerk, "registerCase", petition("p-2")).Case
	opened := o.led(manager, "openPackage", packageOf("k-1", first.ID, second.ID))
	require.Equal(t, "530402-L-2026-000001", opened.Number)
	require.Equal(t, "物业纠纷包案", opened.Title, "who opened it works on it")
	require.Equal(t, "OPEN", opened.PackageStatus)
	require.Equal(t, 2, opened.OpenCount)
	require.Equal(t, 2, opened.Cases.TotalCount)
	require.Equal(t, "plan", opened.NextDeadline.Step)
	require.Equal(t, opened.ID, opened.NextDeadline.LeadershipPackage.ID)

	again := o.led(manager, "openPackage", packageOf("k-1", first.ID, second.ID))
	require.Equal(t, opened.ID, again.ID, "the same request opens no second one")
	other := packageOf("k-1", first.ID)
	require.Equal(t, "CONFLICT", o.leads(manager, "openPackage", other).UserErrors[0].Code)
	taken := o.leads(manager, "openPackage", packageOf("k-2", second.ID))
	require.Equal(t, "CONFLICT", taken.UserErrors[0].Code)
	require.Equal(t, []string{"input", "caseIds", "0"}, taken.UserErrors[0].Field)
	require.Contains(t, taken.UserErrors[0].Message, second.Number)

	planned := o.led(countyLeader, "setPackagePlan", o.onPackage(opened.ID, map[string]any{
		"milestones": []any{map[string]any{"title": "约谈物业公司", "dueOn": "2026-03-31"}},
	}))
	require.Equal(t, "约谈物业公司", planned.Milestones[0].Title)
	reviewed := o.led(countyLeader, "recordPackageReview", o.onPackage(opened.ID, map[string]any{
		"progress": "已约谈", "help": "提供法律援助", "milestonesDone": []any{"M1"},
	}))
	require.Equal(t, "提供法律援助", reviewed.Reviews[0].Help)
	refused := o.leads(countyLeader, "concludePackage", o.onPackage(opened.ID, map[string]any{"outcome": "RESOLVED", "summary": "s"}))
	require.Equal(t, "INCOMPLETE", refused.UserErrors[0].Code)
	require.Contains(t, refused.UserErrors[0].Message, first.Number)
	proposed := o.led(countyLeader, "concludePackage", o.onPackage(opened.ID, map[string]any{"outcome": "STABILISED", "summary": "稳控"}))
	require.Equal(t, "STABILISED", proposed.ProposedEnd.Outcome)
	require.NotContains(t, proposed.AllowedCommands, "approvePackage", "who proposed it doesn't sign")
	require.Equal(t, "SAME_PERSON", o.leads(countyLeader, "approvePackage", o.onPackage(opened.ID, nil)).UserErrors[0].Code)
	signed := o.led(countyDeputy, "approvePackage", o.onPackage(opened.ID, nil))
	require.Equal(t, "STABILISED", signed.PackageStatus)

	var types []string
	for _, edge := range signed.Timeline.Edges {
		types = append(types, edge.Node.Type)
		require.NotEmpty(t, edge.Node.Text)
		require.Nil(t, edge.Node.Case)
	}
	require.Equal(t, "PackageOpened", types[0])
	require.Contains(t, types, "MemberJoined")
	require.Equal(t, []string{"title", "reason"}, []string{signed.Timeline.Edges[0].Node.Texts[0].Field, signed.Timeline.Edges[0].Node.Texts[1].Field})

	counted := data[struct {
		Statistics struct {
			Rows []struct {
				Indicators []struct {
					Code                   string
					Numerator, Denominator int
				}
			}
		}
	}](o, leader, `{ statistics(input: {division: "530402", from: "2026-01-01", to: "2026-12-31"}) {
		rows { indicators { code numerator denominator } } } }`, nil)
	require.Equal(t, "PACKAGES_STABILISED", counted.Statistics.Rows[0].Indicators[6].Code)
	require.Equal(t, 1, counted.Statistics.Rows[0].Indicators[6].Numerator)
}

func TestAPackageIsHiddenMaskedAndFoundByWhomItConcerns(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", petition("p-1")).Case
	made := o.led(manager, "proposePackage", packageOf("k-1", registered.ID))
	require.Equal(t, "PROPOSED", made.PackageStatus)

	type page struct {
		LeadershipPackages struct {
			TotalCount int
			Edges      []struct{ Node struct{ ID, Title string } }
		}
		LeadershipPackage *struct{ ID string }
		Node              *struct{ ID string }
		Viewer            struct {
			Leads  []struct{ ID string }
			Counts struct{ ProposedPackages, Inbox int }
		}
		Inbox struct {
			Edges []struct {
				Node struct {
					ID, Kind, Label   string
					LeadershipPackage *struct{ ID string }
					Deadline          *struct{ ID string }
				}
			}
		}
	}
	const query = `query($id: ID!) { leadershipPackages(first: 10) { totalCount edges { node { id title } } }
		leadershipPackage(number: "530402-L-2026-000001") { id } node(id: $id) { id }
		viewer { leads { id } counts { proposedPackages inbox } }
		inbox(first: 10, filter: {kind: "APPROVE_PACKAGE"}) { edges { node { id kind label leadershipPackage { id } deadline { id } } } } }`
	as := func(personID string) page { return data[page](o, personID, query, map[string]any{"id": made.ID}) }

	mine := as(countyLeader)
	require.Equal(t, 1, mine.LeadershipPackages.TotalCount)
	require.Equal(t, "物业纠纷包案", mine.LeadershipPackages.Edges[0].Node.Title)
	require.Equal(t, made.ID, mine.LeadershipPackage.ID)
	require.Equal(t, made.ID, mine.Node.ID)
	require.Equal(t, made.ID, mine.Viewer.Leads[0].ID)
	require.Equal(t, 1, mine.Viewer.Counts.ProposedPackages)
	task := mine.Inbox.Edges[0].Node
	require.Equal(t, "审批包案", task.Label)
	require.Equal(t, made.ID, task.LeadershipPackage.ID)
	for _, id := range []string{task.ID, task.Deadline.ID, made.Timeline.Edges[0].Node.ID} {
		require.Equal(t, id, data[page](o, countyLeader, query, map[string]any{"id": id}).Node.ID)
	}

	above := as("p-5304-leading-leader-1")
	require.Equal(t, "****", above.LeadershipPackages.Edges[0].Node.Title, "over the county, but not working on it")
	require.Empty(t, above.Viewer.Leads)
	stranger := as("p-530481-leading-leader-1")
	require.Zero(t, stranger.LeadershipPackages.TotalCount)
	require.Nil(t, stranger.LeadershipPackage)
	require.Nil(t, stranger.Node)
	refused := o.leads("p-530481-leading-leader-1", "approvePackage", o.onPackage(made.ID, nil))
	require.Equal(t, "NO_SUCH_CASE", refused.UserErrors[0].Code)

	type ofCase struct {
		Node struct{ LeadershipPackage *struct{ ID string } }
	}
	const caseQuery = `query($id: ID!) { node(id: $id) { ... on Case { leadershipPackage { id } } } }`
	require.Nil(t, data[ofCase](o, clerk, caseQuery, map[string]any{"id": registered.ID}).Node.LeadershipPackage, "only proposed")
	o.led(countyLeader, "approvePackage", o.onPackage(made.ID, map[string]any{"reason": "同意"}))
	require.Equal(t, made.ID, data[ofCase](o, manager, caseQuery, map[string]any{"id": registered.ID}).Node.LeadershipPackage.ID)
}

func TestAPackageThatCannotBeIsRefusedByField(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", petition("p-1")).Case
	elsewhere := petition("p-2")
	elsewhere["division"] = "530403"
	hidden := o.do("p-530403-center-clerk-1", "registerCase", elsewhere).Case
	for name, c := range map[string]struct {
		change func(map[string]any)
		code   string
		field  string
	}{
		"a case that isn't seen":   {func(in map[string]any) { in["caseIds"] = []any{hidden.ID} }, "NO_SUCH_CASE", "caseIds"},
		"the id of something else": {func(in map[string]any) { in["caseIds"] = []any{person(clerk)} }, "INVALID", "caseIds"},
		"no title":                 {func(in map[string]any) { in["title"] = " " }, "REQUIRED", "title"},
		"a leader of no body":      {func(in map[string]any) { in["leaderId"] = person(leader) }, "NOT_COMPETENT", "leaderId"},
		"a level of nobody's":      {func(in map[string]any) { in["level"] = "CITY" }, "NOT_COMPETENT", "leaderId"},
		"a day that is past":       {func(in map[string]any) { in["dueBy"] = "2026-01-01" }, "DATE_OUT_OF_ORDER", "dueBy"},
	} {
		input := packageOf("bad "+name, registered.ID)
		c.change(input)
		got := o.leads(manager, "openPackage", input)
		require.NotEmpty(t, got.UserErrors, name)
		require.Equal(t, c.code, got.UserErrors[0].Code, name)
		require.Equal(t, c.field, got.UserErrors[0].Field[1], name)
		require.Nil(t, got.LeadershipPackage, name)
	}
	require.Equal(t, "UNAUTHENTICATED", o.ask("", `{ leadershipPackages(first: 1) { totalCount } }`, nil).code())
}
