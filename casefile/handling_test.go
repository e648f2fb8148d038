package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAFaultyAssignmentIsRefused(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-manager1", AssignCase{PersonID: "center-mediator1"}, RefusedWrongStage, "")
	l.does("center-clerk1", AcceptCase{})
	l.refuses("center-manager1", AssignCase{}, RefusedRequired, "personId")
	l.refuses("center-manager1", AssignCase{PersonID: "nobody"}, RefusedUnknownPerson, "personId")
	l.refuses("center-manager1", AssignCase{PersonID: "center-leader1"}, RefusedInvalid, "personId")
	l.refuses("center-manager1", AssignCase{PersonID: "other-center-clerk1"}, RefusedInvalid, "personId")
	l.refuses("center-mediator1", AssignCase{PersonID: "center-mediator1"}, RefusedWrongRole, "")
	l.refuses("petition-manager1", AssignCase{PersonID: "center-mediator1"}, RefusedJurisdiction, "",
		func(c *Command) { c.Actor.UnitKind = UnitBureau })
	l.does("center-clerk1", AssignCase{PersonID: "grid-grid_worker1"}) // below the unit
	require.Equal(t, CaseAssigned{"grid-grid_worker1", RoleGridWorker, "grid"}, l.events[len(l.events)-1].Body)
	l.refuses("center-clerk1", AssignCase{PersonID: "grid-grid_worker1"}, RefusedAlreadyDone, "personId")
	require.Empty(t, l.state.HandledBy, "assigning is not handling")
}

func TestOnlyTheHandlerInvestigates(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", AcceptCase{})
	l.refuses("center-manager1", RecordInvestigation{Finding: "f"}, RefusedIncomplete, "")
	l.does("center-manager1", AssignCase{PersonID: "center-investigator1"})
	l.refuses("center-manager1", RecordInvestigation{Finding: "f"}, RefusedWrongRole, "")
	l.refuses("center-investigator1", RecordInvestigation{}, RefusedRequired, "finding")
	l.refuses("center-investigator1", ConcludeInvestigation{Path: PathClose}, RefusedRequired, "facts")
	l.refuses("center-investigator1", ConcludeInvestigation{Facts: "f"}, RefusedRequired, "path")
	l.refuses("center-investigator1", ConcludeInvestigation{Facts: "f", Path: "HOME"}, RefusedInvalid, "path")
	l.refuses("center-investigator1", ConcludeInvestigation{Facts: "f", Path: PathDecision}, RefusedInvalid, "path")
	l.does("center-investigator1", RecordInvestigation{Finding: "f"})
	l.does("center-investigator1", ConcludeInvestigation{Facts: "f", Path: PathClose})
	require.Equal(t, []string{"center-investigator1"}, l.state.HandledBy)
	l.refuses("center-investigator1", RecordInvestigation{Finding: "f"}, RefusedAlreadyDone, "")
	l.refuses("center-investigator1", ConcludeInvestigation{Facts: "f", Path: PathClose}, RefusedAlreadyDone, "")
}

func TestThePathsFitTheCase(t *testing.T) {
	t.Parallel()
	for petition, paths := range map[PetitionType][]InvestigationPath{
		"":         {PathMediation, PathReferral, PathClose},
		Appeal:     {PathDecision, PathMediation, PathReferral},
		Suggestion: {PathDecision},
		Accusation: {PathDecision},
	} {
		kind := Petition
		if petition == "" {
			kind = Dispute
		}
		require.Equal(t, paths, pathsFor(State{Kind: kind, PetitionType: petition}))
	}
}

func TestAFaultyMediationIsNotOpened(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-investigator1")
	l.does("center-investigator1", ConcludeInvestigation{Facts: "f", Path: PathMediation})
	who := "center-manager1"
	l.refuses(who, OpenMediation{}, RefusedRequired, "type")
	l.refuses(who, OpenMediation{Type: "MAGIC"}, RefusedInvalid, "type")
	l.refuses(who, OpenMediation{Type: MediationPeoples, CourtStage: "LATE"}, RefusedInvalid, "courtStage")
	l.refuses(who, OpenMediation{Type: MediationPeoples, UnitID: "nowhere"}, RefusedUnknownUnit, "unitId")
	l.refuses(who, OpenMediation{Type: MediationPeoples, MediatorID: "nobody"}, RefusedUnknownPerson, "mediatorId")
	l.refuses(who, OpenMediation{Type: MediationPeoples}, RefusedInvalid, "mediatorId") // the handler is no mediator
	l.refuses(who, OpenMediation{Type: MediationPeoples, UnitID: "committee", MediatorID: "center-mediator1"}, RefusedInvalid, "mediatorId")
	l.refuses("center-supervisor1", OpenMediation{}, RefusedWrongRole, "")
	for _, act := range []Act{RecordConsent{}, ScheduleSession{}} {
		l.refuses(who, act, RefusedIncomplete, "")
	}
	l.refuses("center-investigator1", RecordSession{Minutes: "m"}, RefusedIncomplete, "")
	l.refuses("center-investigator1", ConcludeMediation{}, RefusedIncomplete, "")
	l.does(who, OpenMediation{Type: MediationPeoples, UnitID: "committee", MediatorID: "committee-mediator1"})
	l.refuses(who, OpenMediation{Type: MediationPeoples}, RefusedAlreadyDone, "")
	l.does("committee-mediator1", RecordSession{Minutes: "m"}) // the mediator, who is no handler
	require.Contains(t, l.state.HandledBy, "committee-mediator1")
}

func TestFaultyConsentsAndSessionsAreRefused(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	who := "center-mediator1"
	l.refuses(who, RecordConsent{PartyID: "P1"}, RefusedRequired, "consent")
	l.refuses(who, RecordConsent{PartyID: "P1", Consent: "MAYBE"}, RefusedInvalid, "consent")
	l.refuses(who, RecordConsent{Consent: ConsentGiven}, RefusedRequired, "partyId")
	l.refuses(who, RecordConsent{PartyID: "P9", Consent: ConsentGiven}, RefusedUnknownParty, "partyId")
	l.refuses(who, ScheduleSession{ScheduledFor: l.now}, RefusedRequired, "mode")
	l.refuses(who, ScheduleSession{Mode: SessionOnSite}, RefusedRequired, "scheduledFor")
	l.refuses(who, ScheduleSession{Mode: SessionOnSite, ScheduledFor: l.now.AddDate(-1, 0, 0)}, RefusedOutOfOrder, "scheduledFor")
	l.refuses(who, ScheduleSession{Mode: SessionOnSite, ScheduledFor: l.now.AddDate(1, 0, 1)}, RefusedInvalid, "scheduledFor")
	l.refuses(who, RecordSession{}, RefusedRequired, "minutes")
	l.refuses(who, RecordSession{Mode: "DREAM", Minutes: "m"}, RefusedInvalid, "mode")
	l.refuses(who, RecordSession{SessionID: "S9", Minutes: "m"}, RefusedNotFound, "sessionId")
	l.refuses(who, RecordSession{HeldAt: l.now.Add(time.Hour), Minutes: "m"}, RefusedInFuture, "heldAt")
	l.does(who, ScheduleSession{Mode: SessionRemote, ScheduledFor: l.now.Add(time.Hour), Place: "place"})
	l.does(who, RecordSession{SessionID: "S1", Minutes: "m"})
	session := l.state.Mediations[0].Sessions[0]
	require.Equal(t, SessionRemote, session.Mode)
	require.Equal(t, TextID("place"), session.Place)
	l.refuses(who, RecordSession{SessionID: "S1", Minutes: "m"}, RefusedAlreadyDone, "sessionId")
	l.does(who, RecordSession{Minutes: "m", HeldAt: l.now})
	require.Equal(t, SessionOnSite, l.state.Mediations[0].Sessions[1].Mode)
	l.refuses("center-manager1", RecordSession{Minutes: "m"}, RefusedWrongRole, "")
}

func TestNobodyIsMediatedAgainstTheirWord(t *testing.T) {
	t.Parallel()
	agree := ConcludeMediation{Outcome: MediationAgreementOral, Agreement: "record"}
	t.Run("people's mediation goes on unless refused", func(t *testing.T) {
		t.Parallel()
		l := mediated(t, MediationPeoples)
		l.does("center-mediator1", RecordConsent{PartyID: "P2", Consent: ConsentRefused})
		refusal := l.refuses("center-mediator1", RecordSession{Minutes: "m"}, RefusedIncomplete, "")
		require.Contains(t, refusal.Message, "arts. 17, 23")
		l.refuses("center-mediator1", agree, RefusedIncomplete, "")
		l.does("center-mediator1", RecordConsent{PartyID: "P2", Consent: ConsentGiven}) // they may think again
		l.does("center-mediator1", agree)
	})
	for _, kind := range []MediationType{MediationJudicial, MediationAdministrative, MediationCommercial, MediationLawyer} {
		t.Run(string(kind)+" needs everybody's yes", func(t *testing.T) {
			t.Parallel()
			l := mediated(t, kind)
			l.does("center-mediator1", RecordConsent{PartyID: "P1", Consent: ConsentGiven})
			l.refuses("center-mediator1", RecordSession{Minutes: "m"}, RefusedIncomplete, "")
			l.refuses("center-mediator1", agree, RefusedIncomplete, "")
			l.does("center-mediator1", RecordConsent{PartyID: "P2", Consent: ConsentGiven})
			l.does("center-mediator1", RecordSession{Minutes: "m"})
			l.does("center-mediator1", agree)
			require.Equal(t, OutcomeAgreementOral, l.state.Outcome)
		})
	}
}

func TestAFaultyEndOfAMediationIsRefused(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	written := ConcludeMediation{Outcome: MediationAgreementWritten, Agreement: "a", SignedAt: l.now}
	change := func(change func(*ConcludeMediation)) ConcludeMediation {
		act := written
		change(&act)
		return act
	}
	for name, c := range map[string]struct {
		act   ConcludeMediation
		code  RefusalCode
		field string
	}{
		"without an outcome":        {ConcludeMediation{}, RefusedRequired, "outcome"},
		"with an unknown outcome":   {ConcludeMediation{Outcome: "DRAW"}, RefusedInvalid, "outcome"},
		"that only a clock brings":  {ConcludeMediation{Outcome: MediationDeemedFailed, Reason: "r"}, RefusedInvalid, "outcome"},
		"written without a text":    {change(func(c *ConcludeMediation) { c.Agreement = "" }), RefusedRequired, "agreement"},
		"oral without a record":     {ConcludeMediation{Outcome: MediationAgreementOral}, RefusedRequired, "agreement"},
		"written and never signed":  {change(func(c *ConcludeMediation) { c.SignedAt = time.Time{} }), RefusedRequired, "signedAt"},
		"signed in the future":      {change(func(c *ConcludeMediation) { c.SignedAt = l.now.Add(time.Hour) }), RefusedInFuture, "signedAt"},
		"signed before it began":    {change(func(c *ConcludeMediation) { c.SignedAt = l.now.AddDate(0, 0, -1) }), RefusedOutOfOrder, "signedAt"},
		"sealed before it was":      {change(func(c *ConcludeMediation) { c.SealedAt = l.now.AddDate(0, 0, -1) }), RefusedOutOfOrder, "sealedAt"},
		"over an amount below zero": {change(func(c *ConcludeMediation) { c.AgreedAmount = pointer(int64(-1)) }), RefusedInvalid, "agreedAmount"},
		"due before it was signed": {change(func(c *ConcludeMediation) {
			c.Performance = []PerformanceDue{{DueOn: "1999-01-01", What: "w"}}
		}), RefusedOutOfOrder, "performance.0.dueOn"},
		"over more than a trillion": {change(func(c *ConcludeMediation) { c.AgreedAmount = pointer(maxAmount + 1) }), RefusedInvalid, "agreedAmount"},
		"due on no day":             {change(func(c *ConcludeMediation) { c.Performance = []PerformanceDue{{DueOn: "2026-02-30", What: "w"}} }), RefusedInvalid, "performance.0.dueOn"},
		"that promises nothing":     {change(func(c *ConcludeMediation) { c.Performance = []PerformanceDue{{DueOn: "2026-03-30"}} }), RefusedRequired, "performance.0.what"},
		"that promises less": {change(func(c *ConcludeMediation) {
			c.Performance = []PerformanceDue{{DueOn: "2026-03-30", What: "w", Amount: pointer(int64(-1))}}
		}), RefusedInvalid, "performance.0.amount"},
		"that promises for ever":     {change(func(c *ConcludeMediation) { c.Performance = make([]PerformanceDue, 61) }), RefusedTooLong, "performance"},
		"failed without a reason":    {ConcludeMediation{Outcome: MediationFailed}, RefusedRequired, "reason"},
		"refused without a reason":   {ConcludeMediation{Outcome: MediationRefused}, RefusedRequired, "reason"},
		"withdrawn without a reason": {ConcludeMediation{Outcome: MediationWithdrawn}, RefusedRequired, "reason"},
		"failed with an agreement":   {ConcludeMediation{Outcome: MediationFailed, Agreement: "a", Reason: "r"}, RefusedInvalid, "agreement"},
	} {
		t.Run(name, func(t *testing.T) {
			other := *l
			other.t = t
			other.refuses("center-mediator1", c.act, c.code, c.field)
		})
	}
	l.refuses("center-manager1", written, RefusedWrongRole, "")
	l.later(48 * time.Hour)
	late := change(func(c *ConcludeMediation) { c.SignedAt = l.now })
	l.refuses("center-mediator1", late, RefusedOutOfOrder, "effectiveAt", effective(l.now.Add(-24*time.Hour)))
}

func TestWhatAMediationsEndMeansForItsCase(t *testing.T) {
	t.Parallel()
	for outcome, want := range map[MediationOutcome]Outcome{
		MediationAgreementWritten: OutcomeAgreementWritten, MediationAgreementOral: OutcomeAgreementOral,
		MediationFailed: OutcomeMediationFailed, MediationRefused: OutcomeRefused, MediationWithdrawn: OutcomeWithdrawn,
		MediationDeemedFailed: OutcomeMediationFailed,
	} {
		require.Equal(t, want, outcomeOf(Dispute, outcome))
	}
	require.Equal(t, OutcomeMediated, outcomeOf(Petition, MediationAgreementWritten))
}
