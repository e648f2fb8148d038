package logging

import (
	"github.com/hashicorp/go-hclog"
	"go.temporal.io/sdk/log"
)

// temporalLogger is an hclog logger whose With answers as Temporal's interface wants it.
type temporalLogger struct{ hclog.Logger }

var (
	_ log.Logger     = temporalLogger{}
	_ log.WithLogger = temporalLogger{}
)

// With returns a logger that adds the pairs to each of its lines.
func (l temporalLogger) With(keyvals ...any) log.Logger {
	return temporalLogger{l.Logger.With(keyvals...)}
}

// Temporal returns the logger for Temporal's client and workers, named after it.
func Temporal(logger hclog.Logger) log.Logger {
	return temporalLogger{logger.Named("temporal")}
}
