package bench

import (
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// The divisions at which reads are measured, one of each level: 曲靖市麒麟区 with its first
// township and village.
const (
	readCity, readCounty      casefile.Division = "5303", "530302"
	readTownship, readVillage casefile.Division = "530302001", "530302001001"
)

func measuredPlace(division casefile.Division) bool {
	return strings.HasPrefix(string(readVillage), string(division)) && division != ""
}

// reader is somebody whose list of cases is measured, and what the bare read takes for the same
// rows: they are told by hand here, without asking what the person may see.
type reader struct {
	name, person string
	// from, where and order are the bare list over a case c, with one argument.
	from, where, argument string
	key                   string // what goes before the id in the order
}

func readers() []reader {
	under := func(name string, division casefile.Division) reader {
		return reader{
			name: name, person: officeID(division, casefile.UnitLeadingBody) + "-supervisor1", argument: string(division), key: "c.registered_at",
			from: "cases c", where: "c.confidentiality = 'NORMAL' and c." + strings.ToLower(string(division.Level())) + " = $1",
		}
	}
	grid := officeID(readVillage, casefile.UnitGridStation) + "-grid_worker1"
	centre := officeID(readCounty, casefile.UnitCenter)
	recused := under("county, excluded from some", readCounty)
	recused.person = string(readCounty) + "-recused"
	recused.where += " and not exists (select from case_exclusions x where x.case_id = c.id and x.excluded = 'person/" + recused.person + "')"
	leader := under("leader of the province", "53")
	leader.person = officeID("53", casefile.UnitLeadingBody) + "-leader1"
	return []reader{
		{
			name: "grid worker", person: grid, argument: "person/" + grid, key: "g.registered_at",
			from: "case_grants g join cases c on c.id = g.case_id", where: "g.grantee = $1",
		},
		under("village", readVillage),
		under("township", readTownship),
		{
			name: "clerk of a county's centre", person: centre + "-clerk5", argument: centre, key: "c.registered_at",
			from: "cases c", where: "c.confidentiality = 'NORMAL' and c.responsible_unit_id = $1",
		},
		under("county", readCounty),
		recused,
		under("city", readCity),
		under("province", "53"),
		leader,
	}
}
