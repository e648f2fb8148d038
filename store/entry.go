package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// entry is what one decided command adds to the record of one case.
type entry struct {
	before, after casefile.State
	// coursed is the course before, course that after; uncounted says that the case has no
	// figures yet.
	coursed, course casefile.Course
	uncounted       bool
	command         casefile.Command
	events          []casefile.Event
	rows            []caseEventRow
	chainHash       string
	counted         recounted
}

// newEntry numbers, hashes and folds decided events.
func newEntry(before casefile.State, chainHash string, course casefile.Course, command casefile.Command, decided []casefile.Event) (*entry, error) {
	events, hashes, err := chained(decided, before.Version, chainHash)
	if err != nil {
		return nil, err
	}
	e := &entry{before: before, after: before, coursed: course, course: course, command: command, events: events, chainHash: chainHash}
	for i, event := range events {
		row, err := newCaseEventRow(command.CaseID, event, hashes[i])
		if err != nil {
			return nil, err
		}
		e.rows, e.chainHash = append(e.rows, row), hashes[i]
		from := e.after
		from.ID = command.CaseID
		e.after = casefile.Apply(from, event)
		e.course = e.course.Then(from, e.after)
	}
	return e, nil
}

type requestRow struct {
	CaseID      string `json:"case_id"`
	RequestKey  string `json:"request_key"`
	InputDigest string `json:"input_digest"`
	FirstSeq    int    `json:"first_seq"`
	LastSeq     int    `json:"last_seq"`
}

func (e *entry) request() []requestRow {
	if e.command.RequestKey == "" || len(e.events) == 0 {
		return nil
	}
	return []requestRow{{
		e.command.CaseID, e.command.RequestKey, e.command.InputDigest, e.events[0].Seq, e.events[len(e.events)-1].Seq,
	}}
}

// queueEntries queues the statements that write entries: one a table at most, and none for
// a table in which nothing changed.
func queueEntries(batch *pgx.Batch, entries []*entry, dir *directory.Directory, knownTasks map[string]int64) error {
	w := writing{batch: batch}
	var events []caseEventRow
	var requests []requestRow
	var cases []caseRow
	var external []externalIDRow
	var grants, exclusions, heldEnds, borrowed, deadlines, tasks, orders child
	var newFigures, figures, uncounted child
	var textCases, textIDs []string
	var attached attachedFiles
	for _, e := range entries {
		id := e.command.CaseID
		// What tasks and grants were derived from may have changed with the directory alone.
		stale := e.before.Exists() && knownTasks[id] != dir.Version
		touched := e.touched(dir, stale)
		for i := range e.rows {
			e.rows[i].Touched = touched
		}
		events = append(events, e.rows...)
		requests = append(requests, e.request()...)
		cases = append(cases, foldCase(e.after, e.chainHash, dir.Version))
		if !e.before.Exists() {
			external = append(external, foldExternalIDs(e.after)...)
		}
		exclusions.add(id, foldExclusions(e.before), foldExclusions(e.after), false)
		heldEnds.add(id, foldHeldEnds(e.before), foldHeldEnds(e.after), false)
		borrowed.add(id, foldBorrowed(e.before), foldBorrowed(e.after), false)
		deadlines.add(id, foldDeadlines(e.before), foldDeadlines(e.after), false)
		orders.add(id, foldOrders(e.before), foldOrders(e.after), false)
		switch before, after := foldStatistics(e.before, e.coursed), foldStatistics(e.after, e.course); {
		case !e.before.Exists():
			newFigures.add(id, before, after, false)
		case e.uncounted:
			uncounted.add(id, before, after, true)
		default:
			figures.add(id, before, after, false)
		}
		grants.add(id, foldGrants(e.before, dir), foldGrants(e.after, dir), stale)
		tasks.add(id, foldTasksOf(e.before, dir), foldTasks(e.after, dir), stale)
		for _, text := range textsOf(e.events) {
			textCases, textIDs = append(textCases, id), append(textIDs, string(text))
		}
		attached.add(id, e.events)
	}
	// The events come first: where a number is taken, nothing else is touched.
	w.rows(insertEvents, events)
	w.rows(upsertCases, cases)
	w.rows(insertRequests, requests)
	w.rows(insertExternalIDs, external)
	w.children(replaceGrants, grants)
	w.children(replaceExclusions, exclusions)
	w.children(replaceHeldEnds, heldEnds)
	w.children(replaceBorrowed, borrowed)
	w.children(replaceDeadlines, deadlines)
	w.children(replaceTasks, tasks)
	w.children(replaceOrders, orders)
	w.rows(insertStatistics, newFigures.rows)
	w.rows(updateStatistics, figures.rows)
	w.children(replaceStatistics, uncounted)
	if len(textIDs) > 0 {
		batch.Queue("select reference_contents($1::uuid[], $2::uuid[])", textCases, textIDs)
	}
	attached.queue(batch)
	dropTokens(batch, entries)
	for _, e := range entries {
		e.counted.queue(batch)
	}
	return w.err
}

func foldTasksOf(before casefile.State, dir *directory.Directory) []caseTaskRow {
	if !before.Exists() {
		return nil
	}
	return foldTasks(before, dir)
}

// child gathers the rows of a table for those cases whose rows there changed.
type child struct {
	cases []string
	rows  []any
}

func (c *child) add(caseID string, before, after any, force bool) {
	rows := reflect.ValueOf(after)
	if !force && same(before, after) {
		return
	}
	c.cases = append(c.cases, caseID)
	for i := range rows.Len() {
		c.rows = append(c.rows, rows.Index(i).Interface())
	}
}

// same compares rows as they would be written.
func same(a, b any) bool {
	if reflect.ValueOf(a).Len() != reflect.ValueOf(b).Len() {
		return false
	}
	left, errLeft := json.Marshal(a)
	right, errRight := json.Marshal(b)
	return errLeft == nil && errRight == nil && bytes.Equal(left, right)
}

// writing queues rows as JSON and keeps the first error.
type writing struct {
	batch *pgx.Batch
	err   error
}

func (w *writing) rows(statement string, rows any) {
	if reflect.ValueOf(rows).Len() == 0 {
		return
	}
	if raw := w.encode(rows); raw != "" {
		w.batch.Queue(statement, raw)
	}
}

func (w *writing) children(statement string, c child) {
	if len(c.cases) == 0 {
		return
	}
	if c.rows == nil {
		c.rows = []any{}
	}
	if raw := w.encode(c.rows); raw != "" {
		w.batch.Queue(statement, c.cases, raw)
	}
}

func (w *writing) encode(rows any) string {
	raw, err := json.Marshal(rows)
	if err != nil && w.err == nil {
		w.err = fmt.Errorf("encode rows: %w", err)
	}
	return string(raw)
}
