package api

import (
	"context"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// retaliating are the acts about retaliation; nil for any other input.
func (w *writing) retaliating(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.ReportRetaliationInput:
		kind := casefile.NaturalPerson
		if in.UnitID != "" {
			kind = casefile.LegalPerson
		}
		return casefile.ReportRetaliation{
			PartyID: w.sub("Party", at("partyId"), in.PartyID),
			Named: w.party(nil, "NAMED", schema.PartyInput{
				Role: casefile.PartyAccused, Kind: kind, PersonID: in.PersonID, UnitID: in.UnitID, Name: in.Name,
			}),
			Title:     w.text(casefile.TextTitle, at("title"), "反映打击报复", true),
			Narrative: w.text(casefile.TextNarrative, at("narrative"), in.Narrative, true),
			Method:    in.Method, OccurredAt: in.OccurredAt,
		}
	case schema.AnswerRetaliationInput:
		return casefile.AnswerRetaliation{
			Finding: in.Finding, Measures: w.text(casefile.TextFinding, at("measures"), in.Measures, true),
		}
	}
	return nil
}

// report takes down a report of retaliation. It is judged on the case that it is about and
// stored as a case of its own; answer.Case is that one. Whether it was done before is asked
// there first: its reporter may not see the other case any more.
func (s *service) report(
	ctx context.Context, q *request, in schema.ReportRetaliationInput, answer *schema.CasePayload,
) ([]*casefile.Refusal, error) {
	id, refusal := idOf("Case", at("caseId"), in.CaseID)
	if refusal != nil {
		return only(refusal), nil
	}
	requestKey := requestKeyOf(q.person.ID, in.ClientMutationID)
	t := &target{caseID: casefile.CaseIDOfRetaliation(id.Key, requestKey)}
	var err error
	if t.state, err = s.store.State(ctx, t.caseID); err != nil {
		return nil, unavailable(err)
	}
	var about *target
	if !t.state.Exists() {
		if about, refusal, err = s.target(ctx, q, in); err != nil || refusal != nil {
			return only(refusal), err
		}
	}
	cmd := casefile.Command{
		CaseID: id.Key, RequestKey: requestKey, RequestID: q.id, ExpectedVersion: in.ExpectedVersion, EffectiveAt: in.EffectiveAt,
	}
	if cmd.InputDigest, err = s.digest(ctx, t.caseID, "reportRetaliation", in); err != nil {
		return nil, err
	}
	if t.state.Exists() {
		if _, refusal, err = s.doneBefore(ctx, t, cmd, in); err != nil || refusal != nil {
			return only(refusal), err
		}
		answer.Case, err = s.current(ctx, q, t.caseID)
		return nil, err
	}
	w := &writing{q: q, caseID: about.caseID, state: about.state}
	act, _ := w.retaliating(in).(casefile.ReportRetaliation)
	act.ReportID = t.caseID
	if act.GoesOnIn, err = s.goesOnIn(ctx, about.state); err != nil {
		return nil, err
	}
	cmd.Act = act
	cmd.BackdatingReason = w.text(casefile.TextReason, at("backdatingReason"), in.BackdatingReason, false)
	if len(w.refusals) > 0 {
		return w.refusals, nil
	}
	if cmd.Actor, refusal, err = q.actorFor(about.state, cmd, q.rules(s.now())); err != nil || refusal != nil {
		return only(refusal), err
	}
	if err := s.store.PutTexts(ctx, t.caseID, w.texts); err != nil {
		return only(erased(err)), outcome(err)
	}
	result, err := s.commander.Do(ctx, casefile.RetaliationReport(about.state, cmd, q.people))
	if err != nil {
		return nil, err
	}
	if result.Refusal != nil {
		return only(result.Refusal), nil
	}
	answer.Case, err = s.current(ctx, q, t.caseID)
	return nil, err
}

// goesOnIn are the cases that a case was merged into, or is about to be, one after the other.
func (s *service) goesOnIn(ctx context.Context, state casefile.State) ([]string, error) {
	var list []string
	for next := state.GoesOnIn(); next != "" && !slices.Contains(list, next); next = state.GoesOnIn() {
		list = append(list, next)
		var err error
		if state, err = s.store.State(ctx, next); err != nil {
			return nil, unavailable(err)
		}
	}
	return list, nil
}

func (s *service) RetaliationMeasures(ctx context.Context, r *schema.Retaliation) schema.Later {
	return s.text(ctx, r.Case, r.Measures)
}
