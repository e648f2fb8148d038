package importing

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

func TestSomebodyOfTheDivisionsOfficeImportsWithItsOwnSystem(t *testing.T) {
	t.Parallel()

	people := directory.Development()
	actor, err := ActorFor(people, directory.DevelopmentCounty, "")
	require.NoError(t, err)
	require.Equal(t, casefile.UnitPetitionOffice, actor.UnitKind)
	require.Equal(t, directory.DevelopmentCounty, actor.Division)
	person, ok := people.Person(actor.PersonID)
	require.True(t, ok)
	require.True(t, person.Holds(actor.Role, actor.UnitID))

	system, err := SystemFor(people.Systems(), actor, "")
	require.NoError(t, err)
	require.Equal(t, "petition-530402", system)
	system, err = SystemFor(people.Systems(), actor, "12345-5304")
	require.NoError(t, err)
	require.Equal(t, "12345-5304", system)
	_, err = SystemFor(people.Systems(), actor, "12345")
	require.ErrorContains(t, err, `no issuing system is registered as "12345"`)
}

func TestAGivenPersonImportsInTheirRoleForTheirDivision(t *testing.T) {
	t.Parallel()

	people := directory.Development()
	actor, err := ActorFor(people, "530402001", "p-530402-center-clerk-1")
	require.NoError(t, err)
	require.Equal(t, casefile.Actor{
		PersonID: "p-530402-center-clerk-1", Role: casefile.RoleClerk, UnitID: "u-530402-center",
		Division: "530402", UnitKind: casefile.UnitCenter,
	}, actor)
	_, err = SystemFor(people.Systems(), actor, "")
	require.ErrorContains(t, err, "name the issuing system; unit u-530402-center registered")

	for message, ask := range map[string][2]string{
		"no division has the code":     {"999999", ""},
		`nobody has the id "p-none"`:   {"530402", "p-none"},
		"is neither clerk":             {"5301", "p-530402-center-clerk-1"},
		"no petition office or centre": {"530402001001", ""},
	} {
		_, err := ActorFor(people, casefile.Division(ask[0]), ask[1])
		require.ErrorIs(t, err, ErrOptions)
		require.ErrorContains(t, err, message)
	}
}
