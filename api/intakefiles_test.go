package api_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/store"
)

// uploadFor sends a file for a registration to come.
func (o *office) uploadFor(personID string, registration url.Values, key string, body []byte) reply {
	o.t.Helper()
	return o.send(personID, http.MethodPost, "/files?"+registration.Encode(),
		map[string]string{"Content-Type": "application/pdf", "Idempotency-Key": key}, bytes.NewReader(body))
}

func withPapers(input map[string]any, ids ...string) map[string]any {
	papers := make([]any, len(ids))
	for i, id := range ids {
		papers[i] = map[string]any{"documentId": id, "title": fmt.Sprintf("材料%d", i+1)}
	}
	input["documents"] = papers
	return input
}

func TestThePapersOfACitizenAreRegisteredWithTheCaseInOneStep(t *testing.T) {
	t.Parallel()
	o := open(t)
	for name, c := range map[string]struct {
		upload url.Values
		change map[string]any
	}{
		"of no other system": {url.Values{"registration": {"counter"}}, nil},
		"of the hotline 12345": {
			url.Values{"registration": {"hotline"}, "system": {"12345-5304"}, "number": {"20260310-7"}},
			map[string]any{"externalIds": []any{map[string]any{"system": "12345-5304", "number": "20260310-7"}}},
		},
	} {
		body := aPDF(3000)
		first := o.uploadFor(clerk, c.upload, "scan-1", body)
		require.Equal(t, http.StatusCreated, first.Status, "%s: %s", name, first.Body)
		again := o.uploadFor(clerk, c.upload, "scan-1", body)
		require.Equal(t, http.StatusOK, again.Status, name)
		require.Equal(t, first.File, again.File, name)
		mandate := o.uploadFor(clerk, c.upload, "scan-2", aPDF(100))

		input := withPapers(dispute(c.upload.Get("registration")), first.File.DocumentID, mandate.File.DocumentID)
		maps.Copy(input, c.change)
		input["parties"].([]any)[0].(map[string]any)["representatives"] = []any{
			map[string]any{"kind": "AGENT", "name": "周律师", "mandateDocumentId": mandate.File.DocumentID},
		}
		opened := o.do(clerk, "registerCase", input).Case
		require.Equal(t, opened.ID, o.do(clerk, "registerCase", input).Case.ID, "a repeated registration is the same case")
		papers := o.documents(clerk, opened.ID)
		require.Len(t, papers, 2, name)
		require.Equal(t, first.File.DocumentID, papers[0].ID)
		require.Equal(t, "材料1", papers[0].Title)
		got := o.send(clerk, http.MethodGet, "/files/"+first.File.DocumentID, nil, nil)
		require.Equal(t, body, got.Body)
		events, err := o.store.Events(t.Context(), idOf(t, opened.ID), 0, 100)
		require.NoError(t, err)
		attached := 0
		for _, event := range events {
			if event.Type() == "DocumentAttached" {
				attached++
			}
		}
		require.Equal(t, 2, attached, "once each")

		other := maps.Clone(input)
		withPapers(other, first.File.DocumentID)
		require.Equal(t, "CONFLICT", o.mutate(clerk, "registerCase", other).UserErrors[0].Code, "other papers are another registration")
		// Whoever comes back after the case was opened goes on with the case itself.
		later := o.uploadFor(clerk, c.upload, "scan-3", aPDF(200))
		require.Equal(t, http.StatusCreated, later.Status)
		o.do(clerk, "attachDocument", o.on(opened.ID, map[string]any{"documentId": later.File.DocumentID, "title": "补充材料"}))
	}
	swept, err := o.store.SweepFiles(t.Context(), time.Now().Add(time.Hour), time.Now().Add(time.Hour))
	require.NoError(t, err)
	require.Zero(t, swept, "what was registered stays")
	findings, err := o.store.Verify(t.Context(), store.VerifyOptions{})
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestPapersThatAreNotOfTheRegistrationAreRefusedAndLeaveNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	mine := url.Values{"registration": {"mine"}}
	paper := o.uploadFor(clerk, mine, "scan", aPDF(100)).File.DocumentID
	foreign := o.uploadFor(otherClerk, mine, "scan", aPDF(100)).File.DocumentID
	require.NotEqual(t, paper, foreign)
	for name, c := range map[string]struct {
		ids   []string
		code  string
		field []string
	}{
		"another clerk's":   {[]string{paper, foreign}, "INVALID", []string{"input", "documents", "1", "documentId"}},
		"twice":             {[]string{paper, paper}, "ALREADY_DONE", []string{"input", "documents", "1", "documentId"}},
		"another thing":     {[]string{person(clerk)}, "INVALID", []string{"input", "documents", "0", "documentId"}},
		"never uploaded":    {[]string{paper[:len(paper)-4] + "AAAA"}, "", []string{"input", "documents", "0", "documentId"}},
		"more than so many": {make([]string, 51), "", nil},
	} {
		refused := o.mutate(clerk, "registerCase", withPapers(dispute("mine"), c.ids...))
		require.NotEmpty(t, refused.UserErrors, name)
		require.Nil(t, refused.Case, name)
		if c.code != "" {
			require.Equal(t, c.code, refused.UserErrors[0].Code, name)
		}
		if c.field != nil {
			require.Equal(t, c.field, refused.UserErrors[0].Field, name)
		}
	}
	require.Zero(t, o.rows("cases"))
	// What no registration came to name goes after a day, and its key with it.
	swept, err := o.store.SweepFiles(t.Context(), time.Now().Add(time.Hour), time.Now().Add(time.Hour))
	require.NoError(t, err)
	require.EqualValues(t, 2, swept)
	require.Equal(t, "UNKNOWN_DOCUMENT", o.mutate(clerk, "registerCase", withPapers(dispute("mine"), paper)).UserErrors[0].Code)

	header := map[string]string{"Content-Type": "application/pdf", "Idempotency-Key": "k"}
	for path, want := range map[string]struct {
		who    string
		status int
		code   string
	}{
		"/files?registration=x":                       {"p-530402-center-analyst-1", http.StatusForbidden, "FORBIDDEN"},
		"/files?registration=":                        {clerk, http.StatusBadRequest, "BAD_USER_INPUT"},
		"/files?registration=x&system=12345-5304":     {clerk, http.StatusBadRequest, "BAD_USER_INPUT"},
		"/files?registration=x&caseId=" + person("x"): {clerk, http.StatusBadRequest, "BAD_USER_INPUT"},
	} {
		got := o.send(want.who, http.MethodPost, path, header, bytes.NewReader(aPDF(100)))
		require.Equal(t, want.status, got.Status, path)
		require.Equal(t, want.code, got.code(), path)
	}
}

func TestANumberOfACaseThatIsHiddenTellsAnUploadNoMoreThanARegistration(t *testing.T) {
	t.Parallel()
	o := open(t)
	ticket := map[string]any{"externalIds": []any{map[string]any{"system": "12345-5304", "number": "77"}}}
	input := petition("hidden")
	maps.Copy(input, ticket)
	input["petitionType"] = "ACCUSATION"
	input["parties"] = append(input["parties"].([]any), map[string]any{"role": "ACCUSED", "personId": person(investigator)})
	o.do(clerk, "registerCase", input)
	got := o.uploadFor(investigator, url.Values{"registration": {"x"}, "system": {"12345-5304"}, "number": {"77"}}, "scan", aPDF(100))
	require.Equal(t, http.StatusConflict, got.Status)
	require.Equal(t, "CONFLICT", got.code())
	other := dispute("x")
	maps.Copy(other, ticket)
	refused := o.mutate(investigator, "registerCase", other)
	require.Equal(t, "CONFLICT", refused.UserErrors[0].Code)
	require.Equal(t, refused.UserErrors[0].Message, got.Errors[0].Message)
	require.Zero(t, o.rows("files"))
}
