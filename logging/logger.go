// Package logging makes the one kind of logger that every Tiaochu process uses: hclog, as text
// for people and as JSON for machines, also under Temporal's SDK.
package logging

import (
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/go-hclog"
)

// Format is how a log line is written.
type Format string

// The formats: Text for people at a terminal, JSON (one object a line) for production.
const (
	Text Format = "text"
	JSON Format = "json"
)

// Levels are the names that ParseLevel takes, from the most talkative to silence.
var Levels = []string{"trace", "debug", "info", "warn", "error", "off"}

// ParseLevel reads a level's name, whatever its case. Every level in Tiaochu, from environment
// or flag, is read here.
func ParseLevel(name string) (hclog.Level, error) {
	level := hclog.LevelFromString(name)
	if level == hclog.NoLevel {
		return level, fmt.Errorf("unknown log level %q: expected one of %s", name, strings.Join(Levels, ", "))
	}
	return level, nil
}

// ParseFormat reads a format's name, whatever its case.
func ParseFormat(name string) (Format, error) {
	switch format := Format(strings.ToLower(strings.TrimSpace(name))); format {
	case Text, JSON:
		return format, nil
	default:
		return "", fmt.Errorf("unknown log format %q: expected text or json", name)
	}
}

// New returns the root logger of a process: name stands in every line, lines below level are
// dropped, and each line is written to w at once and whole. Times carry the machine's zone.
func New(w io.Writer, name string, level hclog.Level, format Format) hclog.Logger {
	return hclog.New(&hclog.LoggerOptions{
		Name:       name,
		Level:      level,
		Output:     w,
		JSONFormat: format == JSON,
		TimeFormat: "2006-01-02T15:04:05.000Z07:00",
	})
}
