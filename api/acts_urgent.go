package api

import (
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// urgent are the acts on a case that cannot wait; nil for any other input.
func (w *writing) urgent(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.FlagUrgentInput:
		return casefile.FlagUrgent{Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true), Suspicion: in.Suspicion}
	case schema.AcknowledgeUrgentInput:
		return casefile.AcknowledgeUrgent{}
	case schema.ReportUrgentInput:
		return casefile.ReportUrgent{Measures: w.text(casefile.TextSummary, at("measures"), in.Measures, true)}
	case schema.RecordPoliceReportInput:
		return casefile.RecordPoliceReport{
			UnitID: w.id("Unit", at("unitId"), in.UnitID), Organ: w.text(casefile.TextPlace, at("organ"), in.Organ, false),
			Reference: in.Reference, ReportedAt: in.ReportedAt, ReportedByPersonID: w.id("Person", at("reportedByPersonId"), in.ReportedByPersonID),
			NotDue: w.text(casefile.TextReason, at("notDueReason"), in.NotDueReason, false),
		}
	case schema.LiftUrgentInput:
		return casefile.LiftUrgent{Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true)}
	}
	return nil
}
