package main

import (
	"io"

	"github.com/tiaochu/tiaochu/config"
)

type configCommand struct {
	Markdown bool `help:"Print the table of all variables, as in docs/configuration.md."`
}

// Run prints the values in force as NAME=value, without passwords.
func (c *configCommand) Run(settings *config.Config, stdout io.Writer) error {
	if c.Markdown {
		return config.WriteMarkdown(stdout)
	}
	return settings.WriteValues(stdout)
}
