package casefile

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// noticeKindsInCode reads every constant of the type NoticeKind from the package's own
// source, so that a new one can't be left out of the test below.
func noticeKindsInCode(t *testing.T) []NoticeKind {
	t.Helper()
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var kinds []NoticeKind
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if name, typed := spec.Type.(*ast.Ident); typed && name.Name == "NoticeKind" {
				value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				require.NoError(t, err)
				kinds = append(kinds, NoticeKind(value))
			}
			return true
		})
	}
	return kinds
}

// noticeLives bring about one notice of each kind, as people do.
var noticeLives = map[NoticeKind]func(t *testing.T) *life{
	NoticeAcceptance: anAppeal,
	NoticeDecline: func(t *testing.T) *life {
		t.Helper()
		l := registered(t, "petition-clerk1", aPetition(Appeal))
		l.does("petition-clerk1", DeclineCase{Reason: DeclineNotCompetent, Explanation: "e", GoTo: "g"})
		return l
	},
	NoticeForwarding: forwarded,
	NoticeTransfer: func(t *testing.T) *life {
		t.Helper()
		l := registered(t, "petition-clerk1", aPetition(Appeal))
		l.does("petition-clerk1", TransferCase{ToOutside: "o", Reason: "r"})
		return l
	},
	NoticeWithdrawal: withdrawn,
	NoticeMediationFailed: func(t *testing.T) *life {
		t.Helper()
		l := mediated(t, MediationPeoples)
		l.does("center-mediator1", ConcludeMediation{Outcome: MediationFailed, Reason: "reason"})
		return l
	},
	NoticeDecision: decided,
	NoticeExtension: func(t *testing.T) *life {
		t.Helper()
		l := anAppeal(t)
		clock := l.state.clock(StepHandling)
		l.does("petition-manager1", RequestExtension{DeadlineID: clock.ID, Length: 20, Unit: CalendarDays, Reason: "reason"})
		l.does("petition-leader1", DecideExtension{DeadlineID: clock.ID, Approved: true})
		return l
	},
	NoticeMerger: func(t *testing.T) *life {
		t.Helper()
		first, second := registered(t, "center-clerk1", aDispute()), younger(t, "center-clerk1", aDispute())
		first.now = second.now
		first.does("center-clerk1", mergeOf(second))
		told(t, first, second)
		return second
	},
	NoticeReviewOpinion: reviewedAppeal,
	NoticeReReviewOpinion: func(t *testing.T) *life {
		t.Helper()
		l := reviewedAppeal(t)
		l.serves("city-petition-clerk1", l.latest(NoticeReviewOpinion))
		l.does("petition-clerk1", asksAgain("P1"))
		l.does("city-leading-leader1", IssueReReviewOpinion{answer(ReviewUpheld)})
		return l
	},
	NoticePerformanceOverdue: func(t *testing.T) *life {
		t.Helper()
		l := promising(t, pays(100_000, "2026-03-20"))
		l.now = shanghai("2026-03-21 00:11:00")
		l.does("", PassTime{})
		return l
	},
	NoticeRetaliation: func(t *testing.T) *life {
		t.Helper()
		report := registered(t, "center-clerk1", aDispute()).reports("center-clerk1", reporting(byPerson("bureau-clerk1")))
		report.does("center-leader1", AnswerRetaliation{Finding: RetaliationConfirmed, Measures: "m"})
		return report
	},
	NoticeRemedy: func(t *testing.T) *life {
		t.Helper()
		l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category = "D-LABOUR" }), "center-mediator1")
		l.does("center-mediator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
		l.does("center-mediator1", OpenMediation{Type: MediationPeoples})
		l.now = shanghai("2026-03-19 00:11:00")
		l.does("", PassTime{})
		return l
	},
}

func reviewedAppeal(t *testing.T) *life {
	t.Helper()
	l := closedAppeal(t)
	l.does("petition-clerk1", asks("P1"))
	l.does("city-petition-leader1", IssueReviewOpinion{answer(ReviewUpheld)})
	return l
}

func TestEveryKindOfNoticeHasAWholeTextInBothLanguages(t *testing.T) {
	t.Parallel()
	kinds := noticeKindsInCode(t)
	require.GreaterOrEqual(t, len(kinds), 12)
	require.Len(t, noticeLives, len(kinds))
	for _, kind := range kinds {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			begin := noticeLives[kind]
			require.NotNil(t, begin, "say in noticeLives how a notice %s comes about", kind)
			l := begin(t)
			notice := *l.state.notice(l.latest(kind))
			requireWholeText(t, l.state, notice)
			notice.Remedy = procedure.Text{} // as in records from before the text was kept
			requireWholeText(t, l.state, notice)
		})
	}
}

// requireWholeText wants sentences, in their own language, without a name or text of the case.
func requireWholeText(t *testing.T, s State, notice Notice) {
	t.Helper()
	zh, en := NoticeText(s, notice, city, Chinese), NoticeText(s, notice, city, English)
	require.NotEmpty(t, zh)
	require.True(t, strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }), zh)
	require.True(t, strings.ContainsFunc(en, func(r rune) bool { return r >= 'a' && r <= 'z' }), en)
	require.NotEqual(t, zh, en)
	require.NotContains(t, zh+en, "who-")
	require.NotContains(t, zh+en, "%!")
}

func TestADeclineNamesItsReasonTheArticleTheEarlierCaseAndWhereToTurn(t *testing.T) {
	t.Parallel()
	text := func(who string, act RegisterCase, decline DeclineCase) (zh, en string) {
		l := registered(t, who, act)
		decline.Explanation, decline.GoTo = "e", "g"
		l.does(who, decline)
		return NoticeText(l.state, l.state.Notices[0], city, Chinese), NoticeText(l.state, l.state.Notices[0], city, English)
	}
	zh, en := text("petition-clerk1", aPetition(Appeal), DeclineCase{Reason: DeclineFinalAfterReReview, EarlierCaseNumber: "530402-P-2025-000007"})
	require.Equal(t, "单位petition不予受理本事项：已复核终结（案件530402-P-2025-000007）（《信访工作条例》第三十六条）。"+
		"以同一事实和理由提出的，各级机关、单位不再受理；有新的事实和理由的，可以另行提出，法规未规定期限。", zh)
	require.Contains(t, en, "final after re-review (case 530402-P-2025-000007) (Regulations on Petition Work, art. 36)")

	zh, en = text("petition-clerk1", aPetition(Appeal), DeclineCase{Reason: DeclineNotCompetent})
	require.Equal(t, "单位petition不予受理本事项：不属于本机关单位职权范围（《信访工作条例》第二十三条）。"+
		"认为应当受理的，可以向单位city-petition反映，由其责令改正（《信访工作条例》第四十四条），法规未规定期限。", zh)
	require.Contains(t, en, "may turn to 单位city-petition, which orders a correction (Regulations on Petition Work, art. 44); no last day is set")
	_, en = text("petition-clerk1", aPetition(Appeal), DeclineCase{Reason: DeclineRepeatedInTime, EarlierCaseNumber: "530402-P-2026-000003"})
	require.Contains(t, en, "repeated while still in time (case 530402-P-2026-000003) (Regulations on Petition Work, art. 19)")
	zh, _ = text("center-clerk1", aDispute(), DeclineCase{Reason: DeclineInOtherProcedure})
	require.Equal(t, "单位center不予受理本事项：已在其他法定程序中。"+otherWays.ZH, zh)
}

func TestANoticeOfLeavingSaysWhoAnswersFromThenOnAndInWhatTime(t *testing.T) {
	t.Parallel()
	text := func(who string, act RegisterCase) string {
		l := registered(t, who, act)
		l.does(who, TransferCase{ToOutside: "o", Reason: "r"})
		return NoticeText(l.state, l.state.Notices[0], city, Chinese)
	}
	require.Contains(t, text("petition-clerk1", aPetition(Appeal)), "自收到之日起15日内书面告知")
	require.Contains(t, text("petition-clerk1", aPetition(Accusation)), "第二十三条第四款")
	require.Contains(t, text("center-clerk1", aDispute()), "《人民调解法》第三条")
}

func TestAReReviewOpinionSaysWhatItLeavesByItsOutcome(t *testing.T) {
	t.Parallel()
	for outcome, says := range map[ReviewOutcome]string{
		ReviewUpheld: "不再受理", ReviewRedo: "将重新办理", ReviewNotAdmitted: "原意见继续有效",
	} {
		l := reviewedAppeal(t)
		l.serves("city-petition-clerk1", l.latest(NoticeReviewOpinion))
		l.does("petition-clerk1", asksAgain("P1"))
		l.does("city-leading-leader1", IssueReReviewOpinion{answer(outcome)})
		require.Contains(t, NoticeText(l.state, *l.state.notice(l.latest(NoticeReReviewOpinion)), city, Chinese), says, outcome)
	}
}

func TestANoticeThatEndsOrLengthensSomethingSaysWhy(t *testing.T) {
	t.Parallel()
	for kind, reason := range map[NoticeKind]TextID{
		NoticeDecline: "e", NoticeTransfer: "r", NoticeWithdrawal: "r", NoticeMerger: "reason-there", NoticeExtension: "reason",
	} {
		l := noticeLives[kind](t)
		require.Equal(t, reason, l.state.notice(l.latest(kind)).Reason, kind)
	}
	require.Empty(t, anAppeal(t).state.Notices[0].Reason)
}
