// Package stacktest gives tests the real thing: one embedded stack of Postgres and Temporal for a
// test process, and in it a database and a namespace for each test.
//
//	func TestMain(m *testing.M) { stacktest.Main(m) }
//
//	func TestSomething(t *testing.T) {
//		t.Parallel()
//		place := stacktest.Shared(t)
//		...
//	}
package stacktest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/go-hclog"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/tiaochu/tiaochu/stack"
)

// Place is one test's own part of the shared stack.
type Place struct {
	// PostgresURL is an empty database of the test's own, removed after it.
	PostgresURL string
	// TemporalAddress, TLS and Namespace are where to find Temporal, and a namespace of the test's
	// own: workflow ids of other tests don't meet its.
	TemporalAddress string
	TLS             stack.TLSFiles
	Namespace       string
	// TaskQueue is a name for the test's task queue.
	TaskQueue string
	// Stack is the shared stack. Tests that kill its parts must start one of their own (Start).
	Stack *stack.Stack
}

// connectionsForTests is enough for the pools of many tests at once.
const connectionsForTests = 200

var shared struct {
	once  sync.Once
	stack *stack.Stack
	err   error
}

// Main runs the tests of a process and stops the shared stack, where one was started, after them.
func Main(m *testing.M) {
	status := m.Run()
	if shared.stack != nil {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		if err := shared.stack.Stop(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "stacktest:", err)
		}
		cancel()
	}
	os.Exit(status)
}

// Shared starts the stack of this test process at the first call, and makes a place in it for the
// test. A process whose TestMain isn't Main leaves the stopping to its own end.
func Shared(t testing.TB) *Place {
	t.Helper()
	shared.once.Do(func() {
		var folder string
		if folder, shared.err = os.MkdirTemp("", "tiaochu-test-"); shared.err == nil {
			shared.stack, shared.err = start(stack.Options{Data: folder, Ephemeral: true})
		}
	})
	require.NoError(t, shared.err, "embedded stack")
	return newPlace(t, shared.stack)
}

// Start starts a stack for one test alone, on a folder that outlives stops, and stops it after the
// test: for tests that kill or restart its parts. Options may be left empty.
func Start(t testing.TB, options stack.Options) *stack.Stack {
	t.Helper()
	if options.Data == "" {
		options.Data = filepath.Join(t.TempDir(), "data")
	}
	started, err := start(options)
	require.NoError(t, err, "embedded stack")
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		_ = started.Stop(ctx) // the test may have stopped or killed it
	})
	return started
}

// InPlace makes a place in a stack that the test has started.
func InPlace(t testing.TB, started *stack.Stack) *Place {
	t.Helper()
	return newPlace(t, started)
}

func start(options stack.Options) (*stack.Stack, error) {
	root, err := stack.Root()
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	if options.EmbeddedBinary == "" {
		if options.EmbeddedBinary, err = stack.Build(ctx, root); err != nil {
			return nil, err
		}
	}
	if options.ProductConnections == 0 {
		options.ProductConnections = connectionsForTests
	}
	if options.Logger == nil {
		options.Logger = hclog.New(&hclog.LoggerOptions{Name: "stack", Level: hclog.Warn, Output: os.Stderr})
	}
	return stack.Start(ctx, options)
}

func newPlace(t testing.TB, running *stack.Stack) *Place {
	t.Helper()
	name := "tiaochu_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	place := &Place{
		TemporalAddress: running.TemporalAddress, TLS: running.TemporalTLS,
		Namespace: name, TaskQueue: name, Stack: running,
	}
	var err error
	place.PostgresURL, err = running.WithDatabase(name)
	require.NoError(t, err)

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	superuser(t, ctx, running, `create database `+name+` owner tiaochu`)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		superuser(t, ctx, running, `drop database if exists `+name+` with (force)`)
	})
	place.register(t, ctx)
	return place
}

func superuser(t testing.TB, ctx context.Context, running *stack.Stack, statement string) {
	t.Helper()
	url, err := running.SuperuserURL("postgres")
	require.NoError(t, err)
	connection, err := pgx.Connect(ctx, url)
	if t.Failed() && err != nil {
		return // the stack may be what failed
	}
	require.NoError(t, err)
	defer func() { _ = connection.Close(ctx) }()
	_, err = connection.Exec(ctx, statement)
	require.NoError(t, err)
}

// register makes the namespace and waits until every service knows it.
func (p *Place) register(t testing.TB, ctx context.Context) {
	t.Helper()
	connection := p.Dial(t, client.Options{})
	_, err := connection.WorkflowService().RegisterNamespace(ctx, &workflowservice.RegisterNamespaceRequest{
		Namespace:                        p.Namespace,
		WorkflowExecutionRetentionPeriod: durationpb.New(24 * time.Hour),
	})
	require.NoError(t, err)
	for {
		_, err := connection.DescribeWorkflowExecution(ctx, "readiness", "")
		var notFound *serviceerror.NotFound
		if errors.As(err, &notFound) {
			return
		}
		require.NoError(t, ctx.Err(), "namespace not known: %v", err)
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Dial connects to Temporal in the test's namespace, and disconnects after the test. Of the options,
// those that say where Temporal is are filled in.
func (p *Place) Dial(t testing.TB, options client.Options) client.Client {
	t.Helper()
	secured, err := ClientTLS(p.TLS)
	require.NoError(t, err)
	options.HostPort, options.Namespace, options.ConnectionOptions.TLS = p.TemporalAddress, p.Namespace, secured
	if options.Logger == nil {
		options.Logger = silent{}
	}
	connection, err := client.NewLazyClient(options)
	require.NoError(t, err)
	t.Cleanup(connection.Close)
	return connection
}

// ClientTLS is the configuration of a client that shows the stack's client certificate.
func ClientTLS(files stack.TLSFiles) (*tls.Config, error) {
	pair, err := tls.LoadX509KeyPair(files.Cert, files.Key)
	if err != nil {
		return nil, err
	}
	authority, err := os.ReadFile(files.CA)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(authority) {
		return nil, fmt.Errorf("no certificate in %s", files.CA)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, RootCAs: pool, ServerName: files.ServerName, MinVersion: tls.VersionTLS13}, nil
}

// silent drops what the client says of itself.
type silent struct{}

func (silent) Debug(string, ...any) {}
func (silent) Info(string, ...any)  {}
func (silent) Warn(string, ...any)  {}
func (silent) Error(string, ...any) {}
