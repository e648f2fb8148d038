package explore

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

// statesInTests bounds the time of the tests, and the drawing of the docs is made with it. Most
// scopes are smaller. The others, and those that cross two topics, are searched to their end by
// `make explore`; that every state can reach an end is proved of whole scopes alone.
const statesInTests = 1000

// explored are all scopes, searched once for every test.
var explored = sync.OnceValue(func() []Result {
	var results []Result
	for _, scope := range Scopes() {
		options := DefaultOptions()
		options.States, options.CompareMerged = statesInTests, 32
		results = append(results, Explore(scope, options))
	}
	return results
})

func TestEveryReachableStateHoldsTheInvariantsAndCanReachAnEnd(t *testing.T) {
	t.Parallel()
	for _, result := range explored() {
		t.Logf("%s: %d states, %d edges, %d pairs compared, whole: %t", result.Scope, result.States, result.Edges, result.Compared, result.Complete)
		for _, fault := range result.Faults {
			t.Error(fault)
		}
	}
}

func TestEachTwoTopicsBeginAScopeThatHoldsTheInvariants(t *testing.T) {
	t.Parallel()
	options := DefaultOptions()
	options.States = 20
	for _, scope := range Crossed() {
		result := Explore(scope, options)
		require.Empty(t, result.Faults, scope.Name)
	}
}

func TestAScopeSendsWhatThereIs(t *testing.T) {
	t.Parallel()
	for _, scope := range slices.Concat(Scopes(), Crossed()) {
		for _, command := range scope.Commands {
			name, _, _ := strings.Cut(command, "(")
			require.Contains(t, actNamed, name, "%s sends %s", scope.Name, command)
		}
	}
}

func TestEveryActHasAProposal(t *testing.T) {
	t.Parallel()
	for _, act := range casefile.ActNames() {
		_, beyond := beyondProposals[act]
		_, proposed := proposals[act]
		_, brought := others[act]
		require.Equal(t, beyond, !proposed && !brought,
			"%s: give it inputs in proposals of casefile/explore, so that the explorer sends it (or say in beyondProposals who else does)", act)
	}
	for act := range proposals {
		require.Contains(t, casefile.ActNames(), act, "there is no such act")
	}
}

func TestEveryProposedActIsTakenSomewhere(t *testing.T) {
	t.Parallel()
	taken := map[string]int{}
	for _, result := range explored() {
		for act, count := range result.Taken {
			taken[act] += count
		}
	}
	for act := range proposals {
		require.Positive(t, taken[act], "%s was never taken: its proposals fit no state that is reached", act)
	}
}

func TestEveryKindOfTaskSaysWhichCommandsDoIt(t *testing.T) {
	t.Parallel()
	for _, term := range casefile.TaskKinds() {
		require.NotEmpty(t, answers[term.Value], "task %s: say in answers of casefile/explore which commands do it", term.Value)
	}
}

func TestTheCommittedDrawingIsWhatTheExplorerDraws(t *testing.T) {
	t.Parallel()
	const path = "../../docs/state-machine.md"
	committed, err := os.ReadFile(path)
	require.NoError(t, err)
	redrawn, ok := Redraw(string(committed), Drawing(explored()))
	require.True(t, ok, "the page has lost its markers")
	require.Equal(t, redrawn, string(committed), "run: make docs")
}

func TestTheSameSearchFindsTheSame(t *testing.T) {
	t.Parallel()
	first := Explore(named("raised"), DefaultOptions())
	require.Equal(t, first, Explore(named("raised"), DefaultOptions()))
}

func TestABoundThatCutsTheSearchOffIsTold(t *testing.T) {
	t.Parallel()
	options := DefaultOptions()
	options.States = 50
	result := Explore(Scopes()[0], options)
	require.False(t, result.Complete)
	require.LessOrEqual(t, result.States, 50)

	options = DefaultOptions()
	options.Depth = 3
	require.False(t, Explore(Scopes()[0], options).Complete)
}

// Without the commands that verify, cases must get stuck, and the search must say where.
func TestACaseThatCannotEndIsACounterexampleWithItsWay(t *testing.T) {
	t.Parallel()
	scope := named("raised")
	scope.Commands = slices.DeleteFunc(slices.Clone(scope.Commands), func(name string) bool { return name == "verifyClosure" })
	result := Explore(scope, DefaultOptions())
	i := slices.IndexFunc(result.Faults, func(f Fault) bool { return strings.HasPrefix(f.Rule, "an end can be reached") })
	require.GreaterOrEqual(t, i, 0, "%v", result.Faults)
	require.Equal(t, "registerCase", result.Faults[i].Way[0])
}

func named(name string) Scope {
	i := slices.IndexFunc(Scopes(), func(s Scope) bool { return s.Name == name })
	return Scopes()[i]
}

func TestARefusalThatLacksItsFieldValueOrCitationIsACounterexample(t *testing.T) {
	t.Parallel()
	wrong := mistake{fields: []string{"unitId"}, shows: []string{"court"}, cites: unwritten}
	good := casefile.Refusal{
		Code: casefile.RefusedNotCompetent, Field: []string{"unitId"},
		Message: "court (" + unwritten.EN + ")", MessageZH: "court（" + unwritten.ZH + "）",
	}
	for name, c := range map[string]struct {
		spoil  func(*casefile.Refusal)
		faults int
	}{
		"says all":               {func(*casefile.Refusal) {}, 0},
		"names another field":    {func(r *casefile.Refusal) { r.Field = []string{"channel"} }, 1},
		"names no field":         {func(r *casefile.Refusal) { r.Field = nil }, 1},
		"shows no value":         {func(r *casefile.Refusal) { r.Message = unwritten.EN }, 1},
		"cites nothing":          {func(r *casefile.Refusal) { r.Message = "court" }, 1},
		"cites in English alone": {func(r *casefile.Refusal) { r.MessageZH = "court" }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &search{reported: map[string]bool{}, current: live{node: -1}}
			refusal := good
			c.spoil(&refusal)
			s.checkSays(move{label: "referCase"}, refusal, wrong)
			require.Len(t, s.result.Faults, c.faults)
		})
	}
}
