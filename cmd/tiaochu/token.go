package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/directory"
)

type tokenCommand struct {
	Role     casefile.Role     `help:"Role of the person to sign in as (MANAGER, CLERK, …)."`
	Division casefile.Division `help:"Division whose centre the person works at (530402)."`
	Unit     string            `help:"Another unit than that division's centre, by id."`
	Person   string            `help:"A person, by id, whatever their role."`
	TTL      time.Duration     `name:"ttl" default:"12h" help:"How long the token is good for."`
}

// Run prints a bearer token, and nothing else, on stdout: for the person named, or for the
// first one with that role at that division's centre. The API takes it only where
// development tokens are on.
func (c *tokenCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error {
	settings, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	people, err := record.Directory(ctx)
	if err != nil {
		return err
	}
	person, err := c.choose(people)
	if err != nil {
		return err
	}
	key, err := api.TokenKey(settings.TokenKeyPath())
	if err != nil {
		return err
	}
	token, err := api.IssueToken(key, person.ID, c.TTL)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(stdout, token)
	return err
}

func (c *tokenCommand) choose(people *directory.Directory) (casefile.Person, error) {
	if c.Person != "" {
		person, ok := people.Person(c.Person)
		if !ok {
			return person, usageError{fmt.Errorf("--person: there is no person %q", c.Person)}
		}
		if c.Role != "" && !holdsAnywhere(person, c.Role) {
			return person, usageError{fmt.Errorf("--person: %s does not hold the role %s", c.Person, c.Role)}
		}
		return person, nil
	}
	if c.Role == "" {
		return casefile.Person{}, usageError{errors.New("--role and --division, or --person, must say who is to sign in")}
	}
	if !casefile.HasTerm("Role", string(c.Role)) {
		return casefile.Person{}, usageError{fmt.Errorf("--role: %q is no role; expected one of %s", c.Role, roleNames())}
	}
	unitID := c.Unit
	if unitID == "" {
		centre, ok := people.CentreOf(c.Division)
		if !ok {
			return casefile.Person{}, usageError{fmt.Errorf("--division: %q has no centre", c.Division)}
		}
		unitID = centre.ID
	} else if _, ok := people.Unit(unitID); !ok {
		return casefile.Person{}, usageError{fmt.Errorf("--unit: there is no unit %q", unitID)}
	}
	holders := people.Holders(c.Role, unitID)
	if len(holders) == 0 {
		return casefile.Person{}, fmt.Errorf("nobody holds the role %s at %s", c.Role, unitID)
	}
	return holders[0], nil
}

func holdsAnywhere(person casefile.Person, role casefile.Role) bool {
	for _, at := range person.Roles {
		if at.Role == role {
			return true
		}
	}
	return false
}

func roleNames() string {
	names := ""
	for _, term := range casefile.Terms("Role") {
		if term.Value != string(casefile.RoleSystem) {
			names += " " + term.Value
		}
	}
	return names[1:]
}
