package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/coder/websocket"

	"github.com/tiaochu/tiaochu/api/guard"
)

// message is one of graphql-transport-ws, from the server.
type message struct {
	kind string
	id   string
	// payload is a response for next, []guard.Error for error, and else nil or JSON.
	payload any
}

func (m message) encode() ([]byte, error) {
	out := struct {
		ID      string          `json:"id,omitempty"`
		Type    string          `json:"type"`
		Payload json.RawMessage `json:"payload,omitempty"`
	}{m.id, m.kind, nil}
	var err error
	switch payload := m.payload.(type) {
	case nil:
	case json.RawMessage:
		out.Payload = payload
	case response:
		out.Payload, err = payload.encode()
	default:
		out.Payload, err = json.Marshal(payload)
	}
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// take does what a message of the client asks for. What can't be understood ends the
// connection, as the subprotocol has it.
func (s *socket) take(text []byte) {
	var m struct {
		ID      any             `json:"id"`
		Type    string          `json:"type"`
		Payload json.RawMessage `json:"payload"`
	}
	if json.Unmarshal(text, &m) != nil {
		go s.end(closeBadMessage, "the message is not a JSON object of the subprotocol")
		return
	}
	switch m.Type {
	case "connection_init":
		s.initialise(m.Payload)
	case "ping":
		_ = s.send(message{kind: "pong", payload: m.Payload})
	case "pong":
	case "subscribe", "complete":
		id, ok := m.ID.(string)
		switch {
		case !ok || id == "" || len(id) > maxID:
			go s.end(closeBadMessage, "the message needs an id: a text that is not empty")
		case m.Type == "complete":
			s.finish(id)
		default:
			s.subscribe(id, m.Payload)
		}
	default:
		go s.end(closeBadMessage, "the type of the message is not one of the subprotocol")
	}
}

// maxID bounds the ids that a client gives its operations, in bytes.
const maxID = 200

// initialise signs the connection in, by the token of the payload or of the upgrade.
func (s *socket) initialise(payload json.RawMessage) {
	if !s.greeted.CompareAndSwap(false, true) {
		go s.end(closeTooMany, "too many initialisation requests")
		return
	}
	given, err := parameters(payload)
	if err != nil {
		go s.end(closeBadMessage, "the payload of connection_init must be an object")
		return
	}
	s.request = withParameters(s.request, given)
	h := s.handler
	ctx, release, err := h.signIn(s.request)
	if err != nil {
		shown := h.shown(err, nil)
		go s.end(closeCode(shown.Code()), brief(shown.Message))
		return
	}
	defer release()
	session := h.options.Live.Session(ctx)
	switch {
	case session.Person == "":
		go s.end(closeUnauthorized, "sign in: send a bearer token in the payload of connection_init")
		return
	case !h.connections.signIn(s.entry, session.Person):
		go s.end(closeTooMany, "too many connections of one person")
		return
	case session.Lasts > 0:
		s.after(session.Lasts, func() { s.end(closeUnauthorized, errExpired.Error()) })
	}
	// The sign-in's context ends with this message; what it says of who asks is kept.
	s.release = h.options.Live.Watch(context.WithoutCancel(ctx), func(err error) {
		shown := h.shown(err, nil)
		go s.end(closeCode(shown.Code()), brief(shown.Message))
	})
	s.acknowledged.Store(true)
	_ = s.send(message{kind: "connection_ack"})
}

func closeCode(code string) websocket.StatusCode {
	switch code {
	case CodeUnauthenticated:
		return closeUnauthorized
	case CodeForbidden:
		return closeForbidden
	case CodeUnavailable, CodeRateLimited:
		return closeTryLater
	}
	return closeInternal
}

// parameters are the object that connection_init carries, if any.
func parameters(payload json.RawMessage) (map[string]any, error) {
	if len(payload) == 0 || string(payload) == "null" {
		return nil, nil
	}
	var given map[string]any
	if err := json.Unmarshal(payload, &given); err != nil {
		return nil, err
	}
	if given == nil {
		return nil, errors.New("not an object")
	}
	return given, nil
}

// withParameters is the upgrade as if it had carried the headers that browsers can't set:
// "Authorization" ("Bearer TOKEN", or "token" alone) and "Accept-Language". They count
// before those of the upgrade itself.
func withParameters(r *http.Request, given map[string]any) *http.Request {
	changed := r.Clone(r.Context())
	for name, value := range given {
		text, ok := value.(string)
		if !ok {
			continue
		}
		switch strings.ToLower(name) {
		case "authorization":
			changed.Header.Set("Authorization", text)
		case "token":
			changed.Header.Set("Authorization", "Bearer "+text)
		case "accept-language":
			changed.Header.Set("Accept-Language", text)
		}
	}
	return changed
}

// subscribe begins an operation.
func (s *socket) subscribe(id string, payload json.RawMessage) {
	if !s.acknowledged.Load() {
		go s.end(closeUnauthorized, "begin with connection_init")
		return
	}
	var given any
	if err := decode(bytes.NewReader(payload), &given); err != nil {
		go s.end(closeBadMessage, "the payload of subscribe must be an object with a query")
		return
	}
	asked, _ := given.(map[string]any)
	request, refused := fromParameters(asked)
	if refused != nil {
		go s.end(closeBadMessage, brief(refused.message))
		return
	}
	ctx, err := s.begin(id)
	switch {
	case errors.Is(err, errSubscriberExists):
		go s.end(closeSubscriberExists, "there is a subscriber for this id already")
	case err != nil:
		limited := guard.NewError(CodeRateLimited, "%s", err.Error())
		_ = s.send(message{kind: "error", id: id, payload: []guard.Error{limited}})
	default:
		go s.operate(ctx, id, request)
	}
}
