package casefile

import (
	"fmt"
	"slices"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// amend corrects or adds to the record; the event keeps what was there before.
func (d *deciding) amend(act AmendCase) *Refusal {
	if refusal := d.checkAmendment(act); refusal != nil {
		return refusal
	}
	amended := d.amended(act)
	if refusal := d.checkAmendedParties(act, amended.Parties); refusal != nil {
		return refusal
	}
	grade := gradeOf(amended.Confidentiality, d.state.Kind, d.state.PetitionType, amended.Category, amended.Parties)
	if act.Confidentiality != "" && narrowness(act.Confidentiality) < narrowness(d.state.Confidentiality) {
		return refuse(RefusedInvalid, at("confidentiality"),
			fmt.Sprintf("confidentiality goes upwards only: the case is %s", d.state.Confidentiality),
			fmt.Sprintf("密级只能提高：本案已为“%s”", Label("Confidentiality", string(d.state.Confidentiality), Chinese)))
	}
	act.Confidentiality = ""
	if grade != d.state.Confidentiality {
		act.Confidentiality = grade
	}
	exclusions := d.state.Exclusions
	if len(act.Parties) > 0 {
		exclusions = d.state.exclusionsWith(amended.Parties, d.rules.Directory)
	}
	corrected, refusal := d.correctedProcedure(act)
	if refusal != nil {
		return refusal
	}
	d.emit(CaseAmended{
		Before: d.before(act), After: act,
		ClaimIDs: d.nextClaims(len(act.AddClaims)), Exclusions: exclusions,
	})
	if d.state.Confidentiality == ConfidentialitySealed {
		d.withdrawProposals(d.effectiveAt, "")
	}
	if act.Procedure != "" {
		d.changeProcedure(corrected, true, act.Reason)
	}
	if d.state.Retaliation != nil {
		return d.moveReport(act)
	}
	if refusal := d.moveFromAccused(); refusal != nil {
		return refusal
	}
	if act.Risk == RiskHigh && !d.state.Urgent {
		d.raiseAlarm(UrgencyFlagged{Ground: UrgentHighRisk, Reason: act.Reason}, d.effectiveAt)
	}
	if act.Category != "" {
		d.suspectByCategory(d.effectiveAt)
	}
	return nil
}

// correctedProcedure finds the procedure that the clerk puts in place of the case's.
func (d *deciding) correctedProcedure(act AmendCase) (procedure.Procedure, *Refusal) {
	if act.Procedure == "" {
		return procedure.Procedure{}, nil
	}
	if d.state.AcceptedAt.IsZero() {
		return procedure.Procedure{}, refuse(RefusedWrongStage, at("procedure"),
			"the procedure is chosen on acceptance: the case has not been accepted yet", "程序在受理时确定，本案尚未受理")
	}
	return d.namedProcedure(act.Procedure, d.state.AcceptedAt, at("procedure"))
}

func (d *deciding) checkAmendment(act AmendCase) *Refusal {
	if refusal := requireValue(act.Reason, "reason"); refusal != nil {
		return refusal
	}
	if act.Title == "" && act.Narrative == "" && act.Category == "" && act.OccurrenceDivision == "" &&
		act.OccurrenceAddress == "" && len(act.AddClaims) == 0 && len(act.Parties) == 0 &&
		act.Amount == nil && act.Headcount == nil && act.Scale == "" && act.Risk == "" && act.Confidentiality == "" && act.Procedure == "" {
		return refuse(RefusedRequired, nil, "an amendment changes at least one field", "更正至少应修改一项")
	}
	if refusal := first(
		checkCode(act.Procedure, 64, at("procedure")),
		checkTerm("CaseScale", act.Scale, false, at("scale")),
		checkTerm("RiskLevel", act.Risk, false, at("risk")),
		checkTerm("Confidentiality", act.Confidentiality, false, at("confidentiality")),
		checkAmountAndHeadcount(act.Amount, act.Headcount),
		checkCount(len(d.state.Claims)+len(act.AddClaims), maxClaims, at("addClaims")),
		d.checkParties(d.state.Kind, d.state.PetitionType, act.Parties),
	); refusal != nil {
		return refusal
	}
	if act.Category != "" {
		if refusal := checkCategory(d.state.Kind, act.Category); refusal != nil {
			return refusal
		}
	}
	if act.OccurrenceDivision != "" {
		if refusal := d.checkDivision(act.OccurrenceDivision, at("occurrenceDivision")); refusal != nil {
			return refusal
		}
	}
	return d.checkNewClaims(act)
}

// checkNewClaims refuses a claim that comes after the opinion on the claims.
func (d *deciding) checkNewClaims(act AmendCase) *Refusal {
	if len(act.AddClaims) == 0 {
		return nil
	}
	for i, claim := range act.AddClaims {
		if refusal := requireValue(claim, "addClaims", i); refusal != nil {
			return refusal
		}
	}
	if d.state.pendingDecision() != nil || d.state.Outcome != "" {
		return refuse(RefusedAlreadyDone, at("addClaims"),
			"the claims have been decided; a new claim is a new case", "诉求已经答复，新的诉求应另行登记")
	}
	return nil
}

// checkAmendedParties looks at all parties as they would be. The clerk who names a
// colleague as accused, or themselves as a party, hands the amendment to another.
func (d *deciding) checkAmendedParties(act AmendCase, parties []Party) *Refusal {
	if len(act.Parties) == 0 {
		return nil
	}
	if refusal := d.checkPartiesTogether(d.state.Kind, d.state.PetitionType, parties); refusal != nil {
		return refusal
	}
	if refusal := d.checkAccused(act.Parties); refusal != nil {
		return refusal
	}
	if d.state.held() {
		// The head may find somebody of their own line, and hands the case over by saying so.
		return nil
	}
	exclusions := d.state.exclusionsWith(parties, d.rules.Directory)
	return checkInterestIn(parties, exclusions, d.command.Actor, d.rules.Directory)
}

// amended returns the fields that an amendment touches, as they would be.
func (d *deciding) amended(act AmendCase) AmendCase {
	merged := AmendCase{Category: d.state.Category, Confidentiality: d.state.Confidentiality}
	if act.Category != "" {
		merged.Category = act.Category
	}
	if narrowness(act.Confidentiality) > narrowness(merged.Confidentiality) {
		merged.Confidentiality = act.Confidentiality
	}
	merged.Parties = mergeParties(d.state.Parties, act.Parties)
	return merged
}

// mergeParties replaces parties by id and adds new ones; nobody is ever taken away.
func mergeParties(old, changed []Party) []Party {
	merged := slices.Clone(old)
	for _, party := range changed {
		if i := slices.IndexFunc(merged, func(p Party) bool { return p.ID == party.ID }); i >= 0 {
			merged[i] = party
			continue
		}
		merged = append(merged, party)
	}
	return merged
}

// before keeps the old values of exactly the fields that the amendment sets.
func (d *deciding) before(act AmendCase) AmendCase {
	s := d.state
	var old AmendCase
	if act.Title != "" {
		old.Title = s.Title
	}
	if act.Narrative != "" {
		old.Narrative = s.Narrative
	}
	if act.Category != "" {
		old.Category = s.Category
	}
	if act.OccurrenceDivision != "" {
		old.OccurrenceDivision = s.OccurrenceDivision
	}
	if act.OccurrenceAddress != "" {
		old.OccurrenceAddress = s.OccurrenceAddress
	}
	if act.Amount != nil {
		old.Amount = s.Amount
	}
	if act.Headcount != nil {
		old.Headcount = s.Headcount
	}
	if act.Scale != "" {
		old.Scale = s.Scale
	}
	if act.Risk != "" {
		old.Risk = s.Risk
	}
	if act.Confidentiality != "" {
		old.Confidentiality = s.Confidentiality
	}
	if act.Procedure != "" {
		old.Procedure = s.Procedure
	}
	for _, party := range act.Parties {
		if was := s.party(party.ID); was != nil {
			old.Parties = append(old.Parties, *was)
		}
	}
	return old
}

// moveFromAccused takes the case away from a unit that the amended record accuses, or whose
// head it keeps out.
func (d *deciding) moveFromAccused() *Refusal {
	from := d.state.ResponsibleUnitID
	if !closedTo(d.state.Exclusions, from, d.rules.Directory) {
		return nil
	}
	start := d.state.Division
	if unit, ok := d.rules.Directory.Unit(from); ok {
		start = unit.Division
	}
	to := d.nearest(start, d.state.Kind, d.state.Exclusions)
	if to == "" {
		return nobodyLeft("parties")
	}
	d.emit(CaseTransferred{FromUnitID: from, ToUnitID: to, Division: d.divisionAt(to), Reason: d.command.Act.(AmendCase).Reason})
	return nil
}
