package simulate

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// plan spreads the year's cases over its days: each day gets its part of them, at the
// minutes of the day that chance says.
func (y *year) plan() {
	weights := make([]float64, y.time.days)
	sum := 0.0
	for day := range weights {
		date := y.time.first.AddDate(0, 0, day)
		weekday := date.Weekday()
		if !y.time.works[day] {
			weekday = time.Sunday
		}
		weights[day] = y.profile.Arrivals.Months[date.Month()-1] * y.profile.Arrivals.Weekdays[weekday]
		sum += weights[day]
	}
	planned, part := 0, 0.0
	for day, weight := range weights {
		part += weight / sum * float64(y.profile.Cases)
		for planned < int(part+0.5) {
			planned++
			at := y.time.instant(day, y.random.IntN(9*60))
			y.arrivals = append(y.arrivals, at.Unix())
		}
	}
	slices.Sort(y.arrivals)
}

// arrive registers a case at a county's centre or petition office.
func (y *year) arrive() error {
	y.result.Registered++
	county := y.random.IntN(len(y.offices.counties))
	l := &life{state: &casefile.State{ID: fmt.Sprintf("case-%d", y.result.Registered)}, county: county}
	register := y.registration(y.offices.counties[county])
	unit := casefile.UnitCenter
	if register.Kind == casefile.Petition {
		unit = casefile.UnitPetitionOffice
	}
	clerks := y.offices.inbox[casefile.RoleAt{Role: casefile.RoleClerk, UnitID: unitID(unit, y.offices.counties[county])}]
	if len(clerks) == 0 {
		return fmt.Errorf("nobody at the %s of county %s registers cases: staff.posts needs a CLERK there", unit, y.offices.counties[county])
	}
	clerk := clerks[y.random.IntN(len(clerks))]
	if !y.send(l, clerk.actor, register) {
		return fmt.Errorf("a registration is refused: %s", y.result.lastRefusal)
	}
	y.follow(l)
	return nil
}

func (y *year) registration(division casefile.Division) casefile.RegisterCase {
	a := y.profile.Arrivals
	kind := a.Kinds[y.pick(len(a.Kinds), func(i int) float64 { return a.Kinds[i].Share })]
	register := casefile.RegisterCase{
		Kind: kind.Kind, PetitionType: kind.PetitionType, Source: casefile.Source(y.share(a.Sources)),
		Division: division, Title: "text", Narrative: "text", Claims: []casefile.TextID{"text"}, ReceivedAt: y.now,
	}
	first := casefile.Party{ID: "P1", Role: casefile.PartyApplicant, Kind: casefile.NaturalPerson, Content: "text", Named: true}
	if y.chance(a.Anonymous) {
		first = casefile.Party{ID: "P1", Role: casefile.PartyApplicant, Kind: casefile.NaturalPerson, Anonymous: true}
	}
	if kind.Kind == casefile.Dispute {
		register.Category = y.share(a.Disputes)
		register.Parties = []casefile.Party{first, {
			ID: "P2", Role: casefile.PartyRespondent, Kind: casefile.NaturalPerson, Content: "text", Named: true,
		}}
		return register
	}
	first.Role = casefile.PartyPetitioner
	register.Category = y.share(a.Petitions)
	register.Parties = []casefile.Party{first}
	if kind.PetitionType == casefile.Accusation {
		clerks := y.offices.inbox[casefile.RoleAt{Role: casefile.RoleClerk, UnitID: unitID(casefile.UnitCenter, division)}]
		accused := casefile.Party{ID: "P2", Role: casefile.PartyAccused, Kind: casefile.NaturalPerson, Content: "text", Named: true}
		if len(clerks) > 0 {
			accused.PersonID = clerks[y.random.IntN(len(clerks))].actor.PersonID
		}
		register.Parties = append(register.Parties, accused)
	}
	return register
}

func (y *year) share(shares []Share) string {
	return shares[y.pick(len(shares), func(i int) float64 { return shares[i].Share })].Value
}

// pick chooses by weight.
func (y *year) pick(n int, weight func(int) float64) int {
	sum := 0.0
	for i := range n {
		sum += weight(i)
	}
	at := y.random.Float64() * sum
	for i := range n {
		if at -= weight(i); at < 0 {
			return i
		}
	}
	return n - 1
}
