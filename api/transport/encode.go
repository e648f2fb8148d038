package transport

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// appendJSON writes what the executor gives, byte for byte as encoding/json with HTML left as it
// is, in less than half of its time (BenchmarkEncoding): answers are trees of maps, lists and a few
// kinds of leaves. Anything else goes to encoding/json.
func appendJSON(out []byte, value any) ([]byte, error) {
	w := writers.Get().(*jsonWriter)
	defer func() {
		if cap(w.members) <= keptMembers {
			clear(w.members[:cap(w.members)]) // it must not keep an answer alive
			w.members = w.members[:0]
			writers.Put(w)
		}
	}()
	return w.append(out, value)
}

// jsonWriter holds the members of the objects that are being written, the innermost's last.
type jsonWriter struct{ members []member }

type member struct {
	name  string
	value any
}

// keptMembers bounds what a writer keeps room for.
const keptMembers = 1024

var writers = sync.Pool{New: func() any { return &jsonWriter{make([]member, 0, 64)} }}

func (w *jsonWriter) append(out []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case nil:
		return append(out, "null"...), nil
	case string:
		return appendString(out, v)
	case bool:
		return strconv.AppendBool(out, v), nil
	case int:
		return strconv.AppendInt(out, int64(v), 10), nil
	case int64:
		return strconv.AppendInt(out, v, 10), nil
	case map[string]any:
		return w.appendObject(out, v)
	case []any:
		return w.appendList(out, v)
	}
	return appendOther(out, value)
}

func (w *jsonWriter) appendObject(out []byte, object map[string]any) ([]byte, error) {
	if object == nil {
		return append(out, "null"...), nil
	}
	first := len(w.members)
	for name, value := range object {
		w.members = append(w.members, member{name, value})
	}
	last := len(w.members)
	if last-first > 1 {
		slices.SortFunc(w.members[first:last], func(a, b member) int { return strings.Compare(a.name, b.name) })
	}
	out = append(out, '{')
	var err error
	for i := first; i < last; i++ {
		if i > first {
			out = append(out, ',')
		}
		m := w.members[i] // what is written below may move them
		if out, err = appendString(out, m.name); err != nil {
			return nil, err
		}
		if out, err = w.append(append(out, ':'), m.value); err != nil {
			return nil, err
		}
	}
	w.members = w.members[:first]
	return append(out, '}'), nil
}

func (w *jsonWriter) appendList(out []byte, list []any) ([]byte, error) {
	if list == nil {
		return append(out, "null"...), nil
	}
	out = append(out, '[')
	var err error
	for i, value := range list {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = w.append(out, value); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}

// appendString writes a text that needs no escape as it is.
func appendString(out []byte, text string) ([]byte, error) {
	all := byte(0)
	for i := range len(text) {
		c := text[i]
		all |= c
		// 0xE2 begins U+2028 and U+2029, which are escaped for old JavaScript.
		if c < ' ' || c == '"' || c == '\\' || c == 0xE2 {
			return appendOther(out, text)
		}
	}
	if all >= utf8.RuneSelf && !utf8.ValidString(text) {
		return appendOther(out, text)
	}
	out = append(out, '"')
	out = append(out, text...)
	return append(out, '"'), nil
}

func appendOther(out []byte, value any) ([]byte, error) {
	buffer := bytes.NewBuffer(out)
	encoder := json.NewEncoder(buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), nil
}
