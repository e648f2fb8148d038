package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// handed has the newest notice of a kind reach the petitioner at an instant.
func (l *life) handed(who, at string, kind NoticeKind) {
	l.t.Helper()
	l.now = shanghai(at)
	l.does(who, RecordService{DocumentID: l.latest(kind), PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
}

// Every day here was counted by hand. Petitions are counted in calendar days, the first day is
// left out, and a last day on a day off stays where it is.
func TestTheWholeLifeOfAnAppealUpToItsReReviewAndTheSameFactsBroughtAgain(t *testing.T) {
	t.Parallel()
	l := newLife(t)

	// Somebody comes to the county's petition office on Tuesday 3 March 2026.
	l.now = shanghai("2026-03-03 09:30:00")
	l.does("petition-clerk1", aPetition(Appeal))
	require.Equal(t, "2026-03-18", day(l.state.clock(StepRegistration).DueAt), "15 days for taking it in and telling (arts. 22, 23)")

	// It is accepted a week later, and the petitioner is told in writing.
	require.Empty(t, l.until("2026-03-10 09:00:00"))
	l.does("petition-clerk1", AcceptCase{Route: RoutePetitionProcedure})
	require.Equal(t, ClockMet, l.state.clock(StepRegistration).Status)
	handling := l.state.clock(StepHandling).ID
	require.Equal(t, "2026-05-09", day(l.state.deadline(handling).DueAt), "60 days from acceptance (art. 34): 21 in March, 30 in April, 9 in May; a Saturday, which stays")
	l.handed("petition-clerk1", "2026-03-12 15:00:00", NoticeAcceptance)
	require.Contains(t, NoticeText(l.state, *l.state.notice(l.latest(NoticeAcceptance)), city, Chinese), "最迟应于2026-05-09办结并书面答复")
	l.does("petition-manager1", AssignCase{PersonID: "petition-investigator1"})

	// It turns out to be difficult. A week before the day the handler is warned, and asks for
	// twenty days more; the head of the office, and nobody else, grants them.
	require.Equal(t, []string{"2026-05-02 DeadlineWarned"}, l.until("2026-05-06 10:00:00"))
	l.refuses("petition-investigator1", RequestExtension{DeadlineID: handling, Length: 31, Unit: CalendarDays, Reason: "r"}, RefusedInvalid, "length")
	l.does("petition-investigator1", RequestExtension{DeadlineID: handling, Length: 20, Unit: CalendarDays, Reason: "r"})
	l.does("petition-leader1", DecideExtension{DeadlineID: handling, Approved: true})
	require.Equal(t, "2026-05-29", day(l.state.deadline(handling).DueAt), "20 more days after 9 May (art. 34: at most 30)")
	l.handed("petition-clerk1", "2026-05-08 10:00:00", NoticeExtension)
	require.Contains(t, NoticeText(l.state, *l.state.notice(l.latest(NoticeExtension)), city, Chinese), "延长20日，至2026-05-29止")

	// The written opinion supports one claim and not the other. What counts is the day on
	// which it reaches the petitioner.
	require.Equal(t, []string{"2026-05-22 DeadlineWarned"}, l.until("2026-05-25 10:00:00"), "the new day is warned of anew")
	l.does("petition-investigator1", ConcludeInvestigation{Facts: "f", Path: PathDecision})
	l.does("petition-investigator1", opinions(DecisionSupported, DecisionNotSupported))
	require.Zero(t, l.state.ConcludedAt)
	l.handed("petition-clerk1", "2026-05-27 10:00:00", NoticeDecision)
	require.Equal(t, "2026-05-27", day(l.state.ConcludedAt))
	require.True(t, *l.state.ConcludedOnTime, "by the lengthened day")
	require.Equal(t, OutcomePartlySupported, l.state.Outcome)
	require.Equal(t, "2026-06-26", l.dueOf(StepReviewRequest, "O1:P1"), "30 days from the service (art. 35): 4 in May, 26 in June")
	require.Equal(t, "不服本意见的，可以向单位city-petition请求复查（《信访工作条例》第三十五条）：当事人P1至2026-06-26止。",
		NoticeText(l.state, *l.state.notice(l.latest(NoticeDecision)), city, Chinese))
	l.does("petition-investigator1", RequestClosure{Outcome: OutcomePartlySupported, Summary: "s"})
	l.does("petition-manager1", VerifyClosure{})
	require.Empty(t, l.until("2026-06-01 09:00:00"))
	l.does("petition-clerk2", satisfied("P1"))
	l.at(StageClosed)

	// The petitioner asks the city's petition office for a review, six days before the last
	// day. A hearing does not stop that clock: art. 36 says so for the re-review alone.
	require.Empty(t, l.until("2026-06-20 09:00:00"))
	l.does("petition-clerk1", asks("P1"))
	l.at(StageReview)
	require.Equal(t, "2026-07-20", l.dueOf(StepReview, "V1"), "30 days from the request (art. 35): 10 in June, 20 in July")
	review := l.state.window(StepReview, "V1").ID
	l.refuses("city-petition-manager1", SuspendClock{DeadlineID: review, Reason: "HEARING"}, RefusedInvalid, "deadlineId")
	require.Equal(t, []string{"2026-07-13 DeadlineWarned"}, l.until("2026-07-15 09:00:00"))
	l.does("city-petition-manager1", IssueReviewOpinion{answer(ReviewUpheld)})
	l.handed("city-petition-clerk1", "2026-07-17 09:00:00", NoticeReviewOpinion)
	require.Equal(t, "2026-08-16", l.dueOf(StepReReviewRequest, "V1:P1"), "30 days from the service (art. 36): 14 in July, 16 in August; a Sunday, which stays")
	l.at(StageClosed)

	// And for a re-review, with a hearing of ten days.
	require.Empty(t, l.until("2026-08-14 09:00:00"))
	l.does("city-petition-clerk1", asksAgain("P1"))
	l.at(StageReReview)
	require.Equal(t, "2026-09-13", l.dueOf(StepReReview, "V2"), "30 days from the request (art. 36): 17 in August, 13 in September; a Sunday")
	again := l.state.window(StepReReview, "V2").ID
	require.Empty(t, l.until("2026-08-25 09:00:00"))
	l.does("city-leading-manager1", SuspendClock{DeadlineID: again, Reason: "HEARING"})
	require.Empty(t, l.until("2026-09-04 09:00:00"))
	l.does("city-leading-manager1", ResumeClock{DeadlineID: again})
	require.Equal(t, "2026-09-23", l.dueOf(StepReReview, "V2"), "25 August to 3 September, ten days, are not counted (art. 36)")

	// Meanwhile the same facts are brought again, and linked to this case.
	second := repeating(t, l)
	l.now = second.now
	require.Equal(t, []string{"2026-09-16 DeadlineWarned"}, l.until("2026-09-21 09:00:00"))
	l.does("city-leading-leader1", IssueReReviewOpinion{answer(ReviewUpheld)})
	require.False(t, l.state.Final(), "not before it is served")
	l.handed("city-leading-manager1", "2026-09-22 09:00:00", NoticeReReviewOpinion)
	require.True(t, l.state.Final())
	require.Contains(t, NoticeText(l.state, *l.state.notice(l.latest(NoticeReReviewOpinion)), city, Chinese), "不再受理")

	// They are not accepted any more (art. 36); a second person sees to it, and the petitioner
	// is told which case has answered them.
	second.now = l.now
	told(t, l, second)
	refusal := second.refuses("petition-clerk1", AcceptCase{}, RefusedAlreadyDone, "")
	require.Contains(t, refusal.MessageZH, "第三十六条")
	second.does("petition-clerk1", DeclineCase{Reason: DeclineFinalAfterReReview, EarlierCaseNumber: l.number, Explanation: "e", GoTo: "g"})
	require.Contains(t, NoticeText(second.state, *second.state.notice(second.latest(NoticeDecline)), city, Chinese), "已复核终结（案件"+l.number+"）")
	second.refuses("petition-clerk1", VerifyClosure{}, RefusedSamePerson, "")
	second.does("petition-manager1", VerifyClosure{})
	second.handed("petition-clerk1", "2026-09-23 09:00:00", NoticeDecline)
	second.at(StageNotAccepted)

	// Nothing is left to ask for, and nothing is left to wait for.
	for _, act := range []Act{asks("P1"), asksAgain("P1")} {
		l.refuses("petition-clerk1", act, RefusedAlreadyDone, "")
	}
	l.refuses("petition-leader1", ReopenCase{Reason: "r"}, RefusedAlreadyDone, "")
	require.Empty(t, l.until("2027-01-01 00:00:00"))
	require.True(t, Finished(l.state))
	require.Empty(t, l.state.Orders, "every day was kept")
	require.NoError(t, checkRecord("case-1", l.events))
	require.NoError(t, checkRecord("case-2", second.events))
}
