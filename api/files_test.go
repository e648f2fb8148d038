package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
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

func TestAFileThatACaseDoesNotTakeIsRefusedByName(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("refused-file")).Case.ID
	query := "/files?caseId=" + id
	good := map[string]string{"Content-Type": "application/pdf", "Idempotency-Key": "key"}
	for name, bad := range map[string]struct {
		path   string
		change map[string]string
		body   []byte
		status int
		code   string
		field  string
		says   string
	}{
		"too large":           {query, nil, aPDF(20<<20 + 1), 413, "BAD_USER_INPUT", "body", "20971520 bytes (20 MiB)"},
		"empty":               {query, nil, nil, 400, "BAD_USER_INPUT", "body", "empty"},
		"a page":              {query, map[string]string{"Content-Type": "text/html"}, []byte("<html>"), 415, "BAD_USER_INPUT", "Content-Type", "application/pdf"},
		"a drawing that runs": {query, map[string]string{"Content-Type": "image/svg+xml"}, []byte("<svg/>"), 415, "BAD_USER_INPUT", "Content-Type", "image/png"},
		"a page as text":      {query, map[string]string{"Content-Type": "text/plain"}, []byte("  <!doctype html><script>"), 415, "BAD_USER_INPUT", "Content-Type", "text/plain"},
		"a page as a paper":   {query, nil, []byte("<html>"), 415, "BAD_USER_INPUT", "Content-Type", "does not begin"},
		"a form":              {query, map[string]string{"Content-Type": "multipart/form-data; boundary=x"}, []byte("--x"), 415, "BAD_USER_INPUT", "Content-Type", "one of"},
		"compressed":          {query, map[string]string{"Content-Encoding": "gzip"}, aPDF(100), 415, "BAD_USER_INPUT", "Content-Encoding", "as it is"},
		"no key":              {query, map[string]string{"Idempotency-Key": ""}, aPDF(100), 400, "BAD_USER_INPUT", "Idempotency-Key", "required"},
		"no case":             {"/files", nil, aPDF(100), 400, "BAD_USER_INPUT", "caseId", "Case"},
		"another thing":       {"/files?caseId=" + person(clerk), nil, aPDF(100), 400, "BAD_USER_INPUT", "caseId", "Person"},
		"a broken digest":     {query, map[string]string{"Content-Digest": "sha-256=x"}, aPDF(100), 400, "BAD_USER_INPUT", "Content-Digest", "BASE64"},
		"another digest":      {query, map[string]string{"Content-Digest": "sha-256=:" + strings.Repeat("A", 43) + "=:"}, aPDF(100), 400, "BAD_USER_INPUT", "Content-Digest", "otherwise"},
	} {
		header := maps.Clone(good)
		maps.Copy(header, bad.change)
		got := o.send(clerk, http.MethodPost, bad.path, header, bytes.NewReader(bad.body))
		require.Equal(t, bad.status, got.Status, "%s: %s", name, got.Body)
		require.Equal(t, bad.code, got.code(), name)
		require.Equal(t, bad.field, got.Errors[0].Extensions["field"], name)
		require.Contains(t, got.Errors[0].Message, bad.says, name)
	}
	// Where the length isn't said beforehand, the bound holds as well.
	streamed := o.send(clerk, http.MethodPost, query, good, io.MultiReader(bytes.NewReader(aPDF(20<<20+1))))
	require.Equal(t, http.StatusRequestEntityTooLarge, streamed.Status)
	require.Zero(t, o.rows("files"), "nothing of all this is left")
	require.Equal(t, http.StatusMethodNotAllowed, o.send(clerk, http.MethodPut, query, good, nil).Status)
	require.Contains(t, o.send(clerk, http.MethodPost, "/files", map[string]string{"Accept-Language": "zh-CN"}, nil).Errors[0].Message, "不是本系统给出的编号")
}

func TestAnUploadThatIsCutOffLeavesNothingToSee(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("cut-off")).Case.ID
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(o.server.URL, "http://"))
	require.NoError(t, err)
	body := aPDF(1 << 20)
	_, err = fmt.Fprintf(connection, "POST /files?caseId=%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/pdf\r\nIdempotency-Key: cut\r\nContent-Length: %d\r\n\r\n",
		id, o.token(clerk), len(body))
	require.NoError(t, err)
	_, err = connection.Write(body[:600_000])
	require.NoError(t, err)
	require.Eventually(t, func() bool { return o.rows("file_chunks") == 2 }, 20*time.Second, 10*time.Millisecond, "it is under way")
	require.NoError(t, connection.Close())
	require.Eventually(t, func() bool { return o.rows("files") == 0 }, 20*time.Second, 10*time.Millisecond)
	require.Equal(t, http.StatusCreated, o.upload(clerk, id, "cut", "application/pdf", body).Status, "the same request again")
}

func TestUploadsThatNobodyAttachesAreBounded(t *testing.T) {
	t.Parallel()
	o := openWithFiles(t, api.FileLimits{Unattached: store.UnattachedFiles{Count: 2}})
	id := o.do(clerk, "registerCase", dispute("bounded")).Case.ID
	for n := range 2 {
		require.Equal(t, http.StatusCreated, o.upload(clerk, id, fmt.Sprint(n), "application/pdf", aPDF(100)).Status)
	}
	refused := o.upload(clerk, id, "2", "application/pdf", aPDF(100))
	require.Equal(t, http.StatusTooManyRequests, refused.Status)
	require.Equal(t, "RATE_LIMITED", refused.code())
	require.Equal(t, "60", refused.Header.Get("Retry-After"))
	first := o.upload(clerk, id, "0", "application/pdf", aPDF(100))
	require.Equal(t, http.StatusOK, first.Status)
	o.do(clerk, "attachDocument", o.on(id, map[string]any{"documentId": first.File.DocumentID, "title": "附件"}))
	require.Equal(t, http.StatusCreated, o.upload(clerk, id, "2", "application/pdf", aPDF(100)).Status)
}

func TestAnUploadThatTakesTooLongIsEnded(t *testing.T) {
	t.Parallel()
	o := openWithFiles(t, api.FileLimits{Timeout: 2 * time.Second})
	id := o.do(clerk, "registerCase", dispute("too-slow")).Case.ID
	slow, write := io.Pipe()
	defer func() { _ = write.Close() }()
	go func() { _, _ = write.Write(aPDF(300_000)) }() // and then nothing more
	got := o.send(clerk, http.MethodPost, "/files?caseId="+id, map[string]string{"Content-Type": "application/pdf", "Idempotency-Key": "slow"}, slow)
	require.Equal(t, http.StatusRequestTimeout, got.Status)
	require.Equal(t, "UNAVAILABLE", got.code())
	require.Zero(t, o.rows("files"))
}

func TestOnlyAStoredFileOfThisCaseCanBeAttached(t *testing.T) {
	t.Parallel()
	o := open(t)
	one, other := o.do(clerk, "registerCase", dispute("one")).Case.ID, o.do(clerk, "registerCase", dispute("other")).Case.ID
	sent := o.upload(clerk, one, "key", "application/pdf", aPDF(100)).File.DocumentID
	for _, wrong := range []struct {
		caseID, documentID, code string
	}{
		{other, sent, "INVALID"},
		{one, schema.SubID("Document", idOf(t, one), "7b1b36a2-9f0e-4cde-8a50-35f3b9a9a111"), "UNKNOWN_DOCUMENT"},
		{one, schema.SubID("Document", idOf(t, one), "N1"), "UNKNOWN_DOCUMENT"},
		{one, person(clerk), "INVALID"},
		{one, "", "REQUIRED"},
	} {
		got := o.mutate(clerk, "attachDocument", o.on(wrong.caseID, map[string]any{"documentId": wrong.documentID, "title": "附件"}))
		require.Len(t, got.UserErrors, 1)
		require.Equal(t, wrong.code, got.UserErrors[0].Code)
		require.Equal(t, []string{"input", "documentId"}, got.UserErrors[0].Field)
	}
	require.Equal(t, "REQUIRED", o.mutate(clerk, "attachDocument", o.on(one, map[string]any{"documentId": sent, "title": " "})).UserErrors[0].Code)
}

func TestMandatesReceiptsAndMinutesNameAttachedDocuments(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("named-documents")).Case
	attached := func(key string, fields map[string]any) string {
		sent := o.upload(clerk, id.ID, key, "application/pdf", aPDF(2000)).File.DocumentID
		fields["documentId"], fields["title"] = sent, key
		o.do(clerk, "attachDocument", o.on(id.ID, fields))
		return sent
	}
	mandate := attached("授权委托书", map[string]any{})
	represented := map[string]any{"id": id.Parties[0].ID, "role": "APPLICANT", "name": "李明", "representatives": []any{
		map[string]any{"kind": "GUARDIAN", "name": "李父"}, map[string]any{"kind": "AGENT", "name": "周律师", "mandateDocumentId": mandate},
	}}
	o.do(clerk, "amendCase", o.on(id.ID, map[string]any{"reason": "补充代理人", "parties": []any{represented}}))
	type partiesOf struct {
		Node struct {
			Parties []struct {
				Representatives []struct{ Mandate *struct{ ID, Title string } }
			}
		}
	}
	read := data[partiesOf](o, clerk, `query($id: ID!) { node(id: $id) { ... on Case { parties { representatives { mandate { id title } } } } } }`,
		map[string]any{"id": id.ID}).Node.Parties[0].Representatives
	require.Nil(t, read[0].Mandate)
	require.Equal(t, mandate, read[1].Mandate.ID)
	require.Equal(t, "授权委托书", read[1].Mandate.Title)
	represented["representatives"].([]any)[1].(map[string]any)["mandateDocumentId"] = schema.SubID("Document", idOf(t, id.ID), "N1")
	wrong := o.mutate(clerk, "amendCase", o.on(id.ID, map[string]any{"reason": "补充代理人", "parties": []any{represented}}))
	require.Equal(t, "UNKNOWN_DOCUMENT", wrong.UserErrors[0].Code)
	require.Equal(t, []string{"input", "parties", "0", "representatives", "1", "mandateDocumentId"}, wrong.UserErrors[0].Field)

	o.do(clerk, "acceptCase", o.on(id.ID, nil))
	o.do(manager, "assignCase", o.on(id.ID, map[string]any{"personId": person(mediator)}))
	o.do(mediator, "concludeInvestigation", o.on(id.ID, map[string]any{"facts": "查明", "path": "MEDIATION"}))
	o.do(mediator, "openMediation", o.on(id.ID, map[string]any{"type": "PEOPLES"}))
	o.do(mediator, "recordSession", o.on(id.ID, map[string]any{"minutes": "双方到场"}))
	type sessionsOf struct {
		Node struct {
			Mediations []struct {
				Sessions []struct {
					ID      string
					Minutes *struct{ ID string }
				}
			}
		}
	}
	session := func() (string, *struct{ ID string }) {
		one := data[sessionsOf](o, clerk, `query($id: ID!) { node(id: $id) { ... on Case { mediations { sessions { id minutes { id } } } } } }`,
			map[string]any{"id": id.ID}).Node.Mediations[0].Sessions[0]
		return one.ID, one.Minutes
	}
	sessionID, before := session()
	require.Nil(t, before)
	minutes := attached("签字笔录", map[string]any{"sessionId": sessionID})
	_, after := session()
	require.Equal(t, minutes, after.ID)

	o.do(mediator, "concludeMediation", o.on(id.ID, map[string]any{"outcome": "FAILED", "reason": "分歧较大"}))
	receipt := attached("送达回证", map[string]any{})
	notice := o.do(clerk, "addNote", o.on(id.ID, map[string]any{"text": "送达"})).Case.Documents[0].ID
	serve := func(receipt string) payload {
		in := o.on(id.ID, map[string]any{
			"documentId": notice, "partyId": id.Parties[0].ID, "method": "IN_PERSON", "servedAt": o.now.Format(time.RFC3339), "receiptDocumentId": receipt,
		})
		return o.mutate(clerk, "recordService", in)
	}
	require.Equal(t, "UNKNOWN_DOCUMENT", serve(notice).UserErrors[0].Code, "a notice is no receipt of itself")
	require.Empty(t, serve(receipt).UserErrors)
	type servicesOf struct {
		Node struct {
			Documents []struct {
				Services []struct{ Receipt *struct{ ID string } }
			}
		}
	}
	got := data[servicesOf](o, clerk, `query($id: ID!) { node(id: $id) { ... on Case { documents { services { receipt { id } } } } } }`, map[string]any{"id": id.ID})
	require.Equal(t, receipt, got.Node.Documents[0].Services[0].Receipt.ID)
}
