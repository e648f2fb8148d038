package casefile

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// The clocks of an agreement: what was promised, and the window for its confirmation.
const (
	agreementProcedure = "mediation-agreement"
	stepPerformance    = "performance"
)

// PerformanceMade is something of a promise that was performed.
type PerformanceMade struct {
	PerformanceID string            `json:"performanceId"`
	At            time.Time         `json:"at"`
	Amount        *int64            `json:"amount,omitempty"`
	Source        PerformanceSource `json:"source"`
	Note          TextID            `json:"note,omitempty"`
	Complete      bool              `json:"complete,omitempty"`
}

// PerformanceID is the id of the i-th promise of the agreement, unique within the case. In
// records of before promises had one it is made of the mediation's and the place ("M1.1").
func (m Mediation) PerformanceID(i int) string {
	if id := m.Performance[i].ID; id != "" {
		return id
	}
	return fmt.Sprintf("%s.%d", m.ID, i+1)
}

// PerformedAt is when a promise was performed in full: the date of the last thing done of it.
// Zero while some of it is left.
func (m Mediation) PerformedAt(performanceID string) time.Time {
	var last time.Time
	complete := false
	for _, made := range m.Performed {
		if made.PerformanceID == performanceID {
			last, complete = later(last, made.At), complete || made.Complete
		}
	}
	if !complete {
		return time.Time{}
	}
	return last
}

// Paid is what has been paid on a promise, in fen.
func (m Mediation) Paid(performanceID string) int64 {
	var sum int64
	for _, made := range m.Performed {
		if made.PerformanceID == performanceID && made.Amount != nil {
			sum += *made.Amount
		}
	}
	return sum
}

// promise is one thing promised in an agreement that still counts.
type promise struct {
	mediation Mediation
	id        string
	due       PerformanceDue
}

// owed lists the promises of which something is left, in their order. Those of an agreement
// that a later one replaced count no more.
func (s State) owed() []promise {
	var list []promise
	for _, m := range s.Mediations {
		if m.ReplacedBy != "" {
			continue
		}
		for i, due := range m.Performance {
			if id := m.PerformanceID(i); m.PerformedAt(id).IsZero() {
				list = append(list, promise{m, id, due})
			}
		}
	}
	return list
}

// promised finds the promise that an act names, or the only one that is owed.
func (s State) promised(id string) (promise, bool) {
	owed := s.owed()
	if id == "" && len(owed) == 1 {
		return owed[0], true
	}
	i := slices.IndexFunc(owed, func(p promise) bool { return p.id == id })
	if i < 0 {
		return promise{}, false
	}
	return owed[i], true
}

func performanceOwed(state State, _ Directory) *Refusal {
	if len(state.owed()) > 0 {
		return nil
	}
	return refuse(RefusedAlreadyDone, nil,
		"no agreement of this case has anything left to perform", "本案没有尚待履行的协议事项")
}

// recordPerformance records what was performed. Partial payments add up; what completes a
// promise meets its clock on the day of the last of them.
func (d *deciding) recordPerformance(act RecordPerformance) *Refusal {
	if refusal := first(
		checkTerm("PerformanceSource", act.Source, false, at("source")),
		checkAmount(act.Amount, at("amount")),
	); refusal != nil {
		return refusal
	}
	owed, ok := d.state.promised(act.PerformanceID)
	if !ok {
		return d.noSuchPromise(act.PerformanceID)
	}
	made := PerformanceRecorded{
		MediationID: owed.mediation.ID, PerformanceID: owed.id, Amount: act.Amount, Source: act.Source, Note: act.Note, Complete: true,
	}
	if made.Source == "" {
		made.Source = PerformedByParty
	}
	if owed.due.Amount != nil {
		left := *owed.due.Amount - owed.mediation.Paid(owed.id)
		switch {
		case act.Amount == nil:
			made.Amount = &left
		case *act.Amount == 0 && left > 0, *act.Amount > left:
			return refuse(RefusedInvalid, at("amount"),
				fmt.Sprintf("amount %s is not between 0.01 and the %s that is left of %s", yuan(*act.Amount), yuan(left), owed.id),
				fmt.Sprintf("amount %s 不在0.01元至协议事项 %s 的余额 %s 之间", yuan(*act.Amount), owed.id, yuan(left)))
		default:
			made.Complete = *act.Amount == left
		}
	}
	d.emit(made)
	if made.Complete {
		d.meetIfOwed(d.state.promiseClock(owed.id), d.state.mediation(owed.mediation.ID).PerformedAt(owed.id), made)
	}
	return nil
}

func (d *deciding) noSuchPromise(id string) *Refusal {
	if id == "" {
		return required(at("performanceId"))
	}
	for _, m := range d.state.Mediations {
		for i := range m.Performance {
			if m.PerformanceID(i) != id {
				continue
			}
			if m.ReplacedBy != "" {
				return refuse(RefusedAlreadyDone, at("performanceId"),
					fmt.Sprintf("%s belongs to the agreement of %s, which that of %s replaced", id, m.ID, m.ReplacedBy),
					fmt.Sprintf("协议事项 %s 属于调解 %s 的协议，该协议已由调解 %s 的协议代替", id, m.ID, m.ReplacedBy))
			}
			return refuse(RefusedAlreadyDone, at("performanceId"),
				fmt.Sprintf("%s was performed in full on %s", id, day(m.PerformedAt(id))),
				fmt.Sprintf("协议事项 %s 已于 %s 履行完毕", id, day(m.PerformedAt(id))))
		}
	}
	return refuse(RefusedNotFound, at("performanceId"),
		fmt.Sprintf("the case has no promise %s", shown(id)), fmt.Sprintf("本案没有协议事项 %s", shown(id)))
}

// promiseClock is the clock of a promise, or nil.
func (s State) promiseClock(id string) *Deadline { return s.clockOfAnyRound(stepPerformance, id) }

// nextPromises numbers the promises of an agreement on from those of the case.
func (d *deciding) nextPromises(list []PerformanceDue) []PerformanceDue {
	n := 0
	for _, m := range d.state.Mediations {
		n += len(m.Performance)
	}
	numbered := slices.Clone(list)
	for i := range numbered {
		numbered[i].ID = fmt.Sprintf("Y%d", n+i+1)
	}
	return numbered
}

// startPerformance starts the clock of each promise. It is the parties' own and outlives the
// case: the office urges, but nobody is supervised for what a party owes.
func (d *deciding) startPerformance(m Mediation) {
	p, ok := d.rules.law().procedureOn(agreementProcedure, procedure.Date(day(m.AgreedAt)))
	if !ok {
		return
	}
	step, ok := p.Step(stepPerformance)
	if !ok {
		return
	}
	for i, due := range m.Performance {
		rule := clockRule{step: step, procedure: p.Code, from: p.EffectiveFrom, of: m.PerformanceID(i)}
		d.startClockUntil(rule, m.AgreedAt, due.DueOn)
	}
}

// startClockUntil starts a clock whose last day (YYYY-MM-DD) somebody named: an agreement, or
// whoever asks for a reply. It may be the day on which it starts.
func (d *deciding) startClockUntil(rule clockRule, from time.Time, last string) {
	end, err := calendar.ParseDate(last)
	if err != nil {
		return // not reached: checked before it came into the record
	}
	s := rule.step
	clock := Deadline{
		ID: fmt.Sprintf("D%d", len(d.state.Deadlines)+1), Of: rule.of, Step: s.Code,
		Procedure: rule.procedure, ProcedureFrom: string(rule.from), Name: s.Name,
		StartedAt: Instant(from), CountedFrom: s.CountedFrom,
		Length: max(0, calendar.DateOf(from).DaysUntil(end)), Unit: CalendarDays,
		DueAt: Instant(end.End()),
		Owner: s.Owner, Effect: s.OnExpiry.Effect, Citation: citationOf(s.Citation),
		Status: ClockRunning, Round: d.state.Round,
		Explanation: []DeadlineStep{{Date: last, ZH: "约定的届满日，至当日24时", EN: "the day that was named, to its end"}},
	}
	clock.WarnAt = Instant(warnAt(clock, calendar.Due{Day: end, At: clock.DueAt}, d.rules.law().CalendarFor(d.state.Division, d.rules.Directory)))
	d.emitAt(from, DeadlineStarted{clock})
}

// tellOverdue makes the notice of a promise that was not performed on its day (人民调解法 art
// 31 para 2: the committee watches over performance and urges it; art 32: either may sue).
func (d *deciding) tellOverdue(clock Deadline) {
	owed, ok := d.state.promised(clock.Of)
	if !ok {
		return
	}
	d.emitAs(System, clock.DueAt, PerformanceOverdue{
		MediationID: owed.mediation.ID, PerformanceID: owed.id, NoticeID: d.nextNotice(), NoticeParties: d.state.bound(),
	})
}

// bound lists those whom an agreement binds, as far as they can be reached.
func (s State) bound() []string {
	if s.Kind == Petition {
		return s.partiesOf(PartyPetitioner, PartyResponsibleUnit)
	}
	return s.partiesOf(PartyApplicant, PartyRespondent)
}
