package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

const urgentQuery = `query($id: ID!) { node(id: $id) { ... on Case { urgent allowedCommands overdue
	urgency { since ground reason flaggedBy { id } reportedAt liftedAt liftReason deadline { step status dueAt }
		told { unit { id } as acknowledgedAt acknowledgedBy { id } } reports { measures reportedBy { id } } } } } }`

type urgent struct {
	Node *struct {
		Urgent, Overdue bool
		AllowedCommands []string
		Urgency         *struct {
			Since, Ground                            string
			Reason, ReportedAt, LiftedAt, LiftReason *string
			FlaggedBy                                *struct{ ID string }
			Deadline                                 *struct{ Step, Status, DueAt string }
			Told                                     []struct {
				Unit           struct{ ID string }
				As             string
				AcknowledgedAt *string
				AcknowledgedBy *struct{ ID string }
			}
			Reports []struct {
				Measures   *string
				ReportedBy struct{ ID string }
			}
		}
	}
}

type waiting struct {
	Inbox struct {
		Edges []struct {
			Node struct {
				Kind, Label string
				Case        struct{ ID string }
				Deadline    *struct{ DueAt string }
			}
		}
	}
}

func (o *office) inboxOf(personID string) waiting {
	o.t.Helper()
	return data[waiting](o, personID, `{ inbox(first: 20) { edges { node { kind label(language: EN) case { id } deadline { dueAt } } } } }`, nil)
}

func TestAnUrgentCaseIsToldAtOnceToThoseWhoThenSeeIt(t *testing.T) {
	t.Parallel()
	const (
		petitionLeader = "p-530402-petition-leader-1"
		cityLeader     = "p-5304-center-leader-1"
	)
	o := open(t)
	// A neighbour's dispute that waits longer, and one about a child, which few may see.
	o.do(clerk, "registerCase", dispute("waits"))
	narrow := dispute("narrow")
	narrow["category"] = "D-FAMILY-CUSTODY"
	id := o.do(clerk, "registerCase", narrow).Case.ID
	read := func(personID string) urgent { return data[urgent](o, personID, urgentQuery, map[string]any{"id": id}) }
	require.Nil(t, read(petitionLeader).Node, "a restricted case is not the petition office's")
	require.Nil(t, read(clerk).Node.Urgency)

	require.Equal(t, []string{"input", "reason"}, o.mutate(clerk, "flagUrgent", o.on(id, map[string]any{"reason": " "})).UserErrors[0].Field)
	o.do(clerk, "flagUrgent", o.on(id, map[string]any{"reason": "一方扬言当晚抢走孩子"}))
	for _, told := range []string{leader, petitionLeader, cityLeader} {
		first := o.inboxOf(told).Inbox.Edges[0].Node
		require.Equal(t, []string{"URGENT_CASE", "take note of the urgent case", id}, []string{first.Kind, first.Label, first.Case.ID}, told)
		require.Equal(t, o.now.Add(2*time.Hour).In(casefile.Shanghai).Format(time.RFC3339), first.Deadline.DueAt, "the hours come before the days")
	}
	seen := read(petitionLeader).Node
	require.True(t, seen.Urgent)
	require.Equal(t, []any{"FLAGGED", "一方扬言当晚抢走孩子", person(clerk)}, []any{seen.Urgency.Ground, *seen.Urgency.Reason, seen.Urgency.FlaggedBy.ID})
	require.Equal(t, []string{"urgent-report", "RUNNING"}, []string{seen.Urgency.Deadline.Step, seen.Urgency.Deadline.Status})
	require.Contains(t, seen.AllowedCommands, "acknowledgeUrgent")
	o.do(petitionLeader, "acknowledgeUrgent", o.on(id, nil))
	require.Empty(t, o.inboxOf(petitionLeader).Inbox.Edges)
	require.Equal(t, "ALREADY_DONE", o.mutate(clerk, "flagUrgent", o.on(id, map[string]any{"reason": "再次"})).UserErrors[0].Code)

	// Nobody reports within the two hours.
	o.now = o.now.Add(2 * time.Hour)
	o.pass(id, 0)
	require.True(t, read(manager).Node.Overdue)
	o.do(manager, "reportUrgent", o.on(id, map[string]any{"measures": "民警已到场，孩子随母亲安置"}))
	reported := read(cityLeader).Node.Urgency
	require.Equal(t, "MISSED", reported.Deadline.Status)
	require.Equal(t, o.now.In(casefile.Shanghai).Format(time.RFC3339), *reported.ReportedAt)
	require.Equal(t, "民警已到场，孩子随母亲安置", *reported.Reports[0].Measures)
	require.Equal(t, person(manager), reported.Reports[0].ReportedBy.ID)
	require.Nil(t, read(petitionLeader).Node, "who has taken note of what was done needs to see a restricted case no longer")
	for person, count := range map[string]int{clerk: 1, otherClerk: 0, petitionLeader: 0, cityLeader: 1} {
		listed := data[struct{ Cases struct{ TotalCount int } }](o, person, `{ cases(first: 5, filter: {urgent: true}) { totalCount } }`, nil)
		require.Equal(t, count, listed.Cases.TotalCount, person)
	}
	require.Equal(t, "WRONG_ROLE", o.mutate(clerk, "liftUrgent", o.on(id, map[string]any{"reason": "x"})).UserErrors[0].Code)
}

func TestARegistrationThatIsUrgentTellsAtOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	input := dispute("urgent from the start")
	input["urgent"] = true
	id := o.do(clerk, "registerCase", input).Case.ID
	read := data[urgent](o, leader, urgentQuery, map[string]any{"id": id}).Node
	require.Equal(t, "REGISTERED", read.Urgency.Ground)
	require.Nil(t, read.Urgency.Reason)
	require.Equal(t, schema.GlobalID("Unit", "u-530402-center"), read.Urgency.Told[0].Unit.ID)
	lifted := o.do(leader, "liftUrgent", o.on(id, map[string]any{"reason": "误报"}))
	require.NotNil(t, lifted.Case)
	read = data[urgent](o, leader, urgentQuery, map[string]any{"id": id}).Node
	require.False(t, read.Urgent)
	require.Equal(t, "误报", *read.Urgency.LiftReason)
	require.Equal(t, string(casefile.ClockCancelled), read.Urgency.Deadline.Status)
}
