package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

const clocksQuery = `query($id: ID!) { node(id: $id) { ... on Case {
	procedure { code name } procedureByClerk allowedCommands
	deadlines(status: [RUNNING, PAUSED]) { id step label status dueAt provisional owner pauseReasons
		pauses { reason label(language: EN) until to days }
		extensions { length unit reason approver approved requestedBy { id } decidedBy { id } }
		explanation { date text(language: EN) } citation { law article verified } }
	tasks { kind inbox { role } assignee { id } deadline { id } }
} } }`

type clocks struct {
	Node struct {
		Procedure        *struct{ Code, Name string }
		ProcedureByClerk bool
		AllowedCommands  []string
		Deadlines        []struct {
			ID, Step, Label, Status, DueAt, Owner string
			Provisional                           bool
			PauseReasons                          []string
			Pauses                                []struct {
				Reason, Label, Until string
				To                   *string
				Days                 *int
			}
			Extensions []struct {
				Length                 int
				Unit, Reason, Approver string
				Approved               *bool
				RequestedBy, DecidedBy *struct{ ID string }
			}
			Explanation []struct{ Date, Text string }
			Citation    struct {
				Law, Article string
				Verified     bool
			}
		}
		Tasks []struct {
			Kind     string
			Deadline *struct{ ID string }
		}
	}
}

func (o *office) clocks(personID, caseID string) clocks {
	return data[clocks](o, personID, clocksQuery, map[string]any{"id": caseID})
}

func TestAMedicalDisputeIsCountedByItsOwnProcedureAndStandsStillForTheAppraisal(t *testing.T) {
	t.Parallel()
	o := open(t)
	register := dispute("d-medical")
	register["category"] = "D-MEDICAL"
	id := o.do(clerk, "registerCase", register).Case.ID
	o.do(manager, "acceptCase", o.on(id, map[string]any{"procedure": "medical-mediation"}))
	read := o.clocks(manager, id).Node
	require.Equal(t, "medical-mediation", read.Procedure.Code)
	require.True(t, read.ProcedureByClerk)
	handling := read.Deadlines[0]
	require.Equal(t, "2026-04-22T23:59:59+08:00", handling.DueAt, "30 working days from 10 March, over Qingming")
	require.Equal(t, "OFFICE", handling.Owner)
	require.Equal(t, []string{"APPRAISAL"}, handling.PauseReasons)
	require.Equal(t, "38", handling.Citation.Article)
	require.Contains(t, read.AllowedCommands, "suspendClock")
	require.NotContains(t, read.AllowedCommands, "resumeClock")

	refused := o.mutate(manager, "suspendClock", o.on(id, map[string]any{"deadlineId": handling.ID, "reason": "HEARING"}))
	require.Equal(t, []string{"input", "reason"}, refused.UserErrors[0].Field)
	require.Contains(t, refused.UserErrors[0].Message, "医疗纠纷预防和处理条例, art. 38")
	o.do(manager, "suspendClock", o.on(id, map[string]any{
		"deadlineId": handling.ID, "reason": "APPRAISAL", "until": "2026-03-16", "note": "委托鉴定",
	}))
	paused := o.clocks(manager, id).Node
	require.Equal(t, "PAUSED", paused.Deadlines[0].Status)
	require.True(t, paused.Deadlines[0].Provisional)
	require.Equal(t, "2026-04-28T23:59:59+08:00", paused.Deadlines[0].DueAt, "four more working days were expected; the start day never counts")
	require.Equal(t, "RESUME_CLOCK", paused.Tasks[len(paused.Tasks)-1].Kind)
	require.Equal(t, handling.ID, paused.Tasks[len(paused.Tasks)-1].Deadline.ID)
	require.Contains(t, paused.AllowedCommands, "resumeClock")
	o.do(manager, "resumeClock", o.on(id, map[string]any{"deadlineId": handling.ID}))
	resumed := o.clocks(manager, id).Node.Deadlines[0]
	require.Equal(t, handling.DueAt, resumed.DueAt, "resumed on the same day: nothing was left out")
	require.Zero(t, *resumed.Pauses[0].Days)
	require.Equal(t, "RUNNING", resumed.Status)

	foreign := o.mutate(manager, "suspendClock", o.on(id, map[string]any{
		"deadlineId": schema.SubID("Deadline", "3f0c1c0a-0000-4000-8000-000000000001", "D1"), "reason": "APPRAISAL",
	}))
	require.Equal(t, []string{"input", "deadlineId"}, foreign.UserErrors[0].Field)
}

func TestAnExtensionIsAskedForByOneAndDecidedByAnother(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", petition("p-extended")).Case.ID
	o.do(clerk, "acceptCase", o.on(id, nil))
	handling := o.clocks(manager, id).Node.Deadlines[0]
	ask := map[string]any{"deadlineId": handling.ID, "length": 30, "unit": "CALENDAR_DAYS", "reason": "需实地勘验"}
	o.do(manager, "requestExtension", o.on(id, ask))
	asked := o.clocks(manager, id).Node
	require.NotContains(t, asked.AllowedCommands, "decideExtension", "nobody approves their own")
	require.Equal(t, "需实地勘验", asked.Deadlines[0].Extensions[0].Reason)
	require.Equal(t, "UNIT_HEAD", asked.Deadlines[0].Extensions[0].Approver)
	require.Nil(t, asked.Deadlines[0].Extensions[0].Approved)
	own := o.mutate(manager, "decideExtension", o.on(id, map[string]any{"deadlineId": handling.ID, "approved": true}))
	require.Equal(t, "SAME_PERSON", own.UserErrors[0].Code)

	granted := o.do(leader, "decideExtension", o.on(id, map[string]any{"deadlineId": handling.ID, "approved": true}))
	require.Equal(t, "EXTENSION", granted.Case.Documents[len(granted.Case.Documents)-1].NoticeKind)
	after := o.clocks(leader, id).Node.Deadlines[0]
	require.True(t, *after.Extensions[0].Approved)
	require.Equal(t, person(leader), after.Extensions[0].DecidedBy.ID)
	require.NotEqual(t, handling.DueAt, after.DueAt)
	again := o.mutate(manager, "requestExtension", o.on(id, ask))
	require.Equal(t, "INVALID", again.UserErrors[0].Code)
	require.Contains(t, again.UserErrors[0].Message, "has been extended 1 time")
}
