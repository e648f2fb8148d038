package casefile

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAcceptingAnAppealTellsEachPetitionerByWhomWhichWayAndUntilWhen(t *testing.T) {
	t.Parallel()
	appeal := aPetition(Appeal)
	appeal.Parties = append(appeal.Parties, person("P2", PartyPetitioner), person("P3", PartyThird))
	l := registered(t, "petition-clerk1", appeal)
	due := l.state.clock(StepRegistration).DueAt
	l.now = shanghai("2026-03-10 09:00:00")
	events := l.does("petition-clerk1", AcceptCase{})
	require.Equal(t, []string{"CaseAccepted", "DeadlineMet", "DeadlineStarted", "AcceptanceNotified"}, l.types(events))
	require.Equal(t, "2026-03-18", day(due), "15 days from receipt on 3 March")
	require.Equal(t, ClockMet, l.state.clock(StepRegistration).Status, "telling in writing is what the days are for")

	notice := l.state.Notices[0]
	require.Equal(t, NoticeAcceptance, notice.Kind)
	require.Equal(t, []string{"P1", "P2"}, notice.Parties, "not a third party")
	require.Equal(t, "2026-03-10", day(notice.IssuedAt))
	require.Equal(t, "单位petition已于2026-03-10受理530402-D-2026-000001号事项（《信访工作条例》 第23条），按“信访事项（申诉求决）”程序办理。"+
		"最迟应于2026-05-09办结并书面答复（《信访工作条例》 第34, 31, 32条）。", NoticeText(l.state, notice, city, Chinese))
	require.Equal(t, "单位petition accepted matter 530402-D-2026-000001 on 2026-03-10 (信访工作条例, art. 23). It is handled as: petition (appeal). "+
		"The answer in writing is due by 2026-05-09 (信访工作条例, art. 34, 31, 32).", NoticeText(l.state, notice, city, English))
	require.Contains(t, taskIDs(l), "serve:N1")
	l.does("petition-clerk1", RecordService{DocumentID: "N1", PartyID: "P2", Method: ServedByPost, ServedAt: l.now})
	l.does("petition-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedByPost, ServedAt: l.now})
	require.NotContains(t, taskIDs(l), "serve:N1")
	require.Nil(t, l.state.window(StepReviewRequest, "O1:P1"), "there is nothing to review yet")
}

func TestTheNoticeKeepsTheDayThatItToldWhenTheTimeIsLengthened(t *testing.T) {
	t.Parallel()
	l := anAppeal(t)
	said := NoticeText(l.state, l.state.Notices[0], city, English)
	require.Contains(t, said, "due by 2026-05-02")
	clock := l.state.clock(StepHandling)
	l.does("petition-manager1", RequestExtension{DeadlineID: clock.ID, Length: 20, Unit: CalendarDays, Reason: "reason"})
	l.does("petition-leader1", DecideExtension{DeadlineID: clock.ID, Approved: true})
	l.does("petition-manager1", RequestExtension{DeadlineID: clock.ID, Length: 10, Unit: CalendarDays, Reason: "reason"})
	l.does("petition-leader1", DecideExtension{DeadlineID: clock.ID, Approved: true})
	require.Equal(t, said, NoticeText(l.state, l.state.Notices[0], city, English))
	require.Contains(t, NoticeText(l.state, l.state.Notices[1], city, English), "lengthened by 20 calendar days and now ends on 2026-05-22")
	require.Contains(t, NoticeText(l.state, l.state.Notices[2], city, Chinese), "延长10日，至2026-06-01止")
}

func TestASuggestionIsToldADayThatNoTextSets(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Suggestion))
	l.does("petition-clerk1", AcceptCase{})
	require.Contains(t, NoticeText(l.state, l.state.Notices[0], city, English), "means to answer by 2026-05-02; no text sets the day")
	require.Contains(t, NoticeText(l.state, l.state.Notices[0], city, Chinese), "法律法规未规定期限")
}

func TestWhoCannotBeToldInWritingGetsNoNotice(t *testing.T) {
	t.Parallel()
	none := func(t *testing.T, who string, act RegisterCase, accepts string) {
		t.Helper()
		l := registered(t, who, act)
		if l.state.ResponsibleUnitID != city.as(accepts).UnitID {
			l.does(who, TransferCase{ToUnitID: city.as(accepts).UnitID, Reason: "reason"})
		}
		l.does(accepts, AcceptCase{})
		require.False(t, slices.ContainsFunc(l.state.Notices, func(n Notice) bool { return n.Kind == NoticeAcceptance }))
		require.Equal(t, ClockMet, l.state.acceptanceClock().Status)
	}
	anonymous := changed(aPetition(Appeal), func(r *RegisterCase) {
		r.Parties = []Party{{ID: "P1", Role: PartyPetitioner, Kind: NaturalPerson, Anonymous: true}}
	})
	none(t, "petition-clerk1", anonymous, "petition-clerk1")
	unreachable := changed(aPetition(Appeal), func(r *RegisterCase) { r.Parties[0].OutOfReach = true })
	none(t, "petition-clerk1", unreachable, "petition-clerk1")
	// Art 23 para 4 leaves the notice of accusations to other rules.
	none(t, "petition-clerk1", aPetition(Accusation), "discipline-leader1")
	none(t, "center-clerk1", aDispute(), "center-clerk1") // no text has one for a dispute
}

func TestAForwardedPetitionIsToldByTheOrganThatAcceptsIt(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Appeal))
	l.now = shanghai("2026-03-12 09:00:00")
	l.does("petition-clerk1", TransferCase{ToUnitID: "bureau", Reason: "reason"})
	require.Equal(t, "2026-03-27", day(l.state.clock(StepForwarded).DueAt), "15 days from the forwarding (art. 23 para 3)")
	l.now = shanghai("2026-03-20 09:00:00")
	l.does("bureau-clerk1", AcceptCase{})
	require.Contains(t, NoticeText(l.state, *l.state.notice(l.latest(NoticeAcceptance)), city, Chinese), "单位bureau已于2026-03-20受理")
	require.Equal(t, ClockMet, l.state.clock(StepForwarded).Status)
}

func TestAnAcceptanceFromBeforeTheNoticesStaysAsItWas(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Appeal))
	events := l.does("petition-clerk1", AcceptCase{})
	old := Fold("case-1", append(l.events[:len(l.events)-len(events):len(l.events)], events[:len(events)-1]...))
	require.Empty(t, old.Notices)
	require.Equal(t, StageInvestigation, old.Stage)
	l.state, l.events = old, l.events[:len(l.events)-1]
	l.does("petition-manager1", AssignCase{PersonID: "petition-investigator1"})
	l.does("petition-investigator1", ConcludeInvestigation{Facts: "f", Path: PathDecision})
	l.does("petition-investigator1", opinions(DecisionSupported, DecisionSupported))
	l.does("petition-clerk1", served(l, "P1"))
	require.Equal(t, OutcomeSupported, l.state.Outcome)
}
