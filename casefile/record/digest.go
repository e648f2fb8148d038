package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Digest returns the SHA-256 of a state's JSON in hex. Equal states have equal digests, wherever
// they were folded.
func Digest[S any](state S) string {
	raw, err := json.Marshal(state)
	if err != nil {
		// Every field of a state has a JSON form; only an instant beyond the year 9999 has
		// none, and Decide takes no such instant.
		return "unprintable: " + err.Error()
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
