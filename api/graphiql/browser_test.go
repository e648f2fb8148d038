package graphiql_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// browser is a headless Chromium, driven by the DevTools protocol over a pair of pipes.
type browser struct {
	t       *testing.T
	out     *os.File
	replies chan message
	session string
	id      int
	events  []message // what happened and was no reply
}

type message struct {
	ID        int             `json:"id,omitempty"`
	Method    string          `json:"method,omitempty"`
	Params    json.RawMessage `json:"params,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Error     json.RawMessage `json:"error,omitempty"`
	SessionID string          `json:"sessionId,omitempty"`
}

// openBrowser starts Chromium on a page of its own; without one installed the test is
// skipped.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		t.Skip("no Chromium is installed (on Debian: apt-get install chromium)")
	}
	toRead, out, err := os.Pipe()
	require.NoError(t, err)
	in, toWrite, err := os.Pipe()
	require.NoError(t, err)
	profile, err := os.MkdirTemp("", "graphiql-browser-")
	require.NoError(t, err)
	command := exec.CommandContext(t.Context(), program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--user-data-dir="+profile, "--window-size=1400,900", "--remote-debugging-pipe", "about:blank")
	command.ExtraFiles = []*os.File{toRead, toWrite}
	require.NoError(t, command.Start())
	require.NoError(t, toRead.Close())
	require.NoError(t, toWrite.Close())
	b := &browser{t: t, out: out, replies: make(chan message, 1000)}
	go func() {
		defer close(b.replies)
		for r := bufio.NewReader(in); ; {
			line, err := r.ReadBytes(0)
			if err != nil {
				return
			}
			var m message
			if json.Unmarshal(line[:len(line)-1], &m) == nil {
				b.replies <- m
			}
		}
	}()
	t.Cleanup(func() {
		b.session = ""
		_ = b.send("Browser.close", nil)
		_ = command.Wait()
		_ = out.Close()
		_ = in.Close()
		// Processes of the browser go on writing for a moment after its end.
		require.Eventually(t, func() bool { return os.RemoveAll(profile) == nil }, 20*time.Second, 50*time.Millisecond)
	})
	var target struct{ TargetID, SessionID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &target)
	b.session = target.SessionID
	for _, domain := range []string{"Page", "Runtime", "Network", "Log"} {
		b.call(domain+".enable", nil, nil)
	}
	return b
}

func (b *browser) send(method string, params any) error {
	b.id++
	text, err := json.Marshal(map[string]any{"id": b.id, "method": method, "params": params, "sessionId": b.session})
	if params == nil || b.session == "" {
		m := map[string]any{"id": b.id, "method": method}
		if params != nil {
			m["params"] = params
		}
		if b.session != "" {
			m["sessionId"] = b.session
		}
		text, err = json.Marshal(m)
	}
	if err != nil {
		return err
	}
	_, err = b.out.Write(append(text, 0))
	return err
}

// call sends a command and waits for its answer.
func (b *browser) call(method string, params, result any) {
	b.t.Helper()
	require.NoError(b.t, b.send(method, params))
	id := b.id
	for {
		select {
		case m, open := <-b.replies:
			require.True(b.t, open, "the browser is gone")
			if m.ID != id {
				b.events = append(b.events, m)
				continue
			}
			require.Empty(b.t, string(m.Error), method)
			if result != nil {
				require.NoError(b.t, json.Unmarshal(m.Result, result))
			}
			return
		case <-time.After(60 * time.Second):
			b.t.Fatalf("the browser did not answer %s", method)
		}
	}
}

// eval gives the value of a script as text.
func (b *browser) eval(script string) string {
	b.t.Helper()
	var reply struct {
		Result           struct{ Value any }
		ExceptionDetails json.RawMessage
	}
	b.call("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}, &reply)
	require.Empty(b.t, string(reply.ExceptionDetails), script)
	return fmt.Sprint(reply.Result.Value)
}

// until waits for a script to become true, looking again at every frame the page draws.
func (b *browser) until(condition string) {
	b.t.Helper()
	got := b.eval(`new Promise((resolve) => {
		const end = performance.now() + 30000;
		(function look() {
			if (` + condition + `) resolve(true);
			else if (performance.now() > end) resolve(false);
			else setTimeout(look, 50);
		})();
	})`)
	require.Equal(b.t, "true", got, condition+" in: "+b.eval("document.body.innerText"))
}

func (b *browser) screenshot(file string) {
	b.t.Helper()
	var shot struct{ Data string }
	b.call("Page.captureScreenshot", map[string]any{"format": "png"}, &shot)
	picture, err := base64.StdEncoding.DecodeString(shot.Data)
	require.NoError(b.t, err)
	require.NoError(b.t, os.WriteFile(file, picture, 0o600))
}
