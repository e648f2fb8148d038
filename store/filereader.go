package store

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"
)

// FileBody reads a stored file from any place, decrypting a piece at a time: one query a
// piece, and no connection in between. It is for one goroutine.
type FileBody struct {
	File
	ctx    context.Context //nolint:containedctx // an io.Reader has no other way to end with its request
	store  *Store
	key    *caseKey
	offset int64
	number int // of the piece held, or -1
	piece  []byte
	failed error
}

// OpenFile opens the body of a stored file, for as long as ctx lasts; nil where there is none,
// or it was erased.
func (s *Store) OpenFile(ctx context.Context, ref FileRef) (*FileBody, error) {
	f, err := s.File(ctx, ref)
	if err != nil || f == nil {
		return nil, err
	}
	key, err := s.keyOf(ctx, ref.CaseID)
	if erased := (*ErasedError)(nil); errors.As(err, &erased) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open a file of case %s: %w", ref.CaseID, err)
	}
	return &FileBody{File: *f, ctx: ctx, store: s, key: key, number: -1}, nil
}

// Err is the error that ended the reading, if any; a *DamagedFileError where the body is not
// what was stored.
func (b *FileBody) Err() error { return b.failed }

// Read implements io.Reader.
func (b *FileBody) Read(p []byte) (int, error) {
	switch {
	case b.failed != nil:
		return 0, b.failed
	case len(p) == 0:
		return 0, nil
	case b.offset >= b.Size:
		return 0, io.EOF
	}
	if number := int(b.offset / chunkSize); number != b.number {
		piece, err := b.store.readChunk(b.ctx, b.key, b.FileRef, number)
		want := min(chunkSize, b.Size-int64(number)*chunkSize)
		if err == nil && int64(len(piece)) != want {
			err = &DamagedFileError{b.CaseID, b.ID, number}
		}
		if err != nil {
			b.failed = err
			return 0, err
		}
		b.number, b.piece = number, piece
	}
	n := copy(p, b.piece[b.offset%chunkSize:])
	b.offset += int64(n)
	return n, nil
}

// Seek implements io.Seeker. It asks nothing of the database.
func (b *FileBody) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += b.offset
	case io.SeekEnd:
		offset += b.Size
	default:
		return 0, fmt.Errorf("seek in a file: whence %d", whence)
	}
	if offset < 0 {
		return 0, fmt.Errorf("seek in a file: to %d", offset)
	}
	b.offset = offset
	return offset, nil
}

// readChunk reads and decrypts one piece of a file.
func (s *Store) readChunk(ctx context.Context, key *caseKey, ref FileRef, number int) ([]byte, error) {
	var sealed []byte
	err := s.pool.QueryRow(ctx, "select ciphertext from file_chunks where case_id = $1 and file_id = $2 and number = $3",
		ref.CaseID, ref.ID, number).Scan(&sealed)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, &DamagedFileError{ref.CaseID, ref.ID, number}
	}
	if err != nil {
		return nil, fmt.Errorf("read piece %d of file %s: %w", number, ref.ID, err)
	}
	plain, err := unseal(key.file, sealed, boundChunk(ref.CaseID, ref.ID, number))
	if err != nil {
		return nil, &DamagedFileError{ref.CaseID, ref.ID, number}
	}
	return plain, nil
}
