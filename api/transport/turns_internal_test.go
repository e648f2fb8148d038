package transport

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTurnsComeInTheOrderOfAsking(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		one := make(turns, 1)
		leave := one.take(t.Context())
		var came []int
		for i := range 20 {
			go func() {
				leave := one.take(t.Context())
				came = append(came, i)
				leave()
			}()
			synctest.Wait()
		}
		require.Empty(t, came, "the first has not left")
		leave()
		leave() // again, which changes nothing
		synctest.Wait()
		require.Equal(t, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}, came)
		require.Empty(t, one)
	})
}

func TestWhoeverTakesLongKeepsNobodyWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		one := make(turns, 1)
		leave := one.take(t.Context())
		began := time.Now()
		next := one.take(t.Context())
		require.Equal(t, longestTurn, time.Since(began))
		leave() // too late to end the turn of another
		require.Len(t, one, 1)
		next()
		require.Empty(t, one)
	})
}

func TestWhoIsGoneWaitsForNoTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		one := make(turns, 1)
		leave := one.take(t.Context())
		ctx, cancel := context.WithTimeout(t.Context(), longestTurn/2)
		defer cancel()
		one.take(ctx)()
		require.Len(t, one, 1, "the turn is still the first one's")
		leave()
		require.Empty(t, one)
	})
}
