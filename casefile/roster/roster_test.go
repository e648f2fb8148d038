package roster_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/roster"
)

func TestARosterAnswersWhoAndWhere(t *testing.T) {
	t.Parallel()
	b := roster.NewBuilder()
	b.Divisions("53", "5304")
	b.Unit(casefile.Unit{ID: "b", Kind: casefile.UnitBureau, Division: "5304", SupervisingUnitID: "a"}, casefile.RoleClerk, casefile.RoleClerk)
	b.Unit(casefile.Unit{ID: "a", Kind: casefile.UnitBureau, Division: "5304"}, casefile.RoleManager)
	b.System("12345-5304", "a")
	r := b.Roster()

	units := r.UnitsAt("5304", casefile.UnitBureau)
	require.Len(t, units, 2)
	require.Equal(t, "a", units[0].ID, "ordered by id")
	require.Empty(t, r.UnitsAt("53", casefile.UnitBureau))
	require.Len(t, r.Holders(casefile.RoleClerk, "b"), 2)
	require.Empty(t, r.Holders(casefile.RoleClerk, "a"), "a vacancy")

	person, ok := r.Person("b-clerk2")
	require.True(t, ok)
	require.True(t, person.Holds(casefile.RoleClerk, "b"))
	require.Equal(t, []casefile.Actor{{
		PersonID: "b-clerk2", Role: casefile.RoleClerk, UnitID: "b", Division: "5304", UnitKind: casefile.UnitBureau,
	}}, r.ActorsOf("b-clerk2"))
	require.Len(t, r.Actors(), 3)

	_, ok = r.Division("5399")
	require.False(t, ok)
	unit, ok := r.SystemUnit("12345-5304")
	require.True(t, ok)
	require.Equal(t, "a", unit)
	unitB, ok := r.Unit("b")
	require.True(t, ok)
	require.Equal(t, "b", unitB.Name)
}
