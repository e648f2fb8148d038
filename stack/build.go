package stack

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// Build makes bin/tiaochu-embedded of a checkout where it is missing or older than its sources, and
// answers its path. The first time takes minutes and says so on stderr. Processes that build at the
// same time wait for each other.
func Build(ctx context.Context, repoRoot string) (string, error) {
	binary := filepath.Join(repoRoot, "bin", "tiaochu-embedded")
	if err := os.MkdirAll(filepath.Dir(binary), 0o750); err != nil {
		return "", fmt.Errorf("build the embedded stack: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(repoRoot, "bin", ".tiaochu-embedded.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", fmt.Errorf("build the embedded stack: %w", err)
	}
	defer func() { _ = lock.Close() }()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return "", fmt.Errorf("build the embedded stack: %w", err)
	}
	if _, err := os.Stat(binary); err != nil {
		fmt.Fprintln(os.Stderr, "Building the embedded Temporal server: this takes minutes, once. 正在编译内置的 Temporal 服务：需要几分钟，仅此一次。")
	}
	patience := time.AfterFunc(20*time.Second, func() { fmt.Fprintln(os.Stderr, "still building the Temporal server… 仍在编译…") })
	defer patience.Stop()
	// The flags of the Makefile, so that neither undoes the other's work.
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Dir = filepath.Join(repoRoot, "embedded")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the embedded stack: %w:\n%s", err, output)
	}
	return binary, nil
}

// Root finds the checkout that the working directory is in: the nearest folder above with embedded/
// and a go.mod.
func Root() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if isFile(filepath.Join(folder, "go.mod")) && isFile(filepath.Join(folder, "embedded", "go.mod")) {
			return folder, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", errors.New("not inside a checkout of Tiaochu")
		}
		folder = parent
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
