package casefile

import (
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

const (
	confirmationProcedure = "judicial-confirmation"
	stepApplication       = "application"
)

// Confirmation (司法确认) is how far the confirmation of an agreement by a court has come.
type Confirmation struct {
	ID          string             `json:"id"` // unique within the case ("J1")
	Result      ConfirmationResult `json:"result"`
	AppliedAt   time.Time          `json:"appliedAt"`
	RuledAt     time.Time          `json:"ruledAt,omitzero"`
	CourtUnitID string             `json:"courtUnitId,omitempty"`
}

// ConfirmedAt is when a court confirmed the agreement; zero where none has.
func (m Mediation) ConfirmedAt() time.Time {
	if m.Confirmation == nil || m.Confirmation.Result != ConfirmationConfirmed {
		return time.Time{}
	}
	return m.Confirmation.RuledAt
}

// confirmableAgreement is the written agreement that an act names, or the last one: one that
// still stands and on which no court has ruled.
func (s State) confirmableAgreement(id string) (Mediation, bool) {
	for i := len(s.Mediations) - 1; i >= 0; i-- {
		m := s.Mediations[i]
		if m.Outcome == MediationAgreementWritten && m.ReplacedBy == "" && (id == "" || m.ID == id) &&
			(m.Confirmation == nil || m.Confirmation.RuledAt.IsZero()) {
			return m, true
		}
	}
	return Mediation{}, false
}

func confirmationOpen(state State, _ Directory) *Refusal {
	if _, ok := state.confirmableAgreement(""); ok {
		return nil
	}
	return refuse(RefusedIncomplete, nil,
		"the case has no written agreement that waits for a court's ruling", "本案没有可以申请司法确认的书面调解协议")
}

// recordConfirmation records the application or the ruling. What happened late, or on a
// matter that a court ought not to confirm, is recorded like anything else: the court
// answers it, not this record.
func (d *deciding) recordConfirmation(act RecordConfirmation) *Refusal {
	if refusal := checkTerm("ConfirmationResult", act.Result, true, at("result")); refusal != nil {
		return refusal
	}
	m, ok := d.state.confirmableAgreement(act.MediationID)
	if !ok {
		return refuse(RefusedNotFound, at("mediationId"),
			fmt.Sprintf("the case has no written agreement of mediation %s that waits for a court's ruling", shown(act.MediationID)),
			fmt.Sprintf("调解 %s 没有可以申请司法确认的书面协议", shown(act.MediationID)))
	}
	if refusal := d.checkCourt(act.CourtUnitID); refusal != nil {
		return refusal
	}
	applied, refusal := d.appliedOn(m, act)
	if refusal != nil {
		return refusal
	}
	recorded := ConfirmationRecorded{
		MediationID: m.ID, ConfirmationID: d.confirmationID(m), Result: act.Result, AppliedAt: applied, CourtUnitID: act.CourtUnitID,
	}
	if recorded.CourtUnitID == "" && m.Confirmation != nil {
		recorded.CourtUnitID = m.Confirmation.CourtUnitID
	}
	d.emit(recorded)
	d.meetIfOwed(d.state.clockOfAnyRound(stepApplication, m.ID), applied, recorded)
	if m.Confirmation == nil {
		if rule, ok := d.rule(confirmationProcedure, StepHandling, applied); ok {
			d.startClock(rule.belongingTo(recorded.ConfirmationID), applied)
		}
	}
	if act.Result != ConfirmationApplied {
		d.meetIfOwed(d.state.clockOfAnyRound(StepHandling, recorded.ConfirmationID), d.effectiveAt, recorded)
	}
	return nil
}

// appliedOn is the day of the application: what was recorded of it before, or what the act
// says. A ruling doesn't come before it, nor it before the agreement took effect.
func (d *deciding) appliedOn(m Mediation, act RecordConfirmation) (time.Time, *Refusal) {
	given := instant(act.AppliedAt)
	if m.Confirmation != nil {
		if act.Result == ConfirmationApplied {
			return time.Time{}, refuse(RefusedAlreadyDone, at("result"),
				fmt.Sprintf("the application of %s has been recorded", day(m.Confirmation.AppliedAt)),
				fmt.Sprintf("%s 的司法确认申请已登记", day(m.Confirmation.AppliedAt)))
		}
		given = m.Confirmation.AppliedAt
	}
	if given.IsZero() {
		if act.Result != ConfirmationApplied {
			return time.Time{}, required(at("appliedAt"))
		}
		return d.effectiveAt, nil
	}
	if refusal := d.checkBetween(given, m.effectiveOn(), Term{EN: "the agreement took effect", ZH: "协议生效日期"}, "appliedAt"); refusal != nil {
		return time.Time{}, refusal
	}
	if earlierDay(d.effectiveAt, given) {
		return time.Time{}, refuse(RefusedOutOfOrder, at("effectiveAt"),
			fmt.Sprintf("effectiveAt %s is before the application, %s", day(d.effectiveAt), day(given)),
			fmt.Sprintf("effectiveAt %s 早于申请日期 %s", day(d.effectiveAt), day(given)))
	}
	return given, nil
}

// effectiveOn is when the agreement took effect; in records of before that was kept, when
// the mediation ended.
func (m Mediation) effectiveOn() time.Time {
	if m.AgreedAt.IsZero() {
		return m.ConcludedAt
	}
	return m.AgreedAt
}

func (d *deciding) confirmationID(m Mediation) string {
	if m.Confirmation != nil {
		return m.Confirmation.ID
	}
	n := 1
	for _, other := range d.state.Mediations {
		if other.Confirmation != nil {
			n++
		}
	}
	return fmt.Sprintf("J%d", n)
}

// checkCourt wants a court where a unit is named.
func (d *deciding) checkCourt(unitID string) *Refusal {
	if unitID == "" {
		return nil
	}
	unit, ok := d.rules.Directory.Unit(unitID)
	if !ok {
		return unknownUnit(unitID, at("courtUnitId"))
	}
	if unit.Kind != UnitCourt {
		return refuse(RefusedInvalid, at("courtUnitId"),
			fmt.Sprintf("%s is no court", unitName(d.rules.Directory, unitID)),
			fmt.Sprintf("%s不是人民法院", unitName(d.rules.Directory, unitID)))
	}
	return nil
}

// openConfirmation starts the window in which the parties may ask a court to confirm their
// written agreement (人民调解法 art 33, 民事诉讼法 art 205), unless it is on a matter that no
// court confirms.
func (d *deciding) openConfirmation(m Mediation) {
	p, ok := d.rules.law().procedureOn(confirmationProcedure, procedure.Date(day(m.AgreedAt)))
	if !ok || p.Excludes.Category(d.state.Category) || m.CourtStage != "" && m.CourtStage != CourtPreFiling {
		return // once a court has filed the case, it ends it by its own document (特邀调解规定 art 20)
	}
	if rule, ok := clockRuleOf(p, stepApplication); ok {
		d.startClock(rule.belongingTo(m.ID), m.AgreedAt)
	}
}
