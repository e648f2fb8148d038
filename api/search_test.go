package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// searched are the numbers of the cases that a search finds for somebody.
func (o *office) searched(personID, text string) []string {
	o.t.Helper()
	numbers := []string{}
	got := o.list(personID, caseList, map[string]any{"first": 100, "filter": map[string]any{"text": text}})
	require.Nil(o.t, got.TotalCount, "a search isn't counted: a count is an answer too")
	require.False(o.t, got.PageInfo.HasNextPage)
	for _, edge := range got.Edges {
		numbers = append(numbers, edge.Node.Number)
	}
	return numbers
}

func TestASearchFindsByTitleNarrativeAndParties(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.do(clerk, "registerCase", dispute("s-1")).Case
	o.now = o.now.Add(time.Minute)
	second := o.do(clerk, "registerCase", petition("s-2")).Case
	for text, want := range map[string][]string{
		"通行权": {first.Number}, "公共通道": {first.Number}, "李明": {first.Number}, "王强 堵塞": {first.Number},
		"电梯": {second.Number}, "赵敏 三个月": {second.Number}, "邻居李明": {}, "李明 电梯": {}, "恢复通行": {}, "13800138000": {}, "玉兴路": {},
	} {
		require.Equal(t, want, o.searched(clerk, text), text)
		require.Equal(t, want, o.searched(manager, text), text)
	}
	got := o.list(clerk, caseList, map[string]any{"first": 5, "filter": map[string]any{"text": "争议", "kind": "PETITION"}})
	require.Empty(t, got.Edges, "the other filters hold too")
	o.do(clerk, "amendCase", o.on(first.ID, map[string]any{"title": "院墙高度争议", "reason": "更正"}))
	require.Empty(t, o.searched(clerk, "通行权"))
	require.Equal(t, []string{first.Number}, o.searched(clerk, "院墙"))
}

func TestASearchTellsNothingToWhoeverSeesTheTextsMasked(t *testing.T) {
	t.Parallel()
	o := open(t)
	input := dispute("s-masked")
	input["parties"].([]any)[1].(map[string]any)["keepIdentityConfidential"] = true
	registered := o.do(clerk, "registerCase", input).Case
	sealed := petition("s-sealed")
	sealed["petitionType"], sealed["title"] = "ACCUSATION", "反映电梯采购收受财物"
	sealed["parties"] = []any{
		map[string]any{"role": "PETITIONER", "name": "赵敏"},
		map[string]any{"role": "ACCUSED", "personId": person(manager)},
	}
	const petitionClerk = "p-530402-petition-clerk-1"
	secret := o.do(petitionClerk, "registerCase", sealed).Case
	for _, outsider := range []string{
		"p-5304-center-supervisor-1", "p-5304-center-manager-1", "p-530403-center-clerk-1", "p-53-center-manager-1", mediator,
	} {
		for _, text := range []string{"李明", "王强", "通行权", "争议", "电梯", "收受财物"} {
			require.Empty(t, o.searched(outsider, text), outsider+" "+text)
		}
	}
	require.Equal(t, []string{registered.Number}, o.searched(manager, "王强"), "who works on the case knows the name")
	require.Empty(t, o.searched(manager, "收受财物"), "the accused finds nothing")
	require.Empty(t, o.searched(clerk, "收受财物"))
	require.Equal(t, []string{secret.Number}, o.searched(petitionClerk, "收受财物"))
}

func TestTheTextsOfAMergedCaseAreFoundInTheOneThatGoesOn(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.do(clerk, "registerCase", dispute("s-d-1")).Case
	o.now = o.now.Add(time.Hour)
	younger := dispute("s-d-2")
	younger["parties"] = []any{
		map[string]any{"role": "APPLICANT", "name": "李明", "phone": "13800138000"}, map[string]any{"role": "RESPONDENT", "name": "孙丽"},
	}
	second := o.do(clerk, "registerCase", younger).Case
	o.do(clerk, "mergeCase", o.on(first.ID, map[string]any{"otherCaseId": second.ID, "reason": "同一纠纷"}))
	waiting := o.do(manager, "verifyClosure", o.on(second.ID, nil)).Case
	require.Equal(t, []string{second.Number}, o.searched(clerk, "孙丽"))
	o.do(clerk, "recordService", o.on(second.ID, map[string]any{
		"documentId": waiting.Documents[0].ID, "partyId": second.Parties[0].ID, "method": "IN_PERSON", "servedAt": o.now.Format(time.RFC3339),
	}))
	require.Equal(t, []string{second.Number, first.Number}, o.searched(clerk, "孙丽"))
}

func TestASearchWantsATextOfTwoToFiftyCharacters(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, text := range []string{"", "李", "，。！", strings.Repeat("长", 51), "李 王"} {
		got := o.ask(clerk, caseList, map[string]any{"first": 5, "filter": map[string]any{"text": text}})
		require.Equal(t, "BAD_USER_INPUT", got.code(), text)
		require.Equal(t, "filter.text", got.Errors[0].Extensions["field"])
		require.Contains(t, got.Errors[0].Message, "2")
	}
	query := `query($t: String!) { cases(first: 1, filter: {text: $t}) { partial } }`
	require.Empty(t, o.ask(clerk, query, map[string]any{"t": "李明"}).Errors)
	dear := `query($t: String!) {`
	for i := range 15 {
		dear += " q" + string(rune('a'+i)) + `: cases(first: 85, filter: {text: $t}) { edges { node { id title narrative number stage kind category division
			tasks { id } parties { name } } } }`
	}
	require.Equal(t, "QUERY_TOO_COMPLEX", o.ask(clerk, dear+"}", map[string]any{"t": "李明"}).code(), "searches cost")
	require.Empty(t, o.ask(clerk, strings.ReplaceAll(dear, ", filter: {text: $t}", "")+" x: cases(first: 1, filter: {text: $t}) { partial } }", map[string]any{"t": "李明"}).Errors)
}
