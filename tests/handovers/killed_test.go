// Package handovers kills the API and the worker while work changes hands.
package handovers

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/client"
	"github.com/tiaochu/tiaochu/tests/machine"
)

const (
	clerk   = "p-530402-center-clerk-1"
	manager = "p-530402-center-manager-1"
	from    = "p-530402-center-investigator-1"
	to      = "p-530402-center-investigator-2"
	cases   = 24
)

func person(id string) string { return schema.GlobalID("Person", id) }

func TestAHandOverWhoseAPIAndWorkerAreKilledInTheMiddleMovesEachCaseOnce(t *testing.T) {
	killedInTheMiddle(t, true)
}

func TestAHandOverThatWasKilledAndWhoseClientIsGoneIsFinishedByTheOffice(t *testing.T) {
	killedInTheMiddle(t, false)
}

// killedInTheMiddle hands work over; a client that insists asks again until nothing remains, another
// one asks once and is gone.
func killedInTheMiddle(t *testing.T, insists bool) {
	t.Helper()
	m := machine.Start(t, machine.Build(t), filepath.Join(t.TempDir(), "data"))
	record, err := store.Open(t.Context(), store.Options{
		URL: m.Stack().PostgresURL, Keys: store.FileKeySource(filepath.Join(m.Data, "master.key")),
	})
	require.NoError(t, err)
	defer record.Close()
	clerks, heads := m.SignIn(clerk), m.SignIn(manager)
	ids := make([]string, cases)
	for i := range ids {
		ids[i] = assigned(t, clerks, heads, fmt.Sprintf("case-%d", i))
	}
	moved := func() (events int) {
		for _, id := range ids {
			all, err := record.Events(t.Context(), id, 0, 100)
			if err != nil {
				return 0
			}
			for _, event := range all {
				if _, ok := event.Body.(casefile.WorkHandedOver); ok {
					events++
				}
			}
		}
		return events
	}

	type progress struct {
		HandOverWork struct {
			Moved, Remaining int
			UserErrors       []struct{ Code string }
		}
	}
	ended := make(chan progress, 1)
	go func() {
		var last progress
		last.HandOverWork.Remaining = 1
		for again := true; again && last.HandOverWork.Remaining > 0 && t.Context().Err() == nil; again = insists {
			var answer progress
			err := heads.Do(t.Context(), `mutation($input: HandOverWorkInput!) { handOverWork(input: $input) { moved remaining userErrors { code } } }`,
				map[string]any{"input": map[string]any{"clientMutationId": "over", "fromPersonId": person(from), "toPersonId": person(to), "reason": "离岗"}}, &answer)
			if err == nil {
				last = answer
				continue
			}
			<-time.After(100 * time.Millisecond) // the server is away, or nobody answers: the same again
		}
		ended <- last
	}()
	require.Eventually(t, func() bool { return moved() > 0 }, time.Minute, time.Millisecond)
	kill(t, "worker", m.Processes().Worker)
	kill(t, "API", m.Processes().API)
	atKill := moved()
	t.Logf("killed after %d of %d cases", atKill, cases)

	select {
	case last := <-ended:
		if insists {
			require.Equal(t, cases, last.HandOverWork.Moved)
			require.Zero(t, last.HandOverWork.Remaining)
			require.Empty(t, last.HandOverWork.UserErrors)
		}
	case <-time.After(3 * time.Minute):
		require.FailNow(t, "the hand-over did not end")
	}
	require.Eventually(t, func() bool { return moved() == cases }, 3*time.Minute, 100*time.Millisecond)
	require.Less(t, atKill, cases, "it was over before anything was killed")
	require.Equal(t, cases, moved(), "each case once")
	for _, id := range ids {
		state, err := record.State(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, to, state.HandlerID)
	}
	require.Contains(t, m.Run("verify"), "the record is sound")
}

// assigned registers a dispute that somebody handles, and returns its own id.
func assigned(t *testing.T, clerks, heads *client.Client, key string) string {
	t.Helper()
	opened, err := insist(t.Context(), clerks, "registerCase", map[string]any{
		"clientMutationId": key, "kind": "DISPUTE", "source": "WALK_IN", "division": "530402001", "category": "D-NEIGHBOUR",
		"title": "邻里纠纷 " + key, "narrative": "通道堵塞",
		"parties": []map[string]any{{"role": "APPLICANT", "name": "李明"}, {"role": "RESPONDENT", "name": "王强"}},
	})
	require.NoError(t, err)
	_, err = insist(t.Context(), clerks, "acceptCase", map[string]any{"clientMutationId": key + "-accept", "caseId": opened.ID})
	require.NoError(t, err)
	_, err = insist(t.Context(), heads, "assignCase", map[string]any{"clientMutationId": key + "-assign", "caseId": opened.ID, "personId": person(from)})
	require.NoError(t, err)
	id, err := schema.ParseNodeID(opened.ID)
	require.NoError(t, err)
	return id.Key
}

// insist sends the same command until it is answered.
func insist(ctx context.Context, as *client.Client, mutation string, input map[string]any) (client.Case, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for {
		got, err := as.Mutate(ctx, mutation, input)
		var refused client.Refused
		if err == nil || errors.As(err, &refused) || ctx.Err() != nil {
			return got, err
		}
		<-time.After(200 * time.Millisecond)
	}
}

func kill(t *testing.T, part string, pid int) {
	t.Helper()
	if pid == 0 || syscall.Kill(pid, syscall.SIGKILL) != nil {
		t.Errorf("could not kill %s (%d)", part, pid)
	}
}
