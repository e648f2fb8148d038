package store

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

// planNode is a step of a plan as Postgres explains it.
type planNode struct {
	Kind     string     `json:"Node Type"`
	Relation string     `json:"Relation Name"`
	Index    string     `json:"Index Name"`
	Rows     float64    `json:"Actual Rows"`
	Loops    float64    `json:"Actual Loops"`
	Removed  float64    `json:"Rows Removed by Filter"`
	Below    []planNode `json:"Plans"`
}

// looked counts the rows of a table that a plan looked at, and names the indexes by which it did.
func (n planNode) looked(table string, indexes map[string]bool) float64 {
	var rows float64
	if n.Relation == table {
		rows = (n.Rows + n.Removed) * n.Loops
		indexes[n.Index] = true
	}
	for _, below := range n.Below {
		rows += below.looked(table, indexes)
	}
	return rows
}

// explained carries a list out as if every walk along an index paid, as it does with millions of
// rows.
func explained(t *testing.T, s *Store, list string, args *arguments) planNode {
	t.Helper()
	var plans []struct{ Plan planNode }
	require.NoError(t, pgx.BeginFunc(t.Context(), s.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(t.Context(), "set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off")
		if err != nil {
			return err
		}
		var raw []byte
		if err := tx.QueryRow(t.Context(), "explain (analyze, format json) "+list, args.values...).Scan(&raw); err != nil {
			return err
		}
		return json.Unmarshal(raw, &plans)
	}))
	return plans[0].Plan
}

func TestAPageOfDeadlinesOrOrdersIsAWalkAlongAnIndexAtEveryLevel(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	states := syntheticStates(29, 6000)
	for i := range states {
		states[i].Orders = []casefile.SupervisionOrder{{
			ID: "U1", DeadlineID: "D1", Level: casefile.LevelCity, Status: casefile.SupervisionOpen, OpenedAt: states[i].RegisteredAt,
		}}
	}
	fill(t, s, states)
	const page = 10
	waiting := []casefile.DeadlineStatus{casefile.ClockRunning, casefile.ClockMissed}
	places := map[string]Viewer{
		"province": {PersonID: "p", SubTree: []casefile.Division{"53"}}, "city": {PersonID: "p", SubTree: []casefile.Division{"5304"}},
		"county": {PersonID: "p", SubTree: []casefile.Division{county}}, "township": {PersonID: "p", SubTree: []casefile.Division{"530402001"}},
		"unit": {PersonID: "p", OwnUnits: []string{"u-530402-center"}},
	}
	for place, viewer := range places {
		for kind, query := range map[string]DeadlineQuery{
			"all": {}, "waiting": {Statuses: waiting}, "settled": {Statuses: []casefile.DeadlineStatus{casefile.ClockMet}},
		} {
			t.Run(place+" "+kind, func(t *testing.T) {
				args := &arguments{}
				w := query.worklist()
				parts := w.parts(viewer, nil, query.conditions(args), args)
				list, err := w.list(parts, Page{First: page}, args)
				require.NoError(t, err)
				indexes := map[string]bool{}
				looked := explained(t, s, list, args).looked("deadlines", indexes)
				require.Less(t, looked, float64(10*page*len(parts)), "%v of %d", indexes, len(states))
				delete(indexes, "deadlines_pkey")
				for _, half := range []string{"waiting", "settled"} {
					require.Equal(t, kind == "all" || kind == half, indexes[fmt.Sprintf("deadlines_%s_of_%s", half, place)], "%v", indexes)
				}
			})
		}
		t.Run(place+" orders", func(t *testing.T) {
			args := &arguments{}
			w := supervisionWorklist
			list, err := w.list(w.parts(viewer, nil, "", args), Page{First: page}, args)
			require.NoError(t, err)
			indexes := map[string]bool{}
			looked := explained(t, s, list, args).looked("supervision_orders", indexes)
			require.Less(t, looked, 10.0*page, "%v of %d", indexes, len(states))
			require.True(t, indexes["supervision_orders_of_"+place], "%v", indexes)
		})
	}
}

func TestEveryDeadlineOfAPlaceIsListedThere(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	states := syntheticStates(30, 1500)
	fill(t, s, states)
	viewer := Viewer{PersonID: "p", SubTree: []casefile.Division{"53"}}
	for _, division := range []casefile.Division{"53", "5304", county, "530402001", "530402001001", "530402001001001", "530103"} {
		for _, statuses := range [][]casefile.DeadlineStatus{nil, {casefile.ClockMet}, {casefile.ClockMissed}, {casefile.ClockMet, casefile.ClockRunning}} {
			want := []string{}
			for _, state := range states {
				for _, d := range state.Deadlines {
					if division.Contains(state.Division) && state.Confidentiality == casefile.ConfidentialityNormal &&
						(statuses == nil || statuses[0] == d.Status || statuses[len(statuses)-1] == d.Status) {
						want = append(want, state.ID)
					}
				}
			}
			page, err := s.Deadlines(t.Context(), viewer, DeadlineQuery{Division: division, Statuses: statuses, Page: Page{First: 5000}, WantTotal: true})
			require.NoError(t, err)
			listed := []string{}
			for _, row := range page.Rows {
				listed = append(listed, row.CaseID)
			}
			require.ElementsMatch(t, want, listed, "%s %v", division, statuses)
			require.Equal(t, len(want), *page.Total)
		}
	}
}

func TestDeadlinesMoveWithTheirCase(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	here, there := viewerOf(t, casefile.RoleManager, "u-530402-center"), viewerOf(t, casefile.RoleManager, "u-530423-center")
	listed := func(viewer Viewer, division casefile.Division) int {
		t.Helper()
		page, err := s.Deadlines(t.Context(), viewer, DeadlineQuery{Division: division, Page: Page{First: 10}})
		require.NoError(t, err)
		return len(page.Rows)
	}
	require.Positive(t, listed(here, county))
	require.Zero(t, listed(there, "530423"))
	requireAdded(t, s, stateOf(t, s, command.CaseID).Version, casefile.Command{
		CaseID: command.CaseID, RequestKey: "transfer", InputDigest: "digest", RequestID: "test", Actor: command.Actor,
		Act: casefile.TransferCase{ToUnitID: "u-530423-center", Reason: putTexts(t, s, command.CaseID, "属地管辖")[0]},
	})
	require.Equal(t, casefile.Division("530423"), stateOf(t, s, command.CaseID).Division)
	require.Positive(t, listed(there, "530423"))
	require.Zero(t, listed(viewerOf(t, casefile.RoleManager, "u-53-center"), county), "nothing of it is left where it was")
	findings, err := s.Verify(t.Context(), VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}
