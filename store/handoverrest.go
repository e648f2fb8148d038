package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// boundHandOver is what the input of a hand-over is tied to.
func boundHandOver(requestKey string) []byte { return []byte("hand over\n" + requestKey) }

// handOverLock is the advisory lock of whoever goes on with resting hand-overs.
const handOverLock = 0x68616e64 // "hand"

// GoOnAlone is TellAlone for resting hand-overs.
func (s *Store) GoOnAlone(ctx context.Context) (release func(), alone bool, err error) {
	return s.alone(ctx, handOverLock, "go on with hand-overs")
}

// RestingHandOver is one that hasn't ended and that nobody went on with since the instant, the
// longest resting first; nil where there is none. It counts as gone on with at now.
func (s *Store) RestingHandOver(ctx context.Context, since, now time.Time) (*HandOver, error) {
	var over HandOver
	var keyID string
	var sealed []byte
	err := s.pool.QueryRow(ctx, `
		update hand_overs set stepped_at = $2 where request_key = (
			select request_key from hand_overs where input is not null and stepped_at <= $1
			order by stepped_at, request_key limit 1 for update skip locked)
		returning request_key, input_digest, request_id, person_id, from_person_id, to_person_id, input, key_id`,
		casefile.Instant(since), casefile.Instant(now)).
		Scan(&over.RequestKey, &over.InputDigest, &over.RequestID, &over.PersonID, &over.FromID, &over.ToID, &sealed, &keyID)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a hand-over that rests: %w", err)
	}
	master, err := s.keys.Named(ctx, keyID)
	if err != nil {
		return nil, err
	}
	if over.Input, err = unseal(master.aead, sealed, boundHandOver(over.RequestKey)); err != nil {
		return nil, fmt.Errorf("open hand-over %s: %w", over.RequestKey, err)
	}
	return &over, nil
}

// EndHandOver notes that nothing of a hand-over remains, or that it can't go on; what was asked
// for is kept no longer. The same request sent again begins anew with what there is by then.
func (s *Store) EndHandOver(ctx context.Context, requestKey string) error {
	if _, err := s.pool.Exec(ctx, "update hand_overs set input = null, key_id = null where request_key = $1", requestKey); err != nil {
		return fmt.Errorf("end a hand-over: %w", err)
	}
	return nil
}
