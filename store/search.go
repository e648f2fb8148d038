package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// searchBounds are the bounds of one search of texts. It walks along the list of what the viewer
// works on, looks for the words' tokens there, and reads the texts of what has them. Where that
// finds too little at first, the words may be rare, and the index by token tells where they are.
// Where they are common instead, just not with this viewer, it walks on up to its bounds.
type searchBounds struct {
	firstWalk   int // cases walked past at first,
	rareAfter   int // before the index by token is asked,
	longestWalk int // and in all
	rareTexts   int // texts with a word's tokens, at most, for it to be rare
	mostRead    int // cases whose texts are read
	candidates  int // that one walk gives, at most
}

var usualSearch = searchBounds{
	firstWalk: 100, rareAfter: 2_000, longestWalk: 20_000, rareTexts: 5_000, mostRead: 1_000, candidates: 200,
}

// searching is a search under way.
type searching struct {
	viewer Viewer
	query  CaseQuery
	within []casefile.Division
	tokens []string // of each word, those without any left out
	page   Page     // what is left of it
	searchBounds

	hits         []CaseRow
	walked, read int
	reached      *Cursor
}

// searchCases is Cases with a text. It lists only cases that the viewer works on: to anybody
// else their texts are masked, and a search must not tell what a mask hides.
func (s *Store) searchCases(ctx context.Context, viewer Viewer, query CaseQuery, within []casefile.Division) (CasePage, error) {
	if !viewer.OwnCases {
		return CasePage{}, nil
	}
	master, err := s.keys.Current(ctx)
	if err != nil {
		return CasePage{}, err
	}
	f := &searching{viewer: viewer, query: query, within: within, page: query.Page, searchBounds: s.searching}
	for _, word := range query.Filter.Text.words {
		if tokens := master.textTokens([]string{word}); len(tokens) > 0 {
			f.tokens = append(f.tokens, tokenList(tokens))
		}
	}
	exhausted, err := s.search(ctx, f)
	if err != nil {
		return CasePage{}, fmt.Errorf("search cases: %w", err)
	}
	var page CasePage
	page.Rows, page.HasNext, page.HasPrevious = cut(f.hits, query.Page)
	if len(f.hits) < query.Page.limit() && !exhausted {
		page.Reached = f.reached
		if query.Page.backward() {
			page.HasPrevious = true
		} else {
			page.HasNext = true
		}
	}
	return page, nil
}

// search gathers hits until the page is full, nothing is left (exhausted) or a bound is met.
func (s *Store) search(ctx context.Context, f *searching) (exhausted bool, err error) {
	width, rare := f.firstWalk, false
	for len(f.hits) < f.page.limit() && f.walked < f.longestWalk && f.read < f.mostRead {
		var found candidates
		if f.walked >= f.rareAfter && !rare {
			rare = true
			if found, err = s.rareCandidates(ctx, f); err != nil {
				return false, err
			}
			if !found.rare {
				continue
			}
		} else {
			width = min(width, f.longestWalk-f.walked)
			if found, err = s.walk(ctx, f, width); err != nil {
				return false, err
			}
			width *= 4
		}
		full, err := s.readHits(ctx, f, found.ids)
		if err != nil || full {
			return false, err
		}
		if found.last {
			return true, nil
		}
		f.walked += found.walked
		f.reached = found.reached
		f.page = f.page.from(found.reached)
	}
	return false, nil
}

// readHits reads the texts of candidates and keeps the hits, in their order, until the page is
// full.
func (s *Store) readHits(ctx context.Context, f *searching, ids []string) (full bool, err error) {
	for len(ids) > 0 {
		// Few candidates are no hits, so little more is read than is shown.
		some := ids[:min(len(ids), f.page.limit()-len(f.hits)+5)]
		ids = ids[len(some):]
		f.read += len(some)
		rows, err := s.readable(ctx, f.viewer, some)
		if err != nil {
			return false, err
		}
		texts, err := s.searchedOf(ctx, rows)
		if err != nil {
			return false, err
		}
		for _, id := range some {
			row, there := rows[id]
			if !there || !f.query.Filter.Text.in(texts[id]) {
				continue
			}
			row.Cursor = cursorOf(row, f.query.Order)
			if f.hits = append(f.hits, row); len(f.hits) == f.page.limit() {
				return true, nil
			}
		}
	}
	return false, nil
}

// readable are those of some cases whose texts the viewer may read whole.
func (s *Store) readable(ctx context.Context, viewer Viewer, ids []string) (map[string]CaseRow, error) {
	args := &arguments{values: []any{ids}}
	rows, err := s.pool.Query(ctx, "select "+caseColumns+" from cases c where c.id = any($1::uuid[]) and "+viewer.sees(nil, args), args.values...)
	if err != nil {
		return nil, err
	}
	read, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (CaseRow, error) { return scanCase(row) })
	kept := make(map[string]CaseRow, len(read))
	for _, row := range read {
		if viewer.WorksOn(row) {
			kept[row.ID] = row
		}
	}
	return kept, err
}

// searchedOf reads the texts of cases that a search looks in, in their plainest form.
func (s *Store) searchedOf(ctx context.Context, rows map[string]CaseRow) (map[string][]string, error) {
	owners := map[TextRef][]string{}
	var refs []TextRef
	for id, row := range rows {
		for _, ref := range searchedTexts(row.State) {
			if owners[ref] == nil {
				refs = append(refs, ref)
			}
			owners[ref] = append(owners[ref], id)
		}
	}
	texts := make(map[string][]string, len(rows))
	err := s.eachText(ctx, s.pool, refs, func(caseID string, t Text) error {
		for _, owner := range owners[TextRef{caseID, t.ID}] {
			texts[owner] = append(texts[owner], t.searched()...)
		}
		return nil
	})
	return texts, err
}
