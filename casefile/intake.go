package casefile

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile/category"
)

// registrars take cases down.
var registrars = []Role{
	RoleClerk, RoleGridWorker, RoleManager, RoleLeader, RoleIntegration, RoleInvestigator,
	RoleMediator, RoleSupervisor,
}

// register (登记) opens the record and starts the acceptance clock on the day of receipt. What
// is urgent, or of high risk, is told at once.
func (d *deciding) register(act RegisterCase) *Refusal {
	if refusal := d.checkNew(); refusal != nil {
		return refusal
	}
	papers := act.Documents
	act.Documents = nil
	if act.Retaliation != nil {
		return d.registerReport(act)
	}
	if refusal := first(d.checkRole(registrars), d.checkPapers(papers)); refusal != nil {
		return refusal
	}
	registered, refusal := d.intake(act)
	if refusal != nil {
		return refusal
	}
	d.effectiveAt = registered.ReceivedAt
	if refusal := d.checkBackdating(registered.ReceivedAt); refusal != nil {
		return refusal
	}
	d.emit(*registered)
	d.startAcceptance(registered.ReceivedAt)
	d.raiseAlarmOnIntake(*registered)
	d.suspectByCategory(registered.ReceivedAt)
	for _, paper := range papers {
		d.emit(DocumentAttached{paper})
	}
	return nil
}

// raiseAlarmOnIntake counts the hours of an urgent case from its receipt. Those of a part that
// was split off run on from where they began in the case that it was a part of; where that was
// not urgent, they begin with the split: nobody could report before.
func (d *deciding) raiseAlarmOnIntake(registered CaseRegistered) {
	since, origin := registered.ReceivedAt, registered.SplitFrom
	if origin != nil {
		since = d.now
	}
	switch {
	case origin != nil && !origin.UrgentSince.IsZero():
		d.raiseAlarm(UrgencyFlagged{Ground: UrgentSplit, By: origin.UrgentBy, ReportedBefore: !origin.UrgentOwed}, origin.UrgentSince)
	case registered.Urgent:
		d.raiseAlarm(UrgencyFlagged{Ground: UrgentRegistered}, since)
	case registered.Risk == RiskHigh:
		d.raiseAlarm(UrgencyFlagged{Ground: UrgentHighRisk}, since)
	}
}

func (d *deciding) checkNew() *Refusal {
	if d.command.CaseID == "" {
		return required(at("caseId"))
	}
	if d.state.Exists() {
		return refuse(RefusedCaseExists, nil,
			fmt.Sprintf("the case has been registered as %s", d.state.Number),
			fmt.Sprintf("案件已登记，编号 %s", d.state.Number))
	}
	return d.checkVersion()
}

// checkRole refuses a role that never does the act, wherever it is held.
func (d *deciding) checkRole(roles []Role) *Refusal {
	if slices.Contains(roles, d.command.Actor.Role) {
		return nil
	}
	role := string(d.command.Actor.Role)
	return refuse(RefusedWrongRole, nil,
		fmt.Sprintf("%s may not do this; it takes %s", withArticle(Label("Role", role, English)), labels("Role", roles, English)),
		fmt.Sprintf("%s无权进行此项操作，应由%s进行", Label("Role", role, Chinese), labels("Role", roles, Chinese)))
}

func labels[T ~string](enum string, values []T, lang Language) string {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = Label(enum, string(value), lang)
	}
	return enumerate(names, lang)
}

// intake checks a registration and completes it with what follows from it: the date, the
// grade of confidentiality, the exclusions, the responsible unit and the claims' ids.
func (d *deciding) intake(act RegisterCase) (*CaseRegistered, *Refusal) {
	act.ReceivedAt, act.OccurredAt = instant(act.ReceivedAt), instant(act.OccurredAt)
	if act.ReceivedAt.IsZero() {
		act.ReceivedAt = d.now
	}
	for _, check := range []func(RegisterCase) *Refusal{
		d.checkRequired, d.checkTerms, d.checkDivisions, d.checkIntakeJurisdiction, d.checkCategoryAndType,
		d.checkIntakeParties, d.checkSource, d.checkExternalIDs, d.checkIntakeDates, checkMeasures,
	} {
		if refusal := check(act); refusal != nil {
			return nil, refusal
		}
	}
	if act.Scale == "" {
		act.Scale = ScaleIndividual
	}
	act.Confidentiality = gradeOf(act.Confidentiality, act.Kind, act.PetitionType, act.Category, act.Parties)
	exclusions := exclusionsFor(act.PetitionType, act.Parties, d.rules.Directory)
	if refusal := checkInterestIn(act.Parties, exclusions, d.command.Actor, d.rules.Directory); refusal != nil {
		return nil, refusal
	}
	unit, refusal := d.responsibleUnit(act, exclusions)
	if refusal != nil {
		return nil, refusal
	}
	return &CaseRegistered{
		RegisterCase: act, Number: d.rules.Number, ResponsibleUnitID: unit,
		ClaimIDs: claimIDs(0, len(act.Claims)), Exclusions: exclusions,
	}, nil
}

// claimIDs numbers further claims after as many as there have been.
func claimIDs(already, more int) []string {
	var ids []string
	for i := range more {
		ids = append(ids, fmt.Sprintf("C%d", already+i+1))
	}
	return ids
}

func (d *deciding) checkRequired(act RegisterCase) *Refusal {
	if refusal := first(
		requireValue(act.Kind, "kind"),
		requireValue(act.Source, "source"),
		requireValue(act.Division, "division"),
		requireValue(act.Category, "category"),
		requireValue(act.Title, "title"),
		requireValue(act.Narrative, "narrative"),
		checkCount(len(act.Claims), maxClaims, at("claims")),
	); refusal != nil {
		return refusal
	}
	for i, claim := range act.Claims {
		if refusal := requireValue(claim, "claims", i); refusal != nil {
			return refusal
		}
	}
	if len(act.Parties) == 0 {
		return required(at("parties"))
	}
	return nil
}

func (d *deciding) checkTerms(act RegisterCase) *Refusal {
	return first(
		checkTerm("CaseKind", act.Kind, true, at("kind")),
		checkTerm("PetitionType", act.PetitionType, false, at("petitionType")),
		checkTerm("CaseSource", act.Source, true, at("source")),
		checkTerm("CaseScale", act.Scale, false, at("scale")),
		checkTerm("RiskLevel", act.Risk, false, at("risk")),
		checkTerm("Confidentiality", act.Confidentiality, false, at("confidentiality")),
		checkTerm("CourtStage", act.CourtStage, false, at("courtStage")),
	)
}

func (d *deciding) checkDivisions(act RegisterCase) *Refusal {
	if refusal := d.checkDivision(act.Division, at("division")); refusal != nil {
		return refusal
	}
	if act.OccurrenceDivision == "" {
		return nil
	}
	return d.checkDivision(act.OccurrenceDivision, at("occurrenceDivision"))
}

func (d *deciding) checkDivision(division Division, field []string) *Refusal {
	if division.Valid() {
		if _, ok := d.rules.Directory.Division(division); ok {
			return nil
		}
	}
	return refuse(RefusedUnknownDivision, field,
		fmt.Sprintf("%s is not the code of a known division", shown(string(division))),
		fmt.Sprintf("%s 不是已知的区划代码", shown(string(division))))
}

func (d *deciding) checkIntakeJurisdiction(act RegisterCase) *Refusal {
	actor := d.command.Actor
	scope := actor.Division
	if actor.Role == RoleGridWorker {
		scope = village(scope)
	}
	if lies(d.rules.Directory, act.Division, scope) {
		return nil
	}
	return refuse(RefusedJurisdiction, at("division"),
		fmt.Sprintf("division %s lies outside your own, %s", act.Division, shown(string(scope))),
		fmt.Sprintf("区划 %s 不在您的管辖范围 %s 之内", act.Division, shown(string(scope))))
}

func (d *deciding) checkCategoryAndType(act RegisterCase) *Refusal {
	if act.Kind == Petition && act.PetitionType == "" {
		return refuse(RefusedRequired, at("petitionType"),
			"a petition needs its petitionType: SUGGESTION, ACCUSATION or APPEAL",
			"信访事项应填写类型：建议意见、检举控告或申诉求决")
	}
	if act.Kind == Dispute && act.PetitionType != "" {
		return refuse(RefusedInvalid, at("petitionType"),
			"a dispute has no petitionType", "矛盾纠纷没有信访事项类型")
	}
	return checkCategory(act.Kind, act.Category)
}

func checkCategory(kind Kind, code string) *Refusal {
	if _, ok := category.Find(string(kind), code); ok {
		return nil
	}
	other := Petition
	if kind == Petition {
		other = Dispute
	}
	if _, ok := category.Find(string(other), code); ok {
		return refuse(RefusedUnknownCategory, at("category"),
			fmt.Sprintf("%s is a category of a %s; this is a %s", shown(code), other, kind),
			fmt.Sprintf("%s 是%s的类别，本案为%s", shown(code),
				Label("CaseKind", string(other), Chinese), Label("CaseKind", string(kind), Chinese)))
	}
	return refuse(RefusedUnknownCategory, at("category"),
		fmt.Sprintf("%s is not a known category of a %s", shown(code), kind),
		fmt.Sprintf("%s 不是%s的已知类别", shown(code), Label("CaseKind", string(kind), Chinese)))
}

func (d *deciding) checkIntakeParties(act RegisterCase) *Refusal {
	if refusal := d.checkParties(act.Kind, act.PetitionType, act.Parties); refusal != nil {
		return refusal
	}
	return first(d.checkPartiesTogether(act.Kind, act.PetitionType, act.Parties), checkOutsidersAtIntake(act.Parties))
}

func (d *deciding) checkSource(act RegisterCase) *Refusal {
	dir := d.rules.Directory
	if act.SourceUnitID != "" {
		if _, ok := dir.Unit(act.SourceUnitID); !ok {
			return unknownUnit(act.SourceUnitID, at("sourceUnitId"))
		}
	}
	if act.MissedByUnitID != "" {
		if _, ok := dir.Unit(act.MissedByUnitID); !ok {
			return unknownUnit(act.MissedByUnitID, at("missedByUnitId"))
		}
	}
	if act.ReportedByPersonID != "" {
		if _, ok := dir.Person(act.ReportedByPersonID); !ok {
			return unknownPerson(act.ReportedByPersonID, at("reportedByPersonId"))
		}
	}
	if act.CourtStage != "" && act.Source != SourceCourtEntrusted {
		return refuse(RefusedInvalid, at("courtStage"),
			"only a case whose source is COURT_ENTRUSTED has a courtStage", "只有法院委派委托的案件才有诉讼阶段")
	}
	return nil
}

// checkExternalIDs wants each number's system registered by a unit, so that the numbers of
// two cities never meet.
func (d *deciding) checkExternalIDs(act RegisterCase) *Refusal {
	if refusal := checkCount(len(act.ExternalIDs), maxExternalIDs, at("externalIds")); refusal != nil {
		return refusal
	}
	for i, id := range act.ExternalIDs {
		field := at("externalIds", i)
		if id.System == "" {
			return required(within(field, "system"))
		}
		if id.Number == "" {
			return required(within(field, "number"))
		}
		if refusal := checkCode(id.Number, 100, within(field, "number")); refusal != nil {
			return refusal
		}
		if _, ok := d.rules.Directory.SystemUnit(id.System); !ok {
			return refuse(RefusedUnknownSystem, within(field, "system"),
				fmt.Sprintf("no unit has registered the system %s", shown(id.System)),
				fmt.Sprintf("没有单位登记过系统 %s", shown(id.System)))
		}
		if slices.Contains(act.ExternalIDs[:i], id) {
			return refuse(RefusedConflict, field,
				fmt.Sprintf("number %s of system %s is given twice", shown(id.Number), shown(id.System)),
				fmt.Sprintf("系统 %s 的编号 %s 重复", shown(id.System), shown(id.Number)))
		}
	}
	return nil
}

func (d *deciding) checkIntakeDates(act RegisterCase) *Refusal {
	if refusal := d.checkPast(act.ReceivedAt, at("receivedAt")); refusal != nil {
		return refusal
	}
	if act.ReceivedAt.Before(earliest) {
		return refuse(RefusedInvalid, at("receivedAt"),
			fmt.Sprintf("receivedAt %s is before %s", moment(act.ReceivedAt), day(earliest)),
			fmt.Sprintf("receivedAt %s 早于 %s", moment(act.ReceivedAt), day(earliest)))
	}
	if act.OccurredAt.IsZero() {
		return nil
	}
	if act.OccurredAt.After(act.ReceivedAt) {
		return refuse(RefusedOutOfOrder, at("occurredAt"),
			fmt.Sprintf("occurredAt %s is after receipt, %s", moment(act.OccurredAt), moment(act.ReceivedAt)),
			fmt.Sprintf("occurredAt %s 晚于收到日期 %s", moment(act.OccurredAt), moment(act.ReceivedAt)))
	}
	if act.OccurredAt.Year() < 1000 {
		return refuse(RefusedInvalid, at("occurredAt"), "occurredAt has no year of four digits", "occurredAt 的年份不足四位")
	}
	return nil
}

// earliest is the first day that a receipt can have: the republic's founding. It catches a
// mistyped century.
var earliest = time.Date(1949, time.October, 1, 0, 0, 0, 0, Shanghai)

func checkMeasures(act RegisterCase) *Refusal {
	return checkAmountAndHeadcount(act.Amount, act.Headcount)
}

// maxAmount is 1,000,000,000,000 yuan in fen: more is a slip of the keyboard, and the sum
// over all cases of a province must stay a number.
const maxAmount int64 = 100_000_000_000_000

func checkAmount(amount *int64, field []string) *Refusal {
	if amount == nil || (*amount >= 0 && *amount <= maxAmount) {
		return nil
	}
	name := field[len(field)-1]
	return refuse(RefusedInvalid, field,
		fmt.Sprintf("%s %d is not between 0 and %d fen", name, *amount, maxAmount),
		fmt.Sprintf("%s %d 不在0至%d分之间", name, *amount, maxAmount))
}

func checkAmountAndHeadcount(amount *int64, headcount *int) *Refusal {
	if refusal := checkAmount(amount, at("amount")); refusal != nil {
		return refusal
	}
	if headcount != nil && (*headcount < 1 || *headcount > 10_000_000) {
		return refuse(RefusedInvalid, at("headcount"),
			fmt.Sprintf("headcount %d is not between 1 and 10,000,000", *headcount),
			fmt.Sprintf("人数 %d 不在1至10,000,000之间", *headcount))
	}
	return nil
}

// gradeOf returns the narrower of the grade asked for and the one that the matter itself
// brings: an accusation is sealed; a minor, or a category so marked, restricts.
func gradeOf(asked Confidentiality, kind Kind, petition PetitionType, code string, parties []Party) Confidentiality {
	grade := ConfidentialityNormal
	found, _ := category.Find(string(kind), code)
	if found.Restricted || slices.ContainsFunc(parties, func(p Party) bool { return p.Minor }) {
		grade = ConfidentialityRestricted
	}
	if petition == Accusation {
		grade = ConfidentialitySealed
	}
	if narrowness(asked) > narrowness(grade) {
		return asked
	}
	return grade
}

func narrowness(c Confidentiality) int {
	switch c {
	case ConfidentialityRestricted:
		return 1
	case ConfidentialitySealed:
		return 2
	}
	return 0
}
