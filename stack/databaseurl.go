package stack

import (
	"fmt"
	"net/url"
)

// WithDatabase is the product's URL for another database of the same cluster.
func (d *Description) WithDatabase(database string) (string, error) {
	return d.databaseURL("", "", database)
}

func (d *Description) databaseURL(role, password, database string) (string, error) {
	location, err := url.Parse(d.PostgresURL)
	if err != nil {
		return "", fmt.Errorf("url of the database: %w", err)
	}
	if role != "" {
		location.User = url.UserPassword(role, password)
	}
	location.Path = "/" + database
	return location.String(), nil
}
