package casefile

import (
	"maps"
	"time"
)

// OpenStages are the stages in which something is still to be done, in the order of the law's
// steps. Statistics keep what a case spent in each by its place in this list, so new ones are
// added at the end.
var OpenStages = []Stage{
	StageAcceptance, StageInvestigation, StageMediation, StageDecision, StageReferral,
	StageVerification, StageEvaluation, StageReview, StageReReview,
}

// Course is what a case went through that its state alone doesn't keep: how long it stood in
// the stages that it has left, and what earlier rounds brought. It is folded beside the state,
// from the same events.
type Course struct {
	// Days are the days that the case spent in each stage it has left, over all its stays
	// there: from the legal date of entering to that of leaving, in days of Asia/Shanghai; a
	// stay that ends on the day it began has none.
	Days map[Stage]int
	// Reworks are those of all rounds.
	Reworks int
}

// Then is the course after an event that led from one state to the next.
func (c Course) Then(before, after State) Course {
	if after.Reworks > before.Reworks {
		c.Reworks += after.Reworks - before.Reworks
	}
	if !before.Stage.Open() || before.Stage == after.Stage && before.StageSince.Equal(after.StageSince) {
		return c
	}
	days := maps.Clone(c.Days)
	if days == nil {
		days = map[Stage]int{}
	}
	days[before.Stage] += daysBetween(before.StageSince, after.StageSince)
	c.Days = days
	return c
}

// FoldCourse is the course that events make, in their order.
func FoldCourse(id string, events []Event) Course {
	var course Course
	before := State{ID: id}
	for _, event := range events {
		after := Apply(before, event)
		course, before = course.Then(before, after), after
	}
	return course
}

// daysBetween counts the days from one date to a later one; an act that was dated back before
// the beginning of the stage ends it on its first day.
func daysBetween(from, to time.Time) int {
	first, last := from.In(Shanghai), to.In(Shanghai)
	midnight := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return max(0, int(midnight(last).Sub(midnight(first))/(24*time.Hour)))
}
