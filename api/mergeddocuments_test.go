package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

// attached uploads a file for a case, attaches it and returns its id.
func (o *office) attached(caseID, title string, body []byte) string {
	o.t.Helper()
	sent := o.upload(clerk, caseID, title, "application/pdf", body)
	require.Equal(o.t, http.StatusCreated, sent.Status, string(sent.Body))
	o.do(clerk, "attachDocument", o.on(caseID, map[string]any{"documentId": sent.File.DocumentID, "title": title}))
	return sent.File.DocumentID
}

// merge lets a younger case end in an older one: a second person agrees, and everybody is told.
func (o *office) merge(older, younger string) {
	o.t.Helper()
	o.do(clerk, "mergeCase", o.on(older, map[string]any{"otherCaseId": younger, "reason": "同一纠纷"}))
	o.do(manager, "verifyClosure", o.on(younger, nil))
	notices := data[struct {
		Node struct {
			Documents []struct {
				ID, NoticeKind string
				Recipients     []struct{ ID string }
			}
		}
	}](o, clerk, `query($id: ID!) { node(id: $id) { ... on Case { documents { id noticeKind recipients { id } } } } }`,
		map[string]any{"id": younger}).Node.Documents
	stage := ""
	for _, notice := range notices {
		for _, party := range notice.Recipients {
			stage = o.do(clerk, "recordService", o.on(younger, map[string]any{
				"documentId": notice.ID, "partyId": party.ID, "method": "IN_PERSON", "servedAt": o.now.Format(time.RFC3339),
			})).Case.Stage
		}
	}
	require.Equal(o.t, "MERGED", stage)
}

// within is the id under which a case shows a file of another one.
func within(t *testing.T, caseID, documentID string) string {
	t.Helper()
	node, err := schema.ParseNodeID(documentID)
	require.NoError(t, err)
	return schema.SubID("Document", idOf(t, caseID), node.Sub)
}

func TestTheFilesOfMergedCasesAreFoundInTheOneThatGoesOnByWhoeverReadsThat(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.do(clerk, "registerCase", dispute("f-1")).Case
	o.now = o.now.Add(time.Hour)
	second := o.do(clerk, "registerCase", dispute("f-2")).Case
	o.now = o.now.Add(time.Hour)
	third := o.do(clerk, "registerCase", dispute("f-3")).Case
	bodies := map[string][]byte{"照片": aPDF(300_000), "录音": aPDF(4000), "借条": aPDF(9000)}
	own, inSecond, inThird := o.attached(first.ID, "照片", bodies["照片"]), o.attached(second.ID, "录音", bodies["录音"]), o.attached(third.ID, "借条", bodies["借条"])
	o.merge(second.ID, third.ID)
	o.merge(first.ID, second.ID)

	shown := map[string]document{}
	for _, d := range o.documents(clerk, first.ID) {
		if d.NoticeKind == nil {
			shown[d.Title] = d
		}
	}
	require.Len(t, shown, 3, "a chain of mergers loses none")
	require.Equal(t, own, shown["照片"].ID)
	require.Equal(t, within(t, first.ID, inSecond), shown["录音"].ID, "the case that goes on shows it, and is asked for it")
	require.Equal(t, within(t, first.ID, inThird), shown["借条"].ID)
	for title, d := range shown {
		read := o.send(clerk, http.MethodGet, *d.URL, nil, nil)
		require.Equal(t, http.StatusOK, read.Status, title)
		require.True(t, bytes.Equal(bodies[title], read.Body), title)
		require.Contains(t, read.Header.Get("Content-Disposition"), "attachment")
		require.Equal(t, len(bodies[title]), d.Size)
		require.NotNil(t, d.SHA256)
		node := data[struct{ Node *struct{ ID, Title string } }](o, clerk,
			`query($id: ID!) { node(id: $id) { ... on Document { id title } } }`, map[string]any{"id": d.ID}).Node
		require.Equal(t, title, node.Title)
	}
	part := o.send(clerk, http.MethodGet, *shown["借条"].URL, map[string]string{"Range": "bytes=10-19"}, nil)
	require.Equal(t, http.StatusPartialContent, part.Status)
	require.Equal(t, bodies["借条"][10:20], part.Body)

	// It is no document of this case to name in an input.
	refused := o.mutate(clerk, "attachDocument", o.on(first.ID, map[string]any{"documentId": shown["借条"].ID, "title": "又附"}))
	require.Equal(t, "UNKNOWN_DOCUMENT", refused.UserErrors[0].Code)
}

func TestTheFilesOfAMergedCaseAreKeptFromWhoeverMayNotReadThem(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.do(clerk, "registerCase", dispute("k-1")).Case
	o.now = o.now.Add(time.Hour)
	second := o.do(clerk, "registerCase", dispute("k-2")).Case
	sent := o.attached(second.ID, "李明的借条", aPDF(5000))
	o.merge(first.ID, second.ID)
	id := within(t, first.ID, sent)
	files := func(who string) []document {
		var list []document
		for _, d := range o.documents(who, first.ID) {
			if d.NoticeKind == nil {
				list = append(list, d)
			}
		}
		return list
	}
	get := func(who string) reply { return o.send(who, http.MethodGet, "/files/"+id, nil, nil) }
	require.Len(t, files(manager), 1)
	require.Equal(t, http.StatusOK, get(manager).Status)

	const overseer = "p-5304-center-leader-1"
	require.Equal(t, "****", files(overseer)[0].Title, "who sees the case masked sees its documents masked")
	require.Nil(t, files(overseer)[0].URL)
	require.Nil(t, files(overseer)[0].SHA256)
	require.Equal(t, http.StatusForbidden, get(overseer).Status)

	const outsider = "p-530403-center-clerk-1"
	require.Empty(t, files(outsider))
	none := o.send(outsider, http.MethodGet, "/files/"+schema.SubID("Document", "7b1b36a2-9f0e-4cde-8a50-35f3b9a9a111", "N1"), nil, nil)
	require.Equal(t, http.StatusNotFound, get(outsider).Status)
	require.Equal(t, string(none.Body), string(get(outsider).Body))
	require.Equal(t, http.StatusUnauthorized, get("").Status)

	// Somebody kept from the merged case alone sees nothing of it, though they work on the other.
	conn, err := pgx.Connect(t.Context(), o.url)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	_, err = conn.Exec(t.Context(), "insert into case_exclusions (case_id, excluded) values ($1, $2)", idOf(t, second.ID), "person/"+manager)
	require.NoError(t, err)
	require.Empty(t, files(manager))
	require.Equal(t, http.StatusNotFound, get(manager).Status)
	require.Equal(t, string(none.Body), strings.ReplaceAll(string(get(manager).Body), id, ""))
	require.Len(t, files(clerk), 1)
}

func TestAnAgentsMandateGoesOnInTheCaseThatTookTheirPartyOver(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.do(clerk, "registerCase", dispute("m-1")).Case
	o.now = o.now.Add(time.Hour)
	second := o.do(clerk, "registerCase", dispute("m-2")).Case
	sent := o.attached(second.ID, "授权委托书", aPDF(2000))
	o.do(clerk, "amendCase", o.on(second.ID, map[string]any{"reason": "补充代理人", "parties": []any{map[string]any{
		"id": second.Parties[0].ID, "role": "APPLICANT", "name": "李明", "representatives": []any{
			map[string]any{"kind": "AGENT", "name": "周律师", "mandateDocumentId": sent},
		},
	}}}))
	o.merge(first.ID, second.ID)
	type document struct {
		ID, Title string
		URL       *string
	}
	type parties struct {
		Node struct {
			Parties []struct {
				ID              string
				Representatives []struct{ Mandate *document }
			}
		}
	}
	const query = `query($id: ID!) { node(id: $id) { ... on Case { parties { id representatives { mandate { id title url } } } } } }`
	came := data[parties](o, clerk, query, map[string]any{"id": first.ID}).Node.Parties[len(first.Parties)]
	mandate := came.Representatives[0].Mandate
	require.Equal(t, within(t, first.ID, sent), mandate.ID, "as the case that goes on shows it")
	require.Equal(t, "授权委托书", mandate.Title)
	require.Equal(t, http.StatusOK, o.send(clerk, http.MethodGet, *mandate.URL, nil, nil).Status)

	// It goes on where the party is taken down anew.
	o.do(clerk, "amendCase", o.on(first.ID, map[string]any{"reason": "更正联系电话", "parties": []any{map[string]any{
		"id": came.ID, "role": "APPLICANT", "name": "李明", "phone": "13800001234", "representatives": []any{
			map[string]any{"kind": "AGENT", "name": "周律师", "mandateDocumentId": mandate.ID},
		},
	}}}))
	again := data[parties](o, clerk, query, map[string]any{"id": first.ID}).Node.Parties[len(first.Parties)]
	require.Equal(t, mandate.ID, again.Representatives[0].Mandate.ID)
}
