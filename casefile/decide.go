package casefile

import (
	"fmt"
	"time"
)

// Decide answers a command with the events it brings about, numbered on from the state's
// version, or with an error that is a *Refusal and no event at all. It is a pure function:
// the same state, command and rules give the same events.
//
// PassTime with nothing due answers no events and no error; so does ReportRetaliation, which
// is told in a record of its own, and ResumeEnd where no end waits.
func Decide(state State, command Command, rules Rules) ([]Event, error) {
	d := &deciding{state: state, command: command, rules: rules, now: Instant(rules.Now)}
	if refusal := d.decide(); refusal != nil {
		return nil, spoken(refusal)
	}
	return d.events, nil
}

// deciding is one decision under way: each event is applied as it is made, so that what
// follows sees what came before.
type deciding struct {
	state   State
	command Command
	rules   Rules
	now     time.Time
	// effectiveAt is the legal date of the act, checked before any event is made.
	effectiveAt time.Time
	events      []Event
	// papers are the documents that come with a registration; the state has none of them yet.
	papers []string
}

func (d *deciding) decide() *Refusal {
	if d.command.Act == nil {
		return refuse(RefusedRequired, nil, "the command asks for nothing", "命令没有内容")
	}
	name := d.command.Act.actName()
	kind, known := actKinds[name]
	if !known || !kind.Is(d.command.Act) {
		return refuse(RefusedInvalid, nil,
			fmt.Sprintf("%s is no command of a case", name), fmt.Sprintf("案件没有 %s 这一命令", name))
	}
	if kind.system || d.command.Actor.Role == RoleSystem {
		return d.decideSystem(kind.system)
	}
	if d.command.Actor.PersonID == "" {
		return refuse(RefusedWrongRole, nil,
			"an act is somebody's: the actor names no person", "操作应由具体人员进行，缺少人员信息")
	}
	if kind.first {
		return d.command.Act.decide(d)
	}
	if refusal := d.checkExists(); refusal != nil {
		return refusal
	}
	if refusal := d.checkVersion(); refusal != nil {
		return refusal
	}
	d.command.Actor = standingIn(d.state, d.command.Actor, d.rules.Directory)
	if refusal := mayAct(d.state, d.command.Actor, d.command.Act.actName(), d.rules.Directory); refusal != nil {
		return refusal
	}
	if refusal := checkEndHeld(d.command.Act.actName(), d.rules); refusal != nil {
		return refusal
	}
	if refusal := d.checkDate(); refusal != nil {
		return refusal
	}
	if refusal := d.command.Act.decide(d); refusal != nil {
		return refusal
	}
	d.followCase()
	return nil
}

// decideSystem keeps the system and people apart: only the system does what time or another
// aggregate brings about, and it does nothing else.
func (d *deciding) decideSystem(itsOwn bool) *Refusal {
	if !itsOwn || d.command.Actor.Role != RoleSystem {
		return refuse(RefusedWrongRole, nil,
			"time passes by the system alone, and the system does nothing else",
			"时限到期只由系统处理，系统也不代行其他操作")
	}
	if refusal := d.checkExists(); refusal != nil {
		return refusal
	}
	d.effectiveAt = d.now
	return d.command.Act.decide(d)
}

func (d *deciding) checkExists() *Refusal {
	if d.state.Exists() {
		return nil
	}
	return refuse(RefusedNoCase, at("caseId"), "there is no such case", "没有这一案件")
}

func (d *deciding) checkVersion() *Refusal {
	expected := d.command.ExpectedVersion
	if expected == nil || *expected == d.state.Version {
		return nil
	}
	return refuse(RefusedStaleVersion, at("expectedVersion"),
		fmt.Sprintf("the case is at version %d, not %d: read it again", d.state.Version, *expected),
		fmt.Sprintf("案件现为第 %d 版，不是第 %d 版，请重新读取", d.state.Version, *expected))
}

// emit makes an event dated as the act.
func (d *deciding) emit(body Body) { d.emitAs(d.command.Actor, d.effectiveAt, body) }

// emitAt makes an event with a legal date of its own.
func (d *deciding) emitAt(effective time.Time, body Body) {
	d.emitAs(d.command.Actor, effective, body)
}

func (d *deciding) emitAs(actor Actor, effective time.Time, body Body) {
	actor.standsInFor = "" // whose act it is, is the record's; for whom, the directory's
	e := Event{EventHeader{
		Seq: d.state.Version + 1, At: d.now, EffectiveAt: Instant(effective), Actor: actor,
		RequestKey: d.command.RequestKey, InputDigest: d.command.InputDigest, RequestID: d.command.RequestID,
	}, body}
	// The reason stands on the act itself, which comes first; what follows from it follows.
	if len(d.events) == 0 && d.isBackdated(e.EffectiveAt) {
		e.BackdatingReason = d.command.BackdatingReason
	}
	d.events = append(d.events, e)
	d.state = Apply(d.state, e)
}
