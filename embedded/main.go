// Command tiaochu-embedded runs what Tiaochu stands on, for one machine and for tests: a private
// Postgres cluster and a Temporal server whose store is that same Postgres.
//
// It is a module of its own, so that the Temporal server stays out of the product's binaries. The
// product starts it as a child process and learns from one line of JSON on stdout where the two
// are; everything else it says goes to stderr.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"

	"github.com/alecthomas/kong"
)

type commandLine struct {
	Run            runCommand            `cmd:"" default:"withargs" help:"Start Postgres and Temporal on a data folder and keep them running (the default)."`
	TemporalServer temporalServerCommand `cmd:"" hidden:"" help:"The Temporal server itself; started by run, which hands it its settings on stdin."`
}

// The parent-death signal of a process that changes its user belongs to the thread that asked for
// it, so the main goroutine stays on the main thread, which lives as long as the process.
func init() { runtime.LockOSThread() }

func main() { os.Exit(mainWithArguments(os.Args[1:])) }

// exitFolderInUse tells the process that started us that another stack has the folder.
const exitFolderInUse = 3

func mainWithArguments(arguments []string) int {
	var line commandLine
	parser, err := kong.New(&line,
		kong.Name("tiaochu-embedded"),
		kong.Description("Postgres and Temporal for Tiaochu on one machine, loopback only."),
		kong.UsageOnError(),
	)
	if err != nil {
		fmt.Fprintln(os.Stderr, "tiaochu-embedded:", err)
		return 2
	}
	chosen, err := parser.Parse(arguments)
	if err != nil {
		fmt.Fprintln(os.Stderr, "tiaochu-embedded:", err)
		return 2
	}
	if err := chosen.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "tiaochu-embedded:", err)
		var inUse *folderInUseError
		if errors.As(err, &inUse) {
			return exitFolderInUse
		}
		return 1
	}
	return 0
}
