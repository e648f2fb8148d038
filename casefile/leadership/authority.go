package leadership

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// actRule says of a person's act on an existing package when it is taken and from whom.
type actRule struct {
	statuses []Status
	who      authority
	// ready is what the package must have besides, for this person.
	ready func(State, casefile.Actor) *casefile.Refusal
}

// authority says whose act it is; any one of its grounds is enough.
type authority struct {
	leader, team bool
	// responsible are roles at the responsible unit, body those at the leader's leading body,
	// over those at a centre, petition office, township or leading body whose division
	// contains the package's.
	responsible, body, over []casefile.Role
	// chased are roles at a unit that an open order chases, issuing those at one that issued it.
	chased, issuing []casefile.Role
}

// mayAct says why an actor may not do an act, whatever its input, or nil where they may.
func mayAct(state State, actor casefile.Actor, kind actKind, dir casefile.Directory) *casefile.Refusal {
	if refusal := kind.rule.who.check(state, actor, dir); refusal != nil {
		return refusal
	}
	if refusal := checkStatus(state, kind); refusal != nil {
		return refusal
	}
	if kind.rule.ready != nil {
		return kind.rule.ready(state, actor)
	}
	return nil
}

// AllowedCommands lists the mutations that an actor may send to the package as it is, given
// good input; in alphabetical order.
func AllowedCommands(state State, actor casefile.Actor, rules Rules) []string {
	if !state.Exists() || actor.Role == casefile.RoleSystem {
		return nil
	}
	var allowed []string
	for _, name := range ActNames() {
		kind := actKinds[name]
		if !kind.first && !kind.system && mayAct(state, actor, kind, rules.Directory) == nil {
			allowed = append(allowed, casefile.MutationName(name))
		}
	}
	return allowed
}

func checkStatus(state State, kind actKind) *casefile.Refusal {
	if slices.Contains(kind.rule.statuses, state.Status) {
		return nil
	}
	name := casefile.MutationName(kind.Name())
	code := casefile.RefusedWrongStage
	if state.Status.Ended() {
		code = casefile.RefusedClosed
	}
	var en, zh []string
	for _, status := range kind.rule.statuses {
		en, zh = append(en, string(status)), append(zh, Label("PackageStatus", string(status), casefile.Chinese))
	}
	return refuse(code, nil,
		fmt.Sprintf("the package is %s; %s is taken when it is %s", state.Status, name, strings.Join(en, " or ")),
		fmt.Sprintf("包案处于“%s”状态，此项操作只能在“%s”状态进行",
			Label("PackageStatus", string(state.Status), casefile.Chinese), strings.Join(zh, "”或“")))
}

func (a authority) allows(state State, actor casefile.Actor, dir casefile.Directory) bool {
	switch {
	case a.leader && actor.PersonID == state.LeaderID,
		a.team && slices.Contains(state.TeamIDs, actor.PersonID),
		actor.UnitID == state.ResponsibleUnitID && slices.Contains(a.responsible, actor.Role),
		actor.UnitID == state.LeaderUnitID && slices.Contains(a.body, actor.Role):
		return true
	}
	for _, order := range state.Orders {
		if unended(order) && (actor.UnitID == order.AddresseeUnitID && slices.Contains(a.chased, actor.Role) ||
			actor.UnitID == order.IssuedByUnitID && slices.Contains(a.issuing, actor.Role)) {
			return true
		}
	}
	return slices.Contains(a.over, actor.Role) && overSubTree(actor.UnitKind) && lies(dir, state.Division, actor.Division)
}

func (a authority) check(state State, actor casefile.Actor, dir casefile.Directory) *casefile.Refusal {
	if a.allows(state, actor, dir) {
		return nil
	}
	return refuse(casefile.RefusedWrongRole, nil,
		fmt.Sprintf("%s at %s may not do this; it takes %s",
			casefile.Label("Role", string(actor.Role), casefile.English), unitName(dir, actor.UnitID), a.describe(state, dir, casefile.English)),
		fmt.Sprintf("%s%s无权进行此项操作，应由%s进行",
			unitName(dir, actor.UnitID), casefile.Label("Role", string(actor.Role), casefile.Chinese), a.describe(state, dir, casefile.Chinese)))
}

// describe names who may act, for a refusal.
func (a authority) describe(state State, dir casefile.Directory, lang casefile.Language) string {
	var names []string
	add := func(en, zh string) { names = append(names, casefile.Term{EN: en, ZH: zh}.Label(lang)) }
	if a.leader {
		add("the package's leader", "包案领导")
	}
	if a.team {
		add("its team", "包案专班成员")
	}
	for _, at := range []struct {
		roles  []casefile.Role
		unitID string
	}{{a.responsible, state.ResponsibleUnitID}, {a.body, state.LeaderUnitID}} {
		if len(at.roles) > 0 {
			add("a "+roleNames(at.roles, casefile.English)+" of "+unitName(dir, at.unitID), unitName(dir, at.unitID)+"的"+roleNames(at.roles, casefile.Chinese))
		}
	}
	if len(a.chased) > 0 {
		add("the unit that the order chases", "被督办单位")
	}
	if len(a.issuing) > 0 {
		add("the unit that issued the order", "发出督办单的单位")
	}
	if len(a.over) > 0 {
		add("a "+roleNames(a.over, casefile.English)+" of a centre, petition office or leading body over it",
			"所属或上级综治中心、信访部门、党委政府的"+roleNames(a.over, casefile.Chinese))
	}
	return strings.Join(names, casefile.Term{EN: ", or ", ZH: "，或"}.Label(lang))
}

func roleNames(roles []casefile.Role, lang casefile.Language) string {
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = casefile.Label("Role", string(role), lang)
	}
	return strings.Join(names, casefile.Term{EN: " or ", ZH: "、"}.Label(lang))
}

func unitName(dir casefile.Directory, id string) string {
	if unit, ok := dir.Unit(id); ok && unit.Name != "" {
		return unit.Name
	}
	return id
}

// overSubTree reports whether a unit answers for the whole sub-tree of its division.
func overSubTree(kind casefile.UnitKind) bool {
	switch kind {
	case casefile.UnitCenter, casefile.UnitPetitionOffice, casefile.UnitTownshipGovernment, casefile.UnitLeadingBody:
		return true
	}
	return false
}

// leads reports whether a unit's leaders may take charge of packages.
func leads(kind casefile.UnitKind) bool {
	return kind == casefile.UnitLeadingBody || kind == casefile.UnitTownshipGovernment
}

// lies reports whether a division is another or lies below it, by code or as a member of a
// local division.
func lies(dir casefile.Directory, division, wide casefile.Division) bool {
	if wide == "" {
		return false
	}
	if wide.Contains(division) {
		return true
	}
	info, ok := dir.Division(wide)
	return ok && slices.ContainsFunc(info.Members, func(member casefile.Division) bool { return member.Contains(division) })
}
