package store

import (
	"context"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// caseKey is the unwrapped data key of one case, as the keys derived from it.
type caseKey struct {
	wrapped []byte
	aead    cipher.AEAD // texts
	tag     []byte      // integrity tags of texts
	digest  []byte      // digests of inputs
	file    cipher.AEAD // bodies of files
	fileTag []byte      // integrity tags of files
}

func newCaseKey(dataKey, wrapped []byte) (*caseKey, error) {
	derive := func(use string) []byte {
		key, err := hkdf.Key(sha256.New, dataKey, nil, "tiaochu "+use, 32)
		if err != nil { // only for a length that SHA-256 can't give
			panic(err)
		}
		return key
	}
	aead, err := newAEAD(derive("text"))
	if err != nil {
		return nil, err
	}
	file, err := newAEAD(derive("file"))
	if err != nil {
		return nil, err
	}
	return &caseKey{
		wrapped: wrapped, aead: aead, tag: derive("tag"), digest: derive("input"),
		file: file, fileTag: derive("file tag"),
	}, nil
}

// bound is what a text is tied to: moved to another case, id or kind it doesn't open.
func bound(caseID string, id casefile.TextID, kind casefile.TextKind) []byte {
	return []byte("text\n" + caseID + "\n" + string(id) + "\n" + string(kind))
}

// seal encrypts a text and gives its integrity tag.
func (k *caseKey) seal(caseID string, t Text) (ciphertext, tag []byte) {
	b := bound(caseID, t.ID, t.Kind)
	return seal(k.aead, []byte(t.Value), b), mac(k.tag, b, []byte(t.Value))
}

// unseal decrypts what seal made and checks its tag.
func (k *caseKey) unseal(caseID string, id casefile.TextID, kind casefile.TextKind, ciphertext, tag []byte) (string, error) {
	b := bound(caseID, id, kind)
	plain, err := unseal(k.aead, ciphertext, b)
	if err != nil {
		return "", err
	}
	if !hmac.Equal(tag, mac(k.tag, b, plain)) {
		return "", errTampered
	}
	return string(plain), nil
}

func mac(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range parts {
		h.Write(part)
		h.Write([]byte{0})
	}
	return h.Sum(nil)
}

// freshKey makes a data key for a case; it is in force once it stands in case_keys.
func (s *Store) freshKey(ctx context.Context, caseID string) (key *caseKey, keyID string, err error) {
	master, err := s.keys.Current(ctx)
	if err != nil {
		return nil, "", err
	}
	dataKey := randomBytes(32)
	key, err = newCaseKey(dataKey, master.wrap(caseID, dataKey))
	return key, master.ID, err
}

// unwrapKey opens a stored data key; the cache spares the work for keys seen before.
func (s *Store) unwrapKey(ctx context.Context, caseID string, wrapped []byte, keyID string) (*caseKey, error) {
	if key, ok := s.open.Get(caseID); ok && string(key.wrapped) == string(wrapped) {
		return key, nil
	}
	master, err := s.keys.Named(ctx, keyID)
	if err != nil {
		return nil, err
	}
	dataKey, err := master.unwrap(caseID, wrapped)
	if err != nil {
		return nil, fmt.Errorf("unwrap the key of case %s: %w", caseID, err)
	}
	key, err := newCaseKey(dataKey, wrapped)
	if err != nil {
		return nil, err
	}
	s.open.Add(caseID, key)
	return key, nil
}

// offerKey queues a fresh key for a case that may have one already, and the question which
// key is in force; keyInForce reads the answer.
func offerKey(batch *pgx.Batch, caseID string, key *caseKey, keyID string) {
	batch.Queue("insert into case_keys (case_id, wrapped, key_id) values ($1, $2, $3) on conflict do nothing",
		caseID, key.wrapped, keyID)
	batch.Queue("select wrapped, key_id from case_keys where case_id = $1", caseID)
}

// keyInForce returns the offered key, or the older one that stood in its way. An erased key
// is an *ErasedError. The offered key counts only once the batch has been committed.
func (s *Store) keyInForce(ctx context.Context, results pgx.BatchResults, caseID string, offered *caseKey) (*caseKey, error) {
	if _, err := results.Exec(); err != nil {
		return nil, fmt.Errorf("store a case key: %w", err)
	}
	var wrapped []byte
	var keyID string
	if err := results.QueryRow().Scan(&wrapped, &keyID); err != nil {
		return nil, fmt.Errorf("read a case key: %w", err)
	}
	if wrapped == nil {
		return nil, &ErasedError{CaseID: caseID}
	}
	if string(wrapped) == string(offered.wrapped) {
		return offered, nil
	}
	return s.unwrapKey(ctx, caseID, wrapped, keyID)
}

// keyOf returns the data key of a case and makes one where there is none.
func (s *Store) keyOf(ctx context.Context, caseID string) (*caseKey, error) {
	if key, ok := s.open.Get(caseID); ok {
		return key, nil
	}
	offered, keyID, err := s.freshKey(ctx, caseID)
	if err != nil {
		return nil, err
	}
	batch := &pgx.Batch{}
	offerKey(batch, caseID, offered, keyID)
	results := s.pool.SendBatch(ctx, batch)
	defer func() { _ = results.Close() }()
	key, err := s.keyInForce(ctx, results, caseID, offered)
	if err != nil {
		return nil, err
	}
	if err := results.Close(); err != nil {
		return nil, fmt.Errorf("store a case key: %w", err)
	}
	s.open.Add(caseID, key)
	return key, nil
}
