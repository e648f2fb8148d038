package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAFaultyClosureIsRefused(t *testing.T) {
	t.Parallel()
	mediated(t, MediationPeoples).refuses("center-mediator1", RequestClosure{Outcome: OutcomeRefused, Summary: "s"}, RefusedIncomplete, "")
	l := concluded(t)
	l.refuses("center-mediator1", RequestClosure{Summary: "s"}, RefusedRequired, "outcome")
	l.refuses("center-mediator1", RequestClosure{Outcome: "DONE", Summary: "s"}, RefusedInvalid, "outcome")
	l.refuses("center-mediator1", RequestClosure{Outcome: OutcomeAgreementOral, Summary: "s"}, RefusedInvalid, "outcome")
	l.refuses("center-mediator1", RequestClosure{Outcome: OutcomeAgreementWritten}, RefusedRequired, "summary")
	l.refuses("center-clerk2", RequestClosure{Outcome: OutcomeAgreementWritten, Summary: "s"}, RefusedWrongRole, "")
	l.refuses("center-mediator1", OpenMediation{Type: MediationPeoples}, RefusedAlreadyDone, "")
	l.refuses("center-mediator1", ConcludeMediation{Outcome: MediationFailed, Reason: "r"}, RefusedAlreadyDone, "")
	l.refuses("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpLetter, Request: "r", Reason: "r"}, RefusedAlreadyDone, "")
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeAgreementWritten, Summary: "s"})
}

func TestAnInvestigationMayCloseADisputeWithoutMediation(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-clerk2")
	l.does("center-clerk2", ConcludeInvestigation{Facts: "f", Path: PathClose})
	require.Zero(t, l.state.ConcludedAt)
	l.refuses("center-clerk2", RequestClosure{Outcome: OutcomeSupported, Summary: "s"}, RefusedInvalid, "outcome")
	events := l.does("center-clerk2", RequestClosure{Outcome: OutcomeUnfounded, Summary: "s"})
	require.Equal(t, []string{"CaseConcluded", "DeadlineMet", "ClosureRequested"}, l.types(events))
	require.Equal(t, events[2].EffectiveAt, l.state.ConcludedAt)
}

func TestNobodyVerifiesTheirOwnWork(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-manager1")
	l.does("center-manager1", ConcludeInvestigation{Facts: "f", Path: PathClose})
	l.does("center-leader1", AssignCase{PersonID: "center-clerk2"})
	l.does("center-manager1", RequestClosure{Outcome: OutcomeUnfounded, Summary: "s"})
	for _, act := range []Act{VerifyClosure{}, RejectClosure{Reason: "r"}} {
		l.refuses("center-manager1", act, RefusedSamePerson, "") // handled and asked
		l.refuses("center-clerk2", act, RefusedSamePerson, "")   // holds the case
		l.refuses("bureau-manager1", act, RefusedJurisdiction, "")
		l.refuses("center-mediator1", act, RefusedWrongRole, "")
	}
	l.refuses("center-leader1", RejectClosure{}, RefusedRequired, "reason")
	l.does("city-center-clerk1", VerifyClosure{}) // of the supervising unit
	l.refuses("city-center-clerk1", satisfied("P1"), RefusedSamePerson, "")
	l.refuses("center-manager1", satisfied("P1"), RefusedSamePerson, "")
	l.does("center-leader1", satisfied("P1"))
}

func TestAnEndIsVerifiedOnceOnly(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", DeclineCase{Reason: DeclineOther, Explanation: "e", GoTo: "g"})
	l.refuses("center-clerk1", VerifyClosure{}, RefusedSamePerson, "")
	l.does("center-clerk2", VerifyClosure{})
	l.refuses("center-leader1", VerifyClosure{}, RefusedAlreadyDone, "")
	l.refuses("center-leader1", RejectClosure{Reason: "r"}, RefusedAlreadyDone, "")
}

func TestAFaultyFollowUpIsRefused(t *testing.T) {
	t.Parallel()
	l := evaluated(t)
	change := func(change func(*RecordFollowUp)) RecordFollowUp {
		act := satisfied("P1")
		change(&act)
		return act
	}
	who := "center-clerk2"
	l.refuses(who, change(func(f *RecordFollowUp) { f.PartyID = "" }), RefusedRequired, "partyId") // two to ask
	l.refuses(who, change(func(f *RecordFollowUp) { f.PartyID = "P9" }), RefusedUnknownParty, "partyId")
	l.refuses(who, change(func(f *RecordFollowUp) { f.Result = "" }), RefusedRequired, "result")
	l.refuses(who, change(func(f *RecordFollowUp) { f.Result = "SHRUG" }), RefusedInvalid, "result")
	l.refuses(who, change(func(f *RecordFollowUp) { f.Result = FollowUpDefaulted }), RefusedInvalid, "result")
	l.refuses(who, change(func(f *RecordFollowUp) { f.Method = "" }), RefusedRequired, "method")
	l.refuses(who, change(func(f *RecordFollowUp) { f.Satisfaction = nil }), RefusedRequired, "satisfaction")
	l.refuses(who, change(func(f *RecordFollowUp) { f.Satisfaction = pointer(0) }), RefusedInvalid, "satisfaction")
	l.refuses(who, change(func(f *RecordFollowUp) { f.Satisfaction = pointer(6) }), RefusedInvalid, "satisfaction")
	l.refuses(who, change(func(f *RecordFollowUp) { f.Result = FollowUpUnreachable }), RefusedInvalid, "satisfaction")
	l.refuses("center-mediator1", satisfied("P1"), RefusedSamePerson, "")
	l.refuses("center-manager1", satisfied("P1"), RefusedSamePerson, "") // verified
	l.refuses("bureau-clerk1", satisfied("P1"), RefusedJurisdiction, "")
	l.does(who, satisfied("P1"))
	l.refuses(who, satisfied("P1"), RefusedAlreadyDone, "partyId")
	require.Equal(t, []string{"P2"}, l.state.toAsk())
}

func TestSomebodyWhoIsNotAskedIsRefused(t *testing.T) {
	t.Parallel()
	dispute := aDispute()
	dispute.Parties = append(dispute.Parties, person("P3", PartyThird))
	l := investigated(t, "center-clerk1", dispute, "center-clerk2")
	l.does("center-clerk2", ConcludeInvestigation{Facts: "f", Path: PathClose})
	l.does("center-clerk2", RequestClosure{Outcome: OutcomeUnfounded, Summary: "s"})
	l.does("center-leader1", VerifyClosure{})
	l.refuses("center-clerk1", satisfied("P3"), RefusedInvalid, "partyId")
}

func TestAFaultyReopeningOrNoteIsRefused(t *testing.T) {
	t.Parallel()
	l := closed(t)
	l.refuses("center-leader1", ReopenCase{}, RefusedRequired, "reason")
	l.refuses("center-clerk1", ReopenCase{Reason: "r"}, RefusedWrongRole, "")
	l.refuses("bureau-leader1", ReopenCase{Reason: "r"}, RefusedJurisdiction, "")
	l.refuses("center-clerk1", AddNote{}, RefusedRequired, "text")
	l.refuses("center-analyst1", AddNote{Text: "t"}, RefusedWrongRole, "")
	evaluated(t).refuses("center-leader1", ReopenCase{Reason: "r"}, RefusedWrongStage, "")
}

func TestAFaultyWithdrawalIsRefused(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-clerk1", WithdrawCase{PartyID: "P1", Request: "r", Reason: "r"}, RefusedRequired, "how")
	l.refuses("center-clerk1", WithdrawCase{PartyID: "P1", How: "SMOKE", Request: "r", Reason: "r"}, RefusedInvalid, "how")
	l.refuses("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpLetter, Reason: "r"}, RefusedRequired, "request")
	l.refuses("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpLetter, Request: "r"}, RefusedRequired, "reason")
	l.refuses("center-clerk1", WithdrawCase{How: FollowUpLetter, Request: "r", Reason: "r"}, RefusedRequired, "partyId")
	l.refuses("center-clerk1", WithdrawCase{PartyID: "P9", How: FollowUpLetter, Request: "r", Reason: "r"}, RefusedUnknownParty, "partyId")
	l.refuses("center-clerk1", WithdrawCase{PartyID: "P2", How: FollowUpLetter, Request: "r", Reason: "r"}, RefusedInvalid, "partyId")
	l.refuses("center-investigator1", WithdrawCase{PartyID: "P1"}, RefusedWrongRole, "")
	requested(t).refuses("center-clerk1", WithdrawCase{}, RefusedWrongStage, "")
}
