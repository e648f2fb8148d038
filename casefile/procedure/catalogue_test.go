package procedure_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

const today procedure.Date = "2026-11-22"

func step(t *testing.T, code, name string, on procedure.Date) procedure.Step {
	t.Helper()
	found, ok := procedure.Default().Step(code, name, on)
	require.True(t, ok, "%s has no step %s on %s", code, name, on)
	return found
}

func TestAProcedureIsFoundAsItStoodOnADay(t *testing.T) {
	t.Parallel()
	catalogue := procedure.Default()
	for code, changed := range map[string]procedure.Date{
		"public-order": "2026-01-01", "commercial-arbitration": "2026-03-01", "market-complaint": "2026-04-15",
	} {
		versions := catalogue.Versions(code)
		require.Len(t, versions, 2)
		require.Equal(t, changed, versions[1].EffectiveFrom)
		before, ok := catalogue.Find(code, versions[0].EffectiveTo)
		require.True(t, ok)
		require.Equal(t, versions[0].EffectiveFrom, before.EffectiveFrom)
		after, ok := catalogue.Find(code, changed)
		require.True(t, ok)
		require.Equal(t, changed, after.EffectiveFrom)
	}
	_, ok := catalogue.Find("petition", "2022-04-30")
	require.False(t, ok)
	_, ok = catalogue.Find("petition", "2022-05-01")
	require.True(t, ok)
	_, ok = catalogue.Step("petition", "moon", today)
	require.False(t, ok)
	_, ok = catalogue.Step("moon", "handling", today)
	require.False(t, ok)
	require.Nil(t, catalogue.Versions("moon"))
}

func TestTheProceduresOfADayAreListedByCode(t *testing.T) {
	t.Parallel()
	held := procedure.Default().Procedures(today)
	require.True(t, slices.IsSortedFunc(held, func(a, b procedure.Procedure) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	}))
	require.Greater(t, len(held), 40)
	for _, p := range held {
		require.True(t, p.On(today))
	}
	require.Less(t, len(procedure.Default().Procedures("2005-01-01")), 5)
}

func TestWhatACaseFollowsAlwaysHasAHandlingClock(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, p := range procedure.Default().Procedures(today) {
		if len(p.Applies) == 0 || len(p.Applies[0].Channels) > 0 {
			continue
		}
		seen++
		handling, ok := p.Step(procedure.Handling)
		require.True(t, ok, p.Code)
		require.Positive(t, handling.Length, p.Code)
		require.Equal(t, procedure.OwnerOffice, handling.Owner, p.Code)
	}
	require.Greater(t, seen, 15)
}

func TestAStepWithoutALengthIsNotStatutory(t *testing.T) {
	t.Parallel()
	require.True(t, step(t, "petition", "handling", today).Statutory())
	require.False(t, step(t, "petition", "competence-dispute", today).Statutory())
	require.False(t, step(t, "administrative-mediation", "handling", today).Statutory())
}

func TestExtensionsComeInTheirOrder(t *testing.T) {
	t.Parallel()
	first := step(t, "civil-litigation", "handling", today)
	next, ok := first.NextExtension(0)
	require.True(t, ok)
	require.Equal(t, procedure.Extension{MaxTimes: 1, MaxLength: 6, Unit: procedure.Months, Approver: procedure.ApproverCourtPresident}, next)
	for granted := 1; granted < 4; granted++ {
		next, ok = first.NextExtension(granted)
		require.True(t, ok)
		require.Equal(t, procedure.Extension{Approver: procedure.ApproverSuperiorOrgan}, next)
	}
	summary := step(t, "civil-litigation", "handling-summary", today)
	_, ok = summary.NextExtension(0)
	require.True(t, ok)
	_, ok = summary.NextExtension(1)
	require.False(t, ok)
	_, ok = step(t, "petition", "review", today).NextExtension(0)
	require.False(t, ok)
}

func TestWhatExpiryMeansIsAlwaysTold(t *testing.T) {
	t.Parallel()
	for _, p := range procedure.Default().Procedures(today) {
		for _, s := range p.Steps {
			told := s.OnExpiry.Describe()
			require.NotEmpty(t, told.ZH, "%s %s", p.Code, s.Code)
			require.NotEmpty(t, told.EN, "%s %s", p.Code, s.Code)
			cited := s.Citation.Describe()
			require.NotEmpty(t, cited.ZH)
			require.NotEmpty(t, cited.EN)
		}
	}
	require.Equal(t, "《信访工作条例》 第35条", step(t, "petition", "review", today).Citation.Describe().ZH)
	require.Equal(t, "设计选择，法律未规定", step(t, "commercial-mediation", "handling", today).Citation.Describe().ZH)
	require.Contains(t, step(t, "appraisal", "handling", today).Citation.Describe().EN, "text not read")
}

func TestADayIsADayOfTheCalendar(t *testing.T) {
	t.Parallel()
	for date, valid := range map[procedure.Date]bool{
		"2026-02-28": true, "2024-02-29": true, "2026-02-29": false, "2026-2-8": false, "": false, "20260228": false,
	} {
		require.Equal(t, valid, date.Valid(), date)
	}
}
