package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// ChainHash returns the hash of an event in its chain: SHA-256 over the hash before it
// (empty for the first) and the event's JSON.
func ChainHash(previous string, event json.Marshaler) (string, error) {
	raw, err := json.Marshal(event)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	sum.Write([]byte(previous))
	sum.Write([]byte{'\n'})
	sum.Write(raw)
	return hex.EncodeToString(sum.Sum(nil)), nil
}
