package store

import (
	"encoding/hex"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// attachedFiles are the files that new events attach.
type attachedFiles struct {
	cases, ids []string
	tags       [][]byte
}

func (a *attachedFiles) add(caseID string, events []casefile.Event) {
	for _, attached := range attachments(events) {
		tag, _ := hex.DecodeString(attached.Tag) // another tag than the stored one's fails as such
		a.cases, a.ids, a.tags = append(a.cases, caseID), append(a.ids, attached.DocumentID), append(a.tags, tag)
	}
}

func (a *attachedFiles) queue(batch *pgx.Batch) {
	if len(a.ids) > 0 {
		batch.Queue("select reference_files($1::uuid[], $2::uuid[], $3::bytea[])", a.cases, a.ids, a.tags)
	}
}

// attachments are the files that events attach, in their order.
func attachments(events []casefile.Event) []casefile.DocumentAttached {
	var found []casefile.DocumentAttached
	for _, e := range events {
		if body, ok := e.Body.(casefile.DocumentAttached); ok {
			found = append(found, body)
		}
	}
	return found
}
