package api_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
	"github.com/tiaochu/tiaochu/schema"
)

type shownProcedure struct {
	ID, Code, Name, EffectiveFrom string
	EffectiveTo, Remark           *string
	Steps                         []shownStep
}

type shownStep struct {
	Code, Name, CountedFrom, OnExpiry, Owner string
	MetBy                                    *string
	Length                                   *int
	Unit                                     *string
	Pauses                                   []string
	RollForward                              bool
	Extensions                               []struct {
		Approver                      string
		MaxTimes, MaxLength, MaxTotal *int
		Unit                          *string
		TellParties                   bool
	}
	Citation struct {
		Law, Article string
		Verified     bool
	}
}

const procedureFields = `id code name effectiveFrom effectiveTo remark steps { code name length unit countedFrom metBy onExpiry
	owner pauses rollForward extensions { approver maxTimes maxLength maxTotal unit tellParties } citation { law article verified } }`

// procedures asks for the catalogue in a language.
func (o *office) procedures(personID, language, on string) map[string]shownProcedure {
	o.t.Helper()
	variables := map[string]any{}
	if on != "" {
		variables["on"] = on
	}
	got := o.askWith(o.token(personID), language, `query($on: Date) { procedures(on: $on) { `+procedureFields+` } }`, variables)
	require.Empty(o.t, got.Errors)
	var list struct{ Procedures []shownProcedure }
	require.NoError(o.t, json.Unmarshal(got.Data, &list))
	byCode := map[string]shownProcedure{}
	for i, p := range list.Procedures {
		require.True(o.t, i == 0 || list.Procedures[i-1].Code < p.Code, "ordered by code")
		byCode[p.Code] = p
	}
	return byCode
}

func (p shownProcedure) step(t *testing.T, code string) shownStep {
	t.Helper()
	for _, s := range p.Steps {
		if s.Code == code {
			return s
		}
	}
	t.Fatalf("%s has no step %s", p.Code, code)
	return shownStep{}
}

func TestTheCatalogueIsShownInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	o := open(t)
	english, chinese := o.procedures(clerk, "en", ""), o.procedures(manager, "zh-CN", "")
	require.Len(t, english, len(procedure.Default().Procedures("2026-03-10")))
	require.Len(t, chinese, len(english))

	require.Equal(t, "petition (appeal)", english["petition"].Name)
	require.Equal(t, "信访事项（申诉求决）", chinese["petition"].Name)
	require.Equal(t, "2022-05-01", english["petition"].EffectiveFrom)
	require.Nil(t, english["petition"].EffectiveTo)
	handling := english["petition"].step(t, "handling")
	require.Equal(t, 60, *handling.Length)
	require.Equal(t, "CALENDAR_DAYS", *handling.Unit)
	require.Equal(t, "accepted", handling.CountedFrom)
	require.Equal(t, "the handling office", handling.Owner)
	require.Equal(t, "信访工作条例", handling.Citation.Law)
	require.True(t, handling.Citation.Verified)
	require.Len(t, handling.Extensions, 1)
	require.Equal(t, "head of the unit", handling.Extensions[0].Approver)
	require.Equal(t, 30, *handling.Extensions[0].MaxTotal)
	require.Nil(t, handling.Extensions[0].MaxTimes)
	require.True(t, handling.Extensions[0].TellParties)
	require.Empty(t, handling.Pauses)
	reReview := chinese["petition"].step(t, "re-review")
	require.Equal(t, []string{"听证"}, reReview.Pauses)
	require.Equal(t, "收到复核请求", reReview.CountedFrom)
	require.Equal(t, "权利失效", chinese["petition"].step(t, "review-request").OnExpiry)

	open := english["petition"].step(t, "competence-dispute")
	require.Nil(t, open.Length)
	require.Nil(t, open.Unit)
	require.Equal(t, "not stated", open.CountedFrom)
	require.Equal(t, "competence decided", *open.MetBy)
	require.Nil(t, english["petition"].step(t, "representatives").MetBy)
	choice := english["commercial-mediation"].step(t, "handling")
	require.Equal(t, "design choice", choice.Citation.Law)
	require.False(t, choice.Citation.Verified)
	require.True(t, english["administrative-reconsideration"].step(t, "handling").RollForward)
}

func TestTheCatalogueIsThatOfTheDayAskedFor(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Equal(t, "118", o.procedures(clerk, "en", "")["public-order"].step(t, "case").Citation.Article)
	former := o.procedures(clerk, "en", "2025-12-31")["public-order"]
	require.Equal(t, "99", former.step(t, "case").Citation.Article)
	require.Equal(t, "2025-12-31", *former.EffectiveTo)
	// Midnight in Shanghai, not in Greenwich, turns the day.
	o.now = time.Date(2026, 4, 14, 15, 59, 59, 0, time.UTC)
	require.Equal(t, 45, *o.procedures(clerk, "en", "")["market-complaint"].step(t, "handling").Length)
	o.now = o.now.Add(time.Second)
	require.Equal(t, 30, *o.procedures(clerk, "en", "")["market-complaint"].step(t, "handling").Length)
	require.NotEmpty(t, o.ask(clerk, `{ procedures(on: "2026-02-30") { code } }`, nil).Errors)
}

func TestAProcedureIsFoundByItsId(t *testing.T) {
	t.Parallel()
	o := open(t)
	shown := o.procedures(clerk, "en", "")["medical-mediation"]
	require.Equal(t, schema.GlobalID("Procedure", "medical-mediation"), shown.ID)
	found := data[struct{ Nodes []*shownProcedure }](o, clerk,
		`query($ids: [ID!]!) { nodes(ids: $ids) { ... on Procedure { `+procedureFields+` } } }`,
		map[string]any{"ids": []string{shown.ID, schema.GlobalID("Procedure", "moon")}}).Nodes
	require.Equal(t, shown, *found[0])
	require.Nil(t, found[1])
}
