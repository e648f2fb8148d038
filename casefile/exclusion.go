package casefile

import "slices"

// exclusionsFor names who may never see an accusation: the accused persons and units, their
// subordinates and their line leaders (信访工作条例 arts 30, 46(五)). Other cases exclude
// nobody.
func exclusionsFor(petition PetitionType, parties []Party, dir Directory) []Exclusion {
	if petition != Accusation {
		return nil
	}
	var list []Exclusion
	add := func(e Exclusion) {
		if !slices.Contains(list, e) {
			list = append(list, e)
		}
	}
	for _, party := range parties {
		if party.Role != PartyAccused {
			continue
		}
		if party.PersonID != "" {
			add(Exclusion{PersonID: party.PersonID})
			person, _ := dir.Person(party.PersonID)
			for _, role := range person.Roles {
				if leads(role.Role) {
					add(Exclusion{MembersOf: role.UnitID})
				}
				add(Exclusion{LeadersOver: role.UnitID})
			}
		}
		if party.UnitID != "" {
			add(Exclusion{MembersOf: party.UnitID})
			add(Exclusion{LeadersOver: party.UnitID})
		}
	}
	return list
}

// leads reports whether a role has subordinates at its unit.
func leads(role Role) bool { return role == RoleLeader || role == RoleManager }

// ExcludesPerson reports whether the exclusions keep somebody from the case, by name or by
// any role that they hold.
func ExcludesPerson(exclusions []Exclusion, personID string, roles []RoleAt, dir Directory) bool {
	for _, e := range exclusions {
		if e.PersonID != "" && e.PersonID == personID {
			return true
		}
		for _, role := range roles {
			if e.MembersOf != "" && atOrBelow(role.UnitID, e.MembersOf, dir) {
				return true
			}
			if e.LeadersOver != "" && leads(role.Role) && atOrBelow(e.LeadersOver, role.UnitID, dir) {
				return true
			}
		}
	}
	return false
}

// ExcludesUnit reports whether a unit is accused itself or lies below an accused one, so
// that the case must not lie there.
func ExcludesUnit(exclusions []Exclusion, unitID string, dir Directory) bool {
	for _, e := range exclusions {
		if e.MembersOf != "" && atOrBelow(unitID, e.MembersOf, dir) {
			return true
		}
	}
	return false
}

// atOrBelow reports whether a unit is another, or has it above in its line of superiors.
// Who merely urges and chases (the supervising unit) is not in the line.
func atOrBelow(unitID, top string, dir Directory) bool {
	seen := map[string]bool{}
	queue := []string{unitID}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		if id == top {
			return true
		}
		if seen[id] {
			continue
		}
		seen[id] = true
		if unit, ok := dir.Unit(id); ok {
			queue = append(queue, unit.SuperiorUnitIDs...)
		}
	}
	return false
}

// checkInterest keeps the parties of a case, and whoever it excludes, from acting on it
// (回避, 信访工作条例 art 28).
func checkInterest(state State, actor Actor, dir Directory) *Refusal {
	if actor.PersonID == "" {
		return nil
	}
	return checkInterestIn(state.Parties, state.Exclusions, actor, dir)
}

func checkInterestIn(parties []Party, exclusions []Exclusion, actor Actor, dir Directory) *Refusal {
	for _, party := range parties {
		if party.PersonID == actor.PersonID {
			return refuse(RefusedInterest, nil,
				"you are a party of this case and may not act on it (Regulations on Petition Work, art. 28)",
				"您是本案当事人，应当回避（《信访工作条例》第二十八条）")
		}
	}
	if len(exclusions) == 0 {
		return nil
	}
	roles := []RoleAt{{actor.Role, actor.UnitID}}
	if person, ok := dir.Person(actor.PersonID); ok {
		roles = append(roles, person.Roles...)
	}
	if ExcludesPerson(exclusions, actor.PersonID, roles, dir) {
		return refuse(RefusedInterest, nil,
			"you are kept from this case (Regulations on Petition Work, arts. 28 and 30)",
			"您应当回避本案（《信访工作条例》第二十八条、第三十条）")
	}
	return nil
}

// checkTakesPart reports why somebody may not be given work on the case.
func (d *deciding) checkTakesPart(person Person, parts ...any) *Refusal {
	return first(takesPart(d.state, person, d.rules.Directory, at(parts...)), CheckPresent(person, d.rules.Directory, at(parts...)))
}

// takesPart says why somebody may have no part in the work on a case, or nil where they may.
func takesPart(state State, person Person, dir Directory, field []string) *Refusal {
	for _, party := range state.Parties {
		if party.PersonID == person.ID {
			return refuse(RefusedInterest, field,
				"this person is a party of the case (Regulations on Petition Work, art. 28)",
				"此人是本案当事人，应当回避（《信访工作条例》第二十八条）")
		}
	}
	if ExcludesPerson(state.Exclusions, person.ID, person.Roles, dir) {
		return refuse(RefusedInterest, field,
			"this person is kept from the case (Regulations on Petition Work, arts. 28 and 30)",
			"此人应当回避本案（《信访工作条例》第二十八条、第三十条）")
	}
	if state.hasRecused(person.ID) {
		return recusedPerson(field)
	}
	if slices.Contains(state.VerifiedBy, person.ID) {
		return refuse(RefusedSamePerson, field,
			"this person verified the case, so another must handle it", "此人核查过本案，应由他人办理")
	}
	return nil
}
