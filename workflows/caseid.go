package workflows

import "github.com/google/uuid"

// caseNamespace is the namespace of case ids that follow from what opened the case. It never
// changes: the same number must name the same case for ever, whoever brings it.
var caseNamespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/tiaochu/tiaochu/case"))

// CaseIDOfNumber derives the id (UUIDv5) of the case that a number of an issuing system
// names.
func CaseIDOfNumber(system, number string) string {
	return uuid.NewSHA1(caseNamespace, []byte(system+"\x00"+number)).String()
}

// CaseIDOfRequest derives the id of the case that a person opens without such a number, from
// their idempotency key.
func CaseIDOfRequest(personID, clientMutationID string) string {
	return uuid.NewSHA1(caseNamespace, []byte("person\x00"+personID+"\x00"+clientMutationID)).String()
}
