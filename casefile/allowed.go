package casefile

import "slices"

// Takes reports whether a case in this state could take an act at all, from anybody. A
// registration is taken only by a case that doesn't exist yet.
func Takes(state State, actName string) bool {
	switch actName {
	case "RegisterCase", "ImportEnded":
		return !state.Exists()
	case "PassTime":
		return state.Exists() && state.Stage.Open()
	}
	rule, known := actRules[actName]
	return known && state.Exists() && (rule.stages == nil || slices.Contains(rule.stages, state.Stage))
}

// AllowedCommands lists the mutations that an actor may send to the case as it is, given
// good input; in alphabetical order. It asks the same rules as Decide.
func AllowedCommands(state State, actor Actor, rules Rules) []string {
	if !state.Exists() || actor.Role == RoleSystem {
		return nil
	}
	var allowed []string
	for _, act := range sortedKeys(actRules) {
		if mayAct(state, actor, act, rules.Directory) == nil {
			allowed = append(allowed, MutationName(act))
		}
	}
	return allowed
}
