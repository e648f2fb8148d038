package storetest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

var (
	running  *cluster
	errStart error
	once     sync.Once
	migrate  func(url string) error
	counter  atomic.Int64
)

// template is the migrated database that every test's is a copy of.
const template = "tiaochu_template"

// Run runs a package's tests and ends the cluster that they started, if any. Call it from
// TestMain; migrateTo prepares the template database.
func Run(m *testing.M, migrateTo func(url string) error) {
	migrate = migrateTo
	code := m.Run()
	if running != nil {
		running.stop()
	}
	os.Exit(code)
}

// Database makes a migrated database for this test alone and returns its URL.
func Database(t testing.TB) string {
	t.Helper()
	return create(t, template)
}

// EmptyDatabase makes a database without any schema and returns its URL.
func EmptyDatabase(t testing.TB) string {
	t.Helper()
	return create(t, "template0")
}

func create(t testing.TB, from string) string {
	t.Helper()
	once.Do(func() { errStart = startMigrated() })
	if errStart != nil {
		t.Fatal(errStart)
	}
	name := fmt.Sprintf("test_%d", counter.Add(1))
	if err := execute(fmt.Sprintf("create database %s template %s", name, from)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := execute(fmt.Sprintf("drop database %s with (force)", name)); err != nil {
			t.Error(err)
		}
	})
	return running.url(name)
}

func startMigrated() error {
	if migrate == nil {
		return fmt.Errorf("call storetest.Run from TestMain")
	}
	c, err := start()
	if err != nil {
		return err
	}
	running = c
	if err := execute("create database " + template); err != nil {
		return err
	}
	return migrate(c.url(template))
}

// creating serialises copies of the template, which Postgres wants for itself.
var creating sync.Mutex

func execute(statement string) error {
	creating.Lock()
	defer creating.Unlock()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, running.url("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, statement)
	return err
}
