package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/tiaochu/tiaochu/casefile"
)

// State returns the state of a case, or the zero State where there is none. It checks no
// permission: it is for carrying out commands.
func (s *Store) State(ctx context.Context, caseID string) (casefile.State, error) {
	var state casefile.State
	if !validUUID(caseID) {
		return state, nil
	}
	var raw []byte
	err := ignoreNoRows(s.pool.QueryRow(ctx, "select state from cases where id = $1", caseID).Scan(&raw))
	if err == nil && raw != nil {
		err = json.Unmarshal(raw, &state)
	}
	if err != nil {
		return casefile.State{}, fmt.Errorf("read case %s: %w", caseID, err)
	}
	return state, nil
}

// Events returns the events of a case after a number, at most limit.
func (s *Store) Events(ctx context.Context, caseID string, afterSeq, limit int) ([]casefile.Event, error) {
	if !validUUID(caseID) {
		return nil, nil
	}
	rows, err := s.pool.Query(ctx,
		"select "+eventColumns+" from events where case_id = $1 and seq > $2 order by seq limit $3", caseID, afterSeq, limit)
	if err != nil {
		return nil, fmt.Errorf("read the events of case %s: %w", caseID, err)
	}
	stored, err := pgx.CollectRows(rows, scanEvent)
	if err != nil {
		return nil, fmt.Errorf("read the events of case %s: %w", caseID, err)
	}
	return bare(stored), nil
}

// Request tells whether a request was carried out on a case, with which input digest, and
// at which version the record stood after it.
func (s *Store) Request(ctx context.Context, caseID, requestKey string) (digest string, version int, found bool, err error) {
	if !validUUID(caseID) {
		return "", 0, false, nil
	}
	err = s.pool.QueryRow(ctx,
		"select input_digest, last_seq from requests where case_id = $1 and request_key = $2", caseID, requestKey).
		Scan(&digest, &version)
	found = err == nil
	if err = ignoreNoRows(err); err != nil {
		return "", 0, false, fmt.Errorf("look up a request on case %s: %w", caseID, err)
	}
	return digest, version, found, nil
}

// FindExternal returns the case that has one of these numbers of other systems.
func (s *Store) FindExternal(ctx context.Context, ids []casefile.ExternalID) (caseID string, found bool, err error) {
	systems, numbers := splitExternal(ids)
	err = s.pool.QueryRow(ctx, `
		select x.case_id::text
		from unnest($1::text[], $2::text[]) with ordinality as asked (system, number, position)
		join case_external_ids x on x.system = asked.system and x.number = asked.number
		order by asked.position limit 1`, systems, numbers).Scan(&caseID)
	found = err == nil
	if err = ignoreNoRows(err); err != nil {
		return "", false, fmt.Errorf("look up an external number: %w", err)
	}
	return caseID, found, nil
}

func splitExternal(ids []casefile.ExternalID) (systems, numbers []string) {
	systems, numbers = make([]string, len(ids)), make([]string, len(ids))
	for i, id := range ids {
		systems[i], numbers[i] = id.System, id.Number
	}
	return systems, numbers
}
