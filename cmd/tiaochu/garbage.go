package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
)

// Garbage that may gather before it is collected, in percent of what is in use; or an eighth of
// the limit, where that is more.
const (
	seldom      = 400
	asUsually   = 100 // Go's own setting
	partOfLimit = 8
)

// collectSeldom lets garbage gather to four times what is in use, or to an eighth of limit, in
// bytes, as long as the heap stays below that, and never collects oftener than Go does by itself:
// an answer leaves thousands of small values behind, and each collection goes through everything
// that is kept for the next ones. An operator's GOGC is left as it is.
func collectSeldom(limit int64) {
	if os.Getenv("GOGC") == "" {
		adjustCollection(&collection{limit: limit, percent: asUsually})
	}
}

// collection is how garbage is collected now.
type collection struct {
	limit   int64
	percent int
}

// adjustCollection sets when garbage is collected next, and does so again after that collection.
func adjustCollection(c *collection) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() != metrics.KindUint64 {
		return // this Go doesn't tell
	}
	if percent := garbagePercent(int64(live[0].Value.Uint64()), c.limit); percent != c.percent {
		c.percent = percent
		debug.SetGCPercent(percent)
	}
	collected := &struct{ until *collection }{c}
	runtime.AddCleanup(collected, adjustCollection, c)
}

// garbagePercent is how much garbage may gather where live bytes are in use.
func garbagePercent(live, limit int64) int {
	live = max(live, 1<<20)
	wanted := max(limit/partOfLimit*100/live, seldom)
	return int(max(min((limit-live)*100/live, wanted), asUsually))
}

// apiHeap is the limit of collectSeldom, in bytes: what is configured in MiB, or else a quarter of
// the machine's memory.
func apiHeap(configuredMiB int) int64 {
	if configuredMiB > 0 {
		return int64(configuredMiB) << 20
	}
	return machineMemory("/proc/meminfo", "/sys/fs/cgroup/memory.max") / 4
}

// machineMemory is the memory that this process may use, in bytes: the machine's, or less where
// a container is given less. 4 GiB where neither file says.
func machineMemory(machine, container string) int64 {
	memory := int64(4 << 30)
	if content, err := os.ReadFile(machine); err == nil {
		var kilobytes int64
		if _, err := fmt.Sscanf(string(content), "MemTotal: %d kB", &kilobytes); err == nil {
			memory = kilobytes << 10
		}
	}
	if content, err := os.ReadFile(container); err == nil {
		var limit int64
		if _, err := fmt.Sscan(strings.TrimSpace(string(content)), &limit); err == nil && limit > 0 {
			memory = min(memory, limit)
		}
	}
	return memory
}
