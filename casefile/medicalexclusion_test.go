package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAMedicalMediationEndsWhenACourtAcceptsTheDispute(t *testing.T) {
	t.Parallel()
	l := aMedicalDispute(t)
	l.does("medical-mediator1", referTo(ChannelCourt, "court", false))
	require.NotNil(t, l.state.openMediation(), "to sue is not yet to be accepted (art. 31 para 4)")
	events := l.does("court-clerk1", AcknowledgeReferral{ReferralID: "R1", Reference: "（2026）云0402民初9号"})
	require.Contains(t, l.types(events), "MediationConcluded")
	require.Nil(t, l.state.openMediation())
	require.Equal(t, MediationFailed, l.state.Mediations[0].Outcome)
	require.Equal(t, OutcomeMediationFailed, l.state.Outcome)
	require.Equal(t, ClockMet, l.state.clock(StepHandling).Status)
	text := NoticeText(l.state, *l.state.notice(l.latest(NoticeMediationFailed)), city, Chinese)
	require.Contains(t, text, "《医疗纠纷预防和处理条例》 第31条")
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAMedicalDisputeThatACourtHasIsNotMediatedByTheCommitteeOrTheHealthDepartment(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category, r.Division = "D-MEDICAL", "530402" }), "center-mediator1")
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("center-mediator1", referTo(ChannelCourt, "court", false))
	l.does("court-clerk1", AcknowledgeReferral{ReferralID: "R1", Reference: "77"})
	committee := OpenMediation{Type: MediationPeoples, UnitID: "medical", MediatorID: "medical-mediator1"}
	refusal := l.refuses("center-mediator1", committee, RefusedNotCompetent, "type")
	require.Contains(t, refusal.MessageZH, "第31条")
	department := OpenMediation{Type: MediationAdministrative, UnitID: "bureau", MediatorID: "bureau-mediator1"}
	refusal = l.refuses("center-mediator1", department, RefusedNotCompetent, "type")
	require.Contains(t, refusal.MessageZH, "第40条")

	l.does("court-clerk1", ReturnReferral{ReferralID: "R1", Reason: "withdrawn by the plaintiff"})
	l.does("center-mediator1", committee)
}

func TestNoMediationIsOfferedWhereTheClerkChoseAProcedureThatGivesWayToTheCourt(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Division = "530402" }), "center-mediator1")
	l.does("center-clerk1", AmendCase{Procedure: "medical-mediation", Reason: "reason"})
	require.True(t, l.state.ProcedureByClerk)
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	offered := func() []string { return AllowedCommands(l.state, city.as("center-mediator1"), l.rules()) }
	require.Contains(t, offered(), "openMediation")
	l.does("center-mediator1", referTo(ChannelCourt, "court", false))
	l.does("court-clerk1", AcknowledgeReferral{ReferralID: "R1", Reference: "77"})
	require.NotContains(t, offered(), "openMediation", "no body and no type would lead to another procedure")
	refusal := l.refuses("center-mediator1", OpenMediation{Type: MediationPeoples}, RefusedNotCompetent, "type")
	require.Contains(t, refusal.MessageZH, "第31条")
	l.does("court-clerk1", ReturnReferral{ReferralID: "R1", Reason: "withdrawn by the plaintiff"})
	require.Contains(t, offered(), "openMediation")
}

func TestAnyOtherDisputeGoesOnBesideTheCourt(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.does("center-mediator1", referTo(ChannelCourt, "court", false))
	l.does("court-clerk1", AcknowledgeReferral{ReferralID: "R1", Reference: "77"})
	require.NotNil(t, l.state.openMediation())
}
