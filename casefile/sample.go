package casefile

import (
	"slices"
	"time"
)

// Sample is one draw that the case is in, and what was found.
type Sample struct {
	ID      string    `json:"id"`
	UnitID  string    `json:"unitId"`
	Role    Role      `json:"role"`
	Round   int       `json:"round"`
	DrawnAt time.Time `json:"drawnAt"`
	// Finding is empty while nobody has looked; a reopening before that makes the draw Void.
	Finding SampleFinding `json:"finding,omitempty"`
	FoundBy string        `json:"foundBy,omitempty"`
	FoundAt time.Time     `json:"foundAt,omitzero"`
	Void    bool          `json:"void,omitempty"`
}

// waits reports whether somebody still has to look.
func (s Sample) waits() bool { return s.Finding == "" && !s.Void }

// openSamples are the draws that wait for a finding.
func (s State) openSamples() []Sample {
	if s.Stage.Open() {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.Samples), func(x Sample) bool { return !x.waits() })
}

// sampledFor returns the draw that waits for an actor, or nil.
func (s State) sampledFor(actor Actor) *Sample {
	for _, sample := range s.openSamples() {
		if sample.UnitID == actor.UnitID && sample.Role == actor.Role {
			return &sample
		}
	}
	return nil
}

// skipsMerits reports whether a stage is an end that skips the merits: its parties are asked
// where it is sampled.
func (s Stage) skipsMerits() bool { return !s.Open() && s != StageClosed && s != "" }

// apartFromSampled refuses to look again at one's own work.
func apartFromSampled(state State, personID string) *Refusal {
	if state.hasHandled(personID) || slices.Contains(state.VerifiedBy, personID) {
		return samePerson("you handled or verified this case, so another person must look at it again",
			"您办理或核查过本案，应由他人抽查")
	}
	return nil
}

// outsideTheUnit refuses somebody of the unit that the case was closed by.
func outsideTheUnit(state State, actor Actor) *Refusal {
	if actor.UnitID != state.ResponsibleUnitID || state.Stage.Open() {
		return nil
	}
	return samePerson("your unit closed this case, so another one must look at it again", "本案由您所在单位办结，应由其他单位抽查")
}

// followUpReady wants somebody left to ask, and of an ended case, that it is sampled.
func followUpReady(state State, _ Directory) *Refusal {
	if (state.Stage == StageEvaluation || len(state.openSamples()) > 0) && len(state.toAsk()) > 0 {
		return nil
	}
	if state.Stage == StageEvaluation {
		return refuse(RefusedAlreadyDone, nil, "everybody has been asked", "均已回访")
	}
	return refuse(RefusedIncomplete, nil,
		"the case has ended, and is not in a sample or everybody has been asked", "案件已终结，未被抽查或者均已回访")
}

// drawForSample takes the same draw once.
func (d *deciding) drawForSample(act DrawForSample) *Refusal {
	if slices.ContainsFunc(d.state.Samples, func(s Sample) bool { return s.ID == act.SampleID }) {
		return nil
	}
	switch {
	case d.state.Stage.Open():
		return refuse(RefusedWrongStage, nil, "the case is open: only what has ended is looked at again", "案件未终结，不能抽查")
	case d.state.Confidentiality == ConfidentialitySealed:
		return refuse(RefusedNotCompetent, nil, "a sealed case is known to named people only and is not sampled", "密封案件仅限指定人员知悉，不列入抽查")
	case act.UnitID == d.state.ResponsibleUnitID:
		return refuse(RefusedSamePerson, nil, "a unit does not look again at what it closed itself", "单位不得抽查自己办结的案件")
	}
	d.emit(SampleDrawn(act))
	return nil
}

// recordFinding records what was found. A false closure begins a new round, where the case is
// one that can have another.
func (d *deciding) recordFinding(act RecordSampleFinding) *Refusal {
	if refusal := checkTerm("SampleFinding", act.Finding, true, at("finding")); refusal != nil {
		return refusal
	}
	if act.Finding != SampleCorrect {
		if refusal := requireValue(act.Comment, "comment"); refusal != nil {
			return refusal
		}
	}
	sample := d.state.sampledFor(d.command.Actor)
	d.emit(SampleFound{SampleID: sample.ID, Finding: act.Finding, Comment: act.Comment})
	if act.Finding == SampleFalseClosure && d.state.Stage != StageMerged {
		// What is final by law stays so: the finding is counted all the same.
		_ = d.newRound(act.Comment, false)
	}
	return nil
}
