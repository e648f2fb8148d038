// Command tiaochu is the product's one binary: API, worker, migrations and every tool beside
// them, as subcommands.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // clocks count in Asia/Shanghai, also where the machine has no zone files

	"github.com/alecthomas/kong"
	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/config"
	"github.com/tiaochu/tiaochu/logging"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks for a graceful end; with the handler gone a second one ends at once.
	context.AfterFunc(ctx, stop)
	os.Exit(program{
		environment: os.Environ(),
		stdout:      os.Stdout,
		stderr:      os.Stderr,
	}.run(ctx, os.Args[1:]))
}

// program is one run of the binary with all that it takes from the world.
type program struct {
	environment    []string // NAME=value, as os.Environ gives it
	stdout, stderr io.Writer
}

// run carries out the command that the arguments name and returns the exit code. A failure is
// one line on stderr.
func (p program) run(ctx context.Context, arguments []string) int {
	err := p.execute(ctx, arguments)
	if err != nil {
		fmt.Fprintln(p.stderr, "tiaochu: "+oneLine(err.Error()))
	}
	return exitCode(err)
}

func (p program) execute(ctx context.Context, arguments []string) error {
	var line commandLine
	exited := false
	options := append(line.Options(p.lookup),
		kong.Name("tiaochu"),
		kong.Description("Tiaochu 调处: runs disputes and petitions of a mediation centre, on time and accounted for."),
		kong.Writers(p.stdout, p.stderr),
		kong.Exit(func(int) { exited = true }), // --help has printed
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	parser, err := kong.New(&line, options...)
	if err != nil {
		return fmt.Errorf("describe the command line: %w", err)
	}
	parsed, err := parser.Parse(arguments)
	if exited {
		return nil
	}
	if err != nil {
		return usageError{err}
	}
	if err := line.Check(); err != nil {
		return usageError{err}
	}
	settings := &line.Config
	if settings.BuildID == "" {
		if settings.BuildID, err = binaryBuildID(); err != nil {
			return err
		}
	}

	logger := logging.New(p.stderr, "tiaochu", settings.LogLevel, settings.LogFormat)
	for _, stray := range config.Strays(p.environment) {
		logger.Warn("unknown variable in the environment is ignored", "variable", stray.Name, "did_you_mean", stray.Nearest)
	}
	parsed.Bind(settings)
	parsed.BindTo(ctx, (*context.Context)(nil))
	parsed.BindTo(logger, (*hclog.Logger)(nil))
	parsed.BindTo(p.stdout, (*io.Writer)(nil))
	return parsed.Run()
}

func (p program) lookup(name string) (string, bool) {
	for _, entry := range p.environment {
		if key, value, _ := strings.Cut(entry, "="); key == name {
			return value, true
		}
	}
	return "", false
}

func oneLine(text string) string {
	return strings.Join(strings.Fields(text), " ")
}
