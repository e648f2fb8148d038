package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestALogFileStaysWithinItsLimit(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "some.log")
	log, err := openBoundedLog(path, 10_000)
	require.NoError(t, err)
	for i := range 5_000 {
		_, err := fmt.Fprintf(log, "line %d\n", i)
		require.NoError(t, err)
	}
	for _, name := range []string{path, path + ".1"} {
		info, err := os.Stat(name)
		require.NoError(t, err)
		require.LessOrEqual(t, info.Size(), int64(10_000))
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, strings.HasSuffix(string(content), "line 4999\n"))
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 2)
	last := log.lastLines()
	require.True(t, strings.HasPrefix(last, "line "), "whole lines only: %q", last[:10])
	require.True(t, strings.HasSuffix(last, "line 4999"))
	require.LessOrEqual(t, len(last), tailLimit)
}
