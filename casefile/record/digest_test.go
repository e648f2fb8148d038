package record_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile/record"
)

func TestEqualStatesHaveEqualDigestsAndOthersNot(t *testing.T) {
	t.Parallel()
	require.Equal(t, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", record.Digest(struct{}{}), "SHA-256 of {}")
	require.Equal(t, record.Digest(map[string]string{"who": "Ma"}), record.Digest(greeted{"Ma"}))
	require.NotEqual(t, record.Digest(greeted{"Ma"}), record.Digest(greeted{"Li"}))
	require.Contains(t, record.Digest(time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)), "unprintable")
}
