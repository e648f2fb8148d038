package api

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/tiaochu/tiaochu/casefile"
)

// caseIDOf derives the id (UUIDv5) of the case that a registration opens: from its first
// number of an issuing system, or else from who registers it and their idempotency key.
func caseIDOf(external []casefile.ExternalID, personID, mutationID string) string {
	if len(external) > 0 && external[0].System != "" && external[0].Number != "" {
		return casefile.CaseIDOfNumber(external[0].System, external[0].Number)
	}
	return casefile.CaseIDOfRequest(personID, mutationID)
}

// requestKeyOf names a request in the record: nobody reads the person's own key off it.
func requestKeyOf(personID, mutationID string) string {
	sum := sha256.Sum256([]byte(personID + "\x00" + mutationID))
	return hex.EncodeToString(sum[:])
}
