package casefile

// DeferCase (缓办) asks to put the case off until a day. No statutory clock stands still for
// it.
type DeferCase struct {
	// Until is the day (YYYY-MM-DD, Asia/Shanghai) on which the case is taken up again.
	Until  string `json:"until"`
	Reason TextID `json:"reason"`
}

// DecideDeferral approves or refuses the deferral that was asked for.
type DecideDeferral struct {
	Approved bool   `json:"approved"`
	Reason   TextID `json:"reason,omitempty"` // required where it is refused
}

// TakeUpCase ends a deferral: the case is worked on again.
type TakeUpCase struct{}

func (DeferCase) actName() string      { return "DeferCase" }
func (DecideDeferral) actName() string { return "DecideDeferral" }
func (TakeUpCase) actName() string     { return "TakeUpCase" }

func (a DeferCase) decide(d *deciding) *Refusal      { return d.deferCase(a) }
func (a DecideDeferral) decide(d *deciding) *Refusal { return d.decideDeferral(a) }

func (TakeUpCase) decide(d *deciding) *Refusal {
	d.emit(CaseTakenUp{})
	return nil
}

// deferralActs are the acts of putting a case off.
var deferralActs = []actKind{
	actOf[DeferCase](actRule{
		stages: openStages,
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}, handler: true},
		ready:  notDeferred,
	}),
	actOf[DecideDeferral](actRule{
		stages: openStages,
		who: authority{
			own:         []Role{RoleManager, RoleLeader},
			supervising: []Role{RoleManager, RoleLeader, RoleSupervisor},
			above:       []Role{RoleManager, RoleLeader, RoleSupervisor},
		},
		apart: apartFromDeferring,
		ready: deferralAsked,
	}),
	actOf[TakeUpCase](actRule{
		stages: openStages,
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}, handler: true},
		ready:  deferred,
	}),
}
