package explore

import (
	"crypto/sha256"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// Whether states that count as one are one to the rules: some are continued from both.

// pair is a state that counts as a known one, with the command that led to it.
type pair struct {
	known int32
	from  int32
	label string
	other live
}

// pairs wait until the known one has been expanded.
type pairs struct {
	merged  int
	waiting []pair
}

func (p *pairs) maybe(s *search, known int32, other live, label string) {
	p.merged++
	if n := s.options.CompareMerged; n > 0 && p.merged%n == 0 {
		p.waiting = append(p.waiting, pair{known, s.current.node, label, other})
	}
}

// comparePairs continues those whose known one has been expanded just now.
func (s *search) comparePairs() {
	s.pairs.waiting = slices.DeleteFunc(s.pairs.waiting, func(p pair) bool {
		if p.known > s.current.node {
			return false
		}
		s.compare(p)
		return true
	})
}

func (s *search) compare(p pair) {
	s.result.Compared++
	known := s.nodes[p.known]
	way := append(s.way(p.from), p.label)
	p.other.rights = s.rights(p.other)
	if s.digestStanding(p.other) != known.standing {
		s.report("states that count as one give everybody the same commands, tasks and clocks",
			"the other way there is: "+strings.Join(s.way(p.known), ", "), way)
		return
	}
	if known.moves == (fingerprint{}) {
		return // a bound has cut off what comes after it
	}
	led := digestMoves(p.other, s.moves(p.other, silent{}), func(m move) fingerprint {
		key, _ := s.abstract(m.then())
		return key
	})
	if led != known.moves {
		s.report("from states that count as one the same commands lead to the same",
			"the other way there is: "+strings.Join(s.way(p.known), ", "), way)
	}
}

// digestMoves digests who may go where by which command. What leaves everything as it is for
// the rules is no move.
func digestMoves(at live, moves iter.Seq[move], take func(move) fingerprint) fingerprint {
	var lines []string
	for m := range moves {
		key := take(m)
		if key == at.key {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s by %s to %x", m.act, m.by, key))
	}
	return digest(lines)
}

func digest(lines []string) fingerprint {
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(lines), "\n")))
	return fingerprint(sum[:16])
}

// digestStanding is the same for two states in which those of the same post and parts may do
// the same, the same is to be done by them, and the same clocks run.
func (s *search) digestStanding(at live) fingerprint {
	var lines []string
	state, parts := at.state, at.parts
	who := func(id string) string {
		person, _ := s.scope.cast.Person(id)
		text := parts[id]
		for _, at := range person.Roles {
			text += " " + string(at.Role) + "@" + at.UnitID
		}
		return text
	}
	for _, r := range at.rights {
		lines = append(lines, post(r.actor)+parts[r.actor.PersonID]+" "+strings.Join(r.commands, ","))
	}
	for _, task := range casefile.Tasks(state, s.scope.cast) {
		lines = append(lines, fmt.Sprintf("task %s of %s%s@%s, clock %t", task.Kind, who(task.AssigneeID), task.InboxRole, task.InboxUnit, task.DeadlineID != ""))
	}
	for _, d := range state.Deadlines {
		if d.Running() || d.Status == casefile.ClockPaused {
			lines = append(lines, "clock "+d.Step+" "+string(d.Status))
		}
	}
	return digest(lines)
}

// silent hears nothing.
type silent struct{}

func (silent) taken(string, []casefile.Event, string) {}
func (silent) refused(move, error)                    {}
func (silent) none(string, casefile.Actor, error)     {}
func (silent) timeStandsStill(string)                 {}
