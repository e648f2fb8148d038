package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// servedAppeal is an appeal of two petitioners, accepted on 2026-03-03, whose opinion reached
// P1 on 2026-04-10 and P2 on 2026-04-13.
func servedAppeal(t *testing.T) *life {
	t.Helper()
	appeal := aPetition(Appeal)
	appeal.Parties = append(appeal.Parties, person("P2", PartyPetitioner))
	l := investigated(t, "petition-clerk1", appeal, "petition-investigator1")
	l.does("petition-investigator1", ConcludeInvestigation{Facts: "f", Path: PathDecision})
	l.now = shanghai("2026-04-09 10:00:00")
	l.does("petition-investigator1", opinions(DecisionSupported, DecisionNotSupported))
	l.now = shanghai("2026-04-10 10:00:00")
	l.does("petition-clerk1", served(l, "P1"))
	l.now = shanghai("2026-04-13 10:00:00")
	l.does("petition-clerk1", served(l, "P2"))
	return l
}

// closedAppeal is that appeal, closed on 2026-04-15.
func closedAppeal(t *testing.T) *life {
	t.Helper()
	l := servedAppeal(t)
	l.now = shanghai("2026-04-15 09:00:00")
	l.does("petition-investigator1", RequestClosure{Outcome: OutcomePartlySupported, Summary: "s"})
	l.does("petition-manager1", VerifyClosure{})
	l.does("petition-clerk2", satisfied("P1"))
	l.does("petition-clerk2", satisfied("P2"))
	l.at(StageClosed)
	return l
}

func asks(party string) RequestReview {
	return RequestReview{ReviewAsked{PartyID: party, Reason: "reason"}}
}

func asksAgain(party string) RequestReReview {
	return RequestReReview{ReviewAsked{PartyID: party, Reason: "reason"}}
}

func answer(outcome ReviewOutcome, claims ...ClaimOpinion) ReviewOpinion {
	return ReviewOpinion{Outcome: outcome, Facts: "f", Reasons: "r", LegalBasis: "l", Claims: claims}
}

// serves has a notice reach both petitioners now.
func (l *life) serves(who, notice string) {
	l.t.Helper()
	for _, party := range []string{"P1", "P2"} {
		l.does(who, RecordService{DocumentID: notice, PartyID: party, Method: ServedInPerson, ServedAt: l.now})
	}
}

func (l *life) dueOf(step, of string) string {
	l.t.Helper()
	clock := l.state.window(step, of)
	require.NotNil(l.t, clock, "%s of %s", step, of)
	return day(clock.DueAt)
}

func TestEachPetitionersWindowRunsFromTheirOwnServiceAndOutlivesTheClosing(t *testing.T) {
	t.Parallel()
	l := closedAppeal(t)
	require.Equal(t, "2026-05-10", l.dueOf(StepReviewRequest, "O1:P1"), "30 days, and no rolling over the Sunday")
	require.Equal(t, "2026-05-13", l.dueOf(StepReviewRequest, "O1:P2"))
	require.False(t, Finished(l.state))
	wake, ok := NextWake(l.state)
	require.True(t, ok)
	require.Equal(t, "2026-05-11", day(wake))

	l.now = shanghai("2026-05-20 00:00:00")
	events := l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineMissed", "DeadlineMissed"}, l.types(events), "nobody is urged over a right that lapsed")
	require.Contains(t, Sentence(events[0], city, English), "the right has lapsed")
	require.True(t, Finished(l.state))
	l.at(StageClosed)
}

func TestAClosedAppealIsReviewedUpheldReReviewedWithAHearingAndFinal(t *testing.T) {
	t.Parallel()
	l := closedAppeal(t)
	concludedAt := l.state.ConcludedAt
	l.refuses("petition-clerk1", asksAgain("P1"), RefusedIncomplete, "")
	l.refuses("petition-clerk1", RequestReview{ReviewAsked{PartyID: "P1"}}, RefusedRequired, "reason")
	l.refuses("petition-clerk1", asks("P9"), RefusedUnknownParty, "partyId")
	wrong := asks("P1")
	wrong.UnitID = "center"
	refusal := l.refuses("petition-clerk1", wrong, RefusedNotCompetent, "unitId")
	require.Contains(t, refusal.MessageZH, "单位city-petition")
	require.Contains(t, refusal.Message, "art. 35")

	l.now = shanghai("2026-05-08 10:00:00")
	events := l.does("petition-clerk1", asks("P1"), effective(shanghai("2026-05-06 15:00:00")))
	require.Equal(t, []string{"ReviewRequested", "DeadlineMet", "DeadlineStarted"}, l.types(events))
	l.at(StageReview)
	require.Equal(t, "city-petition", l.state.Reviews[0].UnitID)
	require.Equal(t, "2026-06-05", l.dueOf(StepReview, "V1"), "30 days from the request")
	require.Equal(t, ClockMet, l.state.window(StepReviewRequest, "O1:P1").Status)
	require.False(t, l.state.Reviews[0].Requests[0].Late)
	require.Contains(t, Grants(l.state, city), Grant{Role: RoleClerk, UnitID: "city-petition"})
	require.Equal(t, TaskReview, Tasks(l.state, city)[0].Kind)
	require.Equal(t, "city-petition", Tasks(l.state, city)[0].InboxUnit)

	l.refuses("petition-clerk1", asks("P1"), RefusedAlreadyDone, "partyId")
	require.Equal(t, []string{"ReviewRequested", "DeadlineMet"}, l.types(l.does("petition-clerk1", asks("P2"))), "another's request joins")

	clock := l.state.window(StepReview, "V1")
	l.refuses("city-petition-manager1", RequestExtension{DeadlineID: clock.ID, Length: 5, Unit: CalendarDays, Reason: "r"}, RefusedJurisdiction, "")
	l.refuses("city-petition-manager1", SuspendClock{DeadlineID: clock.ID, Reason: "HEARING"}, RefusedInvalid, "deadlineId")
	l.refuses("petition-manager1", IssueReviewOpinion{answer(ReviewUpheld)}, RefusedJurisdiction, "")
	l.refuses("city-petition-manager1", IssueReviewOpinion{answer("NO")}, RefusedInvalid, "outcome")
	l.refuses("city-petition-manager1", IssueReviewOpinion{answer(ReviewUpheld, ClaimOpinion{"C1", DecisionExplained, "f", "r", "l"})}, RefusedInvalid, "claims")
	l.now = shanghai("2026-06-01 10:00:00")
	l.does("city-petition-manager1", IssueReviewOpinion{answer(ReviewUpheld)})
	l.at(StageReview)
	l.refuses("city-petition-leader1", IssueReviewOpinion{answer(ReviewUpheld)}, RefusedAlreadyDone, "")
	l.now = shanghai("2026-06-03 10:00:00")
	l.serves("city-petition-clerk1", l.latest(NoticeReviewOpinion))
	l.at(StageClosed)
	require.Equal(t, OutcomePartlySupported, l.state.Outcome)
	require.Equal(t, concludedAt, l.state.ConcludedAt, "the first conclusion stands")
	require.Equal(t, 1, l.state.Round)
	require.Equal(t, "2026-07-03", l.dueOf(StepReReviewRequest, "V1:P1"))
	l.refuses("petition-clerk1", asks("P1"), RefusedAlreadyDone, "")

	l.now = shanghai("2026-06-20 10:00:00")
	l.does("city-petition-clerk1", asksAgain("P1"))
	l.at(StageReReview)
	require.Equal(t, "city-leading", l.state.reviewingUnit())
	require.Equal(t, "2026-07-20", l.dueOf(StepReReview, "V2"))
	again := l.state.window(StepReReview, "V2").ID
	l.refuses("petition-manager1", SuspendClock{DeadlineID: again, Reason: "HEARING"}, RefusedJurisdiction, "deadlineId")
	l.now = shanghai("2026-07-01 09:00:00")
	l.does("city-leading-manager1", SuspendClock{DeadlineID: again, Reason: "HEARING"})
	require.True(t, l.state.deadline(again).Provisional)
	l.now = shanghai("2026-07-11 09:00:00")
	l.does("city-leading-manager1", ResumeClock{DeadlineID: again})
	require.Equal(t, "2026-07-30", l.dueOf(StepReReview, "V2"), "ten days of hearing are not counted (art. 36)")
	l.now = shanghai("2026-07-30 16:00:00")
	l.does("city-leading-leader1", IssueReReviewOpinion{answer(ReviewUpheld)})
	l.serves("city-leading-manager1", l.latest(NoticeReReviewOpinion))
	l.at(StageClosed)
	require.True(t, l.state.Final())
	l.does("", PassTime{})
	require.Equal(t, ClockMissed, l.state.window(StepReReviewRequest, "V1:P2").Status, "the other petitioner let theirs pass")
	require.True(t, Finished(l.state))
	require.Equal(t, ReviewUpheld, l.state.ReviewOf("O1", StageReview))
	require.Equal(t, ReviewUpheld, l.state.ReviewOf("O1", StageReReview))
	for _, act := range []Act{asks("P1"), asksAgain("P2")} {
		refusal := l.refuses("petition-clerk1", act, RefusedAlreadyDone, "")
		require.Contains(t, refusal.MessageZH, "第三十六条")
	}
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestALateRequestIsRecordedAndAnsweredByTheOrgan(t *testing.T) {
	t.Parallel()
	l := closedAppeal(t)
	l.now = shanghai("2026-05-20 10:00:00")
	l.does("", PassTime{})
	late := asks("P1")
	late.LateReason = "in hospital"
	events := l.does("petition-clerk1", late)
	require.Equal(t, []string{"ReviewRequested", "DeadlineMet", "DeadlineStarted"}, l.types(events))
	require.Contains(t, Sentence(events[0], city, Chinese), "已逾期")
	require.True(t, l.state.Reviews[0].Requests[0].Late)
	require.Equal(t, ClockMissed, l.state.window(StepReviewRequest, "O1:P1").Status, "what lapsed stays lapsed")
	l.does("city-petition-leader1", IssueReviewOpinion{answer(ReviewNotAdmitted)})
	l.serves("city-petition-clerk1", l.latest(NoticeReviewOpinion))
	l.at(StageClosed)
	require.Nil(t, l.state.window(StepReReviewRequest, "V1:P1"), "nothing was reviewed that could be reviewed again")
	require.False(t, l.state.Final())
	l.refuses("petition-clerk1", asksAgain("P1"), RefusedIncomplete, "")
}

func TestARequestInTimeThatIsWrittenDownLateLiftsTheLapse(t *testing.T) {
	t.Parallel()
	l := closedAppeal(t)
	l.now = shanghai("2026-05-20 10:00:00")
	l.does("", PassTime{})
	l.refuses("petition-clerk1", asks("P1"), RefusedOutOfOrder, "effectiveAt", effective(shanghai("2026-04-09 10:00:00")), because("r"))
	l.does("petition-clerk1", asks("P1"), effective(shanghai("2026-05-10 23:00:00")), because("by post"))
	require.False(t, l.state.Reviews[0].Requests[0].Late)
	require.Equal(t, ClockMet, l.state.window(StepReviewRequest, "O1:P1").Status)
}

func TestAMatterSentBackGetsANewOpinionThatDoesNotRepeatTheOld(t *testing.T) {
	t.Parallel()
	l := closedAppeal(t)
	concludedAt := l.state.ConcludedAt
	l.now = shanghai("2026-04-20 10:00:00")
	l.does("petition-clerk1", asks("P1"))
	l.now = shanghai("2026-05-06 10:00:00")
	events := l.does("city-petition-leader1", IssueReviewOpinion{answer(ReviewRedo)})
	require.Equal(t, []string{"ReviewOpinionIssued", "DeadlineMet", "DeadlineCancelled", "ReviewConcluded", "DeadlineStarted"}, l.types(events))
	l.at(StageInvestigation)
	require.Empty(t, l.state.Outcome)
	require.Equal(t, concludedAt, l.state.ConcludedAt)
	handling := l.state.clock(StepHandling)
	require.Equal(t, "2026-07-05", day(handling.DueAt))
	require.False(t, handling.Statutory, "no text sets a length for doing it again")
	l.serves("city-petition-clerk1", l.latest(NoticeReviewOpinion))
	l.at(StageInvestigation)
	l.does("petition-investigator1", ConcludeInvestigation{Facts: "f", Path: PathDecision})
	refusal := l.refuses("petition-investigator1", opinions(DecisionSupported, DecisionNotSupported), RefusedRequired, "newGrounds")
	require.Contains(t, refusal.MessageZH, "责令重新办理")
	l.does("petition-investigator1", opinions(DecisionSupported, DecisionExplained))
	l.serves("petition-clerk1", l.latest(NoticeDecision))
	require.Equal(t, OutcomePartlySupported, l.state.Outcome)
	require.Equal(t, ClockMet, l.state.clock(StepHandling).Status)
	require.Equal(t, ClockRunning, l.state.window(StepReviewRequest, "O2:P2").Status, "the new opinion has its own windows")
	l.does("petition-investigator1", RequestClosure{Outcome: OutcomePartlySupported, Summary: "s"})
	l.does("petition-manager1", VerifyClosure{})
	l.at(StageEvaluation)
	l.does("petition-clerk2", satisfied("P1"))
	l.does("petition-clerk2", satisfied("P2"))
	l.at(StageClosed)
	l.does("petition-clerk1", asks("P2"))
	l.at(StageReview)
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAChangedOpinionGivesTheCaseItsNewOutcomeWhenItIsServed(t *testing.T) {
	t.Parallel()
	l := closedAppeal(t)
	l.does("petition-clerk1", asks("P1"))
	who := "city-petition-manager1"
	changed := func(claim string, outcome DecisionOutcome) IssueReviewOpinion {
		return IssueReviewOpinion{answer(ReviewChanged, ClaimOpinion{claim, outcome, "f", "r", "l"})}
	}
	l.refuses(who, IssueReviewOpinion{answer(ReviewChanged)}, RefusedRequired, "claims")
	l.refuses(who, changed("C9", DecisionSupported), RefusedNotFound, "claims.0.claim")
	l.refuses(who, changed("C1", DecisionAdopted), RefusedInvalid, "claims.0.outcome")
	l.refuses(who, changed("C2", DecisionNotSupported), RefusedInvalid, "claims")
	l.does(who, changed("C2", DecisionSupported))
	require.Equal(t, OutcomePartlySupported, l.state.Outcome, "not before it is served")
	l.serves("city-petition-clerk1", l.latest(NoticeReviewOpinion))
	l.at(StageClosed)
	require.Equal(t, OutcomeSupported, l.state.Outcome)
}

func TestAReviewAskedForBeforeTheClosingGoesBackToWhereTheCaseWas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, back Stage
		acts       func(*life)
	}{
		{StageDecision, StageDecision, func(*life) {}},
		{StageVerification, StageDecision, func(l *life) {
			l.does("petition-investigator1", RequestClosure{Outcome: OutcomePartlySupported, Summary: "s"})
		}},
		{StageEvaluation, StageEvaluation, func(l *life) {
			l.does("petition-investigator1", RequestClosure{Outcome: OutcomePartlySupported, Summary: "s"})
			l.does("petition-manager1", VerifyClosure{})
		}},
	} {
		t.Run(string(c.from), func(t *testing.T) {
			t.Parallel()
			l := servedAppeal(t)
			c.acts(l)
			l.at(c.from)
			l.does("petition-clerk1", asks("P2"))
			l.at(StageReview)
			l.does("city-petition-leader1", IssueReviewOpinion{answer(ReviewUpheld)})
			l.later(time.Hour)
			l.serves("city-petition-clerk1", l.latest(NoticeReviewOpinion))
			l.at(c.back)
		})
	}
}

func TestAMissedReviewUrgesTheOrganThatReviews(t *testing.T) {
	t.Parallel()
	l := closedAppeal(t)
	l.does("petition-clerk1", asks("P1"))
	l.now = l.state.window(StepReview, "V1").End().Add(time.Hour)
	l.does("", PassTime{})
	require.Equal(t, "city-petition", l.state.Orders[0].AddresseeUnitID)
	require.Equal(t, "city-center", l.state.Orders[0].IssuedByUnitID)
}

func TestNothingIsReviewedThatIsNoServedOpinionOnAnAppeal(t *testing.T) {
	t.Parallel()
	suggestion := registered(t, "petition-clerk1", aPetition(Suggestion))
	suggestion.does("petition-clerk1", AcceptCase{})
	refusal := suggestion.refuses("petition-clerk1", asks("P1"), RefusedInvalid, "")
	require.Contains(t, refusal.Message, "art")
	l := decided(t)
	l.refuses("petition-clerk1", asks("P1"), RefusedIncomplete, "")
	l.refuses("bureau-clerk1", asks("P1"), RefusedJurisdiction, "")
}

func TestWhoAnsweredAReviewOfAnEarlierOpinionMayReviewTheNewOneAgain(t *testing.T) {
	t.Parallel()
	s := State{Reviews: []Review{
		{ID: "V1", Stage: StageReview, DecisionID: "O1", DecidedBy: "earlier", ConcludedAt: start},
		{ID: "V2", Stage: StageReview, DecisionID: "O2", DecidedBy: "first", ConcludedAt: start},
		{ID: "V3", Stage: StageReReview, DecisionID: "O2"},
	}}
	require.Nil(t, apartFromReviewed(s, "earlier"), "the new opinion is none of theirs")
	require.Equal(t, RefusedSamePerson, apartFromReviewed(s, "first").Code)
}
