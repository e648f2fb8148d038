package calendar_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

const goodFile = `{
  "year": 2027,
  "source": "国办发明电〔2026〕1号",
  "rest": [
    {"from": "2027-01-01", "to": "2027-01-03", "zh": "元旦", "en": "New Year's Day"},
    {"from": "2027-05-01", "to": "2027-05-05", "zh": "劳动节", "en": "Labour Day"},
    {"from": "2027-06-09", "zh": "端午节", "en": "Dragon Boat Festival"},
    {"from": "2027-10-01", "to": "2027-10-07", "zh": "国庆节", "en": "National Day"}
  ],
  "work": [
    {"date": "2027-05-08", "zh": "劳动节", "en": "Labour Day"},
    {"date": "2027-10-09", "zh": "国庆节", "en": "National Day"}
  ]
}
`

func TestAYearFileIsRead(t *testing.T) {
	t.Parallel()

	for name, content := range map[string]string{
		"as it is": goodFile, "with a byte order mark": "\ufeff" + goodFile,
		"with Windows line ends": strings.ReplaceAll(goodFile, "\n", "\r\n"),
	} {
		year, err := calendar.ReadYear("2027.json", []byte(content))
		require.NoError(t, err, name)
		require.Equal(t, 2027, year.Number, name)
		require.Equal(t, "国办发明电〔2026〕1号", year.Source, name)
		require.Len(t, year.Rest, 4, name)
		require.Equal(t, year.Rest[2].From, year.Rest[2].To, "a single day, %s", name)
		require.Equal(t, calendar.WorkDay{Date: on(t, "2027-10-09"), For: nationalDay}, year.Work[1], name)
	}
}

func TestAFaultyYearFileIsRefusedWithFileLineAndWhatWasExpected(t *testing.T) {
	t.Parallel()

	for name, c := range map[string]struct{ old, now, want string }{
		"a day twice among the days off": {
			`"2027-06-09"`, `"2027-05-03"`,
			`2027.json:7: rest entry 3: 2027-05-03 is listed twice, first in rest entry 2: expected each day once`,
		},
		"a day off and worked": {
			`"2027-05-08"`, `"2027-01-02"`,
			`2027.json:11: work entry 1: 2027-01-02 is listed twice, first in rest entry 1: expected each day once, as a notice on holidays (节假日安排的通知) gives it`,
		},
		"a make-up day twice": {
			`"2027-10-09"`, `"2027-05-08"`,
			`2027.json:12: work entry 2: 2027-05-08 is listed twice, first in work entry 1: expected each day once`,
		},
		"a make-up day on a weekday": {
			`"2027-10-09"`, `"2027-10-08"`,
			`2027.json:12: work entry 2: 2027-10-08 is a Friday: expected a make-up working day on a Saturday or Sunday`,
		},
		"another year's holiday": {
			`"from": "2027-06-09"`, `"from": "2026-06-09"`,
			`2027.json:7: rest entry 3: 2026-06-09 to 2026-06-09: expected days of 2027 only`,
		},
		"a holiday over the new year": {
			`"2027-01-01", "to"`, `"2026-12-31", "to"`,
			`2027.json:5: rest entry 1: 2026-12-31 to 2027-01-03: expected days of 2027 only`,
		},
		"another year's make-up day": {
			`"2027-10-09"`, `"2026-10-10"`, `2027.json:12: work entry 2: 2026-10-10: expected a day of 2027`,
		},
		"a wrong year": {
			`"year": 2027`, `"year": 2028`, `2027.json:5: rest entry 1: 2027-01-01 to 2027-01-03: expected days of 2028 only`,
		},
		"an impossible year": {`"year": 2027`, `"year": 20277`, `2027.json:2: year is 20277: expected 1949 to 2199`},
		"a year in quotation marks": {
			`"year": 2027`, `"year": "2027"`, `2027.json:2: year is "2027": expected a whole number`,
		},
		"no year":          {`"year": 2027,`, ``, `2027.json:14: year is missing`},
		"no source":        {`"source": "国办发明电〔2026〕1号",`, ``, `2027.json:2: source is missing: expected where the days come from`},
		"an empty source":  {`国办发明电〔2026〕1号`, ` `, `2027.json:2: source is missing`},
		"a local code":     {`"year": 2027,`, `"year": 2027, "division": "昆明",`, `2027.json:2: division is "昆明": expected a division's code`},
		"a missing letter": {`"rest": [`, `"rests": [`, `2027.json:4: unknown field "rests": expected year, division, source, licence, rest or work`},
		"capitals":         {`"year"`, `"Year"`, `2027.json:2: unknown field "Year"`},
		"a field of the other list": {
			`"from": "2027-06-09"`, `"date": "2027-06-09"`, `2027.json:7: rest entry 3: unknown field "date": expected from, to, zh or en`,
		},
		"a field twice": {`"source":`, `"year": 2027, "source":`, `2027.json:3: year is given twice`},
		"a field of an entry twice": {
			`"from": "2027-06-09"`, `"from": "2027-06-09", "from": "2027-06-09"`, `2027.json:7: rest entry 3: from is given twice`,
		},
		"a day that does not exist": {
			`"2027-06-09"`, `"2027-06-31"`,
			`2027.json:7: rest entry 3: from: "2027-06-31" is no day: expected one that exists, written YYYY-MM-DD`,
		},
		"a day written otherwise": {`"2027-06-09"`, `"2027/6/9"`, `2027.json:7: rest entry 3: from: "2027/6/9" is no day`},
		"a number for a day":      {`"2027-06-09"`, `20270609`, `2027.json:7: rest entry 3: from is 20270609: expected a text, in quotation marks`},
		"null for a name":         {`"端午节"`, `null`, `2027.json:7: rest entry 3: zh is null: expected a text, in quotation marks`},
		"no English name":         {`, "en": "Dragon Boat Festival"`, ``, `2027.json:7: rest entry 3: en is missing: expected the holiday's name`},
		"a name on two lines":     {`端午节`, `端午\n节`, `2027.json:7: rest entry 3: zh is "端午\n节": expected plain text on one line`},
		"no first day":            {`"from": "2027-06-09", `, ``, `2027.json:7: rest entry 3: a day is missing: expected from`},
		"the end before the beginning": {
			`"to": "2027-10-07"`, `"to": "2027-09-30"`, `2027.json:8: rest entry 4: ends on 2027-09-30, before it begins on 2027-10-01`,
		},
		"a slip in the month": {
			`"to": "2027-10-07"`, `"to": "2027-12-07"`, `2027.json:8: rest entry 4: 2027-10-01 to 2027-12-07 are 68 days: expected at most 31`,
		},
		"a holiday left out": {
			`"from": "2027-10-01"`, `"from": "2027-10-02"`, `2027.json:2: 2027-10-01 is not among the days off: expected every statutory holiday`,
		},
		"a list that is none":   {`"work": [`, `"work": 1, "x": [`, `2027.json:10: found 1: expected work to be a list, [ … ]`},
		"an entry that is none": {`{"date": "2027-05-08", "zh": "劳动节", "en": "Labour Day"}`, `"2027-05-08"`, `2027.json:11: work entry 1: found "2027-05-08": expected an object, { … }`},
		"a comma missing":       {`"Dragon Boat Festival"},`, `"Dragon Boat Festival"}`, `2027.json:8: malformed JSON`},
		"the end missing":       {"  ]\n}\n", "", `2027.json:12: the file ends too early`},
		"more than a year":      {"  ]\n}\n", "  ]\n}\n{}", `2027.json:15: something follows the year: expected the end of the file`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, 1, strings.Count(goodFile, c.old), c.old)
			_, err := calendar.ReadYear("2027.json", []byte(strings.Replace(goodFile, c.old, c.now, 1)))
			require.ErrorContains(t, err, c.want)
			var fault *calendar.FileError
			require.ErrorAs(t, err, &fault)
			require.Equal(t, "2027.json", fault.File)
		})
	}
}

func TestWhatIsNoYearFileAtAllIsRefused(t *testing.T) {
	t.Parallel()

	for content, want := range map[string]string{
		"":                           "2027.json:1: the file ends too early",
		"null":                       "2027.json:1: found null: expected an object, { … }",
		"[]":                         "2027.json:1: found [: expected an object",
		"国庆节":                        "2027.json:1: malformed JSON",
		"\xb9\xfa\xc7\xec":           "2027.json: is not encoded in UTF-8",
		strings.Repeat(" ", 1<<20+1): "2027.json: has 1048577 bytes: expected at most 1048576",
		`{"year": 2027}`:             "2027.json:1: source is missing",
		`{"year": 2027, "rest": [` + strings.Repeat("{},\n", 200_000) + `{}]}`: "2027.json:1: has 200001 entries: expected at most 366",
	} {
		_, err := calendar.ReadYear("2027.json", []byte(content))
		require.ErrorContains(t, err, want)
	}
}

func TestEveryFaultOfAFileIsToldAtOnce(t *testing.T) {
	t.Parallel()

	content := strings.NewReplacer(`"2027-10-09"`, `"2027-10-08"`, `"2027-06-09"`, `"2027-05-03"`).Replace(goodFile)
	_, err := calendar.ReadYear("2027.json", []byte(content))
	require.Len(t, strings.Split(err.Error(), "\n"), 2)

	var many strings.Builder
	many.WriteString("{")
	for range 100 {
		many.WriteString("\"x\": 1,\n")
	}
	_, err = calendar.ReadYear("x.json", []byte(many.String()+`"year": 2027}`))
	lines := strings.Split(err.Error(), "\n")
	require.Len(t, lines, 21)
	require.Contains(t, lines[20], "more faults")
}

func TestAYearIsReadBackFromItsFile(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		year := drawYear(t, 2027)
		year.Source = `a "quoted" source \ <of> 国办`
		year.Licence = rapid.SampledFrom([]string{"", "MIT"}).Draw(t, "licence")
		read, err := calendar.ReadYear("2027.json", year.File())
		require.NoError(t, err)
		c, err := calendar.New(year)
		require.NoError(t, err)
		require.Equal(t, c.Years()[0], read)
	})
	local := calendar.Year{
		Number: 2026, Division: "5323", Source: "a notice",
		Work: []calendar.WorkDay{{Date: on(t, "2026-08-08"), For: nationalDay}},
	}
	read, err := calendar.ReadYear("local.json", local.File())
	require.NoError(t, err)
	require.Equal(t, local, read)
}

func FuzzReadYear(f *testing.F) {
	f.Add([]byte(goodFile))
	f.Add([]byte(`{"year": 2027, "source": "x", "rest": [{"from": "2027-01-01"}], "work": []}`))
	f.Add([]byte(`{"year": 2027, "rest": [{}], "rest": [[]]}`))
	f.Add([]byte("{\"\xff\":1}"))
	f.Fuzz(func(t *testing.T, content []byte) {
		year, err := calendar.ReadYear("fuzz.json", content)
		if err != nil {
			var fault *calendar.FileError
			require.ErrorAs(t, err, &fault)
			require.NotEmpty(t, fault.Problem)
			return
		}
		// What was read is a year, and is read back from what is written.
		again, err := calendar.ReadYear("fuzz.json", year.File())
		require.NoError(t, err)
		require.Equal(t, year.File(), again.File())
		if year.Division == "" {
			built(t, year)
		}
	})
}
