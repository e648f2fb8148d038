package api

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/category"
	"github.com/tiaochu/tiaochu/schema"
)

func (s *service) Person(ctx context.Context, id string) (any, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	if person, ok := q.people.Person(id); ok {
		return person, nil
	}
	return nil, nil
}

func (s *service) Unit(ctx context.Context, id string) (any, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	if unit, ok := q.people.Unit(id); ok {
		return unit, nil
	}
	return nil, nil
}

func (s *service) PeopleAt(ctx context.Context, unitID string, role casefile.Role) ([]casefile.Person, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	if role != "" {
		return q.people.Holders(role, unitID), nil
	}
	return q.people.Staff(unitID), nil
}

func (s *service) Units(ctx context.Context, args schema.UnitsArgs) (*schema.Connection, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	page, err := pageOf("units", args.PageArgs)
	if err != nil {
		return nil, err
	}
	var units []casefile.Unit
	for _, unit := range q.people.Units() {
		if (args.Kind == "" || unit.Kind == args.Kind) &&
			(args.Division == "" || q.people.Divisions().Covers(args.Division, unit.Division)) {
			units = append(units, unit)
		}
	}
	total := len(units)
	position := func(id string) int {
		at, found := slices.BinarySearchFunc(units, id, func(u casefile.Unit, id string) int { return strings.Compare(u.ID, id) })
		if found {
			at++
		}
		return at
	}
	from, to := 0, total
	if page.After != nil {
		from = position(page.After.ID)
	}
	if page.Before != nil {
		if to = position(page.Before.ID); to > 0 && units[to-1].ID == page.Before.ID {
			to--
		}
	}
	to = max(from, to)
	if page.First > 0 {
		to = min(to, from+page.First)
	} else {
		from = max(from, to-page.Last)
	}
	list := &schema.Connection{
		HasPrevious: from > 0, HasNext: to < total,
		Total: func() (any, error) { return total, nil },
	}
	for _, unit := range units[from:to] {
		list.Edges = append(list.Edges, schema.Edge{Cursor: cursorText("units", "", unit.ID), Node: unit})
	}
	return list, nil
}

func (s *service) Divisions(ctx context.Context, parent casefile.Division) ([]casefile.DivisionInfo, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	if parent != "" {
		if _, ok := q.people.Division(parent); !ok {
			return nil, &BadInputError{"parent", "no such division"}
		}
	}
	return q.people.Divisions().Children(parent), nil
}

func (s *service) Categories(ctx context.Context, args schema.CategoriesArgs) ([]schema.Category, error) {
	if _, err := signedIn(ctx); err != nil {
		return nil, err
	}
	kinds := []casefile.Kind{casefile.Dispute, casefile.Petition}
	if args.Kind != "" {
		kinds = []casefile.Kind{args.Kind}
	}
	categories := []schema.Category{}
	for _, kind := range kinds {
		for _, entry := range category.List(string(kind)) {
			if args.Parent == nil || entry.Parent == *args.Parent {
				label := casefile.Term{ZH: entry.ZH, EN: entry.EN}.Label(args.Language)
				categories = append(categories, schema.Category{Code: entry.Code, Label: label, Parent: entry.Parent})
			}
		}
	}
	return categories, nil
}

func (s *service) Terms(ctx context.Context, enumName string, language casefile.Language) ([]schema.Term, error) {
	if _, err := signedIn(ctx); err != nil {
		return nil, err
	}
	found := schema.Terms(enumName)
	if found == nil {
		return nil, &BadInputError{"enumName", "no enum of this name has labels; ask for one of " + strings.Join(schema.TermEnums(), ", ")}
	}
	terms := make([]schema.Term, len(found))
	for i, term := range found {
		terms[i] = schema.Term{Value: term.Value, Label: cmp.Or(term.Label(language), term.Value)}
	}
	return terms, nil
}
