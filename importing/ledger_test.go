package importing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

var (
	errAway    = errors.New("away")
	errCutOff  = errors.New("cut off")
	testNow    = time.Date(2026, time.November, 22, 12, 0, 0, 0, casefile.Shanghai)
	testActor  = casefile.Actor{PersonID: "p-1", Role: casefile.RoleClerk, UnitID: "u-530402-petition", Division: "530402", UnitKind: casefile.UnitPetitionOffice}
	errNoTexts = errors.New("a command names a text that was not kept")
)

// ledger keeps commands in memory, as the record keeps their events, and checks that what
// they refer to was kept before. The rules are tested with the store, in tests/.
type ledger struct {
	mu       sync.Mutex
	requests map[string]string // case and request key to digest
	texts    map[casefile.TextID]string
	commands map[string]casefile.Command
	order    []string
	batches  []int
	// cutAfter makes ImportEnded fail after so many commands; 0 never.
	cutAfter int
	// away is how many times Do fails after it has acted, and before.
	awayAfter, awayBefore int
	sends                 int
	refuse                func(casefile.Command) *casefile.Refusal
}

func newLedger() *ledger {
	return &ledger{requests: map[string]string{}, texts: map[casefile.TextID]string{}, commands: map[string]casefile.Command{}}
}

func (l *ledger) Request(_ context.Context, caseID, requestKey string) (string, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	digest, found := l.requests[caseID+requestKey]
	return digest, found, nil
}

func (l *ledger) PutTexts(_ context.Context, _ string, texts []Text) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, t := range texts {
		l.texts[t.ID] = t.Value
	}
	return nil
}

func (l *ledger) InputDigest(_ context.Context, caseID string, canonical []byte) (string, error) {
	sum := sha256.Sum256(append([]byte(caseID), canonical...))
	return hex.EncodeToString(sum[:]), nil
}

func (l *ledger) ImportEnded(_ context.Context, commands []casefile.Command, _ time.Time) ([]Outcome, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cutAfter > 0 && len(l.commands)+len(commands) > l.cutAfter {
		return nil, errCutOff
	}
	l.batches = append(l.batches, len(commands))
	var outcomes []Outcome
	for _, command := range commands {
		outcome, err := l.take(command)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, outcome)
	}
	return outcomes, nil
}

func (l *ledger) Do(_ context.Context, command casefile.Command) (Outcome, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sends++
	if l.awayBefore > 0 {
		l.awayBefore--
		return Outcome{}, errAway
	}
	outcome, err := l.take(command)
	if err == nil && l.awayAfter > 0 {
		l.awayAfter--
		return Outcome{}, errAway
	}
	return outcome, err
}

func (l *ledger) take(command casefile.Command) (Outcome, error) {
	if digest, found := l.requests[command.CaseID+command.RequestKey]; found {
		if digest != command.InputDigest {
			return Outcome{Refusal: &casefile.Refusal{Code: casefile.RefusedConflict, Message: "other input"}}, nil
		}
		return Outcome{Duplicate: true}, nil
	}
	if l.refuse != nil {
		if refusal := l.refuse(command); refusal != nil {
			return Outcome{Refusal: refusal}, nil
		}
	}
	register := registered(command)
	for _, id := range []casefile.TextID{register.Title, register.Narrative, command.BackdatingReason} {
		if l.texts[id] == "" {
			return Outcome{}, errNoTexts
		}
	}
	l.requests[command.CaseID+command.RequestKey] = command.InputDigest
	l.commands[command.CaseID] = command
	l.order = append(l.order, command.CaseID)
	return Outcome{}, nil
}

func registered(command casefile.Command) casefile.RegisterCase {
	switch act := command.Act.(type) {
	case casefile.RegisterCase:
		return act
	case casefile.ImportEnded:
		return act.Register
	}
	return casefile.RegisterCase{}
}

// byNumber lists the commands by the issuing system's numbers.
func (l *ledger) byNumber() map[string]casefile.Command {
	commands := map[string]casefile.Command{}
	for command := range maps.Values(l.commands) {
		commands[registered(command).ExternalIDs[0].Number] = command
	}
	return commands
}

func (l *ledger) numbers() []string { return slices.Sorted(maps.Keys(l.byNumber())) }

func (l *ledger) options(path string) Options {
	return Options{
		Path: path, Division: "530402", System: "petition-530402", Actor: testActor, RunID: "run-1",
		Record: l, Commander: l, Now: func() time.Time { return testNow },
		Retry: func(err error) (time.Duration, bool) { return time.Millisecond, errors.Is(err, errAway) },
	}
}
