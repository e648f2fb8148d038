package scalar_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/graphql-go/graphql"
	"github.com/graphql-go/graphql/language/ast"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tiaochu/tiaochu/schema/scalar"
)

type code string

type dayOf struct{ y, m, d int }

func (d dayOf) String() string {
	return time.Date(d.y, time.Month(d.m), d.d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

func TestValuesAreParsedOrRefusedButNeverPanic(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 1, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		scalar *graphql.Scalar
		in     any
		want   any
	}{
		{"an instant with an offset", scalar.DateTime, "2026-03-02T09:30:00+08:00", at},
		{"an instant in UTC", scalar.DateTime, "2026-03-02T01:30:00Z", at},
		{"an instant without an offset", scalar.DateTime, "2026-03-02T09:30:00", nil},
		{"a one-digit hour", scalar.DateTime, "2026-03-02T9:30:00Z", nil},
		{"a day that does not exist", scalar.DateTime, "2026-02-30T09:30:00Z", nil},
		{"the instant that would count as none", scalar.DateTime, "0001-01-01T00:00:00Z", nil},
		{"a number for an instant", scalar.DateTime, json.Number("1767000000"), nil},
		{"an empty instant", scalar.DateTime, "", nil},
		{"a day", scalar.Date, "2024-02-29", "2024-02-29"},
		{"no leap day", scalar.Date, "2026-02-29", nil},
		{"a day without zeros", scalar.Date, "2026-3-2", nil},
		{"an instant for a day", scalar.Date, "2026-03-02T00:00:00Z", nil},
		{"a map for a day", scalar.Date, map[string]any{}, nil},
		{"a county", scalar.Division, "530402", "530402"},
		{"a township ending in zeros", scalar.Division, "530402100", "530402100"},
		{"a grid", scalar.Division, "530402001001007", "530402001001007"},
		{"a padded city", scalar.Division, "530400", nil},
		{"a padded county", scalar.Division, "530402000000", nil},
		{"five digits", scalar.Division, "53040", nil},
		{"letters", scalar.Division, "5304AB", nil},
		{"a code given as a number", scalar.Division, json.Number("530402"), nil},
		{"the largest long", scalar.Long, json.Number("9223372036854775807"), int64(math.MaxInt64)},
		{"the smallest long", scalar.Long, json.Number("-9223372036854775808"), int64(math.MinInt64)},
		{"one more than the largest", scalar.Long, json.Number("9223372036854775808"), nil},
		{"a fraction", scalar.Long, json.Number("1.5"), nil},
		{"a whole number written with a point", scalar.Long, json.Number("12.0"), int64(12)},
		{"digits in quotes", scalar.Long, "12", nil},
		{"a boolean", scalar.Long, true, nil},
		{"nothing", scalar.Long, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := c.scalar.ParseValue(c.in)
			if want, ok := c.want.(time.Time); ok {
				require.IsType(t, time.Time{}, got)
				require.True(t, want.Equal(got.(time.Time)))
				return
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestLiteralsFollowTheSameRules(t *testing.T) {
	t.Parallel()
	text := func(s string) ast.Value { return ast.NewStringValue(&ast.StringValue{Value: s}) }
	number := func(s string) ast.Value { return ast.NewIntValue(&ast.IntValue{Value: s}) }
	require.Equal(t, int64(math.MaxInt64), scalar.Long.ParseLiteral(number("9223372036854775807")))
	require.Nil(t, scalar.Long.ParseLiteral(number("9223372036854775808")))
	require.Nil(t, scalar.Long.ParseLiteral(text("12")))
	require.Equal(t, "5304", scalar.Division.ParseLiteral(text("5304")))
	require.Nil(t, scalar.Division.ParseLiteral(number("5304")))
	require.Equal(t, "2026-03-02", scalar.Date.ParseLiteral(text("2026-03-02")))
	require.Nil(t, scalar.Date.ParseLiteral(text("02.03.2026")))
	require.NotNil(t, scalar.DateTime.ParseLiteral(text("2026-03-02T09:30:00+08:00")))
	require.Nil(t, scalar.DateTime.ParseLiteral(nil))
}

func TestAnswersAreWrittenInShanghaiAndAsNumbers(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 16, 30, 0, 0, time.UTC)
	require.Equal(t, "2026-03-02T00:30:00+08:00", scalar.DateTime.Serialize(at))
	require.Equal(t, "2026-03-02T00:30:00+08:00", scalar.DateTime.Serialize(&at))
	require.Nil(t, scalar.DateTime.Serialize(time.Time{}))
	require.Nil(t, scalar.DateTime.Serialize((*time.Time)(nil)))
	require.Equal(t, "2026-03-02", scalar.Date.Serialize(at), "the day is that of Shanghai")
	require.Equal(t, "2026-03-02", scalar.Date.Serialize(dayOf{2026, 3, 2}))
	require.Nil(t, scalar.Date.Serialize((*dayOf)(nil)))
	require.Equal(t, "5304", scalar.Division.Serialize(code("5304")))
	require.Nil(t, scalar.Division.Serialize(code("")))
	n := int64(1) << 60
	require.Equal(t, n, scalar.Long.Serialize(&n))
	require.Equal(t, int64(7), scalar.Long.Serialize(uint8(7)))
	require.Nil(t, scalar.Long.Serialize("7"))
	require.Nil(t, scalar.Long.Serialize((*int64)(nil)))
}

func TestAnyTextIsParsedWithoutAPanicAndWhatIsAcceptedComesBackTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9T:+Z.-]{0,30}`)).Draw(t, "s")
		for _, sc := range []*graphql.Scalar{scalar.DateTime, scalar.Date, scalar.Division, scalar.Long} {
			got := sc.ParseValue(s)
			if got == nil {
				continue
			}
			again := sc.ParseValue(sc.Serialize(got))
			if at, ok := got.(time.Time); ok {
				if !at.IsZero() && !at.Equal(again.(time.Time)) {
					t.Fatalf("%s: %q became %v", sc.Name(), s, again)
				}
				continue
			}
			if again != got {
				t.Fatalf("%s: %q became %v", sc.Name(), s, again)
			}
		}
	})
}
