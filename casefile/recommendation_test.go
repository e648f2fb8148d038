package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestARecommendationAsksAUnitForItsReply(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	l.refuses("center-mediator1", IssueRecommendation{UnitID: "bureau", Text: "text"}, RefusedIncomplete, "")
	l = mediated(t, MediationPeoples)
	l.refuses("center-mediator1", IssueRecommendation{Text: "text"}, RefusedRequired, "unitId")
	l.refuses("center-mediator1", IssueRecommendation{UnitID: "bureau"}, RefusedRequired, "text")
	l.refuses("center-mediator1", IssueRecommendation{UnitID: "nowhere", Text: "text"}, RefusedUnknownUnit, "unitId")
	l.refuses("center-mediator1", IssueRecommendation{UnitID: "center", Text: "text"}, RefusedInvalid, "unitId")
	l.refuses("center-mediator1", IssueRecommendation{UnitID: "bureau", Text: "text", ReplyBy: "2026-03-03"}, RefusedOutOfOrder, "replyBy")
	l.refuses("center-mediator1", IssueRecommendation{UnitID: "bureau", Text: "text", ReplyBy: "soon"}, RefusedInvalid, "replyBy")
	l.refuses("bureau-manager1", ReplyRecommendation{Reply: "reply"}, RefusedJurisdiction, "")
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleManager, UnitID: "bureau"})

	l.does("center-mediator1", IssueRecommendation{UnitID: "bureau", Text: "text"})
	l.does("center-mediator1", IssueRecommendation{UnitID: "desk", Text: "text", ReplyBy: "2026-03-20"})
	first, second := l.state.clockOf(stepRecommendation, "T1"), l.state.clockOf(stepRecommendation, "T2")
	require.Equal(t, "2026-04-02", day(first.DueAt), "30 days, a choice")
	require.Equal(t, designChoice, first.Citation.Law)
	require.Equal(t, "2026-03-20", day(second.DueAt))
	require.Contains(t, Grants(l.state, city), Grant{Role: RoleManager, UnitID: "bureau"})
	l.refuses("center-clerk1", ReplyRecommendation{Reply: "reply"}, RefusedRequired, "recommendationId")
	l.refuses("center-clerk1", ReplyRecommendation{RecommendationID: "T9", Reply: "reply"}, RefusedNotFound, "recommendationId")
	l.refuses("bureau-manager1", ReplyRecommendation{RecommendationID: "T1"}, RefusedRequired, "reply")
	require.Equal(t, []string{"RecommendationReplied", "DeadlineMet"}, l.types(l.does("bureau-manager1", ReplyRecommendation{RecommendationID: "T1", Reply: "reply"})))
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleManager, UnitID: "bureau"}, "only while it owes the reply")

	l.now = shanghai("2026-03-21 00:11:00")
	require.Equal(t, []string{"DeadlineMissed"}, l.types(l.does("", PassTime{})), "no order to a unit that is not ours")
	require.Contains(t, taskIDs(l), "urge-reply:T2")
	l.does("center-clerk1", ReplyRecommendation{Reply: "reply"})
	require.NotContains(t, taskIDs(l), "urge-reply:T2")
	l.refuses("center-clerk1", ReplyRecommendation{Reply: "reply"}, RefusedAlreadyDone, "")
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestARecommendationOutlivesItsCaseAndANarrowCircleStaysNarrow(t *testing.T) {
	t.Parallel()
	l := promising(t)
	l.does("center-mediator1", IssueRecommendation{UnitID: "bureau", Text: "text"})
	l.does("center-clerk1", AmendCase{Confidentiality: ConfidentialityRestricted, Reason: "reason"})
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleManager, UnitID: "bureau"})
	l.closing()
	require.Equal(t, ClockRunning, l.state.clockOf(stepRecommendation, "T1").Status)
	l.now = shanghai("2026-04-03 00:11:00")
	l.does("", PassTime{})
	require.Equal(t, []string{"urge-reply:T1"}, taskIDs(l))
}
