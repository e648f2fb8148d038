package api

import (
	"errors"
	"strconv"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// besideTexts are texts that are stored under another case's key.
type besideTexts struct {
	caseID string
	texts  []store.Text
}

// joining are the acts that make one case of two, or two of one; nil for any other input.
func (w *writing) joining(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.MergeCaseInput:
		other := w.otherCase()
		there := &writing{q: w.q, caseID: other.ID}
		act := casefile.MergeCase{
			CaseID: other.ID, Number: numberOutside(other),
			Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true),
			There:  casefile.Elsewhere(there.text(casefile.TextReason, at("reason"), in.Reason, false)),
		}
		w.beside = append(w.beside, besideTexts{other.ID, there.texts})
		return act
	case schema.SplitCaseInput:
		return w.split(in)
	}
	return nil
}

// split describes the new case, whose texts are stored under its own key.
func (w *writing) split(in schema.SplitCaseInput) casefile.Act {
	newID := casefile.CaseIDOfSplit(w.caseID, requestKeyOf(w.q.person.ID, in.ClientMutationID))
	there := &writing{q: w.q, caseID: newID}
	register := casefile.RegisterCase{
		Kind: w.state.Kind, PetitionType: in.PetitionType, Source: w.state.Source, SourceUnitID: w.state.SourceUnitID,
		Category: in.Category, Division: w.state.Division, ReceivedAt: w.state.ReceivedAt, Oral: w.state.Oral,
		Title:     there.text(casefile.TextTitle, at("title"), in.Title, true),
		Narrative: there.text(casefile.TextNarrative, at("narrative"), in.Narrative, true),
		Parties:   there.parties(in.Parties),
		Risk:      w.state.Risk, ReportedByPersonID: w.state.ReportedByPersonID, Confidentiality: in.Confidentiality,
	}
	for i, id := range in.Claims {
		if words, ok := w.claims[id]; ok {
			field := at("claims", strconv.Itoa(i))
			register.Claims = append(register.Claims, there.text(casefile.TextClaim, field, words, true))
		}
	}
	act := casefile.SplitCase{
		NewCaseID: newID, Claims: in.Claims,
		Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true),
		There:  casefile.Elsewhere(there.text(casefile.TextReason, at("reason"), in.Reason, false)),
	}
	w.refusals = append(w.refusals, there.refusals...)
	w.beside = append(w.beside, besideTexts{newID, there.texts})
	return act.Registering(register)
}

// refusedByOther asks the second case early what it will say to the errand that comes of a
// command. What counts is its answer when the errand arrives.
func (w *writing) refusedByOther(state casefile.State, cmd casefile.Command, now time.Time) (*casefile.Refusal, error) {
	if w.other == nil {
		return nil, nil
	}
	events, err := casefile.Decide(state, cmd, w.q.rules(now))
	if err != nil {
		return nil, err
	}
	for _, event := range events {
		state = casefile.Apply(state, event)
	}
	for _, errand := range casefile.Errands(state) {
		if errand.Command.CaseID != w.other.ID {
			continue
		}
		_, err := casefile.Decide(*w.other, errand.Command, w.q.rules(now))
		var refusal *casefile.Refusal
		if errors.As(err, &refusal) {
			refusal.Field = at("otherCaseId")
			return refusal, nil
		}
	}
	return nil, nil
}
