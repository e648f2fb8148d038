package logging_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/logging"
)

func TestEveryNamedLevelIsReadWhateverItsCase(t *testing.T) {
	t.Parallel()

	for _, name := range logging.Levels {
		level, err := logging.ParseLevel(name)
		require.NoError(t, err)
		require.Equal(t, name, level.String())
	}
	level, err := logging.ParseLevel("WARN")
	require.NoError(t, err)
	require.Equal(t, hclog.Warn, level)
}

func TestAnUnknownLevelOrFormatIsRefused(t *testing.T) {
	t.Parallel()

	_, err := logging.ParseLevel("loud")
	require.ErrorContains(t, err, `"loud"`)
	_, err = logging.ParseFormat("xml")
	require.ErrorContains(t, err, `"xml"`)
}

func TestAJSONLineIsOneObjectWithItsFields(t *testing.T) {
	t.Parallel()

	var out bytes.Buffer
	logger := logging.New(&out, "tiaochu", hclog.Info, logging.JSON)
	logger.Debug("dropped")
	logger.Named("api").Error("append failed", "case", "c-1", "error", errors.New("two\nlines"))

	require.Equal(t, 1, bytes.Count(out.Bytes(), []byte("\n")))
	var line map[string]any
	require.NoError(t, json.Unmarshal(out.Bytes(), &line))
	require.Equal(t, "error", line["@level"])
	require.Equal(t, "append failed", line["@message"])
	require.Equal(t, "tiaochu.api", line["@module"])
	require.Equal(t, "c-1", line["case"])
	require.Equal(t, "two\nlines", line["error"])
	_, err := time.Parse(time.RFC3339Nano, line["@timestamp"].(string))
	require.NoError(t, err)
}

func TestATextLineIsReadableAtATerminal(t *testing.T) {
	t.Parallel()

	var out bytes.Buffer
	logging.New(&out, "tiaochu", hclog.Debug, logging.Text).Debug("started", "listen", "127.0.0.1:8080")
	require.Contains(t, out.String(), "[DEBUG] tiaochu: started: listen=127.0.0.1:8080")
}
