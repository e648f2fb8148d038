package explore

import (
	"path"
	"slices"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/roster"
)

// Bounds keep the number of states finite where the rules know no bound of their own. None
// of them takes a way out of a state that has no other.
type Bounds struct {
	// Handlers is how many people may come to have handled the case.
	Handlers int
	// Sessions is how many sessions a mediation has.
	Sessions int
	// Pauses is how often a clock is stopped.
	Pauses int
	// Deferrals is how often a case is put off by leave.
	Deferrals int
	// Unserved is how many notices of one kind wait for service before a command that would
	// write another one is sent no more.
	Unserved int
	// Senders is how many people send the same command from one state: so many of those who
	// work on the case, and so many of the others; 0 is everybody who may.
	Senders int
	// Alone lets one person send each command, of those who work on the case before others.
	Alone bool
	// Misses is how many clocks may run out on a way; with 0 no time passes at all.
	Misses int
	// Unwarned lets nobody act between the warning of a clock and its running out.
	Unwarned bool
	// Eves lets time stop on the day before a clock rings, too, so that clocks that begin
	// later ring in another order.
	Eves bool
}

// DefaultBounds are those of the tests.
func DefaultBounds() Bounds {
	return Bounds{Handlers: 1, Sessions: 1, Pauses: 2, Deferrals: 1, Unserved: 2, Senders: 1}
}

// Scope is where a search begins: who is there, what is registered, and which commands are
// sent, so that each search stays small and all of them together leave nothing out.
type Scope struct {
	Name string
	// What says what the scope is for.
	What string
	// Commands are the mutations that are sent, single inputs of one ("transferCase(outside)",
	// with * for anything), and what other aggregates bring ("drawForSample").
	Commands []string
	// Widen changes the bounds for this scope.
	Widen func(*Bounds)
	cast  *roster.Roster
	begin func(now time.Time) []opening
}

// opening is a registration with its sender.
type opening struct {
	who     string
	act     casefile.Act
	variant string
}

// sends tells whether any input of a mutation is sent.
func (s Scope) sends(name string) bool {
	return slices.ContainsFunc(s.Commands, func(command string) bool {
		return command == name || strings.HasPrefix(command, name+"(")
	})
}

// sendsInput tells whether an input of a mutation is sent, by its label.
func (s Scope) sendsInput(name, label string) bool {
	return slices.ContainsFunc(s.Commands, func(command string) bool {
		fits, _ := path.Match(command, label)
		return fits || command == name
	})
}
