package api

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// TokenKey reads the key that signs bearer tokens from a file, making the file with a random
// key at first use. It refuses a file that others may read.
func TokenKey(path string) ([]byte, error) {
	for range 2 {
		key, err := readTokenKey(path)
		if err == nil {
			return key, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("token key: %w", err)
		}
		if err := writeTokenKey(path); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("token key: %w", err)
		}
	}
	return nil, fmt.Errorf("token key: %s keeps disappearing", path)
}

func readTokenKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s may be read by others: its mode is %04o, it must be 0600", path, info.Mode().Perm())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) < minTokenKey {
		return nil, fmt.Errorf("%s does not hold a key of %d bytes in base64", path, minTokenKey)
	}
	return key, nil
}

// writeTokenKey makes the file whole or not at all: two processes may start at once.
func writeTokenKey(path string) error {
	key := make([]byte, minTokenKey)
	_, _ = rand.Read(key) // never fails
	fresh, err := os.CreateTemp(filepath.Dir(path), ".token-key-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(fresh.Name()) }()
	_, err = fresh.WriteString(base64.StdEncoding.EncodeToString(key) + "\n")
	if err := errors.Join(err, fresh.Sync(), fresh.Close()); err != nil {
		return err
	}
	return os.Link(fresh.Name(), path)
}
