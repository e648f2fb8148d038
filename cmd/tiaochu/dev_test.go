package main

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestATakenAddressIsToldAtOnce(t *testing.T) {
	t.Parallel()
	other, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := other.Addr().String()
	require.ErrorContains(t, awaitFree(t.Context(), address, 0), "another program listens on "+address)
	require.ErrorContains(t, awaitFree(t.Context(), "192.0.2.1:80", 0), "TIAOCHU_LISTEN")

	free := make(chan error, 1)
	go func() { free <- awaitFree(t.Context(), address, time.Minute) }()
	require.NoError(t, other.Close())
	require.NoError(t, <-free, "one that is about to end is waited for")

	other, err = (&net.ListenConfig{}).Listen(t.Context(), "tcp", address)
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	ending, cancel := context.WithCancel(t.Context())
	cancel()
	require.Error(t, awaitFree(ending, address, time.Minute))
}
