package casefile

import (
	"fmt"
	"slices"
)

// HarmSuspected says that the police must know of suspected harm. By is who suspects it; empty
// where the category of the case says so.
type HarmSuspected struct {
	Suspicions []Suspicion `json:"suspicions"`
	By         string      `json:"by,omitempty"`
}

// PoliceReportRecorded says that the police were told, or why they need not be.
type PoliceReportRecorded struct {
	ReportID string `json:"reportId"`
	RecordPoliceReport
}

func (HarmSuspected) eventType() string        { return "HarmSuspected" }
func (PoliceReportRecorded) eventType() string { return "PoliceReportRecorded" }

func (b HarmSuspected) apply(s *State, event Event) {
	for _, suspicion := range b.Suspicions {
		s.SuspectedHarms = appended(s.SuspectedHarms, SuspectedHarm{Suspicion: suspicion, Since: event.EffectiveAt, By: b.By})
	}
}

func (b PoliceReportRecorded) apply(s *State, event Event) {
	s.PoliceReports = appended(s.PoliceReports, PoliceReport{
		ID: b.ReportID, UnitID: b.UnitID, Organ: b.Organ, Reference: b.Reference, ReportedAt: b.ReportedAt,
		ReportedBy: b.ReportedByPersonID, RecordedBy: event.Actor.PersonID, NotDue: b.NotDue,
	})
	s.SuspectedHarms = slices.Clone(s.SuspectedHarms)
	for i := range s.SuspectedHarms {
		if s.SuspectedHarms[i].ReportID == "" {
			s.SuspectedHarms[i].ReportID = b.ReportID
		}
	}
}

func (b HarmSuspected) sentence(t telling) string {
	what := labels("Suspicion", b.Suspicions, t.lang)
	if b.By == "" {
		return t.say("By its category the case is about "+what+": a report to the police is due", "本案类别涉及"+what+"，应向公安机关报案")
	}
	who := t.person(b.By)
	return t.say(fmt.Sprintf("%s suspects %s: a report to the police is due", who, what), fmt.Sprintf("%s发现疑似%s，应向公安机关报案", who, what))
}

func (b PoliceReportRecorded) sentence(t telling) string {
	switch {
	case b.NotDue != "":
		return t.did("said why no report to the police was due", "认定无须向公安机关报案并说明理由")
	case b.UnitID != "":
		return t.did(fmt.Sprintf("recorded the report to the police (%s) of %s", t.unit(b.UnitID), moment(b.ReportedAt)),
			fmt.Sprintf("登记%s向%s报案", moment(b.ReportedAt), t.unit(b.UnitID)))
	}
	return t.did("recorded the report to the police of "+moment(b.ReportedAt), "登记"+moment(b.ReportedAt)+"向公安机关报案")
}

// policeReportEvents are the events of the report to the police.
var policeReportEvents = []eventKind{
	eventOf[HarmSuspected](),
	eventOf[PoliceReportRecorded](),
}
