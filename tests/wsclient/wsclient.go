// Package wsclient speaks graphql-transport-ws to a running API, as a front-end would. The
// tests and benchmarks use it.
package wsclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/coder/websocket"
)

// Message is one message of graphql-transport-ws.
type Message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

// Connection is a WebSocket. Send may be called from many goroutines, Receive from one.
type Connection struct {
	conn    *websocket.Conn
	sending sync.Mutex
}

// Connect opens a WebSocket at the API under an http URL, without initialising it.
func Connect(ctx context.Context, url string, options *websocket.DialOptions) (*Connection, error) {
	if options == nil {
		options = &websocket.DialOptions{}
	}
	if options.Subprotocols == nil {
		options.Subprotocols = []string{"graphql-transport-ws"}
	}
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(url, "http")+"/graphql", options)
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(16 << 20)
	return &Connection{conn: conn}, nil
}

// Dial connects and signs in.
func Dial(ctx context.Context, url, token string) (*Connection, error) {
	c, err := Connect(ctx, url, nil)
	if err != nil {
		return nil, err
	}
	if err := c.Send(ctx, "connection_init", "", map[string]any{"Authorization": "Bearer " + token}); err != nil {
		c.Cut()
		return nil, err
	}
	m, err := c.Receive(ctx)
	if err == nil && m.Type != "connection_ack" {
		err = fmt.Errorf("expected connection_ack, got %s", m.Type)
	}
	if err != nil {
		c.Cut()
		return nil, err
	}
	return c, nil
}

// Send sends one message; payload may be nil.
func (c *Connection) Send(ctx context.Context, kind, id string, payload any) error {
	m := Message{ID: id, Type: kind}
	if payload != nil {
		raw, err := json.Marshal(payload)
		if err != nil {
			return err
		}
		m.Payload = raw
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return c.SendText(ctx, text)
}

// SendText sends a text as it is.
func (c *Connection) SendText(ctx context.Context, text []byte) error {
	c.sending.Lock()
	defer c.sending.Unlock()
	return c.conn.Write(ctx, websocket.MessageText, text)
}

// Subscribe begins an operation under an id.
func (c *Connection) Subscribe(ctx context.Context, id, query string, variables map[string]any) error {
	return c.Send(ctx, "subscribe", id, map[string]any{"query": query, "variables": variables})
}

// Receive waits for the next message.
func (c *Connection) Receive(ctx context.Context) (Message, error) {
	var m Message
	_, text, err := c.conn.Read(ctx)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(text, &m)
}

// Close ends the connection in good order.
func (c *Connection) Close() { _ = c.conn.Close(websocket.StatusNormalClosure, "") }

// Cut ends it without a word.
func (c *Connection) Cut() { _ = c.conn.CloseNow() }

// CloseCode is the code that a connection was closed with by the server, or -1.
func CloseCode(err error) int {
	var closed websocket.CloseError
	if errors.As(err, &closed) {
		return int(closed.Code)
	}
	return -1
}
