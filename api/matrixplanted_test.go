package api_test

import (
	"slices"
)

// More people of the development set, each looking for a reason of their own.
const (
	otherMediator  = "p-530402-center-mediator-2"
	landManager    = "p-530402-land-manager-1"
	cityLandLeader = "p-5304-land-leader-1"
	townshipClerk  = "p-530402001-center-clerk-1"
	assessor       = "p-530402-assessor-assessor-1"
	center         = "p-530402-center-supervisor-1"
	petitionJunior = "p-530402-petition-clerk-2"
	petitionChief  = "p-530402-petition-manager-1"
	province       = "p-53-center-manager-1"
	cityPetition   = "p-5304-petition-leader-1"
	township       = "p-530402001-center-manager-1"
	elsewhereClerk = "p-530403-center-clerk-1"
	elsewhereHead  = "p-530403-center-manager-1"
)

// readers are the people who look, each for a role and a place.
var readers = []string{
	clerk, otherClerk, manager, leader, townshipClerk, investigator, otherInvestigator, mediator, otherMediator, center,
	petitionClerk, petitionJunior, petitionHead, petitionChief, countyLeader, countyDeputy,
	cityManager, overseer, cityPetition, province, township, elsewhereHead, elsewhereClerk,
	landClerk, landHandler, landManager, landLeader, cityLandLeader, "p-53-land-leader-1", "p-530402-discipline-leader-1",
	housingClerk, "p-530402-housing-manager-1", waterClerk, "p-530402-water-clerk-2", courtClerk, courtMachine, assessor,
	"p-530402001001-grid-grid-worker-1", "p-5304-center-analyst-1", "p-5304-center-auditor-1", "p-5304-center-admin-1", "p-5304-center-integration-1",
}

// countyAbove are those who answer for the sub-tree of the county and work on nothing of the
// centre's cases.
var countyAbove = []string{
	center, petitionHead, petitionChief, countyLeader, countyDeputy, cityManager, overseer, cityPetition, province,
}

func with(lists ...[]string) []string { return slices.Concat(lists...) }

func only(people ...string) []string { return people }

// but leaves people out of a list.
func but(list []string, left ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(who string) bool { return slices.Contains(left, who) })
}

// bureau are those of the land bureau who see its cases.
var bureau = only(landClerk, landHandler, landManager, landLeader)

// situations plants the cases.
func (o *office) situations() []*situation {
	o.t.Helper()
	var all []*situation
	situate := func(name, mark string, whole, masked []string) *situation {
		s := &situation{name: name, mark: mark, whole: whole, masked: masked}
		all = append(all, s)
		return s
	}
	office := only(clerk, otherClerk, manager, leader)
	above := with(countyAbove, only(township))
	over := with(countyAbove, only(manager, leader)) // what another office of the county handles
	assigned := o.plant(situate("assigned and in mediation", "甲壹", with(office, only(mediator)), above), clerk, dispute("m-1")).
		handled(mediator, clerk, manager)
	assigned.act(mediator, "concludeInvestigation", map[string]any{"facts": "事实@", "path": "MEDIATION"})
	assigned.act(mediator, "openMediation", map[string]any{"type": "PEOPLES"})

	restricted := dispute("m-2")
	restricted["category"] = "D-FAMILY-VIOLENCE"
	narrow := o.plant(situate("restricted", "乙贰", only(clerk, manager, leader), nil), clerk, restricted)
	narrow.act(clerk, "recordPoliceReport", map[string]any{"organ": "某派出所@", "reference": "110-0043@"})

	sealed := situate("person accused", "丙叁", only(petitionClerk, petitionHead), nil)
	o.plant(sealed, petitionClerk, accusing("m-3", map[string]any{"personId": person(landClerk)}))
	o.plant(situate("unit accused", "丁肆", only(petitionClerk, petitionHead), nil), petitionClerk,
		accusing("m-4", map[string]any{"unitId": unit("530402-land")}))
	o.plant(situate("accused by name alone", "戊伍", only(petitionHead), nil), petitionClerk, accusation("m-5"))
	appeal := petition("m-6")
	appeal["parties"] = append(appeal["parties"].([]any), map[string]any{"role": "RESPONSIBLE_UNIT", "unitId": unit("530402-land")})
	o.plant(situate("appeal about a unit", "己陆", only(petitionClerk, petitionJunior, petitionHead, petitionChief), but(over, petitionHead, petitionChief)),
		petitionClerk, appeal)
	elsewhere := dispute("m-7")
	elsewhere["division"] = "530403"
	o.plant(situate("of another county", "庚柒", only(elsewhereClerk, elsewhereHead), only(cityManager, overseer, cityPetition, province)),
		elsewhereClerk, elsewhere)

	// The own head leads whom they would look into: the head beside, at the centre, answers for it.
	o.plant(situate("line leader and colleague of the accused", "辛捌", only(petitionClerk, leader), nil), petitionClerk,
		accusing("m-8", map[string]any{"personId": person(petitionJunior)}))
	named := o.plant(situate("registrar under the accused", "壬玖", only(leader), nil), petitionClerk, accusation("m-9"))
	named.act(petitionHead, "amendCase", map[string]any{"reason": "经核实@", "parties": []any{map[string]any{
		"id": named.s.parties[1], "role": "ACCUSED", "personId": person(petitionChief),
	}}})
	o.recused(situate("recused mediator", "癸拾", with(office, only(otherMediator)), above))
	o.besideOthers(situate("dispatched and referred", "子甲",
		with(office, only(investigator, otherInvestigator, housingClerk, "p-530402-housing-manager-1", courtClerk, courtMachine)), above))
	told := only(petitionHead, countyLeader, countyDeputy)
	o.urgentAndReported(situate("urgent, reported and lifted", "丑乙", office, above))
	o.suspicionCleared(situate("urgent, suspicion cleared", "洪未", with(office, told), but(above, told...)))
	o.counted(situate("medical, suspended and deferred", "寅丙", only(clerk, manager, leader), nil))
	o.sampled(situate("sampled", "卯丁", with(office, only(assessor)), above))
	ended := situate("mediated to the end", "辰戊", with(office, only(mediator)), above)
	o.mediatedToTheEnd(ended)
	o.mediatedAgain(situate("mediated again", "荒申", with(office, only(mediator)), above))
	o.merged(situate("merged into", "巳己", office, above), situate("merged", "午庚", office, above))
	o.retaliation(situate("appeal of whom somebody retaliates against", "申壬", with(bureau, only(petitionClerk)), over),
		situate("report of retaliation", "酉癸", only(petitionClerk, leader, manager), nil))
	o.mixedPetition(situate("mixed petition", "戌子", only(petitionClerk, petitionJunior, petitionHead, petitionChief), but(over, petitionHead, petitionChief)),
		situate("accusation split off", "亥丑", only(petitionClerk, petitionHead), nil))
	open := situate("member of a package", "天寅", office, countyAbove)
	o.plant(open, clerk, petition("m-p"))
	team := only(housingClerk, "p-530402-housing-manager-1", countyLeader, countyDeputy)
	outside := but(over, team...)
	// The last one's plan is overdue, and the centre that chases it reads what it judges.
	packages := []*situation{
		situate("package, stabilised", "地卯", with(team, only(manager)), but(outside, manager)),
		situate("package, resolved", "玄辰", team, outside),
		situate("package over a restricted case", "黄巳", with(team, office, only(center)), but(outside, manager, leader, center)),
	}
	packages[0].numbered, packages[1].numbered, packages[2].numbered = office, with(office, only(mediator, township)), nil
	// A restricted case's number is for whoever works on what names it, the package and a link.
	open.numbered, ended.numbered, narrow.s.numbered = team, team, with(packages[2].whole, only(mediator))
	assigned.act(manager, "linkCases", map[string]any{"otherCaseId": narrow.s.id, "kind": "RELATED"})
	// A sealed one's is for nobody who doesn't see it, also where it was linked before it was sealed.
	since := o.plant(situate("sealed since it was linked", "盈子", only(clerk, leader), nil), clerk, dispute("m-sealed-since"))
	assigned.act(manager, "linkCases", map[string]any{"otherCaseId": since.s.id, "kind": "RELATED"})
	since.act(manager, "amendCase", map[string]any{"confidentiality": "SEALED", "reason": "密封@"})
	o.packaged(packages, open, ended, narrow.s, sealed)
	o.appealAnsweredThrice(situate("appeal handled by its responsible unit", "未辛",
		with(bureau, only(petitionClerk, cityLandLeader, "p-53-land-leader-1")), over))
	o.chased(situate("chased", "宇午", with(office, only(countyLeader)), but(above, countyLeader)))
	o.chasedHigher(situate("chased to the city", "日酉",
		only(townshipClerk, township, cityManager, countyLeader), with(but(countyAbove, cityManager, countyLeader), only(manager, leader))))
	return all
}
