package config

import (
	"fmt"
	"net/url"
	"os"
	"strings"
)

// PostgresConnection returns the URL to connect with: PostgresURL, with the password of
// PostgresPasswordFile where one is named. It is a secret: don't log it. Empty means that no
// Postgres is configured and the embedded stack of Data is meant. The error says which file
// could not be read.
func (c *Config) PostgresConnection() (string, error) {
	if c.PostgresPasswordFile == "" {
		return c.PostgresURL, nil
	}
	password, err := os.ReadFile(c.PostgresPasswordFile)
	if err != nil {
		return "", fmt.Errorf("read TIAOCHU_POSTGRES_PASSWORD_FILE: %w", err)
	}
	u, err := url.Parse(c.PostgresURL)
	if err != nil {
		return "", &ValueError{Variable: "TIAOCHU_POSTGRES_URL", Value: "***", Expects: postgresURL.expects}
	}
	u.User = url.UserPassword(u.User.Username(), strings.TrimRight(string(password), "\r\n"))
	return u.String(), nil
}

// redact returns a Postgres URL with *** in place of its password, for showing it.
func redact(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return "***"
	}
	query := u.Query()
	if query.Has("password") {
		query.Set("password", "***")
		u.RawQuery = query.Encode()
	}
	return strings.ReplaceAll(strings.Replace(u.Redacted(), ":xxxxx@", ":***@", 1), "%2A%2A%2A", "***")
}
