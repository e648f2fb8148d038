package casefile

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// A report of retaliation (打击报复) is a sealed record of its own: a case that accuses whoever
// is named, beside the one it is about. So everything that keeps an accusation from the
// accused, their subordinates and their line leaders keeps the report from them, at every
// edge, and the case it is about holds nothing that they could read. That case's end waits
// for the answer; see endheld.go.

// The clock of a report.
const (
	retaliationProcedure = "retaliation"
	StepRetaliation      = "retaliation-answer"
)

// retaliationCategory is what a report is about, in the categories of petitions.
const retaliationCategory = "P-DISCIPLINE-CONDUCT"

// Retaliated says which case a report of retaliation is about.
type Retaliated struct {
	CaseID string `json:"caseId"`
	Number string `json:"number,omitempty"` // empty where that case is sealed
	// UnitID answered for that case when the report was made. Where nobody knows yet who is
	// behind a name, the report goes to the unit that supervises this one.
	UnitID string         `json:"unitId"`
	Method FollowUpMethod `json:"method"`
	// Holds are the cases whose end waits for the answer, until they are told of it.
	Holds []string `json:"holds,omitempty"`
	// Kept are the exclusions of that case: who may not know of it may not know of this.
	Kept []Exclusion `json:"kept,omitempty"`
}

// Retaliation is what is known of a report of retaliation.
type Retaliation struct {
	Retaliated
	Finding    RetaliationFinding `json:"finding,omitempty"`
	Measures   TextID             `json:"measures,omitempty"`
	AnsweredAt time.Time          `json:"answeredAt,omitzero"`
	AnsweredBy string             `json:"answeredBy,omitempty"`
}

// answered undoes nothing of what was said; a rejected answer is none.
func (s *State) unanswerRetaliation() {
	if s.Retaliation != nil {
		s.Retaliation = &Retaliation{Retaliated: s.Retaliation.Retaliated}
	}
}

func reportsRetaliation(s State, _ Directory) *Refusal {
	if s.Retaliation != nil {
		return nil
	}
	return refuse(RefusedIncomplete, nil,
		"the case reports no retaliation, so there is nothing to answer", "本案不是打击报复反映，无需答复")
}

// onReports are the acts that a report of retaliation takes: it is answered, and goes no
// other way.
var onReports = []string{
	"AddNote", "AttachDocument", "AmendCase", "AnswerRetaliation", "VerifyClosure", "RejectClosure", "RecordService",
	"AcknowledgeSupervision", "ReplySupervision", "CloseSupervision",
}

func checkReport(state State, act string) *Refusal {
	if state.Retaliation == nil || slices.Contains(onReports, act) {
		return nil
	}
	return refuse(RefusedWrongStage, nil,
		fmt.Sprintf("a report of retaliation is answered by answerRetaliation; it takes no %s", MutationName(act)),
		fmt.Sprintf("打击报复反映应当作出答复，不能进行“%s”", MutationName(act)))
}

// reportRetaliation judges a report on the case that it is about; its record is registered
// by RetaliationReport.
func (d *deciding) reportRetaliation(act ReportRetaliation) *Refusal {
	if refusal := requireValue(act.ReportID, "caseId"); refusal != nil {
		return refusal
	}
	if _, refusal := d.knownParty(act.PartyID); refusal != nil {
		return refusal
	}
	_, err := Decide(State{ID: act.ReportID}, RetaliationReport(d.state, d.command, d.rules.Directory), d.rules)
	var refusal *Refusal
	errors.As(err, &refusal)
	return refusal
}

// RetaliationReport is the command that registers the record of a report, made of the case
// that it is about and of the ReportRetaliation that this case has taken.
func RetaliationReport(about State, command Command, dir Directory) Command {
	act, _ := command.Act.(ReportRetaliation)
	register := RegisterCase{
		Kind: Petition, PetitionType: Accusation, Source: sourceOf[act.Method], Category: retaliationCategory,
		Title: act.Title, Narrative: act.Narrative, ReceivedAt: command.EffectiveAt, OccurredAt: act.OccurredAt,
		Oral: act.Method == FollowUpOnSite || act.Method == FollowUpPhone,
		Retaliation: &Retaliated{
			CaseID: about.ID, Number: about.numberOutside(), UnitID: about.ResponsibleUnitID, Method: act.Method,
			Holds: append([]string{about.ID}, act.GoesOnIn...), Kept: about.Exclusions,
		},
	}
	if party := about.party(act.PartyID); party != nil {
		reporter := *party
		reporter.Role, reporter.Mandates = PartyPetitioner, nil
		if reporter.From == "" && reporter.Content != "" {
			reporter.From = Elsewhere(about.ID)
		}
		register.Parties = append(register.Parties, reporter)
	}
	named := act.Named
	named.ID, named.Role = "NAMED", PartyAccused
	register.Parties = append(register.Parties, named)
	register.Division = about.Division
	if unit, ok := dir.Unit(overseer(register, dir)); ok {
		register.Division = unit.Division
	}
	command.CaseID, command.ExpectedVersion, command.Act = act.ReportID, nil, register
	command.EffectiveAt = time.Time{}
	return command
}

// sourceOf is the channel that a way of being told is.
var sourceOf = map[FollowUpMethod]Source{
	FollowUpOnSite: SourceWalkIn, FollowUpPhone: SourcePhone, FollowUpMessage: SourceApp,
	FollowUpOnline: SourceOnline, FollowUpLetter: SourceLetter,
}

// registerReport opens the record of a report at the unit that supervises whoever is named.
// Who may make it has been judged on the case that it is about.
func (d *deciding) registerReport(act RegisterCase) *Refusal {
	act.ReceivedAt, act.OccurredAt = instant(act.ReceivedAt), instant(act.OccurredAt)
	if act.ReceivedAt.IsZero() {
		act.ReceivedAt = d.now
	}
	if refusal := first(
		requireValue(act.Narrative, "narrative"),
		checkTerm("FollowUpMethod", act.Retaliation.Method, true, at("method")),
		d.checkPast(act.ReceivedAt, at("effectiveAt")),
	); refusal != nil {
		return refusal
	}
	if refusal := first(d.checkIntakeDates(act), d.checkNamed(act.Parties[len(act.Parties)-1])); refusal != nil {
		return refusal
	}
	unit := overseer(act, d.rules.Directory)
	if unit == "" {
		return nobodyLeft("name")
	}
	act.Confidentiality, act.Scale = ConfidentialitySealed, ScaleIndividual
	d.effectiveAt = act.ReceivedAt
	if refusal := d.checkBackdating(act.ReceivedAt); refusal != nil {
		return refusal
	}
	d.emit(CaseRegistered{
		RegisterCase: act, Number: d.rules.Number, ResponsibleUnitID: unit,
		Exclusions: reportExclusions(act, d.rules.Directory),
	})
	if rule, ok := d.rule(retaliationProcedure, StepRetaliation, act.ReceivedAt); ok {
		d.startClock(rule, act.ReceivedAt)
	}
	return nil
}

// checkNamed wants somebody named, and not whoever takes the report down.
func (d *deciding) checkNamed(named Party) *Refusal {
	if named.PersonID == "" && named.UnitID == "" && (!named.Named || named.Content == "") {
		return refuse(RefusedRequired, at("name"),
			"say who retaliates: personId, unitId, or the name of somebody else", "请填写被反映的人员、单位，或者其姓名（名称）")
	}
	if refusal := d.checkPartyIdentity(named, nil); refusal != nil {
		return refusal
	}
	if named.PersonID == d.command.Actor.PersonID && named.PersonID != "" {
		return refuse(RefusedInterest, at("personId"),
			"you are the one named: another person takes this down (Regulations on Petition Work, art. 28)",
			"您是被反映人，应当回避，由他人登记（《信访工作条例》第二十八条）")
	}
	return nil
}

func nobodyLeft(field string) *Refusal {
	return refuse(RefusedUnknownUnit, at(field),
		"everybody who could head this case is kept from it: it must be taken up outside the platform",
		"能够负责本案的单位均应回避，请按规定向平台以外有权机关报告")
}

// reportExclusions keep a report from whoever it names, their subordinates and line leaders,
// and from whom the case that it is about is kept.
func reportExclusions(report RegisterCase, dir Directory) []Exclusion {
	return withKept(exclusionsFor(Accusation, report.Parties, dir), report.Retaliation.Kept)
}

func withKept(exclusions, kept []Exclusion) []Exclusion {
	for _, e := range kept {
		if !slices.Contains(exclusions, e) {
			exclusions = append(exclusions, e)
		}
	}
	return exclusions
}

// exclusionsWith are the case's exclusions if its parties were these.
func (s State) exclusionsWith(parties []Party, dir Directory) []Exclusion {
	exclusions := exclusionsFor(s.PetitionType, parties, dir)
	if s.Retaliation != nil {
		exclusions = withKept(exclusions, s.Retaliation.Kept)
	}
	return exclusions
}

// overseer is the unit that a report goes to: the nearest one upward that supervises whoever
// is named and whose head may know of it, else the nearest office that may; "" where there is
// none.
func overseer(report RegisterCase, dir Directory) string {
	exclusions := reportExclusions(report, dir)
	for _, unitID := range unitsNamed(report, dir) {
		unit, _ := dir.Unit(unitID)
		d := &deciding{state: State{Exclusions: exclusions, Division: unit.Division}, rules: Rules{Directory: dir}}
		free := func(above Unit) bool { return !closedTo(exclusions, above.ID, dir) }
		if above, ok := d.climb(unitID, free); ok {
			return above.ID
		}
		if found := d.nearest(unit.Division, Petition, exclusions); found != "" {
			return found
		}
	}
	if about := report.Retaliation.UnitID; !closedTo(exclusions, about, dir) {
		return about
	}
	return ""
}

// unitsNamed are the units of whoever is named; where only a name is known, or it is nobody
// of ours, the unit that answered for the case in question.
func unitsNamed(report RegisterCase, dir Directory) []string {
	var units []string
	for _, party := range report.Parties {
		if party.Role != PartyAccused {
			continue
		}
		if party.UnitID != "" {
			units = append(units, party.UnitID)
		}
		if person, ok := dir.Person(party.PersonID); ok {
			for _, role := range person.Roles {
				units = append(units, role.UnitID)
			}
		}
	}
	return append(units, report.Retaliation.UnitID)
}

// moveReport takes a report to the unit that supervises whoever the amendment names.
func (d *deciding) moveReport(act AmendCase) *Refusal {
	if len(act.Parties) == 0 {
		return nil
	}
	dir, from := d.rules.Directory, d.state.ResponsibleUnitID
	to := overseer(RegisterCase{Parties: d.state.Parties, Retaliation: &d.state.Retaliation.Retaliated}, dir)
	switch to {
	case "":
		return nobodyLeft("parties")
	case from:
		return nil
	}
	unit, _ := dir.Unit(to)
	d.emit(CaseTransferred{FromUnitID: from, ToUnitID: to, Division: unit.Division, Reason: act.Reason})
	return nil
}

// answerRetaliation meets the report's clock, which runs on if a second person rejects it.
func (d *deciding) answerRetaliation(act AnswerRetaliation) *Refusal {
	if refusal := first(
		checkTerm("RetaliationFinding", act.Finding, true, at("finding")), requireValue(act.Measures, "measures"),
	); refusal != nil {
		return refusal
	}
	answered := RetaliationAnswered{Finding: act.Finding, Measures: act.Measures}
	if parties := d.state.tellable(); len(parties) > 0 {
		answered.NoticeID, answered.NoticeParties, answered.Says = d.nextNotice(), parties, d.retaliationText(act.Finding)
	}
	d.emit(answered)
	d.meetClock(StepRetaliation, d.effectiveAt, answered)
	return nil
}

// retaliationText is what the reporter is told: the finding, and who may be turned to against
// it. What was done stands in the answer's own text (Notice.Reason).
func (d *deciding) retaliationText(finding RetaliationFinding) procedure.Text {
	unit := unitName(d.rules.Directory, d.state.ResponsibleUnitID)
	return procedure.Text{
		EN: fmt.Sprintf("%s has answered the report of retaliation: %s. Whoever disagrees may turn to the organ above, "+
			"to discipline inspection or to the procurator (Regulations on Petition Work, arts. 18, 46); no last day is set.",
			unit, Label("RetaliationFinding", string(finding), English)),
		ZH: fmt.Sprintf("%s已就打击报复反映作出答复：%s。不服的，可以向上级机关或者纪检监察机关、检察机关反映（《信访工作条例》第十八条、第四十六条），法规未规定期限。",
			unit, Label("RetaliationFinding", string(finding), Chinese)),
	}
}

// retaliationErrands tell the cases whose end the report held back that it is answered.
func (s State) retaliationErrands() []errand {
	if s.Retaliation == nil || s.Stage.Open() || !s.Exists() {
		return nil
	}
	var list []errand
	for _, id := range s.Retaliation.Holds {
		list = append(list, errand{
			id: "resume-end/" + id, to: id, act: ResumeEnd{},
			answered: func(d *deciding, _ AnswerErrand) { d.emit(HeldCaseTold{CaseID: id}) },
		})
	}
	return list
}

// GoesOnIn is the case that this one was merged into, or is about to be; "" for none.
func (s State) GoesOnIn() string {
	if s.Pending != nil && s.Pending.Merged != nil {
		return s.Pending.Merged.CaseID
	}
	for _, link := range s.Links {
		if s.Stage == StageMerged && link.Kind == LinkMergedInto && !link.Inverse {
			return link.CaseID
		}
	}
	return ""
}

// HoldsEndOf lists the cases whose end waits for this one: a report of retaliation that is
// not answered yet.
func HoldsEndOf(s State) []string {
	if s.Retaliation == nil || !s.Stage.Open() {
		return nil
	}
	return s.Retaliation.Holds
}
