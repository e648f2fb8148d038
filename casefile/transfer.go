package casefile

import (
	"fmt"
	"slices"
)

// handlingUnits can take a case over. Courts, arbitration and the like take referrals, and
// a leading body takes packages.
var handlingUnits = []UnitKind{
	UnitCenter, UnitPetitionOffice, UnitMediationCommittee, UnitIndustryCommittee, UnitJusticeOffice,
	UnitBureau, UnitTownshipGovernment, UnitPublicSecurity, UnitProcuratorate, UnitDiscipline,
}

// accusationUnits can take over an accusation (信访工作条例 art 30).
var accusationUnits = []UnitKind{UnitDiscipline, UnitProcuratorate, UnitPublicSecurity, UnitPetitionOffice}

// competentForAccusations reports whether a unit of this kind handles accusations itself.
// A petition office only passes them on.
func competentForAccusations(kind UnitKind) bool {
	return kind != UnitPetitionOffice && slices.Contains(accusationUnits, kind)
}

// transfer (转送) hands the case to another unit, where it goes on in ACCEPTANCE with its
// first-receipt date and the clock that runs from it, or proposes that it leaves the
// platform.
func (d *deciding) transfer(act TransferCase) *Refusal {
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	if (act.ToUnitID == "") == (act.ToOutside == "") {
		return refuse(RefusedInvalid, at("toUnitId"),
			"a transfer names exactly one of toUnitId and toOutside", "转送应当且只能填写 toUnitId 与 toOutside 之一")
	}
	if act.ToUnitID == "" {
		d.proposeEnd(EndProposed{End: StageTransferred, Transfer: &act})
		return nil
	}
	if refusal := d.checkReceiver(act.ToUnitID); refusal != nil {
		return refusal
	}
	d.forward(CaseTransferred{
		FromUnitID: d.state.ResponsibleUnitID, ToUnitID: act.ToUnitID,
		Division: d.divisionAt(act.ToUnitID), Reason: act.Reason,
	})
	return nil
}

func (d *deciding) checkReceiver(unitID string) *Refusal {
	unit, ok := d.rules.Directory.Unit(unitID)
	if !ok {
		return unknownUnit(unitID, at("toUnitId"))
	}
	if unitID == d.state.ResponsibleUnitID {
		return refuse(RefusedInvalid, at("toUnitId"),
			fmt.Sprintf("the case is with %s already", unitName(d.rules.Directory, unitID)),
			fmt.Sprintf("案件已由%s负责", unitName(d.rules.Directory, unitID)))
	}
	kinds := handlingUnits
	if d.state.PetitionType == Accusation {
		kinds = accusationUnits
	}
	if !slices.Contains(kinds, unit.Kind) {
		return refuse(RefusedNotCompetent, at("toUnitId"),
			fmt.Sprintf("%s is a %s; this case can go to %s", unitName(d.rules.Directory, unitID), unit.Kind, terms("UnitKind", kinds, English)),
			fmt.Sprintf("%s属于%s，本案可转送%s", unitName(d.rules.Directory, unitID), Label("UnitKind", string(unit.Kind), Chinese), terms("UnitKind", kinds, Chinese)))
	}
	return d.checkMayHold(unitID, at("toUnitId"))
}

// checkMayHold refuses a unit that the case accuses, and one whose head may not know of it.
func (d *deciding) checkMayHold(unitID string, field []string) *Refusal {
	if ExcludesUnit(d.state.Exclusions, unitID, d.rules.Directory) {
		return refuse(RefusedInterest, field,
			fmt.Sprintf("%s is accused, or lies below an accused one (Regulations on Petition Work, art. 30)", unitName(d.rules.Directory, unitID)),
			fmt.Sprintf("%s是被检举控告的单位或其下属单位（《信访工作条例》第三十条）", unitName(d.rules.Directory, unitID)))
	}
	if closedTo(d.state.Exclusions, unitID, d.rules.Directory) {
		return refuse(RefusedInterest, field,
			fmt.Sprintf("the head of %s is kept from this case (Regulations on Petition Work, arts. 28 and 30)", unitName(d.rules.Directory, unitID)),
			fmt.Sprintf("%s主要负责人应当回避本案（《信访工作条例》第二十八条、第三十条）", unitName(d.rules.Directory, unitID)))
	}
	return nil
}

// divisionAt returns who answers for the case at a unit: its division stays where the
// unit's contains it or lies within it, and becomes the unit's elsewhere.
func (d *deciding) divisionAt(unitID string) Division {
	unit, _ := d.rules.Directory.Unit(unitID)
	dir := d.rules.Directory
	if unit.Division == "" || lies(dir, d.state.Division, unit.Division) || lies(dir, unit.Division, d.state.Division) {
		return d.state.Division
	}
	return unit.Division
}
