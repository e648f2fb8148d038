package casefile

// Takes reports whether a case in this state could take an act at all, from anybody. A
// registration is taken only by a case that doesn't exist yet.
func Takes(state State, actName string) bool {
	switch actName {
	case "RegisterCase", "ImportEnded":
		return !state.Exists()
	case "PassTime":
		return state.Exists() && !Finished(state)
	}
	rule, known := ruled(actName)
	return known && state.Exists() && takenIn(rule.stages, state.Stage)
}

// AllowedCommands lists the mutations that an actor may send to the case as it is, given
// good input; in alphabetical order. It asks the same rules as Decide.
func AllowedCommands(state State, actor Actor, rules Rules) []string {
	if !state.Exists() || actor.Role == RoleSystem {
		return nil
	}
	if checkInterest(state, actor, rules.Directory) != nil {
		return nil
	}
	var allowed []string
	for _, m := range mutations {
		if m.rule.takes(state, actor, rules.Directory) && checkHeld(state, actor, m.act, rules.Directory) == nil &&
			checkReport(state, m.act) == nil && checkEndHeld(m.act, rules) == nil {
			allowed = append(allowed, m.name)
		}
	}
	return allowed
}

// takes asks what mayAct asks, the cheap questions first, and builds no refusal for them.
func (r actRule) takes(state State, actor Actor, dir Directory) bool {
	if !takenIn(r.stages, state.Stage) {
		return false
	}
	actor = standingIn(state, actor, dir)
	if allowed, _ := r.who.allows(state, actor, dir); !allowed {
		return false
	}
	return (r.apart == nil || r.apart(state, actor.PersonID) == nil) &&
		(r.may == nil || r.may(state, actor) == nil) && (r.ready == nil || r.ready(state, dir) == nil)
}

// mutations are the acts on an existing case in alphabetical order.
var mutations = func() []mutation {
	list := make([]mutation, 0, len(actKinds))
	for _, act := range ActNames() {
		if rule, ok := ruled(act); ok {
			list = append(list, mutation{act, MutationName(act), rule})
		}
	}
	return list
}()

type mutation struct {
	act  string
	name string
	rule actRule
}
