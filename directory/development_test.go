package directory_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

func TestTheDevelopmentSetHoldsEveryRoleAndEveryKindOfUnit(t *testing.T) {
	t.Parallel()
	held, there := map[string]bool{}, map[string]bool{}
	for _, person := range directory.Development().People() {
		for _, at := range person.Roles {
			held[string(at.Role)] = true
		}
	}
	for _, unit := range directory.Development().Units() {
		there[string(unit.Kind)] = true
	}
	for _, role := range casefile.Terms("Role") {
		require.Equal(t, role.Value != string(casefile.RoleSystem), held[role.Value], role.Value)
	}
	for _, kind := range casefile.Terms("UnitKind") {
		require.True(t, there[kind.Value], kind.Value)
	}
}

func TestOneManagerIsMissing(t *testing.T) {
	t.Parallel()
	var vacant []string
	for _, unit := range directory.Development().Units() {
		if unit.Kind != casefile.UnitGridStation && len(directory.Development().Holders(casefile.RoleManager, unit.ID)) == 0 {
			vacant = append(vacant, unit.ID)
		}
	}
	require.Equal(t, []string{directory.DevelopmentVacancy}, vacant)
	require.NotEmpty(t, directory.Development().Staff(directory.DevelopmentVacancy))
}

func TestOnePersonHasTwoRoles(t *testing.T) {
	t.Parallel()
	var two []string
	for _, person := range directory.Development().People() {
		if len(person.Roles) > 1 {
			two = append(two, person.ID)
		}
	}
	require.Equal(t, []string{directory.DevelopmentTwoRoles}, two)
}

func TestOneDivisionIsLocal(t *testing.T) {
	t.Parallel()
	var local []casefile.Division
	for division := range directory.Development().Divisions().All() {
		if division.Local {
			local = append(local, division.Code)
			require.NotEmpty(t, division.Members)
		}
	}
	require.Equal(t, []casefile.Division{directory.DevelopmentZone}, local)
	_, published := directory.Divisions().Find(directory.DevelopmentZone)
	require.False(t, published)
	centre, ok := directory.Development().CentreOf(directory.DevelopmentZone)
	require.True(t, ok)
	require.Equal(t, []casefile.Division{"530402006", "530402009", "530490"}, directory.Development().Area(centre.ID))
}

// A unit is supervised by the centre of its own division (a village's by that of its
// township), a centre by the centre of the level above, a petition office by the petition
// office there.
func TestEveryUnitIsSupervisedByItsCentreAndTheCentreByTheLevelAbove(t *testing.T) {
	t.Parallel()
	d := directory.Development()
	for _, unit := range d.Units() {
		chain := d.Supervisors(unit.ID)
		if unit.ID == "u-53-center" {
			require.Empty(t, chain)
			continue
		}
		supervising, ok := d.Unit(unit.SupervisingUnitID)
		require.True(t, ok, unit.ID)
		top, ok := d.Unit(chain[len(chain)-1])
		require.True(t, ok)
		require.Equal(t, "u-53-center", top.ID, "the way up from %s", unit.ID)
		switch {
		case unit.ID == "u-53-petition":
		case unit.Kind == casefile.UnitCenter || unit.Kind == casefile.UnitPetitionOffice:
			require.Equal(t, unit.Kind, supervising.Kind)
			require.Less(t, levelOf(supervising.Division), levelOf(unit.Division))
		case unit.Division.Level() == casefile.LevelVillage:
			require.Equal(t, casefile.UnitCenter, supervising.Kind)
			require.Equal(t, unit.Division.Parent(), supervising.Division)
		default:
			require.Equal(t, casefile.UnitCenter, supervising.Kind)
			require.Equal(t, unit.Division, supervising.Division)
		}
	}
	require.Equal(t, []string{"u-530402001-center", "u-530402-center", "u-5304-center", "u-53-center"},
		d.Supervisors("u-530402001001-committee"))
	require.Equal(t, []string{"u-530402009-center", "u-530490-center", "u-5304-center", "u-53-center"},
		d.Supervisors("u-530402009-government"))
}

func TestACountyOfficeIsReviewedByItsGovernmentAndTheDepartmentAbove(t *testing.T) {
	t.Parallel()
	d := directory.Development()
	labour, ok := d.Unit("u-530402-labour")
	require.True(t, ok)
	require.Equal(t, []string{"u-530402-leading", "u-5304-labour"}, labour.SuperiorUnitIDs)
	require.Equal(t, []string{"u-530402-leading", "u-5304-labour", "u-5304-leading", "u-53-labour", "u-53-leading"},
		d.Superiors("u-530402-labour"))
	court, ok := d.Unit("u-530402-court")
	require.True(t, ok)
	require.Equal(t, []string{"u-5304-court"}, court.SuperiorUnitIDs)
	require.Contains(t, d.Subordinates("u-5304-justice"), "u-530402001001-committee")
}

func TestTheCountysCentreAndPetitionOfficeCanHandleAWholeCase(t *testing.T) {
	t.Parallel()
	d := directory.Development()
	centre, ok := d.CentreOf(directory.DevelopmentCounty)
	require.True(t, ok)
	require.Equal(t, "u-530402-center", centre.ID)
	for _, unit := range []string{centre.ID, "u-530402-petition"} {
		for role, least := range map[casefile.Role]int{
			casefile.RoleClerk: 2, casefile.RoleInvestigator: 2, casefile.RoleMediator: 2,
			casefile.RoleManager: 1, casefile.RoleLeader: 1, casefile.RoleSupervisor: 1,
		} {
			require.GreaterOrEqual(t, len(d.Holders(role, unit)), least, "%s at %s", role, unit)
		}
	}
	for _, division := range []casefile.Division{"53", "5304", "530402", "530402001", "530481"} {
		_, ok := d.CentreOf(division)
		require.True(t, ok, division)
	}
	for system, unit := range map[string]string{
		"12345-5304": "u-5304-center", "petition-530402": "u-530402-petition", "legacy-530402": "u-530402-center",
		"legacy-5304": "u-5304-center", "court-530402": "u-530402-court", "grid-530402": "u-530402-center",
	} {
		registered, ok := d.SystemUnit(system)
		require.True(t, ok, system)
		require.Equal(t, unit, registered)
	}
}

func TestNoIdHoldsAName(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, person := range directory.Development().People() {
		require.False(t, names[person.Name], "%s is there twice", person.Name)
		names[person.Name] = true
		require.Less(t, len(person.ID), 64)
		require.False(t, strings.ContainsFunc(person.ID, func(r rune) bool { return r > 0x7f }), person.ID)
	}
}

func TestTheDevelopmentSetIsTheSameAtEveryCall(t *testing.T) {
	t.Parallel()
	first, again := directory.DevelopmentEntries(), directory.DevelopmentEntries()
	require.Equal(t, first, again)
	t.Logf("%d units, %d people, %d systems", len(first.Units), len(first.People), len(first.Systems))
}

func levelOf(division casefile.Division) int {
	return slices.Index(casefile.DivisionLevels, division.Level())
}
