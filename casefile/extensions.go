package casefile

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// requestExtension asks for more time, as often and as long as the step's data allow, before
// the clock has run out.
func (d *deciding) requestExtension(act RequestExtension) *Refusal {
	clock, refusal := d.namedClock(act.DeadlineID)
	if refusal != nil {
		return refusal
	}
	if refusal := checkOwnClock(d.state, *clock, d.command.Actor); refusal != nil {
		return refusal
	}
	if refusal := first(
		checkTerm("DayUnit", act.Unit, true, at("unit")),
		requireValue(act.Reason, "reason"),
		extendable(*clock),
	); refusal != nil {
		return refusal
	}
	if !clock.OnTime(d.effectiveAt) || !clock.OnTime(d.now) && d.command.EffectiveAt.IsZero() {
		return tooLate(*clock)
	}
	allowed, refusal := checkExtension(*clock, act)
	if refusal != nil {
		return refusal
	}
	d.emit(ExtensionRequested{DeadlineID: clock.ID, Step: clock.Step, Extension: ClockExtension{
		Length: act.Length, Unit: act.Unit, Reason: act.Reason, Approver: allowed.Approver,
		RequestedBy: d.command.Actor.PersonID, RequestedAt: d.effectiveAt,
	}})
	return nil
}

// checkExtension finds the kind of extension that is open and refuses one that is too many
// or too long.
func checkExtension(clock Deadline, act RequestExtension) (procedure.Extension, *Refusal) {
	allowed, _ := clock.nextExtension()
	unit := string(allowed.Unit)
	if unit == "" {
		unit = string(clock.Unit)
	}
	if string(act.Unit) != unit {
		return allowed, refuse(RefusedInvalid, at("unit"),
			fmt.Sprintf("unit %s doesn't fit: this step is extended in %s (%s)", act.Unit, unit, cited(clock, English)),
			fmt.Sprintf("unit %s 不适用：该时限以%s延长（%s）", Label("DayUnit", string(act.Unit), Chinese), Label("DayUnit", unit, Chinese), cited(clock, Chinese)))
	}
	longest := clock.longestExtension()
	if act.Length < 1 || act.Length > longest {
		return allowed, refuse(RefusedInvalid, at("length"),
			fmt.Sprintf("length %d is not between 1 and %d %s, what is left of this step's extension (%s)",
				act.Length, longest, unit, cited(clock, English)),
			fmt.Sprintf("length %d 不在1至%d之间：该时限还可延长的长度以%s计（%s）",
				act.Length, longest, Label("DayUnit", unit, Chinese), cited(clock, Chinese)))
	}
	return allowed, nil
}

// unboundedExtension bounds an agreement of the parties that knows no other bound, in its unit.
const unboundedExtension = 180

// longestExtension is how much more may be granted now, in the unit of the open kind.
func (d Deadline) longestExtension() int {
	kind, open := d.nextExtension()
	if !open {
		return 0
	}
	unit := DayUnit(kind.Unit)
	if unit == "" {
		unit = d.Unit
	}
	longest := kind.MaxLength
	if kind.MaxTotal > 0 {
		if left := kind.MaxTotal - d.grantedLength(unit); longest == 0 || left < longest {
			longest = max(left, 0)
		}
		return longest
	}
	if longest == 0 {
		return unboundedExtension
	}
	return longest
}

// grantedLength sums what has been granted in a unit.
func (d Deadline) grantedLength(unit DayUnit) int {
	sum := 0
	for _, extension := range d.Extensions {
		if extension.Approved != nil && *extension.Approved && extension.Unit == unit {
			sum += extension.Length
		}
	}
	return sum
}

// decideExtension grants or refuses, by the approver whom the step's data name and never by
// who asked. What is granted moves the due day from then on and tells the parties where the
// step wants that.
func (d *deciding) decideExtension(act DecideExtension) *Refusal {
	clock, refusal := d.namedClock(act.DeadlineID)
	if refusal != nil {
		return refusal
	}
	if refusal := undecided(*clock); refusal != nil {
		return refusal
	}
	asked := *clock.undecided()
	if refusal := checkApprover(d.state, *clock, asked, d.command.Actor); refusal != nil {
		return refusal
	}
	if earlierDay(d.effectiveAt, asked.RequestedAt) {
		return refuse(RefusedOutOfOrder, at("effectiveAt"),
			fmt.Sprintf("effectiveAt %s is before the request, %s", day(d.effectiveAt), day(asked.RequestedAt)),
			fmt.Sprintf("effectiveAt %s 早于申请日期 %s", day(d.effectiveAt), day(asked.RequestedAt)))
	}
	decided := ExtensionDecided{DeadlineID: clock.ID, Step: clock.Step, Approved: act.Approved, Reason: act.Reason}
	if !act.Approved {
		if refusal := requireValue(act.Reason, "reason"); refusal != nil {
			return refusal
		}
		d.emit(decided)
		return nil
	}
	if !clock.OnTime(d.effectiveAt) {
		return tooLate(*clock)
	}
	next := *clock
	next.Extensions = slices.Clone(clock.Extensions)
	next.undecided().Approved = &decided.Approved
	if refusal := checkCountable(next); refusal != nil {
		return refusal
	}
	counted := d.recounted(next)
	decided.Counted = &counted
	if kind, ok := clock.nextExtension(); ok && kind.TellParties {
		if decided.NoticeParties = d.state.initiators(); len(decided.NoticeParties) > 0 {
			decided.NoticeID = d.nextNotice()
			decided.Says, decided.NoticeReason = extensionText(*clock, asked, counted.DueAt), asked.Reason
		}
	}
	d.emit(decided)
	return nil
}

// extensionText tells which time was lengthened, by how much and until when.
func extensionText(clock Deadline, granted ClockExtension, due time.Time) procedure.Text {
	unit := string(granted.Unit)
	return procedure.Text{
		EN: fmt.Sprintf("The time for “%s” is lengthened by %d %s and now ends on %s (%s).", clock.Label(English),
			granted.Length, Label("DayUnit", unit, English), day(due), cited(clock, English)),
		ZH: fmt.Sprintf("“%s”的期限延长%d%s，至%s止（%s）。", clock.Label(Chinese),
			granted.Length, Label("DayUnit", unit, Chinese), day(due), cited(clock, Chinese)),
	}
}

// checkCountable refuses what no calendar can count.
func checkCountable(clock Deadline) *Refusal {
	if _, err := calendar.Shipped().Due(periodOf(clock)); err != nil {
		return refuse(RefusedInvalid, at("length"), err.Error(), "延长后的期限无法计算："+err.Error())
	}
	return nil
}

// checkApprover lets the step's approver decide: a head of the responsible unit, or somebody
// at the unit that supervises it or over it. Where the parties agree among themselves, the
// unit's head takes their agreement down.
func checkApprover(state State, clock Deadline, asked ClockExtension, actor Actor) *Refusal {
	if actor.PersonID == asked.RequestedBy {
		return refuse(RefusedSamePerson, at("deadlineId"),
			fmt.Sprintf("you asked for this extension of clock %s yourself, so another person must decide it (%s)", clock.ID, cited(clock, English)),
			fmt.Sprintf("时限 %s 的延长由您申请，应由他人批准（%s）", clock.ID, cited(clock, Chinese)))
	}
	own := actor.UnitID == state.ResponsibleUnitID
	if own != (asked.Approver == procedure.ApproverSuperiorOrgan) {
		return nil
	}
	approver := procedure.Label("Approver", string(asked.Approver))
	return refuse(RefusedJurisdiction, at("deadlineId"),
		fmt.Sprintf("this extension of clock %s is decided by %s (%s)", clock.ID, approver.EN, cited(clock, English)),
		fmt.Sprintf("时限 %s 的延长应由%s批准（%s）", clock.ID, approver.ZH, cited(clock, Chinese)))
}

// approving wants an extension that this actor may decide.
func approving(state State, actor Actor) *Refusal {
	refusal := refuse(RefusedIncomplete, nil, "no extension of this case waits for a decision", "本案没有待批的延长申请")
	for _, clock := range state.Deadlines {
		if undecided(clock) != nil {
			continue
		}
		if refusal = checkApprover(state, clock, *clock.undecided(), actor); refusal == nil {
			return nil
		}
	}
	return refusal
}
