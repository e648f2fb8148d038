package logging_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/log"

	"github.com/tiaochu/tiaochu/logging"
)

func TestTemporalsLoggerKeepsItsFieldsThroughWith(t *testing.T) {
	t.Parallel()

	var out bytes.Buffer
	logger := logging.Temporal(logging.New(&out, "tiaochu", hclog.Info, logging.JSON))
	log.With(log.With(logger, "Namespace", "tiaochu"), "WorkflowID", "c-1").Warn("slow task", "Attempt", 3)

	var line map[string]any
	require.NoError(t, json.Unmarshal(out.Bytes(), &line))
	require.Equal(t, "tiaochu.temporal", line["@module"])
	require.Equal(t, "warn", line["@level"])
	require.Equal(t, "tiaochu", line["Namespace"])
	require.Equal(t, "c-1", line["WorkflowID"])
	require.EqualValues(t, 3, line["Attempt"])
}
