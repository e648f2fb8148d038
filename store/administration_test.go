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
