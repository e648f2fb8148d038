package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAMergedCaseIsReadInTheOneThatGoesOn(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.do(clerk, "registerCase", dispute("d-1")).Case
	o.now = o.now.Add(time.Hour)
	younger := dispute("d-2")
	younger["parties"] = []any{
		map[string]any{"role": "APPLICANT", "name": "李明", "phone": "13800138000"},
		map[string]any{"role": "RESPONDENT", "name": "孙丽"},
	}
	younger["claims"] = []any{"赔礼道歉"}
	second := o.do(otherClerk, "registerCase", younger).Case

	refused := o.mutate(clerk, "mergeCase", o.on(second.ID, map[string]any{"otherCaseId": first.ID, "reason": "同一纠纷"}))
	require.Equal(t, "DATE_OUT_OF_ORDER", refused.UserErrors[0].Code, "the older number survives")
	require.Equal(t, []string{"input", "otherCaseId"}, refused.UserErrors[0].Field)

	o.do(clerk, "mergeCase", o.on(first.ID, map[string]any{"otherCaseId": second.ID, "reason": "同一纠纷"}))
	waiting := o.do(manager, "verifyClosure", o.on(second.ID, nil)).Case
	require.Equal(t, "VERIFICATION", waiting.Stage, "the notice has not been served")
	require.Equal(t, "MERGER", waiting.Documents[0].NoticeKind)
	ended := o.do(clerk, "recordService", o.on(second.ID, map[string]any{
		"documentId": waiting.Documents[0].ID, "partyId": second.Parties[0].ID, "method": "IN_PERSON", "servedAt": o.now.Format(time.RFC3339),
	})).Case
	require.Equal(t, "MERGED", ended.Stage)

	survivor := o.do(clerk, "addNote", o.on(first.ID, map[string]any{"text": "已并案"})).Case
	require.Equal(t, first.Number, survivor.Number)
	require.Len(t, survivor.Parties, 4)
	require.Equal(t, "孙丽", survivor.Parties[3].Name, "read under the merged case's key")
	require.Equal(t, "赔礼道歉", survivor.Claims[1].Text)
	o.do(clerk, "amendCase", o.on(first.ID, map[string]any{"reason": "核对", "parties": []any{
		map[string]any{"id": survivor.Parties[3].ID, "role": "RESPONDENT", "kind": "NATURAL_PERSON", "keepIdentityConfidential": false},
	}}))
	read := data[linked](o, clerk, linksOf, map[string]any{"id": first.ID}).Node
	require.Equal(t, "MERGED_INTO", read.Links[0].Kind)
	require.True(t, read.Links[0].Inverse)
	require.Equal(t, second.ID, read.Links[0].Case.ID)
}

func TestTheAccusationOfAMixedPetitionIsSplitOffAndSealed(t *testing.T) {
	t.Parallel()
	o := open(t)
	const petitionClerk = "p-530402-petition-clerk-1"
	mother := o.do(petitionClerk, "registerCase", petition("p-1")).Case
	after := o.do(petitionClerk, "splitCase", o.on(mother.ID, map[string]any{
		"petitionType": "ACCUSATION", "category": "P-URBAN-PROPERTY", "title": "反映工作人员收受物业公司财物", "narrative": "信访人反映有关人员收受财物",
		"claims": []any{"C2"}, "reason": "检举控告应当分开办理",
		"parties": []any{
			map[string]any{"role": "PETITIONER", "name": "赵敏"},
			map[string]any{"role": "ACCUSED", "personId": person(clerk)},
		},
	})).Case
	require.Len(t, after.Claims, 1)
	link := data[linked](o, petitionClerk, linksOf, map[string]any{"id": mother.ID}).Node.Links[0]
	require.Equal(t, "SPLIT_FROM", link.Kind)
	require.Nil(t, link.Number, "the sealed case's number stands nowhere else")
	require.NotNil(t, link.Case, "its registrar sees it")
	child := data[struct {
		Node struct {
			Title, Confidentiality string
			Claims                 []struct{ Text string }
		}
	}](o, petitionClerk, `query($id: ID!) { node(id: $id) { ... on Case { title confidentiality claims { text } } } }`,
		map[string]any{"id": link.Case.ID}).Node
	require.Equal(t, "SEALED", child.Confidentiality)
	require.Equal(t, "反映工作人员收受物业公司财物", child.Title)
	require.Equal(t, "退还物业费", child.Claims[0].Text)

	hidden := data[linked](o, manager, linksOf, map[string]any{"id": mother.ID}).Node.Links
	require.Empty(t, hidden, "nobody else is told that it is there")
	refused := o.mutate(petitionClerk, "splitCase", o.on(mother.ID, map[string]any{
		"petitionType": "APPEAL", "category": "NOPE", "title": "标题", "narrative": "事由", "reason": "理由",
		"parties": []any{map[string]any{"role": "PETITIONER", "name": "赵敏"}},
	}))
	require.Equal(t, "UNKNOWN_CATEGORY", refused.UserErrors[0].Code)
}
