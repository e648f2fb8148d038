package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASentenceNamesNoCaseThatItsReaderMayNotKnowOf(t *testing.T) {
	t.Parallel()
	const hidden, known = "530402-D-2026-000001", "530402-D-2026-000002"
	without := func(text string, lang Language) string { return WithoutNumbers(text, []string{"", hidden}, lang) }
	require.Equal(t, "linked the case to another case: related", without("linked the case to case "+hidden+": related", English))
	require.Equal(t, "Another case is in the package", without("Case "+hidden+" is in the package", English))
	require.Equal(t, "not concluded: another case, "+known, without("not concluded: "+hidden+", "+known, English))
	require.Equal(t, "将本案关联到另一案件：相关", without("将本案关联到案件"+hidden+"：相关", Chinese))
	require.Equal(t, "本事项重复提出已复核终结的另一案件", without("本事项重复提出已复核终结的案件 "+hidden, Chinese))
}

func TestARecordSaysWhichOtherCasesItNames(t *testing.T) {
	t.Parallel()
	state := State{
		Links:   []Link{{CaseID: "a", Number: "1"}},
		Mergers: []Merger{{CaseID: "b", Number: "2"}}, Retaliation: &Retaliation{Retaliated: Retaliated{CaseID: "c"}},
	}
	require.Equal(t, []OtherCase{{"a", "1"}, {"b", "2"}, {"c", ""}}, state.OtherCases())
	linked := Event{Body: CaseLinked{LinkCases: LinkCases{CaseID: "d", Number: "4"}}}
	require.Equal(t, OtherCase{"d", "4"}, linked.OtherCase())
	require.Equal(t, OtherCase{"e", "5"}, Event{Body: LinkNoted{NoteLink{CaseID: "e", Number: "5"}}}.OtherCase())
	require.Empty(t, Event{Body: CaseAccepted{}}.OtherCase())
}
