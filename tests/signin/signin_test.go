// Package signin signs people and machine clients in through a real OpenID Connect provider.
package signin

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/api/apitest"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/store/storetest"
	"github.com/tiaochu/tiaochu/tests/node"
)

func TestMain(m *testing.M) {
	storetest.Run(m, func(url string) error { return store.Migrate(context.Background(), url, hclog.NewNullLogger()) })
}

const (
	clerk   = "p-530402-center-clerk-1"
	court   = "p-court-integration"
	console = "console"
)

func TestTheLockFileNamesDigestsAndNoRegistry(t *testing.T) {
	t.Parallel()
	node.RequireDigests(t)
}

func TestAClerkSignsInThroughTheProviderWithACodeAndAProofKey(t *testing.T) {
	t.Parallel()
	o := open(t, "")
	token := o.provider.person(t, "clerk-at-the-provider")
	require.Equal(t, "ok "+clerk, o.whoAmI(token))

	t.Run("an unknown subject is nobody here", func(t *testing.T) {
		require.Equal(t, "UNAUTHENTICATED the token's person is not known here", o.whoAmI(o.provider.person(t, "somebody-else")))
	})
	t.Run("a changed token is not good", func(t *testing.T) {
		parts := strings.Split(token, ".")
		parts[2] = strings.Repeat("A", len(parts[2]))
		require.Equal(t, "UNAUTHENTICATED the token is not valid", o.whoAmI(strings.Join(parts, ".")))
	})
	t.Run("after ten minutes the token is none", func(t *testing.T) {
		o.later(11 * time.Minute)
		require.Equal(t, "UNAUTHENTICATED the token has expired", o.whoAmI(token))
	})
}

func TestAMachineClientSignsInWithItsOwnSecret(t *testing.T) {
	t.Parallel()
	o := open(t, "")
	require.Equal(t, "ok "+court, o.whoAmI(o.provider.machine(t, "court-530402", "")))
	require.Equal(t, "UNAUTHENTICATED the token's person is not known here", o.whoAmI(o.provider.machine(t, "stranger", "")))
	require.Equal(t, "UNAUTHENTICATED the token is not valid", o.whoAmI(o.provider.machine(t, "court-530402", "https://other.example")),
		"a token for another service is not for this one")
}

func TestThePersonMayBeNamedByAnotherClaim(t *testing.T) {
	t.Parallel()
	o := open(t, "staff_number")
	require.Equal(t, "ok "+clerk, o.whoAmI(o.provider.person(t, "17")))
}

func TestTheProviderMayChangeItsKeysAndGoAway(t *testing.T) {
	t.Parallel()
	o := open(t, "")
	old := o.provider.machine(t, "court-530402", "")
	require.Equal(t, "ok "+court, o.whoAmI(old))
	o.provider.restart(t)
	fresh := o.provider.machine(t, "court-530402", "")
	require.Equal(t, "UNAUTHENTICATED the token is not valid", o.whoAmI(fresh), "the provider is not asked again at once")
	o.later(11 * time.Second)
	require.Equal(t, "ok "+court, o.whoAmI(fresh))
	require.Equal(t, "UNAUTHENTICATED the token is not valid", o.whoAmI(old), "a key that was taken back signs nobody in")
	o.provider.stop()
	o.later(11 * time.Second)
	require.Equal(t, "ok "+court, o.whoAmI(fresh), "the keys known are enough")
	require.Equal(t, "UNAVAILABLE the sign-in cannot be checked now, try again", o.whoAmI(old), "whether there is a new key cannot be known")
}

func TestAnAPIStartsWhileTheProviderIsAway(t *testing.T) {
	t.Parallel()
	o := open(t, "")
	token := o.provider.machine(t, "court-530402", "")
	o.provider.stop()
	require.Equal(t, "UNAVAILABLE the sign-in cannot be checked now, try again", o.whoAmI(token))
	o.provider.restart(t)
	o.later(6 * time.Second)
	require.Equal(t, "ok "+court, o.whoAmI(o.provider.machine(t, "court-530402", "")))
}

func TestATokenOfThisInstallationCountsForNothingWhereOnlyTheProviderSignsIn(t *testing.T) {
	t.Parallel()
	o := open(t, "")
	token, err := api.IssueToken(bytes.Repeat([]byte{7}, 32), clerk, time.Hour)
	require.NoError(t, err)
	require.Equal(t, "UNAUTHENTICATED the token is not valid", o.whoAmI(token))
}

// office is an API whose people sign in through a provider of its own.
type office struct {
	t        *testing.T
	provider *provider
	url      string
	record   *store.Store
	ahead    atomic.Int64 // how far the office's clock is set forward
}

func open(t *testing.T, claim string) *office {
	t.Helper()
	return openWith(t, claim, nil)
}

// openWith is open where roles come from a claim; nil takes them from the directory.
func openWith(t *testing.T, claim string, roles *api.RoleClaim) *office {
	t.Helper()
	o := &office{t: t, provider: startProvider(t)}
	record, err := store.Open(t.Context(), store.Options{
		URL: storetest.Database(t), PoolSize: 4, Keys: store.FileKeySource(filepath.Join(t.TempDir(), "master.key")),
	})
	require.NoError(t, err)
	t.Cleanup(record.Close)
	o.record = record
	set := directory.DevelopmentEntries()
	set.People = append(set.People, casefile.Person{
		ID: court, Name: "红塔区人民法院案件系统", Roles: []casefile.RoleAt{{Role: casefile.RoleIntegration, UnitID: "u-530402-court"}},
	})
	set.Subjects = []directory.Subject{{Subject: "clerk-at-the-provider", PersonID: clerk}, {Subject: "court-530402", PersonID: court}}
	if claim != "" {
		set.Subjects = []directory.Subject{{Subject: "n-17", PersonID: clerk}}
	}
	_, err = record.SeedDirectory(t.Context(), set, false)
	require.NoError(t, err)
	now := func() time.Time { return time.Now().Add(time.Duration(o.ahead.Load())) }
	handler, err := api.New(api.Options{
		Store: record, Commander: &apitest.Commander{Store: record, Now: now}, Now: now,
		CommandsReady: func(context.Context) error { return nil },
		Identity:      &api.Identity{Issuer: o.provider.issuer, Audience: "tiaochu", SubjectClaim: claim, Roles: roles},
	})
	require.NoError(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	o.url = server.URL
	return o
}

func (o *office) later(d time.Duration) { o.ahead.Add(int64(d)) }

// whoAmI answers "ok ID", or the code and message of the refusal.
func (o *office) whoAmI(token string) string {
	o.t.Helper()
	body := strings.NewReader(`{"query":"{ viewer { person { id } } }"}`)
	request, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, o.url+"/graphql", body)
	require.NoError(o.t, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	var got struct {
		Data struct {
			Viewer struct{ Person struct{ ID string } }
		}
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	send(o.t, http.DefaultClient, request, &got)
	if len(got.Errors) > 0 {
		return got.Errors[0].Extensions.Code + " " + got.Errors[0].Message
	}
	id, err := schema.ParseNodeID(got.Data.Viewer.Person.ID)
	require.NoError(o.t, err)
	return "ok " + id.Key
}

// provider is npm oidc-provider in a process of its own.
type provider struct {
	issuer, port string
	starts       int
	stop         func()
}

func startProvider(t *testing.T) *provider {
	t.Helper()
	node.Install(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &provider{port: strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)}
	require.NoError(t, listener.Close())
	p.stop = func() {}
	p.restart(t)
	return p
}

// restart starts the provider, after ending it where it runs, with new keys.
func (p *provider) restart(t *testing.T) {
	t.Helper()
	p.stop()
	p.starts++
	ctx, cancel := context.WithCancel(context.Background())
	command := exec.CommandContext(ctx, "node", "provider.mjs", p.port, "k"+strconv.Itoa(p.starts))
	command.Env = append(os.Environ(), "NODE_ENV=test")
	command.Stderr = io.Discard // it warns, at length, that it is not a production setup
	out, err := command.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, command.Start())
	p.stop = func() { cancel(); _ = command.Wait() }
	t.Cleanup(p.stop)
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, "the provider did not start")
	p.issuer = strings.TrimSpace(line)
}

// machine gets a token by client credentials, for another service where one is named.
func (p *provider) machine(t *testing.T, client, resource string) string {
	t.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "scope": {"cases"}}
	if resource != "" {
		form.Set("resource", resource)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.issuer+"/token", strings.NewReader(form.Encode()))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(client, url.QueryEscape("a long secret"))
	var got struct {
		Token       string `json:"access_token"`
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	send(t, http.DefaultClient, request, &got)
	require.NotEmpty(t, got.Token, got.Error+" "+got.Description)
	return got.Token
}

var (
	formTarget = regexp.MustCompile(`action="([^"]+)"`)
	formPrompt = regexp.MustCompile(`name="prompt" value="([^"]+)"`)
)

// person gets a token as a browser does: authorization code, proof key, the provider's pages.
func (p *provider) person(t *testing.T, login string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	const callback = "http://127.0.0.1/callback"
	browser := &http.Client{Jar: jar, CheckRedirect: func(request *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(request.URL.String(), callback) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	client := oauth2.Config{
		ClientID: console, RedirectURL: callback, Scopes: []string{"openid", "cases"},
		Endpoint: oauth2.Endpoint{AuthURL: p.issuer + "/auth", TokenURL: p.issuer + "/token", AuthStyle: oauth2.AuthStyleInParams},
	}
	proof := oauth2.GenerateVerifier()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, client.AuthCodeURL("state", oauth2.S256ChallengeOption(proof)), nil)
	require.NoError(t, err)
	for range 4 {
		response, err := browser.Do(request)
		require.NoError(t, err)
		page, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		if back := response.Header.Get("Location"); back != "" {
			to, err := url.Parse(back)
			require.NoError(t, err)
			token, err := client.Exchange(t.Context(), to.Query().Get("code"), oauth2.VerifierOption(proof))
			require.NoError(t, err)
			return token.AccessToken
		}
		target, prompt := formTarget.FindSubmatch(page), formPrompt.FindSubmatch(page)
		require.NotNil(t, target, string(page))
		require.NotNil(t, prompt, string(page))
		form := url.Values{"prompt": {string(prompt[1])}, "login": {login}, "password": {"any"}}
		request, err = http.NewRequestWithContext(t.Context(), http.MethodPost, string(target[1]), strings.NewReader(form.Encode()))
		require.NoError(t, err)
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	require.FailNow(t, "the provider's pages did not end")
	return ""
}

func send(t *testing.T, client *http.Client, request *http.Request, into any) {
	t.Helper()
	response, err := client.Do(request)
	require.NoError(t, err)
	defer func() { _ = response.Body.Close() }()
	require.NoError(t, json.NewDecoder(response.Body).Decode(into))
}
