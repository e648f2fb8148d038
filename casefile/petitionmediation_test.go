package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

func TestAMediationWithinAnAppealHasItsOwnClockAndLeavesTheSixtyDaysAlone(t *testing.T) {
	t.Parallel()
	register := changed(aPetition(Appeal), func(r *RegisterCase) {
		r.Parties = append(r.Parties, Party{ID: "P2", Role: PartyResponsibleUnit, Kind: LegalPerson, UnitID: "bureau"})
	})
	l := investigated(t, "petition-clerk1", register, "petition-mediator1")
	petition := l.state.clock(StepHandling)
	require.Equal(t, "2026-05-02", day(petition.DueAt))
	l.does("petition-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("petition-mediator1", OpenMediation{Type: MediationPeoples, UnitID: "committee", MediatorID: "committee-mediator1"})
	require.Equal(t, "petition", l.state.Procedure)
	require.Equal(t, ConsentBothAgree, l.state.Mediations[0].ConsentMode, "访调对接: both sides agree")
	own := l.state.clockOf(StepHandling, "M1")
	require.Equal(t, "peoples-mediation", own.Procedure)
	require.Equal(t, "2026-04-03", day(own.DueAt))
	require.Equal(t, own.ID, Tasks(l.state, city)[0].DeadlineID)
	require.Equal(t, petition.ID, l.state.clock(StepHandling).ID)

	l.refuses("committee-mediator1", RecordSession{Minutes: "minutes"}, RefusedIncomplete, "")
	events := l.does("committee-mediator1", ConcludeMediation{Outcome: MediationRefused, Reason: "reason"})
	require.Equal(t, []string{"MediationConcluded", "DeadlineMet"}, l.types(events))
	require.Equal(t, ClockMet, l.state.clockOf(StepHandling, "M1").Status)
	require.Equal(t, ClockRunning, l.state.clock(StepHandling).Status, "the petition is still owed its opinion")
	require.Contains(t, l.state.notice(l.latest(NoticeMediationFailed)).Remedy.ZH, "书面处理意见")
	l.at(StageDecision)
}

func TestAMediatedAppealMeetsBothItsClocks(t *testing.T) {
	t.Parallel()
	l := investigated(t, "petition-clerk1", aPetition(Appeal), "petition-mediator1")
	l.does("petition-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("petition-mediator1", OpenMediation{Type: MediationPeoples})
	l.does("petition-mediator1", RecordConsent{PartyID: "P1", Consent: ConsentGiven})
	l.does("petition-mediator1", ConcludeMediation{Outcome: MediationAgreementWritten, Agreement: "agreement", SignedAt: l.now})
	require.Equal(t, OutcomeMediated, l.state.Outcome)
	require.Equal(t, ClockMet, l.state.clockOf(StepHandling, "M1").Status)
	require.Equal(t, ClockMet, l.state.clock(StepHandling).Status)
}

func TestAnExpiredClockOfAnAppealsMediationEndsThatMediationAlone(t *testing.T) {
	t.Parallel()
	l := investigated(t, "petition-clerk1", aPetition(Appeal), "petition-mediator1")
	l.does("petition-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("petition-mediator1", OpenMediation{Type: MediationJudicial, CourtStage: CourtFiledSummary})
	own := l.state.clockOf(StepHandling, "M1")
	require.Equal(t, procedure.EffectReturnToTrial, own.Effect)
	require.Equal(t, "2026-03-10", day(own.DueAt), "7 days")
	l.now = shanghai("2026-03-11 00:11:00")
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted", "MediationConcluded", "DeadlineMet"}, l.types(l.does("", PassTime{})))
	l.at(StageDecision)
	require.Empty(t, l.state.Outcome)
	require.Equal(t, ClockRunning, l.state.clock(StepHandling).Status)
}

func TestWhatBelongsToAnotherProcedureIsNotMediated(t *testing.T) {
	t.Parallel()
	l := investigated(t, "petition-clerk1", aPetition(Appeal), "petition-mediator1")
	for route, code := range map[LegalRoute]RefusalCode{
		RouteLitigation: RefusedInvalid, RouteAdministrativeProcedure: RefusedInvalid, RoutePartyAppeal: RefusedInvalid,
	} {
		l.state.Route = route
		refusal := l.refuses("petition-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation}, code, "path")
		require.Contains(t, refusal.MessageZH, "访调对接")
	}
}
