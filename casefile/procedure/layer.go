package procedure

import (
	"cmp"
	"fmt"
	"slices"
)

// With adds a local layer: its procedures, and the steps that it gives to procedures it
// extends, for the days on which both hold. An error is a *FaultsError: a local rule may
// say what no statutory one says, and may shorten what binds an office if it says that it
// is stricter, but it may not say otherwise. The catalogue itself stays as it is.
func (c *Catalogue) With(layer Layer) (*Catalogue, error) {
	var found faults
	var all []Procedure
	extended := map[string][]Procedure{}
	for _, local := range layer.procedures {
		base := c.versions[local.Code]
		switch {
		case local.Extends && len(base) == 0:
			found.add(local.File, "", fmt.Sprintf("extends %s, and there is no such procedure", local.Code))
		case local.Extends:
			extended[local.Code] = append(extended[local.Code], local)
		case len(base) > 0:
			found.add(local.File, "", fmt.Sprintf("%s is there already; say extends to add to it", local.Code))
		default:
			all = append(all, asLocal(local, &found))
		}
	}
	for _, code := range c.codes {
		base, additions := c.versions[code], extended[code]
		slices.SortStableFunc(additions, func(a, b Procedure) int { return cmp.Compare(a.EffectiveFrom, b.EffectiveFrom) })
		checkOverlap(additions, &found)
		for _, local := range additions {
			if !slices.ContainsFunc(base, local.sometimesWith) {
				found.add(local.File, "", fmt.Sprintf("extends %s on days on which no version of it holds", code))
			}
		}
		for _, version := range base {
			all = append(all, version.extendedBy(additions, &found)...)
		}
	}
	built := build(all, &found)
	if err := found.err(); err != nil {
		return nil, err
	}
	return built, nil
}

func asLocal(local Procedure, found *faults) Procedure {
	local.Steps = slices.Clone(local.Steps)
	for i, step := range local.Steps {
		if step.Stricter {
			found.add(local.File, step.Code, "stricter than nothing: there is no step below it")
		}
		local.Steps[i].Local = true
	}
	return local
}

// extendedBy cuts a version where local additions begin and end, and gives each piece its
// steps. Additions are sorted and don't overlap.
func (p Procedure) extendedBy(additions []Procedure, found *faults) []Procedure {
	var pieces []Procedure
	rest, open := p, true
	for _, local := range additions {
		if !open || !rest.sometimesWith(local) {
			continue
		}
		if rest.EffectiveFrom < local.EffectiveFrom {
			before := rest
			before.EffectiveTo = local.EffectiveFrom.previous()
			pieces = append(pieces, before)
			rest.EffectiveFrom = local.EffectiveFrom
		}
		during := rest
		if open = local.EffectiveTo != "" && (rest.EffectiveTo == "" || local.EffectiveTo < rest.EffectiveTo); open {
			during.EffectiveTo = local.EffectiveTo
			rest.EffectiveFrom = local.EffectiveTo.next()
		}
		during.Steps = joined(p, local, found)
		during.File = p.File + " + " + local.File
		pieces = append(pieces, during)
	}
	if open {
		pieces = append(pieces, rest)
	}
	return pieces
}

// joined are the steps of a version with those of a local addition: stricter ones in the
// place of what they shorten, any in the place of what was only this system's choice, new
// ones at the end.
func joined(base, local Procedure, found *faults) []Step {
	steps := slices.Clone(base.Steps)
	for _, step := range local.Steps {
		step.Local = true
		at := slices.IndexFunc(steps, func(s Step) bool { return s.Code == step.Code })
		switch {
		case at < 0 && step.Stricter:
			found.add(local.File, step.Code, fmt.Sprintf("stricter than nothing: %s has no such step", base.Code))
		case at < 0:
			steps = append(steps, step)
		case steps[at].Citation.DesignChoice && !step.Stricter:
			if reason := notInPlaceOf(steps[at], step); reason != "" {
				found.add(local.File, step.Code, reason)
				continue
			}
			steps[at] = step
		case !step.Stricter:
			found.add(local.File, step.Code, fmt.Sprintf("%s has this step (%s); say stricter to shorten it", base.Code, base.File))
		default:
			if reason := contradiction(steps[at], step); reason != "" {
				found.add(local.File, step.Code, reason)
				continue
			}
			steps[at] = step
		}
	}
	return steps
}

// notInPlaceOf says why a local step can't stand for a chosen one; empty where it can.
func notInPlaceOf(chosen, local Step) string {
	switch {
	case local.Owner != chosen.Owner:
		return fmt.Sprintf("its owner is %s, of the step in whose place it would stand %s", local.Owner, chosen.Owner)
	case local.Length == 0:
		return "stands for a step with a length and has none"
	}
	return ""
}

// contradiction says why a local step is not merely a shorter form of a statutory one;
// empty where it is.
func contradiction(law, local Step) string {
	switch {
	case law.Owner == OwnerCitizen:
		return "a citizen's time is not for a local rule to shorten"
	case local.Owner != law.Owner:
		return "another owner than the law's"
	case local.Length == 0:
		return "stricter without a length"
	case law.Length > 0 && local.Unit != law.Unit:
		return fmt.Sprintf("in %s, the law counts in %s: which is shorter cannot be said", local.Unit, law.Unit)
	case law.Length > 0 && local.Length >= law.Length:
		return fmt.Sprintf("%d is not shorter than the law's %d", local.Length, law.Length)
	case law.CountedFrom != EventNotStated && (local.CountedFrom != law.CountedFrom || local.NotBefore != law.NotBefore):
		return fmt.Sprintf("counted from %s, the law counts from %s", local.CountedFrom, law.CountedFrom)
	case law.MetBy != EventNotStated && local.MetBy != law.MetBy:
		return fmt.Sprintf("met by %s, in law by %s", local.MetBy, law.MetBy)
	case law.Length > 0 && (local.Backward != law.Backward || local.Recurring != law.Recurring):
		return "not counted the way the law counts"
	case local.RollForward && !law.RollForward:
		return "rolls over rest days, the law doesn't say so"
	case local.OnExpiry.Effect != law.OnExpiry.Effect:
		return fmt.Sprintf("expiry means %s, in law %s", local.OnExpiry.Effect, law.OnExpiry.Effect)
	}
	for _, pause := range local.Pauses {
		if law.Length > 0 && !law.PausedBy(pause) {
			return fmt.Sprintf("pauses for %s, the law doesn't", pause)
		}
	}
	if law.Length > 0 && len(local.Restarts) > len(law.Restarts) {
		return "restarts, the law doesn't"
	}
	return longerExtension(law, local)
}

// longerExtension says which extension of a local step goes beyond the law's.
func longerExtension(law, local Step) string {
	if law.Length == 0 {
		return ""
	}
	if len(local.Extensions) > len(law.Extensions) {
		return "an extension that the law doesn't give"
	}
	for i, mine := range local.Extensions {
		theirs := law.Extensions[i]
		switch {
		case mine.Approver != theirs.Approver:
			return fmt.Sprintf("an extension approved by %s, in law by %s", mine.Approver, theirs.Approver)
		case exceeds(mine.MaxTimes, theirs.MaxTimes) || exceeds(mine.MaxLength, theirs.MaxLength) || exceeds(mine.MaxTotal, theirs.MaxTotal):
			return "an extension beyond the law's"
		case theirs.TellParties && !mine.TellParties:
			return "an extension that the parties are not told of, as the law wants"
		}
	}
	return ""
}

// exceeds compares limits of which 0 is none.
func exceeds(mine, theirs int) bool { return theirs > 0 && (mine == 0 || mine > theirs) }
