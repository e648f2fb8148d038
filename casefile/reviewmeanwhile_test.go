package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A review is asked for while a bureau and a court still have what they were asked.
func TestWhatUnitsAndOrgansWereAskedIsAnsweredWhileTheDecisionIsReviewed(t *testing.T) {
	t.Parallel()
	l := atDecision(t)
	l.does("petition-clerk1", dispatchTo(asked("bureau", true, "2026-03-10")))
	l.does("petition-investigator1", referTo(ChannelCourt, "court", false))
	l.does("bureau-clerk1", ReplyDispatch{DispatchID: "X1", Reply: "reply"})
	l.does("petition-clerk1", dispatchTo(asked("government", true, "2026-03-10")))
	l.does("petition-investigator1", opinions(DecisionSupported, DecisionSupported))
	l.does("petition-investigator1", served(l, "P1"))
	l.does("petition-clerk1", asks("P1"))
	l.at(StageReview)
	require.Subset(t, taskIDs(l), []string{"reply-dispatch:X2", "acknowledge-referral:R1"})

	l.does("government-clerk1", ReplyDispatch{DispatchID: "X2", Reply: "reply"})
	l.does("court-clerk1", AcknowledgeReferral{ReferralID: "R1", Reference: "77"})
	l.does("court-clerk1", RecordReferralResult{ReferralID: "R1", Result: "result"})
	l.at(StageReview)
	require.Equal(t, ClockMet, l.state.clockOf(StepDispatchReply, "X2").Status)
	require.NotContains(t, taskIDs(l), "reply-dispatch:X2")
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestWorkThatNobodyHasLiesWithThoseWhoDidNotVerifyTheCase(t *testing.T) {
	t.Parallel()
	l := atDecision(t)
	l.state.HandlerID = ""
	require.Equal(t, RoleManager, l.task("decide").InboxRole)
	l.state.VerifiedBy = []string{"petition-manager1"}
	require.Equal(t, RoleLeader, l.task("decide").InboxRole)
}
