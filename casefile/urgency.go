package casefile

import "time"

// urgentProcedure has the clocks of an urgent case; StepUrgentReport is that of the first
// report (紧急信息首报), counted in hours.
const (
	urgentProcedure  = "urgent-case"
	StepUrgentReport = "urgent-report"
)

// Urgency (重大紧急) is why a case cannot wait, who was told of it, and what was reported. It
// is the latest of a case: the record keeps those before.
type Urgency struct {
	ID     string        `json:"id"` // unique within the case ("G5")
	Ground UrgencyGround `json:"ground"`
	// Reason is why, where somebody wrote it down.
	Reason TextID `json:"reason,omitempty"`
	// Since is the moment from which its clock is counted.
	Since     time.Time `json:"since"`
	FlaggedBy string    `json:"flaggedBy,omitempty"`
	// ToldFor is the responsible unit around which everybody was told; empty while it isn't
	// known whom the case accuses, and its head alone knows of it.
	ToldFor string          `json:"toldFor,omitempty"`
	Told    []UrgencyNotice `json:"told,omitempty"`
	// ReportedBefore says that the first report was made in a case that was merged into this one.
	ReportedBefore bool `json:"reportedBefore,omitempty"`
	// Reports (首报、续报) say what was done, the first one first.
	Reports []UrgencyReport `json:"reports,omitempty"`
	// LiftedAt is set where it was a mistake, or is over, by a second person's word.
	LiftedAt   time.Time `json:"liftedAt,omitzero"`
	LiftedBy   string    `json:"liftedBy,omitempty"`
	LiftReason TextID    `json:"liftReason,omitempty"`
}

// UrgencyNotice is one unit that was told, and its word that it knows.
type UrgencyNotice struct {
	UnitID         string           `json:"unitId"`
	As             UrgencyRecipient `json:"as"`
	ToldAt         time.Time        `json:"toldAt,omitzero"`
	AcknowledgedBy string           `json:"acknowledgedBy,omitempty"`
	AcknowledgedAt time.Time        `json:"acknowledgedAt,omitzero"`
}

// UrgencyReport is one report of what was done.
type UrgencyReport struct {
	ReportedBy string    `json:"reportedBy"`
	ReportedAt time.Time `json:"reportedAt"`
	Measures   TextID    `json:"measures"`
}

// inForce reports whether the case is urgent still; nil never is.
func (u *Urgency) inForce() bool { return u != nil && u.LiftedAt.IsZero() }

// owed reports whether nobody has reported yet what was done.
func (u *Urgency) owed() bool { return u.inForce() && len(u.Reports) == 0 && !u.ReportedBefore }

// unitsToldUnanswered are the units that were told of an urgent case and have not said yet
// that they know.
func (s State) unitsToldUnanswered() []string {
	if !s.Urgency.inForce() {
		return nil
	}
	var units []string
	for _, told := range s.Urgency.Told {
		if told.AcknowledgedAt.IsZero() {
			units = append(units, told.UnitID)
		}
	}
	return units
}

// urgentClock is the clock of the first report, or nil.
func (s State) urgentClock() *Deadline {
	if s.Urgency == nil {
		return nil
	}
	return s.clockOfAnyRound(StepUrgentReport, s.Urgency.ID)
}

// reported refuses to end a case of which something urgent has still to be reported, or
// suspected harm to be told the police: no stage hides it.
func reported(state State) *Refusal { return first(urgentReported(state), policeTold(state)) }

func urgentReported(state State) *Refusal {
	if !state.Urgency.owed() {
		return nil
	}
	return refuse(RefusedIncomplete, nil,
		"the case is urgent and nobody has reported what was done: reportUrgent first (Regulations on Petition Work, art. 25)",
		"本案列为重大紧急，尚未报送紧急信息，请先“报送紧急信息”（《信访工作条例》第二十五条）")
}

// mayBeVerified is ready where an end waits for its second person, and nothing is left to
// report. A merged case takes what it owes along.
func mayBeVerified(state State, dir Directory) *Refusal {
	if state.endWaits() {
		return reported(state)
	}
	if refusal := notYetVerified(state, dir); refusal != nil {
		return refusal
	}
	if state.Pending != nil && state.Pending.End == StageMerged {
		return nil
	}
	return reported(state)
}

// endHeldBack completes the end that waited for this alone.
func (d *deciding) endHeldBack() {
	if d.endHeld() {
		return
	}
	date := later(d.now, d.state.StageSince)
	switch d.state.Stage {
	case StageVerification:
		if pending := d.state.Pending; pending.Verified {
			if notice := d.state.notice(pending.NoticeID); notice == nil || notice.Served() {
				d.end(date)
			}
		}
	case StageEvaluation:
		if len(d.state.toAsk()) == 0 {
			d.meetClock(StepEvaluation, date, CaseClosed{})
			d.evaluated(System, date)
		}
	case StageReview, StageReReview:
		if open := d.state.openReview(); open.Outcome != "" && open.From == StageClosed && d.state.notice(open.NoticeID).Served() {
			d.concludeReview(*open, date)
		}
	}
}
