package api

import (
	"context"
	"net/http"
	"regexp"

	"github.com/tiaochu/tiaochu/store"
)

// byteRange is what a Range header may say to stand in a record; http.ServeContent takes no other.
var byteRange = regexp.MustCompile(`^bytes=[0-9, -]{1,100}$`)

// noteRead records that somebody reads a document, before they are given it, and says it in the
// log: people, cases and documents by their ids alone. The record is one small row, written
// through: what was given out is in it, also when the process is killed in the next moment. What
// was asked for and broke off is in it too.
func (f *files) noteRead(ctx context.Context, q *request, r *http.Request, caseID, documentID string) error {
	read := store.DocumentRead{
		At: f.now(), PersonID: q.person.ID, CaseID: caseID, DocumentID: documentID, RequestID: q.id, Range: r.Header.Get("Range"),
	}
	if !byteRange.MatchString(read.Range) {
		read.Range = ""
	}
	if err := f.store.RecordRead(ctx, read); err != nil {
		return unavailable(err)
	}
	f.logger.Named("audit").Info("a document is read",
		"person", read.PersonID, "case", read.CaseID, "document", read.DocumentID, "range", read.Range, "request", read.RequestID)
	return nil
}
