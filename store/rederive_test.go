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
		`update cases set state = jsonb_set(state::jsonb, '{stage}', '"CLOSED"'), urgent = not urgent`,
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

func TestWhatIsReadOfAPackageIsDerivedAgainFromItsEvents(t *testing.T) {
	t.Parallel()
	for _, damage := range []string{
		"update package_grants set grantee = grantee || '-of-another'", "delete from package_members", "delete from package_tasks",
		`update packages set state = jsonb_set(state, '{status}', '"CANCELLED"'), overdue = not overdue`,
	} {
		t.Run(damage, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			command := opening(t, s, register(t, s).CaseID)
			require.Equal(t, Added, appendPackage(t, s, command, noon).Status)
			joined(t, s, command.PackageID, noon)
			_, err := s.pool.Exec(t.Context(), damage)
			require.NoError(t, err)
			findings, err := s.Verify(t.Context(), VerifyOptions{AtRest: true})
			require.NoError(t, err)
			require.NotEmpty(t, findings)
			for _, finding := range findings {
				require.True(t, finding.OfPackage, "%+v", finding)
				require.Equal(t, command.PackageID, finding.CaseID)
			}
			require.NoError(t, s.RederivePackage(t.Context(), command.PackageID))
			sound(t, s)
			require.NoError(t, s.RederivePackage(t.Context(), command.PackageID), "twice does no harm")
		})
	}
}

func TestNothingIsDerivedFromBrokenEventsOfAPackage(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := opening(t, s, register(t, s).CaseID)
	require.Equal(t, Added, appendPackage(t, s, command, noon).Status)
	_, err := s.pool.Exec(t.Context(), "update package_numbers set last = 7")
	require.NoError(t, err)
	findings, err := s.Verify(t.Context(), VerifyOptions{})
	require.NoError(t, err)
	require.Equal(t, NumbersGap, findings[0].What)
	require.Equal(t, "530402-L-2026: 1 in use, 7 numbers given", findings[0].Detail)

	_, err = s.pool.Exec(t.Context(), "alter table package_events disable trigger user; update package_events set actor_person_id = 'p-somebody-else' where seq = 1")
	require.NoError(t, err)
	var damaged *DamagedError
	require.ErrorAs(t, s.RederivePackage(t.Context(), command.PackageID), &damaged)
	require.Equal(t, ChainBroken, damaged.Findings[0].What)
	require.ErrorAs(t, s.RederivePackage(t.Context(), "00000000-0000-4000-8000-000000000000"), &damaged)
	require.Equal(t, EventsMissing, damaged.Findings[0].What)
}
