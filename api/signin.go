package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// tokenAudience keeps tokens made for something else out.
const tokenAudience = "tiaochu"

// minTokenKey is the least length of a signing key in bytes: that of the digest.
const minTokenKey = 32

// leeway is how far clocks of two machines may differ.
const leeway = 30 * time.Second

// UnauthenticatedError says that a request needs a sign-in, or why its token is none.
type UnauthenticatedError struct{ Reason string }

func (e *UnauthenticatedError) Error() string { return e.Reason }

// IssueToken signs a bearer token that names a person until ttl has passed.
func IssueToken(key []byte, personID string, ttl time.Duration) (string, error) {
	return issueToken(key, personID, time.Now(), ttl)
}

func issueToken(key []byte, personID string, now time.Time, ttl time.Duration) (string, error) {
	if len(key) < minTokenKey {
		return "", fmt.Errorf("issue a token: the key has %d bytes, it needs %d", len(key), minTokenKey)
	}
	if personID == "" || ttl <= 0 {
		return "", errors.New("issue a token: it needs a person and a time to live")
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Subject: personID, Audience: jwt.ClaimStrings{tokenAudience}, ID: uuid.NewString(),
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(ttl)),
	}).SignedString(key)
	if err != nil {
		return "", fmt.Errorf("issue a token: %w", err)
	}
	return token, nil
}

// tokenPerson returns the person that a token names.
func tokenPerson(key []byte, token string, now time.Time) (string, error) {
	if len(key) < minTokenKey {
		return "", &UnauthenticatedError{"this installation accepts no tokens of its own"}
	}
	var claims jwt.RegisteredClaims
	_, err := jwt.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return key, nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithAudience(tokenAudience), jwt.WithExpirationRequired(), jwt.WithIssuedAt(),
		jwt.WithLeeway(leeway), jwt.WithTimeFunc(func() time.Time { return now }),
	)
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return "", &UnauthenticatedError{"the token has expired"}
	case err != nil:
		return "", &UnauthenticatedError{"the token is not valid"}
	case claims.Subject == "":
		return "", &UnauthenticatedError{"the token names nobody"}
	}
	return claims.Subject, nil
}

// bearer takes the token out of a request; ok is false where it carries none.
func bearer(r *http.Request) (token string, ok bool, err error) {
	given := r.Header.Values("Authorization")
	if len(given) == 0 {
		return "", false, nil
	}
	scheme, token, found := strings.Cut(given[0], " ")
	if len(given) > 1 || !found || !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", false, &UnauthenticatedError{"the Authorization header must be: Bearer TOKEN"}
	}
	return strings.TrimSpace(token), true, nil
}

// authenticate signs a request in: it finds the token's person in the directory in force
// and gives the request its viewer, language and loaders. Without a token the request goes
// on as nobody's.
func (s *service) authenticate(r *http.Request) (context.Context, error) {
	ctx := r.Context()
	token, ok, err := bearer(r)
	if err != nil {
		return nil, err
	}
	asked := &request{service: s, id: requestID(ctx), language: languageOf(r.Header.Get("Accept-Language"))}
	if ok {
		bears, says, err := s.bears(ctx, token)
		if err != nil {
			return nil, err
		}
		people, law, err := s.store.InForce(ctx)
		if err != nil {
			return nil, unavailable(err)
		}
		changed, err := s.enter(ctx, people, says)
		if err == nil && changed {
			people, law, err = s.store.InForce(ctx)
		}
		if err != nil {
			return nil, unavailable(err)
		}
		person, known := bears(people)
		if !known {
			return nil, &UnauthenticatedError{"the token's person is not known here"}
		}
		asked.bears, asked.expires = bears, tokenExpiry(token)
		asked.signIn(people, law, person)
	}
	return context.WithValue(ctx, requestKey{}, asked), nil
}

// bears says who bears a token: the identity provider's names a subject, one of this
// installation's own a person. Both may be accepted at once; ours name no issuer. What the
// provider's says of roles comes beside.
func (s *service) bears(ctx context.Context, token string) (func(*directory.Directory) (casefile.Person, bool), tokenSays, error) {
	if s.identity != nil && (s.tokenKey == nil || namesAnIssuer(token)) {
		says, err := s.identity.says(ctx, token)
		if err != nil {
			return nil, tokenSays{}, err
		}
		return says.bearer, says, nil
	}
	personID, err := tokenPerson(s.tokenKey, token, s.now())
	if err != nil {
		return nil, tokenSays{}, err
	}
	return func(people *directory.Directory) (casefile.Person, bool) { return people.Person(personID) }, tokenSays{}, nil
}

// namesAnIssuer looks, before anything of it is believed, whose token it wants to be.
func namesAnIssuer(token string) bool {
	var claims jwt.RegisteredClaims
	_, _, err := jwt.NewParser().ParseUnverified(token, &claims)
	return err == nil && claims.Issuer != ""
}
