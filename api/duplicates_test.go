package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

type hinted struct {
	Payload struct {
		Case             *struct{ ID string }
		UserErrors       []struct{ Code string }
		LikelyDuplicates []struct {
			Number        *string
			Score         float64
			Reason        string
			SuggestedLink string
			Case          *struct{ ID string }
		}
	}
}

const registering = `mutation($input: RegisterCaseInput!) { payload: registerCase(input: $input) { userErrors { code } case { id }
	likelyDuplicates { number score reason suggestedLink case { id } } } }`

func TestALikelyDuplicateIsShownAndNeverRefused(t *testing.T) {
	t.Parallel()
	o := open(t)
	register := func(personID string, input map[string]any) hinted {
		return data[hinted](o, personID, registering, map[string]any{"input": input})
	}
	first := register(clerk, dispute("d-1"))
	require.NotNil(t, first.Payload.LikelyDuplicates)
	require.Empty(t, first.Payload.LikelyDuplicates)

	again := dispute("d-2")
	again["parties"] = []any{
		map[string]any{"role": "APPLICANT", "name": "李 明", "phone": "+86 138-0013-8000"},
		map[string]any{"role": "RESPONDENT", "name": "王刚"},
	}
	second := register(otherClerk, again)
	require.Empty(t, second.Payload.UserErrors)
	require.Len(t, second.Payload.LikelyDuplicates, 1)
	hint := second.Payload.LikelyDuplicates[0]
	require.Equal(t, first.Payload.Case.ID, hint.Case.ID)
	require.InDelta(t, 0.95, hint.Score, 1e-9)
	require.Equal(t, "the same phone number, a party of the same name, the same category, the same township", hint.Reason)
	require.Equal(t, "DUPLICATE", hint.SuggestedLink)

	third := dispute("d-3")
	third["parties"] = []any{
		map[string]any{"role": "APPLICANT", "name": "周涛", "phone": "13900139000"},
		map[string]any{"role": "RESPONDENT", "name": "吴敏"},
	}
	require.Empty(t, register(clerk, third).Payload.LikelyDuplicates, "other people, the same kind of matter")
}

func TestAHintTellsNothingOfACaseThatTheViewerMayNotSeeOrWhosePartyIsWithheld(t *testing.T) {
	t.Parallel()
	o := open(t)
	register := func(personID string, input map[string]any) hinted {
		return data[hinted](o, personID, registering, map[string]any{"input": input})
	}
	elsewhere := dispute("d-1")
	elsewhere["division"] = "530403"
	register("p-530403-center-clerk-1", elsewhere)
	restricted := dispute("d-2")
	restricted["confidentiality"] = "RESTRICTED"
	register(manager, restricted)
	require.Empty(t, register(clerk, dispute("d-3")).Payload.LikelyDuplicates)

	withheld := petition("p-1")
	withheld["parties"] = []any{map[string]any{"role": "PETITIONER", "name": "赵敏", "phone": "13700137000", "keepIdentityConfidential": true}}
	register("p-530402-petition-clerk-1", withheld)
	seen := petition("p-2")
	seen["parties"] = []any{map[string]any{"role": "PETITIONER", "name": "赵敏", "phone": "13700137000"}}
	require.Empty(t, register("p-530402-center-manager-1", seen).Payload.LikelyDuplicates)
	seen["clientMutationId"] = "p-3"
	require.NotEmpty(t, register("p-530402-petition-clerk-2", seen).Payload.LikelyDuplicates, "who works on the case knows them")
}

func TestRepeatsAreListed(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.do(clerk, "registerCase", petition("p-1")).Case
	again := o.do(clerk, "registerCase", petition("p-2")).Case
	o.do(clerk, "linkCases", o.on(again.ID, map[string]any{"otherCaseId": first.ID, "kind": "REPEAT"}))
	list := func(repeat bool) []string {
		found := data[struct {
			Cases struct {
				Edges []struct{ Node struct{ ID string } }
			}
		}](o, clerk, `query($repeat: Boolean) { cases(first: 10, filter: {repeat: $repeat}) { edges { node { id } } } }`,
			map[string]any{"repeat": repeat})
		var ids []string
		for _, edge := range found.Cases.Edges {
			ids = append(ids, edge.Node.ID)
		}
		return ids
	}
	require.Equal(t, []string{again.ID}, list(true))
	require.Equal(t, []string{first.ID}, list(false))
}
