package command

import (
	"context"
	"errors"
	"fmt"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/workflows"
)

// Ready returns nil when a command sent now would be carried out: Temporal answers, and so
// does a worker that polls the task queue.
func (s *Sender) Ready(ctx context.Context) error {
	err := s.feelPulse(ctx)
	if missing := (*serviceerror.NotFound)(nil); errors.As(err, &missing) {
		if err := s.startPulse(ctx); err != nil {
			return err
		}
		err = s.feelPulse(ctx)
	}
	return err
}

func (s *Sender) feelPulse(ctx context.Context) error {
	_, err := s.options.Temporal.QueryWorkflowWithOptions(ctx, &client.QueryWorkflowWithOptionsRequest{
		WorkflowID: workflows.PulseID, QueryType: workflows.PulseQuery,
		QueryRejectCondition: enumspb.QUERY_REJECT_CONDITION_NONE,
	})
	if err != nil {
		return fmt.Errorf("no worker answers: %w", err)
	}
	return nil
}

func (s *Sender) startPulse(ctx context.Context) error {
	_, err := s.options.Temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.PulseID, TaskQueue: s.options.TaskQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
	}, workflows.PulseType)
	if err != nil {
		return fmt.Errorf("start the pulse: %w", err)
	}
	return nil
}
