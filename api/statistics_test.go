package api_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

func TestStatisticsGiveEveryIndicatorWithItsPartsAndTheDaysPerStage(t *testing.T) {
	t.Parallel()
	o := open(t)
	got := o.do(clerk, "registerCase", dispute("figures-1"))
	o.do(clerk, "acceptCase", map[string]any{"clientMutationId": "figures-2", "caseId": got.Case.ID})
	o.do(clerk, "registerCase", dispute("figures-3"))
	type row struct {
		Key        []string
		Counts     struct{ Registered, Deferred json.Number }
		Indicators []struct {
			Code, Label, Definition string
			Numerator, Denominator  json.Number
			Rate                    *float64
		}
		Durations []struct {
			Stage               string
			MedianDays, P90Days float64
			N                   json.Number
		}
	}
	type table struct {
		Statistics struct {
			RuleVersion string
			Rows        []row
		}
	}
	query := `query($input: StatisticsInput!) { statistics(input: $input) { ruleVersion rows { key counts { registered deferred }
		indicators { code label definition numerator denominator rate } durations { stage medianDays p90Days n } } } }`
	input := map[string]any{"division": "530402", "from": "2026-01-01", "to": "2026-12-31", "basis": "REGISTERED_IN"}
	found := data[table](o, manager, query, map[string]any{"input": input}).Statistics
	require.Equal(t, casefile.CountingRules, found.RuleVersion)
	require.Len(t, found.Rows, 1)
	require.Len(t, found.Rows[0].Indicators, 17)
	for i, indicator := range found.Rows[0].Indicators {
		require.Equal(t, string(casefile.Indicators[i].Code), indicator.Code)
		require.Equal(t, casefile.Indicators[i].Name.EN, indicator.Label)
		require.NotEmpty(t, indicator.Definition)
		require.Equal(t, indicator.Denominator == "0", indicator.Rate == nil, indicator.Code)
	}
	accepted := found.Rows[0].Indicators[0]
	require.Equal(t, []json.Number{"1", "1"}, []json.Number{accepted.Numerator, accepted.Denominator})
	require.InDelta(t, 1, *accepted.Rate, 0)
	require.Len(t, found.Rows[0].Durations, 1)
	require.Equal(t, "ACCEPTANCE", found.Rows[0].Durations[0].Stage)
	require.Equal(t, json.Number("1"), found.Rows[0].Durations[0].N)

	input["groupBy"] = []any{"MONTH"}
	months := data[table](o, manager, query, map[string]any{"input": input}).Statistics.Rows
	require.Len(t, months, 12, "a row for every month")
	require.Equal(t, []string{"2026-12"}, months[11].Key)
	require.Empty(t, months[11].Durations)

	input["from"], input["groupBy"] = "0001-01-01", []any{"MONTH", "CATEGORY"}
	refused := o.ask(manager, query, map[string]any{"input": input})
	require.Equal(t, "BAD_USER_INPUT", refused.code())
}
