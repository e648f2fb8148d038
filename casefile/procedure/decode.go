package procedure

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"
)

// maxFile bounds a file; the longest of the statutory ones has about a hundredth of it.
const maxFile = 1 << 20

// decode reads a file strictly: one object, every key known and given once.
func decode(text []byte) (Procedure, error) {
	if len(text) > maxFile {
		return Procedure{}, fmt.Errorf("the file is longer than %d bytes", maxFile)
	}
	if !utf8.Valid(text) {
		return Procedure{}, errors.New("the file is not UTF-8")
	}
	if err := checkKeys(json.NewDecoder(bytes.NewReader(text)), "", 0); err != nil {
		return Procedure{}, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var read Procedure
	if err := decoder.Decode(&read); err != nil {
		return Procedure{}, fmt.Errorf("not a procedure: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Procedure{}, errors.New("something follows the procedure")
	}
	return read, nil
}

// maxDepth is how deep a file may nest; a procedure needs five.
const maxDepth = 10

// checkKeys reads one value and refuses what encoding/json lets pass: a key that is given
// twice or differs from the known one in case, and null, which it reads as nothing said.
func checkKeys(decoder *json.Decoder, path string, depth int) error {
	if depth > maxDepth {
		return errors.New("the file nests too deep")
	}
	token, err := decoder.Token()
	if err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	switch token {
	case nil:
		return fmt.Errorf("%s is null", strings.TrimPrefix(path, "."))
	case json.Delim('{'):
		seen := map[string]bool{}
		for decoder.More() {
			key, err := decoder.Token()
			if err != nil {
				return fmt.Errorf("not JSON: %w", err)
			}
			name, _ := key.(string)
			at := path + "." + name
			if !knownKeys[name] {
				return fmt.Errorf("%s is not known", strings.TrimPrefix(at, "."))
			}
			if seen[name] {
				return fmt.Errorf("%s is given twice", strings.TrimPrefix(at, "."))
			}
			seen[name] = true
			if err := checkKeys(decoder, at, depth+1); err != nil {
				return err
			}
		}
	case json.Delim('['):
		for i := 0; decoder.More(); i++ {
			if err := checkKeys(decoder, fmt.Sprintf("%s[%d]", path, i), depth+1); err != nil {
				return err
			}
		}
	default:
		return nil
	}
	if _, err := decoder.Token(); err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	return nil
}

// knownKeys are the keys of a procedure and of all within it.
var knownKeys = func() map[string]bool {
	known := map[string]bool{}
	addKeys(known, reflect.TypeFor[Procedure]())
	return known
}()

func addKeys(known map[string]bool, t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		addKeys(known, t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			field := t.Field(i)
			if key, _, _ := strings.Cut(field.Tag.Get("json"), ","); key != "" && key != "-" {
				known[key] = true
			}
			addKeys(known, field.Type)
		}
	default:
	}
}
