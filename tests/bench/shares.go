package bench

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// usage is what a part of the machine's stack uses: processor time since it began, and memory.
type usage struct {
	cpu   time.Duration
	bytes int64
}

// usageByPart tells all processes below this one apart: by the program and its command, and
// Postgres by what each of its processes is for. This one, which measures, is no part of the
// stack. On a system without /proc it is empty.
func usageByPart() map[string]usage {
	parts := map[string]usage{}
	for _, pid := range descendants(selfPID) {
		if pid == selfPID {
			continue
		}
		name := partOf(pid)
		if name == "" {
			continue // it ended meanwhile
		}
		part := parts[name]
		part.cpu += cpuOf(pid)
		part.bytes += proportionalBytes(pid)
		parts[name] = part
	}
	return parts
}

func total(parts map[string]usage) usage {
	var all usage
	for _, part := range parts {
		all.cpu += part.cpu
		all.bytes += part.bytes
	}
	return all
}

// partOf names a process: "tiaochu worker", "postgres: checkpointer", "postgres: temporal" for
// the connections of a user.
func partOf(pid int) string {
	raw, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	if err != nil || len(raw) == 0 {
		return ""
	}
	words := strings.Fields(string(bytes.ReplaceAll(raw, []byte{0}, []byte{' '})))
	name := filepath.Base(words[0])
	if len(words) > 1 && !strings.HasPrefix(words[1], "-") {
		name += " " + words[1]
	}
	return name
}

// proportionalBytes is a process's memory, with its share of what it shares with others.
func proportionalBytes(pid int) int64 {
	raw, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "smaps_rollup"))
	if err != nil {
		return 0 // it ended meanwhile, or is another user's
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, "Pss:"); ok {
			kib, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kib << 10
		}
	}
	return 0
}

// printShares prints what each part used between two readings, the most first, but what used
// next to nothing.
func printShares(out io.Writer, before, after map[string]usage, elapsed time.Duration) {
	type share struct {
		name  string
		cores float64
		mib   int64
	}
	var shares []share
	for name, now := range after {
		s := share{name, (now.cpu - before[name].cpu).Seconds() / elapsed.Seconds(), now.bytes >> 20}
		if s.cores >= 0.0002 || s.mib >= 20 {
			shares = append(shares, s)
		}
	}
	slices.SortFunc(shares, func(a, b share) int {
		if a.cores != b.cores {
			return cmp.Compare(b.cores, a.cores)
		}
		return strings.Compare(a.name, b.name)
	})
	for _, s := range shares {
		fmt.Fprintf(out, "    %-28s CPU %.4f cores   memory %d MiB\n", s.name, s.cores, s.mib)
	}
}
