package main

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// superuserOf is the cluster of a folder as its superuser reaches it.
func superuserOf(data string) (*cluster, error) {
	c := &cluster{}
	password, err := os.ReadFile(filepath.Join(data, "secrets", superuserRole))
	if err != nil {
		return nil, err
	}
	c.passwords.superuser = strings.TrimSpace(string(password))
	content, err := os.ReadFile(filepath.Join(data, "ports.json"))
	if err != nil {
		return nil, err
	}
	var kept ports
	if err := json.Unmarshal(content, &kept); err != nil {
		return nil, err
	}
	c.port = kept.Postgres
	return c, nil
}

// databaseSeen answers whether the database exists; false also while nothing answers.
func databaseSeen(t *testing.T, data, name string) bool {
	t.Helper()
	c, err := superuserOf(data)
	if err != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	connection, err := c.superuser(ctx, "postgres")
	if err != nil {
		return false
	}
	defer func(connection *pgx.Conn) { _ = connection.Close(ctx) }(connection)
	seen, err := databaseExists(ctx, connection, name)
	return err == nil && seen
}

func portOf(t *testing.T, address string) string {
	t.Helper()
	location, err := url.Parse(address)
	require.NoError(t, err)
	return location.Port()
}

func pidText(number int) string { return strconv.Itoa(number) }
