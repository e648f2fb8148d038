package api

import (
	"context"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/schema"
)

// tokenExpiry is when a token ends that has been verified; zero where it says nothing.
func tokenExpiry(token string) time.Time {
	var claims jwt.RegisteredClaims
	if _, _, err := jwt.NewParser().ParseUnverified(token, &claims); err != nil || claims.ExpiresAt == nil {
		return time.Time{}
	}
	return claims.ExpiresAt.Time
}

// session tells a connection whose it is and for how long its sign-in lasts.
func (s *service) session(ctx context.Context) transport.Session {
	q, err := signedIn(ctx)
	if err != nil {
		return transport.Session{}
	}
	session := transport.Session{Person: q.person.ID}
	if !q.expires.IsZero() {
		session.Lasts = max(q.expires.Add(leeway).Sub(s.now()), time.Millisecond)
	}
	return session
}

// subscribe opens what a subscription is told.
func (s *service) subscribe(ctx context.Context, _ *guard.Operation, execute func(context.Context)) (transport.Events, error) {
	stream, err := schema.Open(ctx, execute)
	if err != nil {
		return nil, err
	}
	return stream, nil
}
