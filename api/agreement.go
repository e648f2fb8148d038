package api

import (
	"context"

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
	return nil
}
