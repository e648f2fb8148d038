package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestANumberNamesTheSameCaseForEver(t *testing.T) {
	t.Parallel()
	require.Equal(t, "f1a08317-3f5b-56be-92d0-8d269d068dff", CaseIDOfNumber("petition-530402", "1"))
	require.NotEqual(t, CaseIDOfNumber("a", "b"), CaseIDOfNumber("a-b", ""))
	require.NotEqual(t, CaseIDOfNumber("petition-530402", "1"), CaseIDOfNumber("petition-530403", "1"))
}

func TestTwoPeoplesEqualKeysOpenTwoCases(t *testing.T) {
	t.Parallel()
	require.NotEqual(t, CaseIDOfRequest("p-1", "key"), CaseIDOfRequest("p-2", "key"))
	require.NotEqual(t, CaseIDOfRequest("p-1", "key"), CaseIDOfNumber("p-1", "key"))
}
