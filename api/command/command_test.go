package command

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/temporal"
)

func TestTheUpdateIDIsThatOfTheSameRequestInTheSameStateOnly(t *testing.T) {
	t.Parallel()
	cmd := sending{requestKey: "key", inputDigest: "digest", act: "AcceptCase"}
	id := updateID(cmd, 3, 0)
	require.Equal(t, id, updateID(cmd, 3, 0))
	require.NotEqual(t, id, updateID(cmd, 4, 0), "in another state it is decided afresh")
	require.NotEqual(t, id, updateID(cmd, 3, 1), "a further attempt is an update of its own")

	other := cmd
	other.inputDigest = "another"
	require.NotEqual(t, id, updateID(other, 3, 0), "Temporal compares ids, not inputs")
	other = cmd
	other.act = "AddNote"
	require.NotEqual(t, id, updateID(other, 3, 0))
}

func TestWhatAnUpdateFailsWithIsSortedByWhatToDoNext(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		ends bool // the run ended: send again
		away bool // unknown: the caller sends again
	}{
		"the workflow had completed":            {err: serviceerror.NewNotFound("workflow execution already completed"), ends: true},
		"the run ended under the update":        {err: temporal.NewApplicationError("gone", "AcceptedUpdateCompletedWorkflow"), ends: true},
		"nobody answered in time":               {err: context.DeadlineExceeded, away: true},
		"Temporal is not there":                 {err: serviceerror.NewUnavailable("connection refused"), away: true},
		"the shell itself failed the command":   {err: temporal.NewApplicationError("a bug", "BadCommand")},
		"the caller went away before an answer": {err: context.Canceled, away: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := outcomeOf(c.err)
			require.Equal(t, c.ends, errors.Is(got, errRunEnded))
			var unavailable *Unavailable
			require.Equal(t, c.away, errors.As(got, &unavailable))
		})
	}
}
