package leadership

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// Command is one thing a person, a member case or time asks of one package. It holds ids
// only, as casefile.Command does, and its fields mean the same.
type Command struct {
	PackageID        string
	RequestKey       string
	InputDigest      string
	RequestID        string
	Actor            casefile.Actor
	ExpectedVersion  *int
	EffectiveAt      time.Time
	BackdatingReason casefile.TextID
	Act              Act
}

// Act is what a command asks for; a person's acts are mutations of the API, named as there
// in upper camel case.
type Act interface {
	actName() string
	// decide makes the act's events, or refuses it.
	decide(d *deciding) *casefile.Refusal
}

// ActName returns the name under which an act is stored and sent ("OpenPackage").
func ActName(a Act) string { return a.actName() }

type commandJSON struct {
	PackageID        string          `json:"packageId"`
	RequestKey       string          `json:"requestKey,omitempty"`
	InputDigest      string          `json:"inputDigest,omitempty"`
	RequestID        string          `json:"requestId,omitempty"`
	Actor            casefile.Actor  `json:"actor"`
	ExpectedVersion  *int            `json:"expectedVersion,omitempty"`
	EffectiveAt      time.Time       `json:"effectiveAt,omitzero"`
	BackdatingReason casefile.TextID `json:"backdatingReason,omitempty"`
	Name             string          `json:"name"`
	Act              json.RawMessage `json:"act"`
}

// MarshalJSON writes the command with the name of its act beside it.
func (c Command) MarshalJSON() ([]byte, error) {
	if c.Act == nil {
		return nil, fmt.Errorf("command on package %q has no act", c.PackageID)
	}
	act, err := json.Marshal(c.Act)
	if err != nil {
		return nil, fmt.Errorf("encode act %s: %w", c.Act.actName(), err)
	}
	return json.Marshal(commandJSON{
		c.PackageID, c.RequestKey, c.InputDigest, c.RequestID, c.Actor, c.ExpectedVersion,
		c.EffectiveAt, c.BackdatingReason, c.Act.actName(), act,
	})
}

// UnmarshalJSON reads what MarshalJSON wrote; an unknown act is an error.
func (c *Command) UnmarshalJSON(raw []byte) error {
	var j commandJSON
	if err := json.Unmarshal(raw, &j); err != nil {
		return err
	}
	kind, ok := actKinds[j.Name]
	if !ok {
		return fmt.Errorf("unknown act of a package %q", j.Name)
	}
	act, err := kind.Decode(j.Act)
	if err != nil {
		return err
	}
	*c = Command{
		j.PackageID, j.RequestKey, j.InputDigest, j.RequestID, j.Actor, j.ExpectedVersion,
		j.EffectiveAt, j.BackdatingReason, act,
	}
	return nil
}
