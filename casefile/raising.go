package casefile

import (
	"fmt"
	"slices"
)

// raise (向上请办) hands the case to the office of the division above. It goes on there in the
// stage that it is in; no clock of the law's notices anything.
func (d *deciding) raise(act RaiseCase) *Refusal {
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	above := officesAbove(d.state, d.rules.Directory)
	to := act.ToUnitID
	if to == "" {
		to = above[0]
	}
	if _, ok := d.rules.Directory.Unit(to); !ok {
		return unknownUnit(to, at("toUnitId"))
	}
	if !slices.Contains(above, to) {
		return refuse(RefusedJurisdiction, at("toUnitId"),
			fmt.Sprintf("%s is no office above %s that this case may be raised to; those are %s", unitName(d.rules.Directory, to),
				unitName(d.rules.Directory, d.state.ResponsibleUnitID), enumerate(d.unitNames(above), English)),
			fmt.Sprintf("%s不是%s可以向上请办的上级单位，可选%s", unitName(d.rules.Directory, to),
				unitName(d.rules.Directory, d.state.ResponsibleUnitID), enumerate(d.unitNames(above), Chinese)))
	}
	d.emit(CaseRaised{FromUnitID: d.state.ResponsibleUnitID, ToUnitID: to, Division: d.divisionAt(to), Reason: act.Reason})
	return nil
}

// returnRaised gives a raised case back to the office below, before anybody has begun with
// it here.
func (d *deciding) returnRaised(act ReturnDispatch) *Refusal {
	raise := d.state.raisedHere()
	if raise == nil || d.command.Actor.UnitID != d.state.ResponsibleUnitID {
		return required(at("dispatchId"))
	}
	if closedTo(d.state.Exclusions, raise.FromUnitID, d.rules.Directory) {
		return refuse(RefusedInterest, nil,
			fmt.Sprintf("%s is kept from this case by now (Regulations on Petition Work, arts. 28 and 30)", unitName(d.rules.Directory, raise.FromUnitID)),
			fmt.Sprintf("%s现应当回避本案（《信访工作条例》第二十八条、第三十条）", unitName(d.rules.Directory, raise.FromUnitID)))
	}
	d.emit(RaisedCaseReturned{FromUnitID: d.state.ResponsibleUnitID, ToUnitID: raise.FromUnitID, Reason: act.Reason})
	return nil
}

func (d *deciding) unitNames(ids []string) []string {
	return each(ids, func(id string) string { return unitName(d.rules.Directory, id) })
}

// officesAbove lists the offices that the case may be raised to, the nearest first: centres
// and petition offices (for a petition these first) of a division above the responsible
// unit's, and for a unit that is none itself, those of its own division. An accusation goes
// from a competent organ to one of the same kind.
func officesAbove(state State, dir Directory) []string {
	unit, ok := dir.Unit(state.ResponsibleUnitID)
	if !ok {
		return nil
	}
	kinds := []UnitKind{UnitCenter, UnitPetitionOffice}
	switch {
	case state.PetitionType == Accusation:
		kinds = []UnitKind{unit.Kind}
	case state.Kind == Petition:
		kinds = []UnitKind{UnitPetitionOffice, UnitCenter}
	}
	from := unit.Division
	if overSubTree(unit.Kind) || state.PetitionType == Accusation {
		from = from.Parent()
	}
	var offices []string
	for division := from; division != ""; division = division.Parent() {
		for _, kind := range kinds {
			for _, above := range dir.UnitsAt(division, kind) {
				if above.ID != unit.ID && !closedTo(state.Exclusions, above.ID, dir) {
					offices = append(offices, above.ID)
				}
			}
		}
	}
	return offices
}

// raisable wants a case that is not answered yet, and an office above it.
func raisable(state State, dir Directory) *Refusal {
	if refusal := notYetDecided(state, dir); refusal != nil {
		return refusal
	}
	if len(state.Raises) >= maxRaises {
		return refuse(RefusedTooLong, nil,
			fmt.Sprintf("the case has been raised %d times, which is the most", maxRaises), fmt.Sprintf("本案已向上请办%d次，达到上限", maxRaises))
	}
	if len(officesAbove(state, dir)) == 0 {
		return refuse(RefusedIncomplete, nil,
			fmt.Sprintf("no office above %s takes this case", unitName(dir, state.ResponsibleUnitID)),
			fmt.Sprintf("%s之上没有可以请办的单位", unitName(dir, state.ResponsibleUnitID)))
	}
	return nil
}

// dispatchable wants a case that is not concluded, with room for one dispatch more.
func dispatchable(state State, dir Directory) *Refusal {
	if len(state.Dispatches) >= maxDispatches {
		return refuse(RefusedTooLong, nil,
			fmt.Sprintf("the case has %d dispatches, which is the most", maxDispatches), fmt.Sprintf("本案已有%d件派单，达到上限", maxDispatches))
	}
	return notYetConcluded(state, dir)
}

// someDispatchToReturn wants something that this actor could send or take back.
func someDispatchToReturn(state State, actor Actor) *Refusal {
	if state.openDispatchAt(actor.UnitID) != nil {
		return nil
	}
	own := actor.UnitID == state.ResponsibleUnitID
	if own && (state.leadOwed() != nil || state.raisedHere() != nil || slices.ContainsFunc(state.Dispatches, Dispatch.Open)) {
		return nil
	}
	return refuse(RefusedIncomplete, nil, "no dispatch waits for an answer", "没有待回复的派单")
}

// raisedFromFreeUnit looks at a raised case with nothing else to send back: the office below
// may have been kept from it since.
func raisedFromFreeUnit(state State, dir Directory) *Refusal {
	raise := state.raisedHere()
	if raise == nil || state.leadOwed() != nil || slices.ContainsFunc(state.Dispatches, Dispatch.Open) ||
		!closedTo(state.Exclusions, raise.FromUnitID, dir) {
		return nil
	}
	return refuse(RefusedInterest, nil,
		fmt.Sprintf("%s is kept from this case by now (Regulations on Petition Work, arts. 28 and 30)", unitName(dir, raise.FromUnitID)),
		fmt.Sprintf("%s现应当回避本案（《信访工作条例》第二十八条、第三十条）", unitName(dir, raise.FromUnitID)))
}
