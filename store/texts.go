package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// Text is one text of a case in the clear.
type Text struct {
	ID    casefile.TextID
	Kind  casefile.TextKind
	Value string
}

// TextRef names a text of a case.
type TextRef struct {
	CaseID string
	ID     casefile.TextID
}

// NewTextID returns a random id for a text.
func NewTextID() casefile.TextID { return casefile.TextID(uuid.NewString()) }

// PutTexts encrypts texts under the case's key and stores them, all or none. It makes the
// key where the case has none yet. Storing the same ids again changes nothing, so a retry
// is harmless. What no event ever names is swept by SweepTexts. Texts of an erased case are
// an *ErasedError.
func (s *Store) PutTexts(ctx context.Context, caseID string, texts []Text) error {
	return s.putTexts(ctx, caseID, texts, true)
}

// PutPackageTexts is PutTexts for a leadership package, in whose texts no search looks.
func (s *Store) PutPackageTexts(ctx context.Context, packageID string, texts []Text) error {
	return s.putTexts(ctx, packageID, texts, false)
}

func (s *Store) putTexts(ctx context.Context, caseID string, texts []Text, searched bool) error {
	if len(texts) == 0 {
		return nil
	}
	if _, err := uuid.Parse(caseID); err != nil {
		return fmt.Errorf("store texts: %q is no case id", caseID)
	}
	// Usually one round trip. A second one where the case has a key that this process
	// hasn't seen, or where the key it has seen was erased meanwhile.
	for range 3 {
		done, err := s.tryPutTexts(ctx, caseID, texts, searched)
		if err != nil {
			return fmt.Errorf("store texts of case %s: %w", caseID, err)
		}
		if done {
			return nil
		}
	}
	return fmt.Errorf("store texts of case %s: its key keeps changing", caseID)
}

// tryPutTexts stores the texts if the key it used for them is the one in force.
func (s *Store) tryPutTexts(ctx context.Context, caseID string, texts []Text, searched bool) (bool, error) {
	batch := &pgx.Batch{}
	key, known := s.open.Get(caseID)
	if !known {
		var keyID string
		var err error
		if key, keyID, err = s.freshKey(ctx, caseID); err != nil {
			return false, err
		}
		offerKey(batch, caseID, key, keyID)
	}
	batch.Queue("select exists (select 1 from case_keys where case_id = $1 and wrapped = $2)", caseID, key.wrapped)
	queueTexts(batch, caseID, key, texts)
	if searched {
		master, err := s.keys.Current(ctx)
		if err != nil {
			return false, err
		}
		queuePartyTokens(batch, caseID, master, texts)
		queueTextTokens(batch, caseID, master, texts)
	}
	results := s.pool.SendBatch(ctx, batch)
	defer func() { _ = results.Close() }()
	inForce := key
	if !known {
		var err error
		if inForce, err = s.keyInForce(ctx, results, caseID, key); err != nil {
			return false, err
		}
	}
	var done bool
	if err := results.QueryRow().Scan(&done); err != nil {
		return false, err
	}
	if err := results.Close(); err != nil {
		return false, err
	}
	if !done && inForce == key {
		s.open.Remove(caseID)
		return false, nil
	}
	s.open.Add(caseID, inForce)
	return done, nil
}

func queueTexts(batch *pgx.Batch, caseID string, key *caseKey, texts []Text) {
	ids, kinds := make([]string, len(texts)), make([]string, len(texts))
	ciphertexts, tags := make([][]byte, len(texts)), make([][]byte, len(texts))
	for i, t := range texts {
		ids[i], kinds[i] = string(t.ID), string(t.Kind)
		ciphertexts[i], tags[i] = key.seal(caseID, t)
	}
	batch.Queue(`
		insert into contents (case_id, id, kind, ciphertext, tag)
		select $1, t.id, t.kind, t.ciphertext, t.tag
		from unnest($3::uuid[], $4::text[], $5::bytea[], $6::bytea[]) as t (id, kind, ciphertext, tag)
		where exists (select 1 from case_keys where case_id = $1 and wrapped = $2)
		on conflict (case_id, id) do nothing`,
		caseID, key.wrapped, ids, kinds, ciphertexts, tags)
}

// Texts decrypts texts of any number of cases in one round trip. What is not stored, or was
// erased, is absent from the result; a text that fails its tag is an error.
func (s *Store) Texts(ctx context.Context, refs []TextRef) (map[casefile.TextID]string, error) {
	texts := make(map[casefile.TextID]string, len(refs))
	err := s.eachText(ctx, s.pool, refs, func(_ string, t Text) error {
		texts[t.ID] = t.Value
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	return texts, nil
}

// eachText is Texts, with each text's case and kind.
func (s *Store) eachText(ctx context.Context, db querier, refs []TextRef, visit func(caseID string, t Text) error) error {
	var cases, ids []string
	for _, ref := range refs {
		if validUUID(ref.CaseID) && validUUID(string(ref.ID)) {
			cases, ids = append(cases, ref.CaseID), append(ids, string(ref.ID))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	rows, err := db.Query(ctx, `
		select c.case_id::text, c.id::text, c.kind, c.ciphertext, c.tag, k.wrapped, k.key_id
		from unnest($1::uuid[], $2::uuid[]) as r (case_id, id)
		join contents c on c.case_id = r.case_id and c.id = r.id
		join case_keys k on k.case_id = c.case_id
		where k.wrapped is not null`, cases, ids)
	if err != nil {
		return err
	}
	var caseID, id, kind, keyID string
	var ciphertext, tag, wrapped []byte
	_, err = pgx.ForEachRow(rows, []any{&caseID, &id, &kind, &ciphertext, &tag, &wrapped, &keyID}, func() error {
		key, err := s.unwrapKey(ctx, caseID, wrapped, keyID)
		if err != nil {
			return err
		}
		value, err := key.unseal(caseID, casefile.TextID(id), casefile.TextKind(kind), ciphertext, tag)
		if err != nil {
			return fmt.Errorf("text %s of case %s: %w", id, caseID, err)
		}
		return visit(caseID, Text{casefile.TextID(id), casefile.TextKind(kind), value})
	})
	return err
}

// InputDigest is the HMAC-SHA256, in hex, of a canonical input under the case's key: equal
// inputs of one case are recognised and nothing can be guessed from it.
func (s *Store) InputDigest(ctx context.Context, caseID string, canonical []byte) (string, error) {
	if !validUUID(caseID) {
		return "", fmt.Errorf("digest an input: %q is no case id", caseID)
	}
	key, err := s.keyOf(ctx, caseID)
	if err != nil {
		return "", fmt.Errorf("digest an input of case %s: %w", caseID, err)
	}
	return hex.EncodeToString(mac(key.digest, canonical)), nil
}

// SweepTexts deletes the texts stored before olderThan that no event names, and the keys of
// cases that never came to be, and returns how many texts went. Their commands were
// refused, or never arrived.
func (s *Store) SweepTexts(ctx context.Context, olderThan time.Time) (int64, error) {
	swept, err := s.pool.Exec(ctx,
		"delete from contents where referenced_at is null and created_at < $1", olderThan)
	if err != nil {
		return 0, fmt.Errorf("sweep texts: %w", err)
	}
	if _, err := s.pool.Exec(ctx, `
		delete from case_keys k
		where k.created_at < $1 and k.wrapped is not null
			and not exists (select 1 from cases c where c.id = k.case_id)
			and not exists (select 1 from packages p where p.id = k.case_id)
			and not exists (select 1 from contents t where t.case_id = k.case_id)
			and not exists (select 1 from files f where f.case_id = k.case_id)`, olderThan); err != nil {
		return swept.RowsAffected(), fmt.Errorf("sweep case keys: %w", err)
	}
	return swept.RowsAffected(), nil
}

// EraseTexts destroys a case's key, its texts and its files for good; the record stays. From then
// on they are absent, and new ones an *ErasedError.
func (s *Store) EraseTexts(ctx context.Context, caseID string) error {
	if !validUUID(caseID) {
		return fmt.Errorf("erase texts: %q is no case id", caseID)
	}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		_, erased := tx.Exec(ctx, `
			insert into case_keys (case_id, wrapped, key_id, erased_at) values ($1, null, '', now())
			on conflict (case_id) do update set wrapped = null, erased_at = coalesce(case_keys.erased_at, now())`, caseID)
		_, deleted := tx.Exec(ctx, "delete from contents where case_id = $1", caseID)
		_, unfiled := tx.Exec(ctx, "delete from files where case_id = $1", caseID)
		return errors.Join(erased, deleted, unfiled, erasing(ctx, tx))
	})
	if err != nil {
		return fmt.Errorf("erase texts of case %s: %w", caseID, err)
	}
	s.open.Remove(caseID)
	return nil
}
