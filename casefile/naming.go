package casefile

import (
	"strings"

	"github.com/tiaochu/tiaochu/casefile/record"
)

// MutationName returns the name by which the API knows an act: "AcceptCase" is the
// mutation acceptCase.
func MutationName(actName string) string {
	if actName == "" {
		return ""
	}
	return strings.ToLower(actName[:1]) + actName[1:]
}

// StateDigest returns the SHA-256 of a state's JSON in hex, as record.Digest does.
func StateDigest(state State) string { return record.Digest(state) }
