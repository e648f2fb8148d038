package casefile

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// measured are the figures of a life so far.
func measured(l *life) Measures {
	l.t.Helper()
	course := FoldCourse("case-1", l.events)
	m := MeasuresOf(l.state, course)
	for code, share := range m.Shares {
		require.GreaterOrEqual(l.t, share.Numerator, int64(0), code)
		require.LessOrEqual(l.t, share.Numerator, share.Denominator, code)
	}
	return m
}

// requireShares wants exactly these indicators to have a part of the case.
func requireShares(l *life, want map[IndicatorCode]Share) {
	l.t.Helper()
	got := maps.Clone(measured(l).Shares)
	maps.DeleteFunc(got, func(_ IndicatorCode, share Share) bool { return share == Share{} })
	for _, code := range []IndicatorCode{"SUPERVISED", "WITHDRAWN"} {
		if _, said := want[code]; !said {
			require.Equal(l.t, Share{0, 1}, got[code], code)
			delete(got, code)
		}
	}
	require.Equal(l.t, want, got)
}

func TestAClosedDisputeIsCountedInEveryIndicatorThatItIsAbout(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	m := measured(l)
	require.Equal(t, []int64{0, 0, 1, 0, 0}, []int64{m.Concluded, m.Closed, m.Open, m.Overdue, m.Deferred})
	requireShares(l, map[IndicatorCode]Share{})
	l.does("center-clerk1", AcceptCase{})
	requireShares(l, map[IndicatorCode]Share{"ACCEPTED_ON_TIME": {1, 1}, "DECLINED": {0, 1}, "EXTENDED": {0, 1}})

	l = promising(t, pays(100_000, "2026-04-10"))
	l.closing()
	m = measured(l)
	require.Equal(t, []int64{1, 1, 0, 0, 0}, []int64{m.Concluded, m.Closed, m.Open, m.Overdue, m.Deferred})
	require.EqualValues(t, 1, m.People)
	want := map[IndicatorCode]Share{
		"ACCEPTED_ON_TIME": {1, 1}, "CONCLUDED": {1, 1}, "CONCLUDED_ON_TIME": {1, 1}, "MEDIATION_SUCCEEDED": {1, 1},
		"DISPUTES_RESOLVED": {1, 1}, "SATISFIED": {2, 2}, "REWORKED": {0, 1}, "EXTENDED": {0, 1}, "DECLINED": {0, 1}, "CONFIRMED": {0, 1},
	}
	requireShares(l, want) // the promise has its day still to come
	l.now = shanghai("2026-04-11 00:20:00")
	l.does("", PassTime{})
	want["PERFORMED"] = Share{0, 1}
	requireShares(l, want)
	l.does("center-mediator1", RecordPerformance{PerformanceID: "Y1"})
	want["PERFORMED"] = Share{1, 1}
	requireShares(l, want)
	l.does("center-clerk1", RecordConfirmation{Result: ConfirmationConfirmed, AppliedAt: shanghai("2026-03-20 10:00:00")})
	want["CONFIRMED"] = Share{1, 1}
	requireShares(l, want)
}

func TestACaseThatIsLateIsDueAndOverdueAndSupervised(t *testing.T) {
	t.Parallel()
	l := investigated(t, "petition-clerk1", aPetition(Appeal), "petition-investigator1")
	requireShares(l, map[IndicatorCode]Share{
		"ACCEPTED_ON_TIME": {1, 1}, "EXTENDED": {0, 1}, "DECLINED": {0, 1}, "REPEATED": {0, 1},
	})
	l.now = l.state.clock(StepHandling).End().Add(20 * time.Minute)
	l.does("", PassTime{})
	require.EqualValues(t, 1, measured(l).Overdue)
	requireShares(l, map[IndicatorCode]Share{
		"ACCEPTED_ON_TIME": {1, 1}, "EXTENDED": {0, 1}, "DECLINED": {0, 1}, "REPEATED": {0, 1},
		"CONCLUDED": {0, 1}, "CONCLUDED_ON_TIME": {0, 1}, "SUPERVISED": {1, 1},
	})
}

func TestAnAcceptanceThatWasMissedIsNotOnTimeThoughItCame(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.now = l.state.clock(StepAcceptance).End().Add(20 * time.Minute)
	l.does("", PassTime{})
	require.Equal(t, Share{0, 1}, measured(l).Shares["ACCEPTED_ON_TIME"])
	l.does("center-clerk1", AcceptCase{})
	require.Equal(t, Share{0, 1}, measured(l).Shares["ACCEPTED_ON_TIME"])
}

func TestAReworkIsCountedInEveryRoundAndTheLatestAnswersCount(t *testing.T) {
	t.Parallel()
	l := evaluated(t)
	unhappy := RecordFollowUp{PartyID: "P1", Result: FollowUpAnswered, Satisfaction: pointer(2), Method: FollowUpPhone}
	l.does("center-clerk2", unhappy)
	require.Equal(t, Share{0, 1}, measured(l).Shares["SATISFIED"])
	l.does("center-clerk2", satisfied("P2"))
	l.at(StageInvestigation)
	require.Equal(t, Share{1, 1}, measured(l).Shares["REWORKED"])
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathClose})
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeSettledByParties, Summary: "summary"})
	l.does("center-leader1", VerifyClosure{})
	l.does("center-clerk2", satisfied("P1"))
	l.does("center-clerk2", RecordFollowUp{PartyID: "P2", Result: FollowUpUnreachable, Method: FollowUpPhone})
	l.at(StageClosed)
	require.Equal(t, Share{2, 2}, measured(l).Shares["SATISFIED"], "each party's latest answer; not reached is none")
	l.does("center-leader1", ReopenCase{Reason: "reason"})
	require.Zero(t, l.state.Reworks)
	require.Equal(t, Share{1, 1}, measured(l).Shares["REWORKED"])
}

func TestEndsThatSkipTheMeritsAreCountedAsWhatTheyAre(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", DeclineCase{Reason: DeclineInOtherProcedure, Explanation: "explanation", GoTo: "court"})
	l.does("center-manager1", VerifyClosure{})
	l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
	l.at(StageNotAccepted)
	requireShares(l, map[IndicatorCode]Share{"ACCEPTED_ON_TIME": {1, 1}, "DECLINED": {1, 1}})

	l = mediated(t, MediationPeoples)
	l.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpOnSite, Request: "request", Reason: "reason"})
	l.does("center-manager1", VerifyClosure{})
	l.does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedInPerson, ServedAt: l.now})
	l.at(StageWithdrawn)
	requireShares(l, map[IndicatorCode]Share{
		"ACCEPTED_ON_TIME": {1, 1}, "DECLINED": {0, 1}, "EXTENDED": {0, 1}, "WITHDRAWN": {1, 1},
	}) // the mediation that ended with it is none that failed
}

func TestADispatchIsRespondedToByItsDay(t *testing.T) {
	t.Parallel()
	l := dispatched(t)
	require.Zero(t, measured(l).Shares["RESPONDED"])
	l.now = shanghai("2026-03-05 15:00:00")
	l.does("government-clerk1", ReplyDispatch{DispatchID: "X2", Reply: "reply"})
	require.Equal(t, Share{1, 1}, measured(l).Shares["RESPONDED"])
	l.now = shanghai("2026-03-11 00:20:00")
	l.does("", PassTime{})
	require.Equal(t, Share{1, 2}, measured(l).Shares["RESPONDED"])
	l.does("bureau-clerk1", ReplyDispatch{DispatchID: "X1", Reply: "reply"})
	require.Equal(t, Share{1, 2}, measured(l).Shares["RESPONDED"], "late is late")
}

func TestARepeatAndAnExtensionAreCounted(t *testing.T) {
	t.Parallel()
	s := State{Kind: Petition, Stage: StageInvestigation, Round: 1, Links: []Link{{Kind: LinkRepeat}}}
	require.Equal(t, Share{1, 1}, MeasuresOf(s, Course{}).Shares["REPEATED"])
	s.Links[0].Inverse = true
	require.Equal(t, Share{0, 1}, MeasuresOf(s, Course{}).Shares["REPEATED"])
	s.Kind = Dispute
	require.Zero(t, MeasuresOf(s, Course{}).Shares["REPEATED"])
	s.Deadlines = []Deadline{{Step: StepHandling, Extensions: []ClockExtension{{Approved: pointer(false)}}}}
	require.Equal(t, Share{0, 1}, MeasuresOf(s, Course{}).Shares["EXTENDED"])
	s.Deadlines[0].Extensions = append(s.Deadlines[0].Extensions, ClockExtension{Approved: pointer(true)})
	require.Equal(t, Share{1, 1}, MeasuresOf(s, Course{}).Shares["EXTENDED"])
	s.Deadlines[0].Of = "J1" // the court's, for a confirmation
	require.Zero(t, MeasuresOf(s, Course{}).Shares["EXTENDED"])
}

func TestAnAgreementThatWasReplacedCountsNoMore(t *testing.T) {
	t.Parallel()
	amounts := []int64{100, 250}
	s := State{Kind: Dispute, Stage: StageMediation, Round: 1, Mediations: []Mediation{
		{ID: "M1", Outcome: MediationAgreementWritten, AgreedAmount: &amounts[0], ReplacedBy: "M2"},
		{ID: "M2", Outcome: MediationAgreementWritten, AgreedAmount: &amounts[1]},
	}}
	require.EqualValues(t, 250, MeasuresOf(s, Course{}).AgreedAmount)
	require.Equal(t, Share{0, 1}, MeasuresOf(s, Course{}).Shares["CONFIRMED"])
	s.FollowUps = []FollowUp{
		{RecordFollowUp: RecordFollowUp{PartyID: "P1", Performed: pointer(false)}},
		{RecordFollowUp: RecordFollowUp{PartyID: "P1", Performed: pointer(true)}},
	}
	require.Equal(t, Share{1, 1}, MeasuresOf(s, Course{}).Shares["PERFORMED"], "without promises it goes by the last follow-up")
}

func TestTheCourseCountsTheDaysOfEachStageOverAllStays(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.later(3 * 24 * time.Hour)
	l.does("center-clerk1", AcceptCase{})
	l.does("center-manager1", AssignCase{PersonID: "center-mediator1"})
	require.Equal(t, map[Stage]int{StageAcceptance: 3}, FoldCourse("case-1", l.events).Days, "the stay that goes on is not counted")
	l.later(4 * 24 * time.Hour)
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathClose})
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeUnfounded, Summary: "summary"})
	l.later(24 * time.Hour)
	l.does("center-leader1", RejectClosure{Reason: "reason"})
	require.Equal(t, map[Stage]int{StageAcceptance: 3, StageInvestigation: 4, StageVerification: 1}, FoldCourse("case-1", l.events).Days)
	l.later(2 * 24 * time.Hour)
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	require.Equal(t, 6, FoldCourse("case-1", l.events).Days[StageInvestigation])
}

func TestDaysAreThoseOfShanghaiAndNeverLessThanNone(t *testing.T) {
	t.Parallel()
	require.Equal(t, 1, daysBetween(shanghai("2026-03-03 23:59:59"), shanghai("2026-03-04 00:00:01")))
	require.Equal(t, 0, daysBetween(shanghai("2026-03-03 00:00:00"), shanghai("2026-03-03 23:59:59")))
	require.Equal(t, 0, daysBetween(shanghai("2026-03-03 10:00:00"), shanghai("2026-03-01 10:00:00")))
}

func TestEveryIndicatorOfTheContractIsDefinedInBothLanguages(t *testing.T) {
	t.Parallel()
	codes := []IndicatorCode{
		"ACCEPTED_ON_TIME", "CONCLUDED", "CONCLUDED_ON_TIME", "MEDIATION_SUCCEEDED", "DISPUTES_RESOLVED", "PACKAGES_RESOLVED",
		"PACKAGES_STABILISED", "SATISFIED", "RESPONDED", "REWORKED", "EXTENDED", "REPEATED", "SUPERVISED", "DECLINED", "WITHDRAWN",
		"CONFIRMED", "PERFORMED",
	}
	for i, indicator := range Indicators {
		require.Equal(t, codes[i], indicator.Code)
		for _, term := range []Term{indicator.Name, indicator.Numerator, indicator.Denominator} {
			require.NotEmpty(t, term.ZH, indicator.Code)
			require.NotEmpty(t, term.EN, indicator.Code)
		}
		found, ok := IndicatorOf(indicator.Code)
		require.True(t, ok)
		require.Equal(t, indicator.Name, found.Name)
	}
	require.Len(t, Indicators, len(codes))
	_, ok := IndicatorOf("NONE")
	require.False(t, ok)
	for stage := range stagesWithTerms() {
		require.Equal(t, stage.Open(), slices.Contains(OpenStages, stage), stage)
	}
}

func stagesWithTerms() map[Stage]bool {
	stages := map[Stage]bool{}
	for _, term := range Terms("CaseStage") {
		stages[Stage(term.Value)] = true
	}
	return stages
}
