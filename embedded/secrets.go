package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
)

// The Postgres roles of a stack, each with a password file of the same name below secrets/.
const (
	superuserRole = "postgres"
	temporalRole  = "temporal"
	productRole   = "tiaochu"
)

// passwords are the random passwords of the three roles.
type passwords struct {
	superuser, temporal, product string
}

// loadPasswords reads the passwords, making those that are missing. Only a cluster that does not
// exist yet may miss its superuser's: without it nobody gets in.
func loadPasswords(f *folder, clusterExists bool) (passwords, error) {
	var all passwords
	for _, each := range []struct {
		role     string
		password *string
	}{{superuserRole, &all.superuser}, {temporalRole, &all.temporal}, {productRole, &all.product}} {
		name := "secrets/" + each.role
		content, err := os.ReadFile(f.file(name))
		switch {
		case err == nil:
			*each.password = strings.TrimSpace(string(content))
			continue
		case !errors.Is(err, os.ErrNotExist):
			return all, fmt.Errorf("password of role %s: %w", each.role, err)
		case clusterExists && each.role == superuserRole:
			return all, fmt.Errorf("the database in %s exists but %s, the password of its superuser, is missing: restore it from your backup",
				f.file("postgres"), f.file(name))
		}
		*each.password = rand.Text() + rand.Text() // 260 bits
		if err := f.writeAtomically(name, []byte(*each.password+"\n")); err != nil {
			return all, fmt.Errorf("password of role %s: %w", each.role, err)
		}
	}
	return all, nil
}
