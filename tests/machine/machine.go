// Package machine runs the whole product on this machine for a test, as `make run` does:
// the real binaries, each part a process of its own, on a data folder of the test's.
package machine

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/stack"
	"github.com/tiaochu/tiaochu/tests/client"
)

// Machine is one running `tiaochu dev`.
type Machine struct {
	Data   string
	Binary string

	t       testing.TB
	command *exec.Cmd
	exited  chan struct{}
	said    *bytes.Buffer
}

// Processes is what `tiaochu dev` writes into its data folder.
type Processes struct {
	URL    string `json:"url"`
	Dev    int    `json:"dev"`
	API    int    `json:"api"`
	Worker int    `json:"worker"`
}

var built struct {
	once   sync.Once
	binary string
	err    error
}

// Build builds bin/tiaochu and bin/tiaochu-embedded of this checkout, once a test process.
func Build(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		var root string
		if root, built.err = stack.Root(); built.err != nil {
			return
		}
		if _, built.err = stack.Build(context.Background(), root); built.err != nil {
			return
		}
		built.binary = filepath.Join(root, "bin", "tiaochu")
		build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", built.binary, "./cmd/tiaochu")
		build.Dir = root
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		var output []byte
		if output, built.err = build.CombinedOutput(); built.err != nil {
			os.Stderr.Write(output)
		}
	})
	require.NoError(t, built.err)
	return built.binary
}

// Start starts everything on a data folder and waits until a command would succeed. It is
// stopped after the test.
func Start(t testing.TB, binary, data string, arguments ...string) *Machine {
	t.Helper()
	m := &Machine{Data: data, Binary: binary, t: t, exited: make(chan struct{}), said: &bytes.Buffer{}}
	m.command = exec.Command(binary, append([]string{
		"dev", "--data=" + data, "--listen=127.0.0.1:0", "--log-level=warn",
	}, arguments...)...)
	m.command.Stderr = m.said
	m.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := m.command.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, m.command.Start())
	ready := make(chan struct{})
	go func() {
		var once sync.Once
		buffer := make([]byte, 4096)
		for {
			n, err := out.Read(buffer)
			if bytes.Contains(buffer[:n], []byte("Tiaochu is ready")) {
				once.Do(func() { close(ready) })
			}
			if err != nil {
				break
			}
		}
		_ = m.command.Wait()
		close(m.exited)
	}()
	t.Cleanup(m.Stop)
	select {
	case <-ready:
	case <-m.exited:
		require.FailNow(t, "tiaochu dev ended", m.said.String())
	case <-time.After(3 * time.Minute):
		require.FailNow(t, "tiaochu dev did not become ready", m.said.String())
	}
	return m
}

// Stop ends everything as Ctrl-C does and waits for the end.
func (m *Machine) Stop() {
	_ = m.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-m.exited:
	case <-time.After(time.Minute):
		_ = m.command.Process.Kill()
		<-m.exited
		m.t.Error("tiaochu dev did not stop within a minute")
	}
}

// KillEverything kills dev with -9; its parts must follow.
func (m *Machine) KillEverything() {
	require.NoError(m.t, m.command.Process.Kill())
	<-m.exited
}

// Processes are the process ids of now.
func (m *Machine) Processes() Processes {
	m.t.Helper()
	raw, err := os.ReadFile(filepath.Join(m.Data, "processes.json"))
	require.NoError(m.t, err)
	var now Processes
	require.NoError(m.t, json.Unmarshal(raw, &now))
	return now
}

// Stack describes the embedded stack of now.
func (m *Machine) Stack() *stack.Description {
	m.t.Helper()
	now, err := stack.Read(m.Data)
	require.NoError(m.t, err)
	return now
}

// Run runs a command of the product on the machine and returns its standard output.
func (m *Machine) Run(arguments ...string) string {
	m.t.Helper()
	command := exec.CommandContext(m.t.Context(), m.Binary, append([]string{"--data=" + m.Data}, arguments...)...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	require.NoError(m.t, err, "tiaochu %s: %s", strings.Join(arguments, " "), stderr.String())
	return strings.TrimSpace(string(out))
}

// SignIn returns a GraphQL client of a development person.
func (m *Machine) SignIn(personID string) *client.Client {
	m.t.Helper()
	return client.New(m.Processes().URL, m.Run("token", "--person="+personID))
}
