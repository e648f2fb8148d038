package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// CaseSight is a case as it is when an event of it is shown to many viewers: what decides
// which of them see it, read once for all, its tasks, and the case itself.
type CaseSight struct {
	ID       string
	Division casefile.Division
	Tasks    []TaskSight
	// Row decodes the case, once, for the first viewer who sees it.
	Row func() (CaseRow, error)

	confidentiality    casefile.Confidentiality
	unit               string
	grantees, excluded []string
}

// PackageSight is CaseSight for a leadership package.
type PackageSight struct {
	Division casefile.Division
	Tasks    []TaskSight
	Row      func() (PackageRow, error)

	unit     string
	grantees []string
}

// TaskSight is a task and whose it is. Mark changes with anything that its reader is shown.
type TaskSight struct {
	ID, Inbox, Mark string
	Task            casefile.Task
}

// Sights are cases and packages by their ids.
type Sights struct {
	Cases    map[string]*CaseSight
	Packages map[string]*PackageSight
}

// taskMark is the mark of a task t.
const taskMark = "md5(t.body::text || t.due_at::text || t.overdue::text)"

// sightTasks are the tasks of a table whose owner has an id.
func sightTasks(table, owner string) string {
	return `(select coalesce(jsonb_agg(jsonb_build_object('ID', t.id, 'Inbox', t.inbox, 'Mark', ` + taskMark + `, 'Task', t.body)
		order by t.id), '[]') from ` + table + ` t where t.` + owner + ` = c.id)`
}

// Sights reads cases and packages as they are now, in one round trip. It checks no
// permission: that is for a Seer to do, for each viewer.
func (s *Store) Sights(ctx context.Context, caseIDs, packageIDs []string) (Sights, error) {
	found := Sights{Cases: map[string]*CaseSight{}, Packages: map[string]*PackageSight{}}
	batch := &pgx.Batch{}
	if len(caseIDs) > 0 {
		batch.Queue(`
			select c.division, c.confidentiality, c.responsible_unit_id,
				array(select grantee from case_grants g where g.case_id = c.id),
				array(select excluded from case_exclusions x where x.case_id = c.id),
				`+sightTasks("tasks", "case_id")+`, c.id::text, c.chain_hash, c.state, `+endIsHeld+`
			from cases c where c.id = any($1::uuid[])`, caseIDs).
			Query(func(rows pgx.Rows) error { return eachRow(rows, found.addCase) })
	}
	if len(packageIDs) > 0 {
		batch.Queue(`
			select c.division, c.responsible_unit_id, array(select grantee from package_grants g where g.package_id = c.id),
				`+sightTasks("package_tasks", "package_id")+`, c.id::text, c.state, c.chain_hash
			from packages c where c.id = any($1::uuid[])`, packageIDs).
			Query(func(rows pgx.Rows) error { return eachRow(rows, found.addPackage) })
	}
	if batch.Len() == 0 {
		return found, nil
	}
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return Sights{}, fmt.Errorf("read what events are shown with: %w", err)
	}
	return found, nil
}

func eachRow(rows pgx.Rows, add func(pgx.CollectableRow) error) error {
	_, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (struct{}, error) { return struct{}{}, add(row) })
	return err
}

func (s Sights) addCase(row pgx.CollectableRow) error {
	c := &CaseSight{}
	var tasks, state []byte
	var chainHash string
	var held bool
	err := row.Scan(&c.Division, &c.confidentiality, &c.unit, &c.grantees, &c.excluded, &tasks, &c.ID, &chainHash, &state, &held)
	if err != nil {
		return err
	}
	id := c.ID
	c.Row = sync.OnceValues(func() (CaseRow, error) { return newCaseRow(id, chainHash, state, held) })
	s.Cases[id] = c
	return json.Unmarshal(tasks, &c.Tasks)
}

func (s Sights) addPackage(row pgx.CollectableRow) error {
	p := &PackageSight{}
	var tasks, state []byte
	var id, chainHash string
	if err := row.Scan(&p.Division, &p.unit, &p.grantees, &tasks, &id, &state, &chainHash); err != nil {
		return err
	}
	p.Row = sync.OnceValues(func() (PackageRow, error) {
		r := PackageRow{ChainHash: chainHash}
		if err := json.Unmarshal(state, &r.State); err != nil {
			return PackageRow{}, fmt.Errorf("decode package %s: %w", id, err)
		}
		return r, nil
	})
	s.Packages[id] = p
	return json.Unmarshal(tasks, &p.Tasks)
}

// Seer says what one viewer sees of many sights. It answers as the SQL of visible.go
// does, without asking the database: an event is shown to very many viewers at once.
type Seer struct {
	viewer               Viewer
	subTree              []casefile.Division
	grantees, exclusions map[string]bool
}

// NewSeer prepares a viewer's rights for many questions.
func NewSeer(viewer Viewer) *Seer {
	return &Seer{
		viewer: viewer, subTree: widest(viewer.SubTree),
		grantees: setOf(viewer.grantees()), exclusions: setOf(viewer.exclusions()),
	}
}

// Case reports whether the viewer sees a case; compare Viewer.sees.
func (s *Seer) Case(c *CaseSight) bool {
	if anyIn(c.excluded, s.exclusions) {
		return false
	}
	return c.confidentiality == casefile.ConfidentialityNormal && (s.covers(c.Division) || slices.Contains(s.viewer.OwnUnits, c.unit)) ||
		s.viewer.OwnCases && anyIn(c.grantees, s.grantees)
}

// Package reports whether the viewer sees a package; compare Viewer.seesPackages.
func (s *Seer) Package(p *PackageSight) bool {
	return s.covers(p.Division) || slices.Contains(s.viewer.OwnUnits, p.unit) || s.viewer.OwnCases && anyIn(p.grantees, s.grantees)
}

// Inbox reports whether a task waits for the viewer, in person or in a role.
func (s *Seer) Inbox(t TaskSight) bool { return s.grantees[t.Inbox] }

func (s *Seer) covers(division casefile.Division) bool {
	return slices.ContainsFunc(s.subTree, func(area casefile.Division) bool {
		level := area.Level()
		return level != "" && division.At(level) == area
	})
}

func setOf(keys []string) map[string]bool {
	set := make(map[string]bool, len(keys))
	for _, key := range keys {
		set[key] = true
	}
	return set
}

func anyIn(keys []string, set map[string]bool) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return set[key] })
}

// InboxMark is a task in somebody's inbox as they know it.
type InboxMark struct {
	// Owner is the id of the task's case, or of its package.
	Owner     string
	OfPackage bool
	TaskID    string
	Mark      string
}

// InboxMarks calls visit with every task that waits for the viewer and for the role inboxes
// of their units, in cases and packages that they see.
func (s *Store) InboxMarks(ctx context.Context, viewer Viewer, visit func(InboxMark)) error {
	args := &arguments{}
	inboxes := args.add(viewer.inboxes(false))
	query := "select t.case_id::text, false, t.id, " + taskMark + " from tasks t join cases c on c.id = t.case_id where t.inbox = any(" + inboxes +
		"::text[]) and " + viewer.sees(nil, args) +
		" union all select t.package_id::text, true, t.id, " + taskMark + " from package_tasks t join packages c on c.id = t.package_id where t.inbox = any(" + inboxes +
		"::text[]) and " + viewer.seesPackages(args)
	rows, err := s.pool.Query(ctx, query, args.values...)
	if err != nil {
		return fmt.Errorf("read an inbox: %w", err)
	}
	var m InboxMark
	_, err = pgx.ForEachRow(rows, []any{&m.Owner, &m.OfPackage, &m.TaskID, &m.Mark}, func() error {
		visit(m)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read an inbox: %w", err)
	}
	return nil
}
