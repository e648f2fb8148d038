// Package stored tests imports into a real record: Postgres with every constraint, and the
// rules. Open petitions are appended without their workflows, which tests/ adds.
package stored

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/importing"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Run(m, func(url string) error {
		return store.Migrate(context.Background(), url, hclog.NewNullLogger())
	})
}

const system = "petition-530402"

var now = time.Date(2026, time.November, 22, 12, 0, 0, 0, casefile.Shanghai)

var errCutOff = errors.New("cut off")

// record is the store, with open petitions appended and ended ones cut off where asked.
type record struct {
	*store.Store
	left int // commands until the cut; negative for no cut
	// one batch at a time: the cut ends the run, which would undo a batch still on its way.
	one sync.Mutex
}

func open(t *testing.T) *record {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{
		URL: storetest.Database(t), PoolSize: 8,
		Keys:   store.FileKeySource(filepath.Join(t.TempDir(), "master.key")),
		Logger: hclog.NewNullLogger(),
	})
	require.NoError(t, err)
	t.Cleanup(s.Close)
	e := directory.DevelopmentEntries()
	_, err = s.SeedDirectory(t.Context(), e, false)
	require.NoError(t, err)
	return &record{Store: s, left: -1}
}

func (r *record) Request(ctx context.Context, caseID, requestKey string) (string, bool, error) {
	digest, _, found, err := r.Store.Request(ctx, caseID, requestKey)
	return digest, found, err
}

func (r *record) PutTexts(ctx context.Context, caseID string, texts []importing.Text) error {
	kept := make([]store.Text, len(texts))
	for i, text := range texts {
		kept[i] = store.Text(text)
	}
	return r.Store.PutTexts(ctx, caseID, kept)
}

func (r *record) ImportEnded(ctx context.Context, commands []casefile.Command, at time.Time) ([]importing.Outcome, error) {
	r.one.Lock()
	defer r.one.Unlock()
	if r.left >= 0 && r.left < len(commands) {
		return nil, errCutOff
	}
	r.left -= len(commands)
	appended, err := r.Store.ImportEnded(ctx, commands, at)
	if err != nil {
		return nil, err
	}
	outcomes := make([]importing.Outcome, len(appended))
	for i, one := range appended {
		outcomes[i] = importing.Outcome{Duplicate: one.Status == store.Duplicate, Refusal: one.Refusal}
	}
	return outcomes, nil
}

func (r *record) Do(ctx context.Context, command casefile.Command) (importing.Outcome, error) {
	appended, err := r.Append(ctx, 0, command, now)
	return importing.Outcome{Duplicate: appended.Status == store.Duplicate, Refusal: appended.Refusal}, err
}

func (r *record) run(t *testing.T, path string) (importing.Summary, error) {
	t.Helper()
	actor, err := importing.ActorFor(directory.Development(), directory.DevelopmentCounty, "")
	require.NoError(t, err)
	return importing.Run(t.Context(), importing.Options{
		Path: path, Division: directory.DevelopmentCounty, System: system, Actor: actor, RunID: "import-test",
		Report: filepath.Join(t.TempDir(), "report.csv"), Record: r, Commander: r, Now: func() time.Time { return now },
	})
}

func table(t *testing.T, rows int) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间,满意度\n")
	for i := range rows {
		reply := ",,"
		if i%3 != 0 {
			reply = fmt.Sprintf("答复%d,2019-0%d-01 09:00,%d", i, 5+i%4, 1+i%5)
		}
		fmt.Fprintf(&text, "%d,张三%d,主题%d,2019-04-24 16:03,详情%d,%s\n", i, i, i, i, reply)
	}
	path := filepath.Join(t.TempDir(), "petitions.csv")
	require.NoError(t, os.WriteFile(path, []byte(text.String()), 0o600))
	return path
}

func TestImportedPetitionsStandInTheRecordWithTheirDatesAndTexts(t *testing.T) {
	t.Parallel()

	r := open(t)
	path := table(t, 30)
	summary, err := r.run(t, path)
	require.NoError(t, err)
	require.Equal(t, 20, summary.Closed)
	require.Equal(t, 10, summary.Open)

	closed, err := r.State(t.Context(), casefile.CaseIDOfNumber(system, "1"))
	require.NoError(t, err)
	require.Equal(t, casefile.StageClosed, closed.Stage)
	require.Equal(t, "2019-06-01 09:00", closed.ConcludedAt.In(casefile.Shanghai).Format("2006-01-02 15:04"))
	texts, err := r.Texts(t.Context(), []store.TextRef{{CaseID: closed.ID, ID: closed.Title}, {CaseID: closed.ID, ID: closed.Narrative}})
	require.NoError(t, err)
	require.Equal(t, map[casefile.TextID]string{closed.Title: "主题1", closed.Narrative: "详情1"}, texts)

	opened, err := r.State(t.Context(), casefile.CaseIDOfNumber(system, "0"))
	require.NoError(t, err)
	require.Equal(t, casefile.StageAcceptance, opened.Stage)
	require.Equal(t, "2019-04-24 16:03", opened.ReceivedAt.In(casefile.Shanghai).Format("2006-01-02 15:04"))

	summary, err = r.run(t, path)
	require.NoError(t, err)
	require.Equal(t, 0, summary.New())
	require.Equal(t, 30, summary.Existing)
}

func TestAnAnsweredRowWhoseCaseWasRegisteredInAnotherWayIsReported(t *testing.T) {
	t.Parallel()

	r := open(t)
	_, err := r.run(t, table(t, 1))
	require.NoError(t, err)
	state, err := r.State(t.Context(), casefile.CaseIDOfNumber(system, "0"))
	require.NoError(t, err)
	other := casefile.CaseIDOfNumber(system, "1")
	texts := []store.Text{
		{ID: store.NewTextID(), Kind: casefile.TextTitle, Value: "题"}, {ID: store.NewTextID(), Kind: casefile.TextNarrative, Value: "文"},
	}
	require.NoError(t, r.Store.PutTexts(t.Context(), other, texts))
	actor, err := importing.ActorFor(directory.Development(), directory.DevelopmentCounty, "")
	require.NoError(t, err)
	outcome, err := r.Do(t.Context(), casefile.Command{CaseID: other, RequestKey: "by-hand", InputDigest: "d", Actor: actor, Act: casefile.RegisterCase{
		Kind: casefile.Petition, PetitionType: casefile.Appeal, Source: casefile.SourceLetter, Division: directory.DevelopmentCounty,
		Category: state.Category, Title: texts[0].ID, Narrative: texts[1].ID, ReceivedAt: now,
		ExternalIDs: []casefile.ExternalID{{System: system, Number: "1"}},
		Parties:     []casefile.Party{{ID: "P1", Role: casefile.PartyPetitioner, Kind: casefile.NaturalPerson, Anonymous: true}},
	}})
	require.NoError(t, err)
	require.Nil(t, outcome.Refusal)

	summary, err := r.run(t, table(t, 2))
	require.NoError(t, err)
	require.Equal(t, 0, summary.New())
	require.Equal(t, 1, summary.Existing)
	require.Equal(t, 1, summary.Refused)
}

func TestAnImportIntoTheRecordThatWasCutOffGoesOn(t *testing.T) {
	t.Parallel()

	r := open(t)
	r.left = 70
	path := table(t, 150)
	_, err := r.run(t, path)
	require.ErrorIs(t, err, errCutOff)

	r.left = -1
	summary, err := r.run(t, path)
	require.NoError(t, err)
	require.Equal(t, 150, summary.New()+summary.Existing)
	require.Equal(t, 50, summary.Closed, "of 100 answered petitions one batch was in")
	require.Equal(t, 0, summary.Refused)
}

func TestTheRealPetitionsGoIntoTheRecordOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("3,605 petitions take a while")
	}
	t.Parallel()

	r := open(t)
	for _, file := range []struct {
		name         string
		closed, open int
	}{{"petitions_replied.xlsx", 1463, 0}, {"petitions_open.csv", 0, 2142}} {
		path := filepath.Join("..", "..", "..", "shared", "data", file.name)
		if _, err := os.Stat(path); err != nil {
			t.Skipf("real data is not here: %v", err)
		}
		summary, err := r.run(t, path)
		require.NoError(t, err)
		t.Logf("%s: %d rows in %s", file.name, summary.Rows, summary.Elapsed)
		require.Equal(t, file.closed, summary.Closed)
		require.Equal(t, file.open, summary.Open)

		summary, err = r.run(t, path)
		require.NoError(t, err)
		t.Logf("%s again: %s", file.name, summary.Elapsed)
		require.Equal(t, 0, summary.New())
		require.Equal(t, file.closed+file.open, summary.Existing)
	}
}
