package stacktest_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/tiaochu/tiaochu/stack/stacktest"
)

func TestMain(m *testing.M) { stacktest.Main(m) }

func TestEachTestHasADatabaseAndANamespaceOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"one", "other"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			place := stacktest.Shared(t)
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()

			connection, err := pgx.Connect(ctx, place.PostgresURL)
			require.NoError(t, err)
			defer func() { _ = connection.Close(ctx) }()
			_, err = connection.Exec(ctx, `create table only_here (id int primary key)`)
			require.NoError(t, err, "the database is empty and the test may make tables in it")

			temporal := place.Dial(t, client.Options{})
			work := worker.New(temporal, place.TaskQueue, worker.Options{})
			work.RegisterWorkflowWithOptions(func(workflow.Context) (string, error) { return name, nil },
				workflow.RegisterOptions{Name: "say"})
			require.NoError(t, work.Start())
			t.Cleanup(work.Stop)
			run, err := temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: "the-same-id", TaskQueue: place.TaskQueue}, "say")
			require.NoError(t, err)
			var said string
			require.NoError(t, run.Get(ctx, &said))
			require.Equal(t, name, said)
		})
	}
}
