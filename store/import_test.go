package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

// ended is a petition that another system had answered.
func ended(t testing.TB, s *Store, n int) casefile.Command {
	t.Helper()
	caseID := uuid.NewString()
	ids := putTexts(t, s, caseID, "路灯不亮", "小区路灯三个月不亮", "已修复")
	received := noon.AddDate(0, 0, -200)
	return casefile.Command{
		CaseID: caseID, RequestKey: "import-" + caseID, InputDigest: "digest", RequestID: "import",
		Actor: actor(t, casefile.RoleClerk, county),
		Act: casefile.ImportEnded{
			Register: casefile.RegisterCase{
				Kind: casefile.Petition, PetitionType: casefile.Appeal, Source: casefile.SourceOnline, Division: county,
				Category: petitionCategory, Title: ids[0], Narrative: ids[1], ReceivedAt: received,
				ExternalIDs: []casefile.ExternalID{{System: "legacy-530402", Number: fmt.Sprint(n)}},
				Parties:     []casefile.Party{{ID: "P1", Role: casefile.PartyPetitioner, Kind: casefile.NaturalPerson, Anonymous: true}},
			},
			AcceptedAt: received, ConcludedAt: received.AddDate(0, 0, 10+n%100), Reply: ids[2],
		},
	}
}

const petitionCategory = "P-URBAN"

func TestEndedCasesAreImportedOnce(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	var commands []casefile.Command
	for n := range importBatch + 30 {
		commands = append(commands, ended(t, s, n))
	}
	answers, err := s.ImportEnded(t.Context(), commands, noon)
	require.NoError(t, err)
	require.Len(t, answers, len(commands))
	for i, answer := range answers {
		require.Equal(t, Added, answer.Status, "%d: %v", i, answer.Refusal)
		state := stateOf(t, s, commands[i].CaseID)
		require.Equal(t, fmt.Sprintf("530402-P-2026-%06d", i+1), state.Number)
		require.False(t, state.Stage.Open())
		require.Equal(t, answer.Version, state.Version)
	}
	again, err := s.ImportEnded(t.Context(), commands, noon.Add(time.Hour))
	require.NoError(t, err)
	for i, answer := range again {
		require.Equal(t, Appended{Status: Duplicate, Version: answers[i].Version}, answer)
	}
	require.Equal(t, len(commands), count(t, s, "cases"))
	findings, err := s.Verify(t.Context(), VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestABadRowOfAnImportFailsAlone(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	good, noCategory, taken, noText := ended(t, s, 1), ended(t, s, 2), ended(t, s, 1), ended(t, s, 3)
	act := noCategory.Act.(casefile.ImportEnded)
	act.Register.Category = ""
	noCategory.Act = act

	answers, err := s.ImportEnded(t.Context(), []casefile.Command{noCategory, good, taken, good}, noon)
	require.NoError(t, err)
	require.Equal(t, []AppendStatus{Refused, Added, Refused, Duplicate}, statuses(answers))
	require.Equal(t, casefile.RefusedConflict, answers[2].Refusal.Code)

	// What only the database sees fails alone too, and what came before it stays.
	act = noText.Act.(casefile.ImportEnded)
	act.Reply = NewTextID()
	noText.Act = act
	answers, err = s.ImportEnded(t.Context(), []casefile.Command{ended(t, s, 4), noText, ended(t, s, 5)}, noon)
	var unknown *UnknownTextError
	require.ErrorAs(t, err, &unknown)
	require.Equal(t, []AppendStatus{Added}, statuses(answers))
	require.Equal(t, 2, count(t, s, "cases"))
}

func statuses(answers []Appended) []AppendStatus {
	var list []AppendStatus
	for _, answer := range answers {
		list = append(list, answer.Status)
	}
	return list
}
