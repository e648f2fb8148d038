package explore

import (
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// rights asks once for each post and part in the case what somebody may do.
func (s *search) rights(state casefile.State, now time.Time, parts map[string]string) []right {
	rules := casefile.Rules{Now: now, Directory: s.scope.cast}
	seen := map[string]bool{}
	var list []right
	// Those of the responsible unit come first.
	actors := slices.Clone(s.scope.cast.Actors())
	slices.SortStableFunc(actors, func(a, b casefile.Actor) int {
		return away(a, state) - away(b, state)
	})
	for _, actor := range actors {
		who := post(actor) + parts[actor.PersonID]
		if seen[who] {
			continue
		}
		seen[who] = true
		if commands := casefile.AllowedCommands(state, actor, rules); len(commands) > 0 {
			list = append(list, right{actor, commands})
		}
	}
	return list
}

func away(actor casefile.Actor, state casefile.State) int {
	if actor.UnitID == state.ResponsibleUnitID {
		return 0
	}
	return 1
}

func post(actor casefile.Actor) string { return string(actor.Role) + "@" + actor.UnitID + " " }

// digestRights is the same for two states in which those of the same post and parts may do
// the same.
func (s *search) digestRights(rights []right, parts map[string]string) fingerprint {
	lines := make([]string, 0, len(rights))
	for _, r := range rights {
		commands := slices.DeleteFunc(slices.Clone(r.commands), func(name string) bool { return slices.Contains(s.scope.Without, name) })
		lines = append(lines, post(r.actor)+parts[r.actor.PersonID]+" "+strings.Join(commands, ","))
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return fingerprint(sum[:16])
}

// compareMerged looks whether a state that counts as a known one gives everybody the same
// commands.
func (s *search) compareMerged(known int32, parts map[string]string, state casefile.State, now time.Time, label string) {
	s.merged++
	if s.options.CompareMerged == 0 || s.merged%s.options.CompareMerged != 0 {
		return
	}
	s.result.Compared++
	if s.digestRights(s.rights(state, now, parts), parts) != s.nodes[known].rights {
		s.faultAfter("states that count as one give everybody the same commands",
			"the other way there is: "+strings.Join(s.way(known), ", "), label)
	}
}

// rightsOf returns the commands of a holder of a task.
func (s *search) rightsOf(state casefile.State, personID string) []string {
	rules := casefile.Rules{Now: s.current.now, Directory: s.scope.cast}
	var commands []string
	for _, actor := range s.scope.cast.ActorsOf(personID) {
		commands = append(commands, casefile.AllowedCommands(state, actor, rules)...)
	}
	return commands
}
