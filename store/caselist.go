package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// CaseFilter narrows a list of cases; zero fields don't. Days are "YYYY-MM-DD" in
// Asia/Shanghai and inclusive.
type CaseFilter struct {
	Kind            casefile.Kind
	PetitionType    casefile.PetitionType
	Stages          []casefile.Stage
	Open            *bool
	Overdue         *bool
	Urgent          *bool
	Repeats         *bool
	Division        casefile.Division // with everything below it
	UnitID          string
	HandlerID       string
	Source          casefile.Source
	Category        string
	Risk            casefile.Risk
	ReceivedFrom    string
	ReceivedTo      string
	ConcludedFrom   string
	ConcludedTo     string
	DueBefore       time.Time
	Imported        *bool
	Confidentiality casefile.Confidentiality
	PackageID       string // cases that this leadership package has taken in
	// Text finds cases whose texts the viewer may read whole, and no others.
	Text SearchText
}

// CaseOrder is an order of cases.
type CaseOrder string

// The orders. DUE_AT_ASC lists open cases only, those without a clock last.
const (
	RegisteredAtDesc CaseOrder = "REGISTERED_AT_DESC"
	RegisteredAtAsc  CaseOrder = "REGISTERED_AT_ASC"
	DueAtAsc         CaseOrder = "DUE_AT_ASC"
)

// CaseQuery asks for a page of cases.
type CaseQuery struct {
	Filter CaseFilter
	Order  CaseOrder // empty is REGISTERED_AT_DESC
	Page   Page
	// WantTotal asks for the number of all rows, which costs a count.
	WantTotal bool
}

// CasePage is a page of cases.
type CasePage struct {
	Rows                 []CaseRow
	HasNext, HasPrevious bool
	// Total is nil where it wasn't asked for, where there are more than 10,000, and for a
	// search of texts.
	Total *int
	// Reached is set where a search of texts stopped at its bounds before the page was full: the
	// list goes on from there, and HasNext (or HasPrevious) says so.
	Reached *Cursor
}

// Cases returns a page of the cases that the viewer sees.
func (s *Store) Cases(ctx context.Context, viewer Viewer, query CaseQuery) (CasePage, error) {
	if err := query.Page.check(); err != nil {
		return CasePage{}, err
	}
	within, err := s.scope(ctx, query.Filter.Division)
	if err != nil {
		return CasePage{}, err
	}
	if !query.Filter.Text.Empty() {
		return s.searchCases(ctx, viewer, query, within)
	}
	page, found, err := s.findCases(ctx, viewer, query, within)
	if err != nil {
		return CasePage{}, err
	}
	// The state of the one too many is not read.
	found, page.HasNext, page.HasPrevious = cut(found, query.Page)
	var same bool
	page.Rows, same, err = s.atHashes(ctx, found)
	if err == nil && !same {
		// One moved on in between, and may be hidden by now: what is shown must be what was judged.
		var rows []CaseRow
		rows, err = s.readListed(ctx, viewer, query, within)
		page.Rows, page.HasNext, page.HasPrevious = cut(rows, query.Page)
	}
	if err != nil {
		return CasePage{}, fmt.Errorf("list cases: %w", err)
	}
	for i := range page.Rows {
		page.Rows[i].Cursor = cursorOf(page.Rows[i], query.Order)
	}
	return page, nil
}

// foundCase is a case of a list, as it was judged.
type foundCase struct {
	id, chainHash string
	endHeld       bool
}

const foundColumns = "c.id::text, c.chain_hash, " + endIsHeld

// findCases reads which cases a page has, and counts the whole list where that is wanted.
func (s *Store) findCases(ctx context.Context, viewer Viewer, query CaseQuery, within []casefile.Division) (CasePage, []foundCase, error) {
	batch := &pgx.Batch{}
	list, args, err := listCases(viewer, query, within, foundColumns)
	if err != nil {
		return CasePage{}, nil, err
	}
	var page CasePage
	var found []foundCase
	batch.Queue(list, args.values...).Query(func(rows pgx.Rows) error {
		found, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (f foundCase, err error) {
			return f, row.Scan(&f.id, &f.chainHash, &f.endHeld)
		})
		return err
	})
	if query.WantTotal {
		counting, args := countCases(viewer, query, within)
		batch.Queue(counting, args.values...).QueryRow(func(row pgx.Row) error {
			var n int
			err := row.Scan(&n)
			page.Total = total(n)
			return err
		})
	}
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return CasePage{}, nil, fmt.Errorf("list cases: %w", err)
	}
	return page, found, nil
}

// atHashes gives cases as they were found, from memory or else from the database; same is false
// where one has moved on since.
func (s *Store) atHashes(ctx context.Context, found []foundCase) (rows []CaseRow, same bool, err error) {
	rows = make([]CaseRow, len(found))
	missing := map[string]int{}
	var ids []string
	for i, f := range found {
		row, kept := s.states.at(f.id, f.chainHash)
		if !kept {
			missing[f.id] = i
			ids = append(ids, f.id)
			continue
		}
		rows[i] = row
		rows[i].EndHeld = f.endHeld
	}
	if len(ids) == 0 {
		return rows, true, nil
	}
	answer, err := s.pool.Query(ctx, "select c.id::text, c.chain_hash, c.state from cases c where c.id = any($1::uuid[])", ids)
	if err != nil {
		return nil, false, err
	}
	var id, chainHash string
	var state []byte
	same = true
	_, err = pgx.ForEachRow(answer, []any{&id, &chainHash, &state}, func() error {
		at := missing[id]
		if chainHash != found[at].chainHash {
			same = false
			return nil
		}
		row, err := newCaseRow(id, chainHash, state, false)
		if err != nil {
			return err
		}
		s.states.keep(id, chainHash, row, len(state))
		rows[at] = row
		rows[at].EndHeld = found[at].endHeld
		delete(missing, id)
		return nil
	})
	return rows, same && len(missing) == 0, err
}

// readListed reads a page with its states in one statement.
func (s *Store) readListed(ctx context.Context, viewer Viewer, query CaseQuery, within []casefile.Division) ([]CaseRow, error) {
	list, args, err := listCases(viewer, query, within, caseColumns)
	if err != nil {
		return nil, err
	}
	rows, err := s.pool.Query(ctx, list, args.values...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (CaseRow, error) { return scanCase(row) })
}

// cursorOf is a case's place in a list.
func cursorOf(r CaseRow, order CaseOrder) Cursor {
	if order == DueAtAsc {
		return Cursor{Key: timeKey(r.NextDueAt), ID: r.ID}
	}
	return Cursor{Key: timeKey(r.State.RegisteredAt), ID: r.ID}
}

func (o CaseOrder) order() order {
	by := order{types: []string{"timestamptz", "uuid"}, split: splitCase, desc: o != RegisteredAtAsc && o != DueAtAsc}
	if o == DueAtAsc {
		return by.named("c.next_due_at", "c.id")
	}
	return by.named("c.registered_at", "c.id")
}

// listCases reads one page along every branch and merges them: each branch is a range of
// one index, so that no list costs more than a few pages of rows.
func listCases(viewer Viewer, query CaseQuery, within []casefile.Division, columns string) (string, *arguments, error) {
	args := &arguments{}
	by := query.Order.order()
	ways := viewer.branches(within, args)
	if len(ways) == 0 {
		return "select " + columns + " from cases c where false", &arguments{}, nil
	}
	conditions := query.Filter.conditions(query.Order, args) + " and not " + viewer.excludedFrom(args)
	var parts []string
	for _, b := range ways {
		along := by
		where := b.where + conditions
		if b.grantee && query.Order == DueAtAsc {
			where += " and g.open"
		} else if b.grantee {
			along = by.named("g.registered_at", "g.case_id")
		}
		bounds, err := along.bounds(query.Page, args)
		if err != nil {
			return "", nil, err
		}
		parts = append(parts, fmt.Sprintf("(select c.id, %s as key from %s where %s and %s order by %s limit %d)",
			along.columns[0], b.from(), where, bounds, along.by(query.Page), query.Page.limit()))
	}
	merged := by.named("key", "id").by(query.Page)
	return fmt.Sprintf("with page as (select id, key from (%s) u order by %s limit %d) select %s from page p join cases c on c.id = p.id order by %s",
		strings.Join(parts, " union "), merged, query.Page.limit(), columns,
		by.named("p.key", "p.id").by(query.Page)), args, nil
}

// countCases counts the cases of a list, along the same branches, and no further than a
// total goes.
func countCases(viewer Viewer, query CaseQuery, within []casefile.Division) (string, *arguments) {
	args := &arguments{}
	ways := viewer.branches(within, args)
	if len(ways) == 0 {
		return "select 0", &arguments{}
	}
	conditions := query.Filter.conditions(query.Order, args) + " and not " + viewer.excludedFrom(args)
	var parts []string
	for _, b := range ways {
		parts = append(parts, fmt.Sprintf("(select c.id from %s where %s limit %d)", b.from(), b.where+conditions, cappedTotal+1))
	}
	return fmt.Sprintf("select count(*) from (select id from (%s) u limit %d) n", strings.Join(parts, " union "), cappedTotal+1), args
}

// conditions is the filter, except for the division and the text, as conditions on a case c, each with
// "and" before it.
func (f CaseFilter) conditions(by CaseOrder, args *arguments) string {
	var b strings.Builder
	equal := func(column, value string) {
		if value != "" {
			b.WriteString(" and c." + column + " = " + args.add(value))
		}
	}
	equal("kind", string(f.Kind))
	equal("petition_type", string(f.PetitionType))
	equal("responsible_unit_id", f.UnitID)
	equal("handler_id", f.HandlerID)
	equal("source", string(f.Source))
	equal("category", f.Category)
	equal("risk", string(f.Risk))
	equal("confidentiality", string(f.Confidentiality))
	is := func(column string, value *bool) {
		if value != nil && *value {
			b.WriteString(" and c." + column)
		} else if value != nil {
			b.WriteString(" and not c." + column)
		}
	}
	// In these words, since a plan can't see it in a parameter: then the indexes of open cases
	// serve, or those of ended ones.
	if by == DueAtAsc || f.impliesOpen() {
		b.WriteString(" and c.open")
	}
	if f.impliesEnded() {
		b.WriteString(" and not c.open")
	}
	if f.impliesEnded() && (by == DueAtAsc || f.impliesOpen()) {
		b.WriteString(" and false")
	}
	if f.ReceivedFrom != "" { // nothing is registered before it is received
		b.WriteString(inDays("c.registered_at", f.ReceivedFrom, "", args))
	}
	if f.ConcludedFrom+f.ConcludedTo != "" {
		b.WriteString(" and c.concluded_at is not null")
	}
	is("overdue", f.Overdue)
	is("urgent", f.Urgent)
	is("imported", f.Imported)
	is("repeats", f.Repeats)
	if len(f.Stages) == 1 { // one range of an index, in its order
		equal("stage", string(f.Stages[0]))
	} else if len(f.Stages) > 0 {
		b.WriteString(" and c.stage = any(" + args.add(f.Stages) + "::text[])")
	}
	b.WriteString(inDays("c.received_at", f.ReceivedFrom, f.ReceivedTo, args))
	b.WriteString(inDays("c.concluded_at", f.ConcludedFrom, f.ConcludedTo, args))
	if f.PackageID != "" {
		b.WriteString(" and exists (select 1 from package_members m where m.case_id = c.id and m.package_id = " +
			args.add(f.PackageID) + "::text::uuid and m.status in ('INVITED', 'JOINED'))")
	}
	if !f.DueBefore.IsZero() {
		b.WriteString(" and c.next_due_at < " + args.add(f.DueBefore))
	}
	return b.String()
}

// impliesOpen reports whether only open cases can pass the filter, and impliesEnded whether only
// ended ones.
func (f CaseFilter) impliesOpen() bool {
	return !f.DueBefore.IsZero() || f.Overdue != nil && *f.Overdue || f.Open != nil && *f.Open ||
		len(f.Stages) > 0 && !slices.ContainsFunc(f.Stages, func(stage casefile.Stage) bool { return !stage.Open() })
}

func (f CaseFilter) impliesEnded() bool {
	return f.Open != nil && !*f.Open || len(f.Stages) > 0 && !slices.ContainsFunc(f.Stages, casefile.Stage.Open)
}

// inDays is the condition that an instant falls on the days from one to another,
// inclusive, in Asia/Shanghai; an empty day is no bound.
func inDays(column, from, to string, args *arguments) string {
	var condition string
	if from != "" {
		condition += " and " + column + " >= (" + args.add(from) + "::text::timestamp at time zone 'Asia/Shanghai')"
	}
	if to != "" {
		condition += " and " + column + " < ((" + args.add(to) + "::text::timestamp + interval '1 day') at time zone 'Asia/Shanghai')"
	}
	return condition
}

// scope returns a division and, for a local one, its members; nil for none.
func (s *Store) scope(ctx context.Context, division casefile.Division) ([]casefile.Division, error) {
	if division == "" {
		return nil, nil
	}
	dir := s.directory.snapshot.Load()
	if dir == nil {
		var err error
		if dir, err = s.Directory(ctx); err != nil {
			return nil, err
		}
	}
	if scope := dir.Divisions().Scope(division); len(scope) > 0 {
		return scope, nil
	}
	return []casefile.Division{division}, nil
}
