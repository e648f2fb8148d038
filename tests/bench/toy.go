package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// The toy is the yardstick: the least a durable case can be. One workflow per case, one
// update per command, a mutex, and a local activity that writes an event, a row and a
// notification in one transaction. It has no rules, no authorisation, no encryption, no
// clocks and no GraphQL.
const (
	toyTaskQueue = "bench-toy"
	toyUpdate    = "command"
	toyUpdates   = 5
)

const toySchema = `
create schema if not exists bench_toy;
create table if not exists bench_toy.events (
  case_id uuid not null, seq int not null, body text not null,
  constraint toy_events_pk primary key (case_id, seq));
create table if not exists bench_toy.cases (
  id uuid constraint toy_cases_pk primary key, version int not null, changed_at timestamptz not null);`

type toyAppend struct {
	CaseID string
	Seq    int
	Body   string
}

func toyCase(ctx workflow.Context, caseID string) error {
	mutex := workflow.NewMutex(ctx)
	version, done := 0, false
	step := func(ctx workflow.Context, body string) (int, error) {
		if err := mutex.Lock(ctx); err != nil {
			return 0, err
		}
		defer mutex.Unlock()
		local := workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{ScheduleToCloseTimeout: 10 * time.Second})
		if err := workflow.ExecuteLocalActivity(local, "toyAppend", toyAppend{caseID, version + 1, body}).Get(ctx, nil); err != nil {
			return 0, err
		}
		version++
		done = version > toyUpdates
		return version, nil
	}
	if err := workflow.SetUpdateHandler(ctx, toyUpdate, step); err != nil {
		return err
	}
	if _, err := step(ctx, "registered"); err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return done && workflow.AllHandlersFinished(ctx) })
}

// toyOffice runs the toy's worker in this process.
type toyOffice struct {
	temporal client.Client
	pool     *pgxpool.Pool
	worker   worker.Worker
}

func openToy(ctx context.Context, temporal client.Client, pool *pgxpool.Pool) (*toyOffice, error) {
	if _, err := pool.Exec(ctx, toySchema); err != nil {
		return nil, fmt.Errorf("create the toy's tables: %w", err)
	}
	toy := &toyOffice{temporal: temporal, pool: pool}
	toy.worker = worker.New(temporal, toyTaskQueue, worker.Options{})
	toy.worker.RegisterWorkflowWithOptions(toyCase, workflow.RegisterOptions{Name: "toyCase"})
	toy.worker.RegisterActivityWithOptions(toy.append, activity.RegisterOptions{Name: "toyAppend"})
	return toy, toy.worker.Start()
}

func (t *toyOffice) append(ctx context.Context, in toyAppend) error {
	return pgx.BeginFunc(ctx, t.pool, func(tx pgx.Tx) error {
		batch := &pgx.Batch{}
		batch.Queue(`insert into bench_toy.events (case_id, seq, body) values ($1, $2, $3)`, in.CaseID, in.Seq, in.Body)
		batch.Queue(`insert into bench_toy.cases (id, version, changed_at) values ($1, $2, now())
			on conflict (id) do update set version = excluded.version, changed_at = excluded.changed_at`, in.CaseID, in.Seq)
		batch.Queue(`select pg_notify('bench_toy', $1)`, in.CaseID)
		return tx.SendBatch(ctx, batch).Close()
	})
}

func (t *toyOffice) life(ctx context.Context, timed func(func() error) error) error {
	caseID := uuid.NewString()
	run, err := t.temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: "bench-toy/" + caseID, TaskQueue: toyTaskQueue,
	}, "toyCase", caseID)
	if err != nil {
		return err
	}
	for i := range toyUpdates {
		if err := timed(func() error {
			handle, err := t.temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
				WorkflowID: run.GetID(), UpdateName: toyUpdate, UpdateID: uuid.NewString(),
				Args: []any{fmt.Sprintf("command %d", i)}, WaitForStage: client.WorkflowUpdateStageCompleted,
			})
			if err != nil {
				return err
			}
			return handle.Get(ctx, nil)
		}); err != nil {
			return err
		}
	}
	return nil
}

func (t *toyOffice) close() { t.worker.Stop() }
