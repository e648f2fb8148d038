package casefile

import (
	"encoding/json"
	"fmt"
	"time"
)

// TextID names an encrypted text of the case (title, narrative, reason, party …) in the
// content store. Empty means that no text was given.
type TextID string

// Actor is who acts: a natural person in a role at a unit. The API establishes it; Decide
// checks what the rules say about it.
type Actor struct {
	PersonID string   `json:"personId,omitempty"`
	Role     Role     `json:"role"`
	UnitID   string   `json:"unitId,omitempty"`
	Division Division `json:"division,omitempty"`
	UnitKind UnitKind `json:"unitKind,omitempty"`

	// standsInFor is the handler or mediator for whom they act, while Decide asks who may.
	standsInFor string
}

// System is the actor of what time alone brings about.
var System = Actor{Role: RoleSystem}

// Command is one thing a person (or time) asks of one case. It holds ids only, so it may
// travel through workflow history.
type Command struct {
	CaseID string
	// RequestKey is the digest of (person, idempotency key); InputDigest that of the whole
	// input, keyed so that nobody can guess texts from it. The same RequestKey with another
	// InputDigest is a conflict. Both are empty for the system's own acts.
	RequestKey  string
	InputDigest string
	// RequestID is the id of the HTTP request or import run, for the audit trail.
	RequestID string
	Actor     Actor
	// ExpectedVersion is the version that the caller saw, or nil where they don't care.
	ExpectedVersion *int
	// EffectiveAt is the legal date of the act; the zero time means the time of deciding.
	EffectiveAt time.Time
	// BackdatingReason is needed when EffectiveAt lies more than three days back.
	BackdatingReason TextID
	Act              Act
}

// Act is what a command asks for; each concrete type is one mutation of the API, named as
// there in upper camel case.
type Act interface {
	actName() string
	// decide makes the act's events, or refuses it. The case takes the act in its stage and
	// from this actor, and the legal date has been checked.
	decide(d *deciding) *Refusal
}

// ActName returns the name under which an act is stored and sent ("AcceptCase").
func ActName(a Act) string { return a.actName() }

// ExternalID is a number that an issuing system gave this case.
type ExternalID struct {
	System string `json:"system"`
	Number string `json:"number"`
}

// Party is somebody's part in a case. Who it is stands encrypted in the content store.
type Party struct {
	ID   string    `json:"id"`
	Role PartyRole `json:"role"`
	Kind PartyKind `json:"kind"`
	// Content is the encrypted PartyContent; empty for an anonymous party and for one
	// named only by PersonID or UnitID.
	Content TextID `json:"content,omitempty"`
	// From is the merged case under whose key Content stands; empty for this one.
	From Elsewhere `json:"from,omitempty"`
	// PersonID and UnitID name a party that works in the system.
	PersonID string `json:"personId,omitempty"`
	UnitID   string `json:"unitId,omitempty"`
	// Named tells whether Content holds a name.
	Named     bool `json:"named,omitempty"`
	Anonymous bool `json:"anonymous,omitempty"`
	// Outsider is the head's word that an accused party is nobody who works in the system.
	Outsider bool `json:"outsider,omitempty"`
	// OutOfReach says that neither an address nor a telephone number is known: nothing in
	// writing can be brought to the party.
	OutOfReach               bool                 `json:"outOfReach,omitempty"`
	KeepIdentityConfidential bool                 `json:"keepIdentityConfidential,omitempty"`
	Minor                    bool                 `json:"minor,omitempty"`
	Representatives          []RepresentativeKind `json:"representatives,omitempty"`
	// Mandates are the attached documents by which the representatives speak, each at its
	// representative's place and empty for none; nil where there is none at all. Those of a
	// merged case's party are files of that case.
	Mandates []string `json:"mandates,omitempty"`
}

type commandJSON struct {
	CaseID           string          `json:"caseId"`
	RequestKey       string          `json:"requestKey,omitempty"`
	InputDigest      string          `json:"inputDigest,omitempty"`
	RequestID        string          `json:"requestId,omitempty"`
	Actor            Actor           `json:"actor"`
	ExpectedVersion  *int            `json:"expectedVersion,omitempty"`
	EffectiveAt      time.Time       `json:"effectiveAt,omitzero"`
	BackdatingReason TextID          `json:"backdatingReason,omitempty"`
	Name             string          `json:"name"`
	Act              json.RawMessage `json:"act"`
}

// MarshalJSON writes the command with the name of its act beside it.
func (c Command) MarshalJSON() ([]byte, error) {
	if c.Act == nil {
		return nil, fmt.Errorf("command on case %q has no act", c.CaseID)
	}
	act, err := json.Marshal(c.Act)
	if err != nil {
		return nil, fmt.Errorf("encode act %s: %w", c.Act.actName(), err)
	}
	return json.Marshal(commandJSON{
		c.CaseID, c.RequestKey, c.InputDigest, c.RequestID, c.Actor, c.ExpectedVersion,
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
		return fmt.Errorf("unknown act %q", j.Name)
	}
	act, err := kind.Decode(j.Act)
	if err != nil {
		return err
	}
	*c = Command{
		j.CaseID, j.RequestKey, j.InputDigest, j.RequestID, j.Actor, j.ExpectedVersion,
		j.EffectiveAt, j.BackdatingReason, act,
	}
	return nil
}
