package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

func TestAnAssessorSeesTheSampledCaseAloneAndSaysWhatTheyFound(t *testing.T) {
	t.Parallel()
	o := open(t)
	people, err := o.store.Directory(t.Context())
	require.NoError(t, err)
	units := people.UnitsAt("5304", casefile.UnitAssessor)
	if len(units) == 0 {
		units = people.UnitsAt("530402", casefile.UnitAssessor)
	}
	require.NotEmpty(t, units)
	assessor := people.Holders(casefile.RoleAssessor, units[0].ID)[0].ID
	case1 := o.do(clerk, "registerCase", dispute("d-1")).Case
	other := o.do(clerk, "registerCase", dispute("d-2")).Case
	o.do(clerk, "withdrawCase", o.on(case1.ID, map[string]any{"partyId": case1.Parties[0].ID, "how": "ON_SITE", "request": "自愿撤回", "reason": "和解"}))
	waiting := o.do(manager, "verifyClosure", o.on(case1.ID, nil)).Case
	ended := o.do(clerk, "recordService", o.on(case1.ID, map[string]any{
		"documentId": waiting.Documents[0].ID, "partyId": case1.Parties[0].ID, "method": "IN_PERSON", "servedAt": o.now.Format(time.RFC3339),
	})).Case
	require.Equal(t, "WITHDRAWN", ended.Stage)
	id, err := schema.ParseNodeID(case1.ID)
	require.NoError(t, err)
	refused := o.mutate(assessor, "recordSampleFinding", o.on(case1.ID, map[string]any{"finding": "CORRECT"}))
	require.Equal(t, "NO_SUCH_CASE", refused.UserErrors[0].Code, "nothing has been drawn")
	_, err = o.commander.Do(t.Context(), casefile.Command{
		CaseID: id.Key, Actor: casefile.System, Act: casefile.DrawForSample{SampleID: "s-1", UnitID: units[0].ID, Role: casefile.RoleAssessor},
	})
	require.NoError(t, err)

	o.do(assessor, "recordFollowUp", o.on(case1.ID, map[string]any{"partyId": case1.Parties[0].ID, "method": "PHONE", "satisfaction": 2}))
	refused = o.mutate(assessor, "recordSampleFinding", o.on(other.ID, map[string]any{"finding": "CORRECT"}))
	require.Equal(t, "NO_SUCH_CASE", refused.UserErrors[0].Code, "they see nothing else")
	found := o.mutate(assessor, "recordSampleFinding", o.on(case1.ID, map[string]any{"finding": "FALSE_CLOSURE", "comment": "当事人称并未撤回"}))
	require.Empty(t, found.UserErrors)
	require.Nil(t, found.Case, "it is not theirs any more")
	read := data[struct {
		Node struct {
			Stage   string
			Round   int
			Samples []struct {
				Finding string
				FoundBy struct{ ID string }
			}
		}
	}](o, clerk, `query($id: ID!) { node(id: $id) { ... on Case { stage round samples { finding foundBy { id } } } } }`, map[string]any{"id": case1.ID}).Node
	require.Equal(t, "ACCEPTANCE", read.Stage)
	require.Equal(t, 2, read.Round)
	require.Equal(t, "FALSE_CLOSURE", read.Samples[0].Finding)
	require.Equal(t, person(assessor), read.Samples[0].FoundBy.ID)
}
