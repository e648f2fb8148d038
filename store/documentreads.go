package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// DocumentRead is one look at a document by somebody who may read it.
type DocumentRead struct {
	At       time.Time
	PersonID string
	// CaseID is the case through which it was read; DocumentID an attached file's id, or a
	// notice's within the case.
	CaseID, DocumentID string
	// Range is what part was asked for, as in the header of that name; empty is the whole.
	Range     string
	RequestID string
}

// RecordRead notes a read for good. Whoever gives a document out notes it first: what can't be
// noted isn't given out, and nothing that was noted is lost with a process.
func (s *Store) RecordRead(ctx context.Context, read DocumentRead) error {
	_, err := s.pool.Exec(ctx, `
		insert into document_reads (at, person_id, case_id, document_id, byte_range, request_id) values ($1, $2, $3, $4, $5, $6)`,
		casefile.Instant(read.At), read.PersonID, read.CaseID, read.DocumentID, read.Range, read.RequestID)
	if err != nil {
		return fmt.Errorf("record the reading of a document: %w", err)
	}
	return nil
}

// DocumentReads lists who read documents of a case, oldest first.
func (s *Store) DocumentReads(ctx context.Context, caseID string) ([]DocumentRead, error) {
	if !validUUID(caseID) {
		return nil, nil
	}
	rows, err := s.pool.Query(ctx, `
		select at, person_id, case_id::text, document_id, byte_range, request_id from document_reads where case_id = $1 order by at, id`, caseID)
	if err != nil {
		return nil, fmt.Errorf("read who read documents: %w", err)
	}
	reads, err := pgx.CollectRows(rows, pgx.RowToStructByPos[DocumentRead])
	if err != nil {
		return nil, fmt.Errorf("read who read documents: %w", err)
	}
	return reads, nil
}
