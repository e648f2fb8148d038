package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// Identity says which identity provider signs people in (OpenID Connect).
type Identity struct {
	// Issuer is the provider's address, without the path of its discovery document.
	Issuer string
	// Audience must be among those a token is made for: this API as the provider knows it.
	Audience string
	// SubjectClaim is the claim that names the person for good; empty is "sub".
	SubjectClaim string
	// Roles says what a claim means from which roles are taken; nil takes them from the
	// directory.
	Roles *RoleClaim
}

// identityProvider checks the tokens of one issuer. It discovers the issuer at the first
// token and takes keys that the issuer rotates to; while the issuer is away, tokens signed
// with keys seen before are still checked.
type identityProvider struct {
	identity Identity
	now      func() time.Time
	client   *http.Client

	mu       sync.Mutex
	verifier *oidc.IDTokenVerifier
	failure  error
	retry    time.Time
}

// discoveryPause is how long an issuer that couldn't be asked is left alone.
const discoveryPause = 5 * time.Second

// askingIssuer bounds one request to the issuer.
const askingIssuer = 10 * time.Second

// IdentityUnavailableError says that the identity provider couldn't be asked about a token.
type IdentityUnavailableError struct{ Cause error }

func (e *IdentityUnavailableError) Error() string {
	return "the sign-in cannot be checked now, try again"
}

// Unwrap returns the cause.
func (e *IdentityUnavailableError) Unwrap() error { return e.Cause }

func newIdentityProvider(identity Identity, now func() time.Time) (*identityProvider, error) {
	if identity.Issuer == "" || identity.Audience == "" {
		return nil, errors.New("api: an identity provider needs an issuer and an audience")
	}
	if identity.SubjectClaim == "" {
		identity.SubjectClaim = "sub"
	}
	return &identityProvider{
		identity: identity, now: now,
		client: &http.Client{Timeout: askingIssuer, Transport: &frugal{next: http.DefaultTransport, now: now}},
	}, nil
}

// says returns what a token says: whom it names, and their roles where a claim gives them. The error is an *UnauthenticatedError for a token that
// is not good, and an *IdentityUnavailableError where the issuer couldn't be asked.
func (p *identityProvider) says(ctx context.Context, token string) (tokenSays, error) {
	verifier, err := p.discovered()
	if err != nil {
		return tokenSays{}, &IdentityUnavailableError{err}
	}
	var away error
	checked, err := verifier.Verify(context.WithValue(ctx, awayKey{}, &away), token)
	expired := (*oidc.TokenExpiredError)(nil)
	switch {
	case errors.As(err, &expired):
		return tokenSays{}, &UnauthenticatedError{"the token has expired"}
	case away != nil:
		return tokenSays{}, &IdentityUnavailableError{away}
	case err != nil:
		return tokenSays{}, &UnauthenticatedError{"the token is not valid"}
	}
	says := tokenSays{subject: checked.Subject, issued: checked.IssuedAt}
	if p.identity.SubjectClaim == "sub" && p.identity.Roles == nil {
		return says, nil
	}
	var claims map[string]any
	if err := checked.Claims(&claims); err != nil {
		return tokenSays{}, &UnauthenticatedError{"the token is not valid"}
	}
	if p.identity.SubjectClaim != "sub" {
		says.subject, _ = claims[p.identity.SubjectClaim].(string)
	}
	if p.identity.Roles != nil {
		p.identity.Roles.read(&says, claims)
	}
	return says, nil
}

// discovered returns the verifier of the issuer's tokens. One request at a time asks for the
// discovery document; after a failure none does until discoveryPause has passed.
func (p *identityProvider) discovered() (*oidc.IDTokenVerifier, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.verifier != nil {
		return p.verifier, nil
	}
	if now := p.now(); now.Before(p.retry) {
		return nil, p.failure
	}
	// Its keys are asked for as long as the process lives, so no request's context is used.
	ctx := oidc.ClientContext(context.Background(), p.client)
	provider, err := oidc.NewProvider(ctx, p.identity.Issuer)
	var document struct {
		Keys string `json:"jwks_uri"`
	}
	if err == nil {
		err = provider.Claims(&document)
	}
	if err != nil {
		p.failure, p.retry = fmt.Errorf("discover the identity provider: %w", err), p.now().Add(discoveryPause)
		return nil, p.failure
	}
	p.verifier = oidc.NewVerifier(p.identity.Issuer, issuerKeys{oidc.NewRemoteKeySet(ctx, document.Keys)}, &oidc.Config{
		ClientID: p.identity.Audience, SupportedSigningAlgs: signingAlgorithms, Now: p.now,
	})
	return p.verifier, nil
}

// signingAlgorithms are those with a key pair: a key that everybody can read must not be
// taken for a secret that both know.
var signingAlgorithms = []string{
	oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA,
}

// issuerKeys tells a token with a bad signature from an issuer that couldn't be asked for its
// keys: the verifier keeps only the text of an error.
type issuerKeys struct{ oidc.KeySet }

type awayKey struct{}

func (k issuerKeys) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	payload, err := k.KeySet.VerifySignature(ctx, token)
	asking := (*issuerError)(nil)
	if away, ok := ctx.Value(awayKey{}).(*error); ok && (errors.As(err, &asking) || errors.Is(err, context.DeadlineExceeded)) {
		*away = err
	}
	return payload, err
}
