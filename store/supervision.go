package store

import (
	"cmp"
	"context"
	"strings"
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

// SupervisionRow names a supervision order of a case, or of a package, whose state tells the
// rest: one of CaseID and PackageID is empty.
type SupervisionRow struct {
	CaseID, PackageID, OrderID string
	Cursor                     Cursor
	openedAt                   time.Time
}

// SupervisionPage is a page of supervision orders; Total is as in CasePage.
type SupervisionPage struct {
	Rows                 []SupervisionRow
	HasNext, HasPrevious bool
	Total                *int
}

var byOpening = order{columns: []string{"t.opened_at", "t.case_id", "t.id"}, types: []string{"timestamptz", "uuid", "text"}, split: splitPart, desc: true}

var byPackageOpening = order{columns: []string{"t.opened_at", "t.package_id", "t.id"}, types: byOpening.types, split: splitPart, desc: true}

var (
	supervisionWorklist        = worklist{table: "supervision_orders", columns: "t.opened_at", by: byOpening}
	packageSupervisionWorklist = worklist{table: "package_orders", columns: "t.opened_at", by: byPackageOpening}
)

// SupervisionOrders returns a page of the orders in cases and packages that the viewer sees.
func (s *Store) SupervisionOrders(ctx context.Context, viewer Viewer, query SupervisionQuery) (SupervisionPage, error) {
	within, err := s.scope(ctx, query.Division)
	if err != nil {
		return SupervisionPage{}, err
	}
	args := &arguments{}
	var rows []SupervisionRow
	counted := counter(query.WantTotal)
	err = s.readWorklist(ctx, supervisionWorklist, viewer, within, query.conditions(args), args, query.Page, counted,
		func(row pgx.CollectableRow) error {
			var r SupervisionRow
			err := row.Scan(&r.CaseID, &r.OrderID, &r.openedAt)
			r.Cursor = r.cursor(r.CaseID)
			rows = append(rows, r)
			return err
		})
	if err != nil {
		return SupervisionPage{}, err
	}
	ofPackages, countedToo, err := s.packageOrders(ctx, viewer, within, query)
	if err != nil {
		return SupervisionPage{}, err
	}
	if counted != nil {
		*counted += *countedToo
	}
	page := SupervisionPage{Total: capped(counted)}
	page.Rows, page.HasNext, page.HasPrevious = cut(mergeParts(rows, ofPackages, query.Page, compareOrders), query.Page)
	return page, nil
}

func (r SupervisionRow) cursor(owner string) Cursor {
	return Cursor{Key: timeKey(casefile.Instant(r.openedAt)), ID: owner + "/" + r.OrderID}
}

// conditions is the query, except for the division, as conditions on an order t, each with
// "and" before it.
func (q SupervisionQuery) conditions(args *arguments) string {
	conditions := ""
	if len(q.Statuses) > 0 {
		conditions += " and t.status = any(" + args.add(q.Statuses) + "::text[])"
	}
	if q.Level != "" {
		conditions += " and t.level = " + args.add(string(q.Level))
	}
	return conditions
}

// packageOrders reads the page's part of packages, in the order of reading, and counts them
// where wanted.
func (s *Store) packageOrders(ctx context.Context, viewer Viewer, within []casefile.Division, query SupervisionQuery) (rows []SupervisionRow, counted *int, err error) {
	args := &arguments{}
	counted = counter(query.WantTotal)
	err = s.readPackageWorklist(ctx, packageSupervisionWorklist, viewer, within, query.conditions(args), args, query.Page, counted,
		func(row pgx.CollectableRow) error {
			var r SupervisionRow
			err := row.Scan(&r.PackageID, &r.OrderID, &r.openedAt)
			r.Cursor = r.cursor(r.PackageID)
			rows = append(rows, r)
			return err
		})
	return rows, counted, err
}

// compareOrders puts the newest first.
func compareOrders(a, b SupervisionRow) int {
	return cmp.Or(b.openedAt.Compare(a.openedAt), strings.Compare(b.CaseID+b.PackageID, a.CaseID+a.PackageID))
}
