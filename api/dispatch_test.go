package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

const (
	housingClerk = "p-530402-housing-clerk-1"
	waterClerk   = "p-530402-water-clerk-1"
	cityManager  = "p-5304-center-manager-1"
)

func unit(id string) string { return schema.GlobalID("Unit", "u-"+id) }

type dispatchedCase struct {
	Node *struct {
		Stage           string
		ResponsibleUnit struct{ ID string }
		Tasks           []struct {
			Kind, Label string
			Inbox       *struct {
				Role string
				Unit struct{ ID string }
			}
			Deadline *struct{ DueAt string }
		}
		Dispatches []struct {
			ID, DispatchStatus, SentAt string
			Lead, Late                 bool
			Instruction, Reply, Reason string
			Addressee, SentBy          struct{ ID string }
			Deadline                   struct{ DueAt, Status, Label string }
			RepliedAt, ReturnedAt      string
			TakenBack                  bool
		}
	}
}

const dispatchedText = `query($id: ID!) { node(id: $id) { ... on Case { stage responsibleUnit { id }
	tasks { kind label inbox { role unit { id } } deadline { dueAt } }
	dispatches { id dispatchStatus sentAt lead late instruction reply reason addressee { id } sentBy { id }
		deadline { dueAt status label } repliedAt returnedAt takenBack } } } }`

func TestADispatchRunsFromTheCentreToTheBureauAndBack(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("x-1")).Case.ID
	o.do(clerk, "acceptCase", o.on(id, nil))
	o.do(manager, "assignCase", o.on(id, map[string]any{"personId": person(investigator)}))
	require.Nil(t, data[dispatchedCase](o, housingClerk, dispatchedText, map[string]any{"id": id}).Node, "not theirs yet")

	target := func(to string, lead bool) map[string]any {
		return map[string]any{"unitId": unit(to), "lead": lead, "replyBy": "2026-03-16"}
	}
	two := o.mutate(clerk, "dispatchCase", o.on(id, map[string]any{
		"units": []any{target("530402-housing", true), target("530402-water", true)}, "instruction": "查明通道权属",
	}))
	require.Equal(t, "INVALID", two.UserErrors[0].Code)
	require.Equal(t, []string{"input", "units", "1", "lead"}, two.UserErrors[0].Field)
	require.Contains(t, two.UserErrors[0].Message, "exactly one lead")
	o.do(clerk, "dispatchCase", o.on(id, map[string]any{
		"units": []any{target("530402-housing", true), target("530402-water", false)}, "instruction": "查明通道权属",
	}))

	seen := data[dispatchedCase](o, housingClerk, dispatchedText, map[string]any{"id": id}).Node
	require.NotNil(t, seen, "who was asked sees the case")
	require.Len(t, seen.Dispatches, 2)
	x := seen.Dispatches[0]
	require.Equal(t, unit("530402-housing"), x.Addressee.ID)
	require.Equal(t, unit("530402-center"), x.SentBy.ID)
	require.Equal(t, "查明通道权属", x.Instruction)
	require.Equal(t, "2026-03-16T23:59:59+08:00", x.Deadline.DueAt)
	require.True(t, x.Lead)
	require.Equal(t, "SENT", x.DispatchStatus)
	replies := 0
	for _, task := range seen.Tasks {
		if task.Kind == "REPLY_DISPATCH" {
			replies++
			require.Equal(t, "回复派单", task.Label)
			require.Equal(t, "CLERK", task.Inbox.Role)
			require.Equal(t, "2026-03-16T23:59:59+08:00", task.Deadline.DueAt)
		}
	}
	require.Equal(t, 2, replies)

	returned := o.mutate(waterClerk, "returnDispatch", o.on(id, map[string]any{"dispatchId": seen.Dispatches[1].ID, "reason": "不属于水务职责"}))
	require.Empty(t, returned.UserErrors)
	require.Nil(t, data[dispatchedCase](o, waterClerk, dispatchedText, map[string]any{"id": id}).Node, "no longer theirs")
	stranger := o.mutate(waterClerk, "replyDispatch", o.on(id, map[string]any{"dispatchId": x.ID, "reply": "不属水务"}))
	require.Equal(t, "NO_SUCH_CASE", stranger.UserErrors[0].Code)
	o.do(housingClerk, "replyDispatch", o.on(id, map[string]any{"dispatchId": x.ID, "reply": "通道为共有部分"}))
	answered := data[dispatchedCase](o, investigator, dispatchedText, map[string]any{"id": id}).Node.Dispatches
	require.Equal(t, "REPLIED", answered[0].DispatchStatus)
	require.Equal(t, "通道为共有部分", answered[0].Reply)
	require.False(t, answered[0].Late)
	require.Equal(t, "MET", answered[0].Deadline.Status)
	require.Equal(t, "RETURNED", answered[1].DispatchStatus)
	require.Equal(t, "不属于水务职责", answered[1].Reason)

	named := data[struct {
		Node struct{ DispatchStatus string }
	}](o, housingClerk,
		`query($id: ID!) { node(id: $id) { ... on Dispatch { dispatchStatus } } }`, map[string]any{"id": x.ID})
	require.Equal(t, "REPLIED", named.Node.DispatchStatus)

	o.do(manager, "raiseCase", o.on(id, map[string]any{"reason": "涉及市级规划"}))
	raised := data[dispatchedCase](o, cityManager, dispatchedText, map[string]any{"id": id}).Node
	require.Equal(t, unit("5304-center"), raised.ResponsibleUnit.ID)
	require.Equal(t, "INVESTIGATION", raised.Stage)
	o.do(cityManager, "returnDispatch", o.on(id, map[string]any{"reason": "由区级继续办理"}))
	require.Equal(t, unit("530402-center"),
		data[dispatchedCase](o, manager, dispatchedText, map[string]any{"id": id}).Node.ResponsibleUnit.ID)
}
