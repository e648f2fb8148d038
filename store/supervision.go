package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// SupervisionQuery asks for a page of supervision orders, the newest first.
type SupervisionQuery struct {
	Statuses  []casefile.SupervisionStatus // none is all
	Division  casefile.Division
	Level     casefile.DivisionLevel
	Page      Page
	WantTotal bool
}

// SupervisionRow names a supervision order of a case, whose state tells the rest.
type SupervisionRow struct {
	CaseID, OrderID string
	Cursor          Cursor
}

// SupervisionPage is a page of supervision orders; Total is as in CasePage.
type SupervisionPage struct {
	Rows                 []SupervisionRow
	HasNext, HasPrevious bool
	Total                *int
}

var byOpening = order{columns: []string{"t.opened_at", "t.case_id", "t.id"}, types: []string{"timestamptz", "uuid", "text"}, split: splitPart, desc: true}

// SupervisionOrders returns a page of the orders in cases that the viewer sees.
func (s *Store) SupervisionOrders(ctx context.Context, viewer Viewer, query SupervisionQuery) (SupervisionPage, error) {
	within, err := s.scope(ctx, query.Division)
	if err != nil {
		return SupervisionPage{}, err
	}
	args := &arguments{}
	conditions := ""
	if len(query.Statuses) > 0 {
		conditions += " and t.status = any(" + args.add(query.Statuses) + "::text[])"
	}
	if query.Level != "" {
		conditions += " and t.level = " + args.add(string(query.Level))
	}
	var rows []SupervisionRow
	counted := counter(query.WantTotal)
	err = s.readWorklist(ctx, worklist{"supervision_orders", "t.opened_at", byOpening}, viewer, within, conditions, args, query.Page, counted,
		func(row pgx.CollectableRow) error {
			var r SupervisionRow
			var opened time.Time
			err := row.Scan(&r.CaseID, &r.OrderID, &opened)
			r.Cursor = Cursor{Key: timeKey(casefile.Instant(opened)), ID: r.CaseID + "/" + r.OrderID}
			rows = append(rows, r)
			return err
		})
	page := SupervisionPage{Total: capped(counted)}
	page.Rows, page.HasNext, page.HasPrevious = cut(rows, query.Page)
	return page, err
}
