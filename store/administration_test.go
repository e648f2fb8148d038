package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

func TestAChangeOfTheDirectoryLeavesItsTrailAndARefusedOneNone(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	ctx := t.Context()
	admin := casefile.Actor{PersonID: "p-530402-center-admin-1", Role: casefile.RoleAdmin, UnitID: "u-530402-center", Division: "530402"}
	at := casefile.RoleAt{Role: casefile.RoleAnalyst, UnitID: "u-530402-center"}
	grant := DirectoryCommand{
		Actor: admin, Change: directory.GrantRole{PersonID: "p-530402-center-clerk-1", RoleAt: at},
		RequestKey: "k1", InputDigest: "d1", RequestID: "r1",
	}
	before, err := s.Directory(ctx)
	require.NoError(t, err)
	now := time.Date(2026, 3, 10, 2, 0, 0, 0, time.UTC)
	for range 2 { // the same request is done once
		refusal, err := s.ChangeDirectory(ctx, grant, now)
		require.NoError(t, err)
		require.Nil(t, refusal)
	}
	refused := grant
	refused.RequestKey = "k2"
	refusal, err := s.ChangeDirectory(ctx, refused, now)
	require.NoError(t, err)
	require.Equal(t, casefile.RefusedAlreadyDone, refusal.Code)
	other := grant
	other.InputDigest = "d2"
	refusal, err = s.ChangeDirectory(ctx, other, now)
	require.NoError(t, err)
	require.Equal(t, casefile.RefusedConflict, refusal.Code)

	after, err := s.Directory(ctx)
	require.NoError(t, err)
	require.Equal(t, before.Version+1, after.Version)
	person, _ := after.Person("p-530402-center-clerk-1")
	require.True(t, person.Holds(at.Role, at.UnitID))
	var trail []string
	rows, err := s.pool.Query(ctx, "select person_id || ' ' || change || ' ' || body::text from directory_changes order by version")
	require.NoError(t, err)
	for rows.Next() {
		var line string
		require.NoError(t, rows.Scan(&line))
		trail = append(trail, line)
	}
	require.NoError(t, rows.Err())
	require.Equal(t, []string{
		`p-530402-center-admin-1 grantRole {"role": "ANALYST", "unitId": "u-530402-center", "personId": "p-530402-center-clerk-1"}`,
	}, trail)
}

func TestTheRolesOfTheNewestTokenAreWrittenDownAndTheWorkMoves(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	now := time.Date(2026, 3, 10, 2, 0, 0, 0, time.UTC)
	const unit = "u-530402-center"
	signIn := func(issued time.Time, key string, roles ...casefile.Role) *casefile.Refusal {
		change := directory.SignIn{ID: "p-new", Name: "李静", Subject: "8f3c", IssuedAt: issued, Roles: []casefile.RoleAt{}}
		for _, role := range roles {
			change.Roles = append(change.Roles, casefile.RoleAt{Role: role, UnitID: unit})
		}
		refusal, err := s.ChangeDirectory(t.Context(), DirectoryCommand{
			Actor: casefile.System, Change: change, RequestKey: key, InputDigest: key, RequestID: "r",
		}, now)
		require.NoError(t, err)
		return refusal
	}
	holds := func() []casefile.RoleAt {
		people, err := s.Directory(t.Context())
		require.NoError(t, err)
		person, known := people.PersonOfSubject("8f3c")
		require.True(t, known)
		return person.Roles
	}
	require.Nil(t, signIn(now, "first", casefile.RoleClerk, casefile.RoleMediator))
	require.Equal(t, []casefile.RoleAt{{Role: casefile.RoleClerk, UnitID: unit}, {Role: casefile.RoleMediator, UnitID: unit}}, holds())
	require.Nil(t, signIn(now.Add(time.Minute), "newer", casefile.RoleManager))
	require.Equal(t, []casefile.RoleAt{{Role: casefile.RoleManager, UnitID: unit}}, holds())
	newer, err := s.RolesAreNewer(t.Context(), "8f3c", now)
	require.NoError(t, err)
	require.True(t, newer)
	require.Nil(t, signIn(now.Add(time.Second), "older", casefile.RoleLeader))
	require.Equal(t, []casefile.RoleAt{{Role: casefile.RoleManager, UnitID: unit}}, holds(), "an older token changes nothing")

	admin := casefile.Actor{PersonID: "p-530402-center-admin-1", Role: casefile.RoleAdmin, UnitID: unit, Division: "530402"}
	refusal, err := s.ChangeDirectory(t.Context(), DirectoryCommand{
		Actor: admin, Change: directory.SignIn{Subject: "8f3c", IssuedAt: now.Add(time.Hour)}, RequestKey: "person", InputDigest: "d",
	}, now)
	require.NoError(t, err)
	require.Equal(t, casefile.RefusedWrongRole, refusal.Code, "nobody signs another one in")
}
