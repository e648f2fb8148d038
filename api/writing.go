package api

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// at builds the path of an input field.
func at(parts ...string) []string { return parts }

func under(field []string, parts ...string) []string {
	return append(append([]string(nil), field...), parts...)
}

// writing turns one input into an act: texts go aside, to be stored under random ids, and
// opaque ids become the record's own. What cannot be is collected as refusals.
type writing struct {
	q      *request
	caseID string
	state  casefile.State
	// claims are the registered claims by id, in words, where the input names claims.
	claims map[string]string
	// beside are the texts of another case that this command brings about or changes too.
	beside []besideTexts
	// other is the second case, where the input names one that the viewer sees.
	other *casefile.State
	// file is the stored file that the input names; nil where there is none.
	file *store.File
	// papers are those that a registration names.
	papers   map[store.FileRef]store.File
	texts    []store.Text
	refusals []*casefile.Refusal
}

// text checks a text, puts it aside and returns its id; "" for none. Blanks say nothing: a
// reason or a receiver of blanks is none.
func (w *writing) text(kind casefile.TextKind, field []string, value string, required bool) casefile.TextID {
	if refusal := casefile.CheckText(kind, field, value, required); refusal != nil {
		w.refusals = append(w.refusals, refusal)
		return ""
	}
	if casefile.Blank(value) {
		return ""
	}
	id := store.NewTextID()
	w.texts = append(w.texts, store.Text{ID: id, Kind: kind, Value: value})
	return id
}

// id reads an opaque id of a type; "" for none.
func (w *writing) id(typ string, field []string, value string) string {
	if value == "" {
		return ""
	}
	id, refusal := idOf(typ, field, value)
	if refusal != nil {
		w.refusals = append(w.refusals, refusal)
		return ""
	}
	return id.Key
}

// sub reads the opaque id of something that belongs to this case.
func (w *writing) sub(typ string, field []string, value string) string {
	if value == "" {
		return ""
	}
	id, refusal := idOf(typ, field, value)
	if refusal == nil && id.Key != w.caseID {
		refusal = &casefile.Refusal{
			Code: casefile.RefusedInvalid, Field: field,
			Message:   fmt.Sprintf("%s is the id of a %s of another case", field[len(field)-1], typ),
			MessageZH: fmt.Sprintf("%s 属于另一案件", field[len(field)-1]),
		}
	}
	if refusal != nil {
		w.refusals = append(w.refusals, refusal)
		return ""
	}
	return id.Sub
}

// idOf reads an opaque id that must name something of a type.
func idOf(typ string, field []string, value string) (schema.NodeID, *casefile.Refusal) {
	id, err := schema.ParseNodeID(value)
	if err == nil && id.Type == typ {
		return id, nil
	}
	name := field[len(field)-1]
	refusal := &casefile.Refusal{
		Code: casefile.RefusedInvalid, Field: field,
		Message:   fmt.Sprintf("%s is not an id that this service gave out; it must be the id of a %s", name, typ),
		MessageZH: fmt.Sprintf("%s 不是本系统给出的编号，应为 %s 的编号", name, typ),
	}
	if err == nil {
		refusal.Message = fmt.Sprintf("%s is the id of a %s; it must be the id of a %s", name, id.Type, typ)
		refusal.MessageZH = fmt.Sprintf("%s 是 %s 的编号，应为 %s 的编号", name, id.Type, typ)
	}
	return schema.NodeID{}, refusal
}

// party turns a party's input into its part in the case, with its content put aside.
func (w *writing) party(field []string, id string, in schema.PartyInput) casefile.Party {
	content := casefile.PartyContent{
		Name: in.Name, IDType: in.IDType, IDNumber: in.IDNumber, Phone: in.Phone, Address: in.Address,
		Language: in.Language, Needs: in.Needs,
	}
	party := casefile.Party{
		ID: id, Role: in.Role, Kind: in.Kind, Named: in.Name != "",
		PersonID:  w.id("Person", under(field, "personId"), in.PersonID),
		UnitID:    w.id("Unit", under(field, "unitId"), in.UnitID),
		Anonymous: in.Anonymous, KeepIdentityConfidential: in.KeepIdentityConfidential, Minor: in.Minor, Outsider: in.Outsider,
	}
	// Whoever works in the system is reached there; an anonymous party is told nothing anyway.
	party.OutOfReach = in.Address == "" && in.Phone == "" && in.PersonID == "" && in.UnitID == "" && !in.Anonymous
	party.Mandates = w.mandates(field, in.Representatives)
	for _, r := range in.Representatives {
		party.Representatives = append(party.Representatives, r.Kind)
		content.Representatives = append(content.Representatives, casefile.RepresentativeContent{
			Kind: r.Kind, Name: r.Name, IDNumber: r.IDNumber, Phone: r.Phone,
		})
	}
	content = content.Normalised()
	if refusal := casefile.CheckPartyContent(field, content); refusal != nil {
		w.refusals = append(w.refusals, refusal)
		return party
	}
	raw, err := json.Marshal(content)
	if err != nil || string(raw) == "{}" {
		return party
	}
	party.Content = store.NewTextID()
	w.texts = append(w.texts, store.Text{ID: party.Content, Kind: casefile.TextParty, Value: string(raw)})
	return party
}

// parties are the parties of a registration, numbered P1, P2, and so on.
func (w *writing) parties(inputs []schema.PartyInput) []casefile.Party {
	parties := make([]casefile.Party, len(inputs))
	for i, in := range inputs {
		field := at("parties", strconv.Itoa(i))
		if in.ID != "" {
			w.refusals = append(w.refusals, &casefile.Refusal{
				Code: casefile.RefusedInvalid, Field: under(field, "id"),
				Message: "a party of a new case has no id yet", MessageZH: "新登记案件的当事人尚无编号",
			})
		}
		parties[i] = w.party(field, "P"+strconv.Itoa(i+1), in)
	}
	return parties
}

// amended are the parties of an amendment: replaced under their id, or added under one that
// follows from the request, so that two added at once never meet. Where the input says
// nothing of who a party is, what was taken down of them stays: to pick the person behind a
// name doesn't take the name away.
func (w *writing) amended(inputs []schema.PartyInput, requestKey string) []casefile.Party {
	var parties []casefile.Party
	for i, in := range inputs {
		field := at("parties", strconv.Itoa(i))
		id := w.sub("Party", under(field, "id"), in.ID)
		if in.ID == "" {
			id = fmt.Sprintf("P-%s-%d", requestKey[:12], i+1)
		}
		party := w.party(field, id, in)
		for _, was := range w.state.Parties {
			if was.ID == id && party.Content == "" && !party.Anonymous {
				party.Content, party.From, party.Named = was.Content, was.From, was.Named
				party.Representatives, party.Mandates = was.Representatives, was.Mandates
				party.OutOfReach = was.OutOfReach && party.OutOfReach
			}
		}
		parties = append(parties, party)
	}
	return parties
}

// readClaims reads the words of the registered claims where a decision may name them so.
func (w *writing) readClaims(ctx context.Context, s *service, input schema.Input) error {
	if !answersClaims(input) || len(w.state.Claims) == 0 {
		return nil
	}
	refs := make([]store.TextRef, len(w.state.Claims))
	for i, claim := range w.state.Claims {
		refs[i] = textRef(w.state, claim.From, claim.Text)
	}
	texts, err := s.store.Texts(ctx, refs)
	if err != nil {
		return unavailable(err)
	}
	w.claims = make(map[string]string, len(refs))
	for _, claim := range w.state.Claims {
		w.claims[claim.ID] = texts[claim.Text]
	}
	return nil
}

// claimID finds the registered claim that an opinion names by its id or in its words; ""
// where the case has none and the opinion answers the whole petition.
func (w *writing) claimID(field []string, named string) string {
	if len(w.state.Claims) == 0 {
		return ""
	}
	if _, ok := w.claims[named]; ok {
		return named
	}
	for _, claim := range w.state.Claims {
		if words := strings.TrimSpace(w.claims[claim.ID]); words != "" && words == strings.TrimSpace(named) {
			return claim.ID
		}
	}
	w.refusals = append(w.refusals, &casefile.Refusal{
		Code: casefile.RefusedInvalid, Field: field,
		Message:   fmt.Sprintf("claim must be the id or the words of one of the case's %d claims", len(w.state.Claims)),
		MessageZH: fmt.Sprintf("claim 应为本案%d项诉求之一的编号或原文", len(w.state.Claims)),
	})
	return ""
}
