package store

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatIsReadOfACaseIsDerivedAgainFromItsEvents(t *testing.T) {
	t.Parallel()
	for _, damage := range []string{
		"update case_grants set grantee = grantee || '-of-another'",
		"delete from case_grants", "delete from tasks",
		"update deadlines set due_at = due_at + interval '1 day'",
		`update cases set state = jsonb_set(state, '{stage}', '"CLOSED"'), urgent = not urgent`,
		"insert into case_exclusions select id, 'person/p-nobody' from cases",
	} {
		t.Run(damage, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			id := register(t, s).CaseID
			_, err := s.pool.Exec(t.Context(), damage)
			require.NoError(t, err)
			findings, err := s.Verify(t.Context(), VerifyOptions{Cases: []string{id}})
			require.NoError(t, err)
			require.NotEmpty(t, findings)
			require.NoError(t, s.Rederive(t.Context(), id))
			findings, err = s.Verify(t.Context(), VerifyOptions{Cases: []string{id}})
			require.NoError(t, err)
			require.Empty(t, findings)
			require.NoError(t, s.Rederive(t.Context(), id), "twice does no harm")
		})
	}
}

func TestNothingIsDerivedFromBrokenEvents(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	id := register(t, s).CaseID
	_, err := s.pool.Exec(t.Context(), "alter table events disable trigger user; update events set actor_person_id = 'p-somebody-else' where seq = 1")
	require.NoError(t, err)
	var damaged *DamagedError
	require.ErrorAs(t, s.Rederive(t.Context(), id), &damaged)
	require.Equal(t, ChainBroken, damaged.Findings[0].What)
	require.ErrorContains(t, damaged, id)
	require.ErrorAs(t, s.Rederive(t.Context(), "00000000-0000-4000-8000-000000000000"), &damaged)
	require.Equal(t, EventsMissing, damaged.Findings[0].What)
}
