package api

import (
	"context"
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// RevealPersonalData records who looks at which parties and what for, and only then shows them.
// The answer alone carries the data: no other edge of the case loses its masks. The same request
// is answered again until it expires, by the rights that its sender has then.
func (s *service) RevealPersonalData(ctx context.Context, input schema.RevealPersonalDataInput) (*schema.RevealPayload, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	payload := &schema.RevealPayload{ClientMutationID: input.MutationID(), UserErrors: []schema.UserError{}}
	answer := &schema.CasePayload{}
	refusals, err := s.command(ctx, q, "revealPersonalData", input, answer)
	if err != nil {
		return nil, err
	}
	for _, refusal := range refusals {
		payload.UserErrors = append(payload.UserErrors, q.userError(refusal))
	}
	if len(refusals) > 0 || answer.Case == nil { // hidden from them meanwhile
		return payload, nil
	}
	look, err := s.lookOf(ctx, answer.Case.State.ID, requestKeyOf(q.person.ID, input.MutationID()))
	if err != nil {
		return nil, err
	}
	payload.ExpiresAt = look.Until
	if !s.now().Before(look.Until) {
		return payload, nil
	}
	// Asked again, they must still be one of those who may.
	again := casefile.Command{CaseID: answer.Case.State.ID, Act: casefile.RevealPersonalData{Purpose: look.Purpose}}
	if _, refusal, err := q.actorFor(answer.Case.State, again, q.rulesOn(answer.Case, s.now())); err != nil || refusal != nil {
		if refusal != nil {
			payload.UserErrors = append(payload.UserErrors, q.userError(refusal))
		}
		return payload, err
	}
	s.reveal(ctx, answer.Case, look, payload)
	return payload, nil
}

// lookOf reads what a request revealed from the record.
func (s *service) lookOf(ctx context.Context, caseID, requestKey string) (casefile.PersonalDataRevealed, error) {
	_, version, found, err := s.store.Request(ctx, caseID, requestKey)
	if err != nil {
		return casefile.PersonalDataRevealed{}, unavailable(err)
	}
	events, err := s.store.Events(ctx, caseID, version-1, 1)
	if err != nil {
		return casefile.PersonalDataRevealed{}, unavailable(err)
	}
	if found && len(events) == 1 {
		if look, ok := events[0].Body.(casefile.PersonalDataRevealed); ok {
			return look, nil
		}
	}
	return casefile.PersonalDataRevealed{}, fmt.Errorf("case %s: the record doesn't say what was revealed", caseID)
}

// reveal shows what a look names, less what was withheld since.
func (s *service) reveal(ctx context.Context, c *schema.Case, look casefile.PersonalDataRevealed, payload *schema.RevealPayload) {
	unmasked := *c
	unmasked.WorksOn = true
	var waiting []schema.Later
	for _, id := range look.Parties {
		for _, party := range c.State.Parties {
			if party.ID == id && party.Revealable() {
				waiting = append(waiting, s.party(ctx, &unmasked, party))
			}
		}
	}
	payload.Parties = func() (any, error) {
		parties := []*schema.Party{}
		for _, later := range waiting {
			value, err := later()
			if err != nil {
				return nil, err
			}
			parties = append(parties, value.(*schema.Party)) //nolint:forcetypeassert // party yields nothing else
		}
		return parties, nil
	}
	if look.Narrative && c.State.NarrativeRevealable() {
		payload.Narrative = s.Narrative(ctx, &unmasked)
	}
}
