package stack

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/go-hclog"
)

// lineWriter hands on what is written to it line by line.
type lineWriter struct {
	mu   sync.Mutex
	rest []byte
	line func(string)
}

// longestLine bounds what is held back while waiting for the end of a line.
const longestLine = 64 << 10

func newLineWriter(line func(string)) *lineWriter { return &lineWriter{line: line} }

// Write never fails.
func (w *lineWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rest = append(w.rest, p...)
	for {
		end := bytes.IndexByte(w.rest, '\n')
		if end < 0 {
			break
		}
		w.line(string(w.rest[:end]))
		w.rest = w.rest[end+1:]
	}
	if len(w.rest) > longestLine {
		w.line(string(w.rest))
		w.rest = nil
	}
	return len(p), nil
}

// flush hands on a last line without end.
func (w *lineWriter) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.rest) > 0 {
		w.line(string(w.rest))
		w.rest = nil
	}
}

// relay logs a line that a child process wrote: one of hclog's JSON lines as what it was, with its
// level and fields; any other as it is.
func relay(logger hclog.Logger, line string) {
	line = strings.TrimRight(line, "\r ")
	if line == "" {
		return
	}
	var fields map[string]any
	decoder := json.NewDecoder(strings.NewReader(line))
	decoder.UseNumber() // 1000000 stays what it was
	if !strings.HasPrefix(line, "{") || decoder.Decode(&fields) != nil {
		logger.Info(line)
		return
	}
	message, isLog := fields["@message"].(string)
	if !isLog {
		logger.Info(line)
		return
	}
	level, _ := fields["@level"].(string)
	// Its own name stands in ours; what follows it says which part of it speaks.
	module, _ := fields["@module"].(string)
	if _, part, inner := strings.Cut(module, "."); inner {
		logger = logger.Named(part)
	}
	var pairs []any
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if !strings.HasPrefix(key, "@") {
			pairs = append(pairs, key, fields[key])
		}
	}
	parsed := hclog.LevelFromString(level)
	if parsed == hclog.NoLevel {
		parsed = hclog.Info
	}
	logger.Log(parsed, message, pairs...)
}

// lastWords keeps the last lines of a process, to say why it did not start.
type lastWords struct {
	mu    sync.Mutex
	lines []string
}

const wordsKept = 12

func (w *lastWords) add(line string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines = append(w.lines, line)
	if len(w.lines) > wordsKept {
		w.lines = w.lines[1:]
	}
}

func (w *lastWords) last() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.lines) == 0 {
		return ""
	}
	return w.lines[len(w.lines)-1]
}

func (w *lastWords) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return "  " + strings.Join(w.lines, "\n  ")
}
