package record_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile/record"
)

func TestAHashHangsOnTheOneBeforeAndOnTheEvent(t *testing.T) {
	t.Parallel()
	first, err := record.ChainHash("", json.RawMessage(`{"seq":1}`))
	require.NoError(t, err)
	require.Equal(t, "fcb913e02edf3c9bd0177b9e387d12f1187a86904f637d07f8fcc2c865fa943c", first, "SHA-256 of an empty line and the event")
	second, err := record.ChainHash(first, json.RawMessage(`{"seq":1}`))
	require.NoError(t, err)
	require.NotEqual(t, first, second)
	_, err = record.ChainHash("", json.RawMessage(`{`))
	require.Error(t, err)
}
