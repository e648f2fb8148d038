package casefile

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
)

// MutationName returns the name by which the API knows an act: "AcceptCase" is the
// mutation acceptCase.
func MutationName(actName string) string {
	if actName == "" {
		return ""
	}
	return strings.ToLower(actName[:1]) + actName[1:]
}

// StateDigest returns the SHA-256 of a state's JSON in hex. Equal states have equal
// digests, wherever they were folded.
func StateDigest(state State) string {
	raw, err := json.Marshal(state)
	if err != nil {
		// Every field of a State has a JSON form; only an instant beyond the year 9999 has
		// none, and Decide takes no such instant.
		return "unprintable: " + err.Error()
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
