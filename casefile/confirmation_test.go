package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/category"
)

func TestAnAgreementIsConfirmedByTheCourtAfterTheCaseWasClosed(t *testing.T) {
	t.Parallel()
	l := promising(t)
	l.closing()
	l.now = shanghai("2026-03-30 10:00:00")
	l.refuses("center-clerk1", RecordConfirmation{}, RefusedRequired, "result")
	l.refuses("center-clerk1", RecordConfirmation{Result: ConfirmationConfirmed}, RefusedRequired, "appliedAt")
	l.refuses("center-clerk1", RecordConfirmation{Result: ConfirmationApplied, CourtUnitID: "bureau"}, RefusedInvalid, "courtUnitId")
	l.refuses("center-clerk1", RecordConfirmation{Result: ConfirmationApplied, MediationID: "M9"}, RefusedNotFound, "mediationId")
	events := l.does("center-clerk1", RecordConfirmation{Result: ConfirmationApplied, CourtUnitID: "court"})
	require.Equal(t, []string{"ConfirmationRecorded", "DeadlineMet", "DeadlineStarted"}, l.types(events))
	require.Equal(t, ClockMet, l.state.clockOf(stepApplication, "M1").Status)
	court := l.state.clockOf(StepHandling, "J1")
	require.Equal(t, "2026-04-29", day(court.DueAt), "30 days for the court (民事诉讼法 arts 187, 206)")
	require.False(t, court.OfOffice())
	l.refuses("center-clerk1", RecordConfirmation{Result: ConfirmationApplied}, RefusedAlreadyDone, "result")

	l.now = shanghai("2026-05-01 10:00:00")
	require.Equal(t, []string{"DeadlineMissed"}, l.types(l.does("", PassTime{})), "no order to a court")
	require.True(t, Finished(l.state))
	l.refuses("center-clerk1", RecordConfirmation{Result: ConfirmationConfirmed}, RefusedOutOfOrder, "effectiveAt",
		effective(shanghai("2026-03-29 10:00:00")), because("reason"))
	l.does("center-clerk1", RecordConfirmation{Result: ConfirmationConfirmed})
	require.Equal(t, "2026-05-01", day(l.state.Mediations[0].ConfirmedAt()))
	require.Equal(t, "court", l.state.Mediations[0].Confirmation.CourtUnitID)
	l.refuses("center-clerk1", RecordConfirmation{Result: ConfirmationRejected}, RefusedIncomplete, "")
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestTheWindowForConfirmationCountsFromTheSealAndLapses(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	signed := l.now
	l.now = shanghai("2026-03-05 10:00:00")
	l.does("center-mediator1", ConcludeMediation{
		Outcome: MediationAgreementWritten, Agreement: "agreement", SignedAt: signed, SealedAt: l.now,
	})
	window := l.state.clockOf(stepApplication, "M1")
	require.Equal(t, "2026-04-07", day(window.DueAt), "30 days from 5 March end on 4 April, Qingming, and roll to the first working day after it")
	l.now = shanghai("2026-04-08 00:11:00")
	require.Contains(t, l.types(l.does("", PassTime{})), "DeadlineMissed")
	require.Empty(t, l.state.Notices)
	events := l.does("center-mediator1", RecordConfirmation{Result: ConfirmationApplied})
	require.Equal(t, []string{"ConfirmationRecorded", "DeadlineMet", "DeadlineStarted"}, l.types(events), "what the parties did is recorded; the court answers it")
	require.Equal(t, ClockMissed, l.state.clockOf(stepApplication, "M1").Status)
}

func TestWhatNoCourtConfirmsHasNoWindow(t *testing.T) {
	t.Parallel()
	agreed := func(code string, outcome MediationOutcome) *life {
		l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category = code }), "center-mediator1")
		l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
		l.does("center-mediator1", OpenMediation{Type: MediationPeoples})
		act := ConcludeMediation{Outcome: outcome, Agreement: "agreement"}
		if outcome == MediationAgreementWritten {
			act.SignedAt = l.now
		}
		l.does("center-mediator1", act)
		return l
	}
	require.NotNil(t, agreed("D-FAMILY-PROPERTY", MediationAgreementWritten).state.clockOf(stepApplication, "M1"))
	require.Nil(t, agreed("D-FAMILY-DIVORCE", MediationAgreementWritten).state.clockOf(stepApplication, "M1"))
	require.Nil(t, agreed("D-FOREST-LAND-BOUNDARY", MediationAgreementWritten).state.clockOf(stepApplication, "M1"))
	require.Nil(t, agreed("D-NEIGHBOUR", MediationAgreementOral).state.clockOf(stepApplication, "M1"))
}

func TestEveryExcludedCategoryIsOnTheList(t *testing.T) {
	t.Parallel()
	for _, p := range ShippedLaw().Catalogue().All() {
		if p.Excludes == nil {
			continue
		}
		for _, code := range p.Excludes.Categories {
			_, known := category.Find(category.Dispute, code)
			require.True(t, known, "%s excludes %s", p.Code, code)
		}
	}
}

func TestNoCourtsTimeRunsForAnAgreementWhosePlaceALaterOneHasTaken(t *testing.T) {
	t.Parallel()
	l := promising(t, pays(100_000, "2026-06-20"))
	l.does("center-clerk1", RecordConfirmation{Result: ConfirmationApplied})
	asked := l.state.Mediations[0].Confirmation.ID
	require.Equal(t, ClockRunning, l.state.clockOfAnyRound(StepHandling, asked).Status)
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeAgreementWritten, Summary: "summary"})
	l.does("center-manager1", RejectClosure{Reason: "reason"})
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("center-mediator1", OpenMediation{Type: MediationPeoples})
	l.does("center-mediator1", ConcludeMediation{Outcome: MediationAgreementOral, Agreement: "record"})
	l.refuses("center-clerk1", RecordConfirmation{MediationID: "M1", Result: ConfirmationConfirmed}, RefusedIncomplete, "")
	require.Equal(t, ClockCancelled, l.state.clockOfAnyRound(StepHandling, asked).Status)
}
