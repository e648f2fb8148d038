package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// NewFile says what an upload is for.
type NewFile struct {
	CaseID, PersonID string
	// RequestKey is the digest of person and idempotency key.
	RequestKey string
	MediaType  string
	// SHA256 is what its body should have; nil where nobody said.
	SHA256 []byte
}

// FileRef names a file of a case.
type FileRef struct{ CaseID, ID string }

// File is a stored file of a case.
type File struct {
	FileRef
	MediaType string
	Size      int64 // bytes
	// SHA256 is of the body. It is for whoever may read the body.
	SHA256 []byte
	// Tag is the HMAC-SHA256 of the body under the case's key, in hex: it tells nothing to
	// whoever has not the key.
	Tag string
}

// UnattachedFiles bound what one person may have uploaded to any cases without attaching it.
type UnattachedFiles struct {
	Count int
	Bytes int64
}

// TooManyFilesError says that somebody has uploaded as much as they may without attaching it.
type TooManyFilesError struct{ Bound UnattachedFiles }

// Error implements error.
func (e *TooManyFilesError) Error() string {
	return fmt.Sprintf("%d files or %d bytes wait to be attached already", e.Bound.Count, e.Bound.Bytes)
}

// FileConflictError says that a request key has stored another body before.
type FileConflictError struct{ FileID string }

// Error implements error.
func (e *FileConflictError) Error() string { return "the same request stored another file before" }

// DigestMismatchError says that a body arrived otherwise than its sender said.
type DigestMismatchError struct{}

// Error implements error.
func (*DigestMismatchError) Error() string { return "the body has another SHA-256 than was said" }

// PutFile encrypts a body under its case's key and stores it, whole or not at all, holding no
// more than one piece of it in memory and no connection while it waits for the next. The same
// request with the same body answers with the file that it stored before; with another body it
// is a *FileConflictError. An error of body comes back wrapped; other errors are an
// *ErasedError, a *TooManyFilesError, a *DigestMismatchError or the database's.
func (s *Store) PutFile(ctx context.Context, f NewFile, bound UnattachedFiles, body io.Reader) (File, error) {
	if !validUUID(f.CaseID) {
		return File{}, fmt.Errorf("store a file: %q is no case id", f.CaseID)
	}
	key, err := s.keyOf(ctx, f.CaseID)
	if err != nil {
		return File{}, fmt.Errorf("store a file of case %s: %w", f.CaseID, err)
	}
	u := upload{store: s, key: key, NewFile: f, id: uuid.NewString()}
	stored, err := u.put(ctx, bound, body)
	if err != nil {
		// Its own time: the caller's may be up, and the client gone.
		cleaning, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleaningTime)
		defer cancel()
		_, left := s.pool.Exec(cleaning, "delete from files where case_id = $1 and id = $2", f.CaseID, u.id)
		return stored, errors.Join(wrapFile(f.CaseID, err), left)
	}
	return stored, nil
}

const cleaningTime = 5 * time.Second

func wrapFile(caseID string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("store a file of case %s: %w", caseID, err)
}

// FileOfRequest finds the file that a request has stored; nil where it has none.
func (s *Store) FileOfRequest(ctx context.Context, caseID, requestKey string) (*File, error) {
	return s.oneFile(ctx, "f.case_id = $1 and f.request_key = $2", caseID, requestKey)
}

// File reads what is known of a stored file; nil where there is none, or it was erased.
func (s *Store) File(ctx context.Context, ref FileRef) (*File, error) {
	if !validUUID(ref.CaseID) || !validUUID(ref.ID) {
		return nil, nil
	}
	return s.oneFile(ctx, "f.case_id = $1 and f.id = $2", ref.CaseID, ref.ID)
}

func (s *Store) oneFile(ctx context.Context, which string, names ...any) (*File, error) {
	files, err := s.readFiles(ctx, "from files f", which, names...)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	return &files[0], nil
}

// Files reads what is known of stored files of any number of cases in one round trip. Those that
// are not there, or were erased, are absent.
func (s *Store) Files(ctx context.Context, refs []FileRef) (map[FileRef]File, error) {
	var cases, ids []string
	for _, ref := range refs {
		if validUUID(ref.CaseID) && validUUID(ref.ID) {
			cases, ids = append(cases, ref.CaseID), append(ids, ref.ID)
		}
	}
	found := make(map[FileRef]File, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	files, err := s.readFiles(ctx, "from unnest($1::uuid[], $2::uuid[]) as r (case_id, id) join files f on f.case_id = r.case_id and f.id = r.id",
		"true", cases, ids)
	for _, f := range files {
		found[f.FileRef] = f
	}
	return found, err
}

func (s *Store) readFiles(ctx context.Context, from, which string, args ...any) ([]File, error) {
	rows, err := s.pool.Query(ctx, `
		select f.case_id::text, f.id::text, f.media_type, f.size, f.sha256, f.tag, k.wrapped, k.key_id `+from+`
		join case_keys k on k.case_id = f.case_id
		where k.wrapped is not null and f.stored_at is not null and `+which, args...)
	if err != nil {
		return nil, fmt.Errorf("read files: %w", err)
	}
	files, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (File, error) {
		var f File
		var sealed, tag, wrapped []byte
		var keyID string
		if err := row.Scan(&f.CaseID, &f.ID, &f.MediaType, &f.Size, &sealed, &tag, &wrapped, &keyID); err != nil {
			return f, err
		}
		key, err := s.unwrapKey(ctx, f.CaseID, wrapped, keyID)
		if err != nil {
			return f, err
		}
		f.Tag = hex.EncodeToString(tag)
		if f.SHA256, err = unseal(key.file, sealed, boundFile(f.CaseID, f.ID, f.MediaType, f.Size)); err != nil {
			return f, &DamagedFileError{f.CaseID, f.ID, -1}
		}
		return f, nil
	})
	if err != nil {
		return nil, fmt.Errorf("read files: %w", err)
	}
	return files, nil
}
