package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// Pattern is a case from which others are copied: its events and everything that is read of
// it, as lines for COPY with places for what differs.
type Pattern struct{ lines map[string]template }

// copiedTables are what a copy writes, in the order that their references ask for.
var copiedTables = []table{
	eventsTable, casesTable, grantsTable, exclusionsTable, deadlinesTable, tasksTable, ordersTable, statisticsTable,
}

// NewPattern folds a life. The copies have other texts in the place of differing, so caseID and
// whatever else differs between them must read like nothing else in the case. Where several fit
// at a place, the first does.
func NewPattern(caseID string, events []casefile.Event, dir casefile.Directory, differing []string) (*Pattern, error) {
	state, course := casefile.Fold(caseID, events), casefile.FoldCourse(caseID, events)
	rows := map[string][]any{}
	hash := ""
	for _, event := range events {
		var err error
		if hash, err = casefile.ChainHash(hash, event); err != nil {
			return nil, err
		}
		row, err := newCaseEventRow(caseID, event, hash)
		if err != nil {
			return nil, err
		}
		push(rows, eventsTable, []caseEventRow{row})
	}
	push(rows, casesTable, []caseRow{foldCase(state, hash, 1)})
	push(rows, grantsTable, foldGrants(state, dir))
	push(rows, exclusionsTable, foldExclusions(state))
	push(rows, deadlinesTable, foldDeadlines(state))
	push(rows, tasksTable, foldTasks(state, dir))
	push(rows, ordersTable, foldOrders(state))
	push(rows, statisticsTable, foldStatistics(state, course))
	p := &Pattern{map[string]template{}}
	for _, t := range copiedTables {
		lines, err := copyLines(t, rows[t.name])
		if err != nil {
			return nil, fmt.Errorf("write a pattern of %s: %w", t.name, err)
		}
		p.lines[t.name] = newTemplate(string(lines), differing)
	}
	return p, nil
}

// copyLines writes rows in the text format of COPY.
func copyLines(t table, rows []any) ([]byte, error) {
	var out bytes.Buffer
	for _, row := range rows {
		raw, err := json.Marshal(row)
		if err != nil {
			return nil, err
		}
		values := map[string]json.RawMessage{}
		if err := json.Unmarshal(raw, &values); err != nil {
			return nil, err
		}
		for i, c := range t.columns {
			if i > 0 {
				out.WriteByte('\t')
			}
			value, err := copyValue(c, values[c.name])
			if err != nil {
				return nil, err
			}
			out.WriteString(value)
		}
		out.WriteByte('\n')
	}
	return out.Bytes(), nil
}

var copyEscapes = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

func copyValue(c column, raw json.RawMessage) (string, error) {
	switch text := string(raw); {
	case text == "" || text == "null":
		return `\N`, nil
	case c.sqlType == "jsonb", text[0] == '{': // an object is JSON, whatever it is stored as
		return copyEscapes.Replace(text), nil
	case strings.HasSuffix(c.sqlType, "[]"):
		return "{" + strings.Trim(text, "[]") + "}", nil
	case text[0] == '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return copyEscapes.Replace(s), err
	default:
		return text, nil
	}
}

// template is a text with places for others.
type template struct {
	// between are the texts around the places, one more than these; places are indexes of what
	// stands there.
	between []string
	places  []int
}

func newTemplate(text string, differing []string) template {
	var t template
	begin := 0
	for at := 0; at < len(text); {
		place := -1
		for i, old := range differing {
			if strings.HasPrefix(text[at:], old) {
				place = i
				break
			}
		}
		if place < 0 {
			at++
			continue
		}
		t.between, t.places = append(t.between, text[begin:at]), append(t.places, place)
		at += len(differing[place])
		begin = at
	}
	t.between = append(t.between, text[begin:])
	return t
}

// write appends the text with texts in its places.
func (t template) write(out *bytes.Buffer, texts []string) {
	for i, place := range t.places {
		out.WriteString(t.between[i])
		out.WriteString(texts[place])
	}
	out.WriteString(t.between[len(t.places)])
}
