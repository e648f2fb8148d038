package directory_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

func unit(id string, kind casefile.UnitKind, division casefile.Division, supervising string, superiors ...string) casefile.Unit {
	return casefile.Unit{
		ID: id, Name: "单位" + id, Kind: kind, Division: division,
		SupervisingUnitID: supervising, SuperiorUnitIDs: superiors,
	}
}

func person(id string, roles ...casefile.RoleAt) casefile.Person {
	return casefile.Person{ID: id, Name: "张三", Roles: roles}
}

func at(role casefile.Role, unitID string) casefile.RoleAt {
	return casefile.RoleAt{Role: role, UnitID: unitID}
}

func TestADirectoryAnswersFromItsLists(t *testing.T) {
	t.Parallel()
	units := []casefile.Unit{
		unit("b", casefile.UnitBureau, "530402", "c", "g"),
		unit("c", casefile.UnitCenter, "530402", ""),
		unit("a", casefile.UnitBureau, "530402", "c", "g"),
		unit("g", casefile.UnitLeadingBody, "5304", ""),
	}
	people := []casefile.Person{
		person("p2", at(casefile.RoleClerk, "a")),
		person("p1", at(casefile.RoleClerk, "a"), at(casefile.RoleManager, "a"), at(casefile.RoleClerk, "b")),
	}
	d, err := directory.New(tinyTree(t), units, people, []directory.System{{ID: "12345-5304", UnitID: "c"}})
	require.NoError(t, err)

	ids := func(units []casefile.Unit) (list []string) {
		for _, unit := range units {
			list = append(list, unit.ID)
		}
		return list
	}
	names := func(people []casefile.Person) (list []string) {
		for _, person := range people {
			list = append(list, person.ID)
		}
		return list
	}
	require.Equal(t, []string{"a", "b", "c", "g"}, ids(d.Units()))
	require.Equal(t, []string{"a", "b"}, ids(d.UnitsAt("530402", casefile.UnitBureau)))
	require.Empty(t, d.UnitsAt("5304", casefile.UnitBureau), "not those of the divisions below")
	require.Equal(t, []string{"p1", "p2"}, names(d.Holders(casefile.RoleClerk, "a")))
	require.Equal(t, []string{"p1"}, names(d.Holders(casefile.RoleManager, "a")))
	require.Empty(t, d.Holders(casefile.RoleManager, "b"))
	require.Equal(t, []string{"p1", "p2"}, names(d.Staff("a")))
	require.Equal(t, []string{"p1", "p2"}, names(d.People()))
	require.Equal(t, []string{"a", "b"}, d.Supervised("c"))
	require.Equal(t, []string{"a", "b"}, d.Subordinates("g"))
	require.Equal(t, []string{"g"}, d.Superiors("a"))
	require.Equal(t, []directory.System{{ID: "12345-5304", UnitID: "c"}}, d.Systems())
	centre, ok := d.CentreOf("530402")
	require.True(t, ok)
	require.Equal(t, "c", centre.ID)
	_, ok = d.CentreOf("5304")
	require.False(t, ok)
	division, ok := d.Division("530402")
	require.True(t, ok)
	require.Equal(t, "红塔区", division.Name)

	_, ok = d.Unit("x")
	require.False(t, ok)
	_, ok = d.Person("x")
	require.False(t, ok)
	_, ok = d.SystemUnit("x")
	require.False(t, ok)
	require.Nil(t, d.Superiors("x"))
	require.Nil(t, d.Area("x"))

	units[0].SuperiorUnitIDs[0], units[1].Name = "x", "x"
	people[1].Roles[0].UnitID = "x"
	require.Equal(t, []string{"g"}, d.Superiors("b"), "the lists were copied")
	p1, _ := d.Person("p1")
	require.Equal(t, "a", p1.Roles[0].UnitID)
}

func TestAFaultyRowIsNamed(t *testing.T) {
	t.Parallel()
	const long = "u-0123456789012345678901234567890123456789012345678901234567890123"
	centre := unit("c", casefile.UnitCenter, "530402", "")
	for reason, rows := range map[string]struct {
		unit   casefile.Unit
		person casefile.Person
		system directory.System
	}{
		"has no id":                              {unit: unit("", casefile.UnitBureau, "530402", "")},
		"has an id of 66 bytes, more than 63":    {unit: unit(long, casefile.UnitBureau, "530402", "")},
		"is there twice":                         {unit: unit("c", casefile.UnitBureau, "530402", "")},
		"has no name":                            {unit: casefile.Unit{ID: "u", Kind: casefile.UnitBureau, Division: "5304"}},
		`kind "MOON" is unknown`:                 {unit: unit("u", "MOON", "530402", "")},
		`division "530499" is unknown`:           {unit: unit("u", casefile.UnitBureau, "530499", "")},
		"is a second centre at 530402, beside c": {unit: unit("u", casefile.UnitCenter, "530402", "")},
		`supervising unit "x" is unknown`:        {unit: unit("u", casefile.UnitBureau, "530402", "x")},
		"supervising unit c sits at 530402, which does not cover 5304": {unit: unit("u", casefile.UnitBureau, "5304", "c")},
		`superior unit "x" is unknown`:                                 {unit: unit("u", casefile.UnitBureau, "5304", "", "x")},
		"superior unit c is there twice":                               {unit: unit("u", casefile.UnitBureau, "5304", "", "c", "c")},
		"supervises itself: u under u":                                 {unit: unit("u", casefile.UnitBureau, "530402", "u")},
		"is its own superior: u under u":                               {unit: unit("u", casefile.UnitBureau, "530402", "", "u")},
		"role SYSTEM is no person's":                                   {person: person("p", at(casefile.RoleSystem, "c"))},
		`role "KING" is unknown`:                                       {person: person("p", at("KING", "c"))},
		`is CLERK at the unknown unit "x"`:                             {person: person("p", at(casefile.RoleClerk, "x"))},
		"is CLERK at c twice":                                          {person: person("p", at(casefile.RoleClerk, "c"), at(casefile.RoleClerk, "c"))},
		`unit "x" is unknown`:                                          {system: directory.System{ID: "s", UnitID: "x"}},
	} {
		units, people, systems := []casefile.Unit{centre}, []casefile.Person{person("q")}, []directory.System{{ID: "r", UnitID: "c"}}
		var list, id string
		switch {
		case rows.person.ID != "":
			people, list, id = append(people, rows.person), "person", rows.person.ID
		case rows.system.ID != "":
			systems, list, id = append(systems, rows.system), "system", rows.system.ID
		default:
			units, list, id = append(units, rows.unit), "unit", rows.unit.ID
		}
		_, err := directory.New(tinyTree(t), units, people, systems)
		var invalid *directory.InvalidError
		require.ErrorAs(t, err, &invalid, reason)
		require.Equal(t, []directory.Problem{{List: list, Row: 2, ID: id, Reason: reason}}, invalid.Problems)
	}
}

func TestCirclesAreFoundHoweverLong(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.IntRange(2, 30).Draw(t, "length")
		tail := rapid.IntRange(0, 5).Draw(t, "units under the circle")
		var units []casefile.Unit
		name := func(i int) string { return fmt.Sprintf("u%02d", i) }
		for i := range length {
			units = append(units, unit(name(i), casefile.UnitBureau, "530402", name((i+1)%length)))
		}
		for i := range tail {
			units = append(units, unit(name(length+i), casefile.UnitBureau, "530402", name(length+i-1)))
		}
		units = rapid.Permutation(units).Draw(t, "order")
		_, err := directory.New(directory.Divisions(), units, nil, nil)
		require.ErrorContains(t, err, "supervises itself")

		superior := slices.Clone(units)
		for i := range superior {
			superior[i].SuperiorUnitIDs, superior[i].SupervisingUnitID = []string{superior[i].SupervisingUnitID}, ""
		}
		_, err = directory.New(directory.Divisions(), superior, nil, nil)
		require.ErrorContains(t, err, "is its own superior")

		for i := range units { // one link less opens the circle
			if units[i].ID == name(length-1) {
				units[i].SupervisingUnitID = ""
			}
		}
		d, err := directory.New(directory.Divisions(), units, nil, nil)
		require.NoError(t, err)
		require.Len(t, d.Supervised(name(length-1)), length+tail-1)
	})
}

func TestOneBadListTellsTheFirstFaultsAndCountsTheRest(t *testing.T) {
	t.Parallel()
	var people []casefile.Person
	for i := range 1000 {
		people = append(people, person(fmt.Sprintf("p%d", i), at(casefile.RoleClerk, "x")))
	}
	_, err := directory.New(tinyTree(t), nil, people, nil)
	require.ErrorContains(t, err, "directory has 1000 faulty rows: person row 1 (\"p0\"): is CLERK at the unknown unit \"x\"; ")
	require.ErrorContains(t, err, "; and 990 more")
	require.Less(t, len(err.Error()), 2000)
}

func TestASnapshotIsReadByManyAtOnce(t *testing.T) {
	t.Parallel()
	d := directory.Development()
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for _, unit := range d.Units() {
				_ = append(d.UnitsAt(unit.Division, unit.Kind), casefile.Unit{})
				_ = append(d.Holders(casefile.RoleManager, unit.ID), casefile.Person{})
				d.Superiors(unit.ID)
				d.Area(unit.ID)
			}
		})
	}
	readers.Wait()
	require.Empty(t, d.Holders(casefile.RoleManager, directory.DevelopmentVacancy))
}

// province makes lists as large as two provinces': a centre and a bureau everywhere.
func province() ([]casefile.Unit, []casefile.Person) {
	var units []casefile.Unit
	var people []casefile.Person
	for division := range directory.Divisions().All() {
		supervising := ""
		if parent := division.Code.Parent(); parent != "" {
			supervising = "u-" + string(parent) + "-center"
		}
		units = append(units, unit("u-"+string(division.Code)+"-center", casefile.UnitCenter, division.Code, supervising))
		if len(units) < 40_000 && division.Code.Level() == casefile.LevelTownship {
			units = append(units, unit("u-"+string(division.Code)+"-justice", casefile.UnitJusticeOffice, division.Code, units[len(units)-1].ID, units[len(units)-1].ID))
		}
	}
	roles := []casefile.Role{casefile.RoleClerk, casefile.RoleMediator, casefile.RoleManager}
	for i := range 100_000 {
		at := units[i%len(units)].ID
		people = append(people, person(fmt.Sprintf("p-%s-%d", strings.TrimPrefix(at, "u-"), i),
			casefile.RoleAt{Role: roles[i/len(units)%len(roles)], UnitID: at}))
	}
	return units, people
}

func TestTwoProvincesFit(t *testing.T) {
	t.Parallel()
	units, people := province()
	require.Greater(t, len(units), 38_000)
	d, err := directory.New(directory.Divisions(), units, people, nil)
	require.NoError(t, err)
	require.Len(t, d.Supervised("u-53-center"), 16+129+1461*2+14888)
	require.Len(t, d.People(), 100_000)
}

func BenchmarkNew(b *testing.B) {
	units, people := province()
	b.Logf("%d units, %d people", len(units), len(people))
	b.ReportAllocs()
	for b.Loop() {
		_, err := directory.New(directory.Divisions(), units, people, nil)
		require.NoError(b, err)
	}
}

func BenchmarkLookups(b *testing.B) {
	units, people := province()
	d, err := directory.New(directory.Divisions(), units, people, nil)
	require.NoError(b, err)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		unit := units[i%len(units)]
		d.Unit(unit.ID)
		d.Person(people[i%len(people)].ID)
		d.Holders(casefile.RoleManager, unit.ID)
		d.CentreOf(unit.Division)
		d.Division(unit.Division)
		i++
	}
}

func BenchmarkSuperiors(b *testing.B) {
	for b.Loop() {
		directory.Development().Superiors("u-530402-labour")
	}
}
