package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/schema"
)

type listedOrders struct {
	SupervisionOrders struct {
		TotalCount int
		Edges      []struct {
			Cursor string
			Node   struct {
				ID, OrderStatus   string
				Reply, Reason     *string
				Case              *struct{ Number string }
				LeadershipPackage *struct{ ID, Number string }
				Deadlines         []struct{ Step string }
			}
		}
	}
}

const listedOrdersQuery = `query($after: String) { supervisionOrders(first: 1, after: $after) { totalCount edges { cursor node {
	id orderStatus reply reason case { number } leadershipPackage { id number } deadlines { step } } } } }`

func TestAnOrderOverAPackageIsListedBesideThoseOfCasesAndAnswered(t *testing.T) {
	t.Parallel()
	const housing, judge = "p-530402-housing-manager-1", "p-530402-center-manager-1"
	o := open(t)
	late := o.do(clerk, "registerCase", dispute("late")).Case.ID
	o.pass(late, 20) // an order over the case
	id := o.do(clerk, "registerCase", dispute("packaged")).Case.ID
	input := map[string]any{
		"clientMutationId": "chased", "leaderId": person(countyLeader), "responsibleUnitId": schema.GlobalID("Unit", "u-530402-housing"),
		"title": "历史遗留问题", "reason": "长期未决", "caseIds": []string{id}, "level": "COUNTY",
	}
	opened := o.led(countyLeader, "openPackage", input)
	o.passPackage(opened.ID, 20) // the plan is overdue

	read := func(personID string, after any) listedOrders {
		return data[listedOrders](o, personID, listedOrdersQuery, map[string]any{"after": after})
	}
	list := read(judge, nil).SupervisionOrders
	require.Equal(t, 2, list.TotalCount)
	order := list.Edges[0].Node // the newest first
	require.Nil(t, order.Case)
	require.Equal(t, opened.ID, order.LeadershipPackage.ID)
	require.Equal(t, "supervision", order.Deadlines[0].Step)
	older := read(judge, list.Edges[0].Cursor).SupervisionOrders.Edges[0].Node
	require.Nil(t, older.LeadershipPackage)
	require.NotNil(t, older.Case)

	on := func(more map[string]any) map[string]any {
		more["orderId"] = order.ID
		return o.onPackage(opened.ID, more)
	}
	send := func(personID, mutation string, more map[string]any) packagePayload {
		return o.leads(personID, mutation, on(more))
	}
	refused := send(housing, "acknowledgePackageSupervision", map[string]any{"reply": "已阅"})
	require.Equal(t, []string{"input", "reply"}, refused.UserErrors[0].Field)
	require.Empty(t, send(housing, "acknowledgePackageSupervision", map[string]any{}).UserErrors)
	require.Equal(t, "REQUIRED", send(housing, "replyPackageSupervision", map[string]any{}).UserErrors[0].Code)
	require.Equal(t, "INVALID", o.leads(housing, "replyPackageSupervision", o.onPackage(opened.ID, map[string]any{
		"orderId": older.ID, "reply": "r",
	})).UserErrors[0].Code, "an order of a case is none of the package")
	require.Empty(t, send(housing, "replyPackageSupervision", map[string]any{"reply": "方案已拟定，本周报送"}).UserErrors)
	require.Equal(t, "方案已拟定，本周报送", *read(judge, nil).SupervisionOrders.Edges[0].Node.Reply, "who judges the reply reads it")
	require.Empty(t, send(judge, "closePackageSupervision", map[string]any{"status": "RETURNED", "reason": "未附方案"}).UserErrors)
	require.Equal(t, "未附方案", *read(housing, nil).SupervisionOrders.Edges[0].Node.Reason)
	require.Empty(t, send(housing, "replyPackageSupervision", map[string]any{"reply": "方案已附"}).UserErrors)
	require.Empty(t, send(judge, "closePackageSupervision", map[string]any{"status": "SATISFIED"}).UserErrors)
	require.Equal(t, "SATISFIED", read(judge, nil).SupervisionOrders.Edges[0].Node.OrderStatus)
}

// passPackage lets time pass over a package.
func (o *office) passPackage(id string, days int) {
	o.t.Helper()
	o.now = o.now.AddDate(0, 0, days)
	node, err := schema.ParseNodeID(id)
	require.NoError(o.t, err)
	result, err := o.commander.DoPackage(o.t.Context(), leadership.Command{PackageID: node.Key, Actor: casefile.System, Act: leadership.PassTime{}})
	require.NoError(o.t, err)
	require.Nil(o.t, result.Refusal)
}
