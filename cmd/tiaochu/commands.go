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

	Dev     devCommand     `cmd:"" help:"Run the whole of Tiaochu on this machine: Postgres, Temporal, worker and API."`
	API     apiCommand     `cmd:"" name:"api" help:"Serve the GraphQL API."`
	Worker  workerCommand  `cmd:"" help:"Run the cases' workflows."`
	Migrate migrateCommand `cmd:"" help:"Bring the database to this version, and make the keys that are missing."`
	Import  importCommand  `cmd:"" help:"Bring the petitions of a spreadsheet in."`
	Token   tokenCommand   `cmd:"" help:"Print a development token."`
	Verify  verifyCommand  `cmd:"" help:"Check the record: every case against its events."`
	Bench   benchCommand   `cmd:"" help:"Measure this machine."`

	Sample     sampleCommand     `cmd:"" help:"Draw closed cases to be looked at again, and repeat a draw."`
	Calendar   calendarCommand   `cmd:"" help:"Explain lawful periods day by day; load years, corrections and local days."`
	Procedures proceduresCommand `cmd:"" help:"Load and list the procedures that cases follow."`
	Directory  directoryCommand  `cmd:"" help:"Load divisions, units and people, and who they are at the identity provider."`

	Simulate simulateCommand `cmd:"" help:"Live a year of a province by the rules: who is late, who is chased, who has too much to do."`
	Explore  exploreCommand  `cmd:"" help:"Visit every state that a case can reach, and check the rules there."`

	Configuration configCommand  `cmd:"" name:"config" help:"Print the configuration in force, or its documentation."`
	Health        healthCommand  `cmd:"" help:"Ask a running API or worker whether it is ready; fails if it is not."`
	Version       versionCommand `cmd:"" help:"Print the build id."`
}
