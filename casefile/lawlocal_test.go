package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// dayOff is a year in which a division has one day off more, 12 October 2026.
func dayOff(t *testing.T, division string) calendar.Year {
	t.Helper()
	year, err := calendar.ReadYear("year.json", []byte(`{"year": 2026, "division": "`+division+`", "source": "made for a test",
		"rest": [{"from": "2026-10-12", "zh": "节日", "en": "feast"}], "work": []}`))
	require.NoError(t, err)
	return year
}

func TestALocalDivisionsDaysHoldInItAndInItsMemberTownshipsWithTheirVillages(t *testing.T) {
	t.Parallel()
	law, err := NewLaw(1, procedure.Default(), append(calendar.Shipped().Years(), dayOff(t, "530490")))
	require.NoError(t, err)
	monday := calendar.NewDate(2026, time.October, 12)
	for division, free := range map[Division]bool{
		"530490": true, "530490001": true, "530402002": true, "530402002001": true,
		"530402001": false, "530402": false, "5304": false, "": false, "530403": false,
	} {
		require.Equal(t, !free, law.CalendarFor(division, city).IsWorkingDay(monday), division)
	}
}

func TestOneCalendarIsMadeOfEachSetOfYearsAndFollowsTheDirectory(t *testing.T) {
	t.Parallel()
	law, err := NewLaw(1, procedure.Default(), append(calendar.Shipped().Years(), dayOff(t, "530490")))
	require.NoError(t, err)
	monday := calendar.NewDate(2026, time.October, 12)
	require.False(t, law.CalendarFor("530402002", city).IsWorkingDay(monday))
	without := divisionsWithout{city, "530490"}
	require.True(t, law.CalendarFor("530402002", without).IsWorkingDay(monday), "it is no member any more")
	require.False(t, law.CalendarFor("530402002", city).IsWorkingDay(monday))
}

// divisionsWithout is a directory without one division.
type divisionsWithout struct {
	Directory
	gone Division
}

func (d divisionsWithout) Division(code Division) (DivisionInfo, bool) {
	if code == d.gone {
		return DivisionInfo{}, false
	}
	return d.Directory.Division(code)
}
