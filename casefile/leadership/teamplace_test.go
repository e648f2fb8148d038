package leadership

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

func TestAPlaceInTheTeamGoesToAColleagueOrIsGivenUp(t *testing.T) {
	t.Parallel()
	l := opened(t)
	require.Equal(t, []string{"bureau-manager"}, l.state.TeamIDs)
	over := HandOverWork{FromID: "bureau-manager", ToID: "bureau-clerk", Reason: "r"}
	for name, c := range map[string]struct {
		who   string
		act   HandOverWork
		code  casefile.RefusalCode
		field string
	}{
		"by whoever has no say in it":  {"bureau-clerk", over, casefile.RefusedWrongRole, ""},
		"by another division's leader": {"other-leader", over, casefile.RefusedWrongRole, ""},
		"of nobody":                    {"county-leader", HandOverWork{Reason: "r"}, casefile.RefusedRequired, "fromPersonId"},
		"without a reason":             {"county-leader", HandOverWork{FromID: "bureau-manager"}, casefile.RefusedRequired, "reason"},
		"of somebody not of the team":  {"county-leader", HandOverWork{FromID: "town-clerk", Reason: "r"}, casefile.RefusedNotFound, "fromPersonId"},
		"to nobody known":              {"county-leader", HandOverWork{FromID: "bureau-manager", ToID: "x", Reason: "r"}, casefile.RefusedUnknownPerson, "toPersonId"},
		"to themselves":                {"county-leader", HandOverWork{FromID: "bureau-manager", ToID: "bureau-manager", Reason: "r"}, casefile.RefusedInvalid, "toPersonId"},
		"to the leader":                {"county-leader", HandOverWork{FromID: "bureau-manager", ToID: "county-leader", Reason: "r"}, casefile.RefusedAlreadyDone, "toPersonId"},
	} {
		refusal := l.refuses(c.who, c.act, c.code, c.field)
		require.NotEmpty(t, refusal.MessageZH, name)
	}
	held := l.cases["open"]
	held.Exclusions = []casefile.Exclusion{{PersonID: "bureau-clerk"}}
	l.cases["open"] = held
	l.refuses("county-leader", over, casefile.RefusedInterest, "toPersonId")
	held.Exclusions = nil
	l.cases["open"] = held

	require.Contains(t, AllowedCommands(l.state, l.dir.as("county-leader"), l.rules()), "handOverWork")
	require.Equal(t, []string{"TeamPlaceHandedOver"}, l.does("county-manager", over))
	require.Equal(t, []string{"bureau-clerk"}, l.state.TeamIDs)
	require.Contains(t, Grants(l.state), casefile.Grant{PersonID: "bureau-clerk"})
	require.NotContains(t, Grants(l.state), casefile.Grant{PersonID: "bureau-manager"})
	l.refuses("county-leader", over, casefile.RefusedNotFound, "fromPersonId")
	l.does("county-leader", HandOverWork{FromID: "bureau-clerk", Reason: "r"})
	require.Empty(t, l.state.TeamIDs)
	require.NotContains(t, AllowedCommands(l.state, l.dir.as("county-leader"), l.rules()), "handOverWork")
}

func TestAPlaceInTheTeamOfAProposalIsHandedOverWithinItsCases(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	held := l.cases["open"]
	held.Exclusions = []casefile.Exclusion{{PersonID: "bureau-clerk"}}
	l.cases["open"] = held
	l.does("town-clerk", ProposePackage{Mandate: mandate(), CaseIDs: []string{"open"}})
	require.Equal(t, []string{"open"}, CasesNamed(l.state, HandOverWork{}))
	l.refuses("county-leader", HandOverWork{FromID: "bureau-manager", ToID: "bureau-clerk", Reason: "r"}, casefile.RefusedInterest, "toPersonId")
	l.does("county-leader", HandOverWork{FromID: "bureau-manager", ToID: "bureau-leader", Reason: "r"})
	require.Equal(t, []string{"bureau-leader"}, l.state.TeamIDs)
}

func TestWhoLeftTheTeamDoesNotJudgeItsOrdersNorDoesWhoJudgesThemJoinIt(t *testing.T) {
	t.Parallel()
	l := opened(t, func(m *Mandate) { m.TeamIDs = []string{"center-manager"} })
	l.does("county-leader", HandOverWork{FromID: "center-manager", ToID: "bureau-manager", Reason: "r"})
	l.does("county-leader", SetPackagePlan{Milestones: []PlannedMilestone{{Title: "t", DueOn: "2026-03-20"}}})
	l.passes(time.Date(2026, time.March, 21, 1, 0, 0, 0, casefile.Shanghai))
	id := l.state.Orders[0].ID
	l.does("town-manager", ReplyPackageSupervision{OrderID: id, Reply: "r"})
	satisfied := ClosePackageSupervision{OrderID: id, Status: casefile.SupervisionSatisfied, Reason: "r"}
	l.refuses("center-manager", satisfied, casefile.RefusedSamePerson, "orderId")
	l.does("center-supervisor", ClosePackageSupervision{OrderID: id, Status: casefile.SupervisionReturned, Reason: "r"})
	require.Equal(t, "center-supervisor", l.state.Orders[0].JudgedBy)
	l.refuses("county-leader", HandOverWork{FromID: "bureau-manager", ToID: "center-supervisor", Reason: "r"}, casefile.RefusedSamePerson, "toPersonId")
}

func TestTheLeaderIsToldOfAPlaceWhosePersonHasLeft(t *testing.T) {
	t.Parallel()
	l := opened(t)
	filling := func() bool {
		return slices.ContainsFunc(Tasks(l.state, l.dir), func(task casefile.Task) bool {
			return task.Kind == TaskFillTeam && task.AssigneeID == "county-leader"
		})
	}
	require.False(t, filling())
	delete(l.dir.people, "bureau-manager")
	require.True(t, filling())
	l.does("county-leader", HandOverWork{FromID: "bureau-manager", ToID: "bureau-leader", Reason: "r"})
	require.False(t, filling())
}
