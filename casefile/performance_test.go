package casefile

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// promising is a dispute settled in writing on 3 March 2026, with promises.
func promising(t *testing.T, promises ...PerformanceDue) *life {
	t.Helper()
	l := mediated(t, MediationPeoples)
	l.does("center-mediator1", RecordSession{Minutes: "minutes"})
	l.does("center-mediator1", ConcludeMediation{
		Outcome: MediationAgreementWritten, Agreement: "agreement", SignedAt: l.now, Performance: promises,
	})
	return l
}

func pays(fen int64, on string) PerformanceDue {
	return PerformanceDue{DueOn: on, Amount: &fen, What: "what"}
}

// closing takes a settled dispute to its end.
func (l *life) closing() {
	l.t.Helper()
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeAgreementWritten, Summary: "summary"})
	l.does("center-manager1", VerifyClosure{})
	l.does("center-clerk2", satisfied("P1"))
	l.does("center-clerk2", satisfied("P2"))
	l.at(StageClosed)
}

func TestEachPromiseHasItsOwnClockToTheDayThatTheAgreementNames(t *testing.T) {
	t.Parallel()
	l := promising(t, pays(100_000, "2026-03-03"), pays(200_000, "2026-05-01"))
	first, second := l.state.promiseClock("Y1"), l.state.promiseClock("Y2")
	require.Equal(t, "2026-03-03", day(first.DueAt), "on the very day")
	require.Equal(t, "2026-05-01", day(second.DueAt), "a holiday: what was agreed doesn't roll")
	require.Equal(t, 59, second.Length)
	require.False(t, second.OfOffice())
	require.False(t, second.Statutory)
	require.Equal(t, Citation{"人民调解法", "31", true}, second.Citation)
	require.Equal(t, "履行协议", second.Label(Chinese))
	window := l.state.clockOf(stepApplication, "M1")
	require.Equal(t, "2026-04-02", day(window.DueAt), "30 days from 3 March")
	require.Equal(t, "2026-03-04 00:00:00", l.state.promiseClock("Y1").End().In(Shanghai).Format("2006-01-02 15:04:05"))
}

func TestPartialPaymentsAddUpAndAreKeptBySource(t *testing.T) {
	t.Parallel()
	l := promising(t, pays(100_000, "2026-04-10"), PerformanceDue{DueOn: "2026-04-20", What: "an apology"})
	paid := func(fen int64) RecordPerformance { return RecordPerformance{PerformanceID: "Y1", Amount: &fen} }
	l.refuses("center-mediator1", RecordPerformance{}, RefusedRequired, "performanceId")
	l.refuses("center-mediator1", RecordPerformance{PerformanceID: "Y9"}, RefusedNotFound, "performanceId")
	l.refuses("center-mediator1", RecordPerformance{PerformanceID: "Y1", Source: "NOBODY"}, RefusedInvalid, "source")
	l.refuses("center-mediator1", paid(100_001), RefusedInvalid, "amount")
	l.refuses("center-mediator1", paid(0), RefusedInvalid, "amount")
	l.refuses("center-investigator2", RecordFollowUp{}, RefusedWrongStage, "")
	l.refuses("bureau-clerk1", paid(1), RefusedJurisdiction, "")

	require.Equal(t, []string{"PerformanceRecorded"}, l.types(l.does("center-mediator1", paid(30_000))))
	refusal := l.refuses("center-clerk1", paid(70_001), RefusedInvalid, "amount")
	require.Contains(t, refusal.Message, "¥700.00 that is left")
	require.Zero(t, l.state.Mediations[0].PerformedAt("Y1"))
	rest := RecordPerformance{PerformanceID: "Y1", Source: PerformedByInsurance}
	require.Equal(t, []string{"PerformanceRecorded", "DeadlineMet"}, l.types(l.does("center-clerk1", rest)))
	require.Equal(t, int64(100_000), l.state.Mediations[0].Paid("Y1"))
	require.Equal(t, int64(70_000), *l.state.Mediations[0].Performed[1].Amount)
	require.Equal(t, PerformedByParty, l.state.Mediations[0].Performed[0].Source)
	require.Equal(t, PerformedByInsurance, l.state.Mediations[0].Performed[1].Source)
	require.Equal(t, ClockMet, l.state.promiseClock("Y1").Status)
	l.refuses("center-clerk1", paid(1), RefusedAlreadyDone, "performanceId")
	l.does("center-clerk1", RecordPerformance{}) // the only one that is owed
	l.refuses("center-clerk1", RecordPerformance{}, RefusedAlreadyDone, "")
}

func TestAMissedPromiseIsUrgedAndNobodyIsSupervisedForIt(t *testing.T) {
	t.Parallel()
	l := promising(t, pays(100_000, "2026-03-20"))
	l.closing()
	require.False(t, Finished(l.state), "the promise outlives the case")
	require.Empty(t, Tasks(l.state, city))
	l.now = shanghai("2026-03-21 00:11:00")
	events := l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineMissed", "PerformanceOverdue"}, l.types(events))
	require.Empty(t, l.state.Orders)
	notice := l.state.Notices[0]
	require.Equal(t, NoticePerformanceOverdue, notice.Kind)
	require.Equal(t, []string{"P1", "P2"}, notice.Parties, "who owes is urged, who is owed is told of the court")
	require.Equal(t, "2026-03-20", day(notice.IssuedAt))
	clock := l.state.promiseClock("Y1")
	require.Equal(t, []Task{{ID: "urge:Y1", Kind: TaskUrge, AssigneeID: "center-mediator1", DeadlineID: clock.ID}}, Tasks(l.state, city))
	require.Contains(t, Sentence(events[1], city, Chinese), "督促履行并告知救济途径")

	served := func(party string) RecordService {
		return RecordService{DocumentID: notice.ID, PartyID: party, Method: ServedByPost, ServedAt: l.now}
	}
	l.does("center-mediator1", served("P1"))
	require.Len(t, Tasks(l.state, city), 1)
	l.does("center-mediator1", served("P2"))
	require.Empty(t, Tasks(l.state, city))
	l.later(9 * 24 * time.Hour)
	l.does("center-clerk1", RecordPerformance{})
	require.Equal(t, ClockMissed, l.state.promiseClock("Y1").Status, "late is late")
	require.Equal(t, "2026-03-30", day(l.state.promiseClock("Y1").MetAt))
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestAPaymentInTimeThatIsRecordedLateLiftsTheMissAndItsNotice(t *testing.T) {
	t.Parallel()
	l := promising(t, pays(100_000, "2026-03-20"))
	l.now = shanghai("2026-03-22 09:00:00")
	l.does("", PassTime{})
	require.Len(t, Tasks(l.state, city), 2, "request closure, and urge")
	events := l.does("center-mediator1", RecordPerformance{}, effective(shanghai("2026-03-20 18:00:00")))
	require.Equal(t, []string{"PerformanceRecorded", "DeadlineMet"}, l.types(events))
	require.Equal(t, ClockMet, l.state.promiseClock("Y1").Status)
	require.True(t, l.state.Notices[0].Void)
	require.Equal(t, []string{"request-closure"}, taskIDs(l))
}

func TestNothingIsPerformedBeforeTheAgreement(t *testing.T) {
	t.Parallel()
	l := promising(t, pays(100_000, "2026-03-20"))
	l.later(48 * time.Hour)
	l.refuses("center-mediator1", RecordPerformance{}, RefusedBeforeReceipt, "effectiveAt", effective(shanghai("2026-03-02 09:00:00")))
	l.does("center-mediator1", RecordPerformance{}, effective(shanghai("2026-03-03 23:00:00")))
}

func TestALaterAgreementTakesThePlaceOfAnEarlierOne(t *testing.T) {
	t.Parallel()
	l := promising(t, pays(100_000, "2026-03-20"), pays(100_000, "2026-06-20"))
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeAgreementWritten, Summary: "summary"})
	l.does("center-manager1", RejectClosure{Reason: "reason"})
	l.now = shanghai("2026-03-21 09:00:00")
	l.does("", PassTime{})
	l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	l.does("center-mediator1", OpenMediation{Type: MediationPeoples})
	events := l.does("center-mediator1", ConcludeMediation{
		Outcome: MediationAgreementOral, Agreement: "record", Performance: []PerformanceDue{pays(150_000, "2026-04-30")},
	})
	require.Equal(t, []string{
		"MediationConcluded", "CaseConcluded", "DeadlineMet", "DeadlineCancelled", "DeadlineCancelled", "DeadlineStarted",
	}, l.types(events), "the second promise and the window of the first agreement; the first promise stays missed")
	require.Equal(t, "M2", l.state.Mediations[0].ReplacedBy)
	require.Equal(t, "Y3", l.state.Mediations[1].PerformanceID(0))
	require.True(t, l.state.Notices[0].Void)
	l.refuses("center-mediator1", RecordPerformance{PerformanceID: "Y2"}, RefusedAlreadyDone, "performanceId")
	l.does("center-mediator1", RecordPerformance{})
	l.refuses("center-mediator1", RecordConfirmation{Result: ConfirmationApplied}, RefusedIncomplete, "")
}

func TestPromisesOfOldRecordsAreCountedByTheirPlace(t *testing.T) {
	t.Parallel()
	l := promising(t, pays(100_000, "2026-03-20"), pays(200_000, "2026-04-20"))
	raw, err := json.Marshal(l.state)
	require.NoError(t, err)
	var old State
	require.NoError(t, json.Unmarshal(raw, &old))
	m := &old.Mediations[0]
	m.AgreedAt = m.ConcludedAt.AddDate(0, 0, 0)
	for i := range m.Performance {
		m.Performance[i].ID = ""
	}
	old.Deadlines = old.Deadlines[:2]
	l.state = old
	l.does("center-mediator1", RecordPerformance{PerformanceID: "M1.2"})
	require.Zero(t, l.state.Mediations[0].PerformedAt("M1.1"))
	require.NotZero(t, l.state.Mediations[0].PerformedAt("M1.2"))
}

func TestSixtyInstalmentsStaySmallEnoughToBeCarried(t *testing.T) {
	t.Parallel()
	var promises []PerformanceDue
	for i := range maxPerformance {
		promises = append(promises, pays(int64(i+1), day(start.AddDate(0, i, 0))))
	}
	l := promising(t, promises...)
	for i := range maxPerformance {
		l.does("center-mediator1", RecordPerformance{PerformanceID: l.state.Mediations[0].PerformanceID(i)})
	}
	require.NoError(t, checkRecord("case-1", l.events))
	raw, err := json.Marshal(l.state)
	require.NoError(t, err)
	t.Logf("%d bytes with %d instalments, all performed", len(raw), maxPerformance)
}
