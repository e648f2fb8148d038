package casefile

import (
	"slices"
	"time"
)

// policeProcedure has the clock of the report to the police, counted in hours.
const (
	policeProcedure  = "police-report"
	StepPoliceReport = "police-report"
)

// SuspectedHarm is harm that somebody, or the category of the case, suspects, and that the
// police must know of (未成年人保护法 art 11, 反家庭暴力法 art 14).
type SuspectedHarm struct {
	Suspicion Suspicion `json:"suspicion"`
	Since     time.Time `json:"since"`
	// By is who suspects it; empty where the category of the case says so.
	By string `json:"by,omitempty"`
	// ReportID is the report that answered it; empty while one is owed.
	ReportID string `json:"reportId,omitempty"`
}

// PoliceReport is one report to the police, or a second person's word that none was due.
type PoliceReport struct {
	ID string `json:"id"` // unique within the case ("B1")
	// UnitID is the police unit, Organ the name of one outside the platform.
	UnitID string `json:"unitId,omitempty"`
	Organ  TextID `json:"organ,omitempty"`
	// Reference is the number that the police gave (接警编号).
	Reference  string    `json:"reference,omitempty"`
	ReportedAt time.Time `json:"reportedAt,omitzero"`
	ReportedBy string    `json:"reportedBy,omitempty"`
	RecordedBy string    `json:"recordedBy"`
	// NotDue is why no report was due; empty where one was made.
	NotDue TextID `json:"notDue,omitempty"`
}

// suspectedIn are the categories that are about such harm by themselves.
var suspectedIn = map[string]Suspicion{
	"D-FAMILY-VIOLENCE":           SuspectedDomesticViolence,
	"P-JUSTICE-DOMESTIC-VIOLENCE": SuspectedDomesticViolence,
	"D-DAMAGES-MINOR":             SuspectedHarmToChild,
}

var suspicions = []Suspicion{SuspectedHarmToChild, SuspectedDomesticViolence}

// unreportedHarms are those that the police have still to be told of.
func (s State) unreportedHarms() []SuspectedHarm {
	return slices.DeleteFunc(slices.Clone(s.SuspectedHarms), func(h SuspectedHarm) bool { return h.ReportID != "" })
}

// owesPolice reports whether the police have still to be told of such harm.
func (s State) owesPolice(suspicion Suspicion) bool {
	return slices.ContainsFunc(s.SuspectedHarms, func(h SuspectedHarm) bool { return h.Suspicion == suspicion && h.ReportID == "" })
}

// everSuspected reports whether such harm was suspected before, reported or not.
func (s State) everSuspected(suspicion Suspicion) bool {
	return slices.ContainsFunc(s.SuspectedHarms, func(h SuspectedHarm) bool { return h.Suspicion == suspicion })
}

// suspect makes a report to the police owed, and starts its hours unless they run.
func (d *deciding) suspect(list []Suspicion, by string, since time.Time) {
	var fresh []Suspicion
	for _, suspicion := range list {
		if !d.state.owesPolice(suspicion) {
			fresh = append(fresh, suspicion)
		}
	}
	if len(fresh) == 0 {
		return
	}
	owed := len(d.state.unreportedHarms()) > 0
	d.emitAt(since, HarmSuspected{Suspicions: fresh, By: by})
	if rule, ok := d.rule(policeProcedure, StepPoliceReport, since); ok && !owed {
		d.startClock(rule, since)
	}
}

// suspectByCategory does so for a category that is about such harm, unless the police brought
// the case themselves, or have been told before.
func (d *deciding) suspectByCategory(since time.Time) {
	suspicion, about := suspectedIn[d.state.Category]
	if about && d.state.Source != SourcePoliceTransfer && !d.state.everSuspected(suspicion) {
		d.suspect([]Suspicion{suspicion}, "", since)
	}
}

// takeOverHarms keeps what a merged case has not told the police, by the hour at which it was
// due there.
func (d *deciding) takeOverHarms(content CaseContent) {
	for _, harm := range content.SuspectedHarms {
		if len(d.state.unreportedHarms()) > 0 {
			d.hasten(d.state.policeClock(), harm.Since, content.Number)
		}
		d.suspect([]Suspicion{harm.Suspicion}, harm.By, harm.Since)
	}
}

// policeClock is the latest clock of a report to the police, or nil.
func (s State) policeClock() *Deadline { return s.clockOfAnyRound(StepPoliceReport, "") }
