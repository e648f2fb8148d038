package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

const harmQuery = `query($id: ID!) { node(id: $id) { ... on Case { allowedCommands tasks { kind }
	suspectedHarms { suspicion suspectedBy { id } report { reference } }
	policeReports { unit { id } organ reference reportedAt reportedBy { id } recordedBy { id } notDueReason } } } }`

type harm struct {
	Node struct {
		AllowedCommands []string
		Tasks           []struct{ Kind string }
		SuspectedHarms  []struct {
			Suspicion   string
			SuspectedBy *struct{ ID string }
			Report      *struct{ Reference *string }
		}
		PoliceReports []struct {
			Unit, ReportedBy                           *struct{ ID string }
			Organ, Reference, ReportedAt, NotDueReason *string
			RecordedBy                                 struct{ ID string }
		}
	}
}

func (h harm) asks(kind string) bool {
	for _, task := range h.Node.Tasks {
		if task.Kind == kind {
			return true
		}
	}
	return false
}

func TestSuspectedHarmIsToldThePoliceBeforeTheCaseEnds(t *testing.T) {
	t.Parallel()
	police := schema.GlobalID("Unit", "u-530402-police")
	o := open(t)
	input := dispute("violence")
	input["category"] = "D-FAMILY-VIOLENCE"
	id := o.do(clerk, "registerCase", input).Case.ID
	read := func() harm { return data[harm](o, manager, harmQuery, map[string]any{"id": id}) }
	require.True(t, read().asks("REPORT_TO_POLICE"))
	require.Equal(t, "DOMESTIC_VIOLENCE", read().Node.SuspectedHarms[0].Suspicion)
	require.Nil(t, read().Node.SuspectedHarms[0].SuspectedBy)

	declined := o.do(clerk, "declineCase", o.on(id, map[string]any{"reason": "NOT_COMPETENT", "explanation": "应由公安机关处理", "goTo": "公安机关"}))
	require.NotContains(t, read().Node.AllowedCommands, "verifyClosure")
	refused := o.mutate(manager, "verifyClosure", o.on(id, nil)).UserErrors[0]
	require.Equal(t, "INCOMPLETE", refused.Code)
	require.Contains(t, refused.Message, "art. 14")

	wrong := o.mutate(clerk, "recordPoliceReport", o.on(id, map[string]any{"unitId": schema.GlobalID("Unit", "u-530402-court")}))
	require.Equal(t, []string{"input", "unitId"}, wrong.UserErrors[0].Field)
	self := o.mutate(clerk, "recordPoliceReport", o.on(id, map[string]any{"notDueReason": "不需要"}))
	require.Equal(t, []string{"input", "notDueReason"}, self.UserErrors[0].Field)
	o.do(clerk, "recordPoliceReport", o.on(id, map[string]any{"unitId": police, "reference": "110-0042"}))
	reported := read()
	require.False(t, reported.asks("REPORT_TO_POLICE"))
	require.Equal(t, "110-0042", *reported.Node.SuspectedHarms[0].Report.Reference)
	require.Equal(t, []string{police, person(clerk)}, []string{reported.Node.PoliceReports[0].Unit.ID, reported.Node.PoliceReports[0].ReportedBy.ID})
	o.do(manager, "verifyClosure", o.on(id, nil))
	ended := o.do(clerk, "recordService", map[string]any{
		"clientMutationId": "served", "caseId": id, "documentId": declined.Case.Documents[0].ID,
		"partyId": declined.Case.Parties[0].ID, "method": "IN_PERSON", "servedAt": o.now,
	})
	require.Equal(t, "NOT_ACCEPTED", ended.Case.Stage)
}

func TestASuspicionNamedWithTheAlarmIsAnsweredByASecondPerson(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("suspected")).Case.ID
	o.do(clerk, "flagUrgent", o.on(id, map[string]any{"reason": "孩子身上有伤", "suspicion": []string{"HARM_TO_CHILD"}}))
	read := func() harm { return data[harm](o, leader, harmQuery, map[string]any{"id": id}) }
	require.Equal(t, person(clerk), read().Node.SuspectedHarms[0].SuspectedBy.ID)
	o.do(leader, "recordPoliceReport", o.on(id, map[string]any{"notDueReason": "经核实为体育课擦伤"}))
	said := read().Node.PoliceReports[0]
	require.Equal(t, "经核实为体育课擦伤", *said.NotDueReason)
	require.Nil(t, said.ReportedAt)
	require.Nil(t, said.Reference)
	require.Equal(t, person(leader), said.RecordedBy.ID)
}
