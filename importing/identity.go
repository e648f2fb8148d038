package importing

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/google/uuid"

	"github.com/tiaochu/tiaochu/casefile"
)

// requestKey names the request to import one petition. Who imports doesn't matter: the same
// row is the same request.
func requestKey(system, number string) string {
	sum := sha256.New()
	sum.Write([]byte("import\x00" + system + "\x00" + number))
	return hex.EncodeToString(sum.Sum(nil))
}

func newTextID() casefile.TextID { return casefile.TextID(uuid.NewString()) }

// caseNamespace is the namespace of case ids that follow from a system and a number. It
// never changes: the same number must name the same case for ever.
var caseNamespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/tiaochu/tiaochu/case"))

// CaseID derives a case's id (UUIDv5) from its issuing system and number.
func CaseID(system, number string) string {
	return uuid.NewSHA1(caseNamespace, []byte(system+"\x00"+number)).String()
}
