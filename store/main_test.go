package store

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/go-hclog"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Run(m, func(url string) error {
		return Migrate(context.Background(), url, hclog.NewNullLogger())
	})
}

// noon is the office's clock in these tests: 2026-03-10 12:00 in Shanghai.
var noon = time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)

// openStore opens a fresh database with the development people in it.
func openStore(t testing.TB) *Store {
	t.Helper()
	return openStoreWith(t, func(*pgxpool.Config) {})
}

func openStoreWith(t testing.TB, adjust func(*pgxpool.Config)) *Store {
	t.Helper()
	s, err := open(t.Context(), Options{
		URL:  storetest.Database(t),
		Keys: FileKeySource(filepath.Join(t.TempDir(), "master.key")),
	}, adjust)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	seed(t, s, directory.DevelopmentEntries())
	return s
}

func seed(t testing.TB, s *Store, e directory.Entries) {
	t.Helper()
	_, err := s.SeedDirectory(t.Context(), e, false)
	require.NoError(t, err)
}

// county is where the tests' cases lie.
const county casefile.Division = "530402"

// actor returns the first development person with a role at the centre of a division.
func actor(t testing.TB, role casefile.Role, division casefile.Division) casefile.Actor {
	t.Helper()
	dir := directory.Development()
	centre, ok := dir.CentreOf(division)
	require.True(t, ok, "no centre at %s", division)
	people := dir.Holders(role, centre.ID)
	require.NotEmpty(t, people, "no %s at %s", role, centre.ID)
	return casefile.Actor{
		PersonID: people[0].ID, Role: role, UnitID: centre.ID, Division: centre.Division, UnitKind: centre.Kind,
	}
}

// putTexts stores texts of a case that no search looks in, and returns their ids in order.
func putTexts(t testing.TB, s *Store, caseID string, values ...string) []casefile.TextID {
	t.Helper()
	var ids []casefile.TextID
	for _, value := range values {
		ids = append(ids, putText(t, s, caseID, casefile.TextFinding, value))
	}
	return ids
}

func putText(t testing.TB, s *Store, caseID string, kind casefile.TextKind, value string) casefile.TextID {
	t.Helper()
	id := NewTextID()
	require.NoError(t, s.PutTexts(t.Context(), caseID, []Text{{ID: id, Kind: kind, Value: value}}))
	return id
}

const (
	secretTitle     = "邻居占道堆放杂物引发争执"
	secretNarrative = "张三称李四长期在巷口堆放建筑材料，多次劝说无效。"
	secretName      = "张三丰收"
	secretPhone     = "13987654321"
)

// registering is a complete registration whose texts are stored.
func registering(t testing.TB, s *Store) casefile.Command {
	t.Helper()
	caseID := uuid.NewString()
	content, err := json.Marshal(casefile.PartyContent{Name: secretName, Phone: secretPhone})
	require.NoError(t, err)
	ids := []casefile.TextID{
		putText(t, s, caseID, casefile.TextTitle, secretTitle), putText(t, s, caseID, casefile.TextNarrative, secretNarrative),
		putText(t, s, caseID, casefile.TextParty, string(content)),
	}
	return casefile.Command{
		CaseID: caseID, RequestKey: "key-" + caseID, InputDigest: "digest", RequestID: "test",
		Actor: actor(t, casefile.RoleClerk, county),
		Act: casefile.RegisterCase{
			Kind: casefile.Dispute, Source: casefile.SourceWalkIn, Division: county, Category: disputeCategory,
			Title: ids[0], Narrative: ids[1], ReceivedAt: noon.Add(-time.Hour),
			Parties: []casefile.Party{
				{ID: "P1", Role: casefile.PartyApplicant, Kind: casefile.NaturalPerson, Content: ids[2], Named: true},
				{ID: "P2", Role: casefile.PartyRespondent, Kind: casefile.NaturalPerson, Anonymous: true},
			},
		},
	}
}

// disputeCategory is a code of the people's-mediation list.
const disputeCategory = "D-NEIGHBOUR"

func register(t testing.TB, s *Store) casefile.Command {
	t.Helper()
	command := registering(t, s)
	requireAdded(t, s, 0, command)
	return command
}

func requireAdded(t testing.TB, s *Store, version int, command casefile.Command) Appended {
	t.Helper()
	done, err := s.Append(t.Context(), version, command, noon)
	require.NoError(t, err)
	require.Equal(t, Added, done.Status, "%v", done.Refusal)
	return done
}

// noting adds a note to a case; n tells requests apart.
func noting(t testing.TB, s *Store, caseID string, n int) casefile.Command {
	t.Helper()
	text := putTexts(t, s, caseID, fmt.Sprintf("第%d次电话联系", n))[0]
	return casefile.Command{
		CaseID: caseID, RequestKey: fmt.Sprintf("note-%d", n), InputDigest: "digest", RequestID: "test",
		Actor: actor(t, casefile.RoleManager, county), Act: casefile.AddNote{Text: text},
	}
}

func stateOf(t testing.TB, s *Store, caseID string) casefile.State {
	t.Helper()
	state, err := s.State(t.Context(), caseID)
	require.NoError(t, err)
	return state
}

// ctxOf is the context of a test, or of a property within it.
func ctxOf(t any) context.Context {
	if with, ok := t.(interface{ Context() context.Context }); ok {
		return with.Context()
	}
	return context.Background()
}
