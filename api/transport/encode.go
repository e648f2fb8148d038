package transport

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"
)

// appendJSON writes what the executor gives, byte for byte as encoding/json with HTML left as it
// is, in about half of its time (BenchmarkEncoding): answers are trees of maps, lists and a few
// kinds of leaves. Anything else goes to encoding/json.
func appendJSON(out []byte, value any) ([]byte, error) {
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
		return appendObject(out, v)
	case []any:
		return appendList(out, v)
	}
	return appendOther(out, value)
}

// keys are kept for the next object: their names are the same few.
var keys = sync.Pool{New: func() any { return new([]string) }}

func appendObject(out []byte, object map[string]any) ([]byte, error) {
	if object == nil {
		return append(out, "null"...), nil
	}
	names := keys.Get().(*[]string)
	defer func() {
		clear(*names)
		*names = (*names)[:0]
		keys.Put(names)
	}()
	for name := range object {
		*names = append(*names, name)
	}
	slices.Sort(*names)
	out = append(out, '{')
	var err error
	for i, name := range *names {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = appendString(out, name); err != nil {
			return nil, err
		}
		if out, err = appendJSON(append(out, ':'), object[name]); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

func appendList(out []byte, list []any) ([]byte, error) {
	if list == nil {
		return append(out, "null"...), nil
	}
	out = append(out, '[')
	var err error
	for i, value := range list {
		if i > 0 {
			out = append(out, ',')
		}
		if out, err = appendJSON(out, value); err != nil {
			return nil, err
		}
	}
	return append(out, ']'), nil
}

// appendString writes a text that needs no escape as it is.
func appendString(out []byte, text string) ([]byte, error) {
	for i := range len(text) {
		// 0xE2 begins U+2028 and U+2029, which are escaped for old JavaScript.
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c == 0xE2 {
			return appendOther(out, text)
		}
	}
	if !utf8.ValidString(text) {
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
