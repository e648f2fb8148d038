package api

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// linking are the acts that tie cases together, or put one off; nil for any other input.
func (w *writing) linking(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.LinkCasesInput:
		other := w.otherCase()
		return casefile.LinkCases{
			Kind: in.Kind, CaseID: other.ID, Number: numberOutside(other), Final: other.Final(),
			Reason: w.text(casefile.TextReason, at("reason"), in.Reason, false),
		}
	case schema.DeferCaseInput:
		return casefile.DeferCase{Until: in.Until, Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true)}
	case schema.DecideDeferralInput:
		return casefile.DecideDeferral{Approved: in.Approved, Reason: w.text(casefile.TextReason, at("reason"), in.Reason, false)}
	case schema.TakeUpCaseInput:
		return casefile.TakeUpCase{}
	}
	return nil
}

// readOther reads the second case of an input that names one, through the viewer's eyes.
func (w *writing) readOther(ctx context.Context, s *service, input schema.Input) error {
	two, ok := input.(schema.OnTwoCases)
	if !ok {
		return nil
	}
	id := w.id("Case", at("otherCaseId"), two.OtherCase())
	if id == "" {
		return nil
	}
	row, err := s.store.Case(ctx, w.q.viewer, id)
	if err != nil {
		return unavailable(err)
	}
	if row != nil {
		w.other = &row.State
	}
	return nil
}

// otherCase is the second case. One that the viewer may not see is as good as none.
func (w *writing) otherCase() casefile.State {
	if w.other != nil {
		return *w.other
	}
	if len(w.refusals) == 0 {
		w.refusals = append(w.refusals, &casefile.Refusal{
			Code: casefile.RefusedNoCase, Field: at("otherCaseId"),
			Message: "there is no such case", MessageZH: "没有这一案件",
		})
	}
	return casefile.State{}
}

// numberOutside is the number of a case as the record of another one may hold it.
func numberOutside(state casefile.State) string {
	return casefile.AnswerOf("", nil, state).Number
}

func (s *service) DeferralReason(ctx context.Context, d *schema.Deferral) schema.Later {
	return s.text(ctx, d.Case, d.Reason)
}

// sampling are the acts of looking again; nil for any other input.
func (w *writing) sampling(input schema.Input) casefile.Act {
	in, ok := input.(schema.RecordSampleFindingInput)
	if !ok {
		return nil
	}
	return casefile.RecordSampleFinding{
		Finding: in.Finding, Comment: w.text(casefile.TextComment, at("comment"), in.Comment, false),
	}
}
