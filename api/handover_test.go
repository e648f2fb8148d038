package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

type handedOver struct {
	Moved, Remaining int
	UserErrors       []struct {
		Code    string
		Field   []string
		Message string
	}
}

func handingOver(key, from, to string, caseIDs ...string) map[string]any {
	input := map[string]any{"clientMutationId": key, "fromPersonId": person(from), "reason": "岗位调整"}
	if to != "" {
		input["toPersonId"] = person(to)
	}
	if caseIDs != nil {
		input["caseIds"] = caseIDs
	}
	return input
}

func (o *office) handOver(personID string, input map[string]any) handedOver {
	o.t.Helper()
	return data[struct{ HandOverWork handedOver }](o, personID,
		`mutation($input: HandOverWorkInput!) { handOverWork(input: $input) { moved remaining userErrors { code field message } } }`,
		map[string]any{"input": input}).HandOverWork
}

func (o *office) handler(caseID string) string {
	o.t.Helper()
	got := data[struct {
		Node struct{ Handler *struct{ ID string } }
	}](o, leader, `query($id: ID!) { node(id: $id) { ... on Case { handler { id } } } }`, map[string]any{"id": caseID})
	if got.Node.Handler == nil {
		return ""
	}
	return got.Node.Handler.ID
}

func TestTheHeadHandsAllOpenWorkOfSomebodyOverStepByStepAndOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	const cases = 45 // more than one call takes
	ids := make([]string, cases)
	for i := range ids {
		ids[i] = o.assigned("hand-" + strings.Repeat("i", i+1))
	}
	// What the colleague may not take stays, and is named.
	kept := o.do(clerk, "registerCase", func() map[string]any {
		input := dispute("kept")
		input["parties"] = append(input["parties"].([]any), map[string]any{"role": "THIRD_PARTY", "personId": person(otherInvestigator)})
		return input
	}()).Case
	o.do(clerk, "acceptCase", o.on(kept.ID, nil))
	o.do(manager, "assignCase", o.on(kept.ID, map[string]any{"personId": person(investigator)}))

	over := handingOver("over", investigator, otherInvestigator)
	first := o.handOver(manager, over)
	require.Positive(t, first.Moved)
	require.Positive(t, first.Remaining, "%+v", first)
	last := first
	for range 10 {
		if last.Remaining == 0 {
			break
		}
		last = o.handOver(manager, over)
	}
	require.Zero(t, last.Remaining)
	require.Equal(t, cases, last.Moved)
	require.Len(t, last.UserErrors, 1)
	require.Equal(t, "CONFLICT_OF_INTEREST", last.UserErrors[0].Code)
	require.Equal(t, []string{"input", "toPersonId"}, last.UserErrors[0].Field)
	require.True(t, strings.HasPrefix(last.UserErrors[0].Message, kept.Number+": "), last.UserErrors[0].Message)
	require.Equal(t, last, o.handOver(manager, over), "a repeated request does nothing")
	for _, id := range ids {
		require.Equal(t, person(otherInvestigator), o.handler(id))
	}
	require.Equal(t, person(investigator), o.handler(kept.ID))
	moved := 0
	for _, id := range ids {
		node, err := schema.ParseNodeID(id)
		require.NoError(t, err)
		events, err := o.store.Events(t.Context(), node.Key, 0, 100)
		require.NoError(t, err)
		for _, event := range events {
			if event.Type() == "WorkHandedOver" {
				moved++
			}
		}
	}
	require.Equal(t, cases, moved, "each case was handed over once")
	timeline := data[struct {
		Node struct {
			Timeline struct {
				Edges []struct {
					Node struct {
						Text  string
						Texts []struct{ Text string }
					}
				}
			}
		}
	}](o, manager, `query($id: ID!) { node(id: $id) { ... on Case { timeline(last: 1) { edges { node { text(language: EN) texts { text } } } } } } }`, map[string]any{"id": ids[0]})
	require.Contains(t, timeline.Node.Timeline.Edges[0].Node.Text, "handed the work of")
	require.Equal(t, "岗位调整", timeline.Node.Timeline.Edges[0].Node.Texts[0].Text)
	other := handingOver("over", investigator, mediator)
	require.Equal(t, "CONFLICT", o.handOver(manager, other).UserErrors[0].Code)
	findings, err := o.store.Verify(t.Context(), store.VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestOnlyAHeadOrAnAdministratorHandsOverTheWorkOfOthersAndNoneLearnsOfWhatIsKeptFromThem(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.assigned("theirs")
	for name, c := range map[string]struct {
		who   string
		input map[string]any
		code  string
	}{
		"a colleague":           {otherInvestigator, handingOver("a", investigator, otherInvestigator), "WRONG_ROLE"},
		"the worker themselves": {investigator, handingOver("b", investigator, otherInvestigator), "WRONG_ROLE"},
		"to nobody known":       {manager, handingOver("c", investigator, "p-none"), "UNKNOWN_PERSON"},
		"from nobody known":     {manager, handingOver("d", "p-none", otherInvestigator), "UNKNOWN_PERSON"},
		"to themselves":         {manager, handingOver("e", investigator, investigator), "SAME_PERSON"},
		"a case not theirs":     {manager, handingOver("f", otherInvestigator, investigator, id), "NO_SUCH_CASE"},
	} {
		got := o.handOver(c.who, c.input)
		require.NotEmpty(t, got.UserErrors, name)
		require.Equal(t, c.code, got.UserErrors[0].Code, name)
		require.Zero(t, got.Moved, name)
	}
	// Another county's head neither sees nor moves it.
	require.Equal(t, handedOver{UserErrors: []struct {
		Code    string
		Field   []string
		Message string
	}{}}, o.handOver("p-530403-center-manager-1", handingOver("g", investigator, "p-530403-center-investigator-1")))
	require.Equal(t, person(investigator), o.handler(id))

	// An ADMIN moves what is known to the unit, without seeing it, and knows nothing of the rest.
	narrow := o.assigned("narrow")
	o.do(manager, "amendCase", o.on(narrow, map[string]any{"confidentiality": "RESTRICTED", "reason": "涉及未成年人"}))
	got := o.handOver(admin, handingOver("h", investigator, otherInvestigator))
	require.Equal(t, 1, got.Moved)
	require.Empty(t, got.UserErrors)
	require.Equal(t, person(otherInvestigator), o.handler(id))
	require.Equal(t, person(investigator), o.handler(narrow))

	released := o.handOver(manager, handingOver("i", otherInvestigator, "", id))
	require.Equal(t, 1, released.Moved)
	require.Empty(t, o.handler(id))
}

func TestAPackageGoesToAnotherLeaderWithTheWork(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", petition("led-over")).Case.ID
	opened := o.led(manager, "openPackage", packageOf("led-over", id))
	const head, next = "p-530402-leading-leader-2", "p-530402-leading-leader-3"
	released := o.handOver(head, handingOver("release", countyLeader, ""))
	require.Equal(t, "REQUIRED", released.UserErrors[0].Code)
	moved := o.handOver(head, handingOver("move", countyLeader, next))
	require.Empty(t, moved.UserErrors)
	require.Equal(t, 1, moved.Moved)
	got := data[struct {
		Node struct{ Leader struct{ ID string } }
	}](o, manager,
		`query($id: ID!) { node(id: $id) { ... on Package { leader { id } } } }`, map[string]any{"id": opened.ID})
	require.Equal(t, person(next), got.Node.Leader.ID)
}

func TestAPlaceInTheTeamOfAPackageGoesToTheColleagueWithTheWork(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", petition("team-over")).Case.ID
	input := packageOf("team-over", id)
	input["teamIds"] = []any{person(investigator), person(mediator)}
	opened := o.led(manager, "openPackage", input)
	const head = "p-530402-leading-leader-2"
	team := func() []string {
		got := data[struct {
			Node struct{ Team []struct{ ID string } }
		}](o, head, `query($id: ID!) { node(id: $id) { ... on Package { team { id } } } }`, map[string]any{"id": opened.ID})
		ids := []string{}
		for _, member := range got.Node.Team {
			ids = append(ids, member.ID)
		}
		return ids
	}
	require.Equal(t, []string{person(investigator), person(mediator)}, team())
	taken := o.handOver(head, handingOver("taken", investigator, mediator))
	require.Equal(t, "ALREADY_DONE", taken.UserErrors[0].Code)
	require.Contains(t, taken.UserErrors[0].Message, opened.Number)
	require.Zero(t, taken.Moved)
	over := handingOver("team", investigator, otherInvestigator)
	moved := o.handOver(head, over)
	require.Empty(t, moved.UserErrors)
	require.Equal(t, 1, moved.Moved)
	require.Equal(t, []string{person(otherInvestigator), person(mediator)}, team())
	require.Equal(t, moved, o.handOver(head, over), "a repeated request does nothing")
	require.Equal(t, 1, o.handOver(head, handingOver("release", mediator, "")).Moved)
	require.Equal(t, []string{person(otherInvestigator)}, team())
	findings, err := o.store.Verify(t.Context(), store.VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestALeaderWhoIsOfTheirOwnTeamLeavesItWithThePackage(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", petition("both")).Case.ID
	input := packageOf("both", id)
	input["teamIds"] = []any{person(countyLeader)}
	opened := o.led(manager, "openPackage", input)
	const head, next = "p-530402-leading-leader-2", "p-530402-leading-leader-3"
	notALeader := o.handOver(head, handingOver("no", countyLeader, investigator))
	require.Equal(t, "NOT_COMPETENT", notALeader.UserErrors[0].Code)
	require.Equal(t, []string{"input", "toPersonId"}, notALeader.UserErrors[0].Field)
	require.Equal(t, 1, o.handOver(head, handingOver("yes", countyLeader, next)).Moved)
	node, err := schema.ParseNodeID(opened.ID)
	require.NoError(t, err)
	state, err := o.store.PackageState(t.Context(), node.Key)
	require.NoError(t, err)
	require.Equal(t, next, state.LeaderID)
	require.NotContains(t, state.TeamIDs, countyLeader)
}

func TestAHandOverThatNoClientGoesOnWithGoesOnByItselfWithTheRightsOfWhoeverAsked(t *testing.T) {
	t.Parallel()
	o := open(t)
	const cases = 44 // more than one call takes
	ids := make([]string, cases)
	for i := range ids {
		ids[i] = o.assigned("rest-" + strings.Repeat("i", i+1))
	}
	theirs := func() (n int) {
		for _, id := range ids {
			if o.handler(id) == person(investigator) {
				n++
			}
		}
		return n
	}
	over := handingOver("rest", investigator, otherInvestigator)
	first := o.handOver(manager, over)
	require.Positive(t, first.Remaining)
	require.NoError(t, o.api.GoOnWithHandOvers(t.Context()))
	require.Equal(t, first.Remaining, theirs(), "its client may still go on with it")

	o.commander.Err = &api.UnauthenticatedError{Reason: "Temporal is away"}
	o.now = o.now.Add(time.Minute)
	require.NoError(t, o.api.GoOnWithHandOvers(t.Context()), "what can't go on now rests again")
	require.Equal(t, first.Remaining, theirs())
	o.commander.Err = nil
	o.now = o.now.Add(time.Minute)
	require.NoError(t, o.api.GoOnWithHandOvers(t.Context()))
	require.Zero(t, theirs())
	last := o.handOver(manager, over)
	require.Equal(t, cases, last.Moved)
	require.Zero(t, last.Remaining)
	require.Empty(t, last.UserErrors)
	node, err := schema.ParseNodeID(ids[cases-1])
	require.NoError(t, err)
	events, err := o.store.Events(t.Context(), node.Key, 0, 100)
	require.NoError(t, err)
	handed := events[len(events)-1]
	require.Equal(t, "WorkHandedOver", handed.Type())
	require.Equal(t, manager, handed.Actor.PersonID, "in the name of whoever asked")

	// Whoever asked and may not any more has nothing done in their name.
	back := handingOver("back", otherInvestigator, investigator)
	require.Positive(t, o.handOver(manager, back).Remaining)
	left := theirs()
	require.Empty(t, o.administer(admin, "revokeRole", role("gone", manager, "MANAGER", "u-530402-center")).UserErrors)
	o.now = o.now.Add(time.Minute)
	require.NoError(t, o.api.GoOnWithHandOvers(t.Context()))
	require.Equal(t, left, theirs())
	require.NoError(t, o.api.GoOnWithHandOvers(t.Context()))
}

func TestTheLeaderIsTaskedWithAPlaceWhosePersonLostTheirLastRole(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", petition("left-team")).Case.ID
	input := packageOf("left-team", id)
	input["teamIds"] = []any{person(investigator)}
	o.led(manager, "openPackage", input)
	filling := func() int {
		return len(data[struct {
			Inbox struct{ Edges []struct{ Cursor string } }
		}](o, countyLeader,
			`{ inbox(first: 100, filter: {kind: "FILL_PACKAGE_TEAM"}) { edges { cursor } } }`, nil).Inbox.Edges)
	}
	require.Zero(t, filling())
	require.Empty(t, o.administer(admin, "revokeRole", role("leaves", investigator, "INVESTIGATOR", "u-530402-center")).UserErrors)
	require.Equal(t, 1, filling())
	require.Equal(t, 1, o.handOver(countyLeader, handingOver("fills", investigator, otherInvestigator)).Moved)
	require.Zero(t, filling())
	findings, err := o.store.Verify(t.Context(), store.VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}
