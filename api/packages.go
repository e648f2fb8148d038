package api

import (
	"context"
	"reflect"
	"strconv"

	"github.com/tiaochu/tiaochu/api/loader"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// packageOf is a row as the viewer sees it; nil for nil.
func (q *request) packageOf(row *store.PackageRow) *schema.Package {
	if row == nil {
		return nil
	}
	return &schema.Package{State: row.State, WorksOn: q.viewer.WorksOnPackage(row.State)}
}

func (q *request) readPackages(ctx context.Context, ids []string) (map[string]loader.Result[*schema.Package], error) {
	rows, err := q.service.store.PackagesByID(ctx, q.viewer, ids)
	if err != nil {
		return nil, unavailable(err)
	}
	found := make(map[string]loader.Result[*schema.Package], len(ids))
	for _, id := range ids {
		found[id] = loader.Result[*schema.Package]{Value: q.packageOf(rows[id])}
	}
	return found, nil
}

func (s *service) PackageByNumber(ctx context.Context, number string) (*schema.Package, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	row, err := s.store.PackageByNumber(ctx, q.viewer, number)
	if err != nil {
		return nil, unavailable(err)
	}
	return q.packageOf(row), nil
}

func (s *service) Packages(ctx context.Context, args schema.PackagesArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	filter := store.PackageFilter{Statuses: args.Filter.Status, Division: args.Filter.Division, Overdue: args.Filter.Overdue}
	if filter.LeaderID, err = filterID("Person", "filter.leaderId", args.Filter.LeaderID); err != nil {
		return nil, err
	}
	return listed("leadershipPackages", args.PageArgs,
		func(page store.Page, wantTotal bool) (found[store.PackageRow], error) {
			read, err := s.store.Packages(ctx, q.viewer, store.PackageQuery{Filter: filter, Page: page, WantTotal: wantTotal})
			return found[store.PackageRow]{read.Rows, read.HasNext, read.HasPrevious, read.Total}, err
		},
		func(row *store.PackageRow) (store.Cursor, any) {
			shown := q.packageOf(row)
			q.packages.Prime(row.State.ID, shown)
			return row.Cursor, shown
		})
}

// Leads are the open packages that the viewer leads, the newest first.
func (s *service) Leads(ctx context.Context) ([]*schema.Package, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	page, err := s.store.Packages(ctx, q.viewer, store.PackageQuery{
		Filter: store.PackageFilter{
			LeaderID: q.person.ID, Statuses: []leadership.Status{leadership.Proposed, leadership.Open, leadership.Stabilised},
		},
		Page: store.Page{First: maxPage},
	})
	if err != nil {
		return nil, unavailable(err)
	}
	leads := make([]*schema.Package, len(page.Rows))
	for i := range page.Rows {
		leads[i] = q.packageOf(&page.Rows[i])
	}
	return leads, nil
}

func (s *service) PackageOf(ctx context.Context, packageID string) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	if packageID == "" {
		return nothing
	}
	return then(q.packages.Load(ctx, packageID), func(p *schema.Package) (any, error) {
		if p == nil {
			return nil, nil
		}
		return p, nil
	})
}

// PackageText is text for a package.
func (s *service) PackageText(ctx context.Context, p *schema.Package, id casefile.TextID) schema.Later {
	q, err := signedIn(ctx)
	switch {
	case err != nil:
		return func() (any, error) { return nil, err }
	case id == "":
		return nothing
	case !p.WorksOn:
		return func() (any, error) { return hidden, nil }
	}
	return then(q.texts.Load(ctx, store.TextRef{CaseID: p.State.ID, ID: id}), func(text string) (any, error) {
		if text == "" {
			return nil, nil
		}
		return text, nil
	})
}

// PackageTitle is the package's title. One that an unanswered order brought about has none
// of its own and says so.
func (s *service) PackageTitle(ctx context.Context, p *schema.Package) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	if p.State.Title == "" {
		title := casefile.Term{ZH: "督办逾期提请包案", EN: "Proposed because a supervision order went unanswered"}.Label(q.language)
		return func() (any, error) { return title, nil }
	}
	later := s.PackageText(ctx, p, p.State.Title)
	return func() (any, error) {
		title, err := later()
		if title == nil {
			title = ""
		}
		return title, err
	}
}

// PackageCases are the package's cases that the viewer sees.
func (s *service) PackageCases(ctx context.Context, p *schema.Package, args schema.PageArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	return listed("package:"+p.State.ID, args,
		func(page store.Page, wantTotal bool) (found[store.CaseRow], error) {
			read, err := s.store.Cases(ctx, q.viewer, store.CaseQuery{
				Filter: store.CaseFilter{PackageID: p.State.ID}, Page: page, WantTotal: wantTotal,
			})
			return found[store.CaseRow]{read.Rows, read.HasNext, read.HasPrevious, read.Total}, err
		},
		func(row *store.CaseRow) (store.Cursor, any) {
			shown := q.caseOf(row)
			q.cases.Prime(row.ID, shown)
			return row.Cursor, shown
		})
}

// OverdueMembers counts the package's cases that the viewer sees and that are overdue.
func (s *service) OverdueMembers(ctx context.Context, p *schema.Package) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	var loads []schema.Later
	for _, m := range p.State.Current() {
		loads = append(loads, q.cases.Load(ctx, m.CaseID))
	}
	return func() (any, error) {
		overdue := 0
		for _, load := range loads {
			value, err := load()
			if err != nil {
				return nil, err
			}
			if c, ok := value.(*schema.Case); ok && c != nil && schema.Overdue(c.State) {
				overdue++
			}
		}
		return overdue, nil
	}
}

// PackageTasks are what the package wants done.
func (s *service) PackageTasks(ctx context.Context, p *schema.Package) (any, error) {
	if _, err := signedIn(ctx); err != nil {
		return nil, err
	}
	tasks, err := s.store.PackageTasksOf(ctx, p.State.ID)
	if err != nil {
		return nil, unavailable(err)
	}
	shown := make([]*schema.Task, len(tasks))
	for i, task := range tasks {
		shown[i] = packageTask(p, task)
	}
	return shown, nil
}

func packageTask(p *schema.Package, task casefile.Task) *schema.Task {
	return &schema.Task{PackageID: p.State.ID, Task: task, Clock: schema.PackageDeadline(p, task.DeadlineID)}
}

// PackageTimeline is a page of the package's events.
func (s *service) PackageTimeline(ctx context.Context, p *schema.Package, args schema.PageArgs) (*schema.Connection, error) {
	if _, err := signedIn(ctx); err != nil {
		return nil, err
	}
	connection, err := listed("timeline:"+p.State.ID, args,
		func(page store.Page, _ bool) (found[store.StoredPackageEvent], error) {
			read, err := s.store.PackageTimeline(ctx, p.State.ID, page)
			return found[store.StoredPackageEvent]{read.Rows, read.HasNext, read.HasPrevious, nil}, err
		},
		func(row *store.StoredPackageEvent) (store.Cursor, any) { return row.Cursor(), s.packageEvent(p, *row) })
	if err != nil {
		return nil, err
	}
	connection.Total = nil // the contract counts no events
	return connection, nil
}

func (s *service) packageEvent(p *schema.Package, row store.StoredPackageEvent) *schema.Event {
	e := row.Event
	return &schema.Event{
		Package: p, OfPackage: e.Body, Hash: row.Hash,
		Event:  casefile.Event{EventHeader: e.EventHeader},
		Cursor: s.feedCursor(row.Feed, row.Hash),
	}
}

// ofPackage is a package's event as the rules know it.
func ofPackage(e *schema.Event) leadership.Event {
	return leadership.Event{EventHeader: e.EventHeader, Body: e.OfPackage}
}

// packageEventTexts are what was written with an event of a package.
func (s *service) packageEventTexts(ctx context.Context, e *schema.Event) schema.Later {
	named := textsIn("", reflect.ValueOf(e.OfPackage))
	if e.BackdatingReason != "" {
		named = append(named, namedText{"backdatingReason", e.BackdatingReason})
	}
	texts := make([]schema.Later, len(named))
	for i, one := range named {
		texts[i] = s.PackageText(ctx, e.Package, one.id)
	}
	return func() (any, error) {
		read := make([]schema.EventText, len(texts))
		for i, text := range texts {
			value, err := text()
			if err != nil {
				return nil, err
			}
			words, _ := value.(string)
			read[i] = schema.EventText{Field: named[i].field, Text: words, Masked: !e.Package.WorksOn}
		}
		return read, nil
	}
}

// PackageCommands are the mutations of any role that the viewer has.
func (s *service) PackageCommands(ctx context.Context, p *schema.Package) ([]string, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	allowed, seen := []string{}, map[string]bool{}
	for _, actor := range q.viewer.Actors {
		for _, name := range leadership.AllowedCommands(p.State, actor, leadership.Rules{Directory: q.people}) {
			if !seen[name] {
				seen[name] = true
				allowed = append(allowed, name)
			}
		}
	}
	return allowed, nil
}

// packagePart finds what an id names within a package.
func (s *service) packagePart(ctx context.Context, p *schema.Package, id schema.NodeID) (any, error) {
	switch id.Type {
	case "PackageDeadline":
		if deadline := schema.PackageDeadline(p, id.Sub); deadline != nil {
			return deadline, nil
		}
	case "PackageSupervisionOrder":
		return part(p.State.Orders, id.Sub, func(o leadership.Order) string { return o.ID },
			func(o leadership.Order) any { return schema.PackageOrder(p, o) }), nil
	case "PackageTask":
		tasks, err := s.store.PackageTasksOf(ctx, p.State.ID)
		if err != nil {
			return nil, unavailable(err)
		}
		return part(tasks, id.Sub, func(t casefile.Task) string { return t.ID },
			func(t casefile.Task) any { return packageTask(p, t) }), nil
	case "PackageEvent":
		seq, err := strconv.Atoi(id.Sub)
		if err != nil || seq < 1 || strconv.Itoa(seq) != id.Sub {
			return nil, nil
		}
		page, err := s.store.PackageTimeline(ctx, p.State.ID, store.Page{
			First: 1, After: &store.Cursor{Key: strconv.Itoa(seq - 1), ID: p.State.ID},
		})
		if err != nil {
			return nil, unavailable(err)
		}
		if len(page.Rows) == 1 && page.Rows[0].Seq == seq {
			return s.packageEvent(p, page.Rows[0]), nil
		}
	}
	return nil, nil
}
