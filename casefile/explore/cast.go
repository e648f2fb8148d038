package explore

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/roster"
)

// The units of the cast. A person's id is the unit's with the role and a number.
const (
	countyCenter    = "center"
	countyPetition  = "petition"
	countyBureau    = "bureau"
	countyCourt     = "court"
	countyDiscipl   = "discipline"
	cityCenter      = "city-center"
	cityPetition    = "city-petition"
	cityDiscipline  = "city-discipline"
	cityLeadingBody = "city-leading"

	city     casefile.Division = "5304"
	county   casefile.Division = "530402"
	township casefile.Division = "530402001"
)

// theCast is one county's offices with a person for each role, and the city's above them.
func theCast() *roster.Roster {
	return castOf(casefile.RoleClerk, casefile.RoleInvestigator, casefile.RoleMediator, casefile.RoleManager, casefile.RoleLeader)
}

// twoMediators has two of them at the county's centre.
func twoMediators() *roster.Roster {
	return castOf(casefile.RoleClerk, casefile.RoleInvestigator, casefile.RoleMediator, casefile.RoleMediator,
		casefile.RoleManager, casefile.RoleLeader)
}

// castOf is the cast with other posts at the county's centre.
func castOf(posts ...casefile.Role) *roster.Roster { return castWith(0, posts...) }

// fullerCity has one person more at the city's petition office and leading body, where each would
// have to judge their own work otherwise.
func fullerCity() *roster.Roster {
	return castWith(1, casefile.RoleClerk, casefile.RoleInvestigator, casefile.RoleMediator, casefile.RoleManager, casefile.RoleLeader)
}

func castWith(more int, posts ...casefile.Role) *roster.Roster {
	const (
		clerk, investigator = casefile.RoleClerk, casefile.RoleInvestigator
		manager, leader     = casefile.RoleManager, casefile.RoleLeader
	)
	b := roster.NewBuilder()
	b.Divisions("53", city, county, township, "530402001001")
	unit := func(id string, kind casefile.UnitKind, division casefile.Division, supervising string, superiors []string, roles ...casefile.Role) {
		b.Unit(casefile.Unit{
			ID: id, Kind: kind, Division: division, SupervisingUnitID: supervising, SuperiorUnitIDs: superiors,
		}, roles...)
	}
	unit(cityLeadingBody, casefile.UnitLeadingBody, city, "", nil, append([]casefile.Role{leader}, slices.Repeat([]casefile.Role{leader}, more)...)...)
	unit(cityCenter, casefile.UnitCenter, city, cityLeadingBody, []string{cityLeadingBody}, manager, leader)
	unit(cityPetition, casefile.UnitPetitionOffice, city, cityCenter, []string{cityLeadingBody},
		append([]casefile.Role{manager, leader}, slices.Repeat([]casefile.Role{manager}, more)...)...)
	unit(cityDiscipline, casefile.UnitDiscipline, city, cityCenter, nil, leader)
	unit(countyCenter, casefile.UnitCenter, county, cityCenter, []string{cityCenter}, posts...)
	unit(countyPetition, casefile.UnitPetitionOffice, county, cityPetition, []string{cityPetition}, clerk, investigator, manager, leader)
	unit(countyDiscipl, casefile.UnitDiscipline, county, countyCenter, []string{cityDiscipline}, clerk, investigator, manager, leader)
	unit(countyBureau, casefile.UnitBureau, county, countyCenter, nil, clerk)
	unit(countyCourt, casefile.UnitCourt, county, countyCenter, nil, clerk)
	return b.Roster()
}
