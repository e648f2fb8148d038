package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// forwarded is an appeal that the petition office received on 2026-03-03 and passed on to the
// bureau on 2026-03-10.
func forwarded(t *testing.T) *life {
	t.Helper()
	l := registered(t, "petition-clerk1", aPetition(Appeal))
	require.Equal(t, StepRegistration, l.state.acceptanceClock().Step)
	require.Equal(t, "2026-03-18", day(l.state.acceptanceClock().DueAt))
	l.now = shanghai("2026-03-10 10:00:00")
	events := l.does("petition-clerk1", TransferCase{ToUnitID: "bureau", Reason: "r"})
	require.Equal(t, []string{"CaseTransferred", "DeadlineMet", "DeadlineStarted", "DeadlineStarted", "ForwardingNotified"}, l.types(events))
	return l
}

func TestForwardingMeetsTheSendersClockAndStartsTheReceivers(t *testing.T) {
	t.Parallel()
	l := forwarded(t)
	require.Equal(t, ClockMet, l.state.clock(StepRegistration).Status)
	require.Equal(t, "2026-03-25", day(l.state.clock(StepForwarded).DueAt), "15 days from the forwarding (art. 23(3))")
	require.Equal(t, "2026-03-17", day(l.state.clock(StepObjection).DueAt), "five working days")
	require.Equal(t, l.state.clock(StepForwarded).ID, Tasks(l.state, city)[0].DeadlineID)
	l.now = shanghai("2026-03-20 10:00:00")
	l.does("", PassTime{})
	require.Empty(t, l.state.Orders, "not to object is no fault")
	refusal := l.refuses("bureau-clerk1", ObjectTransfer{Reason: "r"}, RefusedOutOfOrder, "effectiveAt")
	require.Contains(t, refusal.Message, "art. 23")
	require.Contains(t, refusal.MessageZH, "视为已接收")
	l.does("bureau-clerk1", AcceptCase{})
	require.Equal(t, ClockMet, l.state.clock(StepForwarded).Status)
	require.Equal(t, "2026-05-19", day(l.state.clock(StepHandling).DueAt))
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAnObjectionReturnsThePetitionWhereTheSenderAgrees(t *testing.T) {
	t.Parallel()
	l := forwarded(t)
	l.refuses("bureau-clerk1", ObjectTransfer{}, RefusedRequired, "reason")
	l.refuses("petition-clerk1", ObjectTransfer{Reason: "r"}, RefusedJurisdiction, "")
	l.refuses("petition-clerk1", AnswerObjection{Agreed: true, Reason: "r"}, RefusedIncomplete, "")
	l.now = shanghai("2026-03-17 17:00:00")
	l.does("bureau-clerk1", ObjectTransfer{Reason: "not ours"})
	require.Equal(t, ClockMet, l.state.clock(StepObjection).Status)
	require.Contains(t, Grants(l.state, city), Grant{Role: RoleClerk, UnitID: "petition"})
	require.Equal(t, []string{"accept", "answer-objection", "serve:N1"}, taskIDs(l))
	l.refuses("bureau-manager1", ObjectTransfer{Reason: "r"}, RefusedAlreadyDone, "")
	l.refuses("bureau-clerk1", AnswerObjection{Agreed: true, Reason: "r"}, RefusedJurisdiction, "")
	l.refuses("petition-clerk1", AnswerObjection{Agreed: true}, RefusedRequired, "reason")
	l.now = shanghai("2026-03-19 09:00:00")
	events := l.does("petition-clerk1", AnswerObjection{Agreed: true, Reason: "r"})
	require.Equal(t, []string{"ObjectionAnswered", "DeadlineMet", "DeadlineStarted"}, l.types(events))
	l.at(StageAcceptance)
	require.Equal(t, "petition", l.state.ResponsibleUnitID)
	require.Equal(t, Division("530402001"), l.state.Division)
	require.Nil(t, l.state.Forwarding)
	clock := l.state.acceptanceClock()
	require.Equal(t, StepRegistration, clock.Step)
	require.Equal(t, "2026-04-03", day(clock.DueAt))
	require.False(t, clock.Statutory, "no text says how long the sender has after a return")
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestADisputeAboutCompetenceIsDecidedByTheUnitAboveTheSender(t *testing.T) {
	t.Parallel()
	dispute := func(t *testing.T) *life {
		t.Helper()
		l := forwarded(t)
		l.does("bureau-clerk1", ObjectTransfer{Reason: "not ours"})
		l.does("petition-clerk1", AnswerObjection{Reason: "it is"})
		l.refuses("petition-clerk1", AnswerObjection{Agreed: true, Reason: "r"}, RefusedIncomplete, "")
		l.refuses("petition-manager1", DecideCompetence{UnitID: "bureau", Reason: "r"}, RefusedJurisdiction, "")
		refusal := l.refuses("city-petition-leader1", DecideCompetence{UnitID: "center", Reason: "r"}, RefusedInvalid, "unitId")
		require.Contains(t, refusal.MessageZH, "第二十四条")
		return l
	}
	receiver := dispute(t)
	receiver.does("city-petition-leader1", DecideCompetence{UnitID: "bureau", Reason: "r"})
	require.Equal(t, "bureau", receiver.state.ResponsibleUnitID)
	receiver.refuses("city-petition-leader1", DecideCompetence{UnitID: "petition", Reason: "r"}, RefusedIncomplete, "")
	receiver.refuses("bureau-clerk1", ObjectTransfer{Reason: "r"}, RefusedAlreadyDone, "")
	receiver.does("bureau-clerk1", AcceptCase{})

	sender := dispute(t)
	sender.does("city-petition-leader1", DecideCompetence{UnitID: "petition", Reason: "r"})
	require.Equal(t, "petition", sender.state.ResponsibleUnitID)
	sender.at(StageAcceptance)
}

func TestAnObjectionInTimeMayBeWrittenDownLate(t *testing.T) {
	t.Parallel()
	l := forwarded(t)
	l.now = shanghai("2026-03-18 09:00:00")
	l.does("", PassTime{})
	l.does("bureau-clerk1", ObjectTransfer{Reason: "by post"}, effective(shanghai("2026-03-17 16:00:00")))
	require.Equal(t, ClockMet, l.state.clock(StepObjection).Status)
}

func TestAForwardedPetitionThatNobodyAcceptsUrgesTheReceiver(t *testing.T) {
	t.Parallel()
	l := forwarded(t)
	l.now = l.state.clock(StepForwarded).End().Add(time.Hour)
	l.does("", PassTime{})
	require.Len(t, l.state.Orders, 1)
	require.Equal(t, "bureau", l.state.Orders[0].AddresseeUnitID)
}

func TestWhatAReReviewMadeFinalIsNotAcceptedAgain(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Appeal))
	decline := DeclineCase{Reason: DeclineFinalAfterReReview, Explanation: "e", GoTo: "g"}
	refusal := l.refuses("petition-clerk1", decline, RefusedRequired, "earlierCaseNumber")
	require.Contains(t, refusal.Message, "art. 36")
	l.does("petition-clerk1", LinkCases{Kind: LinkRepeat, CaseID: "case-0", Number: "530402-P-2025-000009", Final: true})
	refusal = l.refuses("petition-clerk1", AcceptCase{}, RefusedAlreadyDone, "")
	require.Contains(t, refusal.MessageZH, "第三十六条")
	require.Contains(t, refusal.Message, "530402-P-2025-000009")
	decline.EarlierCaseNumber = "530402-P-2025-000009"
	l.does("petition-clerk1", decline)
	l.at(StageVerification)

	dispute := registered(t, "center-clerk1", aDispute())
	refusal = dispute.refuses("center-clerk1", DeclineCase{Reason: DeclineRepeatedInTime, Explanation: "e", GoTo: "g"}, RefusedInvalid, "reason")
	require.Contains(t, refusal.Message, "art. 19(3)")
}
