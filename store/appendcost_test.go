package store

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
)

// costly is a record that lacks one thing that appends pay for.
type costly struct {
	name string
	// lacking are statements that take it away.
	lacking string
	// unsearched leaves the texts out of the blind indexes.
	unsearched bool
}

// costlies are the record as it is, and without one thing after the other.
var costlies = []costly{
	{name: "as it is"},
	{name: "without the text index", unsearched: true},
	{name: "without the indexes of filters", lacking: `drop index cases_of_stage_registered, cases_of_category_registered,
		cases_of_source_registered, cases_of_risk_registered, cases_urgent_registered, cases_of_type_registered,
		cases_overdue_registered, cases_repeated_registered, cases_open_registered, cases_received_registered,
		cases_concluded_registered, cases_of_city_open, cases_of_county_open, cases_of_province_ended, cases_of_city_ended`},
	{name: "without the places of deadlines", lacking: `drop index deadlines_waiting_of_province, deadlines_waiting_of_city,
		deadlines_waiting_of_county, deadlines_waiting_of_township, deadlines_waiting_of_unit, deadlines_settled_of_province,
		deadlines_settled_of_city, deadlines_settled_of_county, deadlines_settled_of_township, deadlines_settled_of_unit`},
	{name: "without the notes of statistics", lacking: "alter table statistics_cases disable trigger user"},
}

// spent is what lives took: processor time of Postgres' session and of this process, and bytes of
// Postgres' log.
type spent struct {
	postgres, own time.Duration
	log           int64
}

// meter reads what a record of one connection has spent so far.
func (c *costlyRecord) meter(b *testing.B) spent {
	b.Helper()
	var own syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &own))
	s := spent{own: time.Duration(own.Utime.Nano() + own.Stime.Nano())}
	require.NoError(b, c.pool.QueryRow(b.Context(), "select pg_current_wal_insert_lsn() - '0/0'::pg_lsn").Scan(&s.log))
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/schedstat", c.session))
	require.NoError(b, err)
	var nanoseconds int64
	_, err = fmt.Sscan(string(raw), &nanoseconds)
	require.NoError(b, err)
	s.postgres = time.Duration(nanoseconds)
	return s
}

type costlyRecord struct {
	*Store
	costly
	session int // the process of its one connection
	laps    []spent
}

// BenchmarkLivesWithoutOneThing lives whole lives on records that lack one thing each, by turns, and
// tells what a life takes there: the median of the laps, as the machine may be busy.
//
//	go test ./store -run XXX -bench LivesWithoutOneThing -benchtime 40x
//
// With TIAOCHU_TEST_STATEMENTS=1 it also tells which statements take it.
func BenchmarkLivesWithoutOneThing(b *testing.B) {
	const lives = 10 // a lap
	var records []*costlyRecord
	for _, one := range costlies {
		c := &costlyRecord{costly: one, Store: openStoreWith(b, func(config *pgxpool.Config) { config.MaxConns = 1 })}
		c.waker.end() // readers of the feed are woken on the side
		c.waker = &waker{grown: make(chan struct{}, 1), stop: make(chan struct{}), ended: make(chan struct{})}
		close(c.waker.ended)
		if one.lacking != "" {
			_, err := c.pool.Exec(b.Context(), one.lacking)
			require.NoError(b, err)
		}
		require.NoError(b, c.pool.QueryRow(b.Context(), "select pg_backend_pid()").Scan(&c.session))
		for range lives {
			c.life(b)
		}
		records = append(records, c)
	}
	counted := records[0].countStatements(b)
	for b.Loop() {
		for _, c := range records {
			before := c.meter(b)
			for range lives {
				c.life(b)
			}
			after := c.meter(b)
			c.laps = append(c.laps, spent{after.postgres - before.postgres, after.own - before.own, after.log - before.log})
		}
	}
	for _, c := range records {
		var each [3]float64
		for i, of := range []func(spent) float64{
			func(s spent) float64 { return float64(s.postgres.Microseconds()) },
			func(s spent) float64 { return float64(s.own.Microseconds()) },
			func(s spent) float64 { return float64(s.log) / 1024 },
		} {
			values := make([]float64, len(c.laps))
			for n, lap := range c.laps {
				values[n] = of(lap) / lives
			}
			slices.Sort(values)
			each[i] = values[len(values)/2]
		}
		name := strings.ReplaceAll(c.name, " ", "-")
		b.ReportMetric(each[0], name+":postgres-us/life")
		b.ReportMetric(each[1], name+":own-us/life")
		b.ReportMetric(each[2], name+":log-KiB/life")
	}
	if counted {
		records[0].tellStatements(b, lives*len(records[0].laps))
	}
}

// countStatements has the cluster count what each statement takes, where it can.
func (c *costlyRecord) countStatements(b *testing.B) bool {
	b.Helper()
	_, err := c.pool.Exec(b.Context(), "create extension pg_stat_statements; select pg_stat_statements_reset()")
	if err != nil {
		b.Logf("which statements take it is not told: %v", err)
	}
	return err == nil
}

// tellStatements tells which statements took most.
func (c *costlyRecord) tellStatements(b *testing.B, lives int) {
	b.Helper()
	rows, err := c.pool.Query(b.Context(), `
		select t.calls::float8 / $1, t.total_exec_time / $1 * 1000, t.wal_bytes::float8 / $1 / 1024, t.wal_records::float8 / $1, left(regexp_replace(t.query, '\s+', ' ', 'g'), 90)
		from pg_stat_statements t join pg_database d on d.oid = t.dbid
		where d.datname = current_database() and t.toplevel order by t.total_exec_time desc limit 25`, float64(lives))
	require.NoError(b, err)
	var calls, microseconds, log, records float64
	var query string
	_, err = pgx.ForEachRow(rows, []any{&calls, &microseconds, &log, &records, &query}, func() error {
		b.Logf("%5.2f a life  %7.1f us  %6.1f KiB of log in %5.1f records  %s", calls, microseconds, log, records, query)
		return nil
	})
	require.NoError(b, err)
}

// life is six commands, as bench lifecycle has them.
func (c *costlyRecord) life(b *testing.B) {
	b.Helper()
	id := uuid.NewString()
	texts := func(kind casefile.TextKind, values ...string) []casefile.TextID {
		var ids []casefile.TextID
		var list []Text
		for _, value := range values {
			ids = append(ids, NewTextID())
			list = append(list, Text{ID: ids[len(ids)-1], Kind: kind, Value: value})
		}
		require.NoError(b, c.putTexts(b.Context(), id, list, !c.unsearched))
		return ids
	}
	version := 0
	does := func(role casefile.Role, act casefile.Act) {
		done := requireAdded(b, c.Store, version, casefile.Command{
			CaseID: id, RequestKey: fmt.Sprint("key-", version), InputDigest: "digest", RequestID: "bench", Actor: actor(b, role, county), Act: act,
		})
		version = done.Version
	}
	content, err := json.Marshal(casefile.PartyContent{Name: "李明", Phone: "13800138000"})
	require.NoError(b, err)
	parties := texts(casefile.TextParty, string(content), `{"name": "王强"}`)
	does(casefile.RoleClerk, casefile.RegisterCase{
		Kind: casefile.Dispute, Source: casefile.SourceWalkIn, Division: "530402001", Category: disputeCategory, ReceivedAt: noon,
		Title:     texts(casefile.TextTitle, "邻里通行纠纷")[0],
		Narrative: texts(casefile.TextNarrative, "双方共用的通道自春天起被堵塞，多次协商未果，请求处理。")[0],
		Parties: []casefile.Party{
			{ID: "P1", Role: casefile.PartyApplicant, Kind: casefile.NaturalPerson, Content: parties[0], Named: true},
			{ID: "P2", Role: casefile.PartyRespondent, Kind: casefile.NaturalPerson, Content: parties[1], Named: true},
		},
	})
	does(casefile.RoleClerk, casefile.AcceptCase{})
	does(casefile.RoleManager, casefile.AssignCase{PersonID: "p-530402-center-investigator-1"})
	does(casefile.RoleInvestigator, casefile.ConcludeInvestigation{
		Facts: texts(casefile.TextFinding, "现场核实，双方已自行和解。")[0], Path: casefile.PathClose,
	})
	does(casefile.RoleInvestigator, casefile.RequestClosure{
		Outcome: casefile.OutcomeSettledByParties, Summary: texts(casefile.TextFinding, "双方和解。")[0],
	})
	does(casefile.RoleSupervisor, casefile.VerifyClosure{})
}
