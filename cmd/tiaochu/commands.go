package main

import "github.com/tiaochu/tiaochu/config"

// commandLine is everything that can be typed after `tiaochu`: the settings, which every
// command shares, and the commands. Each command is a struct in a file of its name, with
//
//	Run(ctx context.Context, settings *config.Config, logger hclog.Logger, stdout io.Writer) error
//
// of which it may leave out what it doesn't need. A command that serves returns nil when ctx
// ends and it has finished what it had begun.
type commandLine struct {
	config.Config `embed:""`

	Configuration configCommand  `cmd:"" name:"config" help:"Print the configuration in force, or its documentation."`
	Health        healthCommand  `cmd:"" help:"Ask a running API or worker whether it is ready; fails if it is not."`
	Version       versionCommand `cmd:"" help:"Print the build id."`
}
