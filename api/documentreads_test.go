package api_test

import (
	"bytes"
	"net/http"
	"sync"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
)

// lines is a log that several goroutines write.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func TestWhoeverReadsADocumentLeavesARecordWithoutPersonalData(t *testing.T) {
	t.Parallel()
	log := &lines{}
	o := openWith(t, func(options *api.Options) {
		options.Logger = hclog.New(&hclog.LoggerOptions{Output: log, JSONFormat: true})
	})
	id := o.do(clerk, "registerCase", dispute("read")).Case.ID
	sent := o.upload(clerk, id, "scan", "application/pdf", aPDF(5000)).File.DocumentID
	o.do(clerk, "attachDocument", o.on(id, map[string]any{"documentId": sent, "title": "李明身份证"}))
	require.Zero(t, o.rows("document_reads"))

	path := "/files/" + sent
	require.Equal(t, http.StatusOK, o.send(clerk, http.MethodGet, path, map[string]string{"X-Request-Id": "read-1"}, nil).Status)
	require.Equal(t, http.StatusPartialContent, o.send(manager, http.MethodGet, path, map[string]string{"Range": "bytes=10-19"}, nil).Status)
	o.send(manager, http.MethodGet, path, map[string]string{"Range": "李明=1-2"}, nil)
	reads, err := o.store.DocumentReads(t.Context(), idOf(t, id))
	require.NoError(t, err)
	require.Len(t, reads, 3)
	require.Equal(t, clerk, reads[0].PersonID)
	require.Equal(t, o.now, reads[0].At.UTC())
	require.Equal(t, idOf(t, id), reads[0].CaseID)
	require.NotEmpty(t, reads[0].RequestID)
	require.Equal(t, []string{"", "bytes=10-19", ""}, []string{reads[0].Range, reads[1].Range, reads[2].Range})
	require.Equal(t, manager, reads[1].PersonID)

	// Whoever reads nothing of it leaves no such record.
	require.Equal(t, http.StatusNotFound, o.send("p-530403-center-clerk-1", http.MethodGet, path, nil, nil).Status)
	require.Equal(t, http.StatusForbidden, o.send("p-5304-center-manager-1", http.MethodGet, path, nil, nil).Status)
	require.Equal(t, http.StatusUnauthorized, o.send("", http.MethodGet, path, nil, nil).Status)
	require.Equal(t, 3, o.rows("document_reads"))

	require.Contains(t, log.String(), `"@message":"a document is read"`)
	require.Contains(t, log.String(), reads[0].DocumentID)
	require.NotContains(t, log.String(), "李明")

	// What can't be noted isn't given out.
	o.sql("alter table document_reads rename to away")
	refused := o.send(clerk, http.MethodGet, path, nil, nil)
	require.Equal(t, http.StatusInternalServerError, refused.Status)
	require.NotContains(t, string(refused.Body), "%PDF")
}
