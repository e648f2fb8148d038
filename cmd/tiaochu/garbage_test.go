package main

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestGarbageGathersUntilTheHeapReachesItsLimitAndNeverLessThanUsually(t *testing.T) {
	t.Parallel()
	const mega = 1 << 20
	for live, percent := range map[int64]int{
		0: 12_500, 1: 12_500, 10: 1250, 30: 416, 32: 400, // up to an eighth of the limit
		100: 400, 200: 400, 250: 300, 400: 150, 500: 100, 900: 100, 5000: 100,
	} {
		require.Equal(t, percent, garbagePercent(live*mega, 1000*mega), "%d MiB in use", live)
	}
	require.Equal(t, asUsually, garbagePercent(2*mega, 0))
}

func TestCollectionIsAdjustedAfterEachCollection(t *testing.T) {
	t.Setenv("GOGC", "")
	before := debug.SetGCPercent(asUsually)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	kept := make([]byte, 256<<20)
	runtime.GC()
	collectSeldom(512 << 20)
	require.Equal(t, asUsually, percentInForce(), "half of the limit is in use")
	runtime.KeepAlive(kept)
	require.Eventually(t, func() bool {
		runtime.GC()
		return percentInForce() >= seldom
	}, 10*time.Second, 10*time.Millisecond)
}

func percentInForce() int {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64())
}

func TestAnOperatorsSettingOfTheCollectorIsKept(t *testing.T) {
	t.Setenv("GOGC", "50")
	before := debug.SetGCPercent(50)
	t.Cleanup(func() { debug.SetGCPercent(before) })
	collectSeldom(64 << 30)
	require.Equal(t, 50, percentInForce())
}

func TestTheHeapsLimitIsAQuarterOfWhatTheMachineOrContainerHas(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	machine := file("meminfo", "MemTotal:        8000000 kB\nMemFree: 1 kB\n")
	none := filepath.Join(folder, "none")
	require.EqualValues(t, 8_000_000<<10, machineMemory(machine, none))
	require.EqualValues(t, 8_000_000<<10, machineMemory(machine, file("unbounded", "max\n")))
	require.EqualValues(t, 1<<30, machineMemory(machine, file("bounded", "1073741824\n")))
	require.EqualValues(t, 4<<30, machineMemory(none, none))
	require.EqualValues(t, 300<<20, apiHeap(300))
	require.Positive(t, apiHeap(0))
}
