// Package client speaks GraphQL over HTTP to a running API, as a front-end would. The
// tests and benchmarks use it.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Client signs in as one person.
type Client struct {
	URL   string // http://127.0.0.1:8080
	Token string
	HTTP  *http.Client
}

// New returns a client with room for many connections at once.
func New(url, token string) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 256
	return &Client{URL: url, Token: token, HTTP: &http.Client{Transport: transport, Timeout: time.Minute}}
}

// As returns the same client signed in with another token.
func (c *Client) As(token string) *Client {
	other := *c
	other.Token = token
	return &other
}

// Error is one error of a GraphQL response.
type Error struct {
	Message    string         `json:"message"`
	Path       []any          `json:"path"`
	Extensions map[string]any `json:"extensions"`
}

// Code is extensions.code.
func (e Error) Code() string { return fmt.Sprint(e.Extensions["code"]) }

// Errors are the errors of a response; they are an error where there is any.
type Errors []Error

func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = fmt.Sprintf("%s (%s at %v)", one.Message, one.Code(), one.Path)
	}
	return "graphql: " + strings.Join(lines, "; ")
}

// UserError is what the rules refused.
type UserError struct {
	Code    string   `json:"code"`
	Field   []string `json:"field"`
	Message string   `json:"message"`
}

// Refused is a mutation whose payload carried user errors.
type Refused []UserError

func (r Refused) Error() string { return fmt.Sprintf("refused: %+v", []UserError(r)) }

// Do sends one operation and decodes data into out. Errors in the response come back as
// Errors; data is decoded all the same.
func (c *Client) Do(ctx context.Context, query string, variables map[string]any, out any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Accept-Language", "en")
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
	}
	response, err := c.HTTP.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	var answer struct {
		Data   json.RawMessage `json:"data"`
		Errors Errors          `json:"errors"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return fmt.Errorf("HTTP %s, not JSON: %.200s", response.Status, raw)
	}
	if out != nil && len(answer.Data) > 0 && string(answer.Data) != "null" {
		if err := json.Unmarshal(answer.Data, out); err != nil {
			return fmt.Errorf("decode data: %w", err)
		}
	}
	if len(answer.Errors) > 0 {
		return answer.Errors
	}
	return nil
}

// Case is what a mutation answers of a case.
type Case struct {
	ID      string `json:"id"`
	Number  string `json:"number"`
	Stage   string `json:"stage"`
	Outcome string `json:"outcome"`
	Version int    `json:"version"`
	Parties []struct {
		ID   string `json:"id"`
		Role string `json:"role"`
		Name string `json:"name"`
	} `json:"parties"`
}

// Mutate carries out one mutation on a case; input is the whole input object. What the
// rules refuse comes back as Refused.
func (c *Client) Mutate(ctx context.Context, mutation string, input map[string]any) (Case, error) {
	name := strings.ToUpper(mutation[:1]) + mutation[1:]
	query := fmt.Sprintf(`mutation M($input: %sInput!) { payload: %s(input: $input) {
		case { id number stage outcome version parties { id role name } }
		userErrors { code field message } } }`, name, mutation)
	var out struct {
		Payload struct {
			Case       *Case   `json:"case"`
			UserErrors Refused `json:"userErrors"`
		} `json:"payload"`
	}
	if err := c.Do(ctx, query, map[string]any{"input": input}, &out); err != nil {
		return Case{}, err
	}
	if len(out.Payload.UserErrors) > 0 {
		return Case{}, out.Payload.UserErrors
	}
	if out.Payload.Case == nil {
		return Case{}, fmt.Errorf("%s answered with neither a case nor an error", mutation)
	}
	return *out.Payload.Case, nil
}
