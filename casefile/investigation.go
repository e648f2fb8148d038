package casefile

import (
	"fmt"
	"slices"
)

func (d *deciding) recordInvestigation(act RecordInvestigation) *Refusal {
	if refusal := requireValue(act.Finding, "finding"); refusal != nil {
		return refusal
	}
	d.emit(InvestigationRecorded(act))
	return nil
}

// concludeInvestigation states the facts and chooses the path. CLOSE keeps the case where
// it is until its closure is asked for, which concludes it.
func (d *deciding) concludeInvestigation(act ConcludeInvestigation) *Refusal {
	if refusal := first(
		requireValue(act.Facts, "facts"),
		checkTerm("InvestigationPath", act.Path, true, at("path")),
	); refusal != nil {
		return refusal
	}
	paths := pathsFor(d.state)
	if !slices.Contains(paths, act.Path) {
		return refuse(RefusedInvalid, at("path"),
			fmt.Sprintf("path %s doesn't fit this case; it takes %s", act.Path, terms("InvestigationPath", paths, English)),
			fmt.Sprintf("“%s”不适用于本案，可选%s",
				Label("InvestigationPath", string(act.Path), Chinese), terms("InvestigationPath", paths, Chinese)))
	}
	if act.Path == PathMediation {
		if refusal := d.checkMediable(); refusal != nil {
			return refusal
		}
	}
	if act.Path == PathReferral {
		// Without one the case would stand there for good.
		if refusal := roomForReferral(d.state, at("path")); refusal != nil {
			return refusal
		}
	}
	d.emit(InvestigationConcluded(act))
	return nil
}

// pathsFor lists the ways on from an investigation. A dispute is mediated, referred
// to the legal way, or closed; a petition is decided; an appeal may be mediated (访调对接) or
// referred too.
func pathsFor(s State) []InvestigationPath {
	switch {
	case s.Kind == Dispute:
		return []InvestigationPath{PathMediation, PathReferral, PathClose}
	case s.PetitionType == Appeal:
		return []InvestigationPath{PathDecision, PathMediation, PathReferral}
	}
	return []InvestigationPath{PathDecision}
}
