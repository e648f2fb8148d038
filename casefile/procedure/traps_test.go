package procedure_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

func TestTrap1APetitionCountsCalendarDaysButForTheObjection(t *testing.T) {
	t.Parallel()
	p, ok := procedure.Default().Find("petition", today)
	require.True(t, ok)
	working := []string{}
	for _, s := range p.Steps {
		if s.Unit == procedure.WorkingDays {
			working = append(working, s.Code)
		}
		require.False(t, s.RollForward, s.Code)
	}
	require.Equal(t, []string{"objection"}, working)
	objection := step(t, "petition", "objection", today)
	require.Equal(t, 5, objection.Length)
	require.Equal(t, "23", objection.Citation.Article)
	require.Equal(t, procedure.EffectTreatedAsAccepted, objection.OnExpiry.Effect)
	require.True(t, objection.OnExpiry.DesignChoice)
	for _, name := range []string{"registration", "acceptance", "acceptance-forwarded"} {
		require.Equal(t, 15, step(t, "petition", name, today).Length)
	}
}

func TestTrap2OnlyTheReReviewPausesForAHearing(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"handling", "review"} {
		require.Empty(t, step(t, "petition", name, today).Pauses, name)
	}
	reReview := step(t, "petition", "re-review", today)
	require.True(t, reReview.PausedBy(procedure.PauseHearing))
	require.Equal(t, "36", reReview.Citation.Article)
}

func TestTrap3NoWordOfTheRegulationsThatIsNotInThem(t *testing.T) {
	t.Parallel()
	for _, p := range procedure.Default().Procedures(today) {
		for _, s := range p.Steps {
			if s.Citation.Law != "信访工作条例" {
				continue
			}
			for _, word := range []string{"首接首办", "五级书记", "初信初访", "简易办理"} {
				require.NotContains(t, s.Name.ZH+s.Remark.ZH+s.OnExpiry.ZH, word, s.Code)
			}
		}
	}
	require.NotEqual(t, "信访工作条例", step(t, "petition-summary", "handling", today).Citation.Law)
	duty := step(t, "leadership-package", "duty", today)
	require.Equal(t, procedure.Citation{Law: "信访工作条例", Article: "18", Verified: true}, duty.Citation)
	require.False(t, step(t, "leadership-package", "resolution", today).Citation.Verified)
}

func TestTrap4ThePublicOrderCaseOfTheRevision(t *testing.T) {
	t.Parallel()
	now := step(t, "public-order", "case", "2026-01-01")
	require.Equal(t, procedure.EventCaseFiled, now.CountedFrom)
	require.Equal(t, "118", now.Citation.Article)
	require.Equal(t, []procedure.Pause{procedure.PauseAppraisal, procedure.PauseHearing}, now.Pauses)
	require.Equal(t, []procedure.Extension{{MaxTimes: 2, MaxLength: 30, Unit: procedure.CalendarDays, Approver: procedure.ApproverSuperiorOrgan}}, now.Extensions)
	before := step(t, "public-order", "case", "2025-12-31")
	require.Equal(t, procedure.EventAccepted, before.CountedFrom)
	require.Equal(t, "99", before.Citation.Article)
	require.Equal(t, []procedure.Pause{procedure.PauseAppraisal}, before.Pauses)
	require.Equal(t, 1, before.Extensions[0].MaxTimes)
	require.Equal(t, "9", step(t, "public-order", "settlement-performed", "2026-01-01").Citation.Article)
}

func TestTrap5TheArbitrationLawOf2026(t *testing.T) {
	t.Parallel()
	setAside := step(t, "commercial-arbitration", "set-aside", "2026-03-01")
	require.Equal(t, 3, setAside.Length)
	require.Equal(t, procedure.Months, setAside.Unit)
	require.Equal(t, "72", setAside.Citation.Article)
	require.Equal(t, "35", step(t, "commercial-arbitration", "acceptance", "2026-03-01").Citation.Article)
	former := step(t, "commercial-arbitration", "set-aside", "2026-02-28")
	require.Equal(t, 6, former.Length)
	require.Equal(t, "59", former.Citation.Article)
	require.Equal(t, "24", step(t, "commercial-arbitration", "acceptance", "2026-02-28").Citation.Article)
}

// The log-keeping article of the Cybersecurity Law is no step of a case: nothing in the
// catalogue cites that law, under its old number or its new one.
func TestTrap6NoStepCitesTheCybersecurityLaw(t *testing.T) {
	t.Parallel()
	eachStep(func(p procedure.Procedure, s procedure.Step) {
		require.NotContains(t, s.Citation.Law, "网络安全法", "%s %s", p.Code, s.Code)
	})
}

func TestTrap7JudicialConfirmationUnderItsNewNumbers(t *testing.T) {
	t.Parallel()
	application := step(t, "judicial-confirmation", "application", today)
	require.Equal(t, "33; 205", application.Citation.Article)
	require.Equal(t, 30, application.Length)
	require.Equal(t, procedure.OwnerCitizen, application.Owner)
	require.Equal(t, "187, 206", step(t, "judicial-confirmation", "handling", today).Citation.Article)
	eachStep(func(p procedure.Procedure, s procedure.Step) {
		if strings.Contains(s.Citation.Law, "民事诉讼法") {
			require.NotContains(t, s.Citation.Article, "194", p.Code)
			require.NotContains(t, s.Citation.Article, "201", p.Code)
		}
	})
}

func TestTrap8TheMarketRegulatorsNewMeasures(t *testing.T) {
	t.Parallel()
	former := step(t, "market-complaint", "handling", "2026-04-14")
	require.Equal(t, 45, former.Length)
	require.Equal(t, procedure.WorkingDays, former.Unit)
	require.Contains(t, former.Citation.Law, "令第20号")
	unread := step(t, "market-complaint", "mediation", "2026-04-15")
	require.Zero(t, unread.Length)
	require.Contains(t, unread.Citation.Law, "令第121号")
	require.True(t, step(t, "market-complaint", "handling", "2026-04-15").Citation.DesignChoice)
	eachStep(func(p procedure.Procedure, s procedure.Step) {
		if p.Code == "market-complaint" || p.Code == "consumer-complaint" {
			require.NotEqual(t, 60, s.Length, "the 60 days of the old rule are gone")
			require.False(t, s.Citation.Verified && strings.Contains(s.Citation.Law, "令第"))
		}
	})
}

func TestTrap9NoAmountDecidesAMedicalDispute(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"medical-mediation", "medical-administrative-mediation", "medical-evidence"} {
		p, ok := procedure.Default().Find(code, today)
		require.True(t, ok)
		for _, s := range p.Steps {
			require.Nil(t, s.Limit)
			require.NotContains(t, s.Remark.ZH+s.When.ZH, "元")
			require.NotContains(t, s.Remark.ZH+s.When.ZH, "数额")
		}
	}
}

func TestTrap10TrafficMediationRunsFromItsStart(t *testing.T) {
	t.Parallel()
	require.Equal(t, procedure.EventMediationStarted, step(t, "traffic-police-mediation", "handling", today).CountedFrom)
	for name, from := range map[string]procedure.Event{
		"handling-death": procedure.EventFuneralEnded, "handling-injury": procedure.EventTreatmentEnded,
		"handling-disability": procedure.EventDisabilityAssessed, "handling-damage": procedure.EventLossFixed,
	} {
		s := step(t, "traffic-police-mediation", name, today)
		require.Equal(t, 10, s.Length)
		require.Equal(t, from, s.CountedFrom)
		require.Equal(t, procedure.EventApplicationAccepted, s.NotBefore, "unless the application came later")
		require.Contains(t, s.Citation.Article, "90")
	}
}

// eachStep walks all steps of all versions.
func eachStep(visit func(procedure.Procedure, procedure.Step)) {
	seen := map[string]bool{}
	for _, day := range []procedure.Date{"2025-12-31", "2026-02-28", "2026-04-14", today} {
		for _, p := range procedure.Default().Procedures(day) {
			if key := p.Code + string(p.EffectiveFrom); !seen[key] {
				seen[key] = true
				for _, s := range p.Steps {
					visit(p, s)
				}
			}
		}
	}
}
