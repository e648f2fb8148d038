package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/schema"
)

func openWithFiles(t *testing.T, limits api.FileLimits) *office {
	t.Helper()
	return openWith(t, func(o *api.Options) { o.Files = limits })
}

// rows counts the rows of a table.
func (o *office) rows(table string) int {
	o.t.Helper()
	conn, err := pgx.Connect(o.t.Context(), o.url)
	require.NoError(o.t, err)
	defer func() { _ = conn.Close(o.t.Context()) }()
	var n int
	require.NoError(o.t, conn.QueryRow(o.t.Context(), "select count(*) from "+pgx.Identifier{table}.Sanitize()).Scan(&n))
	return n
}

// reply is the answer to a request for a file.
type reply struct {
	answer
	Body []byte
	File struct {
		DocumentID, MediaType, SHA256 string
		Size                          int
	}
}

// send asks /files or what lies below it as a person; "" is nobody.
func (o *office) send(personID, method, path string, header map[string]string, body io.Reader) reply {
	o.t.Helper()
	request, err := http.NewRequestWithContext(o.t.Context(), method, o.server.URL+path, body)
	require.NoError(o.t, err)
	request.Header.Set("Accept-Language", "en")
	if personID != "" {
		request.Header.Set("Authorization", "Bearer "+o.token(personID))
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(o.t, err)
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	require.NoError(o.t, err)
	got := reply{answer: answer{Status: response.StatusCode, Header: response.Header}, Body: raw}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "application/json") {
		require.NoError(o.t, json.Unmarshal(raw, &got.answer), string(raw))
		require.NoError(o.t, json.Unmarshal(raw, &got.File), string(raw))
	}
	return got
}

// upload sends a file for a case under a key.
func (o *office) upload(personID, caseID, key, mediaType string, body []byte) reply {
	o.t.Helper()
	return o.send(personID, http.MethodPost, "/files?caseId="+caseID,
		map[string]string{"Content-Type": mediaType, "Idempotency-Key": key}, bytes.NewReader(body))
}

// aPDF has a size and the beginning of its type.
func aPDF(size int) []byte {
	body := make([]byte, size)
	for i := range body {
		body[i] = byte(i * i >> 7)
	}
	copy(body, "%PDF-1.7\n")
	return body
}

const documentsText = `query($id: ID!) { node(id: $id) { ... on Case { documents {
	id title mediaType size sha256 url noticeKind served issuedAt attachedAt attachedBy { id } remedy(language: EN) } } } }`

type document struct {
	ID, Title, MediaType string
	Size                 int
	SHA256, URL          *string
	NoticeKind           *string
	Served               *bool
	IssuedAt, AttachedAt *time.Time
	AttachedBy           *struct{ ID string }
	Remedy               *string
}

func (o *office) documents(personID, caseID string) []document {
	o.t.Helper()
	return data[struct {
		Node struct{ Documents []document }
	}](o, personID, documentsText, map[string]any{"id": caseID}).Node.Documents
}

func TestAFileIsUploadedAttachedAndReadBack(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("with-file")).Case.ID
	body := aPDF(700_000)
	sum := sha256.Sum256(body)
	sent := o.upload(clerk, id, "photo", "application/pdf", body)
	require.Equal(t, http.StatusCreated, sent.Status, string(sent.Body))
	require.Equal(t, len(body), sent.File.Size)
	require.Equal(t, hex.EncodeToString(sum[:]), sent.File.SHA256)
	require.Empty(t, o.documents(clerk, id), "it belongs to the record once it is attached")
	require.Equal(t, http.StatusNotFound, o.send(clerk, http.MethodGet, "/files/"+sent.File.DocumentID, nil, nil).Status)

	again := o.upload(clerk, id, "photo", "application/pdf", body)
	require.Equal(t, http.StatusOK, again.Status)
	require.Equal(t, sent.File, again.File)
	digest := map[string]string{
		"Content-Type": "application/pdf", "Idempotency-Key": "photo", "Content-Digest": "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":",
	}
	unread := o.send(clerk, http.MethodPost, "/files?caseId="+id, digest, bytes.NewReader(body))
	require.Equal(t, sent.File, unread.File)
	other := o.upload(clerk, id, "photo", "application/pdf", body[:600_000])
	require.Equal(t, http.StatusConflict, other.Status)
	require.Equal(t, "CONFLICT", other.code())

	attach := o.on(id, map[string]any{"documentId": sent.File.DocumentID, "title": "王强签字的协议书/一"})
	o.do(clerk, "attachDocument", attach)
	version := o.do(clerk, "attachDocument", attach).Case.Version
	require.Equal(t, "ALREADY_DONE", o.mutate(clerk, "attachDocument", o.on(id, map[string]any{"documentId": sent.File.DocumentID, "title": "x"})).UserErrors[0].Code)
	documents := o.documents(clerk, id)
	require.Len(t, documents, 1)
	kept := documents[0]
	require.Equal(t, "王强签字的协议书/一", kept.Title)
	require.Equal(t, "application/pdf", kept.MediaType)
	require.Equal(t, len(body), kept.Size)
	require.Equal(t, hex.EncodeToString(sum[:]), *kept.SHA256)
	require.Equal(t, "/files/"+sent.File.DocumentID, *kept.URL)
	require.Equal(t, person(clerk), kept.AttachedBy.ID)
	require.Nil(t, kept.NoticeKind)
	require.Nil(t, kept.Served)
	require.Nil(t, kept.Remedy)
	require.Positive(t, version)

	read := o.send(manager, http.MethodGet, *kept.URL, nil, nil)
	require.Equal(t, http.StatusOK, read.Status)
	require.True(t, bytes.Equal(body, read.Body))
	require.Equal(t, "application/pdf", read.Header.Get("Content-Type"))
	require.Equal(t, "nosniff", read.Header.Get("X-Content-Type-Options"))
	require.Contains(t, read.Header.Get("Content-Security-Policy"), "sandbox")
	require.Equal(t, "private, no-store", read.Header.Get("Cache-Control"))
	require.Contains(t, read.Header.Get("Content-Disposition"), "attachment; filename*=utf-8''%E7%8E%8B%E5%BC%BA")
	require.NotContains(t, read.Header.Get("Content-Disposition"), "/")
	require.NotContains(t, read.Header.Get("ETag"), hex.EncodeToString(sum[:]))

	// A slow network: the client goes on where it was cut off, if the file is the same.
	part := map[string]string{"Range": "bytes=262100-", "If-Range": read.Header.Get("ETag")}
	rest := o.send(clerk, http.MethodGet, *kept.URL, part, nil)
	require.Equal(t, http.StatusPartialContent, rest.Status)
	require.True(t, bytes.Equal(body[262_100:], rest.Body))
	unchanged := o.send(clerk, http.MethodGet, *kept.URL, map[string]string{"If-None-Match": read.Header.Get("ETag")}, nil)
	require.Equal(t, http.StatusNotModified, unchanged.Status)
	require.Equal(t, http.StatusRequestedRangeNotSatisfiable, o.send(clerk, http.MethodGet, *kept.URL, map[string]string{"Range": "bytes=900000-"}, nil).Status)
	require.Empty(t, o.send(clerk, http.MethodHead, *kept.URL, nil, nil).Body)
}

func TestWhoDoesNotSeeTheCaseGetsTheSameAnswerAsForNone(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.mutate(petitionClerk, "registerCase", accusation("with-evidence"))
	require.Empty(t, registered.UserErrors)
	held := data[inboxPage](o, petitionHead, inboxOf, nil).Inbox.Edges[0].Node.Case
	o.do(petitionHead, "amendCase", o.on(held.ID, map[string]any{"reason": "经核实", "parties": []any{map[string]any{
		"id": held.Parties[1].ID, "role": "ACCUSED", "personId": person("p-530402-land-clerk-1"),
	}}}))
	sent := o.upload(petitionHead, held.ID, "evidence", "image/png", append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 2000)...))
	require.Equal(t, http.StatusCreated, sent.Status, string(sent.Body))
	o.do(petitionHead, "attachDocument", o.on(held.ID, map[string]any{"documentId": sent.File.DocumentID, "title": "举报照片"}))
	require.Equal(t, http.StatusOK, o.send(petitionHead, http.MethodGet, "/files/"+sent.File.DocumentID, nil, nil).Status)

	none := schema.GlobalID("Case", "7b1b36a2-9f0e-4cde-8a50-35f3b9a9a111")
	noDocument := schema.SubID("Document", "7b1b36a2-9f0e-4cde-8a50-35f3b9a9a111", "N1")
	for _, stranger := range []string{"p-530402-land-clerk-1", "p-530402-land-leader-1", "p-530403-center-clerk-1", "p-530402-center-analyst-1"} {
		for _, pair := range [][2]reply{
			{o.upload(stranger, held.ID, "x", "application/pdf", aPDF(100)), o.upload(stranger, none, "x", "application/pdf", aPDF(100))},
			{o.send(stranger, http.MethodGet, "/files/"+sent.File.DocumentID, nil, nil), o.send(stranger, http.MethodGet, "/files/"+noDocument, nil, nil)},
		} {
			require.Equal(t, http.StatusNotFound, pair[0].Status, stranger)
			require.Equal(t, "NOT_FOUND", pair[0].code())
			require.Equal(t, string(pair[1].Body), string(pair[0].Body), stranger)
		}
	}
	attempts, err := o.store.AccessAttempts(t.Context(), idOf(t, held.ID))
	require.NoError(t, err)
	require.Len(t, attempts, 4, "the accused and their leader, each twice")
	for _, path := range []string{"/files/nonsense", "/files/" + schema.GlobalID("Case", "x"), "/files/" + held.ID} {
		require.Equal(t, http.StatusNotFound, o.send(petitionHead, http.MethodGet, path, nil, nil).Status, path)
	}
	nobody := o.send("", http.MethodGet, "/files/"+sent.File.DocumentID, nil, nil)
	require.Equal(t, http.StatusUnauthorized, nobody.Status)
	require.Equal(t, "UNAUTHENTICATED", nobody.code())
	require.Equal(t, http.StatusUnauthorized, o.upload("", held.ID, "x", "application/pdf", aPDF(100)).Status)
}

func idOf(t *testing.T, global string) string {
	t.Helper()
	id, err := schema.ParseNodeID(global)
	require.NoError(t, err)
	return id.Key
}

func TestWhoSeesACaseMaskedReadsNoneOfItsDocuments(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("masked-file")).Case.ID
	sent := o.upload(clerk, id, "photo", "application/pdf", aPDF(5000))
	o.do(clerk, "attachDocument", o.on(id, map[string]any{"documentId": sent.File.DocumentID, "title": "李明的伤情照片"}))
	const overseer = "p-5304-center-leader-1"
	shown := o.documents(overseer, id)
	require.Len(t, shown, 1)
	require.Equal(t, "****", shown[0].Title)
	require.Nil(t, shown[0].URL)
	require.Nil(t, shown[0].SHA256)
	refused := o.send(overseer, http.MethodGet, "/files/"+sent.File.DocumentID, nil, nil)
	require.Equal(t, http.StatusForbidden, refused.Status)
	require.Equal(t, "FORBIDDEN", refused.code())
}

func TestANoticeIsReadAsPlainText(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(petitionClerk, "registerCase", petition("notice")).Case.ID
	o.do(petitionClerk, "declineCase", o.on(id, map[string]any{"reason": "NOT_COMPETENT", "explanation": "不属本单位职责", "goTo": "住建局"}))
	notice := o.documents(petitionClerk, id)[0]
	require.Equal(t, "DECLINE", *notice.NoticeKind)
	require.NotNil(t, notice.IssuedAt)
	require.Nil(t, notice.SHA256)
	read := o.send(petitionClerk, http.MethodGet, *notice.URL, nil, nil)
	require.Equal(t, http.StatusOK, read.Status)
	require.Equal(t, "text/plain; charset=utf-8", read.Header.Get("Content-Type"))
	require.Contains(t, string(read.Body), *notice.Remedy)
	require.Len(t, read.Body, notice.Size)
}
