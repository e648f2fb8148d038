package store

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestVerifyFindsWhatWasChangedBehindTheRecordsBack(t *testing.T) {
	t.Parallel()
	for what, damage := range map[string]string{
		EventsMissing: "delete from events where seq = (select max(seq) from events)",
		ChainBroken:   "update events set actor_person_id = 'p-somebody-else' where seq = 1",
		StateDiffers:  `update cases set state = jsonb_set(state::jsonb, '{stage}', '"CLOSED"')`,
		RowsDiffer:    "update deadlines set due_at = due_at + interval '1 day'",
		NumbersGap:    "update case_numbers set last = last + 1",
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			command := register(t, s)
			requireAdded(t, s, stateOf(t, s, command.CaseID).Version, noting(t, s, command.CaseID, 1))
			findings, err := s.Verify(t.Context(), VerifyOptions{})
			require.NoError(t, err)
			require.Empty(t, findings)

			// As somebody with every right over the database could.
			_, err = s.pool.Exec(t.Context(), "alter table events disable trigger user; "+damage)
			require.NoError(t, err)
			findings, err = s.Verify(t.Context(), VerifyOptions{})
			require.NoError(t, err)
			var kinds []string
			for _, f := range findings {
				kinds = append(kinds, f.What)
				if f.What != NumbersGap {
					require.Equal(t, command.CaseID, f.CaseID)
				}
			}
			require.Contains(t, kinds, what)
		})
	}
}

func TestVerifyReadsEveryCaseOrOnlyThoseNamed(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	broken := map[string]bool{}
	for range verifyBatch + 5 {
		broken[register(t, s).CaseID] = true
	}
	_, err := s.pool.Exec(t.Context(), "update cases set urgent = not urgent")
	require.NoError(t, err)
	findings, err := s.Verify(t.Context(), VerifyOptions{})
	require.NoError(t, err)
	require.Len(t, findings, len(broken))
	for _, f := range findings {
		require.Equal(t, RowsDiffer, f.What)
		require.True(t, broken[f.CaseID])
	}
	findings, err = s.Verify(t.Context(), VerifyOptions{Cases: []string{findings[7].CaseID}})
	require.NoError(t, err)
	require.Len(t, findings, 1)
}
