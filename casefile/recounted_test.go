package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

func TestANewYearMakesAProvisionalDueDayFinal(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.now = shanghai("2026-12-25 09:00:00")
	l.does("petition-clerk1", aPetition(Appeal))
	l.does("petition-manager1", AcceptCase{Procedure: "petition-summary"})
	clock := l.state.clock(StepHandling)
	require.True(t, clock.Provisional)
	require.Equal(t, "2027-01-08", day(clock.DueAt), "the holiday of New Year's Day is not known yet")

	// The Saturday after it is worked instead.
	year, err := calendar.ReadYear("2027.json", []byte(`{"year": 2027, "source": "made for a test", "rest": [
		{"from": "2027-01-01", "zh": "元旦", "en": "New Year's Day"}, {"from": "2027-05-01", "zh": "劳动节", "en": "Labour Day"},
		{"from": "2027-10-01", "zh": "国庆节", "en": "National Day"}],
		"work": [{"date": "2027-01-02", "zh": "元旦", "en": "New Year's Day"}]}`))
	require.NoError(t, err)
	l.law, err = NewLaw(1, procedure.Default(), append(calendar.Shipped().Years(), year))
	require.NoError(t, err)
	events := l.does("", PassTime{})
	require.Equal(t, []string{"DeadlineRecounted"}, l.types(events))
	require.Equal(t, "2027-01-08", day(l.state.clock(StepHandling).DueAt))
	require.False(t, l.state.clock(StepHandling).Provisional)
	require.Contains(t, Sentence(events[0], city, English), "2027-01-08 stands, and is no longer provisional")
	require.Contains(t, Sentence(events[0], city, Chinese), "仍为2027-01-08，不再是暂定")
	require.Empty(t, l.does("", PassTime{}))
}
