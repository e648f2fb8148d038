// Package wholeproduct lives what crosses several people, a machine client and the command
// line, on the real binaries: API, worker, Temporal and Postgres.
package wholeproduct

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/tests/client"
	"github.com/tiaochu/tiaochu/tests/machine"
)

func TestOnTheWholeProduct(t *testing.T) {
	m := machine.Start(t, machine.Build(t), filepath.Join(t.TempDir(), "data"))
	desk := &desk{m: m, clients: map[string]*client.Client{}}
	t.Run("a referral comes back and goes on elsewhere", func(t *testing.T) { referral(t, desk) })
	t.Run("a sample is drawn, looked at and drawn again", func(t *testing.T) { sample(t, desk) })
	t.Run("a photograph becomes part of the record", func(t *testing.T) { files(t, desk) })
	t.Log(m.Run("verify"))
}

// desk is where everybody signs in.
type desk struct {
	m       *machine.Machine
	clients map[string]*client.Client
}

func (d *desk) as(person string) *client.Client {
	if d.clients[person] == nil {
		d.clients[person] = d.m.SignIn(person)
	}
	return d.clients[person]
}

// does carries out a mutation that must be taken; an empty id is a registration's.
func (d *desk) does(t *testing.T, person, mutation, id string, input map[string]any) client.Case {
	t.Helper()
	got, err := d.as(person).Mutate(t.Context(), mutation, on(id, input))
	require.NoError(t, err, "%s by %s", mutation, person)
	return got
}

// on is an input with a key of its own.
func on(id string, input map[string]any) map[string]any {
	whole := map[string]any{"clientMutationId": uuid.NewString()}
	if id != "" {
		whole["caseId"] = id
	}
	for name, value := range input {
		whole[name] = value
	}
	return whole
}

func unit(id string) string   { return schema.GlobalID("Unit", "u-"+id) }
func person(id string) string { return schema.GlobalID("Person", id) }

func moment(at time.Time) string { return at.In(casefile.Shanghai).Format(time.RFC3339) }

const (
	clerk        = "p-530402-center-clerk-1"
	otherClerk   = "p-530402-center-clerk-2"
	manager      = "p-530402-center-manager-1"
	investigator = "p-530402-center-investigator-1"
)
