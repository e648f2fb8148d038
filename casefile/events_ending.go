package casefile

import "time"

// ClosureRequested asks for verification.
type ClosureRequested struct {
	Outcome Outcome `json:"outcome"`
	Summary TextID  `json:"summary"`
}

// ClosureVerified is the verifier's yes; the parties are asked next.
type ClosureVerified struct {
	Comment TextID `json:"comment,omitempty"`
}

// ClosureRejected is the verifier's no; the case goes back to INVESTIGATION.
type ClosureRejected struct {
	Reason TextID `json:"reason"`
}

// FollowedUp records what a party answered.
type FollowedUp struct {
	FollowUpID string `json:"followUpId"`
	RecordFollowUp
}

// ReworkOrdered sends the case back after a dissatisfied answer or a broken promise.
type ReworkOrdered struct {
	FollowUpID string `json:"followUpId"`
}

// CaseClosed (归档) closes the file.
type CaseClosed struct {
	Imported bool `json:"imported,omitempty"`
}

// CaseReopened begins another round.
type CaseReopened struct {
	Round  int    `json:"round"`
	Reason TextID `json:"reason"`
	// UndoesWithdrawal says that the party took its withdrawal back in time, as its own right.
	UndoesWithdrawal bool `json:"undoesWithdrawal,omitempty"`
}

func (ClosureRequested) eventType() string { return "ClosureRequested" }
func (ClosureVerified) eventType() string  { return "ClosureVerified" }
func (ClosureRejected) eventType() string  { return "ClosureRejected" }
func (FollowedUp) eventType() string       { return "FollowedUp" }
func (ReworkOrdered) eventType() string    { return "ReworkOrdered" }
func (CaseClosed) eventType() string       { return "CaseClosed" }
func (CaseReopened) eventType() string     { return "CaseReopened" }

func (b ClosureRequested) apply(s *State, event Event) {
	s.Pending = &Pending{
		End: StageClosed, Outcome: b.Outcome, Summary: b.Summary,
		AskedBy: event.Actor.PersonID, AskedUnit: event.Actor.UnitID, AskedIn: s.Stage,
	}
	s.enter(StageVerification, event.EffectiveAt)
}

func (ClosureVerified) apply(s *State, event Event) {
	s.VerifiedBy = withPerson(s.VerifiedBy, event.Actor.PersonID)
	s.Pending = nil
	s.enter(StageEvaluation, event.EffectiveAt)
}

func (ClosureRejected) apply(s *State, event Event) {
	s.Pending = nil
	s.backToWork(event.EffectiveAt)
	if s.cycle() == 0 {
		s.ConcludedAt, s.ConcludedOnTime = time.Time{}, nil
	}
}

func (b FollowedUp) apply(s *State, event Event) {
	s.FollowUps = appended(s.FollowUps, FollowUp{
		ID: b.FollowUpID, At: event.EffectiveAt, By: event.Actor.PersonID,
		Round: s.Round, Cycle: s.cycle(), RecordFollowUp: b.RecordFollowUp,
	})
}

func (ReworkOrdered) apply(s *State, event Event) {
	s.Reworks++
	s.backToWork(event.EffectiveAt)
}

func (CaseClosed) apply(s *State, event Event) {
	s.finish(StageClosed, event.EffectiveAt)
}

func (b CaseReopened) apply(s *State, event Event) {
	s.applyReopened(event, b)
}

func (ClosureRequested) sentence(t telling) string { return t.ending() }
func (ClosureVerified) sentence(t telling) string  { return t.ending() }
func (ClosureRejected) sentence(t telling) string  { return t.ending() }
func (FollowedUp) sentence(t telling) string       { return t.ending() }
func (ReworkOrdered) sentence(t telling) string    { return t.ending() }
func (CaseClosed) sentence(t telling) string       { return t.ending() }
func (CaseReopened) sentence(t telling) string     { return t.ending() }

// endingEvents are the events of the end of a case.
var endingEvents = []eventKind{
	eventOf[ClosureRequested](),
	eventOf[ClosureVerified](),
	eventOf[ClosureRejected](),
	eventOf[FollowedUp](),
	eventOf[ReworkOrdered](),
	eventOf[CaseClosed](),
	eventOf[CaseReopened](),
}
