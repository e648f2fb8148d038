package explore

import (
	"cmp"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// rights asks once for each post and part in the case what somebody may do.
func (s *search) rights(at live) []right {
	state, parts, rules := at.state, at.parts, s.rules(at, at.now)
	seen := map[string]bool{}
	var list []right
	// Those who work on the case come first, then those of the responsible unit, and after
	// that chance has no say.
	actors := slices.Clone(s.scope.cast.Actors())
	slices.SortStableFunc(actors, func(a, b casefile.Actor) int {
		return cmp.Or(away(a, state)-away(b, state), cmp.Compare(post(a)+parts[a.PersonID], post(b)+parts[b.PersonID]))
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
	switch {
	case works(state, actor.PersonID):
		return 0
	case actor.UnitID == state.ResponsibleUnitID:
		return 1
	}
	return 2
}

func post(actor casefile.Actor) string { return string(actor.Role) + "@" + actor.UnitID + " " }

// rightsOf returns the commands of a holder of a task.
func (s *search) rightsOf(at live, personID string) []string {
	rules := s.rules(at, at.now)
	var commands []string
	for _, actor := range s.scope.cast.ActorsOf(personID) {
		commands = append(commands, casefile.AllowedCommands(at.state, actor, rules)...)
	}
	return commands
}
