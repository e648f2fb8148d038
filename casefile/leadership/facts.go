package leadership

import "github.com/tiaochu/tiaochu/casefile"

// FactsOf is what a package needs to know of a case; heldBy is the open package that holds
// it, or empty.
func FactsOf(s casefile.State, heldBy string) CaseFacts {
	return CaseFacts{
		Number: s.Number, Division: s.Division, ResponsibleUnitID: s.ResponsibleUnitID,
		Confidentiality: s.Confidentiality, Exclusions: s.Exclusions, Merged: s.Stage == casefile.StageMerged,
		Standing: casefile.StandingOf(s), HeldBy: heldBy,
	}
}

// CasesNamed lists the cases whose facts Rules.Cases must hold for Decide to answer an act.
func CasesNamed(state State, act Act) []string {
	var ids []string
	switch act := act.(type) {
	case ProposePackage:
		return act.CaseIDs
	case OpenPackage:
		return act.CaseIDs
	case EscalateToPackage:
		return []string{act.Origin.CaseID}
	case DeclinePackage, PassTime:
		if state.Status == Proposed && state.Origin != nil {
			return []string{state.Origin.CaseID}
		}
	case AddPackageCase:
		return []string{act.CaseID}
	case ApprovePackage:
		for _, name := range state.Asked {
			ids = append(ids, name.CaseID)
		}
	case HandOverWork:
		return state.caseIDs()
	case HandOverPackage, NoteStanding:
		for _, member := range state.Current() {
			ids = append(ids, member.CaseID)
		}
	}
	return ids
}
