package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/go-hclog"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"
)

const productNamespace = "tiaochu"

// runRetention is how long a closed run can be looked at. The record is in Postgres; runs are for
// finding out what happened lately.
const runRetention = 30 * 24 * time.Hour

// frontend is our own connection to Temporal.
type frontend struct {
	client client.Client
}

// dialFrontend prepares a connection; nothing is sent yet.
func dialFrontend(address string, certs certificates, logger hclog.Logger) (*frontend, error) {
	configuration, err := certs.clientTLS()
	if err != nil {
		return nil, err
	}
	connection, err := client.NewLazyClient(client.Options{
		HostPort:          address,
		Namespace:         productNamespace,
		ConnectionOptions: client.ConnectionOptions{TLS: configuration, DisableKeepAliveCheck: true},
		Logger:            quietLogger{logger},
	})
	if err != nil {
		return nil, err
	}
	return &frontend{client: connection}, nil
}

func (f *frontend) close() { f.client.Close() }

// serves is nil when a workflow could be started: the namespace is registered (here, where it is
// missing) and the history service answers for it out of the database.
func (f *frontend) serves(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	service := f.client.WorkflowService()
	_, err := service.DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: productNamespace})
	var missing *serviceerror.NamespaceNotFound
	if errors.As(err, &missing) {
		_, err = service.RegisterNamespace(ctx, &workflowservice.RegisterNamespaceRequest{
			Namespace:                        productNamespace,
			Description:                      "Tiaochu cases",
			WorkflowExecutionRetentionPeriod: durationpb.New(runRetention),
		})
		var present *serviceerror.NamespaceAlreadyExists
		if errors.As(err, &present) {
			err = nil
		}
	}
	if err != nil {
		return fmt.Errorf("namespace %s: %w", productNamespace, err)
	}
	_, err = f.client.DescribeWorkflowExecution(ctx, "readiness", "")
	var unknown *serviceerror.NotFound
	if err == nil || errors.As(err, &unknown) {
		return nil
	}
	return err
}

// quietLogger keeps the client's impatience during a start out of the log.
type quietLogger struct{ hclog.Logger }

func (l quietLogger) Debug(message string, keyvals ...any) { l.Logger.Trace(message, keyvals...) }
func (l quietLogger) Info(message string, keyvals ...any)  { l.Logger.Debug(message, keyvals...) }
func (l quietLogger) Warn(message string, keyvals ...any)  { l.Logger.Debug(message, keyvals...) }
