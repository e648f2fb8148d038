package store

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/tiaochu/tiaochu/casefile"
)

// The findings about files.
const (
	FileMissing = "FILE_MISSING" // an attached document has no stored body
	FileDamaged = "FILE_DAMAGED" // the body is not the one that was attached
)

// verifyFiles reads the files that a case's events attached, whole, a piece at a time. Those of an
// erased case are gone on purpose.
func (s *Store) verifyFiles(ctx context.Context, caseID string, events []casefile.Event) ([]Finding, error) {
	var findings []Finding
	for _, attached := range attachments(events) {
		what, err := s.verifyFile(ctx, caseID, attached)
		if err != nil {
			return findings, err
		}
		if what != "" {
			findings = append(findings, Finding{CaseID: caseID, What: what, Detail: "document " + attached.DocumentID})
		}
	}
	if len(findings) == 0 {
		return nil, nil
	}
	// Asked last: an erasure in the middle of the reading is no damage.
	var erased bool
	err := s.pool.QueryRow(ctx, "select exists (select from case_keys where case_id = $1 and wrapped is null)", caseID).Scan(&erased)
	if err != nil || erased {
		return nil, err
	}
	return findings, nil
}

// verifyFile says what is wrong with an attached file; "" for nothing.
func (s *Store) verifyFile(ctx context.Context, caseID string, attached casefile.DocumentAttached) (string, error) {
	var damaged *DamagedFileError
	body, err := s.OpenFile(ctx, FileRef{caseID, attached.DocumentID})
	switch {
	case errors.As(err, &damaged):
		return FileDamaged, nil
	case err != nil:
		return "", err
	case body == nil:
		return FileMissing, nil
	case body.MediaType != attached.MediaType || body.Size != attached.Size:
		return FileDamaged, nil
	}
	sums := body.key.digests()
	if _, err := io.Copy(sums.tag, body); errors.As(err, &damaged) {
		return FileDamaged, nil
	} else if err != nil {
		return "", fmt.Errorf("read a file of case %s: %w", caseID, err)
	}
	if !hmac.Equal([]byte(hex.EncodeToString(sums.tag.Sum(nil))), []byte(attached.Tag)) {
		return FileDamaged, nil
	}
	return "", nil
}
