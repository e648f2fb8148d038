package api

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/google/uuid"

	"github.com/tiaochu/tiaochu/casefile"
)

// caseNamespace is the namespace of case ids that follow from a system and a number. It
// never changes: the same number must name the same case for ever, whoever brings it.
var caseNamespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/tiaochu/tiaochu/case"))

// caseIDOf derives the id (UUIDv5) of the case that a registration opens: from its first
// number of an issuing system, or else from who registers it and their idempotency key.
func caseIDOf(external []casefile.ExternalID, personID, mutationID string) string {
	if len(external) > 0 && external[0].System != "" && external[0].Number != "" {
		return uuid.NewSHA1(caseNamespace, []byte(external[0].System+"\x00"+external[0].Number)).String()
	}
	return uuid.NewSHA1(caseNamespace, []byte("person\x00"+personID+"\x00"+mutationID)).String()
}

// requestKeyOf names a request in the record: nobody reads the person's own key off it.
func requestKeyOf(personID, mutationID string) string {
	sum := sha256.Sum256([]byte(personID + "\x00" + mutationID))
	return hex.EncodeToString(sum[:])
}
