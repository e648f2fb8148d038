package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Recomputing returns, by case or package, the ids of the deadlines that a law in force may
// move and that have not been counted under it yet. Those without any are absent.
func (s *Store) Recomputing(ctx context.Context, ids []string) (map[string][]string, error) {
	rows, err := s.pool.Query(ctx, "select case_id::text, deadline_id from recounts where case_id = any($1::uuid[]) order by 1, 2", ids)
	if err != nil {
		return nil, fmt.Errorf("read which deadlines are to be counted anew: %w", err)
	}
	queued := map[string][]string{}
	var id, deadlineID string
	if _, err := pgx.ForEachRow(rows, []any{&id, &deadlineID}, func() error {
		queued[id] = append(queued[id], deadlineID)
		return nil
	}); err != nil {
		return nil, fmt.Errorf("read which deadlines are to be counted anew: %w", err)
	}
	return queued, nil
}

// QueuedCases returns the cases with deadlines to be counted anew, those that fall due first
// before the others. A case leaves the queue when it lets time pass under the new law.
func (s *Store) QueuedCases(ctx context.Context) ([]string, error) { return s.queued(ctx, false) }

// QueuedPackages is QueuedCases for leadership packages.
func (s *Store) QueuedPackages(ctx context.Context) ([]string, error) { return s.queued(ctx, true) }

func (s *Store) queued(ctx context.Context, packages bool) ([]string, error) {
	rows, err := s.pool.Query(ctx,
		"select case_id::text from recounts where package = $1 group by case_id order by min(due_at), case_id", packages)
	if err != nil {
		return nil, fmt.Errorf("read who is to be told of a new law: %w", err)
	}
	ids, err := collectStrings(rows)
	if err != nil {
		return nil, fmt.Errorf("read who is to be told of a new law: %w", err)
	}
	return ids, nil
}

// tellLock is the advisory lock of whoever tells the queued cases.
const tellLock = 0x74656c6c // "tell"

// TellAlone lets one process at a time tell the queued cases, so that a rate is kept; false
// while another one does. Who is killed gives the place up with its connection.
func (s *Store) TellAlone(ctx context.Context) (release func(), alone bool, err error) {
	return s.alone(ctx, tellLock, "tell the cases")
}

// alone takes an advisory lock for as long as the connection lives; what says for what.
func (s *Store) alone(ctx context.Context, lock int64, what string) (release func(), alone bool, err error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("ask to %s: %w", what, err)
	}
	if err := conn.QueryRow(ctx, "select pg_try_advisory_lock($1)", lock).Scan(&alone); err != nil || !alone {
		conn.Release()
		if err != nil {
			return nil, false, fmt.Errorf("ask to %s: %w", what, err)
		}
		return func() {}, false, nil
	}
	return func() {
		defer conn.Release()
		// Its own time: the caller's may be up. A connection that fails here gives the lock up too.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if _, err := conn.Exec(ctx, "select pg_advisory_unlock($1)", lock); err != nil {
			_ = conn.Conn().Close(ctx)
		}
	}, true, nil
}
