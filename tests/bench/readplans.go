package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/store"
)

// listed is a list that is read, with a filter or in an order.
type listed struct {
	name string
	read func(context.Context, *store.Store, store.Viewer) (rows int, err error)
}

// listsRead are every filter of the lists, alone, in every order.
func listsRead() []listed {
	yes, no := true, false
	var lists []listed
	handler := officeID(readCounty, casefile.UnitCenter) + "-mediator1"
	for _, order := range []store.CaseOrder{store.RegisteredAtDesc, store.RegisteredAtAsc, store.DueAtAsc} {
		for _, f := range []struct {
			name   string
			filter store.CaseFilter
		}{
			{"all", store.CaseFilter{}},
			{"kind", store.CaseFilter{Kind: casefile.Dispute}},
			{"petition type", store.CaseFilter{PetitionType: casefile.Accusation}},
			{"stage, one", store.CaseFilter{Stages: []casefile.Stage{casefile.StageDecision}}},
			{"stage, several", store.CaseFilter{Stages: []casefile.Stage{casefile.StageDecision, casefile.StageMediation}}},
			{"stage, at an end", store.CaseFilter{Stages: []casefile.Stage{casefile.StageClosed}}},
			{"open", store.CaseFilter{Open: &yes}},
			{"not open", store.CaseFilter{Open: &no}},
			{"overdue", store.CaseFilter{Overdue: &yes}},
			{"not overdue", store.CaseFilter{Overdue: &no}},
			{"urgent", store.CaseFilter{Urgent: &yes}},
			{"repeat", store.CaseFilter{Repeats: &yes}},
			{"division, its county", store.CaseFilter{Division: readCounty}},
			{"division, its village", store.CaseFilter{Division: readVillage}},
			{"unit", store.CaseFilter{UnitID: officeID(readCounty, casefile.UnitPetitionOffice)}},
			{"handler", store.CaseFilter{HandlerID: handler}},
			{"source", store.CaseFilter{Source: casefile.SourceWalkIn}},
			{"source, none", store.CaseFilter{Source: casefile.SourceCourtEntrusted}},
			{"category", store.CaseFilter{Category: "D-NEIGHBOUR"}},
			{"category, none", store.CaseFilter{Category: "D-NONE"}},
			{"risk", store.CaseFilter{Risk: casefile.RiskHigh}},
			{"received in a month", store.CaseFilter{ReceivedFrom: "2025-03-01", ReceivedTo: "2025-03-31"}},
			{"concluded in a month", store.CaseFilter{ConcludedFrom: "2025-03-01", ConcludedTo: "2025-03-31"}},
			{"due before", store.CaseFilter{DueBefore: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)}},
		} {
			lists = append(lists, listed{fmt.Sprintf("cases %s: %s", order, f.name), func(ctx context.Context, s *store.Store, v store.Viewer) (int, error) {
				page, err := s.Cases(ctx, v, store.CaseQuery{Filter: f.filter, Order: order, Page: store.Page{First: readPage}})
				return len(page.Rows), err
			}})
		}
	}
	for name, query := range map[string]store.DeadlineQuery{
		"all": {}, "missed": {Statuses: []casefile.DeadlineStatus{casefile.ClockMissed}},
		"running": {Statuses: []casefile.DeadlineStatus{casefile.ClockRunning}}, "statutory": {Statutory: &yes},
		"not statutory": {Statutory: &no}, "met": {Statuses: []casefile.DeadlineStatus{casefile.ClockMet}},
		"cancelled":       {Statuses: []casefile.DeadlineStatus{casefile.ClockCancelled}},
		"due in a week":   {DueFrom: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), DueTo: time.Date(2025, 6, 8, 0, 0, 0, 0, time.UTC)},
		"of its city":     {Division: readCity},
		"of its county":   {Division: readCounty},
		"of its township": {Division: readTownship},
		"of its village":  {Division: readVillage},
	} {
		query.Page = store.Page{First: readPage}
		lists = append(lists, listed{"deadlines: " + name, func(ctx context.Context, s *store.Store, v store.Viewer) (int, error) {
			page, err := s.Deadlines(ctx, v, query)
			return len(page.Rows), err
		}})
	}
	for name, query := range map[string]store.SupervisionQuery{
		"all": {}, "open": {Statuses: []casefile.SupervisionStatus{casefile.SupervisionOpen}}, "of a level": {Level: casefile.LevelCity},
		"of its county": {Division: readCounty}, "of its village": {Division: readVillage},
		"open in its county": {Division: readCounty, Statuses: []casefile.SupervisionStatus{casefile.SupervisionOpen}},
	} {
		query.Page = store.Page{First: readPage}
		lists = append(lists, listed{"supervision orders: " + name, func(ctx context.Context, s *store.Store, v store.Viewer) (int, error) {
			page, err := s.SupervisionOrders(ctx, v, query)
			return len(page.Rows), err
		}})
	}
	for name, query := range map[string]store.TaskQuery{
		"all": {}, "overdue": {Overdue: &yes}, "not overdue": {Overdue: &no}, "mine": {Mine: true}, "of a kind": {Kind: casefile.TaskVerify},
	} {
		query.Page = store.Page{First: readPage}
		lists = append(lists, listed{"inbox: " + name, func(ctx context.Context, s *store.Store, v store.Viewer) (int, error) {
			page, err := s.Tasks(ctx, v, query)
			return len(page.Rows), err
		}})
	}
	return lists
}

// walked is the most blocks that a page of 50 along an index touches: three indexes of a few
// levels and a handful of blocks for each row.
const walked = 3000

// plans prints what a page of each list costs the database at each level: milliseconds and
// blocks of 8 KiB touched, which tell a walk along an index from a search through a table. What
// touches more than a walk does is marked.
func (o ReadOptions) plans(ctx context.Context, times *statementTimes) error {
	if times == nil {
		return ErrNoStatementTimes
	}
	people, err := o.Record.Directory(ctx)
	if err != nil {
		return err
	}
	var viewers []store.Viewer
	fmt.Fprintf(o.Out, "\na page of %d of every list: rows, ms and blocks in the database; * is more than a walk along an index\n%-46s", readPage, "")
	for _, r := range readers() {
		if r.name == "county, excluded from some" {
			continue
		}
		person, known := people.Person(r.person)
		if !known {
			return fmt.Errorf("%s is not in the directory", r.person)
		}
		viewers = append(viewers, store.NewViewer(people, person))
		fmt.Fprintf(o.Out, "  %-24.24s", r.name)
	}
	fmt.Fprintln(o.Out)
	for _, list := range listsRead() {
		fmt.Fprintf(o.Out, "%-46s", list.name)
		for _, viewer := range viewers {
			if err := o.planOf(ctx, times, list, viewer); err != nil {
				return fmt.Errorf("%s: %w", list.name, err)
			}
		}
		fmt.Fprintln(o.Out)
	}
	return nil
}

func (o ReadOptions) planOf(ctx context.Context, times *statementTimes, list listed, viewer store.Viewer) error {
	if _, err := list.read(ctx, o.Record, viewer); err != nil { // it plans
		return err
	}
	if err := times.reset(ctx); err != nil {
		return err
	}
	rows, err := list.read(ctx, o.Record, viewer)
	if err != nil {
		return err
	}
	took, blocks, err := times.longest(ctx)
	if err != nil {
		return err
	}
	mark := ' '
	if blocks > walked {
		mark = '*'
	}
	fmt.Fprintf(o.Out, "  %3d %9.2f ms %7d%c ", rows, ms(took), blocks, mark)
	return nil
}
