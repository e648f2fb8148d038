package store

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// MasterKey wraps the data keys of cases, and makes the tokens of the blind indexes.
type MasterKey struct {
	// ID is derived from the key, so that two keys never share one.
	ID   string
	aead cipher.AEAD
	// index is the key of party tokens, search that of text tokens.
	index, search []byte
}

// MasterKeySize is the length of a master key in bytes.
const MasterKeySize = 32

// NewMasterKey makes a master key of MasterKeySize secret bytes.
func NewMasterKey(secret []byte) (MasterKey, error) {
	if len(secret) != MasterKeySize {
		return MasterKey{}, fmt.Errorf("a master key has %d bytes, this has %d", MasterKeySize, len(secret))
	}
	aead, err := newAEAD(secret)
	if err != nil {
		return MasterKey{}, err
	}
	sum := sha256.Sum256(append([]byte("tiaochu master key id\n"), secret...))
	index, err := hkdf.Key(sha256.New, secret, nil, "tiaochu party index", 32)
	if err != nil {
		return MasterKey{}, fmt.Errorf("derive the index key: %w", err)
	}
	search, err := hkdf.Key(sha256.New, secret, nil, "tiaochu text search", 32)
	if err != nil {
		return MasterKey{}, fmt.Errorf("derive the search key: %w", err)
	}
	return MasterKey{ID: hex.EncodeToString(sum[:8]), aead: aead, index: index, search: search}, nil
}

// KeySource holds the master keys. Rotation adds a key: new data keys are wrapped by the
// current one, old ones still open by theirs.
type KeySource interface {
	// Current returns the key to wrap with.
	Current(context.Context) (MasterKey, error)
	// Named returns the key of that id, or an *UnknownMasterKeyError.
	Named(ctx context.Context, id string) (MasterKey, error)
}

// UnknownMasterKeyError says that data are encrypted under a master key that the key
// source doesn't have. Holds is the id of the key it has, or empty.
type UnknownMasterKeyError struct{ ID, Holds, Where string }

// Error implements error.
func (e *UnknownMasterKeyError) Error() string {
	if e.Holds == "" {
		return fmt.Sprintf("the texts in the database are encrypted under the master key %s, and there is no key in %s: put that key back", e.ID, e.Where)
	}
	return fmt.Sprintf("the texts in the database are encrypted under the master key %s, but %s holds the key %s: put the right key back", e.ID, e.Where, e.Holds)
}

// wrap encrypts a data key for a case.
func (k MasterKey) wrap(caseID string, dataKey []byte) []byte {
	return seal(k.aead, dataKey, []byte("case key\n"+caseID))
}

// unwrap undoes wrap.
func (k MasterKey) unwrap(caseID string, wrapped []byte) ([]byte, error) {
	return unseal(k.aead, wrapped, []byte("case key\n"+caseID))
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make the cipher: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// seal encrypts and authenticates plain together with bound, under a random nonce that
// stands in front of the result.
func seal(aead cipher.AEAD, plain, bound []byte) []byte {
	return aead.Seal(nil, nil, plain, bound) //nolint:gosec // G407: this AEAD draws its own random nonce
}

// errTampered is what a ciphertext gives that is not the one that was sealed.
var errTampered = errors.New("the ciphertext is damaged, or not this case's")

func unseal(aead cipher.AEAD, sealed, bound []byte) ([]byte, error) {
	plain, err := aead.Open(nil, nil, sealed, bound)
	if err != nil {
		return nil, errTampered
	}
	return plain, nil
}

// randomBytes returns n bytes of the system's random source, which never fails.
func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

// checkMasterKeys makes sure that every key in use can be had, before anything is written.
func (s *Store) checkMasterKeys(ctx context.Context) error {
	if s.keys == nil {
		return errors.New("open the store: no key source")
	}
	rows, err := s.pool.Query(ctx, "select id from master_keys order by id")
	if err != nil {
		return fmt.Errorf("read the master keys in use: %w", err)
	}
	ids, err := collectStrings(rows)
	if err != nil {
		return fmt.Errorf("read the master keys in use: %w", err)
	}
	for _, id := range ids {
		if _, err := s.keys.Named(ctx, id); err != nil {
			return err
		}
	}
	current, err := s.keys.Current(ctx)
	if err != nil {
		return err
	}
	_, err = s.pool.Exec(ctx, "insert into master_keys (id) values ($1) on conflict do nothing", current.ID)
	if err != nil {
		return fmt.Errorf("note the master key in use: %w", err)
	}
	return nil
}
