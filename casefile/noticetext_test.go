package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAWrittenOpinionNamesItsRemedyTheOrganAndTheLastDayOfEachParty(t *testing.T) {
	t.Parallel()
	appeal := aPetition(Appeal)
	appeal.Parties = append(appeal.Parties, person("P2", PartyPetitioner))
	l := investigated(t, "petition-clerk1", appeal, "petition-investigator1")
	l.does("petition-investigator1", ConcludeInvestigation{Facts: "f", Path: PathDecision})
	l.does("petition-investigator1", opinions(DecisionSupported, DecisionNotSupported))
	require.Equal(t, "不服本意见的，可以向单位city-petition请求复查（《信访工作条例》第三十五条）：尚未送达的，自送达之日起30日内。",
		NoticeText(l.state, *l.state.notice(l.latest(NoticeDecision)), city, Chinese))
	l.now = shanghai("2026-04-10 10:00:00")
	l.does("petition-clerk1", served(l, "P1"))
	text := NoticeText(l.state, *l.state.notice(l.latest(NoticeDecision)), city, English)
	require.Contains(t, text, "party P1 until 2026-05-10; whoever has not been served within 30 days of service")
	require.Contains(t, text, "单位city-petition")
}

func TestReviewOpinionsNameWhatIsLeft(t *testing.T) {
	t.Parallel()
	l := closedAppeal(t)
	l.does("petition-clerk1", asks("P1"))
	l.does("city-petition-leader1", IssueReviewOpinion{answer(ReviewUpheld)})
	l.now = shanghai("2026-05-01 10:00:00")
	l.serves("city-petition-clerk1", l.latest(NoticeReviewOpinion))
	require.Equal(t, "不服本意见的，可以向单位city-leading请求复核（《信访工作条例》第三十六条）：当事人P1至2026-05-31止；当事人P2至2026-05-31止。",
		NoticeText(l.state, *l.state.notice(l.latest(NoticeReviewOpinion)), city, Chinese))
	l.does("petition-clerk1", asksAgain("P1"))
	l.does("city-leading-leader1", IssueReReviewOpinion{answer(ReviewUpheld)})
	require.Contains(t, NoticeText(l.state, *l.state.notice(l.latest(NoticeReReviewOpinion)), city, English), "for good")

	redone := closedAppeal(t)
	redone.does("petition-clerk1", asks("P1"))
	redone.does("city-petition-leader1", IssueReviewOpinion{answer(ReviewRedo)})
	require.Contains(t, NoticeText(redone.state, *redone.state.notice(redone.latest(NoticeReviewOpinion)), city, Chinese), "单位petition将重新办理")
}

func TestAWithdrawalsConfirmationSaysUntilWhenItCanBeUndone(t *testing.T) {
	t.Parallel()
	l := withdrawn(t)
	require.Equal(t, "至2026-04-02止，可以向单位center反悔撤回。", NoticeText(l.state, l.state.Notices[0], city, Chinese))
}
