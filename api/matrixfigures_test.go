package api_test

import (
	"encoding/json"

	"github.com/stretchr/testify/require"
)

// figures counts the petitions of the county that were registered in March, as each of some
// people is to count them: 5 that are known to the sub-tree, and 7 sealed ones, which are shown
// as a block less those that the viewer is kept from, and from 5 on alone.
//
//	kept from none of the seven              5 + 7
//	the petition office's head, from 2       5 + 5
//	the county's leader, over the accused    5
//	another county's head                    0
func (m *matrix) figures() {
	m.t.Helper()
	type table struct {
		Statistics struct {
			Rows []struct {
				Key    []string
				Counts struct{ Registered json.Number }
			}
		}
	}
	question := `query($input: StatisticsInput!) { __typename statistics(input: $input) { ` + m.edges.everything("Statistics", 3) + `} }`
	count := func(who string, change map[string]any) map[string]string {
		m.t.Helper()
		input := map[string]any{"division": "530402", "from": "2026-03-01", "to": "2026-03-31", "basis": "REGISTERED_IN", "kind": "PETITION"}
		for name, value := range change {
			input[name] = value
		}
		got := m.ask(who, question, map[string]any{"input": input})
		require.Empty(m.t, got.Errors)
		m.asked++
		m.read(who, got.Data)
		var counted table
		require.NoError(m.t, json.Unmarshal(got.Data, &counted))
		rows := map[string]string{}
		for _, row := range counted.Statistics.Rows {
			key := ""
			for _, part := range row.Key {
				key += part
			}
			rows[key] = row.Counts.Registered.String()
		}
		return rows
	}
	for who, registered := range map[string]string{
		"p-5304-center-analyst-1": "12", overseer: "12", manager: "12", petitionHead: "10", countyLeader: "5",
		elsewhereHead: "0", "p-5304-center-auditor-1": "0", mediator: "0",
	} {
		require.Equal(m.t, map[string]string{"": registered}, count(who, nil), who)
	}
	for _, who := range readers {
		// One day, one category, one unit: blocks of sealed cases are no part of these.
		for _, change := range []map[string]any{
			{"from": "2026-03-10", "to": "2026-03-10"}, {"groupBy": []any{"CATEGORY"}}, {"groupBy": []any{"UNIT"}}, {"groupBy": []any{"DIVISION"}, "level": "TOWNSHIP"},
		} {
			rows := count(who, change)
			require.NotContains(m.t, rows, "P-DISCIPLINE-CONDUCT", who)
			sum := 0
			for _, registered := range rows {
				n, err := json.Number(registered).Int64()
				require.NoError(m.t, err)
				sum += int(n)
			}
			require.LessOrEqual(m.t, sum, 5, "%s counts sealed petitions by %v", who, change)
		}
	}
}
