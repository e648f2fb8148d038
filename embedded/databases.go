package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"
)

const productDatabase = "tiaochu"

// setUpRoles makes the two ordinary roles and the product's database where they are missing, and
// gives them the passwords of the folder. Neither role can see the other's databases, nor take the
// connections that the other's pools need.
func (c *cluster) setUpRoles(ctx context.Context, productConnections int) error {
	connection, err := c.superuser(ctx, "postgres")
	if err != nil {
		return err
	}
	defer connection.Close(ctx)
	if err := checkConnections(ctx, connection, productConnections); err != nil {
		return err
	}
	for _, each := range []struct {
		role, password string
		connections    int
	}{
		{temporalRole, c.passwords.temporal, temporalConnections()},
		{productRole, c.passwords.product, productConnections},
	} {
		var exists bool
		if err := connection.QueryRow(ctx, `select exists (select from pg_roles where rolname = $1)`, each.role).Scan(&exists); err != nil {
			return err
		}
		verb := "alter"
		if !exists {
			verb = "create"
		}
		// Utility statements take no parameters; the password is our own base32.
		if _, err := connection.Exec(ctx, fmt.Sprintf(
			`%s role %s login nosuperuser nocreatedb nocreaterole noreplication connection limit %d password '%s'`,
			verb, each.role, each.connections, each.password)); err != nil {
			return fmt.Errorf("role %s: %w", each.role, err)
		}
	}
	return createDatabase(ctx, connection, productDatabase, productRole)
}

// createDatabase makes a database that only its owner can connect to, where it is missing.
func createDatabase(ctx context.Context, connection *pgx.Conn, name, owner string) error {
	exists, err := databaseExists(ctx, connection, name)
	if err != nil {
		return err
	}
	if !exists {
		if _, err := connection.Exec(ctx, fmt.Sprintf(`create database %s owner %s`, name, owner)); err != nil {
			return fmt.Errorf("database %s: %w", name, err)
		}
	}
	if _, err := connection.Exec(ctx, fmt.Sprintf(`revoke all on database %s from public`, name)); err != nil {
		return fmt.Errorf("database %s: %w", name, err)
	}
	return nil
}

func databaseExists(ctx context.Context, connection *pgx.Conn, name string) (exists bool, err error) {
	err = connection.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, name).Scan(&exists)
	return exists, err
}

// checkConnections compares what the server allows with what the pools will ask for: found out here,
// not in the rush of a morning.
func checkConnections(ctx context.Context, connection *pgx.Conn, productConnections int) error {
	var setting string
	if err := connection.QueryRow(ctx, `show max_connections`).Scan(&setting); err != nil {
		return err
	}
	allowed, err := strconv.Atoi(setting)
	if err != nil {
		return err
	}
	if needed := maxConnections(productConnections); allowed < needed {
		return fmt.Errorf("postgres allows %d connections, but the configured pools need %d", allowed, needed)
	}
	return nil
}
