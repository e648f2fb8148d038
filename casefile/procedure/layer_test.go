package procedure_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// stricter extends the petition procedure by one step, handled in 45 days.
const stricter = `{
  "code": "petition",
  "extends": true,
  "effectiveFrom": "2025-01-01",
  "effectiveTo": "2025-12-31",
  "steps": [
    {
      "code": "handling",
      "name": {"zh": "办理", "en": "handling"},
      "length": 45,
      "unit": "CALENDAR_DAYS",
      "countedFrom": "ACCEPTED",
      "extensions": [{"approver": "UNIT_HEAD", "maxTotal": 15, "unit": "CALENDAR_DAYS", "tellParties": true}],
      "metBy": "DECISION_ISSUED",
      "owner": "OFFICE",
      "onExpiry": {"effect": "ESCALATE"},
      "citation": {"law": "本市信访办法", "article": "7", "verified": true},
      "stricter": true
    },
    {
      "code": "urgent-report",
      "name": {"zh": "紧急报告", "en": "urgent report"},
      "length": 2,
      "unit": "HOURS",
      "countedFrom": "RECEIVED",
      "metBy": "REPORTED",
      "owner": "OFFICE",
      "onExpiry": {"effect": "ESCALATE"},
      "citation": {"law": "本市信访办法", "article": "8", "verified": true}
    }
  ]
}`

func with(t *testing.T, text string) (*procedure.Catalogue, error) {
	t.Helper()
	layer, err := load(t, text)
	require.NoError(t, err)
	return procedure.Default().With(layer)
}

func TestALocalLayerAddsItsOwnProcedures(t *testing.T) {
	t.Parallel()
	catalogue, err := with(t, sound)
	require.NoError(t, err)
	reply, ok := catalogue.Step("hotline-12345", "reply", "2026-01-01")
	require.True(t, ok)
	require.True(t, reply.Local)
	require.False(t, reply.Statutory())
	_, ok = procedure.Default().Find("hotline-12345", "2026-01-01")
	require.False(t, ok, "the statutory catalogue stays as it is")
}

func TestAStricterLocalStepHoldsForItsDays(t *testing.T) {
	t.Parallel()
	catalogue, err := with(t, stricter)
	require.NoError(t, err)
	for day, length := range map[procedure.Date]int{
		"2022-05-01": 60, "2024-12-31": 60, "2025-01-01": 45, "2025-12-31": 45, "2026-01-01": 60,
	} {
		p, ok := catalogue.Find("petition", day)
		require.True(t, ok, day)
		handling, _ := p.Step(procedure.Handling)
		require.Equal(t, length, handling.Length, day)
		require.Equal(t, length == 45, handling.Local, day)
		_, urgent := p.Step("urgent-report")
		require.Equal(t, length == 45, urgent, day)
		require.Equal(t, "信访事项（申诉求决）", p.Name.ZH)
		review, _ := p.Step("review")
		require.Equal(t, 30, review.Length)
	}
	versions := catalogue.Versions("petition")
	require.Len(t, versions, 3)
	require.Equal(t, procedure.Date("2024-12-31"), versions[0].EffectiveTo)
	require.Equal(t, procedure.Date("2025-01-01"), versions[1].EffectiveFrom)
	require.Equal(t, "petition.json + a.json", versions[1].File)
	require.Equal(t, procedure.Date("2026-01-01"), versions[2].EffectiveFrom)
	require.Empty(t, versions[2].EffectiveTo)
	choice, err := catalogue.For(procedure.Criteria{Kind: procedure.KindPetition, PetitionType: procedure.Appeal}, "2025-06-01")
	require.NoError(t, err)
	require.Equal(t, "a.json", strings.TrimPrefix(choice.Procedure.File, "petition.json + "))
}

func TestALocalLayerOverTwoVersionsIsCutBetweenThem(t *testing.T) {
	t.Parallel()
	catalogue, err := with(t, strings.NewReplacer(
		`"petition"`, `"public-order"`, `"effectiveTo": "2025-12-31",`, ``, `"handling"`, `"case"`, `"length": 45`, `"length": 20`,
		`"ACCEPTED"`, `"CASE_FILED"`, `"DECISION_ISSUED"`, `"PENALTY_DECIDED"`, `"2025-01-01"`, `"2026-01-01"`,
		`"extensions": [{"approver": "UNIT_HEAD", "maxTotal": 15, "unit": "CALENDAR_DAYS", "tellParties": true}],`, ``,
	).Replace(stricter))
	require.NoError(t, err)
	former, ok := catalogue.Step("public-order", "case", "2025-12-31")
	require.True(t, ok)
	require.Equal(t, 30, former.Length)
	now, ok := catalogue.Step("public-order", "case", "2026-01-01")
	require.True(t, ok)
	require.Equal(t, 20, now.Length)
	require.Len(t, catalogue.Versions("public-order"), 2)
}

func TestALocalRuleMayNotContradictTheLaw(t *testing.T) {
	t.Parallel()
	for reason, pairs := range map[string][]string{
		"step handling: petition has this step (petition.json); say stricter": {`,
      "stricter": true`, ``},
		"step handling: 60 is not shorter than the law's 60": {`"length": 45`, `"length": 60`},
		"step handling: in WORKING_DAYS, the law counts in CALENDAR_DAYS": {`"length": 45,
      "unit": "CALENDAR_DAYS"`, `"length": 30,
      "unit": "WORKING_DAYS"`, `"extensions": [{"approver": "UNIT_HEAD", "maxTotal": 15, "unit": "CALENDAR_DAYS", "tellParties": true}],`, ``},
		"step handling: counted from RECEIVED, the law counts from ACCEPTED": {`"ACCEPTED"`, `"RECEIVED"`},
		"step handling: met by FORWARDED, in law by DECISION_ISSUED":         {`"DECISION_ISSUED"`, `"FORWARDED"`},
		"step handling: pauses for HEARING, the law doesn't":                 {`"extensions"`, `"pauses": ["HEARING"], "extensions"`},
		"step handling: restarts, the law doesn't":                           {`"extensions"`, `"restarts": ["LIMITATION_INTERRUPTED"], "extensions"`},
		"step handling: an extension beyond the law's":                       {`"maxTotal": 15`, `"maxTotal": 31`},
		"step handling: an extension approved by SUPERIOR_ORGAN, in law by":  {`"UNIT_HEAD"`, `"SUPERIOR_ORGAN"`},
		"step handling: an extension that the parties are not told of":       {`, "tellParties": true`, ``},
		"step handling: an extension that the law doesn't give":              {`[{"approver": "UNIT_HEAD"`, `[{"approver": "UNIT_HEAD", "maxTimes": 1, "maxTotal": 5, "unit": "CALENDAR_DAYS", "tellParties": true}, {"approver": "UNIT_HEAD"`},
		"step handling: rolls over rest days, the law doesn't say so":        {`"extensions"`, `"rollForward": true, "rollCitation": {"designChoice": true}, "extensions"`},
		"step handling: expiry means NONE_STATED, in law ESCALATE":           {`"ESCALATE"`, `"NONE_STATED"`},
		"step handling: another owner than the law's": {`"OFFICE",
      "onExpiry": {"effect": "ESCALATE"}`, `"CITIZEN",
      "onExpiry": {"effect": "NONE_STATED"}`},
		"step handling: stricter without a length": {`"length": 45,
      "unit": "CALENDAR_DAYS",`, ``, `"extensions": [{"approver": "UNIT_HEAD", "maxTotal": 15, "unit": "CALENDAR_DAYS", "tellParties": true}],`, ``},
		"step review-request: a citizen's time is not for a local rule":    {`"code": "handling"`, `"code": "review-request"`},
		"step moonshine: stricter than nothing: petition has no such step": {`"code": "handling"`, `"code": "moonshine"`},
		"a.json: extends moonshine, and there is no such procedure":        {`"code": "petition"`, `"code": "moonshine"`},
		"a.json: extends petition on days on which no version of it holds": {"2025-01-01", "2021-01-01", "2025-12-31", "2021-12-31"},
		"a.json: petition is there already; say extends":                   {`"extends": true`, `"name": {"zh": "甲", "en": "a"}`},
	} {
		text := stricter
		for i := 0; i < len(pairs); i += 2 {
			require.Contains(t, text, pairs[i], reason)
			text = strings.Replace(text, pairs[i], pairs[i+1], 1)
		}
		catalogue, err := with(t, text)
		require.ErrorContains(t, err, reason)
		require.Nil(t, catalogue)
	}
	_, err := with(t, changed(t, `"length": 5`, `"stricter": true, "length": 5`))
	require.ErrorContains(t, err, "step reply: stricter than nothing")
}

func TestTwoLocalFilesMayNotHoldOnOneDay(t *testing.T) {
	t.Parallel()
	layer, err := load(t, stricter, strings.Replace(stricter, "2025-01-01", "2025-12-31", 1))
	require.NoError(t, err)
	_, err = procedure.Default().With(layer)
	require.ErrorContains(t, err, "b.json: petition holds from 2025-12-31, while the version in a.json still does")
}

func TestALengthMayBeGivenWhereTheLawGivesNone(t *testing.T) {
	t.Parallel()
	catalogue, err := with(t, strings.NewReplacer(
		`"petition"`, `"market-complaint"`, `"handling"`, `"mediation"`, `"DECISION_ISSUED"`, `"MEDIATION_CONCLUDED"`,
		"2025-01-01", "2026-05-01", `"effectiveTo": "2025-12-31",`, ``, `{"effect": "ESCALATE"}`, `{"effect": "MEDIATION_ENDS"}`,
	).Replace(stricter))
	require.NoError(t, err)
	given, ok := catalogue.Step("market-complaint", "mediation", today)
	require.True(t, ok)
	require.Equal(t, 45, given.Length)
	require.True(t, given.Local)
	unread, ok := catalogue.Step("market-complaint", "mediation", "2026-04-30")
	require.True(t, ok)
	require.Zero(t, unread.Length)
}

func TestALocalRuleTakesThePlaceOfAChoiceThatNoLawMade(t *testing.T) {
	t.Parallel()
	hours := strings.NewReplacer(`"petition"`, `"dispute-intake"`, `"handling"`, `"acceptance"`, `"stricter": true`, `"guideline": false`,
		`"length": 45`, `"length": 24`, `"CALENDAR_DAYS"`, `"HOURS"`, `"ACCEPTED"`, `"RECEIVED"`).Replace(stricter)
	catalogue, err := with(t, hours)
	require.NoError(t, err)
	step, ok := catalogue.Step("dispute-intake", procedure.Acceptance, "2025-03-02")
	require.True(t, ok)
	require.Equal(t, 24, step.Length)
	require.Equal(t, procedure.Hours, step.Unit)
	require.True(t, step.Local)

	_, err = with(t, strings.Replace(strings.Replace(hours, `"OFFICE"`, `"CITIZEN"`, 1), `"ESCALATE"`, `"RIGHT_LAPSES"`, 1))
	require.ErrorContains(t, err, "step acceptance: its owner is CITIZEN")
}
