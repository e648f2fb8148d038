package wholeproduct

import (
	"os/exec"
	"regexp"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

// withdrawn ends a dispute on a day of last month, as a record that is written down late.
func withdrawn(t *testing.T, d *desk, day time.Time) string {
	t.Helper()
	late := func(at time.Time, input map[string]any) map[string]any {
		if input == nil {
			input = map[string]any{}
		}
		input["effectiveAt"], input["backdatingReason"] = moment(at), "补录"
		return input
	}
	registered := d.does(t, clerk, "registerCase", "", map[string]any{
		"kind": "DISPUTE", "source": "WALK_IN", "division": "530402", "category": "D-NEIGHBOUR", "title": "邻里通行权争议",
		"narrative": "公共通道被堵", "claims": []any{"恢复通行"}, "receivedAt": moment(day), "backdatingReason": "补录",
		"parties": []any{map[string]any{"role": "APPLICANT", "name": "李明"}, map[string]any{"role": "RESPONDENT", "name": "王强"}},
	})
	id := registered.ID
	d.does(t, clerk, "withdrawCase", id, late(day.Add(time.Hour), map[string]any{
		"partyId": registered.Parties[0].ID, "how": "ON_SITE", "request": "自愿撤回", "reason": "自行和解",
	}))
	d.does(t, manager, "verifyClosure", id, late(day.Add(2*time.Hour), nil))
	var notices struct {
		Node struct {
			Documents []struct{ ID, Reason, Remedy string }
		}
	}
	require.NoError(t, d.as(clerk).Do(t.Context(), `query($id: ID!) { node(id: $id) { ... on Case { documents { id reason remedy } } } }`, map[string]any{"id": id}, &notices))
	require.Len(t, notices.Node.Documents, 1)
	require.Equal(t, "自行和解", notices.Node.Documents[0].Reason)
	require.Contains(t, notices.Node.Documents[0].Remedy, "30日内可以反悔撤回")
	ended := d.does(t, clerk, "recordService", id, map[string]any{
		"documentId": notices.Node.Documents[0].ID, "partyId": registered.Parties[0].ID, "method": "IN_PERSON",
		"servedAt": moment(day.Add(3 * time.Hour)), "backdatingReason": "补录",
	})
	require.Equal(t, "WITHDRAWN", ended.Stage)
	return id
}

type sampledCase struct {
	Node *struct {
		Tasks   []struct{ Kind string }
		Samples []struct{ Finding *string }
	}
}

// sample: what a county's centre closed last month is drawn for the city's centre, once, by a
// seed that anybody can draw again; the drawn case is looked at; a draw that somebody changed
// is told.
func sample(t *testing.T, d *desk) {
	t.Helper()
	const supervisor = "p-5304-center-supervisor-1"
	now := time.Now().In(casefile.Shanghai)
	last := time.Date(now.Year(), now.Month(), 1, 9, 0, 0, 0, casefile.Shanghai).AddDate(0, -1, 0)
	month := last.Format("2006-01")
	ids := []string{withdrawn(t, d, last.AddDate(0, 0, 4)), withdrawn(t, d, last.AddDate(0, 0, 11))}
	withdrawn(t, d, last.AddDate(0, -1, 3)) // in the month before

	drawn := d.m.Run("sample", "draw", "--division=5304", "--month="+month, "--rate=100%", "--seed=7")
	t.Log(drawn)
	require.Contains(t, drawn, "2 of 2 cases that ended in "+month+" below 5304")
	require.Contains(t, drawn, "u-5304-center (SUPERVISOR)")
	id := regexp.MustCompile(`sample (\S+)`).FindStringSubmatch(drawn)[1]
	other := d.m.Run("sample", "draw", "--division=5304", "--month="+month, "--rate=50%", "--seed=8")
	require.Equal(t, drawn, other, "another seed is no second chance")
	shown := d.m.Run("sample", "show", id)
	require.Equal(t, drawn+"\ndrawn again: the same", shown)

	for _, caseID := range ids {
		var seen sampledCase
		require.NoError(t, d.as(supervisor).Do(t.Context(), `query($id: ID!) { node(id: $id) { ... on Case { tasks { kind } samples { finding } } } }`,
			map[string]any{"id": caseID}, &seen))
		require.NotNil(t, seen.Node)
		require.Contains(t, seen.Node.Tasks, struct{ Kind string }{"SAMPLE"})
		require.Len(t, seen.Node.Samples, 1, "two draws of the same month put it in once")
	}
	d.does(t, supervisor, "recordSampleFinding", ids[0], map[string]any{"finding": "CORRECT"})

	refused := func(arguments ...string) string {
		t.Helper()
		said, err := exec.CommandContext(t.Context(), d.m.Binary, append([]string{"--data=" + d.m.Data}, arguments...)...).CombinedOutput()
		require.Error(t, err)
		return string(said)
	}
	require.Contains(t, refused("sample", "show", "nothing"), `there is no draw "nothing"`)
	require.Contains(t, refused("sample", "draw", "--division=5304", "--month="+now.Format("2006-01"), "--rate=5%", "--seed=1"), "has not ended yet")
	require.Contains(t, refused("sample", "draw", "--division=5304", "--month="+month, "--rate=200%", "--seed=1"), "expected 0.1% to 100%")

	connection, err := pgx.Connect(t.Context(), d.m.Stack().PostgresURL)
	require.NoError(t, err)
	defer func() { _ = connection.Close(t.Context()) }()
	_, err = connection.Exec(t.Context(), `update samples set drawn = drawn[1:1] where id = $1`, id)
	require.NoError(t, err)
	require.Contains(t, refused("sample", "show", id), "drawn again it is another sample")
}
