package store

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// synthetic makes a state that a case could be in, for tests of reading.
func synthetic(r *rand.Rand, n int) casefile.State {
	divisions := slices.Concat(
		[]casefile.Division{"53", "5304", "530402", "530403", "5301", "52", directory.DevelopmentZone, "530402006", "530402009"},
		[]casefile.Division{"530402001", "530402001001", "530402001001001", "530402002", "530103"})
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	units, people := developmentIDs()
	id := uuid.Must(uuid.NewRandomFromReader(reader{r})).String()
	stages := []casefile.Stage{casefile.StageAcceptance, casefile.StageInvestigation, casefile.StageMediation, casefile.StageClosed, casefile.StageClosed}
	confidentiality := []casefile.Confidentiality{
		casefile.ConfidentialityNormal, casefile.ConfidentialityNormal, casefile.ConfidentialityNormal,
		casefile.ConfidentialityRestricted, casefile.ConfidentialitySealed,
	}
	// Few instants, so that many rows tie and the id must tell them apart.
	registered := noon.Add(-time.Duration(r.IntN(200)) * time.Hour)
	s := casefile.State{
		ID: id, Version: 1, Number: fmt.Sprintf("530402-D-2026-%06d", n), Kind: casefile.Dispute, Round: 1,
		Stage: stages[r.IntN(len(stages))], Source: casefile.SourceWalkIn, Category: disputeCategory,
		Division: divisions[r.IntN(len(divisions))], Confidentiality: confidentiality[r.IntN(len(confidentiality))],
		Scale: casefile.ScaleIndividual, ResponsibleUnitID: pick(units), HandlerID: pick(people),
		RegisteredBy: casefile.Actor{PersonID: pick(people), Role: casefile.RoleClerk}, ReceivedAt: registered, RegisteredAt: registered,
	}
	if r.IntN(2) == 0 {
		s.Kind = casefile.Petition
	}
	switch r.IntN(8) {
	case 0:
		s.Exclusions = []casefile.Exclusion{{PersonID: pick(people)}}
	case 1:
		s.Exclusions = []casefile.Exclusion{{MembersOf: pick(units)}, {LeadersOver: pick(units)}}
	}
	if r.IntN(3) > 0 {
		s.Deadlines = []casefile.Deadline{{
			ID: "D1", Step: "handling", Statutory: true, DueAt: noon.Add(time.Duration(r.IntN(60)-30) * 24 * time.Hour),
			Status: []casefile.DeadlineStatus{casefile.ClockRunning, casefile.ClockMissed, casefile.ClockMet}[r.IntN(3)], Unit: casefile.CalendarDays,
		}}
	}
	if !s.Stage.Open() {
		closed, onTime := registered.Add(time.Hour), r.IntN(3) > 0
		s.ConcludedAt, s.ClosedAt, s.ConcludedOnTime = closed, closed, &onTime
	}
	return s
}

// developmentIDs are the units and people of the development set.
var developmentIDs = sync.OnceValues(func() (units, people []string) {
	for _, unit := range directory.Development().Units() {
		units = append(units, unit.ID)
	}
	for _, person := range directory.Development().People() {
		people = append(people, person.ID)
	}
	return units, people
})

// reader makes a random source one of bytes, so that ids repeat with the seed.
type reader struct{ *rand.Rand }

func (r reader) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return len(b), nil
}

func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// fill writes states into the read tables as an append would, without events.
func fill(t testing.TB, s *Store, states []casefile.State) {
	t.Helper()
	dir := directory.Development()
	for part := range slices.Chunk(states, 1000) {
		rows := map[string][]any{}
		for _, state := range part {
			push(rows, casesTable, []caseRow{foldCase(state, "", 1)})
			push(rows, grantsTable, foldGrants(state, dir))
			push(rows, exclusionsTable, foldExclusions(state))
			push(rows, deadlinesTable, foldDeadlines(state))
			push(rows, tasksTable, foldTasks(state, dir))
			push(rows, ordersTable, foldOrders(state))
			push(rows, statisticsTable, foldStatistics(state, casefile.Course{}))
		}
		batch := &pgx.Batch{}
		for _, into := range []table{casesTable, grantsTable, exclusionsTable, deadlinesTable, tasksTable, ordersTable, statisticsTable} {
			if rows[into.name] == nil {
				continue
			}
			raw, err := json.Marshal(rows[into.name])
			require.NoError(t, err)
			batch.Queue(into.insert(), string(raw))
		}
		require.NoError(t, s.pool.SendBatch(t.Context(), batch).Close())
	}
	_, err := s.pool.Exec(t.Context(), "analyze")
	require.NoError(t, err)
}

func syntheticStates(seed uint64, n int) []casefile.State {
	r := seeded(seed)
	states := make([]casefile.State, n)
	for i := range states {
		states[i] = synthetic(r, i+1)
	}
	return states
}
