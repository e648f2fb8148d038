package api

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// hidden stands for a text that the viewer may not read.
const hidden = "****"

// text yields a text of a case as the viewer may read it: whole where they work on the case,
// masked where they don't, nil where there is none or it was erased.
func (s *service) text(ctx context.Context, c *schema.Case, id casefile.TextID) schema.Later {
	return s.textOf(ctx, c, "", id)
}

// textOf is text where it may stand under the key of a case that was merged into this one:
// whoever works on this one works on that matter.
func (s *service) textOf(ctx context.Context, c *schema.Case, from casefile.Elsewhere, id casefile.TextID) schema.Later {
	if id == "" {
		return nothing
	}
	if !c.WorksOn {
		return func() (any, error) { return hidden, nil }
	}
	return then(s.rawOf(ctx, c, from, id), func(text string) (any, error) {
		if text == "" {
			return nil, nil
		}
		return text, nil
	})
}

// words is text where the contract wants something to read in any case.
func (s *service) words(ctx context.Context, c *schema.Case, id casefile.TextID) func() (string, error) {
	return s.wordsOf(ctx, c, "", id)
}

func (s *service) wordsOf(ctx context.Context, c *schema.Case, from casefile.Elsewhere, id casefile.TextID) func() (string, error) {
	later := s.textOf(ctx, c, from, id)
	return func() (string, error) {
		value, err := later()
		text, _ := value.(string)
		return text, err
	}
}

// rawOf yields a text unmasked, as a string; empty where there is none.
func (s *service) rawOf(ctx context.Context, c *schema.Case, from casefile.Elsewhere, id casefile.TextID) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	if c.Whole {
		for _, other := range mainTexts(c.State) {
			q.texts.Load(ctx, other)
		}
		c.Whole = false
	}
	return q.texts.Load(ctx, textRef(c.State, from, id))
}

// mainTexts are the texts that an answer on one case usually shows.
func mainTexts(state casefile.State) []store.TextRef {
	refs := []store.TextRef{textRef(state, "", state.Title), textRef(state, "", state.Narrative)}
	for _, claim := range state.Claims {
		refs = append(refs, textRef(state, claim.From, claim.Text))
	}
	for _, party := range state.Parties {
		if party.Content != "" {
			refs = append(refs, textRef(state, party.From, party.Content))
		}
	}
	return refs
}

// textRef names a text of a case, or of one that was merged into it.
func textRef(state casefile.State, from casefile.Elsewhere, id casefile.TextID) store.TextRef {
	if from != "" {
		return store.TextRef{CaseID: string(from), ID: id}
	}
	return store.TextRef{CaseID: state.ID, ID: id}
}

func (s *service) Title(ctx context.Context, c *schema.Case) schema.Later {
	return s.text(ctx, c, c.State.Title)
}

func (s *service) Narrative(ctx context.Context, c *schema.Case) schema.Later {
	return s.text(ctx, c, c.State.Narrative)
}

func (s *service) OccurrenceAddress(ctx context.Context, c *schema.Case) schema.Later {
	return s.text(ctx, c, c.State.OccurrenceAddress)
}

func (s *service) Agreement(ctx context.Context, m *schema.Mediation) schema.Later {
	return s.text(ctx, m.Case, m.Mediation.Agreement)
}

func (s *service) SessionPlace(ctx context.Context, m *schema.Session) schema.Later {
	return s.text(ctx, m.Case, m.Place)
}

func (s *service) SessionMinutes(ctx context.Context, m *schema.Session) schema.Later {
	return s.text(ctx, m.Case, m.Minutes)
}

func (s *service) FollowUpComment(ctx context.Context, f *schema.FollowUp) schema.Later {
	return s.text(ctx, f.Case, f.Comment)
}

func (s *service) TextOf(ctx context.Context, caseID string, id casefile.TextID) schema.Later {
	of := s.CaseOf(ctx, caseID)
	return func() (any, error) {
		value, err := of()
		if err != nil {
			return nil, err
		}
		c, ok := value.(*schema.Case)
		if !ok {
			return "", nil
		}
		return s.words(ctx, c, id)()
	}
}

func (s *service) Claims(ctx context.Context, c *schema.Case) schema.Later {
	texts := make([]func() (string, error), len(c.State.Claims))
	for i, claim := range c.State.Claims {
		texts[i] = s.wordsOf(ctx, c, claim.From, claim.Text)
	}
	return func() (any, error) {
		claims := make([]schema.Claim, len(texts))
		for i, text := range texts {
			words, err := text()
			if err != nil {
				return nil, err
			}
			claims[i] = schema.Claim{ID: c.State.Claims[i].ID, Text: words, Masked: !c.WorksOn}
		}
		return claims, nil
	}
}

func (s *service) Opinions(ctx context.Context, d *schema.Decision) schema.Later {
	type parts struct{ claim, facts, reasons, basis func() (string, error) }
	texts := make([]parts, len(d.Decision.Claims))
	for i, opinion := range d.Decision.Claims {
		// An opinion without a claim answers the whole petition.
		claim := casefile.Claim{Text: d.Case.State.Title}
		for _, c := range d.Case.State.Claims {
			if c.ID == opinion.ClaimID {
				claim = c
			}
		}
		texts[i] = parts{
			s.wordsOf(ctx, d.Case, claim.From, claim.Text), s.words(ctx, d.Case, opinion.Facts),
			s.words(ctx, d.Case, opinion.Reasons), s.words(ctx, d.Case, opinion.LegalBasis),
		}
	}
	return func() (any, error) {
		opinions := make([]schema.ClaimOpinion, len(texts))
		for i, text := range texts {
			opinion := schema.ClaimOpinion{Outcome: d.Decision.Claims[i].Outcome}
			for _, part := range []struct {
				to   *string
				from func() (string, error)
			}{
				{&opinion.Claim, text.claim},
				{&opinion.Facts, text.facts},
				{&opinion.Reasons, text.reasons},
				{&opinion.LegalBasis, text.basis},
			} {
				words, err := part.from()
				if err != nil {
					return nil, err
				}
				*part.to = words
			}
			opinions[i] = opinion
		}
		return opinions, nil
	}
}

func (s *service) EventTexts(ctx context.Context, e *schema.Event) schema.Later {
	if e.Package != nil {
		return s.packageEventTexts(ctx, e)
	}
	named := textsIn("", reflect.ValueOf(e.Body))
	if e.BackdatingReason != "" {
		named = append(named, namedText{"backdatingReason", e.BackdatingReason})
	}
	texts := make([]func() (string, error), len(named))
	for i, one := range named {
		texts[i] = s.words(ctx, e.Case, one.id)
	}
	return func() (any, error) {
		read := make([]schema.EventText, len(texts))
		for i, text := range texts {
			words, err := text()
			if err != nil {
				return nil, err
			}
			read[i] = schema.EventText{Field: named[i].field, Text: words, Masked: !e.Case.WorksOn}
		}
		return read, nil
	}
}

type namedText struct {
	field string
	id    casefile.TextID
}

var textIDType = reflect.TypeFor[casefile.TextID]()

// textsIn lists the texts that an event's body names, with the path where each stands. What
// is said of parties has its own place, Case.parties, and its own masks.
func textsIn(path string, v reflect.Value) []namedText {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == textIDType && v.Len() > 0 {
			return []namedText{{path, casefile.TextID(v.String())}}
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return textsIn(path, v.Elem())
		}
	case reflect.Slice:
		var found []namedText
		for i := range v.Len() {
			found = append(found, textsIn(path+"."+strconv.Itoa(i), v.Index(i))...)
		}
		return found
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[casefile.Party]() || casefile.StandsElsewhere(v) {
			return nil
		}
		var found []namedText
		for i := range v.NumField() {
			f := v.Type().Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			below := path
			if !f.Anonymous && name != "" {
				below = strings.TrimPrefix(path+"."+name, ".")
			}
			found = append(found, textsIn(below, v.Field(i))...)
		}
		return found
	}
	return nil
}

func (s *service) Parties(ctx context.Context, c *schema.Case) schema.Later {
	waiting := make([]schema.Later, len(c.State.Parties))
	for i, party := range c.State.Parties {
		waiting[i] = s.party(ctx, c, party)
	}
	return func() (any, error) {
		parties := make([]*schema.Party, 0, len(waiting))
		for _, later := range waiting {
			value, err := later()
			if err != nil {
				return nil, err
			}
			if party, ok := value.(*schema.Party); ok {
				parties = append(parties, party)
			}
		}
		return parties, nil
	}
}

func (s *service) PartyOf(ctx context.Context, c *schema.Case, partyID string) schema.Later {
	for _, party := range c.State.Parties {
		if party.ID == partyID {
			return s.party(ctx, c, party)
		}
	}
	return nothing
}

// party yields a *schema.Party with what the viewer may read of it.
func (s *service) party(ctx context.Context, c *schema.Case, party casefile.Party) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	shown := &schema.Party{CaseID: c.State.ID, Party: party, Masked: !c.WorksOn}
	mandate := s.mandates(ctx, c, party)
	// Whoever asked that their identity be withheld is not even shown by the kind of mask
	// that leaves a family name.
	withheld := party.KeepIdentityConfidential && !c.WorksOn
	if withheld {
		shown.UnitID, shown.PersonID = "", ""
	}
	if party.Content == "" || withheld {
		if !withheld {
			shown.Name = q.partyOfDirectory(party)
		}
		return func() (any, error) { return shown, nil }
	}
	return then(s.rawOf(ctx, c, party.From, party.Content), func(text string) (any, error) {
		if text == "" { // erased
			return shown, nil
		}
		mandate, err := mandate()
		if err != nil {
			return nil, err
		}
		var content casefile.PartyContent
		if err := json.Unmarshal([]byte(text), &content); err != nil {
			return nil, fmt.Errorf("party %s of case %s: its content is broken", party.ID, c.State.ID)
		}
		show(shown, content, mandate)
		if shown.Name == "" {
			shown.Name = q.partyOfDirectory(party)
		}
		return shown, nil
	})
}

// partyOfDirectory names a party that works in the system. Offices are public within it.
func (q *request) partyOfDirectory(party casefile.Party) string {
	if person, ok := q.people.Person(party.PersonID); ok {
		return person.Name
	}
	if unit, ok := q.people.Unit(party.UnitID); ok {
		return unit.Name
	}
	return ""
}

func show(party *schema.Party, content casefile.PartyContent, mandate func(i int) *schema.Document) {
	name, phone, number, address := asIs, asIs, asIs, asIs
	if party.Masked {
		name, phone, number, address = casefile.MaskName, casefile.MaskPhone, casefile.MaskIDNumber, casefile.MaskAddress
	}
	party.Name, party.Phone = name(content.Name), phone(content.Phone)
	party.IDNumber, party.Address = number(content.IDNumber), address(content.Address)
	for i, r := range content.Representatives {
		party.Represented = append(party.Represented, schema.Representative{
			Kind: r.Kind, Name: name(r.Name), Phone: phone(r.Phone), Masked: party.Masked, Mandate: mandate(i),
		})
	}
}

func asIs(s string) string { return s }
