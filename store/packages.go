package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// PackageRow is a leadership package as it is read.
type PackageRow struct {
	State     leadership.State
	ChainHash string
	// Cursor is the row's place in the list it was read from, and else empty.
	Cursor Cursor
}

// PackageFilter narrows a list of packages; zero fields don't.
type PackageFilter struct {
	LeaderID string
	Statuses []leadership.Status
	Division casefile.Division // with everything below it
	Overdue  *bool
	// CaseID is a case that the package took in.
	CaseID string
}

// PackageQuery asks for a page of packages, the newest first.
type PackageQuery struct {
	Filter    PackageFilter
	Page      Page
	WantTotal bool
}

// PackagePage is a page of packages; Total is as in CasePage.
type PackagePage struct {
	Rows                 []PackageRow
	HasNext, HasPrevious bool
	Total                *int
}

const packageColumns = "c.state, c.chain_hash"

func scanPackage(row pgx.CollectableRow) (PackageRow, error) {
	var r PackageRow
	var state []byte
	if err := row.Scan(&state, &r.ChainHash); err != nil {
		return r, err
	}
	if err := json.Unmarshal(state, &r.State); err != nil {
		return r, fmt.Errorf("decode a package: %w", err)
	}
	r.Cursor = Cursor{Key: timeKey(begunAt(r.State)), ID: r.State.ID}
	return r, nil
}

// seesPackages is the condition that the viewer sees a package c: it lies in their sub-tree,
// their own unit is responsible for it, or they work on it. A package is of the leading
// body's division and holds no sealed case, so nobody is excluded from it.
func (v Viewer) seesPackages(args *arguments) string {
	ways := []string{"false"}
	for _, division := range widest(v.SubTree) {
		ways = append(ways, inDivision(division, args))
	}
	if len(v.OwnUnits) > 0 {
		ways = append(ways, "c.responsible_unit_id = any("+args.add(v.OwnUnits)+"::text[])")
	}
	if v.OwnCases {
		ways = append(ways, "exists (select 1 from package_grants g where g.package_id = c.id and g.grantee = any("+
			args.add(v.grantees())+"::text[]))")
	}
	return "(" + strings.Join(ways, " or ") + ")"
}

// WorksOnPackage reports whether the viewer works on a package that they see: only then are
// its texts shown to them unmasked.
func (v Viewer) WorksOnPackage(state leadership.State) bool {
	return v.OwnCases && slices.ContainsFunc(leadership.Grants(state), func(g casefile.Grant) bool {
		return slices.Contains(v.grantees(), granteeOf(g))
	})
}

// Package returns a package that the viewer sees, or nil.
func (s *Store) Package(ctx context.Context, viewer Viewer, id string) (*PackageRow, error) {
	found, err := s.PackagesByID(ctx, viewer, []string{id})
	if err != nil {
		return nil, err
	}
	return found[id], nil
}

// PackageByNumber is Package by the package's number.
func (s *Store) PackageByNumber(ctx context.Context, viewer Viewer, number string) (*PackageRow, error) {
	found, err := s.readPackages(ctx, viewer, "c.number = any($1::text[])", []string{number})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// PackagesByID returns those of some packages that the viewer sees, in one round trip.
func (s *Store) PackagesByID(ctx context.Context, viewer Viewer, ids []string) (map[string]*PackageRow, error) {
	asked := make([]string, 0, len(ids))
	for _, id := range ids {
		if validUUID(id) {
			asked = append(asked, id)
		}
	}
	packages := make(map[string]*PackageRow, len(asked))
	if len(asked) == 0 {
		return packages, nil
	}
	found, err := s.readPackages(ctx, viewer, "c.id = any($1::uuid[])", asked)
	for i := range found {
		packages[found[i].State.ID] = &found[i]
	}
	return packages, err
}

func (s *Store) readPackages(ctx context.Context, viewer Viewer, which string, names []string) ([]PackageRow, error) {
	args := &arguments{values: []any{names}}
	rows, err := s.pool.Query(ctx, "select "+packageColumns+" from packages c where "+which+" and "+viewer.seesPackages(args), args.values...)
	if err != nil {
		return nil, fmt.Errorf("read packages: %w", err)
	}
	found, err := pgx.CollectRows(rows, scanPackage)
	if err != nil {
		return nil, fmt.Errorf("read packages: %w", err)
	}
	return found, nil
}

var byBeginning = order{
	columns: []string{"c.begun_at", "c.id"}, types: []string{"timestamptz", "uuid"}, split: splitCase, desc: true,
}

// Packages returns a page of the packages that the viewer sees, the newest first.
func (s *Store) Packages(ctx context.Context, viewer Viewer, query PackageQuery) (PackagePage, error) {
	if err := query.Page.check(); err != nil {
		return PackagePage{}, err
	}
	within, err := s.scope(ctx, query.Filter.Division)
	if err != nil {
		return PackagePage{}, err
	}
	args := &arguments{}
	where := viewer.seesPackages(args) + query.Filter.conditions(args)
	if within != nil {
		where += " and " + inDivisions(within, args)
	}
	batch := &pgx.Batch{}
	var page PackagePage
	if query.WantTotal {
		batch.Queue(fmt.Sprintf("select count(*) from (select 1 from packages c where %s limit %d) n", where, cappedTotal+1),
			slices.Clone(args.values)...).
			QueryRow(func(row pgx.Row) error {
				var n int
				err := row.Scan(&n)
				page.Total = total(n)
				return err
			})
	}
	bounds, err := byBeginning.bounds(query.Page, args)
	if err != nil {
		return PackagePage{}, err
	}
	batch.Queue(fmt.Sprintf("select %s from packages c where %s and %s order by %s limit %d",
		packageColumns, where, bounds, byBeginning.by(query.Page), query.Page.limit()), args.values...).
		Query(func(rows pgx.Rows) error {
			read, err := pgx.CollectRows(rows, scanPackage)
			page.Rows, page.HasNext, page.HasPrevious = cut(read, query.Page)
			return err
		})
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return PackagePage{}, fmt.Errorf("list packages: %w", err)
	}
	return page, nil
}

// conditions is the filter, except for the division, as conditions on a package c.
func (f PackageFilter) conditions(args *arguments) string {
	var b strings.Builder
	if f.LeaderID != "" {
		b.WriteString(" and c.leader_id = " + args.add(f.LeaderID))
	}
	if len(f.Statuses) > 0 {
		b.WriteString(" and c.status = any(" + args.add(f.Statuses) + "::text[])")
	}
	if f.Overdue != nil {
		b.WriteString(" and c.overdue = " + args.add(*f.Overdue))
	}
	if f.CaseID != "" {
		b.WriteString(" and exists (select 1 from package_members m where m.package_id = c.id and m.status in ('INVITED', 'JOINED', 'LEAVING') and m.case_id = " +
			args.add(f.CaseID) + "::text::uuid)")
	}
	return b.String()
}

// PackageState returns the state of a package, or the zero State where there is none. It
// checks no permission: it is for carrying out commands.
func (s *Store) PackageState(ctx context.Context, packageID string) (leadership.State, error) {
	var state leadership.State
	if !validUUID(packageID) {
		return state, nil
	}
	var raw []byte
	err := ignoreNoRows(s.pool.QueryRow(ctx, "select state from packages where id = $1", packageID).Scan(&raw))
	if err == nil && raw != nil {
		err = json.Unmarshal(raw, &state)
	}
	if err != nil {
		return leadership.State{}, fmt.Errorf("read package %s: %w", packageID, err)
	}
	return state, nil
}

// PackageRequest is Request for a package.
func (s *Store) PackageRequest(ctx context.Context, packageID, requestKey string) (digest string, version int, found bool, err error) {
	if !validUUID(packageID) {
		return "", 0, false, nil
	}
	err = s.pool.QueryRow(ctx,
		"select input_digest, last_seq from package_requests where package_id = $1 and request_key = $2", packageID, requestKey).
		Scan(&digest, &version)
	found = err == nil
	if err = ignoreNoRows(err); err != nil {
		return "", 0, false, fmt.Errorf("look up a request on package %s: %w", packageID, err)
	}
	return digest, version, found, nil
}

// OpenPackages lists the ids of the packages that have not ended, and of ended ones that
// still have to tell a case.
func (s *Store) OpenPackages(ctx context.Context) ([]string, error) {
	rows, err := s.pool.Query(ctx, `
		select id::text from packages p
		where open or p.state ? 'untold' or exists (select 1 from package_members m where m.package_id = p.id and m.status in ('INVITED', 'LEAVING'))
		order by id`)
	if err != nil {
		return nil, fmt.Errorf("read the open packages: %w", err)
	}
	ids, err := collectStrings(rows)
	if err != nil {
		return nil, fmt.Errorf("read the open packages: %w", err)
	}
	return ids, nil
}
