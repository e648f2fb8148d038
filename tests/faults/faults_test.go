// Package faults kills each part of a running machine in the middle of its work.
package faults

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/client"
	"github.com/tiaochu/tiaochu/tests/machine"
)

// cases is how many cases run at once; TIAOCHU_FAULT_CASES changes it.
func cases(t *testing.T) int {
	t.Helper()
	text := os.Getenv("TIAOCHU_FAULT_CASES")
	if text == "" {
		return 200
	}
	n, err := strconv.Atoi(text)
	require.NoError(t, err, "TIAOCHU_FAULT_CASES")
	return n
}

func TestKillingAnyPartInTheMiddleLosesNoAcknowledgedCommandAndDoublesNone(t *testing.T) {
	m := machine.Start(t, machine.Build(t), filepath.Join(t.TempDir(), "data"))
	clerk, manager := m.SignIn("p-530402-center-clerk-1"), m.SignIn("p-530402-center-manager-1")
	n := cases(t)
	steps := n * stepsOfALife
	// Each part is killed when the next fifth of all steps has been acknowledged.
	kill := map[int]func(){
		1 * steps / 5: func() { killed(t, "worker", m.Processes().Worker) },
		2 * steps / 5: func() { killed(t, "API", m.Processes().API) },
		3 * steps / 5: func() { killed(t, "Temporal", m.Stack().PIDs.Temporal) },
		4 * steps / 5: func() { killed(t, "Postgres", m.Stack().PIDs.Postgres) },
	}
	begun := time.Now()
	var done atomic.Int64
	var mu sync.Mutex
	acknowledged := map[string][]string{} // case id → the clientMutationIds it acknowledged
	var group errgroup.Group
	for i := range n {
		group.Go(func() error {
			return life(t.Context(), clerk, manager, i, func(caseID, key string) {
				mu.Lock()
				acknowledged[caseID] = append(acknowledged[caseID], key)
				mu.Unlock()
				now := int(done.Add(1))
				if strike := kill[now]; strike != nil {
					t.Logf("%5.1f s, %d of %d commands acknowledged", time.Since(begun).Seconds(), now, steps)
					strike()
				}
			})
		})
	}
	require.NoError(t, group.Wait())
	require.Len(t, acknowledged, n)
	t.Logf("%5.1f s, all acknowledged", time.Since(begun).Seconds())

	record, err := store.Open(t.Context(), store.Options{
		URL: m.Stack().PostgresURL, Keys: store.FileKeySource(filepath.Join(m.Data, "master.key")),
	})
	require.NoError(t, err)
	defer record.Close()
	findings, err := record.Verify(t.Context(), store.VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings, "the read model is the fold of its events, numbered without gaps, chained")
	for caseID, keys := range acknowledged {
		node, err := schema.ParseNodeID(caseID)
		require.NoError(t, err)
		id := node.Key
		events, err := record.Events(t.Context(), id, 0, 1000)
		require.NoError(t, err)
		perRequest := map[string]int{} // main event of each request
		for _, event := range events {
			switch event.Type() {
			case "CaseRegistered", "CaseAccepted", "CaseAssigned", "NoteAdded":
				perRequest[event.RequestKey]++
			}
		}
		require.Len(t, perRequest, len(keys), "every acknowledged command has its event")
		for key, count := range perRequest {
			require.Equal(t, 1, count, "request %s of case %s", key, id)
		}
	}
	// Every case goes on.
	var onward errgroup.Group
	onward.SetLimit(16)
	for caseID := range acknowledged {
		onward.Go(func() error {
			return insist(t.Context(), func(ctx context.Context) error {
				_, err := clerk.Mutate(ctx, "addNote", map[string]any{"clientMutationId": "goes-on-" + caseID, "caseId": caseID, "text": "继续办理"})
				return err
			})
		})
	}
	require.NoError(t, onward.Wait())
	t.Logf("%5.1f s, every case has gone on", time.Since(begun).Seconds())
}

func killed(t *testing.T, part string, pid int) {
	t.Helper()
	t.Logf("kill -9 %s (%d)", part, pid)
	if pid == 0 || syscall.Kill(pid, syscall.SIGKILL) != nil {
		t.Errorf("could not kill %s (%d)", part, pid)
	}
}

const stepsOfALife = 4

// life registers a case, accepts and assigns it and adds a note, each step repeated under
// its key until it is acknowledged.
func life(ctx context.Context, clerk, manager *client.Client, i int, acknowledged func(caseID, key string)) error {
	caseID := ""
	step := func(as *client.Client, mutation string, input map[string]any) error {
		key := uuid.NewString()
		input["clientMutationId"] = key
		if caseID != "" {
			input["caseId"] = caseID
		}
		err := insist(ctx, func(ctx context.Context) error {
			answer, err := as.Mutate(ctx, mutation, input)
			if err == nil {
				caseID = answer.ID
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("case %d, %s: %w", i, mutation, err)
		}
		acknowledged(caseID, key)
		return nil
	}
	if err := step(clerk, "registerCase", map[string]any{
		"kind": "DISPUTE", "source": "WALK_IN", "division": "530402001", "category": "D-NEIGHBOUR",
		"title": fmt.Sprintf("邻里纠纷 %d", i), "narrative": "通道堵塞",
		"parties": []map[string]any{
			{"role": "APPLICANT", "name": "李明"}, {"role": "RESPONDENT", "name": "王强"},
		},
	}); err != nil {
		return err
	}
	if err := step(clerk, "acceptCase", map[string]any{}); err != nil {
		return err
	}
	if err := step(manager, "assignCase", map[string]any{"personId": schema.GlobalID("Person", "p-530402-center-investigator-1")}); err != nil {
		return err
	}
	return step(clerk, "addNote", map[string]any{"text": "已电话联系双方"})
}

// insist repeats a request, as a front-end on a slow network does, while the answer is that
// nobody is there. Anything else is final.
func insist(ctx context.Context, request func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	for {
		err := request(ctx)
		if err == nil || !later(err) {
			return err
		}
		pause := time.NewTimer(200 * time.Millisecond)
		select {
		case <-ctx.Done():
			pause.Stop()
			return fmt.Errorf("gave up: %w", err)
		case <-pause.C:
		}
	}
}

func later(err error) bool {
	var refused client.Refused
	var answered client.Errors
	switch {
	case errors.As(err, &refused):
		return false
	case errors.As(err, &answered):
		for _, one := range answered {
			if one.Code() != "UNAVAILABLE" && one.Code() != "RATE_LIMITED" {
				return false
			}
		}
	}
	return true
}
