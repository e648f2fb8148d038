package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	petitionLeader = "p-530402-petition-leader-1"
	labourClerk    = "p-530402-labour-clerk-1"
)

// forwarded is an appeal that the county's petition office passed on to the labour bureau.
func forwarded(o *office, key string) string {
	o.t.Helper()
	id := o.do(petitionClerk, "registerCase", petition(key)).Case.ID
	o.do(petitionClerk, "transferCase", o.on(id, map[string]any{"toUnitId": unit("530402-labour"), "reason": "属人社部门职责"}))
	return id
}

type standing struct {
	Node *struct {
		Stage           string
		ResponsibleUnit struct{ ID string }
		Deadlines       []struct{ Step, Status, DueAt string }
	}
}

const standingText = `query($id: ID!) { node(id: $id) { ... on Case { stage responsibleUnit { id }
	deadlines { step status dueAt } } } }`

func stand(o *office, who, id string) standing {
	return data[standing](o, who, standingText, map[string]any{"id": id})
}

func due(s standing, step string) (dueAt, status string) {
	for _, deadline := range s.Node.Deadlines {
		if deadline.Step == step {
			dueAt, status = deadline.DueAt, deadline.Status
		}
	}
	return dueAt, status
}

func TestAReceiverObjectsInFiveWorkingDaysAndTheSenderTakesTheCaseBack(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := forwarded(o, "f-1")
	seen := stand(o, labourClerk, id)
	require.Equal(t, unit("530402-labour"), seen.Node.ResponsibleUnit.ID)
	dueAt, status := due(seen, "objection")
	require.Equal(t, "2026-03-17T23:59:59+08:00", dueAt, "5 working days from Tuesday 10 March")
	require.Equal(t, "RUNNING", status)
	dueAt, _ = due(seen, "acceptance-forwarded")
	require.Equal(t, "2026-03-25T23:59:59+08:00", dueAt, "15 days")

	early := o.mutate(petitionClerk, "answerObjection", o.on(id, map[string]any{"agreed": true, "reason": "无异议可答"}))
	require.Equal(t, "INCOMPLETE", early.UserErrors[0].Code)
	foreign := o.mutate(petitionClerk, "objectTransfer", o.on(id, map[string]any{"reason": "不是接收单位"}))
	require.NotEmpty(t, foreign.UserErrors, "only the receiver objects")
	empty := o.mutate(labourClerk, "objectTransfer", o.on(id, map[string]any{"reason": ""}))
	require.Equal(t, []string{"input", "reason"}, empty.UserErrors[0].Field)
	objected := o.do(labourClerk, "objectTransfer", o.on(id, map[string]any{"reason": "不属于本单位职权范围"}))
	require.NotContains(t, objected.Case.AllowedCommands, "objectTransfer", "once")
	_, status = due(stand(o, labourClerk, id), "objection")
	require.Equal(t, "MET", status)

	own := o.mutate(labourClerk, "answerObjection", o.on(id, map[string]any{"agreed": true, "reason": "自己同意"}))
	require.NotEmpty(t, own.UserErrors, "the sender answers, not who objected")
	o.do(petitionClerk, "answerObjection", o.on(id, map[string]any{"agreed": true, "reason": "核实同意"}))
	back := stand(o, petitionClerk, id)
	require.Equal(t, unit("530402-petition"), back.Node.ResponsibleUnit.ID)
	require.Equal(t, "ACCEPTANCE", back.Node.Stage)
}

func TestADisputedCompetenceIsDecidedByTheOfficeAbove(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := forwarded(o, "f-2")
	o.do(labourClerk, "objectTransfer", o.on(id, map[string]any{"reason": "不属于本单位职权范围"}))
	refused := o.do(petitionClerk, "answerObjection", o.on(id, map[string]any{"agreed": false, "reason": "经核实属于贵单位"}))
	require.Equal(t, "ACCEPTANCE", refused.Case.Stage)
	const above = "p-5304-petition-leader-1"
	third := o.mutate(above, "decideCompetence", o.on(id, map[string]any{"unitId": unit("530402-justice"), "reason": "另行指定"}))
	require.Equal(t, "INVALID", third.UserErrors[0].Code, "one of the two")
	require.Equal(t, []string{"input", "unitId"}, third.UserErrors[0].Field)
	require.Contains(t, third.UserErrors[0].Message, "art. 24")
	own := o.mutate(petitionLeader, "decideCompetence", o.on(id, map[string]any{"unitId": unit("530402-labour"), "reason": "自行指定"}))
	require.NotEmpty(t, own.UserErrors, "a side of the dispute doesn't decide it")
	o.do(above, "decideCompetence", o.on(id, map[string]any{"unitId": unit("530402-labour"), "reason": "属劳动保障监察职责"}))
	accepted := o.do(labourClerk, "acceptCase", o.on(id, nil))
	require.Equal(t, "INVESTIGATION", accepted.Case.Stage)
	again := o.mutate(labourClerk, "objectTransfer", o.on(id, map[string]any{"reason": "仍不同意"}))
	require.NotEmpty(t, again.UserErrors, "it is settled")
}
