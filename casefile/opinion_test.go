package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// deciding on an appeal with two claims by a known petitioner and an anonymous one.
func atDecision(t *testing.T) *life {
	t.Helper()
	appeal := aPetition(Appeal)
	appeal.Parties = append(appeal.Parties, Party{ID: "P2", Role: PartyPetitioner, Kind: NaturalPerson, Anonymous: true})
	l := investigated(t, "petition-clerk1", appeal, "petition-investigator1")
	l.does("petition-investigator1", ConcludeInvestigation{Facts: "f", Path: PathDecision})
	return l
}

func opinions(outcomes ...DecisionOutcome) IssueDecision {
	act := IssueDecision{}
	for i, outcome := range outcomes {
		act.Claims = append(act.Claims, ClaimOpinion{claimIDs(i, 1)[0], outcome, "f", "r", "l"})
	}
	return act
}

func decided(t *testing.T) *life {
	t.Helper()
	l := atDecision(t)
	l.does("petition-investigator1", opinions(DecisionSupported, DecisionSupported))
	return l
}

// served brings the newest notice to a party now.
func served(l *life, party string) RecordService {
	last := l.state.Notices[len(l.state.Notices)-1]
	return RecordService{DocumentID: last.ID, PartyID: party, Method: ServedInPerson, ServedAt: l.now}
}

// latest is the id of the newest notice of a kind.
func (l *life) latest(kind NoticeKind) string {
	l.t.Helper()
	for i := len(l.state.Notices) - 1; i >= 0; i-- {
		if l.state.Notices[i].Kind == kind {
			return l.state.Notices[i].ID
		}
	}
	require.Fail(l.t, "no notice of the kind "+string(kind))
	return ""
}

func TestAFaultyDecisionIsRefused(t *testing.T) {
	t.Parallel()
	l := atDecision(t)
	who := "petition-investigator1"
	change := func(change func(*ClaimOpinion)) IssueDecision {
		act := opinions(DecisionSupported, DecisionExplained)
		change(&act.Claims[1])
		return act
	}
	l.refuses(who, IssueDecision{}, RefusedRequired, "claims")
	l.refuses(who, IssueDecision{Claims: make([]ClaimOpinion, 41)}, RefusedTooLong, "claims")
	l.refuses(who, opinions(DecisionSupported), RefusedIncomplete, "claims")
	l.refuses(who, change(func(c *ClaimOpinion) { c.ClaimID = "" }), RefusedRequired, "claims.1.claim")
	l.refuses(who, change(func(c *ClaimOpinion) { c.ClaimID = "C9" }), RefusedNotFound, "claims.1.claim")
	l.refuses(who, change(func(c *ClaimOpinion) { c.ClaimID = "C1" }), RefusedConflict, "claims.1.claim")
	l.refuses(who, change(func(c *ClaimOpinion) { c.Outcome = "" }), RefusedRequired, "claims.1.outcome")
	l.refuses(who, change(func(c *ClaimOpinion) { c.Outcome = DecisionAdopted }), RefusedInvalid, "claims.1.outcome")
	l.refuses(who, change(func(c *ClaimOpinion) { c.Facts = "" }), RefusedRequired, "claims.1.facts")
	l.refuses(who, change(func(c *ClaimOpinion) { c.Reasons = "" }), RefusedRequired, "claims.1.reasons")
	l.refuses(who, change(func(c *ClaimOpinion) { c.LegalBasis = "" }), RefusedRequired, "claims.1.legalBasis")
	l.refuses("petition-clerk1", opinions(DecisionSupported, DecisionExplained), RefusedWrongRole, "")
	l.does("petition-leader1", opinions(DecisionSupported, DecisionExplained))
	require.Contains(t, l.state.HandledBy, "petition-leader1", "deciding is handling")
	l.refuses(who, opinions(DecisionSupported, DecisionExplained), RefusedAlreadyDone, "")
	l.refuses("petition-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpLetter, Request: "r", Reason: "r"}, RefusedAlreadyDone, "")
}

func TestFaultyServiceIsRefused(t *testing.T) {
	t.Parallel()
	l := decided(t)
	issued := l.state.notice(l.latest(NoticeDecision)).IssuedAt
	change := func(change func(*RecordService)) RecordService {
		act := served(l, "P1")
		change(&act)
		return act
	}
	who := "petition-clerk1"
	l.refuses(who, change(func(r *RecordService) { r.DocumentID = "" }), RefusedRequired, "documentId")
	l.refuses(who, change(func(r *RecordService) { r.DocumentID = "N9" }), RefusedUnknownDocument, "documentId")
	l.refuses(who, change(func(r *RecordService) { r.PartyID = "" }), RefusedRequired, "partyId")
	l.refuses(who, change(func(r *RecordService) { r.PartyID = "P9" }), RefusedUnknownParty, "partyId")
	l.refuses(who, change(func(r *RecordService) { r.PartyID = "P2" }), RefusedInvalid, "partyId")
	l.refuses(who, change(func(r *RecordService) { r.Method = "" }), RefusedRequired, "method")
	l.refuses(who, change(func(r *RecordService) { r.Method = "PIGEON" }), RefusedInvalid, "method")
	l.refuses(who, change(func(r *RecordService) { r.ServedAt = time.Time{} }), RefusedRequired, "servedAt")
	l.refuses(who, change(func(r *RecordService) { r.ServedAt = l.now.Add(time.Hour) }), RefusedInFuture, "servedAt")
	l.refuses(who, change(func(r *RecordService) { r.ServedAt = issued.AddDate(0, 0, -1) }), RefusedBeforeReceipt, "servedAt")
	l.refuses(who, change(func(r *RecordService) { r.ReceiptDocumentID = "a\x00" }), RefusedInvalid, "receiptDocumentId")
	l.refuses("petition-supervisor1", served(l, "P1"), RefusedWrongRole, "")
	l.later(10 * 24 * time.Hour)
	late := change(func(r *RecordService) { r.ServedAt = issued.AddDate(0, 0, 1) })
	l.refuses(who, late, RefusedBackdatingNoReason, "backdatingReason")
	l.does(who, late, because("reason"))
	require.Equal(t, Instant(issued.AddDate(0, 0, 1)), l.state.Decisions[0].ServedAt)
	require.Equal(t, Instant(issued.AddDate(0, 0, 1)), l.state.ConcludedAt)
	l.refuses(who, served(l, "P1"), RefusedAlreadyDone, "partyId")
}

func TestAJointPetitionIsConcludedWhenTheLastPetitionerIsServed(t *testing.T) {
	t.Parallel()
	appeal := aPetition(Appeal)
	appeal.Parties = append(appeal.Parties, person("P2", PartyPetitioner))
	appeal.Parties[1].KeepIdentityConfidential = true
	l := investigated(t, "petition-clerk1", appeal, "petition-investigator1")
	l.does("petition-investigator1", ConcludeInvestigation{Facts: "f", Path: PathDecision})
	l.does("petition-investigator1", opinions(DecisionSupported, DecisionExplained))
	l.later(48 * time.Hour)
	last := l.now
	l.does("petition-clerk1", served(l, "P2"))
	require.Empty(t, l.state.Outcome)
	l.refuses("petition-clerk1", served(l, "P2"), RefusedAlreadyDone, "partyId")
	earlier := served(l, "P1")
	earlier.ServedAt = last.Add(-24 * time.Hour) // recorded later, served before
	l.does("petition-clerk1", earlier)
	require.Equal(t, Instant(last), l.state.ConcludedAt)
	require.Equal(t, Instant(earlier.ServedAt), l.state.Decisions[0].ServedAt)
}

func TestTheOutcomeIsDerivedFromTheClaims(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		claims []DecisionOutcome
		want   Outcome
	}{
		{[]DecisionOutcome{DecisionSupported, DecisionSupported}, OutcomeSupported},
		{[]DecisionOutcome{DecisionNotSupported}, OutcomeNotSupported},
		{[]DecisionOutcome{DecisionExplained, DecisionExplained}, OutcomeExplained},
		{[]DecisionOutcome{DecisionSupported, DecisionNotSupported}, OutcomePartlySupported},
		{[]DecisionOutcome{DecisionExplained, DecisionSupported}, OutcomePartlySupported},
		{[]DecisionOutcome{DecisionNotSupported, DecisionExplained}, OutcomeNotSupported},
		{[]DecisionOutcome{DecisionAdopted, DecisionAdopted}, OutcomeAdopted},
		{[]DecisionOutcome{DecisionPartlyAdopted}, OutcomePartlyAdopted},
		{[]DecisionOutcome{DecisionNotAdopted, DecisionAdopted}, OutcomePartlyAdopted},
		{[]DecisionOutcome{DecisionPartlyAdopted, DecisionNotAdopted}, OutcomePartlyAdopted},
		{[]DecisionOutcome{DecisionNotAdopted, DecisionNotAdopted}, OutcomeNotAdopted},
	} {
		require.Equal(t, c.want, decidedOutcome(opinions(c.claims...).Claims), "%v", c.claims)
	}
}
