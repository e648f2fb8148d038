package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/store"
)

const otherInvestigator = "p-530402-center-investigator-2"

func absence(key, personID, from, to, deputyID string) map[string]any {
	input := map[string]any{"clientMutationId": key, "personId": person(personID), "from": from}
	if to != "" {
		input["to"] = to
	}
	if deputyID != "" {
		input["deputyId"] = person(deputyID)
	}
	return input
}

type inboxTask struct {
	ID, Kind    string
	StandsInFor *struct{ ID string }
	Case        struct{ ID string }
}

// inbox reads somebody's own tasks.
func (o *office) inbox(personID string) []inboxTask {
	o.t.Helper()
	got := data[struct {
		Inbox struct{ Edges []struct{ Node inboxTask } }
	}](o, personID, `{ inbox(first: 100, filter: {mine: true}) { edges { node { id kind standsInFor { id } case { id } } } } }`, nil)
	var tasks []inboxTask
	for _, edge := range got.Inbox.Edges {
		tasks = append(tasks, edge.Node)
	}
	return tasks
}

// assigned registers a dispute that the investigator handles.
func (o *office) assigned(key string) string {
	o.t.Helper()
	id := o.do(clerk, "registerCase", dispute(key)).Case.ID
	o.do(clerk, "acceptCase", o.on(id, nil))
	o.do(manager, "assignCase", o.on(id, map[string]any{"personId": person(investigator)}))
	return id
}

func TestWhoIsAwayHasADeputyWhoDoesTheirWorkUntilTheyAreBack(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.assigned("away-1")
	deputies := o.connect(otherInvestigator).follow("i", `subscription { inboxChanged { kind task { kind standsInFor { id } } } }`, nil)
	type change struct {
		InboxChanged struct {
			Kind string
			Task *inboxTask
		}
	}
	set := absence("set", investigator, "2026-03-10T09:00:00+08:00", "2026-03-12T09:00:00+08:00", otherInvestigator)
	for range 2 { // a repeated request is done once
		require.Empty(t, o.administer(manager, "setAbsence", set).UserErrors)
	}
	got := told[change](deputies).InboxChanged
	require.Equal(t, "ADDED", got.Kind)
	require.Equal(t, "INVESTIGATE", got.Task.Kind)
	require.Equal(t, person(investigator), got.Task.StandsInFor.ID)
	require.Len(t, o.inbox(otherInvestigator), 1)
	require.Len(t, o.inbox(investigator), 1, "and it stays where it was")

	shown := data[struct {
		Node struct {
			Away *struct {
				From, To string
				Deputy   struct{ ID string }
			}
			Absences []struct{ From string }
		}
	}](o, clerk, `query($id: ID!) { node(id: $id) { ... on Person { away { from to deputy { id } } absences { from } } } }`, map[string]any{"id": person(investigator)}).Node
	require.Equal(t, "2026-03-10", shown.Away.From)
	require.Equal(t, "2026-03-12", shown.Away.To)
	require.Equal(t, person(otherInvestigator), shown.Away.Deputy.ID)

	another := o.do(clerk, "registerCase", dispute("away-2")).Case.ID
	o.do(clerk, "acceptCase", o.on(another, nil))
	refused := o.mutate(manager, "assignCase", o.on(another, map[string]any{"personId": person(investigator)}))
	require.Equal(t, "AWAY", refused.UserErrors[0].Code)
	require.Equal(t, []string{"input", "personId"}, refused.UserErrors[0].Field)
	o.do(otherInvestigator, "recordInvestigation", o.on(id, map[string]any{"finding": "现场勘验"}))

	meets := absence("meets", investigator, "2026-03-12T00:00:00+08:00", "", "")
	require.Equal(t, "CONFLICT", o.administer(manager, "setAbsence", meets).UserErrors[0].Code)
	require.Equal(t, "WRONG_ROLE", o.administer(clerk, "setAbsence", absence("not theirs", investigator, "2026-03-20T00:00:00+08:00", "", "")).UserErrors[0].Code)

	// Midnight after the last day, in Shanghai, ends it.
	o.now = time.Date(2026, 3, 12, 15, 59, 0, 0, time.UTC)
	turned, err := o.store.TurnAbsences(t.Context(), o.now)
	require.NoError(t, err)
	require.Empty(t, turned)
	o.now = o.now.Add(2 * time.Minute)
	turned, err = o.store.TurnAbsences(t.Context(), o.now)
	require.NoError(t, err)
	require.Equal(t, []string{investigator}, turned)
	for got.Kind != "REMOVED" {
		got = told[change](deputies).InboxChanged
	}
	require.Empty(t, o.inbox(otherInvestigator))
	o.do(manager, "assignCase", o.on(another, map[string]any{"personId": person(investigator)}))
}

func TestAnAbsenceThatIsPlannedBeginsByItselfAndOneThatHasBegunEndsEarlier(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.assigned("away-3")
	planned := absence("plan", investigator, "2026-03-12T00:00:00+08:00", "2026-03-20T00:00:00+08:00", otherInvestigator)
	require.Empty(t, o.administer(investigator, "setAbsence", planned).UserErrors)
	require.Empty(t, o.inbox(otherInvestigator), "it has not begun")
	o.now = time.Date(2026, 3, 11, 16, 1, 0, 0, time.UTC)
	turned, err := o.store.TurnAbsences(t.Context(), o.now)
	require.NoError(t, err)
	require.Equal(t, []string{investigator}, turned)
	require.Equal(t, id, o.inbox(otherInvestigator)[0].Case.ID)
	turned, err = o.store.TurnAbsences(t.Context(), o.now)
	require.NoError(t, err)
	require.Empty(t, turned, "it begins once")

	earlier := absence("earlier", investigator, "2026-03-12T00:00:00+08:00", "2026-03-11T00:00:00+08:00", "")
	require.Empty(t, o.administer(investigator, "setAbsence", earlier).UserErrors)
	require.Empty(t, o.inbox(otherInvestigator))
	findings, err := o.store.Verify(t.Context(), store.VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}
