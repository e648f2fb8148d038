package casefile

import (
	"crypto/sha1" //nolint:gosec // a name-based UUID, version 5, is SHA-1 by its definition (RFC 9562)
	"fmt"
)

// caseNamespace is the namespace of case ids that follow from what opened the case: the
// UUIDv5 of https://github.com/tiaochu/tiaochu/case. It never changes: the same number
// must name the same case for ever, whoever brings it.
var caseNamespace = [16]byte{0xc4, 0x27, 0x06, 0x49, 0x0d, 0xbe, 0x5a, 0xb6, 0xb2, 0x32, 0x41, 0xc3, 0xab, 0x32, 0xc9, 0x51}

// CaseIDOfNumber derives the id (UUIDv5) of the case that a number of an issuing system
// names.
func CaseIDOfNumber(system, number string) string { return caseID(system + "\x00" + number) }

// CaseIDOfRequest derives the id of the case that a person opens without such a number, from
// their idempotency key.
func CaseIDOfRequest(personID, clientMutationID string) string {
	return caseID("person\x00" + personID + "\x00" + clientMutationID)
}

// CaseIDOfSplit derives the id of the case that a person splits off another one, from their
// request.
func CaseIDOfSplit(ofCase, requestKey string) string {
	return caseID("split\x00" + ofCase + "\x00" + requestKey)
}

// CaseIDOfRetaliation derives the id of the record in which a person reports retaliation
// against a party of a case, from their request.
func CaseIDOfRetaliation(ofCase, requestKey string) string {
	return caseID("retaliation\x00" + ofCase + "\x00" + requestKey)
}

// PackageIDOfRequest derives the id of the leadership package that a person proposes or
// opens, from their idempotency key.
func PackageIDOfRequest(personID, clientMutationID string) string {
	return caseID("package\x00" + personID + "\x00" + clientMutationID)
}

// PackageIDOfOrder derives the id of the leadership package that a case's unanswered
// supervision order leads to: however often it is proposed, it is one.
func PackageIDOfOrder(ofCase, orderID string) string {
	return caseID("package of order\x00" + ofCase + "\x00" + orderID)
}

func caseID(name string) string {
	sum := sha1.Sum(append(caseNamespace[:], name...)) //nolint:gosec // as above
	id := sum[:16]
	id[6] = id[6]&0x0f | 0x50 // version 5
	id[8] = id[8]&0x3f | 0x80 // variant of RFC 9562
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}
