package api

import (
	"context"
	"slices"

	"github.com/tiaochu/tiaochu/api/loader"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// Documents yields the notices and files of a case, and the files of those merged into it: whoever
// works on this one works on that matter. Nobody is shown a file of a case that they are kept
// from.
func (s *service) Documents(ctx context.Context, c *schema.Case) schema.Later {
	merged := s.mergedDocuments(ctx, c, c.State.TakenOver)
	return func() (any, error) {
		files, err := merged()
		if err != nil {
			return nil, err
		}
		return append(schema.DocumentsOf(c), files...), nil
	}
}

// document finds a notice or a file that a case shows by its own id; nil for none.
func (s *service) document(ctx context.Context, c *schema.Case, id string) (*schema.Document, error) {
	if own := schema.DocumentWithin(c, id); own != nil {
		return own, nil
	}
	merged, err := s.mergedDocuments(ctx, c, c.State.TakenOver)()
	if err != nil {
		return nil, err
	}
	for _, file := range merged {
		if file.Attached.ID == id {
			return file, nil
		}
	}
	return nil, nil
}

// mandates yields what finds the documents by which a party's representatives speak, by their
// places: files of the case, or of the merged one that the party came with.
func (s *service) mandates(ctx context.Context, c *schema.Case, party casefile.Party) func() (func(i int) *schema.Document, error) {
	elsewhere := slices.ContainsFunc(party.Mandates, func(id string) bool { return id != "" && schema.AttachedTo(c, id) == nil })
	merged := func() ([]*schema.Document, error) { return nil, nil }
	if elsewhere {
		merged = s.mergedDocuments(ctx, c, c.State.TakenOver)
	}
	return func() (func(i int) *schema.Document, error) {
		files, err := merged()
		return func(i int) *schema.Document {
			if i >= len(party.Mandates) {
				return nil
			}
			if own := schema.AttachedTo(c, party.Mandates[i]); own != nil {
				return own
			}
			for _, file := range files {
				if file.Attached.ID == party.Mandates[i] {
					return file
				}
			}
			return nil
		}, err
	}
}

// mergedDocuments yields the files of cases that c has taken over, and of those that these had.
func (s *service) mergedDocuments(ctx context.Context, c *schema.Case, from []casefile.TakenOver) func() ([]*schema.Document, error) {
	q, err := signedIn(ctx)
	if err != nil || len(from) == 0 {
		return func() ([]*schema.Document, error) { return nil, err }
	}
	waiting := make([]schema.Later, len(from))
	for i, one := range from {
		waiting[i] = q.merged.Load(ctx, one.CaseID)
	}
	return func() ([]*schema.Document, error) {
		var files []*schema.Document
		for i, later := range waiting {
			value, err := later()
			if err != nil {
				return nil, err
			}
			merged, _ := value.(*store.MergedCase)
			if merged == nil {
				continue
			}
			for j := range merged.Documents {
				files = append(files, &schema.Document{Case: c, Attached: &merged.Documents[j], From: casefile.Elsewhere(from[i].CaseID)})
			}
			further, err := s.mergedDocuments(ctx, c, merged.TakenOver)()
			if err != nil {
				return nil, err
			}
			files = append(files, further...)
		}
		return files, nil
	}
}

// DocumentTitle yields the title of an attached file, which stands under the key of its own case.
func (s *service) DocumentTitle(ctx context.Context, d *schema.Document) schema.Later {
	words := s.wordsOf(ctx, d.Case, d.From, d.Attached.Title)
	return func() (any, error) { return words() }
}

func (q *request) readMerged(ctx context.Context, ids []string) (map[string]loader.Result[*store.MergedCase], error) {
	merged, err := q.service.store.MergedCases(ctx, q.viewer, ids)
	if err != nil {
		return nil, unavailable(err)
	}
	found := make(map[string]loader.Result[*store.MergedCase], len(ids))
	for _, id := range ids {
		found[id] = loader.Result[*store.MergedCase]{Value: merged[id]}
	}
	return found, nil
}
