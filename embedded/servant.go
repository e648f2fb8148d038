package main

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// servant is the user that Postgres and Temporal run as when this process is root: Postgres refuses
// to be root, and Temporal has no need to be. A nil servant means: as we are.
type servant struct {
	uid, gid uint32
}

// chooseServant answers nil where this process is not root. An existing cluster keeps the owner it
// has; a new one gets the user postgres, else nobody.
func chooseServant(cluster string) (*servant, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	info, err := os.Stat(cluster)
	switch {
	case err == nil:
		owner := info.Sys().(*syscall.Stat_t)
		if owner.Uid == 0 {
			return nil, fmt.Errorf("%s belongs to root, and Postgres refuses to run as root", cluster)
		}
		return &servant{uid: owner.Uid, gid: owner.Gid}, nil
	case !errors.Is(err, os.ErrNotExist):
		return nil, err
	}
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(account.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(account.Gid, 10, 32)
		if uidErr == nil && gidErr == nil && uid != 0 {
			return &servant{uid: uint32(uid), gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("Postgres refuses to run as root, and this machine has neither a user postgres nor nobody: start as an ordinary user")
}

// credential is what a child process is started with; nil for our own user.
func (s *servant) credential() *syscall.Credential {
	if s == nil {
		return nil
	}
	return &syscall.Credential{Uid: s.uid, Gid: s.gid, Groups: []uint32{}}
}

func userName(uid uint32) string {
	if account, err := user.LookupId(strconv.FormatUint(uint64(uid), 10)); err == nil {
		return "user " + account.Username
	}
	return fmt.Sprintf("user %d", uid)
}
