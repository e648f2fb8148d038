package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// FileKeySource keeps one master key in a file, made at first use: 32 random bytes that
// only their owner can read. Whoever loses the file loses the texts.
func FileKeySource(path string) KeySource { return fileKey(path) }

type fileKey string

// Current returns the file's key and makes the file where there is none.
func (f fileKey) Current(context.Context) (MasterKey, error) {
	key, err := f.read()
	if errors.Is(err, fs.ErrNotExist) {
		if err := f.create(); err != nil {
			return MasterKey{}, fmt.Errorf("make the master key %s: %w", f, err)
		}
		key, err = f.read()
	}
	return key, err
}

// Named returns the file's key if it is the one of that id. It makes no file.
func (f fileKey) Named(_ context.Context, id string) (MasterKey, error) {
	key, err := f.read()
	if errors.Is(err, fs.ErrNotExist) {
		return MasterKey{}, &UnknownMasterKeyError{ID: id, Where: string(f)}
	}
	if err != nil {
		return MasterKey{}, err
	}
	if key.ID != id {
		return MasterKey{}, &UnknownMasterKeyError{ID: id, Holds: key.ID, Where: string(f)}
	}
	return key, nil
}

func (f fileKey) read() (MasterKey, error) {
	info, err := os.Stat(string(f))
	if err != nil {
		return MasterKey{}, fmt.Errorf("read the master key: %w", err)
	}
	if wide := info.Mode().Perm() &^ 0o600; wide != 0 {
		return MasterKey{}, fmt.Errorf("the master key %s can be read by others (mode %04o): set it to 0600", f, info.Mode().Perm())
	}
	secret, err := os.ReadFile(string(f))
	if err != nil {
		return MasterKey{}, fmt.Errorf("read the master key: %w", err)
	}
	key, err := NewMasterKey(secret)
	if err != nil {
		return MasterKey{}, fmt.Errorf("the master key %s is damaged: %w", f, err)
	}
	return key, nil
}

// create puts a whole key in place or none: another process may be doing the same, and
// must never read half a key. The loser of that race uses the winner's.
func (f fileKey) create() error {
	temporary, err := os.CreateTemp(filepath.Dir(string(f)), ".master-key-*") // O_EXCL, 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temporary.Name()) }()
	_, err = temporary.Write(randomBytes(MasterKeySize))
	if err == nil {
		err = temporary.Sync()
	}
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	// A link fails where the name is taken, which a rename would not.
	if err := os.Link(temporary.Name(), string(f)); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
