package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// Pattern is a case from which others are copied: its events and everything that is read of
// it, as lines for COPY.
type Pattern struct{ lines map[string][]byte }

// copiedTables are what a copy writes, in the order that their references ask for.
var copiedTables = []table{
	eventsTable, casesTable, grantsTable, exclusionsTable, deadlinesTable, tasksTable, ordersTable, statisticsTable,
}

// NewPattern folds a life. The copies are told from it by the texts that CopyCases replaces, so
// caseID and whatever else differs between them must read like nothing else in the case.
func NewPattern(caseID string, events []casefile.Event, dir casefile.Directory) (*Pattern, error) {
	state, course := casefile.Fold(caseID, events), casefile.FoldCourse(caseID, events)
	rows := map[string][]any{}
	hash := ""
	for _, event := range events {
		var err error
		if hash, err = casefile.ChainHash(hash, event); err != nil {
			return nil, err
		}
		row, err := newEventRow(caseID, event, hash)
		if err != nil {
			return nil, err
		}
		push(rows, eventsTable, []eventRow{row})
	}
	push(rows, casesTable, []caseRow{foldCase(state, hash, 1)})
	push(rows, grantsTable, foldGrants(state, dir))
	push(rows, exclusionsTable, foldExclusions(state))
	push(rows, deadlinesTable, foldDeadlines(state))
	push(rows, tasksTable, foldTasks(state, dir))
	push(rows, ordersTable, foldOrders(state))
	push(rows, statisticsTable, foldStatistics(state, course))
	p := &Pattern{map[string][]byte{}}
	for _, t := range copiedTables {
		lines, err := copyLines(t, rows[t.name])
		if err != nil {
			return nil, fmt.Errorf("write a pattern of %s: %w", t.name, err)
		}
		p.lines[t.name] = lines
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
	case c.sqlType == "jsonb":
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

// Copy is one case to be made of a pattern, by replacing texts.
type Copy struct {
	Of *Pattern
	// Texts are pairs of old and new; where several fit at a place, the first does.
	Texts []string
}

// CopyOptions say how much of each case is copied.
type CopyOptions struct {
	// Figures copies nothing but the rows that statistics read, without a case behind them: the
	// record is good for nothing else then. Events copies the events too. Otherwise it is everything that is read of a case.
	Figures, Events bool
}

// CopyCases fills an empty record with copies of cases by COPY, for measurements: the copies
// have the rows of cases of the rules, but their chains of events don't verify. It sums the
// statistics at the end and returns how many cases there are now.
func (s *Store) CopyCases(ctx context.Context, copies iter.Seq[Copy], options CopyOptions) (int, error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return 0, fmt.Errorf("copy cases: %w", err)
	}
	defer conn.Release()
	// No row is noted as a change: the sums are made at once, below.
	prepare := []string{"alter table statistics_cases disable trigger user"}
	if options.Figures {
		prepare = append(prepare, "alter table statistics_cases drop constraint if exists statistics_cases_case_exists",
			"alter table case_exclusions drop constraint if exists case_exclusions_case_exists")
	}
	for _, statement := range prepare {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return 0, fmt.Errorf("copy cases: %w", err)
		}
	}
	copied, part := 0, map[string]*bytes.Buffer{}
	for _, t := range copiedTables {
		part[t.name] = &bytes.Buffer{}
	}
	flush := func() error {
		for _, t := range copiedTables {
			if err := copyPart(ctx, conn.Conn(), t, part[t.name]); err != nil {
				return fmt.Errorf("copy cases into %s: %w", t.name, err)
			}
		}
		return nil
	}
	const partSize = 8 << 20
	for c := range copies {
		replace := strings.NewReplacer(c.Texts...)
		size := 0
		for _, t := range copiedTables {
			if t.name == eventsTable.name && !options.Events || options.Figures && t.name != statisticsTable.name && t.name != exclusionsTable.name {
				continue
			}
			if _, err := replace.WriteString(part[t.name], string(c.Of.lines[t.name])); err != nil {
				return copied, err
			}
			size += part[t.name].Len()
		}
		copied++
		if size > partSize {
			if err := flush(); err != nil {
				return copied, err
			}
		}
	}
	if err := flush(); err != nil {
		return copied, err
	}
	if _, err := conn.Exec(ctx, "alter table statistics_cases enable trigger user"); err != nil {
		return copied, fmt.Errorf("copy cases: %w", err)
	}
	if err := s.RecountStatistics(ctx); err != nil {
		return copied, err
	}
	for _, t := range append(copiedTables, table{name: "statistics_cells"}, table{name: "statistics_days"}) {
		if _, err := conn.Exec(ctx, "vacuum analyze "+t.name); err != nil {
			return copied, fmt.Errorf("analyse %s: %w", t.name, err)
		}
	}
	return copied, nil
}

func copyPart(ctx context.Context, conn *pgx.Conn, t table, lines *bytes.Buffer) error {
	if lines.Len() == 0 {
		return nil
	}
	_, err := conn.PgConn().CopyFrom(ctx, io.Reader(lines), "copy "+t.name+" ("+t.names("")+") from stdin")
	lines.Reset()
	return err
}
