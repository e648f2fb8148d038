package simulate

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/roster"
)

// A province of one code, with ten counties to a city. The codes are no real divisions'.
const (
	province casefile.Division = "99"

	countiesPerCity int = 10
)

// worker is one person with their time.
type worker struct {
	actor casefile.Actor
	index int
	// day and minute are when they will have done what they have taken on.
	day, minute int
	// worked are the minutes of the year that went into tasks.
	worked float64
}

// offices are the province's units and people.
type offices struct {
	roster   *roster.Roster
	counties []casefile.Division
	workers  []worker
	// byID finds a worker, inbox those who hold a role at a unit.
	byID  map[string]*worker
	inbox map[casefile.RoleAt][]*worker
}

func newOffices(p Profile) *offices {
	b := roster.NewBuilder()
	b.Divisions(province)
	leading := unitID(casefile.UnitLeadingBody, province)
	b.Unit(casefile.Unit{ID: leading, Kind: casefile.UnitLeadingBody, Division: province})
	o := &offices{}
	for n := range max(1, (p.Cases+p.Staff.CasesPerCounty-1)/p.Staff.CasesPerCounty) {
		city := casefile.Division(fmt.Sprintf("%s%02d", province, n/countiesPerCity+1))
		if n%countiesPerCity == 0 {
			b.Divisions(city)
			o.addOffices(b, p, city, leading, leading, true)
		}
		county := casefile.Division(fmt.Sprintf("%s%02d", city, n%countiesPerCity+1))
		b.Divisions(county)
		o.counties = append(o.counties, county)
		o.addOffices(b, p, county, unitID(casefile.UnitCenter, city), unitID(casefile.UnitPetitionOffice, city), false)
	}
	o.roster = b.Roster()
	o.employ()
	return o
}

func (o *offices) addOffices(b *roster.Builder, p Profile, d casefile.Division, center, petition string, city bool) {
	above := map[casefile.UnitKind]string{
		casefile.UnitCenter: center, casefile.UnitPetitionOffice: petition, casefile.UnitDiscipline: unitID(casefile.UnitCenter, d),
	}
	for _, kind := range []casefile.UnitKind{casefile.UnitCenter, casefile.UnitPetitionOffice, casefile.UnitDiscipline} {
		var roles []casefile.Role
		for _, post := range p.Staff.Posts {
			for range post.People {
				if post.Kind == kind && post.City == city {
					roles = append(roles, post.Role)
				}
			}
		}
		b.Unit(casefile.Unit{
			ID: unitID(kind, d), Kind: kind, Division: d, SupervisingUnitID: above[kind], SuperiorUnitIDs: []string{above[kind]},
		}, roles...)
	}
}

func unitID(kind casefile.UnitKind, d casefile.Division) string {
	return string(d) + "-" + string(kind)
}

func (o *offices) employ() {
	actors := o.roster.Actors()
	o.workers = make([]worker, len(actors))
	o.byID, o.inbox = map[string]*worker{}, map[casefile.RoleAt][]*worker{}
	for i, actor := range actors {
		w := &o.workers[i]
		w.actor, w.index = actor, i
		o.byID[actor.PersonID] = w
		at := casefile.RoleAt{Role: actor.Role, UnitID: actor.UnitID}
		o.inbox[at] = append(o.inbox[at], w)
	}
}

// least returns the one of a post with the least to do whom the rules of two persons leave
// free; nil where there is none.
func (o *offices) least(at casefile.RoleAt, free func(string) bool) *worker {
	var least *worker
	for _, w := range o.inbox[at] {
		if free(w.actor.PersonID) && (least == nil || w.day < least.day || w.day == least.day && w.minute < least.minute) {
			least = w
		}
	}
	return least
}
