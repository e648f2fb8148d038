package casefile

import (
	"fmt"
	"slices"
)

// An accused party who works in the system is named by person or unit. Where a name alone
// is given, nobody can tell whom the accusation must be kept from: it stays with the head of
// the office that received it, who picks the person or unit, or confirms that it is nobody
// of ours (信访工作条例 arts 30, 46(五)). Meanwhile nobody else sees it, and it goes nowhere.

// unidentified reports whether a party is accused by name alone.
func (p Party) unidentified() bool {
	return p.Role == PartyAccused && p.PersonID == "" && p.UnitID == "" && !p.Outsider
}

func anyUnidentified(parties []Party) bool { return slices.ContainsFunc(parties, Party.unidentified) }

// held reports whether an accusation waits for the head to say who the accused is.
func (s State) held() bool {
	return s.PetitionType == Accusation && s.Stage == StageAcceptance && anyUnidentified(s.Parties)
}

// headOf returns the post of a unit's head: its leader, or its manager where it has no
// leader. False means that whoever holds the post is kept from the case; a vacant post waits.
func headOf(unitID string, exclusions []Exclusion, dir Directory) (RoleAt, bool) {
	vacant := true
	for _, role := range []Role{RoleLeader, RoleManager} {
		for _, person := range dir.Holders(role, unitID) {
			if !ExcludesPerson(exclusions, person.ID, person.Roles, dir) {
				return RoleAt{role, unitID}, true
			}
			vacant = false
		}
	}
	return RoleAt{RoleLeader, unitID}, vacant
}

// closedTo reports whether a case must not lie with a unit: it is accused, lies below an
// accused one, or has no head who may know of the case.
func closedTo(exclusions []Exclusion, unitID string, dir Directory) bool {
	if len(exclusions) == 0 {
		return false
	}
	if ExcludesUnit(exclusions, unitID, dir) {
		return true
	}
	_, free := headOf(unitID, exclusions, dir)
	return !free
}

// whileHeld are the acts by which the head finds out who the accused is, answers where that
// takes too long, and does what cannot wait.
var whileHeld = []string{
	"AddNote", "AttachDocument", "AmendCase", "AcknowledgeSupervision", "ReplySupervision", "FlagUrgent", "AcknowledgeUrgent", "ReportUrgent",
	"RecordPoliceReport",
	"ReportRetaliation",
}

// checkHeld keeps everybody but the head from a held case, and the head from sending it on.
func checkHeld(state State, actor Actor, act string, dir Directory) *Refusal {
	if !state.held() {
		return nil
	}
	if !isHead(state, actor, dir) {
		return refuse(RefusedWrongRole, nil,
			fmt.Sprintf("until it is known who is accused, only the head of %s acts on this case", unitName(dir, state.ResponsibleUnitID)),
			fmt.Sprintf("被检举控告人身份核实之前，本案只由%s主要负责人处理", unitName(dir, state.ResponsibleUnitID)))
	}
	if slices.Contains(whileHeld, act) {
		return nil
	}
	return refuse(RefusedIncomplete, nil,
		"say first who is accused: amend the party with its personId or unitId, or as an outsider",
		"请先核实被检举控告人：补充对应的人员或单位，或者确认其不属于本系统人员和单位")
}

func isHead(state State, actor Actor, dir Directory) bool {
	head, free := headOf(state.ResponsibleUnitID, state.Exclusions, dir)
	return free && actor.Role == head.Role && actor.UnitID == head.UnitID
}

// checkOutsider refuses the confirmation that a party is nobody of ours where it says nothing.
func checkOutsider(party Party, field []string) *Refusal {
	if !party.Outsider || (party.Role == PartyAccused && party.PersonID == "" && party.UnitID == "") {
		return nil
	}
	return refuse(RefusedInvalid, within(field, "outsider"),
		"only an accused party without personId and unitId is confirmed as an outsider",
		"只有未对应人员或单位的被检举控告人才能确认为非本系统人员")
}

// checkOutsidersAtIntake leaves that confirmation to the head.
func checkOutsidersAtIntake(parties []Party) *Refusal {
	for i, party := range parties {
		if party.Outsider {
			return refuse(RefusedInvalid, at("parties", i, "outsider"),
				"the head of the receiving office confirms that, by amendCase",
				"是否属于本系统人员，由受理单位主要负责人通过更正登记确认")
		}
	}
	return nil
}

// checkAccused refuses an amendment by which somebody accused would no longer be known, or
// that names somebody new by name alone after the case left the hands of the head; and
// leaves the confirmation of an outsider to the head.
func (d *deciding) checkAccused(changed []Party) *Refusal {
	for i, party := range changed {
		was := d.state.party(party.ID)
		switch {
		case party.Outsider && (was == nil || !was.Outsider) && !isHead(d.state, d.command.Actor, d.rules.Directory):
			return refuse(RefusedWrongRole, at("parties", i, "outsider"),
				fmt.Sprintf("only the head of %s confirms that somebody is an outsider", unitName(d.rules.Directory, d.state.ResponsibleUnitID)),
				fmt.Sprintf("只有%s主要负责人可以确认其不属于本系统人员和单位", unitName(d.rules.Directory, d.state.ResponsibleUnitID)))
		case !party.unidentified():
		case was != nil && was.Role == PartyAccused && !was.unidentified(), d.state.Stage != StageAcceptance:
			return refuse(RefusedRequired, at("parties", i, "personId"),
				"say who is accused: personId, unitId, or outsider", "请填写被检举控告人对应的人员或单位，或者确认其不属于本系统人员和单位")
		}
	}
	return nil
}
