package command

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOneCaseTakesSoManyCommandsAndNoMore(t *testing.T) {
	t.Parallel()
	a := newAdmission(2)
	first, ok := a.enter("A")
	require.True(t, ok)
	_, ok = a.enter("A")
	require.True(t, ok)
	_, ok = a.enter("A")
	require.False(t, ok, "both places are taken")
	_, ok = a.enter("B")
	require.True(t, ok, "another case has places of its own")
	first()
	_, ok = a.enter("A")
	require.True(t, ok, "a place that was given back is free")
}

func TestCasesThatNobodyActsOnCostNothing(t *testing.T) {
	t.Parallel()
	a := newAdmission(8)
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			if release, ok := a.enter("A"); ok {
				release()
			}
		})
	}
	all.Wait()
	require.Empty(t, a.in)
}
