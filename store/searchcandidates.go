package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// candidates are cases that have the tokens of every word, in the order of the list.
type candidates struct {
	ids []string
	// reached is the place up to which these are all, and last says that nothing comes after it.
	reached *Cursor
	last    bool
	walked  int
	// rare: there were few enough texts for the index by token to be read.
	rare bool
}

// walk looks at the next width cases that are open to the viewer.
func (s *Store) walk(ctx context.Context, f *searching, width int) (candidates, error) {
	sql, args, err := f.walking(width)
	if err != nil {
		return candidates{}, err
	}
	var found candidates
	var keys []*time.Time
	var endID *string
	var endKey *time.Time
	if err := s.pool.QueryRow(ctx, sql, args.values...).Scan(&found.ids, &keys, &found.walked, &endID, &endKey); err != nil {
		return found, err
	}
	found.last = found.walked < width
	switch {
	case len(found.ids) == f.searchBounds.candidates: // more of them may have been left out
		found.reached, found.last = placeOf(keys[f.searchBounds.candidates-1], found.ids[f.searchBounds.candidates-1]), false
	case endID != nil:
		found.reached = placeOf(endKey, *endID)
	}
	return found, nil
}

func placeOf(key *time.Time, id string) *Cursor {
	if key == nil {
		return &Cursor{Key: never, ID: id}
	}
	return &Cursor{Key: timeKey(*key), ID: id}
}

// walking lists, of the next width cases, those that have the tokens, with their keys; and says how
// many cases there were and which was the last.
func (f *searching) walking(width int) (string, *arguments, error) {
	args := &arguments{}
	by := f.query.Order.order()
	where, along, from := "", by.named("g.registered_at", "g.case_id"), "case_grants g"
	if f.query.Order == DueAtAsc {
		where, along, from = " and g.open", by, "case_grants g join cases c on c.id = g.case_id"
	}
	bounds, err := along.bounds(f.page, args)
	if err != nil {
		return "", nil, err
	}
	walked := ""
	for _, grantee := range f.viewer.grantees() {
		if walked != "" {
			walked += " union "
		}
		walked += fmt.Sprintf("(select %s as id, %s as key from %s where g.grantee = %s%s and %s order by %s limit %d)",
			along.columns[1], along.columns[0], from, args.add(grantee), where, bounds, along.by(f.page), width)
	}
	order := by.named("key", "id").by(f.page)
	back := by.named("key", "id").reversed().by(f.page)
	return fmt.Sprintf(`
		with walked as materialized (select id, key from (%s) u order by %s limit %d),
		matching as materialized (
			select w.id, w.key from walked w join cases c on c.id = w.id %s
			where (%s or exists (select from text_backlog l where l.case_id = w.id))%s order by %s limit %d)
		select coalesce((select array_agg(id::text order by %s) from matching), '{}'),
			coalesce((select array_agg(nullif(key, 'infinity') order by %s) from matching), '{}'),
			(select count(*) from walked),
			(select id::text from walked order by %s limit 1),
			(select nullif(key, 'infinity') from walked order by %s limit 1)`,
		walked, order, width, f.words("w.id", args), allWords(len(f.tokens)), f.conditions(args),
		by.named("w.key", "w.id").by(f.page), f.searchBounds.candidates, order, order, back, back), args, nil
}

// words says of a case which words' tokens one of its texts has, as t.w1, t.w2 and so on.
func (f *searching) words(caseID string, args *arguments) string {
	each := ""
	for i, tokens := range f.tokens {
		if i > 0 {
			each += ", "
		}
		each += fmt.Sprintf("bool_or(x.tokens @> %s::smallint[]) as w%d", args.add(tokens), i+1)
	}
	return `cross join lateral (select ` + each + ` from (select ` + caseID + ` as of
		union all select b.lender_id from borrowed_texts b where b.case_id = ` + caseID + `) o join text_tokens x on x.case_id = o.of) t`
}

func allWords(n int) string {
	all := ""
	for i := range n {
		if i > 0 {
			all += " and "
		}
		all += fmt.Sprintf("t.w%d", i+1)
	}
	return "coalesce(" + all + ", false)"
}

// conditions are the filter's on a case c, and that it is not closed to the viewer.
func (f *searching) conditions(args *arguments) string {
	conditions := f.query.Filter.conditions(f.query.Order, args) + " and not " + f.viewer.excludedFrom(args)
	if f.within != nil {
		conditions += " and " + inDivisions(f.within, args)
	}
	return conditions
}

// rareCandidates asks the index by token for what is left of the list, where the longest word is rare.
func (s *Store) rareCandidates(ctx context.Context, f *searching) (candidates, error) {
	sql, args, err := f.rarely()
	if err != nil {
		return candidates{}, err
	}
	batch := &pgx.Batch{}
	batch.Queue("begin read only")
	// Statements are planned without their values: a scan of the whole table would seem cheap.
	batch.Queue("set local enable_seqscan = off")
	found := candidates{last: true}
	batch.Queue(sql, args.values...).QueryRow(func(row pgx.Row) error {
		var common bool
		err := row.Scan(&common, &found.ids)
		// More than may be read are walked through too.
		found.rare = !common && len(found.ids) <= f.mostRead-f.read
		return err
	})
	batch.Queue("commit")
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return found, err
	}
	defer release(conn)
	return found, conn.SendBatch(ctx, batch).Close()
}

// rarely says whether the longest word is too common, or cases wait to be indexed; and lists, where
// neither is so, the cases of the rest of the list that have the tokens.
func (f *searching) rarely() (string, *arguments, error) {
	args := &arguments{}
	by := f.query.Order.order()
	bounds, err := by.bounds(f.page, args)
	if err != nil {
		return "", nil, err
	}
	open := ""
	if f.query.Order == DueAtAsc {
		open = " and g.open"
	}
	return fmt.Sprintf(`
		with found as materialized (select case_id from text_tokens where tokens @> %s::smallint[] limit %d),
		common as materialized (select (select count(*) from found) > %d or exists (select from text_backlog) as so),
		matching as materialized (select case_id from found where not (select so from common)
			union select b.case_id from found f join borrowed_texts b on b.lender_id = f.case_id where not (select so from common))
		select (select so from common), array(
			select c.id::text from matching h join cases c on c.id = h.case_id %s
			where exists (select from case_grants g where g.case_id = h.case_id and g.grantee = any(%s::text[])%s)
				and %s and %s%s
			order by %s limit %d)`,
		args.add(f.tokens[0]), f.rareTexts+1, f.rareTexts, f.words("h.case_id", args), args.add(f.viewer.grantees()),
		open, allWords(len(f.tokens)), bounds, f.conditions(args), by.by(f.page), f.mostRead-f.read+1), args, nil
}
