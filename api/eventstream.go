package api

import (
	"context"

	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// eventStream tells those events of the feed that are wanted and that the viewer sees.
type eventStream struct {
	*following
	wants func(*eventStream, store.FeedEvent) bool
	left  []store.FeedEvent // of the batch
}

// CaseChanged follows one case.
func (s *service) CaseChanged(ctx context.Context, id string) (schema.Stream, error) {
	return s.changed(ctx, id, "Case", func(caseID string) func(*eventStream, store.FeedEvent) bool {
		return func(_ *eventStream, e store.FeedEvent) bool { return e.Case != nil && e.Case.CaseID == caseID }
	})
}

// PackageChanged follows one leadership package.
func (s *service) PackageChanged(ctx context.Context, id string) (schema.Stream, error) {
	return s.changed(ctx, id, "Package", func(packageID string) func(*eventStream, store.FeedEvent) bool {
		return func(_ *eventStream, e store.FeedEvent) bool {
			return e.Package != nil && e.Package.PackageID == packageID
		}
	})
}

// changed follows what an id names. What the viewer does not see is as what isn't there.
func (s *service) changed(ctx context.Context, id, typ string, of func(string) func(*eventStream, store.FeedEvent) bool) (schema.Stream, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	key, err := filterID(typ, "id", id)
	if err != nil {
		return nil, err
	}
	if key == "" {
		return nil, &BadInputError{"id", "it is empty"}
	}
	following, err := s.follow(ctx, q, nil)
	if err != nil {
		return nil, err
	}
	seen := s.node(ctx, q, schema.NodeID{Type: typ, Key: key})
	if later, isLater := seen.(schema.Later); isLater {
		seen, err = later()
	}
	if err == nil && seen == nil {
		err = &NotFoundError{map[string]string{"Case": "case", "Package": "package"}[typ]}
	}
	if err != nil {
		following.Close()
		return nil, err
	}
	return &eventStream{following: following, wants: of(key)}, nil
}

// Events follows the whole feed, or a division's part of it.
func (s *service) Events(ctx context.Context, args schema.EventsArgs) (schema.Stream, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	after, err := s.feedPlace(ctx, args.After)
	if err != nil {
		return nil, err
	}
	following, err := s.follow(ctx, q, after)
	if err != nil {
		return nil, err
	}
	return &eventStream{following: following, wants: func(e *eventStream, event store.FeedEvent) bool {
		return args.Division == "" || e.within(args, event)
	}}, nil
}

// within reports whether an event lies in the division asked for, or below it.
func (s *eventStream) within(args schema.EventsArgs, event store.FeedEvent) bool {
	divisions := s.shown.People.Divisions()
	if event.Package != nil {
		sight := s.shown.Sights.Packages[event.Package.PackageID]
		return sight != nil && divisions.Covers(args.Division, sight.Division)
	}
	sight := s.shown.Sights.Cases[event.Case.CaseID]
	return sight != nil && divisions.Covers(args.Division, sight.Division)
}

// Next tells the next event.
func (s *eventStream) Next(ctx context.Context) (context.Context, error) {
	for {
		for len(s.left) > 0 {
			if _, err := s.look(ctx); err != nil {
				return nil, err
			}
			event := s.left[0]
			s.left = s.left[1:]
			if told, err := s.tell(ctx, event); err != nil || told != nil {
				return told, err
			}
		}
		if err := s.next(ctx); err != nil {
			return nil, err
		}
		if _, err := s.look(ctx); err != nil {
			return nil, err
		}
		s.left = s.batch.Events
	}
}

// tell gives the context in which an event is told, or nil where it is not wanted, or the
// viewer may not see it as things stand now.
func (s *eventStream) tell(ctx context.Context, event store.FeedEvent) (context.Context, error) {
	if !s.wants(s, event) {
		return nil, nil
	}
	if event.Package != nil {
		return s.tellPackage(ctx, *event.Package)
	}
	sight := s.shown.Sights.Cases[event.Case.CaseID]
	if sight == nil || !s.seer.Case(sight) {
		return nil, nil
	}
	row, err := sight.Row()
	if err != nil {
		return nil, err
	}
	return s.telling(ctx, func(q *request) any {
		c := q.caseOf(&row)
		q.cases.Prime(row.ID, c)
		return s.service.eventOf(c, *event.Case)
	}), nil
}

func (s *eventStream) tellPackage(ctx context.Context, event store.StoredPackageEvent) (context.Context, error) {
	sight := s.shown.Sights.Packages[event.PackageID]
	if sight == nil || !s.seer.Package(sight) {
		return nil, nil
	}
	row, err := sight.Row()
	if err != nil {
		return nil, err
	}
	return s.telling(ctx, func(q *request) any {
		p := q.packageOf(&row)
		q.packages.Prime(event.PackageID, p)
		return s.service.packageEvent(p, event)
	}), nil
}
