package leadership

import (
	"fmt"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// checkMandate refuses what a package cannot be opened on, and returns the leading body
// of its leader and the names of its cases.
func (d *deciding) checkMandate(t Mandate, caseIDs []string) (casefile.Unit, []CaseName, *casefile.Refusal) {
	none := casefile.Unit{}
	body, refusal := d.checkLeader(t.LeaderID, t.Level, "leaderId")
	if refusal != nil {
		return none, nil, refusal
	}
	if refusal := first(
		required(t.Title, "标题", "title"), required(t.Reason, "理由", "reason"),
		d.checkResponsible(t.ResponsibleUnitID, body), d.checkTeam(t.TeamIDs),
	); refusal != nil {
		return none, nil, refusal
	}
	if t.DueBy != "" {
		if refusal := checkDay(t.DueBy, day(d.now), "化解期限", "dueBy"); refusal != nil {
			return none, nil, refusal
		}
	}
	if len(caseIDs) == 0 {
		return none, nil, refuse(casefile.RefusedRequired, at("caseIds"), "caseIds is required: a package has a case at least", "包案至少应有一件案件")
	}
	if refusal := checkCount(len(caseIDs), maxCases, "案件", "caseIds"); refusal != nil {
		return none, nil, refusal
	}
	names := make([]CaseName, len(caseIDs))
	for i, id := range caseIDs {
		if slices.Contains(caseIDs[:i], id) {
			return none, nil, refuse(casefile.RefusedInvalid, at("caseIds", i), "the case is named twice", "同一案件重复列入")
		}
		facts, refusal := d.checkCase(id, body.Division, at("caseIds", i))
		if refusal != nil {
			return none, nil, refusal
		}
		if refusal := d.checkInterest(facts, append([]string{t.LeaderID}, t.TeamIDs...), at("caseIds", i)); refusal != nil {
			return none, nil, refusal
		}
		names[i] = CaseName{id, facts.Number}
	}
	return body, names, nil
}

// checkLeader wants somebody who is LEADER at a leading body of the package's level.
func (d *deciding) checkLeader(personID string, level casefile.DivisionLevel, field string) (casefile.Unit, *casefile.Refusal) {
	if refusal := required(personID, "包案领导", field); refusal != nil {
		return casefile.Unit{}, refusal
	}
	if refusal := checkTerm(casefile.Terms("DivisionLevel"), "DivisionLevel", string(level), "包案层级", "level"); refusal != nil {
		return casefile.Unit{}, refusal
	}
	person, ok := d.rules.Directory.Person(personID)
	if !ok {
		return casefile.Unit{}, refuse(casefile.RefusedUnknownPerson, at(field), field+" names nobody who works in the system", "没有这一人员")
	}
	for _, held := range person.Roles {
		unit, ok := d.rules.Directory.Unit(held.UnitID)
		if ok && held.Role == casefile.RoleLeader && leads(unit.Kind) && unit.Division.Level() == level {
			return unit, casefile.CheckPresent(person, d.rules.Directory, at(field))
		}
	}
	return casefile.Unit{}, refuse(casefile.RefusedNotCompetent, at(field),
		fmt.Sprintf("%s is no LEADER of a leading body at level %s; a package is led by one (信访工作条例 art 18 para 2)", person.Name, level),
		fmt.Sprintf("%s不是%s级党委政府领导，包案应由该级领导干部担任（信访工作条例第十八条第二款）",
			person.Name, casefile.Label("DivisionLevel", string(level), casefile.Chinese)))
}

func (d *deciding) checkResponsible(unitID string, body casefile.Unit) *casefile.Refusal {
	if refusal := required(unitID, "责任单位", "responsibleUnitId"); refusal != nil {
		return refusal
	}
	unit, ok := d.rules.Directory.Unit(unitID)
	if !ok {
		return refuse(casefile.RefusedUnknownUnit, at("responsibleUnitId"), "responsibleUnitId names no unit", "没有这一单位")
	}
	if !lies(d.rules.Directory, unit.Division, body.Division) {
		return refuse(casefile.RefusedJurisdiction, at("responsibleUnitId"),
			fmt.Sprintf("%s lies outside %s, which the leader answers for", unit.Name, body.Division),
			fmt.Sprintf("%s不在包案领导所辖区划（%s）内", unit.Name, body.Division))
	}
	return nil
}

func (d *deciding) checkTeam(teamIDs []string) *casefile.Refusal {
	if refusal := checkCount(len(teamIDs), maxTeam, "专班成员", "teamIds"); refusal != nil {
		return refusal
	}
	for i, id := range teamIDs {
		person, ok := d.rules.Directory.Person(id)
		if !ok || len(person.Roles) == 0 {
			return refuse(casefile.RefusedUnknownPerson, at("teamIds", i), "nobody of this id works in the system", "没有这一人员")
		}
		if refusal := casefile.CheckPresent(person, d.rules.Directory, at("teamIds", i)); refusal != nil && !slices.Contains(d.state.TeamIDs, id) {
			return refusal
		}
		if slices.Contains(teamIDs[:i], id) {
			return refuse(casefile.RefusedInvalid, at("teamIds", i), "the person is named twice", "同一人员重复列入")
		}
	}
	return nil
}

// checkCase refuses a case that the package cannot have: one that isn't there, is sealed,
// was merged, lies outside the division, or is in another open package.
func (d *deciding) checkCase(caseID string, division casefile.Division, field []string) (CaseFacts, *casefile.Refusal) {
	facts, ok := d.rules.Cases[caseID]
	switch {
	case !ok:
		return facts, refuse(casefile.RefusedNoCase, field, "there is no such case", "没有这一案件")
	case facts.Confidentiality == casefile.ConfidentialitySealed:
		return facts, refuse(casefile.RefusedNotCompetent, field,
			fmt.Sprintf("case %s is sealed: known to named people only, it joins no package (信访工作条例 art 30)", facts.Number),
			fmt.Sprintf("案件%s为密封案件，仅限指定人员知悉，不列入领导包案（信访工作条例第三十条）", facts.Number))
	case facts.Merged:
		return facts, refuse(casefile.RefusedClosed, field,
			fmt.Sprintf("case %s was merged into another one: name that one", facts.Number),
			fmt.Sprintf("案件%s已并入另一案件，请列入后者", facts.Number))
	case division != "" && !lies(d.rules.Directory, facts.Division, division):
		return facts, refuse(casefile.RefusedJurisdiction, field,
			fmt.Sprintf("case %s is answered for by %s, which lies outside %s", facts.Number, facts.Division, division),
			fmt.Sprintf("案件%s属地为%s，不在%s范围内", facts.Number, facts.Division, division))
	case facts.HeldBy != "" && facts.HeldBy != d.state.ID:
		return facts, refuse(casefile.RefusedConflict, field,
			fmt.Sprintf("case %s is in another open package; a case is in one at most (%s)", facts.Number, unwritten().EN),
			fmt.Sprintf("案件%s已列入另一未结包案，一案只能列入一个包案（%s）", facts.Number, unwritten().ZH))
	}
	return facts, nil
}

// checkInterest keeps a case from those whom it excludes.
func (d *deciding) checkInterest(facts CaseFacts, people []string, field []string) *casefile.Refusal {
	for _, id := range people {
		person, ok := d.rules.Directory.Person(id)
		if ok && casefile.ExcludesPerson(facts.Exclusions, person.ID, person.Roles, d.rules.Directory) {
			return refuse(casefile.RefusedInterest, field,
				fmt.Sprintf("somebody named for the package has an interest in case %s", facts.Number),
				fmt.Sprintf("拟参与包案的人员与案件%s有利害关系，应当回避", facts.Number))
		}
	}
	return nil
}

// checkProposer wants somebody who answers for the cases: of a centre, petition office,
// township or leading body over them, or of the unit that is responsible for them.
func (d *deciding) checkProposer(caseIDs []string) *casefile.Refusal {
	actor := d.command.Actor
	switch actor.Role {
	case casefile.RoleManager, casefile.RoleLeader, casefile.RoleSupervisor, casefile.RoleClerk:
	default:
		return refuse(casefile.RefusedWrongRole, nil,
			"a package is proposed by a clerk, manager, leader or supervisor", "包案应由受理员、负责人、领导或督办人员提请")
	}
	for i, id := range caseIDs {
		facts := d.rules.Cases[id]
		over := overSubTree(actor.UnitKind) && lies(d.rules.Directory, facts.Division, actor.Division)
		if !over && facts.ResponsibleUnitID != actor.UnitID {
			return refuse(casefile.RefusedJurisdiction, at("caseIds", i),
				fmt.Sprintf("case %s is with %s, not with your unit or one below it", facts.Number, unitName(d.rules.Directory, facts.ResponsibleUnitID)),
				fmt.Sprintf("案件%s由%s负责，不属于您所在单位的办理范围", facts.Number, unitName(d.rules.Directory, facts.ResponsibleUnitID)))
		}
	}
	return nil
}
