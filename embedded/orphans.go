package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// endOrphans ends what a killed supervisor of this folder may have left. It must hold the folder's
// lock, and have no child yet.
func endOrphans(f *folder) error {
	return endProcesses(f, func(pid string, clusters []os.FileInfo) bool {
		return isPostgresOf(pid, clusters) || isTemporalOf(pid, f.path)
	})
}

// endPostgresOrphans ends the sessions that a killed Postgres server leaves for a moment.
func endPostgresOrphans(f *folder) error { return endProcesses(f, isPostgresOf) }

// endProcesses waits for processes that mostly are on their way out already (the kernel has told
// them); its signals grow stronger only where they aren't.
func endProcesses(f *folder, ours func(pid string, clusters []os.FileInfo) bool) error {
	var left []int
	for _, step := range []farewell{{syscall.SIGINT, 10 * time.Second}, {syscall.SIGQUIT, 5 * time.Second}, {syscall.SIGKILL, 5 * time.Second}} {
		left = processes(f, ours)
		for _, pid := range left {
			_ = syscall.Kill(pid, step.signal)
		}
		for deadline := time.Now().Add(step.patience); len(left) > 0 && time.Now().Before(deadline); {
			time.Sleep(10 * time.Millisecond)
			left = processes(f, ours)
		}
		if len(left) == 0 {
			// Postgres believes a stale postmaster.pid whose number another process of the same user
			// has been given since, and would not start.
			_ = os.Remove(f.file("postgres", "postmaster.pid"))
			return nil
		}
	}
	return fmt.Errorf("processes %v of an earlier start still use %s and don't end", left, f.path)
}

func processes(f *folder, ours func(pid string, clusters []os.FileInfo) bool) []int {
	var clusters []os.FileInfo // finished, and half made
	for _, name := range []string{"postgres", "postgres.new"} {
		if info, err := os.Stat(f.file(name)); err == nil {
			clusters = append(clusters, info)
		}
	}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var found []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err == nil && pid != os.Getpid() && ours(entry.Name(), clusters) {
			found = append(found, pid)
		}
	}
	return found
}

func isPostgresOf(pid string, clusters []os.FileInfo) bool {
	name, err := os.ReadFile(filepath.Join("/proc", pid, "comm"))
	if err != nil || !strings.HasPrefix(string(name), "postgres") {
		return false
	}
	cwd, err := os.Stat(filepath.Join("/proc", pid, "cwd"))
	if err != nil {
		return false
	}
	for _, cluster := range clusters {
		if os.SameFile(cwd, cluster) {
			return true
		}
	}
	return false
}

func isTemporalOf(pid, folder string) bool {
	line, err := os.ReadFile(filepath.Join("/proc", pid, "cmdline"))
	return err == nil && strings.HasSuffix(string(line), "\x00temporal-server\x00--data="+folder+"\x00")
}
