package api

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// maxPage is the most that one page holds.
const maxPage = 100

// pageOf reads the arguments of a list: exactly one of first and last, 1 to 100, and the
// cursor that goes with it. list tells the cursors of one list and order from another's.
func pageOf(list string, args schema.PageArgs) (store.Page, error) {
	var page store.Page
	switch {
	case (args.First == nil) == (args.Last == nil):
		return page, &BadInputError{"first", "give exactly one of first and last"}
	case args.First != nil && args.Before != nil:
		return page, &BadInputError{"before", "goes with last, not with first"}
	case args.Last != nil && args.After != nil:
		return page, &BadInputError{"after", "goes with first, not with last"}
	}
	var err error
	if args.First != nil {
		if page.First, err = pageSize("first", *args.First); err != nil {
			return page, err
		}
		page.After, err = cursorOf(list, "after", args.After)
		return page, err
	}
	if page.Last, err = pageSize("last", *args.Last); err != nil {
		return page, err
	}
	page.Before, err = cursorOf(list, "before", args.Before)
	return page, err
}

func pageSize(name string, n int) (int, error) {
	if n < 1 || n > maxPage {
		return 0, &BadInputError{name, fmt.Sprintf("%d is not between 1 and %d", n, maxPage)}
	}
	return n, nil
}

// cursorText makes an opaque cursor.
func cursorText(list, key, id string) string {
	var room [256]byte
	raw := room[:0]
	for i, part := range [3]string{list, key, id} {
		raw = append(raw, "[,,"[i])
		if raw = appendPlain(raw, part); raw == nil {
			raw, _ = json.Marshal([3]string{list, key, id}) // strings always encode
			return base64.RawURLEncoding.EncodeToString(raw)
		}
	}
	return base64.RawURLEncoding.EncodeToString(append(raw, ']'))
}

// appendPlain writes a text of visible ASCII as JSON; nil where it needs escapes. A page has a cursor at each of its
// edges, and theirs do not.
func appendPlain(raw []byte, text string) []byte {
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ', c > '~', c == '"', c == '\\', c == '<', c == '>', c == '&':
			return nil
		}
	}
	return append(append(append(raw, '"'), text...), '"')
}

func cursorOf(list, name string, text *string) (*store.Cursor, error) {
	if text == nil {
		return nil, nil
	}
	var parts []string
	raw, err := base64.RawURLEncoding.DecodeString(*text)
	if err != nil || len(*text) > 1000 || json.Unmarshal(raw, &parts) != nil || len(parts) != 3 || parts[0] != list {
		return nil, &BadInputError{name, "not a cursor that this list, in this order, gave out"}
	}
	return &store.Cursor{Key: parts[1], ID: parts[2]}, nil
}
