package store

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/record"
	"github.com/tiaochu/tiaochu/directory"
)

// AppendStatus is what became of an append.
type AppendStatus string

// The statuses.
const (
	// Added: the command's events are in the record. PassTime with nothing due adds none.
	Added AppendStatus = "APPENDED"
	// Adopt: the record was ahead of the shell; nothing was decided.
	Adopt AppendStatus = "ADOPT"
	// Duplicate: the same request was carried out before.
	Duplicate AppendStatus = "DUPLICATE"
	// Refused: the rules said no; the record is as it was.
	Refused AppendStatus = "REFUSED"
)

// Answer is the answer to an append to a record of events E.
type Answer[E any] struct {
	Status AppendStatus
	// Events are the new ones when ADDED, and those after the shell's version on ADOPT.
	Events []E
	// Version is the record's.
	Version int
	// Refusal says why, when REFUSED.
	Refusal *casefile.Refusal
}

// locked is what an append finds, besides the state, when it has locked a case or a package.
type locked[E any] struct {
	chainHash        string
	directoryVersion int64
	ahead            []E // after the shell's version
	requested        bool
	digest           string
	directory        *directory.Directory
	law              *casefile.Law
	queued           bool // for its clocks to be counted under this law
}

// queueLock queues the beginning of an append: the law is held as it is, then the row of the case
// or package is locked and its state read.
func (l *locked[E]) queueLock(batch *pgx.Batch, table, id string, state any) {
	batch.Queue("begin isolation level read committed")
	batch.Queue(shareLaw, lawLock)
	batch.Queue("select state, chain_hash, directory_version from "+table+" where id = $1 for update", id).
		QueryRow(func(row pgx.Row) error {
			var raw []byte
			if err := row.Scan(&raw, &l.chainHash, &l.directoryVersion); err != nil {
				return ignoreNoRows(err)
			}
			return json.Unmarshal(raw, state)
		})
}

// settled answers what leaves nothing to decide: a record that is ahead of its shell or behind it,
// and a request that is in the record.
func (l *locked[E]) settled(id string, version, shellVersion int, inputDigest string) (answer Answer[E], settled bool, err error) {
	switch {
	case version < shellVersion:
		return answer, true, &RecordBehindError{CaseID: id, Shell: shellVersion, Record: version}
	case version > shellVersion:
		return Answer[E]{Status: Adopt, Events: l.ahead, Version: version}, true, nil
	case l.requested && l.digest == inputDigest:
		return Answer[E]{Status: Duplicate, Version: version}, true, nil
	case l.requested:
		return refused[E](version, *casefile.OtherInput()), true, nil
	}
	return answer, false, nil
}

func refused[E any](version int, why casefile.Refusal) Answer[E] {
	return Answer[E]{Status: Refused, Version: version, Refusal: &why}
}

// decided tells a refusal from an error in what the rules answered.
func decided[E any](events []E, err error) ([]E, *casefile.Refusal, error) {
	var refusal *casefile.Refusal
	if errors.As(err, &refusal) {
		return nil, refusal, nil
	}
	return events, nil, err
}

// recordable is an event that can be numbered, hashed and read back.
type recordable interface {
	json.Marshaler
	Type() string
	Number() int
}

// chained returns decided events as they will be read back, so that the fold stored now equals the
// fold of the record later, and the hash of each, hung on chainHash. The first of them comes after
// version.
func chained[E recordable](events []E, version int, chainHash string) (readBack []E, hashes []string, err error) {
	readBack, hashes = make([]E, len(events)), make([]string, len(events))
	for i, event := range events {
		if event.Number() != version+1+i {
			return nil, nil, fmt.Errorf("event %s decided for number %d, expected %d", event.Type(), event.Number(), version+1+i)
		}
		raw, err := json.Marshal(event)
		if err != nil {
			return nil, nil, err
		}
		if err := json.Unmarshal(raw, &readBack[i]); err != nil {
			return nil, nil, fmt.Errorf("read back event %s: %w", event.Type(), err)
		}
		if chainHash, err = record.ChainHash(chainHash, readBack[i]); err != nil {
			return nil, nil, err
		}
		hashes[i] = chainHash
	}
	return readBack, hashes, nil
}
