package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// byEncodingJSON is what the library writes.
func byEncodingJSON(value any) (string, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return string(bytes.TrimSuffix(out.Bytes(), []byte("\n"))), err
}

func anyAnswer(depth int) *rapid.Generator[any] {
	leaves := []*rapid.Generator[any]{
		rapid.Just(any(nil)), rapid.Bool().AsAny(), rapid.Int().AsAny(), rapid.Int64().AsAny(), rapid.String().AsAny(),
		rapid.SampledFrom([]any{
			"调解 <b>&", "a\"b\\c\n", "\u2028", "\xff\xfe", "—", 1.5, 1e300, uint8(7),
			[]string{"x"},
			[]string(nil), []any(nil),
			map[string]any(nil), json.Number("12"), time.Date(2026, 3, 10, 2, 0, 0, 0, time.UTC),
			struct{ A int }{3},
		}),
	}
	if depth == 0 {
		return rapid.OneOf(leaves...)
	}
	below := anyAnswer(depth - 1)
	return rapid.OneOf(append(leaves, rapid.SliceOfN(below, 0, 4).AsAny(), rapid.MapOfN(rapid.String(), below, 0, 4).AsAny())...)
}

func TestAnAnswerIsWrittenAsEncodingJSONWritesIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		answer := anyAnswer(3).Draw(t, "answer")
		want, err := byEncodingJSON(answer)
		require.NoError(t, err)
		got, err := appendJSON(nil, answer)
		require.NoError(t, err)
		require.Equal(t, want, string(got))
	})
}

type unencodable struct{}

func (unencodable) MarshalJSON() ([]byte, error) { return nil, errors.New("no") }

func TestWhatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	for _, value := range []any{unencodable{}, math.Inf(1), map[string]any{"a": []any{make(chan int)}}} {
		_, err := appendJSON(nil, value)
		require.Error(t, err)
	}
}

func BenchmarkEncoding(b *testing.B) {
	row := func() any {
		return map[string]any{"node": map[string]any{
			"number": "530402-D-2026-000123", "overdue": false, "handler": map[string]any{"name": "王芳"},
			"deadlines": []any{map[string]any{"step": "handling", "label": "调解", "status": "RUNNING", "statutory": true, "dueAt": "2026-03-10T23:59:59+08:00"}},
		}}
	}
	list := make([]any, 50)
	for i := range list {
		list[i] = row()
	}
	answer := map[string]any{"data": map[string]any{"cases": map[string]any{"edges": list}}}
	b.Run("encoding/json", func(b *testing.B) {
		for b.Loop() {
			_, _ = byEncodingJSON(answer)
		}
	})
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			_, _ = appendJSON(nil, answer)
		}
	})
}
