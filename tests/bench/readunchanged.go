package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// errNotAsked is what a server gives that answers with another status than was asked for.
var errNotAsked = errors.New("another status than was asked for")

// poll asks for the measured page by GET, as a dashboard does that has the answer of an ETag, and
// returns the ETag of this one. The status is what must come back.
func (c *pageClient) poll(ctx context.Context, etag string, status int) (string, error) {
	variables, err := json.Marshal(map[string]any{"first": readPage})
	if err != nil {
		return "", err
	}
	parameters := url.Values{"query": {readQuery}, "variables": {string(variables)}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"?"+parameters.Encode(), nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Authorization", "Bearer "+c.token)
	if etag != "" {
		request.Header.Set("If-None-Match", etag)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != status {
		err = fmt.Errorf("%w: %s: %.300s", errNotAsked, answer.Status, raw)
	}
	return answer.Header.Get("ETag"), err
}

// unchanged measures the first page for somebody who has it already: nothing moves, so every
// answer is a 304.
func (o ReadOptions) unchanged(ctx context.Context, times *statementTimes, api side, clients int) error {
	etag, err := api.client.poll(ctx, "", http.StatusOK)
	if err != nil {
		return err
	}
	lap, err := readingLap(ctx, clients, o.Lasting, api.lapProcesses, times, func(ctx context.Context) error {
		_, err := api.client.poll(ctx, etag, http.StatusNotModified)
		return err
	})
	if err != nil {
		return fmt.Errorf("a page that has not changed: %w", err)
	}
	fmt.Fprintf(o.Out, "  %-14s %3d clients  %s\n", api.name+", 304", clients, lap)
	return nil
}
