package store

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

func TestARegistrationIsStoredAsItsFold(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := registering(t, s)
	done := requireAdded(t, s, 0, command)
	require.NotEmpty(t, done.Events)
	require.Equal(t, len(done.Events), done.Version)

	state := stateOf(t, s, command.CaseID)
	require.Equal(t, "530402-D-2026-000001", state.Number)
	events, err := s.Events(t.Context(), command.CaseID, 0, 100)
	require.NoError(t, err)
	require.Equal(t, casefile.StateDigest(casefile.Fold(command.CaseID, events)), casefile.StateDigest(state))
	require.Equal(t, casefile.StateDigest(casefile.Fold(command.CaseID, done.Events)), casefile.StateDigest(state),
		"a shell that applies what append returned must come to the stored state")
}

func TestNumbersFollowOneAnotherWithoutGapsThoughSomeAreRefused(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	for n := range 3 {
		bad := registering(t, s)
		act := bad.Act.(casefile.RegisterCase)
		act.Category = ""
		bad.Act = act
		done, err := s.Append(t.Context(), 0, bad, noon)
		require.NoError(t, err)
		require.Equal(t, Refused, done.Status)

		good := register(t, s)
		require.Equal(t, fmt.Sprintf("530402-D-2026-%06d", n+1), stateOf(t, s, good.CaseID).Number)
	}
}

func TestTheYearOfANumberIsShanghais(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := registering(t, s)
	newYear := time.Date(2026, 12, 31, 19, 30, 0, 0, time.UTC) // half past three of the first of January there
	act := command.Act.(casefile.RegisterCase)
	act.ReceivedAt = newYear
	command.Act = act
	done, err := s.Append(t.Context(), 0, command, newYear)
	require.NoError(t, err)
	require.Equal(t, Added, done.Status, "%v", done.Refusal)
	require.Equal(t, "530402-D-2027-000001", stateOf(t, s, command.CaseID).Number)
}

func TestARefusedCommandLeavesNothing(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	bad := registering(t, s)
	act := bad.Act.(casefile.RegisterCase)
	act.Category = ""
	bad.Act = act
	done, err := s.Append(t.Context(), 0, bad, noon)
	require.NoError(t, err)
	require.Equal(t, Refused, done.Status)
	require.NotNil(t, done.Refusal)
	for _, table := range []string{"cases", "events", "requests", "case_numbers", "case_grants", "deadlines", "tasks"} {
		require.Zero(t, count(t, s, table), table)
	}
}

func TestARecordAheadOfTheShellIsAdopted(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	version := stateOf(t, s, command.CaseID).Version
	noted := requireAdded(t, s, version, noting(t, s, command.CaseID, 1))

	done, err := s.Append(t.Context(), version, noting(t, s, command.CaseID, 2), noon)
	require.NoError(t, err)
	require.Equal(t, Adopt, done.Status)
	require.Equal(t, noted.Version, done.Version)
	require.Equal(t, noted.Events, done.Events)
	require.Equal(t, noted.Version, stateOf(t, s, command.CaseID).Version, "nothing may have been decided")
}

func TestARecordBehindTheShellIsAnError(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	_, err := s.Append(t.Context(), 99, noting(t, s, command.CaseID, 1), noon)
	var behind *RecordBehindError
	require.ErrorAs(t, err, &behind)
	require.Equal(t, 99, behind.Shell)
}

func TestARequestIsCarriedOutOnceAndItsKeyTakesNoOtherInput(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	version := stateOf(t, s, command.CaseID).Version
	note := noting(t, s, command.CaseID, 1)
	version = requireAdded(t, s, version, note).Version

	again, err := s.Append(t.Context(), version, note, noon)
	require.NoError(t, err)
	require.Equal(t, Appended{Status: Duplicate, Version: version}, again)

	note.InputDigest = "another"
	other, err := s.Append(t.Context(), version, note, noon)
	require.NoError(t, err)
	require.Equal(t, Refused, other.Status)
	require.Equal(t, casefile.RefusedConflict, other.Refusal.Code)

	digest, at, found, err := s.Request(t.Context(), command.CaseID, note.RequestKey)
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, "digest", digest)
	require.Equal(t, version, at)
}

func TestCommandsOnNoCaseAreRefused(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	for _, id := range []string{uuid.NewString(), "", "case/1", "' or true --"} {
		done, err := s.Append(t.Context(), 0, casefile.Command{
			CaseID: id, RequestKey: "k", Actor: actor(t, casefile.RoleManager, county), Act: casefile.AddNote{Text: NewTextID()},
		}, noon)
		require.NoError(t, err, id)
		require.Equal(t, Refused, done.Status, id)
		require.Equal(t, casefile.RefusedNoCase, done.Refusal.Code, id)
	}
}

func TestAnotherCaseWithTheSameExternalNumberIsAConflictThatNamesNoCase(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	number := []casefile.ExternalID{{System: "legacy-530402", Number: "2026-7"}}
	first, second := registering(t, s), registering(t, s)
	for _, command := range []*casefile.Command{&first, &second} {
		act := command.Act.(casefile.RegisterCase)
		act.ExternalIDs = number
		command.Act = act
	}
	requireAdded(t, s, 0, first)
	done, err := s.Append(t.Context(), 0, second, noon)
	require.NoError(t, err)
	require.Equal(t, Refused, done.Status)
	require.Equal(t, casefile.RefusedConflict, done.Refusal.Code)
	require.Equal(t, []string{"externalIds"}, done.Refusal.Field)
	require.NotContains(t, done.Refusal.Error()+done.Refusal.MessageZH, first.CaseID)
	require.NotContains(t, done.Refusal.Error()+done.Refusal.MessageZH, stateOf(t, s, first.CaseID).Number)
	require.Zero(t, stateOf(t, s, second.CaseID).Version)

	id, found, err := s.FindExternal(t.Context(), number)
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, first.CaseID, id)
	require.Equal(t, "530402-D-2026-000002", stateOf(t, s, register(t, s).CaseID).Number, "the refused one took no number")
}

func TestACommandThatNamesATextNobodyStoredLeavesNothing(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	mine, other := register(t, s), register(t, s)
	version := stateOf(t, s, mine.CaseID).Version
	foreign := putTexts(t, s, other.CaseID, "另一案件的内容")[0]
	for _, text := range []casefile.TextID{NewTextID(), foreign} {
		note := noting(t, s, mine.CaseID, 1)
		note.Act = casefile.AddNote{Text: text}
		_, err := s.Append(t.Context(), version, note, noon)
		var unknown *UnknownTextError
		require.ErrorAs(t, err, &unknown)
		require.Equal(t, mine.CaseID, unknown.CaseID)
		require.Equal(t, version, stateOf(t, s, mine.CaseID).Version)
	}
}

func TestConcurrentCommandsOnOneCaseAreEachCarriedOutExactlyOnce(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := register(t, s)
	start := stateOf(t, s, command.CaseID).Version
	const writers, repeats = 12, 3
	notes := make([]casefile.Command, writers)
	for i := range notes {
		notes[i] = noting(t, s, command.CaseID, i)
	}
	var wg sync.WaitGroup
	failures := make(chan error, writers*repeats)
	for _, note := range notes {
		for range repeats { // each request is also sent several times at once
			wg.Go(func() { failures <- appendLikeAShell(t, s, note) })
		}
	}
	wg.Wait()
	close(failures)
	for err := range failures {
		require.NoError(t, err)
	}
	events, err := s.Events(t.Context(), command.CaseID, start, 1000)
	require.NoError(t, err)
	require.Len(t, events, writers)
	var keys []string
	for i, e := range events {
		require.Equal(t, start+1+i, e.Seq)
		keys = append(keys, e.RequestKey)
	}
	slices.Sort(keys)
	require.Len(t, slices.Compact(keys), writers)
}

// appendLikeAShell adopts what it lacks and appends again, as a workflow does.
func appendLikeAShell(t *testing.T, s *Store, command casefile.Command) error {
	t.Helper()
	for version := 0; ; {
		done, err := s.Append(t.Context(), version, command, noon)
		if err != nil {
			return err
		}
		switch done.Status {
		case Adopt:
			version = done.Version
		case Refused:
			return done.Refusal
		default:
			return nil
		}
	}
}

func TestOneOfManyEqualRegistrationsAtOnceOpensTheCase(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := registering(t, s)
	act := command.Act.(casefile.RegisterCase)
	act.ExternalIDs = []casefile.ExternalID{{System: "legacy-530402", Number: "once"}}
	command.Act = act
	var wg sync.WaitGroup
	results := make(chan AppendStatus, 8)
	for range 8 {
		wg.Go(func() {
			done, err := s.Append(t.Context(), 0, command, noon)
			if err == nil {
				results <- done.Status
			}
		})
	}
	wg.Wait()
	close(results)
	var statuses []AppendStatus
	for status := range results {
		statuses = append(statuses, status)
	}
	slices.Sort(statuses)
	require.Equal(t, []AppendStatus{Adopt, Adopt, Adopt, Adopt, Adopt, Adopt, Adopt, Added}, statuses)
	require.Equal(t, 1, count(t, s, "cases"))
	require.Equal(t, "530402-D-2026-000002", stateOf(t, s, register(t, s).CaseID).Number)
}

func TestEventsCanOnlyBeAdded(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	register(t, s)
	for _, statement := range []string{
		"update events set type = 'NoteAdded'", "delete from events", "truncate events", "truncate events cascade",
	} {
		_, err := s.pool.Exec(t.Context(), statement)
		require.ErrorContains(t, err, "append-only", statement)
	}
}

func count(t testing.TB, s *Store, table string) int {
	t.Helper()
	var n int
	require.NoError(t, s.pool.QueryRow(t.Context(), "select count(*) from "+table).Scan(&n))
	return n
}
