package wholeproduct

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// files: a photograph is sent over a bad network, twice; it becomes part of the record by a
// command of the case's workflow; a colleague reads it in two parts, and another county knows
// nothing of it.
func files(t *testing.T, d *desk) {
	t.Helper()
	id := d.does(t, clerk, "registerCase", "", map[string]any{
		"kind": "DISPUTE", "source": "WALK_IN", "division": "530402", "category": "D-NEIGHBOUR",
		"title": "楼上漏水", "narrative": "楼上住户漏水泡坏天花板",
		"parties": []any{map[string]any{"role": "APPLICANT", "name": "李明"}, map[string]any{"role": "RESPONDENT", "name": "王强"}},
	}).ID
	photo := append([]byte("\xff\xd8\xff\xe0"), bytes.Repeat([]byte("现场照片"), 100_000)...)
	sum := sha256.Sum256(photo)
	upload := func() (status int, document string) {
		said, body := d.file(t, clerk, http.MethodPost, "/files?caseId="+id, photo, "Content-Type", "image/jpeg", "Idempotency-Key", "photo-1")
		var stored struct{ DocumentID, SHA256 string }
		require.NoError(t, json.Unmarshal(body, &stored), string(body))
		require.Equal(t, hex.EncodeToString(sum[:]), stored.SHA256)
		return said.StatusCode, stored.DocumentID
	}
	first, document := upload()
	require.Equal(t, http.StatusCreated, first)
	second, same := upload()
	require.Equal(t, http.StatusOK, second)
	require.Equal(t, document, same)

	attach := on(id, map[string]any{"documentId": document, "title": "天花板照片"})
	for range 2 {
		_, err := d.as(clerk).Mutate(t.Context(), "attachDocument", attach)
		require.NoError(t, err)
	}
	var read struct {
		Node struct {
			Documents []struct{ Title, MediaType, URL, SHA256 string }
			Timeline  struct {
				Edges []struct{ Node struct{ Type, Text string } }
			}
		}
	}
	require.NoError(t, d.as(manager).Do(t.Context(), `query($id: ID!) { node(id: $id) { ... on Case { documents { title mediaType url sha256 }
		timeline(last: 1) { edges { node { type text(language: EN) } } } } } }`, map[string]any{"id": id}, &read))
	require.Len(t, read.Node.Documents, 1)
	require.Equal(t, "天花板照片", read.Node.Documents[0].Title)
	require.Equal(t, "DocumentAttached", read.Node.Timeline.Edges[0].Node.Type)
	require.Contains(t, read.Node.Timeline.Edges[0].Node.Text, "attached a document (image/jpeg, 1.1 MiB)")

	url := read.Node.Documents[0].URL
	_, start := d.file(t, manager, http.MethodGet, url, nil, "Range", "bytes=0-700000")
	said, rest := d.file(t, manager, http.MethodGet, url, nil, "Range", "bytes=700001-")
	require.Equal(t, http.StatusPartialContent, said.StatusCode)
	require.True(t, bytes.Equal(photo, append(start, rest...)))
	said, _ = d.file(t, "p-530403-center-clerk-1", http.MethodGet, url, nil)
	require.Equal(t, http.StatusNotFound, said.StatusCode)
}

// file asks for a file or sends one, with headers in pairs.
func (d *desk) file(t *testing.T, who, method, path string, body []byte, headers ...string) (*http.Response, []byte) {
	t.Helper()
	client := d.as(who)
	request, err := http.NewRequestWithContext(t.Context(), method, strings.TrimSuffix(client.URL, "/")+path, bytes.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+client.Token)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := client.HTTP.Do(request)
	require.NoError(t, err)
	defer func() { _ = response.Body.Close() }()
	read, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response, read
}
