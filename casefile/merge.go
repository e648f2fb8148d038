package casefile

import (
	"fmt"
	"slices"
)

// merge asks a younger case to end in this one. What that case says against it, it says
// itself.
func (d *deciding) merge(act MergeCase) *Refusal {
	if refusal := first(
		requireValue(act.CaseID, "otherCaseId"),
		requireValue(act.Reason, "reason"),
		requireValue(act.There, "reason"),
	); refusal != nil {
		return refusal
	}
	if act.CaseID == d.state.ID {
		return refuse(RefusedInvalid, at("otherCaseId"), "a case is not merged with itself", "案件不能与自身合并")
	}
	if slices.ContainsFunc(d.state.Mergers, func(m Merger) bool { return m.CaseID == act.CaseID }) {
		return refuse(RefusedAlreadyDone, at("otherCaseId"), "that case is being merged or has been", "该案件正在并入或者已经并入本案")
	}
	d.emit(MergerAskedFor{MergerID: fmt.Sprintf("J%d", d.state.Version+1), MergeCase: act})
	return nil
}

// maxMergers keeps a case small.
const maxMergers = 20

// mayTakeAnotherIn wants a case that is not answered yet, with room for another merged one.
func mayTakeAnotherIn(state State, dir Directory) *Refusal {
	if len(state.Mergers) >= maxMergers {
		return refuse(RefusedTooLong, nil,
			fmt.Sprintf("%d cases have been merged into this one, which is the most", maxMergers), fmt.Sprintf("已有%d件案件并入本案，达到上限", maxMergers))
	}
	return notYetDecided(state, dir)
}

// joinCase proposes that this case ends as merged. The clocks run on until a second person
// has verified it, the parties have been told, and the other case has taken everything over.
func (d *deciding) joinCase(act JoinCase) *Refusal {
	// A report of retaliation is answered, and goes into no other case.
	if refusal := checkReport(d.state, "MergeCase"); refusal != nil {
		return refusal
	}
	if pending := d.state.Pending; pending != nil && pending.Merged != nil && *pending.Merged == act.end() {
		return nil
	}
	if refusal := checkInterest(d.state, act.By, d.rules.Directory); refusal != nil {
		return refusal
	}
	if refusal := merging.check(d.state, act.By, d.rules.Directory); refusal != nil {
		return refusal
	}
	if refusal := checkStage(d.state, "MergeCase", openStages); refusal != nil {
		return refusal
	}
	if refusal := d.checkJoins(act.Into); refusal != nil {
		return refusal
	}
	d.proposeEnd(EndProposed{End: StageMerged, Merge: &act})
	return nil
}

func (a JoinCase) end() mergedEnd { return mergedEnd{a.MergerID, a.Into.CaseID, a.Into.Number} }

// checkJoins says why two cases cannot become one.
func (d *deciding) checkJoins(into MergerStanding) *Refusal {
	s := d.state
	field := at("otherCaseId")
	switch {
	case s.Kind != into.Kind || s.PetitionType != into.PetitionType:
		return refuse(RefusedInvalid, field,
			"the two cases are of different kinds", "两案种类不同，不能合并")
	case (s.Confidentiality == ConfidentialitySealed) != into.Sealed:
		return refuse(RefusedInvalid, field,
			"one of the two cases is sealed and the other is not", "两案密级不同（其一密封），不能合并")
	case s.RegisteredAt.Before(into.RegisteredAt):
		return refuse(RefusedOutOfOrder, field,
			"the older number survives: merge the other way round", "应由登记在先的案件继续办理，请将后登记的案件并入")
	case !s.AcceptedAt.IsZero() && !into.Accepted:
		return refuse(RefusedOutOfOrder, field,
			"the case that goes on has not been accepted yet, and this one has", "继续办理的案件尚未受理，而该案已经受理，请先受理")
	case s.PackageID != "" && s.PackageID != into.PackageID:
		return refuse(RefusedConflict, field,
			"the case is in a leadership package; take it out first, or take the other one in", "该案件在领导包案内，请先移出，或者将继续办理的案件列入")
	case len(s.Splits) > 0:
		return refuse(RefusedConflict, field, "a part of the case is being split off", "正在拆分该案")
	case s.merging():
		return refuse(RefusedConflict, field,
			"another case is being merged into that one", "另有案件正在并入该案")
	}
	return notYetDecided(s, d.rules.Directory)
}

// takeOver takes in what a merged case holds: nothing of it is lost, and where both have a
// statutory clock of the same step, the earlier due day goes on.
func (d *deciding) takeOver(act TakeOver) *Refusal {
	merger := d.state.merger(act.MergerID)
	switch {
	case merger == nil:
		return refuse(RefusedNotFound, at("otherCaseId"), "nothing is known of this merger", "没有这一并案")
	case merger.Status == MergerDone:
		return nil
	}
	if refusal := first(
		checkStage(d.state, "MergeCase", openStages), notYetDecided(d.state, d.rules.Directory), d.checkRoom(act.CaseContent),
	); refusal != nil {
		return refusal
	}
	nth := len(d.state.TakenOver) + 1
	taken := act.CaseContent
	taken.Parties, taken.Claims = slices.Clone(taken.Parties), slices.Clone(taken.Claims)
	for i := range taken.Parties {
		taken.Parties[i].ID = fmt.Sprintf("M%d-%s", nth, taken.Parties[i].ID)
	}
	for i, id := range d.nextClaims(len(taken.Claims)) {
		taken.Claims[i].ID = id
	}
	clocks, urgent := taken.Clocks, d.state.Urgent
	taken.Clocks = nil
	d.emit(CaseTakenOver{MergerID: act.MergerID, CaseContent: taken})
	for _, clock := range clocks {
		d.reconcile(clock, act.Number)
	}
	d.takeOverUrgency(taken, urgent)
	d.takeOverHarms(taken)
	return nil
}

// checkRoom refuses more than one case can hold, and a unit that the other case is kept from.
func (d *deciding) checkRoom(content CaseContent) *Refusal {
	if refusal := first(
		checkCount(len(d.state.Parties)+len(content.Parties), maxParties, at("parties")),
		checkCount(len(d.state.Claims)+len(content.Claims), maxClaims, at("claims")),
		checkCount(len(d.state.AllExternalIDs())+len(content.ExternalIDs), maxExternalIDs, at("externalIds")),
		checkCount(len(d.state.Links)+len(content.Repeats), maxLinks, at("links")),
	); refusal != nil {
		return refusal
	}
	unit, dir := d.state.ResponsibleUnitID, d.rules.Directory
	if ExcludesUnit(content.Exclusions, unit, dir) || closedTo(content.Exclusions, unit, dir) {
		return refuse(RefusedInterest, nil,
			fmt.Sprintf("%s is kept from the other case (Regulations on Petition Work, art. 30)", unitName(dir, unit)),
			fmt.Sprintf("%s应当回避另一案件（《信访工作条例》第三十条）", unitName(dir, unit)))
	}
	return nil
}

// reconcile lets the earlier of two due days of the same step go on: it is the law's own to
// whoever brought the matter first. The clock takes over how the other one was counted, so
// that it can be counted again.
func (d *deciding) reconcile(theirs Deadline, number string) {
	ours := d.state.clock(theirs.Step)
	if ours == nil || !ours.Unmet() || ours.Status == ClockMissed || !theirs.DueAt.Before(ours.DueAt) {
		return
	}
	clock := theirs
	clock.ID, clock.Round, clock.Warned = ours.ID, d.state.Round, false
	clock.MissedAt = ours.MissedAt
	if clock.Status == ClockMissed {
		clock.Status = ClockRunning // it is missed here in its turn, with what follows from that
	}
	if waiting := ours.undecided(); waiting != nil && clock.undecided() == nil {
		clock.Extensions = appended(clock.Extensions, *waiting)
	}
	if clock.Procedure != "" {
		d.count(&clock) // the other case may not have heard of a calendar that is in force by now
	}
	d.emit(DeadlineReconciled{Before: ours.DueAt, Deadline: clock, Number: number})
}

// nextClaims are ids for further claims: no id is ever given twice.
func (d *deciding) nextClaims(more int) []string { return claimIDs(d.state.claimsEver(), more) }
