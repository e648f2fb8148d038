package directory

import (
	"fmt"
	"sync"

	"github.com/tiaochu/tiaochu/casefile"
)

// What the development set is known to hold.
const (
	// DevelopmentCity is the city of the set: 玉溪市.
	DevelopmentCity casefile.Division = "5304"
	// DevelopmentCounty is the county whose units are all there: 玉溪市红塔区.
	DevelopmentCounty casefile.Division = "530402"
	// DevelopmentZone is the one local division, with two townships of the county.
	DevelopmentZone casefile.Division = "530490"
	// DevelopmentVacancy is the one unit whose post of MANAGER is vacant.
	DevelopmentVacancy = "u-530402-transport"
	// DevelopmentTwoRoles is the one person with two roles: the head of a justice office
	// who also mediates there.
	DevelopmentTwoRoles = "p-530402001-justice-manager-1"
)

// Development returns the directory of the development set: the city of Yuxi (5304) with
// the county of Hongta (530402) in full, the centres, petition offices and leading bodies
// of its other counties, and those of the province. Names of people are invented.
//
// Ids are readable: "u-530402-center", "p-530402-center-clerk-1". Every centre has
// registered the system "legacy-CODE" and every petition office "petition-CODE"; there
// are also "12345-5304", "court-530402" and "grid-530402".
func Development() *Directory { return development() }

var development = sync.OnceValue(func() *Directory {
	directory, err := DevelopmentEntries().Directory()
	if err != nil {
		panic(fmt.Sprintf("directory: development set: %v", err))
	}
	return directory
})

// DevelopmentEntries returns the rows of the development set, to be stored. They are the
// same at every call.
func DevelopmentEntries() Entries {
	set := &developmentSet{}
	set.addDivision("53", "云南省", "", "中共云南省委 云南省人民政府", "云南省信访局")
	set.addOffices("53", provinceOffices)
	set.addDivision(DevelopmentCity, "玉溪市", "53", "中共玉溪市委 玉溪市人民政府", "玉溪市信访局")
	set.addOffices(DevelopmentCity, cityOffices)
	for _, county := range Divisions().Children(DevelopmentCity) {
		set.addDivision(county.Code, county.Name, DevelopmentCity,
			fmt.Sprintf("中共%s委 %s人民政府", county.Name, county.Name), county.Name+"信访局")
	}
	set.addOffices(DevelopmentCounty, countyOffices)
	set.addZone()
	for _, township := range Divisions().Children(DevelopmentCounty) {
		set.addTownship(township)
	}
	set.addSystem("12345-"+string(DevelopmentCity), unitID(DevelopmentCity, "center"))
	set.addSystem("court-"+string(DevelopmentCounty), unitID(DevelopmentCounty, "court"))
	set.addSystem("grid-"+string(DevelopmentCounty), unitID(DevelopmentCounty, "center"))
	return set.Entries
}

type developmentSet struct {
	Entries
	named int // how many invented names are given away
}

func unitID(division casefile.Division, slug string) string {
	return fmt.Sprintf("u-%s-%s", division, slug)
}

func (s *developmentSet) addSystem(id, unitID string) {
	s.Systems = append(s.Systems, System{ID: id, UnitID: unitID})
}

// addDivision adds the leading body, centre and petition office of a division, each under
// its like in the division above. The centre supervises the leading body as it does every
// unit of its division; at the top it also supervises the petition office.
func (s *developmentSet) addDivision(division casefile.Division, name string, above casefile.Division, leading, petition string) {
	superiors := func(slug string) []string {
		if above == "" {
			return nil
		}
		return []string{unitID(above, slug)}
	}
	supervising := func(slug string) string {
		if above == "" {
			return ""
		}
		return unitID(above, slug)
	}
	government := unitID(division, "leading")
	centre := casefile.Unit{
		ID: unitID(division, "center"), Name: name + "社会治安综合治理中心", Kind: casefile.UnitCenter, Division: division,
		SupervisingUnitID: supervising("center"), SuperiorUnitIDs: append([]string{government}, superiors("center")...),
	}
	office := casefile.Unit{
		ID: unitID(division, "petition"), Name: petition, Kind: casefile.UnitPetitionOffice, Division: division,
		SupervisingUnitID: supervising("petition"), SuperiorUnitIDs: append([]string{government}, superiors("petition")...),
	}
	if above == "" {
		office.SupervisingUnitID = centre.ID
	}
	s.addUnit(casefile.Unit{
		ID: government, Name: leading, Kind: casefile.UnitLeadingBody, Division: division,
		SupervisingUnitID: centre.ID, SuperiorUnitIDs: superiors("leading"),
	})
	s.addUnit(centre)
	s.addUnit(office)
	s.addSystem("legacy-"+string(division), centre.ID)
	s.addSystem("petition-"+string(division), office.ID)
}

// addOffices adds the departments of a division: supervised by its centre, reviewed by
// its government and by their like in the division above where that has one.
func (s *developmentSet) addOffices(division casefile.Division, offices []office) {
	known := map[string]bool{}
	for _, unit := range s.Units {
		known[unit.ID] = true
	}
	for _, office := range offices {
		var superiors []string
		if office.underGovernment() {
			superiors = append(superiors, unitID(division, "leading"))
		}
		if above := unitID(division.Parent(), office.slug); known[above] {
			superiors = append(superiors, above)
		}
		s.addUnit(casefile.Unit{
			ID: unitID(division, office.slug), Name: office.name, Kind: office.kind, Industry: office.industry,
			Division: division, SupervisingUnitID: unitID(division, "center"), SuperiorUnitIDs: superiors,
		})
	}
}

// addZone adds the development zone, which is a division of its own between the city and
// the townships that it runs.
func (s *developmentSet) addZone() {
	const name = "玉溪高新技术产业开发区"
	s.Local = append(s.Local, casefile.DivisionInfo{Code: DevelopmentZone, Name: name, Local: true, Members: zoneMembers})
	s.addDivision(DevelopmentZone, name, DevelopmentCity, name+"管理委员会", name+"信访办公室")
}

var zoneMembers = []casefile.Division{"530402006", "530402009"}

// addTownship adds a township's government, centre, justice office and mediation
// committee, and committee and grid station of its first two villages.
func (s *developmentSet) addTownship(township casefile.DivisionInfo) {
	above := township.Code.Parent()
	for _, member := range zoneMembers {
		if member == township.Code {
			above = DevelopmentZone
		}
	}
	at := func(slug string) string { return unitID(township.Code, slug) }
	government := township.Name + "人民政府"
	if isStreet(township.Name) {
		government = township.Name + "办事处"
	}
	s.addUnit(casefile.Unit{
		ID: at("government"), Name: government, Kind: casefile.UnitTownshipGovernment, Division: township.Code,
		SupervisingUnitID: at("center"), SuperiorUnitIDs: []string{unitID(above, "leading")},
	})
	s.addUnit(casefile.Unit{
		ID: at("center"), Name: township.Name + "社会治安综合治理中心", Kind: casefile.UnitCenter, Division: township.Code,
		SupervisingUnitID: unitID(above, "center"), SuperiorUnitIDs: []string{at("government"), unitID(above, "center")},
	})
	s.addSystem("legacy-"+string(township.Code), at("center"))
	s.addUnit(casefile.Unit{
		ID: at("justice"), Name: township.Name + "司法所", Kind: casefile.UnitJusticeOffice, Division: township.Code,
		SupervisingUnitID: at("center"), SuperiorUnitIDs: []string{unitID(DevelopmentCounty, "justice")},
	})
	s.addUnit(casefile.Unit{
		ID: at("committee"), Name: township.Name + "人民调解委员会", Kind: casefile.UnitMediationCommittee, Division: township.Code,
		SupervisingUnitID: at("center"), SuperiorUnitIDs: []string{at("justice")},
	})
	villages := Divisions().Children(township.Code)
	for _, village := range villages[:min(2, len(villages))] {
		s.addUnit(casefile.Unit{
			ID: unitID(village.Code, "committee"), Name: shortVillage(village.Name) + "人民调解委员会",
			Kind: casefile.UnitMediationCommittee, Division: village.Code,
			SupervisingUnitID: at("center"), SuperiorUnitIDs: []string{at("justice")},
		})
		s.addUnit(casefile.Unit{
			ID: unitID(village.Code, "grid"), Name: shortVillage(village.Name) + "网格工作站",
			Kind: casefile.UnitGridStation, Division: village.Code,
			SupervisingUnitID: at("center"), SuperiorUnitIDs: []string{at("center")},
		})
	}
}
