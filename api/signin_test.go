package api_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
)

const whoAmI = `{ viewer { person { id name } roles { role unit { name } } } }`

func TestATokenSignsItsPersonIn(t *testing.T) {
	t.Parallel()
	o := open(t)
	got := data[struct {
		Viewer struct {
			Person struct{ ID, Name string }
			Roles  []struct {
				Role string
				Unit struct{ Name string }
			}
		}
	}](o, manager, whoAmI, nil).Viewer
	require.Equal(t, person(manager), got.Person.ID)
	require.NotEmpty(t, got.Person.Name)
	require.Equal(t, "MANAGER", got.Roles[0].Role)
	require.NotEmpty(t, got.Roles[0].Unit.Name)
}

func TestABadTokenIsRefusedWhole(t *testing.T) {
	t.Parallel()
	o := open(t)
	claims := func(change func(*jwt.RegisteredClaims)) *jwt.RegisteredClaims {
		c := &jwt.RegisteredClaims{
			Subject: manager, Audience: jwt.ClaimStrings{"tiaochu"}, ID: "1",
			IssuedAt: jwt.NewNumericDate(o.now), ExpiresAt: jwt.NewNumericDate(o.now.Add(time.Hour)),
		}
		change(c)
		return c
	}
	signed := func(method jwt.SigningMethod, key any, change func(*jwt.RegisteredClaims)) string {
		token, err := jwt.NewWithClaims(method, claims(change)).SignedString(key)
		require.NoError(t, err)
		return token
	}
	same := func(*jwt.RegisteredClaims) {}
	good := signed(jwt.SigningMethodHS256, tokenKey, same)
	require.Empty(t, o.askWith(good, "en", whoAmI, nil).Errors)
	for name, token := range map[string]string{
		"expired":        signed(jwt.SigningMethodHS256, tokenKey, func(c *jwt.RegisteredClaims) { c.ExpiresAt = jwt.NewNumericDate(o.now.Add(-time.Hour)) }),
		"without expiry": signed(jwt.SigningMethodHS256, tokenKey, func(c *jwt.RegisteredClaims) { c.ExpiresAt = nil }),
		"unsigned":       signed(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, same),
		"foreign":        signed(jwt.SigningMethodHS256, bytes.Repeat([]byte{8}, 32), same),
		"other method":   signed(jwt.SigningMethodHS512, tokenKey, same),
		"other audience": signed(jwt.SigningMethodHS256, tokenKey, func(c *jwt.RegisteredClaims) { c.Audience = jwt.ClaimStrings{"else"} }),
		"unknown person": signed(jwt.SigningMethodHS256, tokenKey, func(c *jwt.RegisteredClaims) { c.Subject = "p-nobody" }),
		"nobody":         signed(jwt.SigningMethodHS256, tokenKey, func(c *jwt.RegisteredClaims) { c.Subject = "" }),
		"issued later":   signed(jwt.SigningMethodHS256, tokenKey, func(c *jwt.RegisteredClaims) { c.IssuedAt = jwt.NewNumericDate(o.now.Add(time.Hour)) }),
		"tampered":       good[:len(good)-4] + "AAAA",
		"garbage":        "not-a-token",
	} {
		got := o.askWith(token, "en", `{ __typename }`, nil)
		require.Equal(t, "UNAUTHENTICATED", got.code(), name)
		require.Equal(t, http.StatusUnauthorized, got.Status, name)
		require.NotContains(t, got.Errors[0].Message, token, name)
	}
}

func TestWithoutATokenOnlyTheContractCanBeRead(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.Empty(t, o.ask("", `{ __typename __schema { queryType { name } } }`, nil).Errors)
	for _, query := range []string{
		whoAmI, `{ node(id: "Q2FzZTp4") { id } }`, `{ nodes(ids: ["Q2FzZTp4"]) { id } }`, `{ case(number: "x") { id } }`,
		`{ cases(first: 1) { edges { cursor } } }`, `{ inbox(first: 1) { edges { cursor } } }`,
		`{ deadlines(first: 1) { edges { cursor } } }`, `{ supervisionOrders(first: 1) { edges { cursor } } }`,
		`{ statistics(input: {division: "53", from: "2026-01-01", to: "2026-12-31"}) { asOf } }`,
		`{ categories { code } }`, `{ procedures { code } }`, `{ terms(enumName: "CaseStage") { value } }`, `{ divisions { code } }`,
		`{ units(first: 1) { edges { cursor } } }`,
		`mutation { addNote(input: {clientMutationId: "k", caseId: "Q2FzZTp4", text: "x"}) { clientMutationId } }`,
	} {
		require.Equal(t, "UNAUTHENTICATED", o.ask("", query, nil).code(), query)
	}
}

func TestTheTokenKeyIsMadeOnceAndKeptFromOthers(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "token.key")
	key, err := api.TokenKey(path)
	require.NoError(t, err)
	require.Len(t, key, 32)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	again, err := api.TokenKey(path)
	require.NoError(t, err)
	require.Equal(t, key, again)

	require.NoError(t, os.Chmod(path, 0o644))
	_, err = api.TokenKey(path)
	require.ErrorContains(t, err, "0600")
	broken := filepath.Join(t.TempDir(), "token.key")
	require.NoError(t, os.WriteFile(broken, []byte("short"), 0o600))
	_, err = api.TokenKey(broken)
	require.ErrorContains(t, err, "32 bytes")
	_, err = api.IssueToken([]byte("short"), manager, time.Hour)
	require.Error(t, err)
}

func TestReadinessIsThatACommandWouldSucceed(t *testing.T) {
	t.Parallel()
	o := open(t)
	status := func(path string) int {
		response, err := http.Get(o.server.URL + path)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		require.NotEmpty(t, response.Header.Get("X-Request-Id"))
		return response.StatusCode
	}
	require.Equal(t, 200, status("/healthz"))
	require.Equal(t, 200, status("/readyz"))
	require.Equal(t, 200, status("/graphiql"))
	require.Equal(t, 404, status("/nothing"))
	o.readiness = &api.UnavailableError{}
	require.Equal(t, 503, status("/readyz"))
	require.Equal(t, 200, status("/healthz"))
	o.readiness = nil
	o.closeStore()
	require.Equal(t, 503, status("/readyz"))
	require.True(t, strings.HasPrefix(o.server.URL, "http://127.0.0.1"))
}
