package casefile

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

func referTo(channel ReferralChannel, unit string, blocking bool) ReferCase {
	return ReferCase{Channel: channel, UnitID: unit, Reason: "reason", Blocking: blocking}
}

// referred is a dispute of 3 March 2026 that stands still while the court has it.
func referred(t *testing.T) *life {
	t.Helper()
	l := investigated(t, "center-clerk1", aDispute(), "center-investigator1")
	l.does("center-investigator1", referTo(ChannelCourt, "court", true))
	return l
}

func TestABlockingReferralHoldsTheCaseUntilItsResultConcludesIt(t *testing.T) {
	t.Parallel()
	l := referred(t)
	l.at(StageReferral)
	filing := l.state.clockOf(StepAcceptance, "R1")
	require.Equal(t, "2026-03-10", day(filing.DueAt), "a court decides on filing within 7 days")
	require.Equal(t, procedure.OwnerOtherOrgan, filing.Owner)
	require.Equal(t, ClockRunning, l.state.clock(StepHandling).Status, "the case's own clock notices nothing")
	require.Equal(t, []string{"acknowledge-referral:R1"}, taskIDs(l))
	require.Equal(t, "court", Tasks(l.state, city)[0].InboxUnit)
	l.refuses("center-investigator1", RecordInvestigation{Finding: "finding"}, RefusedWrongStage, "")
	l.refuses("center-investigator1", referTo(ChannelNotary, "", false), RefusedAlreadyDone, "")

	l.now = shanghai("2026-03-09 10:00:00")
	l.does("court-clerk1", AcknowledgeReferral{ReferralID: "R1", Reference: "（2026）云0402民初77号"})
	require.Equal(t, ClockMet, l.state.clockOf(StepAcceptance, "R1").Status)
	require.Equal(t, "2026-09-09", day(l.state.clockOf(StepHandling, "R1").DueAt), "six months from filing")
	require.Equal(t, []string{"report-referral:R1"}, taskIDs(l))

	l.now = shanghai("2026-03-30 10:00:00")
	l.does("court-clerk1", RecordReferralResult{ReferralID: "R1", Result: "judgment", Conclude: true})
	require.Equal(t, OutcomeReferred, l.state.Outcome)
	require.Equal(t, "2026-03-30", day(l.state.ConcludedAt))
	require.True(t, *l.state.ConcludedOnTime)
	l.at(StageInvestigation)
	l.refuses("center-investigator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation}, RefusedAlreadyDone, "")
	require.Equal(t, ReferralCompleted, l.state.Referrals[0].Status)
	require.Equal(t, "（2026）云0402民初77号", l.state.Referrals[0].Reference)
	l.does("center-investigator1", RequestClosure{Outcome: OutcomeReferred, Summary: "summary"})
	l.does("center-manager1", VerifyClosure{})
	l.at(StageEvaluation)
}

func TestARefusedReferralGoesBackToWhereItCameFrom(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-investigator1")
	l.does("center-investigator1", ConcludeInvestigation{Facts: "facts", Path: PathReferral})
	l.at(StageReferral)
	require.Equal(t, []string{"refer"}, taskIDs(l))
	l.refuses("center-investigator1", referTo(ChannelCourt, "court", false), RefusedInvalid, "blocking")
	l.does("center-investigator1", referTo(ChannelCourt, "court", true))
	l.refuses("court-clerk1", ReturnReferral{ReferralID: "R1"}, RefusedRequired, "reason")
	l.does("court-clerk1", ReturnReferral{ReferralID: "R1", Reason: "no jurisdiction"})
	require.Equal(t, ReferralReturned, l.state.Referrals[0].Status)
	require.False(t, l.state.Referrals[0].TakenBack)
	l.at(StageInvestigation)
	require.Empty(t, l.state.Path, "another path is chosen")
	require.Equal(t, ClockMet, l.state.clockOf(StepAcceptance, "R1").Status)
	l.does("center-investigator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.at(StageMediation)
}

func TestAReferralInsteadOfMediationEndsTheOneThatIsOpen(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.does("center-mediator1", referTo(ChannelLabourArbitration, "", true))
	require.Equal(t, MediationWithdrawn, l.state.Mediations[0].Outcome)
	require.Empty(t, l.state.Outcome)
	require.Equal(t, StageMediation, l.state.Referrals[0].FromStage)
	l.now = shanghai("2026-03-20 09:00:00")
	l.does("center-mediator1", RecordReferralResult{ReferralID: "R1", Result: "settled to mediate again"})
	l.at(StageMediation)
	require.Empty(t, l.state.Outcome, "it goes on where it was")
	l.does("center-mediator1", OpenMediation{Type: MediationPeoples})
}

func TestAReferralBesideMediationLetsItGoOn(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.does("center-mediator1", referTo(ChannelLegalAid, "", false))
	l.at(StageMediation)
	require.Equal(t, "2026-03-10", day(l.state.clockOf(StepHandling, "R1").DueAt), "7 days from the application")
	l.refuses("center-mediator1", referTo(ChannelLegalAid, "", false), RefusedAlreadyDone, "channel")
	l.does("center-mediator1", RecordSession{Minutes: "minutes"})
	l.does("center-mediator1", ConcludeMediation{Outcome: MediationAgreementOral, Agreement: "record"})
	request := RequestClosure{Outcome: OutcomeAgreementOral, Summary: "summary"}
	refusal := l.refuses("center-mediator1", request, RefusedIncomplete, "")
	require.Contains(t, refusal.Message, "R1")
	l.does("center-mediator1", RecordReferralResult{ReferralID: "R1", Result: "aid granted", Conclude: true})
	require.Equal(t, OutcomeAgreementOral, l.state.Outcome, "what goes beside concludes nothing")
	l.does("center-mediator1", request)
}

func TestAnotherOrgansClockIsAskedAboutAndNotChased(t *testing.T) {
	t.Parallel()
	l := referred(t)
	l.now = shanghai("2026-03-11 00:11:00")
	l.does("", PassTime{})
	require.Equal(t, ClockMissed, l.state.clockOf(StepAcceptance, "R1").Status)
	require.Empty(t, l.state.Orders, "no centre orders a court")
	require.Equal(t, []string{"acknowledge-referral:R1", "ask-referral:R1"}, taskIDs(l))
	require.Equal(t, "center-investigator1", Tasks(l.state, city)[1].AssigneeID)
	l.does("court-clerk1", AcknowledgeReferral{ReferralID: "R1", Reference: "77"}, effective(shanghai("2026-03-10 17:00:00")))
	require.Equal(t, ClockMet, l.state.clockOf(StepAcceptance, "R1").Status, "it was only told late")
	require.Equal(t, []string{"report-referral:R1"}, taskIDs(l))
}

func TestAReferralToAnAppraisalStopsTheClockThatLeavesItOut(t *testing.T) {
	t.Parallel()
	l := aMedicalDispute(t)
	l.now = shanghai("2026-02-02 10:00:00")
	l.does("medical-mediator1", referTo(ChannelAppraisal, "", false))
	clock := l.state.clock(StepHandling)
	require.Equal(t, ClockPaused, clock.Status)
	require.Equal(t, "2026-02-02", day(clock.openPause().From))
	l.now = shanghai("2026-02-04 10:00:00")
	l.does("center-mediator1", AcknowledgeReferral{ReferralID: "R1", Reference: "鉴2026-5"})
	require.Equal(t, "2026-03-24", day(l.state.clockOf(StepHandling, "R1").DueAt), "30 working days from 4 February, over Spring Festival and two make-up Saturdays")
	l.now = shanghai("2026-02-10 10:00:00")
	l.does("center-mediator1", RecordReferralResult{ReferralID: "R1", Result: "opinion"})
	clock = l.state.clock(StepHandling)
	require.Equal(t, ClockRunning, clock.Status)
	require.Equal(t, "2026-03-27", day(clock.DueAt), "2 to 9 February: six working days")
}

func TestAReferralIsRefusedByName(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-investigator1")
	refusal := l.refuses("center-investigator1", referTo(ChannelCourt, "bureau", true), RefusedNotCompetent, "unitId")
	require.Contains(t, refusal.Message, "BUREAU")
	require.Contains(t, refusal.Message, "COURT")
	require.Contains(t, refusal.MessageZH, "人民法院")
	l.refuses("center-investigator1", referTo("SOMEWHERE", "", true), RefusedInvalid, "channel")
	l.refuses("center-investigator1", referTo("", "", true), RefusedRequired, "channel")
	l.refuses("center-investigator1", referTo(ChannelCourt, "nowhere", true), RefusedUnknownUnit, "unitId")
	l.refuses("center-investigator1", ReferCase{Channel: ChannelCourt}, RefusedRequired, "reason")
	l.refuses("center-investigator1", ReferCase{Channel: ChannelCourt, UnitID: "court", Organ: "organ", Reason: "reason"}, RefusedInvalid, "organ")
	l.refuses("center-mediator2", referTo(ChannelCourt, "court", true), RefusedWrongRole, "")
	l.refuses("center-clerk1", ReturnReferral{ReferralID: "R1", Reason: "reason"}, RefusedIncomplete, "")

	l.does("center-investigator1", referTo(ChannelCourt, "court", true))
	result := RecordReferralResult{ReferralID: "R1", Result: "result", Conclude: true}
	l.refuses("center-investigator1", result, RefusedIncomplete, "")
	l.refuses("bureau-clerk1", result, RefusedJurisdiction, "")
	l.refuses("court-clerk1", RecordReferralResult{ReferralID: "R9", Result: "result"}, RefusedNotFound, "referralId")
	l.refuses("court-clerk1", RecordReferralResult{ReferralID: "R1"}, RefusedRequired, "result")
	l.refuses("court-clerk1", AcknowledgeReferral{ReferralID: "R1"}, RefusedRequired, "reference")
	l.does("court-clerk1", AcknowledgeReferral{ReferralID: "R1", Reference: "77"})
	l.refuses("court-clerk1", AcknowledgeReferral{ReferralID: "R1", Reference: "78"}, RefusedIncomplete, "")
	l.refuses("court-clerk1", RecordInvestigation{Finding: "finding"}, RefusedWrongRole, "")
	l.does("center-clerk1", ReturnReferral{ReferralID: "R1", Reason: "the party prefers mediation"})
	require.True(t, l.state.Referrals[0].TakenBack)

	petition := investigated(t, "petition-clerk1", aPetition(Suggestion), "petition-investigator1")
	petition.refuses("petition-investigator1", referTo(ChannelCourt, "court", true), RefusedInvalid, "")
}

func TestAnAppealIsReferredFromItsInvestigation(t *testing.T) {
	t.Parallel()
	l := anAppeal(t)
	l.does("petition-investigator1", referTo(ChannelAdministrativeReconsideration, "", true))
	require.Equal(t, "2026-03-10", day(l.state.clockOf(StepAcceptance, "R1").DueAt), "5 working days")
	l.does("petition-investigator1", AcknowledgeReferral{ReferralID: "R1", Reference: "77"})
	l.does("petition-clerk1", RecordReferralResult{ReferralID: "R1", Result: "result", Conclude: true})
	require.Equal(t, OutcomeReferred, l.state.Outcome)
	l.does("petition-manager1", RequestClosure{Outcome: OutcomeReferred, Summary: "summary"})
}

func TestAReceivingUnitSeesTheCaseAndWorksOnItsReferralAlone(t *testing.T) {
	t.Parallel()
	l := referred(t)
	require.Contains(t, Grants(l.state, city), Grant{Role: RoleIntegration, UnitID: "court"})
	machine := Actor{PersonID: "court-machine", Role: RoleIntegration, UnitID: "court", Division: "530402", UnitKind: UnitCourt}
	require.Equal(t, []string{"acknowledgeReferral", "attachDocument", "recordReferralResult", "returnReferral"}, AllowedCommands(l.state, machine, l.rules()))
	l.does("court-clerk1", ReturnReferral{ReferralID: "R1", Reason: "reason"})
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleIntegration, UnitID: "court"})
}

func TestEveryChannelLeadsSomewhere(t *testing.T) {
	t.Parallel()
	for _, channel := range Terms("ReferralChannel") {
		require.NotEmpty(t, referralUnits[ReferralChannel(channel.Value)], channel.Value)
		l := investigated(t, "center-clerk1", aDispute(), "center-investigator1")
		l.does("center-investigator1", referTo(ReferralChannel(channel.Value), "", true))
		l.does("center-investigator1", AcknowledgeReferral{ReferralID: "R1", Reference: "77"})
		for _, clock := range l.state.Deadlines {
			if clock.Of == "R1" {
				require.False(t, clock.OfOffice(), "%s %s", channel.Value, clock.Step)
			}
		}
		l.does("center-investigator1", RecordReferralResult{ReferralID: "R1", Result: "result", Conclude: true})
	}
	require.Len(t, referralUnits, len(Terms("ReferralChannel")))
}

// goodReferral makes an act of the referral that the rules take from w.actor now, or none.
func (w *walker) goodReferral(name string) (act Act, known bool) {
	s := w.state
	mine := func(taken bool) string {
		for _, r := range s.openReferrals() {
			if s.mayRecord(r, w.actor) && (!taken || r.Status == ReferralSent) {
				return r.ID
			}
		}
		return ""
	}
	switch name {
	case "referCase":
		channels := []ReferralChannel{ChannelCourt, ChannelNotary, ChannelAppraisal, ChannelLegalAid, ChannelPublicSecurity}
		channels = slices.DeleteFunc(channels, func(c ReferralChannel) bool {
			return slices.ContainsFunc(s.openReferrals(), func(r Referral) bool { return r.Channel == c })
		})
		if len(channels) == 0 {
			return nil, true
		}
		refer := referTo(pick(w, channels...), "", s.Stage == StageReferral || w.chance(30))
		if refer.Channel == ChannelCourt && w.chance(60) {
			refer.UnitID = "court"
		}
		return refer, true
	case "acknowledgeReferral":
		return AcknowledgeReferral{ReferralID: mine(true), Reference: "77"}, true
	case "recordReferralResult":
		id := mine(false)
		result := RecordReferralResult{ReferralID: id, Result: "result", Conclude: w.chance(60)}
		d := &deciding{state: w.state, rules: w.rules()}
		if len(d.resultWindows(*s.referral(id))) > 0 && w.chance(50) {
			result.Received = []ResultReceived{{PartyID: s.Parties[0].ID, ReceivedAt: w.now}}
		}
		return result, true
	case "returnReferral":
		id := mine(false)
		if id == "" {
			id = s.openReferrals()[0].ID
		}
		return ReturnReferral{ReferralID: id, Reason: "reason"}, true
	}
	return nil, false
}

func TestACaseWithNoRoomForAnotherReferralIsNotBroughtToStandForOne(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-investigator1")
	for n := range maxReferrals {
		l.does("center-investigator1", referTo(ChannelNotary, "", false))
		l.does("center-investigator1", ReturnReferral{ReferralID: fmt.Sprintf("R%d", n+1), Reason: "taken back"})
	}
	require.NotContains(t, AllowedCommands(l.state, city.as("center-investigator1"), l.rules()), "referCase")
	l.refuses("center-investigator1", ConcludeInvestigation{Facts: "facts", Path: PathReferral}, RefusedTooLong, "path")
	l.does("center-investigator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.at(StageMediation)
}
