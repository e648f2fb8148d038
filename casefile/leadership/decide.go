package leadership

import (
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// Decide answers a command with the events it brings about, numbered on from the state's
// version, or with an error that is a *casefile.Refusal and no event at all. It is a pure
// function.
func Decide(state State, command Command, rules Rules) ([]Event, error) {
	d := &deciding{state: state, command: command, rules: rules, now: casefile.Instant(rules.Now)}
	if refusal := d.decide(); refusal != nil {
		return nil, refusal
	}
	return d.events, nil
}

// deciding is one decision under way: each event is applied as it is made.
type deciding struct {
	state       State
	command     Command
	rules       Rules
	now         time.Time
	effectiveAt time.Time
	events      []Event
}

func (d *deciding) decide() *casefile.Refusal {
	if d.command.Act == nil {
		return refuse(casefile.RefusedRequired, nil, "the command asks for nothing", "命令没有内容")
	}
	name := d.command.Act.actName()
	kind, known := actKinds[name]
	if !known || !kind.Is(d.command.Act) {
		return refuse(casefile.RefusedInvalid, nil, name+" is no command of a package", "包案没有"+name+"这一命令")
	}
	bySystem := d.command.Actor.Role == casefile.RoleSystem
	if kind.system != bySystem {
		return refuse(casefile.RefusedWrongRole, nil,
			"what time and member cases bring about is the system's alone, and it does nothing else",
			"时限到期和成员案件的变化只由系统处理，系统也不代行其他操作")
	}
	if !bySystem && d.command.Actor.PersonID == "" {
		return refuse(casefile.RefusedWrongRole, nil,
			"an act is somebody's: the actor names no person", "操作应由具体人员进行，缺少人员信息")
	}
	d.effectiveAt = d.now
	if kind.first {
		if d.state.Exists() && !kind.system {
			return refuse(casefile.RefusedCaseExists, nil,
				"the package exists already: "+d.state.Number, "包案已存在："+d.state.Number)
		}
		return d.command.Act.decide(d)
	}
	if !d.state.Exists() {
		return refuse(casefile.RefusedNoCase, at("packageId"), "there is no such package", "没有这一包案")
	}
	if bySystem {
		return d.command.Act.decide(d)
	}
	if refusal := first(d.checkVersion(), mayAct(d.state, d.command.Actor, kind, d.rules.Directory), d.checkDate()); refusal != nil {
		return refusal
	}
	return d.command.Act.decide(d)
}

func (d *deciding) checkVersion() *casefile.Refusal {
	expected := d.command.ExpectedVersion
	if expected == nil || *expected == d.state.Version {
		return nil
	}
	return refuse(casefile.RefusedStaleVersion, at("expectedVersion"),
		fmt.Sprintf("the package is at version %d, not %d: read it again", d.state.Version, *expected),
		fmt.Sprintf("包案现为第%d版，不是第%d版，请重新读取", d.state.Version, *expected))
}

// backdatingFree is how far an act may be dated back without a reason.
const backdatingFree = 3 * 24 * time.Hour

// checkDate fixes the legal date of an act: not in the future, not before the package came
// into its status, and more than three days back only with a reason.
func (d *deciding) checkDate() *casefile.Refusal {
	given, floor := d.command.EffectiveAt, d.state.StatusSince
	if given.IsZero() {
		if d.effectiveAt.Before(floor) {
			d.effectiveAt = floor // another machine's clock ran ahead
		}
		return nil
	}
	given = casefile.Instant(given)
	switch {
	case given.After(d.now):
		return refuse(casefile.RefusedInFuture, at("effectiveAt"),
			fmt.Sprintf("effectiveAt %s is in the future; now it is %s", moment(given), moment(d.now)),
			fmt.Sprintf("办理日期%s晚于当前时间%s", moment(given), moment(d.now)))
	case day(given) < day(floor):
		return refuse(casefile.RefusedOutOfOrder, at("effectiveAt"),
			fmt.Sprintf("effectiveAt %s is before the package came into its status, %s", moment(given), moment(floor)),
			fmt.Sprintf("办理日期%s早于包案进入当前状态的日期%s", moment(given), moment(floor)))
	case given.Before(d.now.Add(-backdatingFree)) && d.command.BackdatingReason == "":
		return refuse(casefile.RefusedBackdatingNoReason, at("backdatingReason"),
			moment(given)+" lies more than 3 days back: say why in backdatingReason",
			moment(given)+"距今已超过3日，请填写补录原因")
	}
	d.effectiveAt = given
	if given.Before(floor) {
		d.effectiveAt = floor // within the day, the record's own order holds
	}
	return nil
}

// emit makes an event dated as the act.
func (d *deciding) emit(body Body) { d.emitAs(d.command.Actor, d.effectiveAt, body) }

func (d *deciding) emitAs(actor casefile.Actor, effective time.Time, body Body) {
	e := Event{casefile.EventHeader{
		Seq: d.state.Version + 1, At: d.now, EffectiveAt: casefile.Instant(effective), Actor: actor,
		RequestKey: d.command.RequestKey, InputDigest: d.command.InputDigest, RequestID: d.command.RequestID,
	}, body}
	if len(d.events) == 0 && e.EffectiveAt.Before(d.now.Add(-backdatingFree)) {
		e.BackdatingReason = d.command.BackdatingReason
	}
	d.events = append(d.events, e)
	d.state = Apply(d.state, e)
}
