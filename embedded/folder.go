package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// folder is the data folder of one installation: everything the stack keeps is below it, and
// nobody but its owner can enter it.
type folder struct {
	path string
	lock *os.File
	// fresh says that nothing was in it before.
	fresh bool
}

// lockHolder is what the lock file says about the process that holds it.
type lockHolder struct {
	PID   int       `json:"pid"`
	Since time.Time `json:"since"`
}

// folderInUseError says that another process already runs a stack on the folder.
type folderInUseError struct {
	Path   string
	Holder lockHolder
}

func (e *folderInUseError) Error() string {
	if e.Holder.PID == 0 {
		return fmt.Sprintf("data folder %s is in use by another process", e.Path)
	}
	return fmt.Sprintf("data folder %s is in use by process %d, since %s: stop it first, or choose another --data",
		e.Path, e.Holder.PID, e.Holder.Since.Format(time.RFC3339))
}

// openFolder makes the folder where it is missing, closes it to everybody else and takes its lock,
// which the kernel gives back however this process ends. It returns *folderInUseError where another
// process holds the lock.
func openFolder(path string) (*folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if err := closeToOthers(path); err != nil {
		return nil, err
	}
	f := &folder{path: path}
	if err := f.takeLock(); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	f.fresh = len(entries) == 1 // the lock
	if err := os.MkdirAll(f.file("log"), 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	return f, nil
}

// closeToOthers makes the folder 0700. A folder that is open to others and not known to be ours is
// refused rather than closed: --data /tmp must not take /tmp away from everybody.
func closeToOthers(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if !info.IsDir() {
		return fmt.Errorf("data folder %s is not a folder", path)
	}
	if owner := info.Sys().(*syscall.Stat_t).Uid; int(owner) != os.Geteuid() {
		return fmt.Errorf("data folder %s belongs to %s: start it as that user, or choose another --data", path, userName(owner))
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	_, noLock := os.Stat(filepath.Join(path, "lock"))
	if len(entries) > 0 && noLock != nil {
		return fmt.Errorf("data folder %s already holds other files and is open to other users: "+
			"choose another --data, or close it first (chmod 700)", path)
	}
	if err := os.Chmod(path, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	return nil
}

func (f *folder) takeLock() error {
	lock, err := os.OpenFile(f.file("lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	// A reader that only asks whether the stack runs holds the lock shared for an instant.
	for deadline := time.Now().Add(500 * time.Millisecond); ; time.Sleep(20 * time.Millisecond) {
		err = syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			inUse := &folderInUseError{Path: f.path}
			if content, readErr := io.ReadAll(lock); readErr == nil {
				_ = json.Unmarshal(content, &inUse.Holder) // the holder may not have written it yet
			}
			_ = lock.Close()
			return inUse
		}
	}
	content, err := json.Marshal(lockHolder{PID: os.Getpid(), Since: time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return err
	}
	if err := lock.Truncate(0); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if _, err := lock.WriteAt(append(content, '\n'), 0); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	f.lock = lock
	return nil
}

// file is the path of a file or folder inside.
func (f *folder) file(name ...string) string {
	return filepath.Join(append([]string{f.path}, name...)...)
}

// release gives the lock back.
func (f *folder) release() { _ = f.lock.Close() }

// writeAtomically replaces a file of the folder as a whole: a reader, or a start after a crash, sees
// the old content or the new. The file is readable by its owner only.
func (f *folder) writeAtomically(name string, content []byte) error {
	path := f.file(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(content)
	if err == nil {
		err = temporary.Sync()
	}
	if closeErr := temporary.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if err := os.Rename(temporary.Name(), path); err != nil {
		return err
	}
	return syncDirectory(filepath.Dir(path))
}

// syncDirectory makes renames inside a directory durable.
func syncDirectory(path string) error {
	directory, err := os.Open(path)
	if err != nil {
		return err
	}
	defer directory.Close()
	return directory.Sync()
}
