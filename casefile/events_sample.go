package casefile

import "slices"

// SampleDrawn says that the case was drawn, to be looked at again by somebody who had no part
// in it.
type SampleDrawn struct {
	SampleID string `json:"sampleId"`
	UnitID   string `json:"unitId"`
	Role     Role   `json:"role"`
}

// SampleFound says what was found.
type SampleFound struct {
	SampleID string        `json:"sampleId"`
	Finding  SampleFinding `json:"finding"`
	Comment  TextID        `json:"comment,omitempty"`
}

func (SampleDrawn) eventType() string { return "SampleDrawn" }
func (SampleFound) eventType() string { return "SampleFound" }

func (b SampleDrawn) apply(s *State, event Event) {
	s.Samples = appended(s.Samples, Sample{
		ID: b.SampleID, UnitID: b.UnitID, Role: b.Role, Round: s.Round, DrawnAt: event.EffectiveAt,
	})
}

func (b SampleFound) apply(s *State, event Event) {
	s.changeSamples(func(sample *Sample) {
		if sample.ID == b.SampleID {
			sample.Finding, sample.FoundBy, sample.FoundAt = b.Finding, event.Actor.PersonID, event.EffectiveAt
		}
	})
}

func (s *State) changeSamples(change func(*Sample)) {
	s.Samples = slices.Clone(s.Samples)
	for i := range s.Samples {
		change(&s.Samples[i])
	}
}

// voidSamples drops what nobody has looked at: the case has another round before it.
func (s *State) voidSamples() {
	s.changeSamples(func(sample *Sample) { sample.Void = sample.Finding == "" })
}

func (b SampleDrawn) sentence(t telling) string {
	return t.say("The case was drawn for verification by "+t.unit(b.UnitID), "案件被抽中，由"+t.unit(b.UnitID)+"抽查")
}

func (b SampleFound) sentence(t telling) string {
	finding := t.label("SampleFinding", string(b.Finding))
	return t.did("looked at the case again and found: "+finding, "抽查案件，结论："+finding)
}

// sampleEvents are the events of looking again.
var sampleEvents = []eventKind{
	eventOf[SampleDrawn](),
	eventOf[SampleFound](),
}
