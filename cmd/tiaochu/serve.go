package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/hashicorp/go-hclog"
)

// drainer is a handler with connections that outlive their requests.
type drainer interface {
	Drain(ctx context.Context) error
}

// serve answers HTTP until ctx ends, then sends away who is connected for good and lets open
// requests finish within the grace.
func serve(ctx context.Context, listen string, handler http.Handler, grace time.Duration, logger hclog.Logger) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", listen, err)
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          logger.Named("http").StandardLogger(&hclog.StandardLoggerOptions{InferLevels: true}),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	logger.Info("listening", "address", listener.Addr().String())
	select {
	case err := <-failed:
		return fmt.Errorf("serve on %s: %w", listen, err)
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	drained := make(chan error, 1)
	go func() {
		if long, ok := handler.(drainer); ok {
			drained <- long.Drain(ending)
			return
		}
		drained <- nil
	}()
	if err := server.Shutdown(ending); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("stop serving on %s: %w", listen, err)
	}
	if err := <-drained; err != nil {
		return fmt.Errorf("stop serving on %s: %w", listen, err)
	}
	return nil
}
