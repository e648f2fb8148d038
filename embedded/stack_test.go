package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
)

// TestMain lets the test binary be tiaochu-embedded itself, so that the processes under test are the
// real ones without a second link of the server.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "intrude" {
		os.Exit(intrude(os.Stdin, os.Stdout))
	}
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-test.") {
		os.Exit(mainWithArguments(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// patience is for what must happen, however busy the machine is.
const patience = 2 * time.Minute

// runningStack is a stack in processes of its own.
type runningStack struct {
	t     *testing.T
	data  string
	cmd   *exec.Cmd
	stdin io.WriteCloser
	description
	words *wordsOf
	took  time.Duration
	ended chan struct{}
	err   error
}

// wordsOf collects what a process says on stderr.
type wordsOf struct {
	mu   sync.Mutex
	text bytes.Buffer // not embedded: its other methods take no lock
}

func (w *wordsOf) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

func (w *wordsOf) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// launch starts the processes and doesn't wait.
func launch(t *testing.T, data string, credential *syscall.Credential, arguments ...string) (*runningStack, <-chan description) {
	t.Helper()
	self, err := os.Open("/proc/self/exe")
	require.NoError(t, err)
	defer self.Close()
	s := &runningStack{t: t, data: data, words: &wordsOf{}, ended: make(chan struct{})}
	// By its open file: another user may not be able to walk to the test binary.
	s.cmd = exec.Command("/proc/self/fd/3", append([]string{"run", "--data=" + data, "--exit-with-stdin"}, arguments...)...)
	s.cmd.ExtraFiles = []*os.File{self}
	s.cmd.Dir = "/"
	s.cmd.Stderr = s.words
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential}
	s.stdin, err = s.cmd.StdinPipe()
	require.NoError(t, err)
	stdout, err := s.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, s.cmd.Start())
	described := make(chan description, 1)
	go func() {
		lines := bufio.NewReader(stdout)
		if line, err := lines.ReadBytes('\n'); err == nil {
			var d description
			if json.Unmarshal(line, &d) == nil {
				described <- d
			}
		}
		_, _ = io.Copy(io.Discard, lines)
		s.err = s.cmd.Wait()
		close(s.ended)
	}()
	t.Cleanup(func() {
		_ = s.stdin.Close()
		select {
		case <-s.ended:
		case <-time.After(patience):
			_ = s.cmd.Process.Kill()
		}
		if t.Failed() {
			t.Logf("what the stack on %s said:\n%s", data, s.words)
		}
	})
	return s, described
}

// startStack starts a stack and waits until it is ready.
func startStack(t *testing.T, data string, arguments ...string) *runningStack {
	t.Helper()
	return startStackAs(t, data, nil, arguments...)
}

func startStackAs(t *testing.T, data string, credential *syscall.Credential, arguments ...string) *runningStack {
	t.Helper()
	born := time.Now()
	s, described := launch(t, data, credential, arguments...)
	select {
	case s.description = <-described:
	case <-s.ended:
		require.FailNow(t, "the stack did not start", "%v\n%s", s.err, s.words)
	case <-time.After(patience):
		require.FailNow(t, "the stack is not ready in time", s.words.String())
	}
	s.took = time.Since(born)
	return s
}

// refusedStart starts a stack that must not start, and answers its exit status and words.
func refusedStart(t *testing.T, data string, arguments ...string) (int, string) {
	t.Helper()
	s, described := launch(t, data, nil, arguments...)
	select {
	case <-described:
		require.FailNow(t, "the stack started")
	case <-s.ended:
	case <-time.After(patience):
		require.FailNow(t, "neither started nor ended", s.words.String())
	}
	return s.cmd.ProcessState.ExitCode(), s.words.String()
}

// stop ends the stack as its parent would, and waits.
func (s *runningStack) stop() time.Duration {
	s.t.Helper()
	born := time.Now()
	require.NoError(s.t, s.stdin.Close())
	s.waitEnded()
	require.NoError(s.t, s.err, s.words)
	return time.Since(born)
}

func (s *runningStack) waitEnded() {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patience):
		require.FailNow(s.t, "the stack does not end", s.words.String())
	}
}

// now reads stack.json.
func (s *runningStack) now() (description, error) {
	var d description
	content, err := os.ReadFile(filepath.Join(s.data, descriptionFile))
	if err == nil {
		err = json.Unmarshal(content, &d)
	}
	return d, err
}

// kill sends SIGKILL and waits until stack.json shows another process in its place.
func (s *runningStack) kill(part func(processIDs) int) {
	s.t.Helper()
	before, err := s.now()
	require.NoError(s.t, err)
	killed := part(before.PIDs)
	require.NoError(s.t, syscall.Kill(killed, syscall.SIGKILL))
	eventually(s.t, "the killed process is back", func() bool {
		after, err := s.now()
		return err == nil && part(after.PIDs) != 0 && part(after.PIDs) != killed
	})
}

func postgresPID(p processIDs) int { return p.Postgres }
func temporalPID(p processIDs) int { return p.Temporal }

// eventually waits for an event that has no channel.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !happened(); time.Sleep(10 * time.Millisecond) {
		require.True(t, time.Now().Before(deadline), "in vain: %s", what)
	}
}

func alive(pid int) bool {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, after, _ := strings.Cut(string(status), ") ")
	return !strings.HasPrefix(after, "Z")
}

// temporalClient connects with the stack's own client certificate.
func (s *runningStack) temporalClient() client.Client {
	s.t.Helper()
	connection, err := dialFrontend(s.TemporalAddress, certificates{
		authority: s.TemporalTLS.CA, clientCert: s.TemporalTLS.Cert, clientKey: s.TemporalTLS.Key,
	}, hclog.NewNullLogger())
	require.NoError(s.t, err)
	s.t.Cleanup(connection.close)
	return connection.client
}

func contextOf(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// listeningPorts are the TCP ports on which a process listens, by address.
func listeningPorts(t *testing.T, pid int) map[string]bool {
	t.Helper()
	sockets := map[string]bool{}
	files, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	require.NoError(t, err)
	for _, file := range files {
		if target, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%s", pid, file.Name())); err == nil {
			if inode, isSocket := strings.CutPrefix(target, "socket:["); isSocket {
				sockets[strings.TrimSuffix(inode, "]")] = true
			}
		}
	}
	found := map[string]bool{}
	for _, table := range []string{"tcp", "tcp6"} {
		content, err := os.ReadFile(fmt.Sprintf("/proc/%d/net/%s", pid, table))
		if err != nil {
			continue // no IPv6 here
		}
		for _, line := range strings.Split(string(content), "\n")[1:] {
			fields := strings.Fields(line)
			if len(fields) < 10 || fields[3] != "0A" || !sockets[fields[9]] { // 0A: listening
				continue
			}
			address, port, _ := strings.Cut(fields[1], ":")
			number, err := strconv.ParseUint(port, 16, 16)
			require.NoError(t, err)
			if address == "0100007F" {
				address = "127.0.0.1"
			}
			found[net.JoinHostPort(address, strconv.FormatUint(number, 10))] = true
		}
	}
	return found
}
