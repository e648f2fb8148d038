package store

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"
)

// upload is a file on its way into the store.
type upload struct {
	NewFile
	store *Store
	key   *caseKey
	id    string
	size  int64
}

func (u *upload) put(ctx context.Context, bound UnattachedFiles, body io.Reader) (File, error) {
	if err := u.begin(ctx, bound); err != nil {
		return File{}, err
	}
	sums := u.key.digests()
	piece := make([]byte, chunkSize)
	for number := 0; ; number++ {
		n, last, err := fillPiece(piece, body)
		if err != nil {
			return File{}, fmt.Errorf("read the body: %w", err)
		}
		if n > 0 {
			sums.add(piece[:n])
			u.size += int64(n)
			if err := u.chunk(ctx, number, piece[:n]); err != nil {
				return File{}, err
			}
		}
		if last {
			break
		}
	}
	return u.finish(ctx, sums)
}

// fillPiece reads until piece is full or body has ended. It is not io.ReadFull: that tells a body
// that ended from one that broke off (io.ErrUnexpectedEOF) only by luck.
func fillPiece(piece []byte, body io.Reader) (n int, ended bool, err error) {
	for n < len(piece) {
		read, err := body.Read(piece[n:])
		n += read
		if errors.Is(err, io.EOF) {
			return n, true, nil
		}
		if err != nil {
			return n, false, err
		}
	}
	return n, false, nil
}

// begin makes the row that the pieces hang on. A repeat is never one too many.
func (u *upload) begin(ctx context.Context, bound UnattachedFiles) error {
	made, err := u.store.pool.Exec(ctx, `
		insert into files (case_id, id, person_id, request_key, media_type)
		select $1, $2, $3, $4, $5
		from (select count(*) as files, coalesce(sum(size), 0) as bytes from files where person_id = $3 and attached_at is null) waiting
		where waiting.files < $6 and waiting.bytes < $7
			or exists (select from files where case_id = $1 and request_key = $4 and stored_at is not null)`,
		u.CaseID, u.id, u.PersonID, u.RequestKey, u.MediaType, bound.Count, bound.Bytes)
	if err == nil && made.RowsAffected() == 0 {
		return &TooManyFilesError{bound}
	}
	return err
}

// chunk stores a piece, unless the case was erased meanwhile.
func (u *upload) chunk(ctx context.Context, number int, plain []byte) error {
	sealed := seal(u.key.file, plain, boundChunk(u.CaseID, u.id, number))
	done, err := u.store.pool.Exec(ctx, `
		insert into file_chunks (case_id, file_id, number, ciphertext)
		select $1, $2, $3, $4 where exists (select 1 from case_keys where case_id = $1 and wrapped = $5)`,
		u.CaseID, u.id, number, sealed, u.key.wrapped)
	if err == nil && done.RowsAffected() == 0 {
		u.store.open.Remove(u.CaseID)
		return &ErasedError{u.CaseID}
	}
	return err
}

// finish lets the file be seen. Where the same request was quicker elsewhere, that file is it.
func (u *upload) finish(ctx context.Context, sums digests) (File, error) {
	f := File{
		FileRef: FileRef{u.CaseID, u.id}, MediaType: u.MediaType, Size: u.size,
		SHA256: sums.sha256.Sum(nil), Tag: hex.EncodeToString(sums.tag.Sum(nil)),
	}
	if u.SHA256 != nil && !hmac.Equal(u.SHA256, f.SHA256) {
		return File{}, &DigestMismatchError{}
	}
	sealed := seal(u.key.file, f.SHA256, boundFile(u.CaseID, u.id, u.MediaType, u.size))
	done, err := u.store.pool.Exec(ctx, `
		update files set size = $3, sha256 = $4, tag = $5, stored_at = now()
		where case_id = $1 and id = $2 and exists (select 1 from case_keys where case_id = $1 and wrapped = $6)`,
		u.CaseID, u.id, u.size, sealed, sums.tag.Sum(nil), u.key.wrapped)
	switch {
	case err == nil && done.RowsAffected() == 0:
		u.store.open.Remove(u.CaseID)
		return File{}, &ErasedError{u.CaseID}
	case violated(err) != "files_are_stored_once":
		return f, err
	}
	first, err := u.store.FileOfRequest(ctx, u.CaseID, u.RequestKey)
	switch {
	case err != nil:
		return File{}, err
	case first == nil:
		return File{}, &ErasedError{u.CaseID}
	case first.MediaType != f.MediaType || !hmac.Equal([]byte(first.Tag), []byte(f.Tag)):
		return File{}, &FileConflictError{first.ID}
	}
	_, err = u.store.pool.Exec(ctx, "delete from files where case_id = $1 and id = $2", u.CaseID, u.id)
	return *first, err
}

// SweepFiles deletes the files that were begun before olderThan and that no event has attached,
// and those of uploads begun before brokenOff that never ended, and returns how many went. It
// takes at most sweepFiles of them at once, the oldest first.
func (s *Store) SweepFiles(ctx context.Context, olderThan, brokenOff time.Time) (int64, error) {
	swept, err := s.pool.Exec(ctx, `
		delete from files f using (
			select case_id, id from files
			where attached_at is null and (created_at < $1 or stored_at is null and created_at < $2)
			order by created_at limit $3 for update skip locked
		) stray
		where f.case_id = stray.case_id and f.id = stray.id and f.attached_at is null`, olderThan, brokenOff, sweepFiles)
	if err != nil {
		return 0, fmt.Errorf("sweep files: %w", err)
	}
	return swept.RowsAffected(), nil
}

// sweepFiles bounds one transaction: with its pieces a file may have a hundred rows.
const sweepFiles = 200
