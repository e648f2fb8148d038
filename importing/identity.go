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
