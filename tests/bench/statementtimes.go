package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNoStatementTimes says that this Postgres can't tell what its statements take.
var ErrNoStatementTimes = errors.New("this Postgres has no pg_stat_statements")

// PrepareStatementTimes lets a cluster count what its statements take, from its next start on.
// The URL is of a database as its superuser sees it.
func PrepareStatementTimes(ctx context.Context, superuserURL string) error {
	return asSuperuser(ctx, superuserURL, func(conn *pgx.Conn) error {
		var there bool
		if err := conn.QueryRow(ctx, "select exists (select from pg_available_extensions where name = 'pg_stat_statements')").Scan(&there); err != nil {
			return err
		}
		if !there {
			return ErrNoStatementTimes
		}
		_, err := conn.Exec(ctx, "alter system set shared_preload_libraries = 'pg_stat_statements'")
		return err
	})
}

func asSuperuser(ctx context.Context, url string, do func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("connect as superuser: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	return do(conn)
}

// statementTimes reads what statements of one role took in one database.
type statementTimes struct {
	conn *pgx.Conn
	role string
}

// openStatementTimes begins to count, in a cluster that was started again after
// PrepareStatementTimes.
func openStatementTimes(ctx context.Context, superuserURL, role string) (*statementTimes, error) {
	conn, err := pgx.Connect(ctx, superuserURL)
	if err != nil {
		return nil, fmt.Errorf("connect as superuser: %w", err)
	}
	for _, statement := range []string{
		"create extension if not exists pg_stat_statements", "alter system set pg_stat_statements.track_planning = on", "select pg_reload_conf()",
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return nil, errors.Join(fmt.Errorf("count what statements take: %w", err), conn.Close(ctx))
		}
	}
	return &statementTimes{conn, role}, nil
}

func (s *statementTimes) close() { _ = s.conn.Close(context.Background()) }

// reset begins anew.
func (s *statementTimes) reset(ctx context.Context) error {
	if _, err := s.conn.Exec(ctx, "select pg_stat_statements_reset()"); err != nil {
		return fmt.Errorf("count statements anew: %w", err)
	}
	return nil
}

// spent is what the role's statements took in planning and execution since the last reset, and
// how many they were.
func (s *statementTimes) spent(ctx context.Context) (took time.Duration, calls int64, err error) {
	var milliseconds float64
	err = s.conn.QueryRow(ctx, `
		select coalesce(sum(total_plan_time + total_exec_time), 0), coalesce(sum(calls), 0)::bigint from pg_stat_statements t
		join pg_database d on d.oid = t.dbid join pg_roles r on r.oid = t.userid
		where d.datname = current_database() and r.rolname = $1`, s.role).Scan(&milliseconds, &calls)
	if err != nil {
		return 0, 0, fmt.Errorf("read what statements took: %w", err)
	}
	return time.Duration(milliseconds * float64(time.Millisecond)), calls, nil
}

// tellMost prints which statements of the product's database took most since the last reset, a
// life.
func (s *statementTimes) tellMost(ctx context.Context, out io.Writer, lives int) error {
	rows, err := s.conn.Query(ctx, `
		select t.calls::float8 / $1, t.total_exec_time / $1, t.plans::float8 / $1, t.total_plan_time / $1, (t.shared_blks_hit + t.shared_blks_read)::float8 / $1,
			t.wal_bytes::float8 / $1 / 1024, left(regexp_replace(t.query, '\s+', ' ', 'g'), 110)
		from pg_stat_statements t join pg_database d on d.oid = t.dbid
		where d.datname = current_database() and t.toplevel order by t.total_plan_time + t.total_exec_time desc limit 40`, float64(max(lives, 1)))
	if err != nil {
		return fmt.Errorf("read which statements took most: %w", err)
	}
	var calls, executing, plans, planning, blocks, log, allExecuting, allPlanning float64
	var query string
	_, err = pgx.ForEachRow(rows, []any{&calls, &executing, &plans, &planning, &blocks, &log, &query}, func() error {
		allExecuting, allPlanning = allExecuting+executing, allPlanning+planning
		fmt.Fprintf(out, "%6.2f a life %7.3f ms  planned %5.2f, %6.3f ms  %5.0f blocks  %5.1f KiB of log  %s\n", calls, executing, plans, planning, blocks, log, query)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read which statements took most: %w", err)
	}
	fmt.Fprintf(out, "these statements together: %.2f ms of execution a life, %.2f ms of planning\n", allExecuting, allPlanning)
	return nil
}

// longest is the execution time and the blocks of the statement that touched most since the last
// reset.
func (s *statementTimes) longest(ctx context.Context) (took time.Duration, blocks int64, err error) {
	var milliseconds float64
	err = s.conn.QueryRow(ctx, `
		select coalesce(max(total_exec_time), 0), coalesce(max(shared_blks_hit + shared_blks_read), 0) from pg_stat_statements t
		join pg_database d on d.oid = t.dbid join pg_roles r on r.oid = t.userid
		where d.datname = current_database() and r.rolname = $1 and t.query like '%case_exclusions x%'`, s.role).Scan(&milliseconds, &blocks)
	if err != nil {
		return 0, 0, fmt.Errorf("read what a statement took: %w", err)
	}
	return time.Duration(milliseconds * float64(time.Millisecond)), blocks, nil
}
