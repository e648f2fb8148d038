package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/api/apitest"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Run(m, func(url string) error { return store.Migrate(context.Background(), url, hclog.NewNullLogger()) })
}

// People of the development set.
const (
	clerk        = "p-530402-center-clerk-1"
	otherClerk   = "p-530402-center-clerk-2"
	manager      = "p-530402-center-manager-1"
	leader       = "p-530402-center-leader-1"
	investigator = "p-530402-center-investigator-1"
	mediator     = "p-530402-center-mediator-1"
)

var tokenKey = bytes.Repeat([]byte{7}, 32)

// office is an API over a record of its own, without workflows.
type office struct {
	t         *testing.T
	store     *store.Store
	commander *apitest.Commander
	api       *api.API
	server    *httptest.Server
	url       string // of the database
	now       time.Time
	readiness error
	// closeStore closes the record under the API.
	closeStore func()
}

func open(t *testing.T) *office {
	t.Helper()
	return openThrough(t, func(databaseURL string) string { return databaseURL })
}

// openThrough opens an office whose record is reached by another URL than the database's.
func openThrough(t *testing.T, via func(databaseURL string) string) *office {
	t.Helper()
	return openOffice(t, via, func(*api.Options) {})
}

// openWith opens an office whose API has other options.
func openWith(t *testing.T, change func(*api.Options)) *office {
	t.Helper()
	return openOffice(t, func(databaseURL string) string { return databaseURL }, change)
}

func openOffice(t *testing.T, via func(databaseURL string) string, change func(*api.Options)) *office {
	t.Helper()
	ctx := t.Context()
	url := storetest.Database(t)
	recorded, err := store.Open(ctx, store.Options{
		URL: via(url), PoolSize: 4,
		Keys: store.FileKeySource(filepath.Join(t.TempDir(), "master.key")),
	})
	require.NoError(t, err)
	closeStore := sync.OnceFunc(recorded.Close)
	t.Cleanup(closeStore)
	set := directory.DevelopmentEntries()
	_, err = recorded.SeedDirectory(ctx, set, false)
	require.NoError(t, err)
	o := &office{t: t, store: recorded, url: url, closeStore: closeStore, now: time.Date(2026, 3, 10, 2, 0, 0, 0, time.UTC)}
	o.commander = &apitest.Commander{Store: recorded, Now: func() time.Time { return o.now }}
	options := api.Options{
		Store: recorded, Commander: o.commander, TokenKey: tokenKey, Now: func() time.Time { return o.now },
		CommandsReady: func(context.Context) error { return o.readiness },
	}
	change(&options)
	handler, err := api.New(options)
	require.NoError(t, err)
	o.api, o.server = handler, httptest.NewServer(handler)
	t.Cleanup(func() {
		ending, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		require.NoError(t, handler.Drain(ending))
		o.server.Close()
	})
	return o
}

// answer is a GraphQL response.
type answer struct {
	Status int             `json:"-"`
	Header http.Header     `json:"-"`
	Data   json.RawMessage `json:"data"`
	Errors []struct {
		Message    string         `json:"message"`
		Path       []any          `json:"path"`
		Extensions map[string]any `json:"extensions"`
	} `json:"errors"`
}

func (a answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

func (o *office) token(personID string) string {
	o.t.Helper()
	if personID == "" {
		return ""
	}
	token, err := api.IssueTokenAt(tokenKey, personID, o.now, time.Hour)
	require.NoError(o.t, err)
	return token
}

// ask sends one operation as a person; "" is nobody.
func (o *office) ask(personID, query string, variables map[string]any) answer {
	o.t.Helper()
	return o.askWith(o.token(personID), "en", query, variables)
}

func (o *office) askWith(token, language, query string, variables map[string]any) answer {
	o.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	require.NoError(o.t, err)
	request, err := http.NewRequestWithContext(o.t.Context(), http.MethodPost, o.server.URL+"/graphql", bytes.NewReader(body))
	require.NoError(o.t, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept-Language", language)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(o.t, err)
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	require.NoError(o.t, err)
	got := answer{Status: response.StatusCode, Header: response.Header}
	require.NoError(o.t, json.Unmarshal(raw, &got), string(raw))
	return got
}

// data sends one operation that must succeed and decodes its data.
func data[T any](o *office, personID, query string, variables map[string]any) T {
	o.t.Helper()
	got := o.ask(personID, query, variables)
	require.Empty(o.t, got.Errors)
	var out T
	require.NoError(o.t, json.Unmarshal(got.Data, &out), string(got.Data))
	return out
}

type payload struct {
	Case *struct {
		ID, Number, Stage, Outcome, Title, Narrative string
		Version                                      int
		Parties                                      []struct {
			ID, Name, Phone, IDNumber, Address string
			Masked                             bool
		}
		Claims          []struct{ ID, Text string }
		Documents       []struct{ ID, NoticeKind string }
		AllowedCommands []string
	}
	UserErrors []struct {
		Code    string
		Field   []string
		Message string
	}
	ClientMutationID string
}

var inputTypes = map[string]string{
	"requestReReview": "RequestReviewInput", "issueReReviewOpinion": "IssueReviewOpinionInput",
	"reopenCase": "ReasonInput", "acknowledgeSupervision": "SupervisionInput", "replySupervision": "SupervisionInput",
}

// mutate carries out one mutation as a person.
func (o *office) mutate(personID, mutation string, input map[string]any) payload {
	o.t.Helper()
	return data[struct{ Payload payload }](o, personID, mutationText(mutation), map[string]any{"input": input}).Payload
}

func mutationText(mutation string) string {
	input, ok := inputTypes[mutation]
	if !ok {
		input = strings.ToUpper(mutation[:1]) + mutation[1:] + "Input"
	}
	return fmt.Sprintf(`mutation M($input: %s!) { payload: %s(input: $input) {
		clientMutationId userErrors { code field message }
		case { id number stage outcome title narrative version parties { id name phone idNumber address masked }
			claims { id text } documents { id noticeKind } allowedCommands }
	} }`, input, mutation)
}

// do carries out one mutation that must succeed.
func (o *office) do(personID, mutation string, input map[string]any) payload {
	o.t.Helper()
	got := o.mutate(personID, mutation, input)
	require.Empty(o.t, got.UserErrors, mutation)
	require.NotNil(o.t, got.Case, mutation)
	return got
}

// on is an input that acts on a case, under a key of its own.
func (o *office) on(caseID string, fields map[string]any) map[string]any {
	input := map[string]any{"clientMutationId": o.t.Name() + fmt.Sprint(o.commander.Sent), "caseId": caseID}
	for name, value := range fields {
		input[name] = value
	}
	return input
}

func dispute(key string) map[string]any {
	return map[string]any{
		"clientMutationId": key, "kind": "DISPUTE", "source": "WALK_IN", "division": "530402001",
		"category": "D-NEIGHBOUR", "title": "邻里通行权争议", "narrative": "李明诉称邻居王强堵塞公共通道",
		"claims": []any{"恢复通行"},
		"parties": []any{
			map[string]any{"role": "APPLICANT", "name": "李明", "phone": "13800138000", "idNumber": "11010519491231002X", "address": "玉溪市红塔区玉兴路12号"},
			map[string]any{"role": "RESPONDENT", "name": "王强"},
		},
	}
}

func petition(key string) map[string]any {
	return map[string]any{
		"clientMutationId": key, "kind": "PETITION", "petitionType": "APPEAL", "source": "WALK_IN",
		"division": "530402", "category": "P-URBAN-PROPERTY", "title": "小区电梯长期停运", "narrative": "电梯停运三个月无人维修",
		"claims":  []any{"修好电梯", "退还物业费"},
		"parties": []any{map[string]any{"role": "PETITIONER", "name": "赵敏"}},
	}
}

func person(id string) string { return schema.GlobalID("Person", id) }
