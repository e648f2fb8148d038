package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// Standing is what a command on a case finds before it is sent.
type Standing struct {
	// State is the zero State where there is no such case. It is only read: others may have it too.
	State casefile.State
	// Requested says that the request was carried out before, with this digest of its input.
	Requested   bool
	InputDigest string
	// What is in force, as InForce tells it.
	Directory *directory.Directory
	Law       *casefile.Law
}

// Standing reads how a case stands towards a request, in one round trip. It checks no permission:
// it is for carrying out commands. No request has the key "".
func (s *Store) Standing(ctx context.Context, caseID, requestKey string) (Standing, error) {
	var now Standing
	var people, rules int64
	batch := &pgx.Batch{}
	if validUUID(caseID) {
		kept, keptHash, _ := s.states.newest(caseID)
		batch.Queue("select chain_hash, case when chain_hash = $2 then null else state end from cases where id = $1", caseID, keptHash).
			QueryRow(func(row pgx.Row) error {
				var chainHash string
				var state []byte
				if err := row.Scan(&chainHash, &state); err != nil {
					return ignoreNoRows(err)
				}
				if chainHash == keptHash {
					now.State = kept.State
					return nil
				}
				return json.Unmarshal(state, &now.State)
			})
		batch.Queue("select input_digest from requests where case_id = $1 and request_key = $2", caseID, requestKey).
			QueryRow(func(row pgx.Row) error {
				err := row.Scan(&now.InputDigest)
				now.Requested = err == nil
				return ignoreNoRows(err)
			})
	}
	batch.Queue(versionsInForce).QueryRow(func(row pgx.Row) error { return row.Scan(&people, &rules) })
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return Standing{}, fmt.Errorf("read how case %s stands: %w", caseID, err)
	}
	var err error
	if now.Directory, err = s.directoryAt(ctx, s.pool, people); err != nil {
		return Standing{}, err
	}
	now.Law, err = s.lawAt(ctx, s.pool, rules)
	return now, err
}
