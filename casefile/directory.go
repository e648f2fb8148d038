package casefile

// Unit (单位) is an organisation at a division.
type Unit struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Kind     UnitKind `json:"kind"`
	Industry string   `json:"industry,omitempty"`
	Division Division `json:"division"`
	// SupervisingUnitID urges and chases this unit: the centre or petition office of its
	// own division; for those, the level above. Empty at the top.
	SupervisingUnitID string `json:"supervisingUnitId,omitempty"`
	// SuperiorUnitIDs review this unit's decisions.
	SuperiorUnitIDs []string `json:"superiorUnitIds,omitempty"`
}

// RoleAt is a role held at a unit.
type RoleAt struct {
	Role   Role   `json:"role"`
	UnitID string `json:"unitId"`
}

// Person works in the system. The name of an office-holder is public within it.
type Person struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Roles []RoleAt `json:"roles"`
	// Away is the absence that has begun; nil for somebody who is there.
	Away *Absence `json:"-"`
	// Absences are those that have begun or will, the earliest first.
	Absences []Absence `json:"-"`
}

// Holds reports whether the person holds a role at a unit.
func (p Person) Holds(role Role, unitID string) bool {
	for _, at := range p.Roles {
		if at.Role == role && at.UnitID == unitID {
			return true
		}
	}
	return false
}

// DivisionInfo names a division. Members are the townships of a local division whose own
// code is not their prefix.
type DivisionInfo struct {
	Code    Division   `json:"code"`
	Name    string     `json:"name"`
	Local   bool       `json:"local,omitempty"`
	Members []Division `json:"members,omitempty"`
}

// Directory answers who and where: a consistent snapshot of divisions, units, people and
// registered issuing systems. Implementations are read-only and safe for concurrent use.
type Directory interface {
	Division(Division) (DivisionInfo, bool)
	Unit(id string) (Unit, bool)
	Person(id string) (Person, bool)
	// UnitsAt lists the units of a kind at exactly this division, ordered by id.
	UnitsAt(Division, UnitKind) []Unit
	// Holders lists the people holding a role at a unit, ordered by id; empty is a vacancy.
	Holders(Role, string) []Person
	// SystemUnit returns the unit that registered an issuing system ("12345-5301").
	SystemUnit(system string) (unitID string, ok bool)
}
