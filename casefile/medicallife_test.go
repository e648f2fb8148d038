package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// until lets time pass up to an instant, waking the case when it wants to be woken, and
// returns what time alone brought about: "2026-03-07 PauseOutlasted" by the legal day.
func (l *life) until(at string) []string {
	l.t.Helper()
	var told []string
	end := shanghai(at)
	for {
		wake, waits := NextWake(l.state)
		if !waits || wake.After(end) {
			break
		}
		l.now = wake
		for _, event := range l.does("", PassTime{}) {
			told = append(told, day(event.EffectiveAt)+" "+event.Type())
		}
	}
	l.now = end
	return told
}

func TestTheLifeOfAMedicalDisputeOverSpringFestival(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.now = shanghai("2026-01-29 09:00:00")
	l.does("center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category, r.Division = "D-MEDICAL", "530402" }))
	require.Equal(t, "2026-02-13", day(l.state.clock(StepAcceptance).DueAt), "15 days")
	require.Equal(t, ConfidentialityRestricted, l.state.Confidentiality)

	require.Empty(t, l.until("2026-01-30 09:00:00"))
	l.does("center-manager1", AcceptCase{})
	l.does("center-manager1", AssignCase{PersonID: "center-mediator1"})
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("center-mediator1", OpenMediation{
		Type: MediationPeoples, UnitID: "medical", MediatorID: "medical-mediator1", ChosenBy: []string{"P1", "P2"},
	})
	require.Equal(t, "medical-mediation", l.state.Procedure)
	handling := l.state.clock(StepHandling)
	require.Equal(t, "2026-03-19", day(handling.DueAt), "30 working days, with Spring Festival from 15 to 23 February and two make-up Saturdays")
	require.Equal(t, procedure.EffectDeemedFailed, handling.Effect)

	require.Empty(t, l.until("2026-02-02 10:00:00"))
	l.does("medical-mediator1", RecordConsent{PartyID: "P1", Consent: ConsentGiven})
	l.does("medical-mediator1", RecordConsent{PartyID: "P2", Consent: ConsentGiven})

	require.Empty(t, l.until("2026-02-04 10:00:00"))
	l.does("medical-mediator1", SuspendClock{DeadlineID: handling.ID, Reason: procedure.PauseAppraisal, Until: "2026-03-06", Note: "note"})
	require.Equal(t, "2026-04-16", day(l.state.clock(StepHandling).DueAt), "two days counted; 28 more from Monday 9 March, over Qingming")
	require.True(t, l.state.clock(StepHandling).Provisional)
	require.Equal(t, []string{"2026-03-07 PauseOutlasted"}, l.until("2026-03-09 08:00:00"), "the appraisal was expected by Friday")
	l.does("medical-mediator1", ResumeClock{DeadlineID: handling.ID})
	resumed := l.state.clock(StepHandling)
	require.Equal(t, "2026-04-16", day(resumed.DueAt))
	require.False(t, resumed.Provisional)

	require.Empty(t, l.until("2026-03-10 14:00:00"))
	l.does("medical-mediator1", RecordSession{Mode: SessionOnSite, Minutes: "minutes"})
	require.Empty(t, l.until("2026-03-17 14:00:00"))
	l.does("medical-mediator1", RecordSession{Mode: SessionRemote, Minutes: "minutes"})
	require.Empty(t, l.until("2026-03-20 15:00:00"))
	l.does("medical-mediator1", ConcludeMediation{
		Outcome: MediationAgreementWritten, Agreement: "agreement", AgreedAmount: pointer(int64(18_000_000)), SignedAt: l.now, SealedAt: l.now,
		Performance: []PerformanceDue{pays(8_000_000, "2026-03-31"), pays(5_000_000, "2026-04-30"), pays(5_000_000, "2026-08-31")},
	})
	require.Equal(t, OutcomeAgreementWritten, l.state.Outcome)
	require.True(t, *l.state.ConcludedOnTime)
	require.Equal(t, ClockMet, l.state.clock(StepHandling).Status)
	require.Equal(t, "2026-03-20", day(l.state.ConcludedAt))
	window := l.state.clockOf(stepApplication, "M1")
	require.Equal(t, "2026-04-20", day(window.DueAt), "30 days end on Sunday 19 April and roll to Monday (民事诉讼法 art 85)")
	for id, due := range map[string]string{"Y1": "2026-03-31", "Y2": "2026-04-30", "Y3": "2026-08-31"} {
		require.Equal(t, due, day(l.state.promiseClock(id).DueAt))
	}

	require.Empty(t, l.until("2026-03-23 09:00:00"))
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeAgreementWritten, Summary: "summary"})
	require.Empty(t, l.until("2026-03-24 09:00:00"))
	l.does("center-leader1", VerifyClosure{})
	require.Empty(t, l.until("2026-03-25 09:00:00"))
	l.does("center-manager1", satisfied("P1"))
	l.does("center-manager1", satisfied("P2"))
	l.at(StageClosed)
	require.False(t, Finished(l.state), "three instalments and a window outlive the case")
	require.Empty(t, Tasks(l.state, city))

	require.Empty(t, l.until("2026-03-30 16:00:00"))
	l.does("medical-mediator1", RecordPerformance{PerformanceID: "Y1", Source: PerformedByInsurance, Note: "note"})
	require.Equal(t, ClockMet, l.state.promiseClock("Y1").Status)
	require.Equal(t, []string{"2026-04-20 DeadlineMissed"}, l.until("2026-04-27 10:00:00"), "nobody asked the court: the window lapses, and nobody is urged")
	l.does("center-clerk1", RecordPerformance{PerformanceID: "Y2", Amount: pointer(int64(2_000_000))})
	require.Empty(t, l.until("2026-04-30 17:00:00"))
	l.does("center-clerk1", RecordPerformance{PerformanceID: "Y2", Amount: pointer(int64(3_000_000))})
	require.Equal(t, ClockMet, l.state.promiseClock("Y2").Status)
	require.Equal(t, "2026-04-30", day(l.state.promiseClock("Y2").MetAt), "on its last day")

	require.Equal(t, []string{"2026-08-31 DeadlineMissed", "2026-08-31 PerformanceOverdue"}, l.until("2026-09-02 09:00:00"))
	require.True(t, Finished(l.state), "nothing is left to wait for")
	require.Equal(t, []string{"urge:Y3"}, taskIDs(l))
	for _, party := range []string{"P1", "P2"} {
		l.does("medical-mediator1", RecordService{DocumentID: "N1", PartyID: party, Method: ServedInPerson, ServedAt: l.now})
	}
	require.Empty(t, taskIDs(l))
	l.until("2026-09-10 09:00:00")
	l.does("medical-mediator1", RecordPerformance{PerformanceID: "Y3", Source: PerformedByFund})
	require.Equal(t, "2026-09-10", day(l.state.Mediations[0].PerformedAt("Y3")))
	require.Equal(t, ClockMissed, l.state.promiseClock("Y3").Status)
	require.Empty(t, l.state.Orders, "no unit was supervised for what a party owed")
	require.NoError(t, checkRecord("case-1", l.events))
}
