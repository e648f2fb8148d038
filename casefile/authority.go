package casefile

import (
	"fmt"
	"slices"
	"strings"
)

// authority says whose act it is. Any one of its grounds is enough.
type authority struct {
	// own are roles at the responsible unit, supervising those at the unit that supervises
	// it, above those at a centre, petition office, township or leading body whose division
	// contains the case's.
	own, supervising, above []Role
	// superior are roles at a unit that reviews what the responsible one, or the reviewing one,
	// decides; reviewing those at the unit of the latest review.
	superior, reviewing []Role
	// dispatched are roles at a unit that still owes its part in the case.
	dispatched []Role
	// sender are roles at the unit that forwarded the petition, overSender those at the unit
	// that supervises it.
	sender, overSender []Role
	// advised are roles at a unit that owes the reply to a recommendation.
	advised []Role
	// referred are roles at a unit that a referral is open with.
	referred []Role
	// grid lets a grid worker act within their own village.
	grid bool
	// sampling lets whoever the case was drawn for, to look at it again.
	sampling bool
	// posts are roles at units that the case itself names.
	posts []post
	// These are people of the case, in whatever role they act.
	handler, mediator, registrar, handled bool
}

// post is a role at any of the units that the state names for it; en and zh name them.
type post struct {
	roles  []Role
	units  func(State) []string
	en, zh string
}

// mayAct says why an actor may not do an act on an existing case, whatever its input, or
// nil where they may.
func mayAct(state State, actor Actor, act string, dir Directory) *Refusal {
	rule, known := ruled(act)
	if !known {
		return refuse(RefusedInvalid, nil,
			fmt.Sprintf("%s is no command of a case", shown(act)), fmt.Sprintf("案件没有 %s 这一命令", shown(act)))
	}
	if refusal := checkInterest(state, actor, dir); refusal != nil {
		return refusal
	}
	if refusal := checkHeld(state, actor, act, dir); refusal != nil {
		return refusal
	}
	if refusal := checkReport(state, act); refusal != nil {
		return refusal
	}
	actor = standingIn(state, actor, dir)
	if refusal := rule.who.check(state, actor, dir); refusal != nil {
		return refusal
	}
	if refusal := checkStage(state, act, rule.stages); refusal != nil {
		return refusal
	}
	if rule.apart != nil {
		if refusal := rule.apart(state, actor.PersonID); refusal != nil {
			return refusal
		}
	}
	if rule.may != nil {
		if refusal := rule.may(state, actor); refusal != nil {
			return refusal
		}
	}
	if rule.ready != nil {
		return rule.ready(state, dir)
	}
	return nil
}

// allows reports whether the actor has one of the grounds; if not, whether their role alone
// would do, at another unit.
func (a authority) allows(state State, actor Actor, dir Directory) (allowed, elsewhere bool) {
	if actor.PersonID != "" && a.isPersonOfCase(state, actor) {
		return true, false
	}
	if slices.Contains(a.own, actor.Role) {
		elsewhere = true
		if actor.UnitID == state.ResponsibleUnitID {
			return true, false
		}
	}
	if slices.Contains(a.supervising, actor.Role) {
		elsewhere = true
		if unit, ok := dir.Unit(state.ResponsibleUnitID); ok && unit.SupervisingUnitID != "" &&
			unit.SupervisingUnitID == actor.UnitID {
			return true, false
		}
	}
	if slices.Contains(a.superior, actor.Role) {
		elsewhere = true
		for _, below := range []string{state.ResponsibleUnitID, state.reviewingUnit()} {
			if unit, ok := dir.Unit(below); ok && slices.Contains(unit.SuperiorUnitIDs, actor.UnitID) {
				return true, false
			}
		}
	}
	if f := state.Forwarding; f != nil && actor.UnitID != "" {
		if slices.Contains(a.sender, actor.Role) && actor.UnitID == f.FromUnitID {
			return true, false
		}
		if unit, ok := dir.Unit(f.FromUnitID); ok && slices.Contains(a.overSender, actor.Role) && actor.UnitID == unit.SupervisingUnitID {
			return true, false
		}
	}
	elsewhere = elsewhere || slices.Contains(a.sender, actor.Role) || slices.Contains(a.overSender, actor.Role)
	if slices.Contains(a.advised, actor.Role) {
		elsewhere = true
		if slices.ContainsFunc(state.unreplied(), func(r Recommendation) bool { return r.UnitID == actor.UnitID }) {
			return true, false
		}
	}
	if slices.Contains(a.reviewing, actor.Role) {
		elsewhere = true
		if unit := state.reviewingUnit(); unit != "" && unit == actor.UnitID {
			return true, false
		}
	}
	if slices.Contains(a.above, actor.Role) {
		elsewhere = true
		if overSubTree(actor.UnitKind) && lies(dir, state.Division, actor.Division) {
			return true, false
		}
	}
	if slices.Contains(a.dispatched, actor.Role) {
		elsewhere = true
		if state.openDispatchAt(actor.UnitID) != nil {
			return true, false
		}
	}
	if slices.Contains(a.referred, actor.Role) {
		elsewhere = true
		if slices.ContainsFunc(state.openReferrals(), func(r Referral) bool { return r.UnitID == actor.UnitID }) {
			return true, false
		}
	}
	for _, p := range a.posts {
		if slices.Contains(p.roles, actor.Role) {
			elsewhere = true
			if slices.Contains(p.units(state), actor.UnitID) {
				return true, false
			}
		}
	}
	if a.grid && actor.Role == RoleGridWorker {
		elsewhere = true
		if lies(dir, state.Division, village(actor.Division)) {
			return true, false
		}
	}
	if a.sampling && state.sampledFor(actor) != nil {
		return true, false
	}
	return false, elsewhere
}

func (a authority) check(state State, actor Actor, dir Directory) *Refusal {
	allowed, elsewhere := a.allows(state, actor, dir)
	switch {
	case allowed:
		return nil
	case elsewhere && len(a.dispatched) > 0:
		return refuse(RefusedJurisdiction, nil,
			"no dispatch of this case waits for your unit", "本案没有待您所在单位回复的派单")
	case elsewhere && len(a.referred) > 0:
		return refuse(RefusedJurisdiction, nil,
			"no referral of this case waits for your unit", "本案没有导入您所在单位的事项")
	case elsewhere && len(a.posts) > 0 && len(a.own) == 0:
		return refuse(RefusedJurisdiction, nil,
			fmt.Sprintf("this is for %s, not for your unit", a.posts[0].en), fmt.Sprintf("此项操作由%s进行", a.posts[0].zh))
	case elsewhere:
		return refuse(RefusedJurisdiction, nil,
			fmt.Sprintf("the case is with %s, not with your unit or one below it", unitName(dir, state.ResponsibleUnitID)),
			fmt.Sprintf("案件由%s负责，不属于您所在单位的办理范围", unitName(dir, state.ResponsibleUnitID)))
	case a.handler && state.HandlerID == "" && len(a.own) == 0:
		return refuse(RefusedIncomplete, nil,
			"the case has no handler yet: assign one first", "案件尚未指定承办人，请先指定")
	}
	return refuse(RefusedWrongRole, nil,
		fmt.Sprintf("%s may not do this; it takes %s", withArticle(Label("Role", string(actor.Role), English)), a.describe(English)),
		fmt.Sprintf("%s无权进行此项操作，应由%s进行", Label("Role", string(actor.Role), Chinese), a.describe(Chinese)))
}

// isPersonOfCase reports whether somebody is one of the people of the case whose act it is, or
// stands in for the handler or the mediator.
func (a authority) isPersonOfCase(state State, actor Actor) bool {
	personID := actor.PersonID
	switch {
	case a.handler && actor.is(state.HandlerID),
		a.registrar && state.RegisteredBy.PersonID == personID,
		a.handled && slices.Contains(state.HandledBy, personID):
		return true
	}
	if a.mediator {
		if m := state.openMediation(); m != nil && actor.is(m.MediatorID) {
			return true
		}
	}
	return false
}

// describe names who may act, for a refusal.
func (a authority) describe(lang Language) string {
	var names []string
	add := func(en, zh string) {
		names = append(names, Term{EN: en, ZH: zh}.Label(lang))
	}
	if a.handler {
		add("the handler", "承办人")
	}
	if a.mediator {
		add("the mediator", "调解员")
	}
	if a.registrar {
		add("the registrar", "登记人")
	}
	if a.sampling {
		add("whoever the case was drawn for", "抽查人员")
	}
	seen := map[Role]bool{}
	roles := slices.Concat(
		a.own, a.supervising, a.above, a.superior, a.reviewing, a.dispatched, a.referred, a.sender, a.overSender,
	)
	for _, p := range a.posts {
		roles = append(roles, p.roles...)
	}
	if a.grid {
		roles = append(roles, RoleGridWorker)
	}
	for _, role := range roles {
		if !seen[role] {
			seen[role] = true
			names = append(names, Label("Role", string(role), lang))
		}
	}
	return enumerate(names, lang)
}

// unitName names a unit as users know it; an unknown one by its id.
func unitName(dir Directory, id string) string {
	if unit, ok := dir.Unit(id); ok && unit.Name != "" {
		return unit.Name
	}
	return id
}

// withArticle puts a or an before an English noun.
func withArticle(noun string) string {
	if strings.ContainsAny(noun[:min(1, len(noun))], "aeiou") {
		return "an " + noun
	}
	return "a " + noun
}

func enumerate(names []string, lang Language) string {
	joined := ""
	for i, name := range names {
		switch {
		case i == 0:
		case lang == English && i == len(names)-1:
			joined += " or "
		case lang == English:
			joined += ", "
		default:
			joined += "、"
		}
		joined += name
	}
	return joined
}

func takenIn(stages []Stage, stage Stage) bool {
	return stages == nil || slices.Contains(stages, stage)
}

// checkStage refuses an act that a case in this stage does not take.
func checkStage(state State, act string, stages []Stage) *Refusal {
	if takenIn(stages, state.Stage) {
		return nil
	}
	if !state.Stage.Open() {
		return refuse(RefusedClosed, nil,
			fmt.Sprintf("the case has ended (%s) and no longer takes %s", state.Stage, MutationName(act)),
			fmt.Sprintf("案件已终结（%s），不能再进行“%s”", Label("CaseStage", string(state.Stage), Chinese), MutationName(act)))
	}
	var wantedEN, wantedZH []string
	for _, stage := range stages {
		wantedEN = append(wantedEN, string(stage))
		wantedZH = append(wantedZH, Label("CaseStage", string(stage), Chinese))
	}
	return refuse(RefusedWrongStage, nil,
		fmt.Sprintf("the case is in %s; %s is taken in %s", state.Stage, MutationName(act), enumerate(wantedEN, English)),
		fmt.Sprintf("案件处于%s阶段，“%s”只能在%s阶段进行",
			Label("CaseStage", string(state.Stage), Chinese), MutationName(act), enumerate(wantedZH, Chinese)))
}

// overSubTree reports whether a unit's managers, leaders and supervisors see to the whole
// sub-tree of its division.
func overSubTree(kind UnitKind) bool {
	switch kind {
	case UnitCenter, UnitPetitionOffice, UnitTownshipGovernment, UnitLeadingBody:
		return true
	}
	return false
}

// lies reports whether a division is another or lies below it, by code or as a member of a
// local division.
func lies(dir Directory, division, wide Division) bool {
	if wide == "" {
		return false
	}
	if wide.Contains(division) {
		return true
	}
	info, ok := dir.Division(wide)
	if !ok {
		return false
	}
	for _, member := range info.Members {
		if member.Contains(division) {
			return true
		}
	}
	return false
}

// village is the circle of a grid worker: the village around their grid.
func village(d Division) Division {
	if at := d.At(LevelVillage); at != "" {
		return at
	}
	return d
}
