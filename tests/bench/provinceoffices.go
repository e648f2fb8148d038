package bench

import (
	"fmt"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/roster"
	"github.com/tiaochu/tiaochu/casefile/simulate"
	"github.com/tiaochu/tiaochu/directory"
)

// The grid worker who registers some of a village's cases, and the supervisor of a county who
// is excluded from some, as they are called in the lived cases.
const (
	livedGrid     = livedVillage + "-" + string(casefile.UnitGridStation)
	livedReporter = livedGrid + "-grid_worker1"
	livedRecused  = livedCounty + "-recused"
)

// officeKinds are the units of the simulated cities and counties.
var officeKinds = []casefile.UnitKind{casefile.UnitCenter, casefile.UnitPetitionOffice, casefile.UnitDiscipline}

func officeID(division casefile.Division, kind casefile.UnitKind) string {
	return string(division) + "-" + string(kind)
}

// postsOf are the roles of the people at a unit of a city, or of a county.
func postsOf(profile simulate.Profile, kind casefile.UnitKind, city bool) []casefile.Role {
	var roles []casefile.Role
	for _, post := range profile.Staff.Posts {
		for range post.People {
			if post.Kind == kind && post.City == city {
				roles = append(roles, post.Role)
			}
		}
	}
	return roles
}

// officesOf are the units of a city or county, as the simulated year has them: centre and
// petition office below their like, or the leading body of the province.
func officesOf(division casefile.Division) []casefile.Unit {
	above := func(kind casefile.UnitKind) string {
		switch {
		case kind == casefile.UnitDiscipline:
			return officeID(division, casefile.UnitCenter)
		case division.Level() == casefile.LevelCity:
			return officeID(division.At(casefile.LevelProvince), casefile.UnitLeadingBody)
		}
		return officeID(division.Parent(), kind)
	}
	var units []casefile.Unit
	for _, kind := range officeKinds {
		units = append(units, casefile.Unit{
			ID: officeID(division, kind), Kind: kind, Division: division, SupervisingUnitID: above(kind), SuperiorUnitIDs: []string{above(kind)},
		})
	}
	return units
}

// livedOffices are the units and people of the simulated year, to fold its cases with.
func livedOffices(profile simulate.Profile) *roster.Roster {
	b := roster.NewBuilder()
	b.Divisions("99", livedCity, livedCounty, livedTownship, livedVillage)
	b.Unit(casefile.Unit{ID: officeID("99", casefile.UnitLeadingBody), Kind: casefile.UnitLeadingBody, Division: "99"})
	for _, division := range []casefile.Division{livedCity, livedCounty} {
		for _, unit := range officesOf(division) {
			b.Unit(unit, postsOf(profile, unit.Kind, division == livedCity)...)
		}
	}
	b.Unit(casefile.Unit{ID: livedGrid, Kind: casefile.UnitGridStation, Division: livedVillage, SupervisingUnitID: officeID(livedCounty, casefile.UnitCenter)},
		casefile.RoleGridWorker)
	return b.Roster()
}

// ProvinceOffices are the units and people who work on loaded cases in every city and county of
// Yunnan, a centre with its clerk and manager in every township, and those who read at each
// level: the supervisors of a leading body of a division, of whom one a county is excluded from
// some cases, and the grid worker of the measured village.
func ProvinceOffices(profile simulate.Profile) directory.Entries {
	var entries directory.Entries
	add := func(unit casefile.Unit, place casefile.DivisionInfo, roles ...casefile.Role) {
		unit.Name = place.Name + kindNames[unit.Kind]
		entries.Units = append(entries.Units, unit)
		number := map[casefile.Role]int{}
		for _, role := range roles {
			number[role]++
			entries.People = append(entries.People, casefile.Person{
				ID:   fmt.Sprintf("%s-%s%d", unit.ID, strings.ToLower(string(role)), number[role]),
				Name: personName(len(entries.People)), Roles: []casefile.RoleAt{{Role: role, UnitID: unit.ID}},
			})
		}
	}
	reads := func(place casefile.DivisionInfo) {
		leading := officeID(place.Code, casefile.UnitLeadingBody)
		above := ""
		if place.Code.Level() != casefile.LevelProvince {
			above = officeID(place.Code.Parent(), casefile.UnitLeadingBody)
		}
		add(casefile.Unit{ID: leading, Kind: casefile.UnitLeadingBody, Division: place.Code, SupervisingUnitID: above}, place,
			casefile.RoleSupervisor, casefile.RoleLeader)
		if place.Code.Level() == casefile.LevelCounty {
			entries.People = append(entries.People, casefile.Person{
				ID: string(place.Code) + "-recused", Name: personName(len(entries.People)),
				Roles: []casefile.RoleAt{{Role: casefile.RoleSupervisor, UnitID: leading}},
			})
		}
	}
	taken := directory.Development()
	for place := range directory.Divisions().Under("53") {
		level := place.Code.Level()
		measured := measuredPlace(place.Code)
		if level == casefile.LevelProvince || level == casefile.LevelCity || level == casefile.LevelCounty || measured {
			reads(place)
		}
		switch {
		case level == casefile.LevelCity || level == casefile.LevelCounty:
			for _, unit := range officesOf(place.Code) {
				roles := postsOf(profile, unit.Kind, level == casefile.LevelCity)
				if unit.Kind == casefile.UnitCenter && len(taken.UnitsAt(place.Code, casefile.UnitCenter)) > 0 {
					unit.Kind = casefile.UnitBureau // a division has one centre, and the development set brought it
				}
				if measured && unit.Kind == casefile.UnitCenter && level == casefile.LevelCounty {
					roles = append(roles, casefile.RoleClerk) // one who has done nothing yet
				}
				add(unit, place, roles...)
			}
		case level == casefile.LevelTownship && len(taken.UnitsAt(place.Code, casefile.UnitCenter)) == 0:
			county := officeID(place.Code.Parent(), casefile.UnitCenter)
			add(casefile.Unit{
				ID: officeID(place.Code, casefile.UnitCenter), Kind: casefile.UnitCenter, Division: place.Code,
				SupervisingUnitID: county, SuperiorUnitIDs: []string{county},
			}, place, casefile.RoleClerk, casefile.RoleManager)
		case level == casefile.LevelVillage && measured:
			add(casefile.Unit{
				ID: officeID(place.Code, casefile.UnitGridStation), Kind: casefile.UnitGridStation, Division: place.Code,
				SupervisingUnitID: officeID(place.Code.At(casefile.LevelCounty), casefile.UnitCenter),
			}, place, casefile.RoleGridWorker)
		}
	}
	return entries
}

var kindNames = map[casefile.UnitKind]string{
	casefile.UnitCenter: "社会治安综合治理中心", casefile.UnitBureau: "综治中心办公室", casefile.UnitPetitionOffice: "信访局",
	casefile.UnitDiscipline: "纪委监委", casefile.UnitLeadingBody: "党委政府", casefile.UnitGridStation: "网格站",
}

// personName invents a name; it repeats itself, as names do.
func personName(i int) string {
	surnames, given := []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"), []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英")
	return string([]rune{surnames[i%len(surnames)], given[i/len(surnames)%len(given)], given[i%len(given)]})
}
