package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTheConsentModeFollowsFromTheProcedure(t *testing.T) {
	t.Parallel()
	require.Equal(t, ConsentNotRefused, mediated(t, MediationPeoples).state.Mediations[0].ConsentMode)
	require.Equal(t, ConsentBothAgree, mediated(t, MediationCommercial).state.Mediations[0].ConsentMode)

	l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category = "D-TRAFFIC" }), "center-mediator1")
	l.does("center-clerk1", AmendCase{Procedure: "traffic-police-mediation", Reason: "reason"})
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	open := OpenMediation{Type: MediationAdministrative}
	refusal := l.refuses("center-mediator1", open, RefusedRequired, "jointRequest")
	require.Contains(t, refusal.MessageZH, "《道路交通事故处理程序规定》 第86条")
	open.JointRequest = "request"
	l.does("center-mediator1", open)
	require.Equal(t, ConsentJointWritten, l.state.Mediations[0].ConsentMode)
	l.does("center-mediator1", RecordSession{Minutes: "minutes"})
	l.does("center-mediator1", RecordConsent{PartyID: "P2", Consent: ConsentWithdrawn})
	l.refuses("center-mediator1", RecordSession{Minutes: "minutes"}, RefusedIncomplete, "")
	l.does("center-mediator1", ConcludeMediation{Outcome: MediationWithdrawn, Reason: "reason"})
}

func TestATrafficMediationEndsWithItsTenDays(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category = "D-TRAFFIC" }), "center-mediator1")
	l.does("center-clerk1", AmendCase{Procedure: "traffic-police-mediation", Reason: "reason"})
	require.Nil(t, runningOf(l, StepHandling), "it is counted from the start of the mediation")
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.later(48 * time.Hour)
	l.does("center-mediator1", OpenMediation{Type: MediationAdministrative, JointRequest: "request"})
	require.Equal(t, "2026-03-15", day(l.state.clock(StepHandling).DueAt), "ten days from 5 March")
	l.now = shanghai("2026-03-16 00:11:00")
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted", "MediationConcluded", "CaseConcluded", "DeadlineMet"}, l.types(l.does("", PassTime{})))
	require.Equal(t, MediationFailed, l.state.Mediations[0].Outcome)
	require.Equal(t, "制作调解书或者调解终结书", l.state.Notices[0].Remedy.ZH)
}

func runningOf(l *life, step string) *Deadline {
	if clock := l.state.clock(step); clock != nil && clock.Running() {
		return clock
	}
	return nil
}

func TestAMonthOfPeoplesMediationIsNoLimit(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	require.True(t, l.state.clock(StepHandling).Guideline)
	l.now = l.state.clock(StepHandling).End().AddDate(0, 0, 1)
	require.Contains(t, l.types(l.does("", PassTime{})), "DeadlineMissed")
	require.NotNil(t, l.state.openMediation(), "generally within a month: nothing ends")
	l.does("center-mediator1", ConcludeMediation{Outcome: MediationFailed, Reason: "reason"})
	require.Contains(t, l.state.Notices[0].Remedy.ZH, "仲裁、行政、司法途径")
}

func TestALabourDisputeMayGoOnOrBeArbitratedWhenItsTimeIsUp(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category = "D-LABOUR" }), "center-mediator1")
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("center-mediator1", OpenMediation{Type: MediationPeoples})
	require.Equal(t, "labour-mediation", l.state.Procedure)
	require.Equal(t, "2026-03-18", day(l.state.clock(StepHandling).DueAt), "15 days from receipt")
	l.now = shanghai("2026-03-19 00:11:00")
	events := l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineMissed", "SupervisionOrdered", "DeadlineStarted", "RemedyOffered"}, l.types(events))
	require.NotNil(t, l.state.openMediation(), "offered, not forced")
	require.Equal(t, NoticeRemedy, l.state.Notices[0].Kind)
	require.Equal(t, "2026-03-18", day(l.state.Notices[0].IssuedAt))
	require.Contains(t, Sentence(events[3], city, Chinese), "当事人可以依法申请仲裁")
	require.Contains(t, taskIDs(l), "serve:N1")
	l.does("center-mediator1", ConcludeMediation{Outcome: MediationAgreementOral, Agreement: "record"})
	require.Equal(t, OutcomeAgreementOral, l.state.Outcome)
}

func TestAContractedLandDisputeIsOfferedArbitrationToo(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category = "D-FOREST-LAND-CONTRACTED" }), "center-mediator1")
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("center-mediator1", OpenMediation{Type: MediationPeoples})
	l.now = l.state.clock(StepHandling).End().AddDate(0, 0, 1)
	require.Contains(t, l.types(l.does("", PassTime{})), "RemedyOffered")
	require.NotNil(t, l.state.openMediation())
}

func TestAfterPeoplesMediationOfAnAccidentTheTrafficPoliceMayBeAsked(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category = "D-TRAFFIC" }), "center-mediator1")
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("center-mediator1", OpenMediation{Type: MediationPeoples})
	l.does("center-mediator1", ConcludeMediation{Outcome: MediationFailed, Reason: "reason"})
	window := l.state.clockOf("application-after-peoples-mediation", "M1")
	require.Equal(t, "2026-03-06", day(window.DueAt), "three working days from 3 March")
	require.False(t, window.OfOffice())
}
