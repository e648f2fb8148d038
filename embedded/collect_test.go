package main

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// collect gathers the numbers that it is sent until it is told how many there are, and answers them
// in order of arrival.
func collect(ctx workflow.Context) ([]int, error) {
	var numbers []int
	expected := -1
	selector := workflow.NewSelector(ctx)
	selector.AddReceive(workflow.GetSignalChannel(ctx, "number"), func(channel workflow.ReceiveChannel, _ bool) {
		var number int
		channel.Receive(ctx, &number)
		numbers = append(numbers, number)
	})
	selector.AddReceive(workflow.GetSignalChannel(ctx, "expect"), func(channel workflow.ReceiveChannel, _ bool) {
		channel.Receive(ctx, &expected)
	})
	for expected < 0 || distinct(numbers) < expected {
		selector.Select(ctx)
	}
	return numbers, nil
}

func distinct(numbers []int) int {
	seen := map[int]bool{}
	for _, number := range numbers {
		seen[number] = true
	}
	return len(seen)
}

const collectQueue = "collect"

// work runs a worker for collect until the test ends.
func work(t *testing.T, connection client.Client) {
	t.Helper()
	eventually(t, "the worker starts", func() bool { // a worker refuses to start while Temporal is away
		w := worker.New(connection, collectQueue, worker.Options{})
		w.RegisterWorkflow(collect)
		if w.Start() != nil {
			return false
		}
		t.Cleanup(w.Stop)
		return true
	})
}

// startCollecting starts the workflow.
func startCollecting(t *testing.T, connection client.Client, id string) client.WorkflowRun {
	t.Helper()
	run, err := connection.ExecuteWorkflow(contextOf(t), client.StartWorkflowOptions{ID: id, TaskQueue: collectQueue}, collect)
	require.NoError(t, err)
	return run
}

// send sends one number until the server acknowledges it.
func send(t *testing.T, connection client.Client, id string, number int) {
	t.Helper()
	ctx := contextOf(t)
	eventually(t, "a signal is accepted", func() bool {
		return connection.SignalWorkflow(ctx, id, "", "number", number) == nil
	})
}

// requireCollected tells the workflow how many numbers it must have, and that they are 0 to n-1.
func requireCollected(t *testing.T, connection client.Client, id string, n int) {
	t.Helper()
	ctx := contextOf(t)
	eventually(t, "the last signal is accepted", func() bool {
		return connection.SignalWorkflow(ctx, id, "", "expect", n) == nil
	})
	var numbers []int
	require.NoError(t, connection.GetWorkflow(ctx, id, "").Get(ctx, &numbers))
	wanted := make([]int, n)
	for i := range wanted {
		wanted[i] = i
	}
	seen := map[int]bool{}
	var once []int
	for _, number := range numbers {
		if !seen[number] {
			once = append(once, number)
		}
		seen[number] = true
	}
	require.ElementsMatch(t, wanted, once)
}
