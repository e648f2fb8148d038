package api_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

const ordersQuery = `query($id: ID!) { node(id: $id) { ... on Case { overdue allowedCommands
	responsibleUnit { id }
	supervisionOrders { id level orderStatus issuedBy { id } addressee { id } reply reason repliedBy { id } judgedBy { id }
		deadline { step } deadlines { step status dueAt } escalates { id } }
	tasks { kind label(language: EN) inbox { role unit { id } } deadline { step warned } } } } }`

type orders struct {
	Node struct {
		AllowedCommands   []string
		ResponsibleUnit   struct{ ID string }
		SupervisionOrders []struct {
			ID, Level, OrderStatus string
			IssuedBy, Addressee    struct{ ID string }
			Reply, Reason          *string
			RepliedBy, JudgedBy    *struct{ ID string }
			Deadline               struct{ Step string }
			Deadlines              []struct{ Step, Status, DueAt string }
			Escalates              *struct{ ID string }
		}
		Tasks []struct {
			Kind, Label string
			Inbox       *struct {
				Role string
				Unit struct{ ID string }
			}
		}
	}
}

// pass lets time pass over a case.
func (o *office) pass(id string, days int) {
	o.t.Helper()
	o.now = o.now.AddDate(0, 0, days)
	node, err := schema.ParseNodeID(id)
	require.NoError(o.t, err)
	result, err := o.commander.Do(o.t.Context(), casefile.Command{CaseID: node.Key, Actor: casefile.System, Act: casefile.PassTime{}})
	require.NoError(o.t, err)
	require.Nil(o.t, result.Refusal)
}

func TestAnOrderIsAnsweredByOneUnitAndJudgedByTheOther(t *testing.T) {
	t.Parallel()
	const cityManager, cityClerk = "p-5304-center-manager-1", "p-5304-center-clerk-1"
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("supervised")).Case.ID
	o.pass(id, 20)
	read := func(personID string) orders { return data[orders](o, personID, ordersQuery, map[string]any{"id": id}) }
	order := read(manager).Node.SupervisionOrders[0]
	require.Equal(t, []any{"CITY", "OPEN", "acceptance"}, []any{order.Level, order.OrderStatus, order.Deadline.Step})
	require.Equal(t, "supervision-acknowledgement", order.Deadlines[0].Step)
	require.Nil(t, order.Reply)
	on := func(more map[string]any) map[string]any {
		more["orderId"] = order.ID
		return o.on(id, more)
	}
	refused := o.mutate(clerk, "acknowledgeSupervision", on(map[string]any{"reply": "已阅"}))
	require.Equal(t, []string{"input", "reply"}, refused.UserErrors[0].Field)
	o.do(clerk, "acknowledgeSupervision", on(map[string]any{}))
	require.Equal(t, "REQUIRED", o.mutate(clerk, "replySupervision", on(map[string]any{})).UserErrors[0].Code)
	o.do(clerk, "replySupervision", on(map[string]any{"reply": "受理员休假，今日补办"}))
	require.NotContains(t, read(manager).Node.AllowedCommands, "closeSupervision")

	judging := read(cityManager).Node
	require.Equal(t, "受理员休假，今日补办", *judging.SupervisionOrders[0].Reply, "who judges the reply reads it")
	require.Equal(t, person(clerk), judging.SupervisionOrders[0].RepliedBy.ID)
	require.Contains(t, judging.AllowedCommands, "closeSupervision")
	inbox := data[struct {
		Inbox struct {
			Edges []struct{ Node struct{ Kind string } }
		}
	}](o, cityManager, `{ inbox(first: 5) { edges { node { kind } } } }`, nil).Inbox
	require.Equal(t, "JUDGE_SUPERVISION", inbox.Edges[0].Node.Kind)

	o.do(cityManager, "closeSupervision", on(map[string]any{"status": "RETURNED", "reason": "未说明整改措施"}))
	returned := read(manager).Node.SupervisionOrders[0]
	require.Equal(t, "RETURNED", returned.OrderStatus)
	require.Equal(t, "未说明整改措施", *returned.Reason)
	require.Equal(t, "RUNNING", returned.Deadlines[len(returned.Deadlines)-1].Status)
	o.do(clerk, "replySupervision", on(map[string]any{"reply": "已安排B岗"}))
	o.do(cityManager, "closeSupervision", on(map[string]any{"status": "TAKEN_OVER", "reason": "由市级中心直接办理"}))
	taken := read(cityManager).Node
	require.Equal(t, "TAKEN_OVER", taken.SupervisionOrders[0].OrderStatus)
	require.Equal(t, taken.SupervisionOrders[0].IssuedBy.ID, taken.ResponsibleUnit.ID)
	o.do(cityClerk, "acceptCase", o.on(id, nil))
}

func TestAnUnansweredOrderIsListedWithTheOneThatFollowsIt(t *testing.T) {
	t.Parallel()
	o := open(t)
	register := dispute("escalated")
	id := o.do(clerk, "registerCase", register).Case.ID
	o.pass(id, 20)
	o.pass(id, 10)
	listed := data[struct {
		SupervisionOrders struct {
			TotalCount int
			Edges      []struct {
				Node struct{ OrderStatus, Level string }
			}
		}
	}](o, manager, `{ supervisionOrders(first: 5, filter: {status: [ESCALATED]}) { totalCount edges { node { orderStatus level } } } }`, nil).SupervisionOrders
	require.Equal(t, 1, listed.TotalCount)
	require.Equal(t, "ESCALATED", listed.Edges[0].Node.OrderStatus)
	tasks := data[orders](o, leader, ordersQuery, map[string]any{"id": id}).Node.Tasks
	kinds := make([]string, len(tasks))
	for i, task := range tasks {
		kinds[i] = task.Kind
	}
	require.Contains(t, kinds, "DECIDE_PACKAGE")

	// The leader finds the package on the task, and decides there.
	type decision struct {
		Inbox struct {
			Edges []struct {
				Node struct {
					Kind              string
					LeadershipPackage struct{ ID, Number, PackageStatus string }
				}
			}
		}
	}
	inbox := func() []string {
		var found []string
		for _, edge := range data[decision](o, countyLeader,
			`{ inbox(first: 10) { edges { node { kind leadershipPackage { id number packageStatus } } } } }`, nil).Inbox.Edges {
			found = append(found, edge.Node.Kind+" "+edge.Node.LeadershipPackage.Number+" "+edge.Node.LeadershipPackage.PackageStatus)
			id = edge.Node.LeadershipPackage.ID
		}
		return found
	}
	number := fmt.Sprintf("530402-L-%d-000001", o.now.Year())
	require.ElementsMatch(t, []string{"DECIDE_PACKAGE " + number + " PROPOSED", "APPROVE_PACKAGE " + number + " PROPOSED"}, inbox())
	o.led(countyLeader, "approvePackage", o.onPackage(id, nil))
	require.NotContains(t, inbox(), "DECIDE_PACKAGE "+number+" OPEN")
}
