package leadership

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

// chased is a package whose plan was not made in time: the county's centre chases the township.
func chased(t testing.TB) *life {
	t.Helper()
	l := opened(t)
	l.passes(time.Date(2026, time.March, 18, 9, 0, 0, 0, casefile.Shanghai))
	require.Equal(t, []any{"center", "town"}, []any{l.state.Orders[0].IssuedByUnitID, l.state.Orders[0].AddresseeUnitID})
	return l
}

func taskIDs(l *life) []string {
	var ids []string
	for _, task := range Tasks(l.state, l.dir) {
		ids = append(ids, task.ID)
	}
	return ids
}

func TestAnOrderOfAPackageIsAcknowledgedRepliedToReturnedAndSatisfied(t *testing.T) {
	t.Parallel()
	l := chased(t)
	require.Contains(t, taskIDs(l), "acknowledge-supervision:U1")
	require.Contains(t, taskIDs(l), "supervise:U1")
	require.Contains(t, Grants(l.state), casefile.Grant{Role: casefile.RoleSupervisor, UnitID: "center"}, "who judges it has to read it")
	ack, reply := AcknowledgePackageSupervision{OrderID: "U1"}, ReplyPackageSupervision{OrderID: "U1", Reply: "r"}
	l.refuses("bureau-clerk", ack, casefile.RefusedWrongRole, "")
	l.refuses("county-leader", ack, casefile.RefusedJurisdiction, "orderId")
	l.refuses("town-clerk", AcknowledgePackageSupervision{}, casefile.RefusedRequired, "orderId")
	l.refuses("town-clerk", AcknowledgePackageSupervision{OrderID: "U9"}, casefile.RefusedNotFound, "orderId")
	l.refuses("town-clerk", ack, casefile.RefusedOutOfOrder, "effectiveAt", func(c *Command) { c.EffectiveAt = l.now.AddDate(0, 0, -2) })
	require.Equal(t, []string{"SupervisionAcknowledged"}, l.does("town-clerk", ack))
	l.refuses("town-clerk", ack, casefile.RefusedAlreadyDone, "orderId")
	require.Contains(t, taskIDs(l), "reply-supervision:U1")

	l.later(3)
	l.refuses("town-manager", ReplyPackageSupervision{OrderID: "U1"}, casefile.RefusedRequired, "reply")
	judge := func(status casefile.SupervisionStatus, reason casefile.TextID) ClosePackageSupervision {
		return ClosePackageSupervision{OrderID: "U1", Status: status, Reason: reason}
	}
	l.refuses("center-manager", judge(casefile.SupervisionReturned, "r"), casefile.RefusedIncomplete, "status")
	require.Equal(t, []string{"SupervisionReplied", "DeadlineMet"}, l.does("town-manager", reply))
	l.refuses("town-manager", reply, casefile.RefusedAlreadyDone, "orderId")
	require.Contains(t, taskIDs(l), "judge-supervision:U1")
	require.NotContains(t, taskIDs(l), "supervise:U1")

	l.later(1)
	l.refuses("town-manager", judge(casefile.SupervisionSatisfied, ""), casefile.RefusedWrongRole, "")
	l.refuses("center-manager", judge(casefile.SupervisionReturned, ""), casefile.RefusedRequired, "reason")
	l.refuses("center-manager", judge(casefile.SupervisionTakenOver, "r"), casefile.RefusedInvalid, "status")
	require.Equal(t, []string{"SupervisionJudged", "DeadlineStarted"}, l.does("center-manager", judge(casefile.SupervisionReturned, "r")))
	clock, _ := l.state.Deadline(l.state.Orders[0].ClockID)
	require.Equal(t, []any{"2026-04-06", casefile.ClockRunning}, []any{day(clock.DueAt), clock.Status}, "its fifteen days run anew")

	l.does("town-manager", reply)
	require.Equal(t, []string{"SupervisionJudged"}, l.does("center-leader", judge(casefile.SupervisionSatisfied, "")))
	require.Equal(t, casefile.SupervisionSatisfied, l.state.Orders[0].Status)
	l.refuses("center-leader", judge(casefile.SupervisionSatisfied, ""), casefile.RefusedWrongRole, "")
	require.NotContains(t, Grants(l.state), casefile.Grant{Role: casefile.RoleSupervisor, UnitID: "center"})
	require.Equal(t, casefile.ClockMissed, l.state.clock(StepPlan).Status, "the plan is owed all the same")
}

func TestAReplyToAnOrderOfAPackageKeepsItFromGoingUp(t *testing.T) {
	t.Parallel()
	l := chased(t)
	l.does("town-manager", ReplyPackageSupervision{OrderID: "U1", Reply: "r"})
	l.passes(time.Date(2026, time.April, 10, 9, 0, 0, 0, casefile.Shanghai))
	for _, order := range l.state.Orders {
		require.Empty(t, order.Escalates)
	}

	l = chased(t)
	l.does("town-manager", ReplyPackageSupervision{OrderID: "U1", Reply: "r"})
	l.does("center-manager", ClosePackageSupervision{OrderID: "U1", Status: casefile.SupervisionReturned, Reason: "r"})
	l.passes(time.Date(2026, time.April, 10, 9, 0, 0, 0, casefile.Shanghai))
	require.Equal(t, casefile.SupervisionEscalated, l.state.Orders[0].Status, "a returned reply that nobody makes good goes up")
	var above Order
	for _, order := range l.state.Orders {
		if order.Escalates == "U1" {
			above = order
		}
	}
	require.Equal(t, "city-center", above.IssuedByUnitID)

	l = chased(t)
	order := l.state.Orders[0]
	clock, _ := l.state.Deadline(order.ClockID)
	l.now = clock.End() // decided within the spread: late, and still an answer
	require.Equal(t, []string{"SupervisionReplied", "DeadlineMissed", "DeadlineMet"},
		l.does("town-manager", ReplyPackageSupervision{OrderID: "U1", Reply: "r"}))
	require.Equal(t, casefile.SupervisionReplied, l.state.Orders[0].Status)
}

func TestTheLeaderAnswersForTheirOwnBodyAndDoesNotJudge(t *testing.T) {
	t.Parallel()
	l := opened(t)
	l.does("town-manager", SetPackagePlan{Milestones: []PlannedMilestone{{Title: "t", DueOn: "2026-12-31"}}})
	l.passes(time.Date(2026, time.April, 3, 9, 0, 0, 0, casefile.Shanghai))
	require.Equal(t, []any{"center", "county"}, []any{l.state.Orders[0].IssuedByUnitID, l.state.Orders[0].AddresseeUnitID}, "the review is the leader's")
	require.Contains(t, Tasks(l.state, l.dir), casefile.Task{
		ID: "acknowledge-supervision:U1", Kind: casefile.TaskAcknowledgeSupervision, AssigneeID: "county-leader", DeadlineID: l.state.Orders[0].ClockID,
	})
	l.refuses("town-manager", ReplyPackageSupervision{OrderID: "U1", Reply: "r"}, casefile.RefusedWrongRole, "")
	l.does("bureau-manager", ReplyPackageSupervision{OrderID: "U1", Reply: "r"}) // of the team
	both := l.dir.people["bureau-manager"]
	actor := l.dir.as("center-manager")
	actor.PersonID = both.ID
	command := l.command("center-manager", ClosePackageSupervision{OrderID: "U1", Status: casefile.SupervisionSatisfied}, nil)
	command.Actor = actor
	_, err := Decide(l.state, command, l.rules())
	var refusal *casefile.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, casefile.RefusedSamePerson, refusal.Code)
}
