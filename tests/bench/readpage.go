package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// readQuery is the page that is measured: cases with handler, unit, deadlines and last events.
const readQuery = `query Worklist($first: Int!, $after: String) {
  cases(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { node {
      number kind stage category division overdue registeredAt
      responsibleUnit { name }
      handler { name }
      deadlines { step label status statutory dueAt }
      timeline(last: 3) { edges { node { seq type at actor { name } } } }
    } }
  }
}`

// readPage is how many cases a page has.
const readPage = 50

// answeredPage is the page as it is answered. The bare read makes it too, without cursors.
type answeredPage struct {
	Data struct {
		Cases listedCases `json:"cases"`
	} `json:"data"`
	Errors json.RawMessage `json:"errors,omitempty"`
}

type listedCases struct {
	PageInfo struct {
		HasNextPage bool    `json:"hasNextPage"`
		EndCursor   *string `json:"endCursor"`
	} `json:"pageInfo"`
	Edges []listedEdge `json:"edges"`
}

type listedEdge struct {
	Node listedCase `json:"node"`
}

type listedCase struct {
	Number          string           `json:"number"`
	Kind            string           `json:"kind"`
	Stage           string           `json:"stage"`
	Category        string           `json:"category"`
	Division        string           `json:"division"`
	Overdue         bool             `json:"overdue"`
	RegisteredAt    time.Time        `json:"registeredAt"`
	ResponsibleUnit *named           `json:"responsibleUnit"`
	Handler         *named           `json:"handler"`
	Deadlines       []listedDeadline `json:"deadlines"`
	Timeline        struct {
		Edges []eventEdge `json:"edges"`
	} `json:"timeline"`
}

type named struct {
	Name string `json:"name"`
}

type listedDeadline struct {
	Step      string    `json:"step"`
	Label     string    `json:"label"`
	Status    string    `json:"status"`
	Statutory bool      `json:"statutory"`
	DueAt     time.Time `json:"dueAt"`
}

type eventEdge struct {
	Node listedEvent `json:"node"`
}

type listedEvent struct {
	Seq   int       `json:"seq"`
	Type  string    `json:"type"`
	At    time.Time `json:"at"`
	Actor *named    `json:"actor"`
}

// pageClient asks a server for pages over HTTP, as one person.
type pageClient struct {
	http  *http.Client
	url   string // of /graphql
	token string
}

func newPageClient(url, token string) *pageClient {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 256
	return &pageClient{&http.Client{Transport: transport, Timeout: time.Minute}, url + "/graphql", token}
}

// ask sends a query and returns the body of its answer.
func (c *pageClient) ask(ctx context.Context, query string, first int, after string) ([]byte, error) {
	variables := map[string]any{"first": first}
	if after != "" {
		variables["after"] = after
	}
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Authorization", "Bearer "+c.token)
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	raw, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("a page was answered with %s: %.300s", answer.Status, raw)
	}
	return raw, err
}

// page asks for the measured page.
func (c *pageClient) page(ctx context.Context, after string) ([]byte, error) {
	return c.ask(ctx, readQuery, readPage, after)
}

func decodePage(raw []byte) (answeredPage, error) {
	var page answeredPage
	if err := json.Unmarshal(raw, &page); err != nil {
		return page, fmt.Errorf("read a page: %w", err)
	}
	if len(page.Errors) > 0 {
		return page, fmt.Errorf("a page was answered with errors: %.500s", page.Errors)
	}
	for i := range page.Data.Cases.Edges {
		page.Data.Cases.Edges[i].Node.inUTC()
	}
	return page, nil
}

// inUTC writes every instant in one zone, for comparing.
func (c *listedCase) inUTC() {
	c.RegisteredAt = c.RegisteredAt.UTC()
	for i := range c.Deadlines {
		c.Deadlines[i].DueAt = c.Deadlines[i].DueAt.UTC()
	}
	for i := range c.Timeline.Edges {
		c.Timeline.Edges[i].Node.At = c.Timeline.Edges[i].Node.At.UTC()
	}
}

// place is where a page begins: after a case, as each of the sides tells it. The zero place is
// the first page.
type place struct {
	page   int // from 1
	cursor string
	number string // of the case before
}

const stepQuery = `query Step($first: Int!, $after: String) {
  cases(first: $first, after: $after) { pageInfo { hasNextPage endCursor } edges { node { number } } }
}`

// walk goes to the page of a number, or to the last there is, by two pages a step.
func (c *pageClient) walk(ctx context.Context, to int) (place, error) {
	at := place{page: 1}
	for at.page < to {
		step := min(2, to-at.page)
		raw, err := c.ask(ctx, stepQuery, step*readPage, at.cursor)
		if err != nil {
			return at, err
		}
		read, err := decodePage(raw)
		if err != nil {
			return at, err
		}
		cases := read.Data.Cases
		if !cases.PageInfo.HasNextPage && step == 2 && len(cases.Edges) > readPage {
			to = at.page + 1 // one more page is left
			continue
		}
		if !cases.PageInfo.HasNextPage {
			return at, nil
		}
		at = place{at.page + step, *cases.PageInfo.EndCursor, cases.Edges[len(cases.Edges)-1].Node.Number}
	}
	return at, nil
}
