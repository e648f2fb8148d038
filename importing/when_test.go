package importing

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

func TestDatesAreReadInTheFormsThatOfficesWrite(t *testing.T) {
	t.Parallel()

	afternoon := time.Date(2019, time.April, 24, 16, 3, 0, 0, casefile.Shanghai)
	second := afternoon.Add(40 * time.Second)
	midnight := time.Date(2019, time.April, 24, 0, 0, 0, 0, casefile.Shanghai)
	for text, want := range map[string]moment{
		"2019/4/24 16:03":              {at: afternoon},
		"2019/4/24 16:03:40":           {at: second},
		"2019-04-24 16:03:40":          {at: second},
		"2019-04-24T16:03:40+08:00":    {at: second},
		"2019-04-24T16:03:40.123+0800": {at: second},
		"2019-04-24T08:03:40Z":         {at: second},
		"2019-04-24 10:03:40+02:00":    {at: second},
		"2019.4.24 16:03":              {at: afternoon},
		"2019年4月24日":                   {at: midnight, dayOnly: true},
		"2019年04月24日16时03分":            {at: afternoon},
		"2019年4月24日 16时3分40秒":          {at: second},
		"2019年4月24日 下午4:03":            {at: afternoon},
		"2019年4月24日下午4点03分":            {at: afternoon},
		"2019年4月24日16时":                {at: afternoon.Add(-3 * time.Minute)},
		"2019-4-24 4:03 PM":            {at: afternoon},
		"2019-4-24 12:00 AM":           {at: midnight},
		"2019-4-24 12:30 pm":           {at: midnight.Add(12*time.Hour + 30*time.Minute)},
		"２０１９／４／２４　１６：０３":              {at: afternoon},
		" 2019/4/24\u00a0 16:03\t":     {at: afternoon},
		"2019-04-24":                   {at: midnight, dayOnly: true},
		"20190424":                     {at: midnight, dayOnly: true},
		"20190424160340":               {at: second},
		"20190424T1603":                {at: afternoon},
		"2020-02-29":                   {at: time.Date(2020, 2, 29, 0, 0, 0, 0, casefile.Shanghai), dayOnly: true},
	} {
		got, ok := parseMoment(text)
		require.True(t, ok, text)
		require.True(t, want.at.Equal(got.at), "%s became %s", text, got.at)
		require.Equal(t, want.dayOnly, got.dayOnly, text)
	}
}

func TestWhatIsNoDateOrAnAmbiguousOneIsRefused(t *testing.T) {
	t.Parallel()

	for _, text := range []string{
		"", "昨天", "2019", "2019-4", "4/24/2019", "24.04.2019", "19-4-24", "2019-13-01", "2019-02-29", "2019-04-31",
		"2019-4-24 24:00", "2019-4-24 16:60", "2019-4-24 16:03:61", "2019-4-24 13:00 PM", "2019-4-24 下午0:30", "2019-4-24 上午4:03 PM",
		"2019-04-24+08:00", "2019-04-24T16:03+25:00", "2019-04-24 16:03 北京", "2019-04-24 16:03 x", "0000-01-01", "20191301", "43579.6", "-1",
	} {
		_, ok := parseMoment(text)
		require.False(t, ok, text)
	}
}

func TestATrueDateCellIsItsSerialNumberInChinasTime(t *testing.T) {
	t.Parallel()

	got, ok := parseSerial("43579.669212962966", false)
	require.True(t, ok)
	require.Equal(t, "2019-04-24T16:03:40+08:00", got.at.Format(time.RFC3339))
	require.False(t, got.dayOnly)

	got, ok = parseSerial("43579", false)
	require.True(t, ok)
	require.Equal(t, "2019-04-24T00:00:00+08:00", got.at.Format(time.RFC3339))
	require.True(t, got.dayOnly)

	got, ok = parseSerial("42117.5", true)
	require.True(t, ok)
	require.Equal(t, "2019-04-24T12:00:00+08:00", got.at.Format(time.RFC3339), "counted from 1904")

	got, ok = parseSerial("43579.999999999", false)
	require.True(t, ok)
	require.Equal(t, "2019-04-25T00:00:00+08:00", got.at.Format(time.RFC3339), "rounded to the second")

	for _, cell := range []string{"", "0", "-1", "20190424", "2019/4/24", "1e300", "9999999", "NaN", "Inf", "0x10"} {
		_, ok := parseSerial(cell, false)
		require.False(t, ok, cell)
	}
}

func FuzzParseMoment(f *testing.F) {
	for _, seed := range []string{"2019/4/24 16:03", "2019-04-24T16:03:40+08:00", "2019年4月24日 下午4点03分40秒", "20190424160340", "2019-4-24 4:03 PM", "９９９９/１/１"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := parseMoment(text)
		if !ok {
			if !got.at.IsZero() {
				t.Fatalf("%q was refused and read as %s", text, got.at)
			}
			return
		}
		if got.at.Location() != casefile.Shanghai || got.at.Nanosecond() != 0 {
			t.Fatalf("%q became %s", text, got.at)
		}
		if hour, minute, second := got.at.Clock(); got.dayOnly && (hour != 0 || minute != 0 || second != 0) {
			t.Fatalf("%q is a day and became %s", text, got.at)
		}
		if year := got.at.Year(); year < 1000 || year > 9999 {
			return // not written with four digits
		}
		again, ok := parseMoment(got.at.Format(time.RFC3339))
		if !ok || !again.at.Equal(got.at) {
			t.Fatalf("%q became %s, which became %s", text, got.at, again.at)
		}
	})
}

func FuzzParseSerial(f *testing.F) {
	for _, seed := range []string{"43579.669212962966", "1", "2958465.99999", "4.3579E4"} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, cell string, from1904 bool) {
		got, ok := parseSerial(cell, from1904)
		if ok && (got.at.Year() < 1899 || got.at.Year() > 10004) {
			t.Fatalf("%q became %s", cell, got.at)
		}
		if ok && strings.TrimSpace(cell) != cell {
			t.Fatalf("%q was read as a number", cell)
		}
	})
}
