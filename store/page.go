package store

import (
	"fmt"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// Page asks for a part of a list: exactly one of First and Last, with After and Before as
// bounds that are themselves left out.
type Page struct {
	First, Last   int
	After, Before *Cursor
}

// Cursor names a place in a list: the key of its order as text, and the row's id, which
// tells rows of one key apart.
type Cursor struct{ Key, ID string }

// PageError says that a page or one of its cursors makes no sense for its list.
type PageError struct{ Problem string }

// Error implements error.
func (e *PageError) Error() string { return "page: " + e.Problem }

// cappedTotal is the most that a total counts to; a list longer than this has none.
const cappedTotal = 10_000

// order is the order of a list. Its last columns tell all rows apart.
type order struct {
	columns []string // SQL expressions
	types   []string // their types
	desc    bool
	// split turns a cursor into the values of the columns, all as text.
	split func(Cursor) ([]string, error)
}

// backward reports whether the page is read from the end of the list.
func (p Page) backward() bool { return p.Last > 0 }

// limit is one row more than asked for, to see whether there are more.
func (p Page) limit() int { return max(p.First, p.Last) + 1 }

func (p Page) check() error {
	if (p.First > 0) == (p.Last > 0) || p.First < 0 || p.Last < 0 {
		return &PageError{fmt.Sprintf("give either first or last, above 0 (first %d, last %d)", p.First, p.Last)}
	}
	return nil
}

// bounds is the condition that a row lies within the page's cursors.
func (o order) bounds(p Page, args *arguments) (string, error) {
	after, before := ">", "<"
	if o.desc {
		after, before = before, after
	}
	condition := "true"
	for _, bound := range []struct {
		cursor  *Cursor
		compare string
	}{{p.After, after}, {p.Before, before}} {
		if bound.cursor == nil {
			continue
		}
		values, err := o.split(*bound.cursor)
		if err != nil {
			return "", err
		}
		for i := range values {
			values[i] = args.add(values[i]) + "::text::" + o.types[i]
		}
		condition += " and (" + strings.Join(o.columns, ", ") + ") " + bound.compare + " (" + strings.Join(values, ", ") + ")"
	}
	return condition, nil
}

// reversed is the order the other way round.
func (o order) reversed() order {
	o.desc = !o.desc
	return o
}

// from is the rest of a page that was read up to a place.
func (p Page) from(reached *Cursor) Page {
	if p.backward() {
		p.Before = reached
	} else {
		p.After = reached
	}
	return p
}

// by is the order as SQL, turned round for a page from the end.
func (o order) by(p Page) string {
	direction := ""
	if o.desc != p.backward() {
		direction = " desc"
	}
	return strings.Join(o.columns, direction+", ") + direction
}

// named is the same order over other names of its columns.
func (o order) named(columns ...string) order {
	o.columns = columns
	return o
}

// cut drops the row too many, brings a page from the end into the list's order, and tells
// whether there is more on either side.
func cut[T any](rows []T, p Page) (kept []T, hasNext, hasPrevious bool) {
	more := len(rows) == p.limit()
	if more {
		rows = rows[:len(rows)-1]
	}
	if !p.backward() {
		return rows, more, p.After != nil
	}
	for i, j := 0, len(rows)-1; i < j; i, j = i+1, j-1 {
		rows[i], rows[j] = rows[j], rows[i]
	}
	return rows, p.Before != nil, more
}

// never is the key of rows for which no clock waits.
const never = "infinity"

// timeKey writes an instant as a cursor's key.
func timeKey(t time.Time) string {
	if t.IsZero() {
		return never
	}
	return casefile.Instant(t).Format(time.RFC3339Nano)
}

func checkTimeKey(key string) error {
	if key == never {
		return nil
	}
	if _, err := time.Parse(time.RFC3339Nano, key); err != nil {
		return &PageError{"the cursor is not one of this list"}
	}
	return nil
}

// splitCase splits the cursor of a list of cases.
func splitCase(c Cursor) ([]string, error) {
	if err := checkTimeKey(c.Key); err != nil {
		return nil, err
	}
	if !validUUID(c.ID) {
		return nil, &PageError{"the cursor is not one of this list"}
	}
	return []string{c.Key, c.ID}, nil
}

// splitPart splits the cursor of a list of parts of cases, whose ids are "CASE/PART".
func splitPart(c Cursor) ([]string, error) {
	caseID, part, ok := strings.Cut(c.ID, "/")
	if !ok || !validUUID(caseID) {
		return nil, &PageError{"the cursor is not one of this list"}
	}
	return []string{c.Key, caseID, part}, checkTimeKey(c.Key)
}

// total turns a count to cappedTotal+1 into what a page shows.
func total(n int) *int {
	if n > cappedTotal {
		return nil
	}
	return &n
}
