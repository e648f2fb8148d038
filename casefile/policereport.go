package casefile

import (
	"fmt"
	"slices"
	"time"
)

// policeTold refuses to end a case whose suspected harm the police have not been told of.
func policeTold(state State) *Refusal {
	owed := state.unreportedHarms()
	if len(owed) == 0 {
		return nil
	}
	what := owed[0].Suspicion
	en, zh := "Law on the Protection of Minors, art. 11", "《未成年人保护法》第十一条"
	if what == SuspectedDomesticViolence {
		en, zh = "Anti-Domestic Violence Law, art. 14", "《反家庭暴力法》第十四条"
	}
	return refuse(RefusedIncomplete, nil,
		fmt.Sprintf("%s is suspected: first recordPoliceReport, or have a second person say why none was due (%s)", Label("Suspicion", string(what), English), en),
		fmt.Sprintf("本案疑似%s，请先“登记报案”，或者由第二人说明无须报案的理由（%s）", Label("Suspicion", string(what), Chinese), zh))
}

func policeOwed(state State, _ Directory) *Refusal {
	if len(state.unreportedHarms()) > 0 {
		return nil
	}
	return refuse(RefusedAlreadyDone, nil, "no report to the police is owed", "没有待办的报案事项")
}

// recordPoliceReport (登记报案) says that the police know, or why they need not. It meets the clock
// by the moment of the report, and lets an end that waited for it come.
func (d *deciding) recordPoliceReport(act RecordPoliceReport) *Refusal {
	act.ReportedAt = instant(act.ReportedAt)
	if refusal := d.checkPoliceReport(act); refusal != nil {
		return refusal
	}
	recorded := PoliceReportRecorded{ReportID: fmt.Sprintf("B%d", len(d.state.PoliceReports)+1), RecordPoliceReport: act}
	date := d.effectiveAt
	if act.NotDue == "" {
		if recorded.ReportedAt.IsZero() {
			recorded.ReportedAt = d.effectiveAt
		}
		if recorded.ReportedByPersonID == "" {
			recorded.ReportedByPersonID = d.command.Actor.PersonID
		}
		date = recorded.ReportedAt
	}
	clock := d.state.policeClock()
	d.emit(recorded)
	if clock != nil {
		d.meetIfOwed(clock, later(date, clock.StartedAt), recorded)
	}
	d.endHeldBack()
	return nil
}

func (d *deciding) checkPoliceReport(act RecordPoliceReport) *Refusal {
	made := act.UnitID != "" || act.Organ != ""
	switch {
	case act.UnitID != "" && act.Organ != "":
		return refuse(RefusedInvalid, at("organ"),
			"organ names police outside the platform; give unitId or organ, not both", "organ 用于平台以外的公安机关，unitId 与 organ 只能填写一项")
	case made == (act.NotDue != ""):
		return refuse(RefusedInvalid, at("notDueReason"),
			"say whom the report went to (unitId or organ), or why none was due (notDueReason), and not both",
			"请填写受理报案的公安机关（unitId 或者 organ），或者填写 notDueReason，且只能填写一项")
	case act.NotDue != "":
		return d.checkNotDue(act)
	}
	return first(d.checkPoliceUnit(act.UnitID), checkCode(act.Reference, 100, at("reference")), d.checkReporter(act))
}

// checkNotDue leaves the word that no report is due to a second person with authority.
func (d *deciding) checkNotDue(act RecordPoliceReport) *Refusal {
	if act.Reference != "" || !act.ReportedAt.IsZero() || act.ReportedByPersonID != "" {
		return refuse(RefusedInvalid, at("notDueReason"), "where no report was due there is none to describe", "无须报案时不填写报案信息")
	}
	actor := d.command.Actor
	if !slices.Contains(notDueDeciders, actor.Role) {
		return refuse(RefusedWrongRole, at("notDueReason"),
			fmt.Sprintf("whether a report is due is for %s to say", labels("Role", notDueDeciders, English)),
			fmt.Sprintf("是否无须报案应由%s认定", labels("Role", notDueDeciders, Chinese)))
	}
	suspects := func(h SuspectedHarm) bool {
		return h.By == actor.PersonID || h.By == "" && d.state.RegisteredBy.PersonID == actor.PersonID
	}
	if d.state.hasHandled(actor.PersonID) || slices.ContainsFunc(d.state.unreportedHarms(), suspects) {
		refusal := samePerson("you handle this case or named the suspicion, so a second person must say that no report was due",
			"您承办本案或者提出该情形，应由第二人认定无须报案")
		refusal.Field = at("notDueReason")
		return refusal
	}
	return nil
}

// notDueDeciders may say that no report to the police is due.
var notDueDeciders = []Role{RoleManager, RoleLeader, RoleSupervisor}

func (d *deciding) checkPoliceUnit(unitID string) *Refusal {
	if unitID == "" {
		return nil
	}
	dir := d.rules.Directory
	unit, ok := dir.Unit(unitID)
	switch {
	case !ok:
		return unknownUnit(unitID, at("unitId"))
	case unit.Kind != UnitPublicSecurity:
		return refuse(RefusedNotCompetent, at("unitId"),
			fmt.Sprintf("%s is a %s; a report goes to %s", unitName(dir, unitID), unit.Kind, UnitPublicSecurity),
			fmt.Sprintf("%s属于%s，应向公安机关报案", unitName(dir, unitID), Label("UnitKind", string(unit.Kind), Chinese)))
	}
	return d.checkMayHold(unitID, at("unitId"))
}

func (d *deciding) checkReporter(act RecordPoliceReport) *Refusal {
	if act.ReportedByPersonID != "" {
		if _, ok := d.rules.Directory.Person(act.ReportedByPersonID); !ok {
			return unknownPerson(act.ReportedByPersonID, at("reportedByPersonId"))
		}
	}
	if act.ReportedAt.IsZero() {
		return nil
	}
	if act.ReportedAt.Before(d.state.ReceivedAt.Add(-longBefore)) {
		return refuse(RefusedInvalid, at("reportedAt"),
			fmt.Sprintf("reportedAt %s is more than a year before receipt, %s", moment(act.ReportedAt), moment(d.state.ReceivedAt)),
			fmt.Sprintf("reportedAt %s 早于收到日期 %s 一年以上", moment(act.ReportedAt), moment(d.state.ReceivedAt)))
	}
	return d.checkPast(act.ReportedAt, at("reportedAt"))
}

// longBefore bounds how long before receipt the police may have been told: it catches a
// mistyped year.
const longBefore = 366 * 24 * time.Hour
