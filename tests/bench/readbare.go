package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// bareReader reads the measured page as anybody would who needs no more than it: the columns by
// SQL, the rows by pgx, the answer by encoding/json. It asks nobody's rights.
type bareReader struct {
	pool *pgxpool.Pool
	of   reader
	// after is the case before the page, or nil.
	after *struct {
		at time.Time
		id string
	}
}

func newBareReader(ctx context.Context, pool *pgxpool.Pool, of reader, at place) (*bareReader, error) {
	b := &bareReader{pool: pool, of: of}
	if at.number == "" {
		return b, nil
	}
	after := struct {
		at time.Time
		id string
	}{}
	err := pool.QueryRow(ctx, "select registered_at, id::text from cases where number = $1", at.number).Scan(&after.at, &after.id)
	if err != nil {
		return nil, fmt.Errorf("find the case before a page: %w", err)
	}
	b.after = &after
	return b, nil
}

// page reads and encodes the page.
func (b *bareReader) page(ctx context.Context) ([]byte, error) {
	var page answeredPage
	cases := &page.Data.Cases
	ids, err := b.cases(ctx, cases)
	if err != nil {
		return nil, fmt.Errorf("bare read: %w", err)
	}
	position := make(map[string]int, len(ids))
	for i, id := range ids {
		position[id] = i
	}
	batch := &pgx.Batch{}
	batch.Queue(`select case_id::text, step, body -> 'name' ->> 'zh', status, statutory, due_at from deadlines
		where case_id = any($1::uuid[]) order by case_id, length(id), id`, ids).Query(func(rows pgx.Rows) error {
		var id string
		var d listedDeadline
		_, err := pgx.ForEachRow(rows, []any{&id, &d.Step, &d.Label, &d.Status, &d.Statutory, &d.DueAt}, func() error {
			c := &cases.Edges[position[id]].Node
			c.Deadlines = append(c.Deadlines, d)
			return nil
		})
		return err
	})
	batch.Queue(`select e.case_id::text, e.seq, e.type, e.at, p.name from unnest($1::uuid[]) as asked (id)
		cross join lateral (select * from events where case_id = asked.id order by seq desc limit 3) e
		left join people p on p.id = e.actor_person_id order by e.case_id, e.seq`, ids).Query(func(rows pgx.Rows) error {
		var id string
		var e listedEvent
		var actor *string
		_, err := pgx.ForEachRow(rows, []any{&id, &e.Seq, &e.Type, &e.At, &actor}, func() error {
			e.Actor = nameOf(actor)
			c := &cases.Edges[position[id]].Node
			c.Timeline.Edges = append(c.Timeline.Edges, eventEdge{e})
			return nil
		})
		return err
	})
	if err := b.pool.SendBatch(ctx, batch).Close(); err != nil {
		return nil, fmt.Errorf("bare read: %w", err)
	}
	return json.Marshal(page)
}

// cases reads the rows of the cases themselves and returns their ids.
func (b *bareReader) cases(ctx context.Context, into *listedCases) ([]string, error) {
	arguments, bound := []any{b.of.argument}, ""
	if b.after != nil {
		arguments = append(arguments, b.after.at, b.after.id)
		bound = " and (" + b.of.key + ", c.id) < ($2, $3::text::uuid)"
		if b.of.key == "g.registered_at" {
			bound = " and (g.registered_at, g.case_id) < ($2, $3::text::uuid)"
		}
	}
	order := b.of.key + " desc, c.id desc"
	if b.of.key == "g.registered_at" {
		order = "g.registered_at desc, g.case_id desc"
	}
	rows, err := b.pool.Query(ctx, fmt.Sprintf(`
		select c.id::text, c.number, c.kind, c.stage, c.category, c.division, c.overdue, c.registered_at, u.name, p.name
		from (select c.* from %s where %s%s order by %s limit %d) c
		left join units u on u.id = c.responsible_unit_id left join people p on p.id = c.handler_id
		order by c.registered_at desc, c.id desc`, b.of.from, b.of.where, bound, order, readPage+1), arguments...)
	if err != nil {
		return nil, err
	}
	var ids []string
	var id string
	var c listedCase
	var unit, handler *string
	_, err = pgx.ForEachRow(rows, []any{
		&id, &c.Number, &c.Kind, &c.Stage, &c.Category, &c.Division, &c.Overdue, &c.RegisteredAt, &unit, &handler,
	}, func() error {
		if len(ids) == readPage {
			into.PageInfo.HasNextPage = true
			return nil
		}
		c.ResponsibleUnit, c.Handler = nameOf(unit), nameOf(handler)
		ids, into.Edges = append(ids, id), append(into.Edges, listedEdge{c})
		return nil
	})
	return ids, err
}

func nameOf(name *string) *named {
	if name == nil {
		return nil
	}
	return &named{*name}
}
