// Package durability tests what a case survives: each failure of a command's path, on the
// real Temporal and Postgres.
package durability

import (
	"os"
	"testing"

	"github.com/tiaochu/tiaochu/stack/stacktest"
)

func TestMain(m *testing.M) {
	if os.Getenv(dyingWorkerVariable) != "" {
		runDyingWorker() // never returns: the test kills it
	}
	stacktest.Main(m)
}
