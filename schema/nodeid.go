package schema

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"
)

// NodeID is what an opaque id names: a type of the contract and, within it, a key. What
// belongs to a case is keyed by the case's id and its own id within the case.
type NodeID struct {
	Type string // "Case", "Deadline", …
	Key  string // the case's id, or the id of a person or unit
	Sub  string // the id within the case ("D1"); empty for a case, person or unit
}

// nodeTypes are the types that ids are given to: those that implement Node, and promises,
// which a command names; true where the type belongs to a case.
var nodeTypes = map[string]bool{
	"Case": false, "Person": false, "Unit": false, "Procedure": false, "Package": false,
	"Party": true, "Mediation": true, "MediationSession": true, "Decision": true,
	"FollowUp": true, "Review": true, "Document": true, "Deadline": true, "SupervisionOrder": true,
	"Task": true, "Event": true,
	"Performance":    true,
	"Dispatch":       true,
	"Recommendation": true,
	"Referral":       true,
	// The parts of a package carry the names of the same types with "Package" before them.
	"PackageDeadline": true, "PackageSupervisionOrder": true, "PackageTask": true, "PackageEvent": true,
}

// GlobalID makes the opaque id of a case, person or unit.
func GlobalID(typ, key string) string { return NodeID{Type: typ, Key: key}.String() }

// SubID makes the opaque id of something that belongs to a case.
func SubID(typ, caseID, sub string) string { return NodeID{Type: typ, Key: caseID, Sub: sub}.String() }

// String encodes the id.
func (id NodeID) String() string {
	plain := id.Type + ":" + id.Key
	if id.Sub != "" {
		plain += ":" + id.Sub
	}
	return base64.RawURLEncoding.EncodeToString([]byte(plain))
}

// ParseNodeID reads an opaque id. The error says what is wrong without quoting it.
func ParseNodeID(s string) (NodeID, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(s) > 400 || !utf8.Valid(raw) {
		return NodeID{}, fmt.Errorf("not an id that this service gave out")
	}
	typ, rest, ok := strings.Cut(string(raw), ":")
	inCase, known := nodeTypes[typ]
	if !ok || !known || rest == "" {
		return NodeID{}, fmt.Errorf("not an id that this service gave out")
	}
	id := NodeID{Type: typ, Key: rest}
	if inCase {
		id.Key, id.Sub, ok = strings.Cut(rest, ":")
		if !ok || id.Key == "" || id.Sub == "" {
			return NodeID{}, fmt.Errorf("not an id that this service gave out")
		}
	}
	return id, nil
}
