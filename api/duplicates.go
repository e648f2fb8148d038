package api

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// LikelyDuplicates looks the parties up in the blind index, and judges what it finds. Where
// somebody asked that their identity be withheld, only those who work on that case are told
// that a party of it is known from elsewhere.
func (s *service) LikelyDuplicates(ctx context.Context, c *schema.Case) ([]*schema.DuplicateHint, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	found, err := s.store.CasesOfSameParties(ctx, q.viewer, c.State.ID)
	if err != nil {
		return nil, unavailable(err)
	}
	var others []casefile.State
	var traits [][]casefile.PartyTrait
	shown := map[string]*schema.Case{}
	for i := range found {
		row := &found[i].CaseRow
		if withholds(row.State) && !q.viewer.WorksOn(*row) {
			continue
		}
		others, traits = append(others, row.State), append(traits, found[i].Traits)
		shown[row.ID] = q.caseOf(row)
	}
	hints := []*schema.DuplicateHint{}
	for _, like := range casefile.Likely(c.State, others, traits) {
		hints = append(hints, &schema.DuplicateHint{
			Case: shown[like.Case.ID], Score: like.Score, Reason: like.Reason.Label(q.language), Link: like.Link,
		})
	}
	return hints, nil
}

// withholds reports whether a party of the case asked that their identity be withheld.
func withholds(state casefile.State) bool {
	for _, party := range state.Parties {
		if party.KeepIdentityConfidential {
			return true
		}
	}
	return false
}
