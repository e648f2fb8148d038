package live

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/tests/client"
	"github.com/tiaochu/tiaochu/tests/machine"
	"github.com/tiaochu/tiaochu/tests/wsclient"
)

const countyLeader = "p-530402-leading-leader-1"

// TestAPackageIsFollowedWhileItsShellWorksAndOverARestartOfTheServer follows packageChanged on the
// whole product: what the package's workflow does by itself is told too, and a client that
// subscribes again and then reads has every event.
func TestAPackageIsFollowedWhileItsShellWorksAndOverARestartOfTheServer(t *testing.T) {
	m := machine.Start(t, machine.Build(t), filepath.Join(t.TempDir(), "data"))
	heads, leaders := m.SignIn(manager), m.SignIn(countyLeader)
	token := m.Run("token", "--person="+countyLeader)
	var opened client.Case
	require.NoError(t, insist(t.Context(), func(ctx context.Context) (err error) {
		opened, err = register(ctx, m.SignIn(clerk), "of a package")
		return err
	}))
	led := func(as *client.Client, mutation, input string, fields map[string]any) (id string) {
		t.Helper()
		var got struct {
			Payload struct {
				LeadershipPackage struct{ ID string }
				UserErrors        []client.UserError
			}
		}
		require.NoError(t, insist(t.Context(), func(ctx context.Context) error {
			return as.Do(ctx, `mutation($input: `+input+`!) { payload: `+mutation+`(input: $input) { leadershipPackage { id } userErrors { code message } } }`,
				map[string]any{"input": fields}, &got)
		}))
		require.Empty(t, got.Payload.UserErrors, mutation)
		return got.Payload.LeadershipPackage.ID
	}
	id := led(heads, "openPackage", "OpenPackageInput", map[string]any{
		"clientMutationId": "open", "leaderId": schema.GlobalID("Person", countyLeader),
		"responsibleUnitId": schema.GlobalID("Unit", "u-530402-center"), "title": "包案", "reason": "未决", "caseIds": []any{opened.ID}, "level": "COUNTY",
	})
	timeline := func() (seqs []int, joined bool) {
		var got struct {
			Node struct {
				Timeline struct {
					Edges []struct {
						Node struct {
							Seq  int
							Type string
						}
					}
				}
			}
		}
		require.NoError(t, insist(t.Context(), func(ctx context.Context) error {
			return leaders.Do(ctx, `query($id: ID!) { node(id: $id) { ... on Package { timeline(first: 100) { edges { node { seq type } } } } } }`, map[string]any{"id": id}, &got)
		}))
		for _, edge := range got.Node.Timeline.Edges {
			seqs, joined = append(seqs, edge.Node.Seq), joined || edge.Node.Type == "MemberJoined"
		}
		return seqs, joined
	}
	review := func(key string) {
		led(leaders, "recordPackageReview", "RecordPackageReviewInput", map[string]any{"clientMutationId": key, "packageId": id, "progress": "进展"})
	}
	// follow subscribes and then reads: what it is told and what it reads leave no gap.
	follow := func() (*wsclient.Connection, []int) {
		var conn *wsclient.Connection
		require.NoError(t, insist(t.Context(), func(ctx context.Context) (err error) {
			conn, err = wsclient.Dial(ctx, leaders.URL, token)
			return err
		}))
		require.NoError(t, conn.Subscribe(t.Context(), "p", `subscription($id: ID!) { packageChanged(id: $id) { seq type leadershipPackage { id } } }`, map[string]any{"id": id}))
		require.NoError(t, conn.Subscribe(t.Context(), "q", `{ viewer { person { id } } }`, nil)) // answered after the one before was opened
		read, _ := timeline()
		return conn, read
	}
	told := func(conn *wsclient.Connection, until int) (seqs []int) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		for len(seqs) == 0 || seqs[len(seqs)-1] < until {
			message, err := conn.Receive(ctx)
			require.NoError(t, err)
			if message.ID != "p" {
				continue
			}
			require.Equal(t, "next", message.Type, string(message.Payload))
			var payload struct {
				Data struct {
					PackageChanged struct {
						Seq               int
						LeadershipPackage struct{ ID string }
					}
				}
			}
			require.NoError(t, json.Unmarshal(message.Payload, &payload))
			require.Equal(t, id, payload.Data.PackageChanged.LeadershipPackage.ID)
			seqs = append(seqs, payload.Data.PackageChanged.Seq)
		}
		return seqs
	}
	gapless := func(read, told []int) {
		t.Helper()
		require.True(t, slices.IsSorted(told) && len(slices.Compact(slices.Clone(told))) == len(told), "once each and in order: %v", told)
		all, _ := timeline()
		both := slices.Concat(read, told)
		slices.Sort(both)
		require.Equal(t, all, slices.Compact(both), "what was read and what was told")
	}

	conn, read := follow()
	review("first")
	require.Eventually(t, func() bool { _, joined := timeline(); return joined }, 2*time.Minute, 100*time.Millisecond, "the shell asks the case to join")
	all, _ := timeline()
	gapless(read, told(conn, all[len(all)-1]))

	killed(t, "API", m.Processes().API)
	killed(t, "Temporal", m.Stack().PIDs.Temporal)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		if _, err := conn.Receive(ctx); err != nil {
			require.NoError(t, ctx.Err(), "it was cut off")
			break
		}
	}
	review("while the client is away")
	conn, read = follow()
	defer conn.Cut()
	review("after the restart")
	all, _ = timeline()
	gapless(read, told(conn, all[len(all)-1]))
}
