package schema

import (
	"context"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// RecordPoliceReportInput is the input of recordPoliceReport.
type RecordPoliceReportInput struct {
	CaseCommand
	UnitID             string    `json:"unitId,omitempty"`
	Organ              string    `json:"organ,omitempty"`
	Reference          string    `json:"reference,omitempty"`
	ReportedAt         time.Time `json:"reportedAt,omitzero"`
	ReportedByPersonID string    `json:"reportedByPersonId,omitempty"`
	NotDueReason       string    `json:"notDueReason,omitempty"`
}

func (b *builder) policeReportInputs() {
	b.input("RecordPoliceReportInput", "登记报案 · Whom the report went to, or why none was due.", onCase(
		arg("unitId", "ID", "The police unit; or organ, where it is outside the platform."),
		arg("organ", "String", "The name of police outside the platform."),
		arg("reference", "String", "接警编号 · The number that the police gave."),
		arg("reportedAt", "DateTime", "When they were told, also before the case came; effectiveAt when left out."),
		arg("reportedByPersonId", "ID", "Who told them; the sender when left out."),
		arg("notDueReason", "String", "Why no report was due, instead of all the others: a manager's, leader's or supervisor's word who neither handles the case nor named the suspicion."),
	)...)
}

// policeReportMutations tell the police.
var policeReportMutations = []mutation{
	command[RecordPoliceReportInput]("recordPoliceReport", "RecordPoliceReportInput", "登记报案 · Records that the police were told of suspected harm to a child or domestic violence, or a second person's word why no report was due; every end of the case requires one of them."),
}

// SuspectedHarm is harm that the police must know of.
type SuspectedHarm struct {
	Case *Case
	casefile.SuspectedHarm
}

// PoliceReport is one report to the police, or the word that none was due.
type PoliceReport struct {
	Case *Case
	casefile.PoliceReport
}

func policeReportFields() []field {
	return []field{
		get("suspectedHarms", "[SuspectedHarm!]", "疑似侵害 · Suspected harm that the police must know of, first to last.", func(c *Case) any {
			return each(c.State.SuspectedHarms, func(h casefile.SuspectedHarm) *SuspectedHarm { return &SuspectedHarm{c, h} })
		}),
		get("policeReports", "[PoliceReport!]", "报案 · What the police were told, first to last.", func(c *Case) any {
			return each(c.State.PoliceReports, func(r casefile.PoliceReport) *PoliceReport { return &PoliceReport{c, r} })
		}),
	}
}

func (b *builder) policeReportTypes() {
	s := b.service
	b.object("SuspectedHarm", "疑似侵害 · Suspected harm that the police must know of.",
		get("suspicion", "Suspicion!", "What is suspected.", func(h *SuspectedHarm) any { return h.Suspicion }),
		get("since", "DateTime!", "The moment from which the hours until the report are counted.", func(h *SuspectedHarm) any { return h.Since }),
		load("suspectedBy", "Person", "Who suspects it; null where the category of the case says so.",
			func(ctx context.Context, h *SuspectedHarm) (any, error) { return s.Person(ctx, h.By) }),
		get("report", "PoliceReport", "The report that answered it; null while one is owed.", func(h *SuspectedHarm) any {
			for _, r := range h.Case.State.PoliceReports {
				if r.ID == h.ReportID {
					return &PoliceReport{h.Case, r}
				}
			}
			return nil
		}),
	)
	b.object("PoliceReport", "报案 · One report to the police, or a second person's word that none was due.",
		load("unit", "Unit", "The police unit; null where it is outside the platform.",
			func(ctx context.Context, r *PoliceReport) (any, error) { return s.Unit(ctx, r.UnitID) }),
		load("organ", "String", "The police outside the platform; masked unless the viewer works on the case.",
			func(ctx context.Context, r *PoliceReport) (any, error) {
				return caseText(ctx, s, r.Case.State.ID, r.Organ), nil
			}),
		get("reference", "String", "接警编号 · The number that the police gave.", func(r *PoliceReport) any { return orNull(r.Reference) }),
		get("reportedAt", "DateTime", "When they were told; null where no report was due.", func(r *PoliceReport) any { return r.ReportedAt }),
		load("reportedBy", "Person", "Who told them; null where no report was due.",
			func(ctx context.Context, r *PoliceReport) (any, error) { return s.Person(ctx, r.ReportedBy) }),
		load("recordedBy", "Person", "Who wrote it down.",
			func(ctx context.Context, r *PoliceReport) (any, error) { return s.Person(ctx, r.RecordedBy) }),
		load("notDueReason", "String", "Why no report was due; masked unless the viewer works on the case, null where one was made.",
			func(ctx context.Context, r *PoliceReport) (any, error) {
				return caseText(ctx, s, r.Case.State.ID, r.NotDue), nil
			}),
	)
}
