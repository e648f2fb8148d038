package leadership

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

func escalation(level casefile.DivisionLevel) EscalateToPackage {
	return EscalateToPackage{Origin: Origin{CaseID: "open", OrderID: "U2"}, Level: level}
}

// escalated is a package proposed to the county's leader because an order went unanswered.
func escalated(t testing.TB) *life {
	t.Helper()
	l := newLife(t)
	l.does("", escalation(casefile.LevelCounty))
	return l
}

func TestACountysNoIsAskedOfTheCityAndTheCaseHearsOfIt(t *testing.T) {
	t.Parallel()
	l := escalated(t)
	_, _, waits := l.state.News()
	require.False(t, waits, "the case that asked has its answer")
	require.Equal(t, []string{"PackageDeclined", "DeadlineMet", "ProposedHigher", "DeadlineStarted"},
		l.does("county-leader", DeclinePackage{Reason: "no"}))
	of, news, waits := l.state.News()
	require.True(t, waits)
	require.Equal(t, casefile.NotePackage{
		PackageID: "pk-1", Number: l.state.Number, Level: casefile.LevelCity, UnitID: "city", LeaderID: "city-leader",
	}, news)
	require.Equal(t, []string{"OriginTold"}, l.does("", NoteTold{Of: of}))
	require.Empty(t, l.does("", NoteTold{Of: of}), "told once")
	require.Equal(t, "2026-03-09", day(l.state.clock(StepApproval).DueAt))

	require.Equal(t, []string{"PackageDeclined", "DeadlineMet", "PackageCancelled"}, l.does("city-leader", DeclinePackage{Reason: "no"}))
	require.False(t, Finished(l.state), "the case has not heard of it")
	of, news, _ = l.state.News()
	require.Equal(t, casefile.NotePackage{PackageID: "pk-1", Number: l.state.Number}, news)
	require.Empty(t, l.does("", NoteTold{Of: of - 1}), "news of another event")
	l.does("", NoteTold{Of: of})
	require.True(t, Finished(l.state))
	l.refuses("", escalation(casefile.LevelCity), casefile.RefusedClosed, "")
}

func TestACitysUnansweredOrderTakesTheProposalFromTheCounty(t *testing.T) {
	t.Parallel()
	l := escalated(t)
	l.later(3)
	require.Equal(t, []string{"DeadlineCancelled", "ProposedHigher", "DeadlineStarted"}, l.does("", escalation(casefile.LevelCity)))
	require.Equal(t, "2026-03-12", day(l.state.clock(StepApproval).DueAt), "seven days for the city's leader")
	require.Empty(t, l.does("", escalation(casefile.LevelCity)), "asked once")
	l.refuses("county-leader", ApprovePackage{}, casefile.RefusedWrongRole, "")
	l.does("city-leader", ApprovePackage{})
	require.Empty(t, l.does("", escalation(casefile.LevelCity)), "a leader has it")
}

func TestAProposalLapsesWithTheCaseThatItCameFrom(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*CaseFacts){
		"ended":     func(f *CaseFacts) { f.Standing.Open, f.Standing.Concluded = false, true },
		"sealed":    func(f *CaseFacts) { f.Confidentiality = casefile.ConfidentialitySealed },
		"elsewhere": func(f *CaseFacts) { f.HeldBy = "pk-2" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, declined := range []bool{true, false} {
				l := escalated(t)
				facts := l.cases["open"]
				change(&facts)
				l.cases["open"] = facts
				if declined {
					l.does("county-leader", DeclinePackage{Reason: "r"})
				} else {
					l.passes(time.Date(2026, time.March, 10, 9, 0, 0, 0, casefile.Shanghai))
				}
				require.Equal(t, Cancelled, l.state.Status)
				require.Empty(t, l.state.Orders, "nobody is chased for it")
			}
			l := newLife(t)
			facts := l.cases["open"]
			change(&facts)
			l.cases["open"] = facts
			_, err := Decide(l.state, l.command("", escalation(casefile.LevelCounty), nil), l.rules())
			require.Error(t, err)
		})
	}
}

func TestALeaderWithAnInterestIsNotAskedAndMayNotTakeTheCase(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	facts := l.cases["open"]
	facts.Exclusions = []casefile.Exclusion{{PersonID: "county-leader"}}
	l.cases["open"] = facts
	l.does("", escalation(casefile.LevelCounty))
	require.Equal(t, "county-vice", l.state.LeaderID)
	l.state.LeaderID = "" // whoever answers would lead
	l.refuses("county-leader", ApprovePackage{}, casefile.RefusedInterest, "caseIds.0")
	l.does("county-vice", ApprovePackage{})
}

func TestWithoutALeadingBodyNoPackageIsProposed(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	delete(l.dir.units, "county")
	delete(l.dir.units, "center")
	l.refuses("", escalation(casefile.LevelCounty), casefile.RefusedUnknownUnit, "level")
}

func TestAProposalWhoseCaseTakesItBackEndsAtOnceAndTellsNobody(t *testing.T) {
	t.Parallel()
	l := escalated(t)
	require.Empty(t, l.does("", WithdrawProposal{CaseID: "another"}))
	require.Equal(t, []string{"PackageCancelled", "DeadlineCancelled"}, l.does("", WithdrawProposal{CaseID: "open"}))
	require.Equal(t, Cancelled, l.state.Status)
	require.Empty(t, Tasks(l.state, l.dir))
	require.True(t, Finished(l.state), "the case said so itself")
	cancelled := l.events[len(l.events)-2]
	require.Contains(t, Sentence(cancelled, l.dir, casefile.English), "wants no leader any more")
	require.Contains(t, Sentence(cancelled, l.dir, casefile.Chinese), "本包案撤回")
	require.Empty(t, l.does("", WithdrawProposal{CaseID: "open"}), "once")
	l.refuses("county-leader", WithdrawProposal{CaseID: "open"}, casefile.RefusedWrongRole, "")

	overdue := escalated(t)
	overdue.passes(time.Date(2026, time.March, 10, 9, 0, 0, 0, casefile.Shanghai)) // the city's leader is asked, and the case not told yet
	require.NotZero(t, overdue.state.Untold)
	overdue.does("", WithdrawProposal{CaseID: "open"})
	_, news, waits := overdue.state.News()
	require.True(t, waits)
	require.Empty(t, news.Level, "what it is told now is that it is over")

	led := escalated(t)
	led.does("county-leader", ApprovePackage{})
	require.Empty(t, led.does("", WithdrawProposal{CaseID: "open"}), "a leader has it")
	require.Equal(t, Open, led.state.Status)
}
