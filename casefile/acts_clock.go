package casefile

import "github.com/tiaochu/tiaochu/casefile/procedure"

// SuspendClock stops counting a deadline for a reason that its procedure knows. EffectiveAt
// is the first day that is not counted.
type SuspendClock struct {
	DeadlineID string          `json:"deadlineId"`
	Reason     procedure.Pause `json:"reason"`
	// Until is the last day (YYYY-MM-DD) that the pause is expected to take, or empty.
	Until string `json:"until,omitempty"`
	Note  TextID `json:"note,omitempty"`
}

// ResumeClock counts a suspended deadline on. EffectiveAt is the first day that is counted
// again; the days between were not, however many were expected.
type ResumeClock struct {
	DeadlineID string `json:"deadlineId"`
}

// RequestExtension asks for more time on a deadline, before it has run out.
type RequestExtension struct {
	DeadlineID string  `json:"deadlineId"`
	Length     int     `json:"length"`
	Unit       DayUnit `json:"unit"`
	Reason     TextID  `json:"reason"`
}

// DecideExtension grants or refuses the extension that was asked for; never by who asked.
type DecideExtension struct {
	DeadlineID string `json:"deadlineId"`
	Approved   bool   `json:"approved"`
	Reason     TextID `json:"reason,omitempty"` // needed where it is refused
}

func (SuspendClock) actName() string     { return "SuspendClock" }
func (ResumeClock) actName() string      { return "ResumeClock" }
func (RequestExtension) actName() string { return "RequestExtension" }
func (DecideExtension) actName() string  { return "DecideExtension" }

func (a SuspendClock) decide(d *deciding) *Refusal     { return d.suspendClock(a) }
func (a ResumeClock) decide(d *deciding) *Refusal      { return d.resumeClock(a) }
func (a RequestExtension) decide(d *deciding) *Refusal { return d.requestExtension(a) }
func (a DecideExtension) decide(d *deciding) *Refusal  { return d.decideExtension(a) }

var clockHands = authority{
	own: []Role{RoleClerk, RoleManager, RoleLeader}, handler: true, mediator: true,
}

// suspending may stop a clock and let it go on: who works on the case, or on its review.
var suspending = authority{
	own: clockHands.own, handler: true, mediator: true, reviewing: reviewingHands,
}

// clockActs are the acts that stop, continue and lengthen clocks.
var clockActs = []actKind{
	actOf[SuspendClock](actRule{who: suspending, may: someOwnClock(pausable), ready: someClock(pausable)}),
	actOf[ResumeClock](actRule{who: suspending, may: someOwnClock(paused), ready: someClock(paused)}),
	actOf[RequestExtension](actRule{who: clockHands, may: someOwnClock(extendable), ready: someClock(extendable)}),
	actOf[DecideExtension](actRule{
		who: authority{
			own:         []Role{RoleManager, RoleLeader},
			supervising: []Role{RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
		},
		may: approving,
	}),
}
