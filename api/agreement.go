package api

import (
	"context"
	"strconv"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// Performance yields the promises of an agreement with what was performed of each.
func (s *service) Performance(ctx context.Context, m *schema.Mediation) schema.Later {
	texts := make([]func() (string, error), len(m.Mediation.Performance))
	for i, due := range m.Mediation.Performance {
		texts[i] = s.words(ctx, m.Case, due.What)
	}
	return func() (any, error) {
		promised := make([]schema.Performance, len(texts))
		for i, text := range texts {
			what, err := text()
			if err != nil {
				return nil, err
			}
			promised[i] = performanceOf(m, i, what)
		}
		return promised, nil
	}
}

func performanceOf(m *schema.Mediation, i int, what string) schema.Performance {
	due, id := m.Mediation.Performance[i], m.PerformanceID(i)
	shown := schema.Performance{
		Case: m.Case, ID: id, DueOn: due.DueOn, Amount: due.Amount, What: what, Paid: m.Paid(id), PerformedAt: m.PerformedAt(id),
	}
	for _, made := range m.Performed {
		if made.PerformanceID == id {
			shown.Records = append(shown.Records, schema.PerformanceRecord{Case: m.Case, PerformanceMade: made})
		}
	}
	for _, clock := range m.Case.State.Deadlines {
		if clock.Of == id {
			shown.Clock = &schema.Deadline{CaseID: m.Case.State.ID, Deadline: clock}
		}
	}
	return shown
}

// agreeing are the acts on what an agreement brings with it; nil for any other input.
func (w *writing) agreeing(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.RecordPerformanceInput:
		return casefile.RecordPerformance{
			PerformanceID: w.sub("Performance", at("performanceId"), in.PerformanceID), Amount: in.Amount, Source: in.Source,
			Note: w.text(casefile.TextNote, at("note"), in.Note, false),
		}
	case schema.RecordConfirmationInput:
		return casefile.RecordConfirmation{
			MediationID: w.sub("Mediation", at("mediationId"), in.MediationID), Result: in.Result, AppliedAt: in.AppliedAt,
			CourtUnitID: w.id("Unit", at("courtUnitId"), in.CourtUnitID),
		}
	}
	return w.afterMediation(input)
}

// afterMediation are the acts on who mediates, and on what goes to others; nil for any other
// input.
func (w *writing) afterMediation(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.RecuseMediatorInput:
		return casefile.RecuseMediator{
			MediatorID: w.id("Person", at("mediatorId"), in.MediatorID), NewMediatorID: w.id("Person", at("newMediatorId"), in.NewMediatorID),
			PartyID: w.sub("Party", at("partyId"), in.PartyID), Reason: w.text(casefile.TextReason, at("reason"), in.Reason, false),
			ChosenBy: w.parts("Party", at("chosenByPartyIds"), in.ChosenByPartyIDs),
		}
	case schema.ReturnToCourtInput:
		return casefile.ReturnToCourt{
			MediationID: w.sub("Mediation", at("mediationId"), in.MediationID), Report: w.text(casefile.TextReply, at("report"), in.Report, true),
			CourtUnitID: w.id("Unit", at("courtUnitId"), in.CourtUnitID), DocumentIDs: w.parts("Document", at("documentIds"), in.DocumentIDs),
		}
	case schema.IssueRecommendationInput:
		return casefile.IssueRecommendation{
			UnitID: w.id("Unit", at("unitId"), in.UnitID), Text: w.text(casefile.TextOpinion, at("text"), in.Text, true), ReplyBy: in.ReplyBy,
		}
	case schema.ReplyRecommendationInput:
		return casefile.ReplyRecommendation{
			RecommendationID: w.sub("Recommendation", at("recommendationId"), in.RecommendationID),
			Reply:            w.text(casefile.TextReply, at("reply"), in.Reply, true),
		}
	}
	return nil
}

// parts read the opaque ids of things that belong to this case.
func (w *writing) parts(typ string, field []string, values []string) []string {
	var ids []string
	for i, value := range values {
		ids = append(ids, w.sub(typ, under(field, strconv.Itoa(i)), value))
	}
	return ids
}
