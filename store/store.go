package store

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-hclog"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// Options is what Open needs.
type Options struct {
	// URL is a Postgres connection string. It may hold a password: never log it.
	URL string
	// PoolSize is the most connections held at once; 0 means 16.
	PoolSize int32
	// Keys holds the master key that wraps the cases' data keys.
	Keys KeySource
	// Logger may be nil.
	Logger hclog.Logger
}

const (
	defaultPoolSize = 16
	// openKeys bounds the unwrapped data keys held in memory.
	openKeys = 8192
	// idleInTransaction ends a session that forgot its transaction: one such holds the
	// whole feed back.
	idleInTransaction = 30 * time.Second
)

// Store is the record. It is safe for concurrent use.
type Store struct {
	pool      *pgxpool.Pool
	keys      KeySource
	open      *lru.Cache[string, *caseKey]
	directory cache[directory.Directory]
	law       cache[casefile.Law]
	states    *chainCache[string, CaseRow]
	timelines *chainCache[TimelineQuery, EventPage]
	epochs    atomic.Pointer[[]feedEpoch]
	waker     *waker
	searching searchBounds
	// countingAll is set while this process counts cases for the statistics that have no figures.
	countingAll atomic.Bool
	// sums is set once the sums of the statistics are known to be made; gaveBack is when this process
	// last gave back what their changes left empty, in nanoseconds since 1970.
	sums     atomic.Bool
	gaveBack atomic.Int64
	closing  sync.Once
	logger   hclog.Logger
}

// Open connects to a database that Migrate has prepared. It fails with a
// *SchemaVersionError when the schema is older or newer than the binary, and with an
// *UnknownMasterKeyError when texts there are encrypted under a key that Keys lacks.
func Open(ctx context.Context, options Options) (*Store, error) {
	return open(ctx, options, func(*pgxpool.Config) {})
}

// open is Open with a hook on the connections, for measuring them.
func open(ctx context.Context, options Options, adjust func(*pgxpool.Config)) (*Store, error) {
	config, err := pgxpool.ParseConfig(options.URL)
	if err != nil {
		return nil, fmt.Errorf("read the database URL: %w", withoutPassword(err))
	}
	config.MaxConns = defaultPoolSize
	if options.PoolSize > 0 {
		config.MaxConns = options.PoolSize
	}
	parameters := config.ConnConfig.RuntimeParams
	parameters["idle_in_transaction_session_timeout"] = fmt.Sprint(idleInTransaction.Milliseconds())
	parameters["timezone"] = "UTC"
	parameters["plan_cache_mode"] = "force_generic_plan"
	if parameters["application_name"] == "" {
		parameters["application_name"] = "tiaochu"
	}
	adjust(config)
	logger := options.Logger
	if logger == nil {
		logger = hclog.NewNullLogger()
	}
	cache, err := lru.New[string, *caseKey](openKeys)
	if err != nil {
		return nil, fmt.Errorf("make the key cache: %w", err)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	s := &Store{
		pool: pool, keys: options.Keys, open: cache, logger: logger, searching: usualSearch,
		states: newChainCache[string, CaseRow](), timelines: newChainCache[TimelineQuery, EventPage](),
	}
	if err := s.checkSchema(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	if err := s.checkMasterKeys(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	if err := s.enterEpoch(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	s.waker = startWaker(pool, logger)
	return s, nil
}

// Close waits for the connections in use and closes all. No other call may follow or be
// under way; closing again does nothing.
func (s *Store) Close() {
	s.closing.Do(func() {
		s.waker.end()
		s.pool.Close()
	})
}

// Ready returns nil when a write succeeds, by making one. A replica, a read-only or a full
// database and an unreachable one are errors.
func (s *Store) Ready(ctx context.Context) error {
	if _, err := s.pool.Exec(ctx, "update readiness set checked_at = now()"); err != nil {
		return fmt.Errorf("write to the database: %w", err)
	}
	return nil
}
