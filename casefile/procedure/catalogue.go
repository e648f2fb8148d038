package procedure

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Catalogue holds the versions of all procedures. It is read-only and safe for concurrent
// use.
type Catalogue struct {
	// versions are those of each code, by their first day; no two hold on one day.
	versions map[string][]Procedure
	codes    []string
}

// New makes a catalogue of a layer that stands by itself. An error is a *FaultsError: two
// versions of a procedure that hold on the same day, two procedures that would fit the same
// case equally closely, or a step that is there to change another layer.
func New(layer Layer) (*Catalogue, error) {
	var found faults
	for _, p := range layer.procedures {
		if p.Extends {
			found.add(p.File, "", "extends a procedure, and there is none below it")
		}
		for _, step := range p.Steps {
			if step.Stricter {
				found.add(p.File, step.Code, "stricter than nothing: there is no step below it")
			}
		}
	}
	catalogue := build(layer.procedures, &found)
	return catalogue, found.err()
}

func build(procedures []Procedure, found *faults) *Catalogue {
	c := &Catalogue{versions: map[string][]Procedure{}}
	for _, p := range procedures {
		c.versions[p.Code] = append(c.versions[p.Code], p)
	}
	c.codes = slices.Sorted(maps.Keys(c.versions))
	for _, code := range c.codes {
		slices.SortStableFunc(c.versions[code], func(a, b Procedure) int { return cmp.Compare(a.EffectiveFrom, b.EffectiveFrom) })
		checkOverlap(c.versions[code], found)
	}
	c.checkRivals(found)
	return c
}

func checkOverlap(versions []Procedure, found *faults) {
	for i := 1; i < len(versions); i++ {
		if before, p := versions[i-1], versions[i]; before.On(p.EffectiveFrom) {
			found.add(p.File, "", fmt.Sprintf("%s holds from %s, while the version in %s still does", p.Code, p.EffectiveFrom, before.File))
		}
	}
}

// checkRivals refuses two procedures that one case could fit equally closely.
func (c *Catalogue) checkRivals(found *faults) {
	for i, code := range c.codes {
		for _, other := range c.codes[i+1:] {
			for _, a := range c.versions[code] {
				for _, b := range c.versions[other] {
					if a.sometimesWith(b) && a.rivals(b) {
						found.add(b.File, "", fmt.Sprintf("applies: fits the same cases as %s in %s, and neither more closely", a.Code, a.File))
					}
				}
			}
		}
	}
}

// sometimesWith reports whether there is a day on which both versions hold.
func (p Procedure) sometimesWith(q Procedure) bool {
	return (p.EffectiveTo == "" || q.EffectiveFrom <= p.EffectiveTo) && (q.EffectiveTo == "" || p.EffectiveFrom <= q.EffectiveTo)
}

func (p Procedure) rivals(q Procedure) bool {
	return slices.ContainsFunc(p.Applies, func(a Applies) bool { return slices.ContainsFunc(q.Applies, a.rivals) })
}

// Procedures are the versions that hold on a day, by code.
func (c *Catalogue) Procedures(on Date) []Procedure {
	var held []Procedure
	for _, code := range c.codes {
		if p, ok := c.Find(code, on); ok {
			held = append(held, p)
		}
	}
	return held
}

// Versions are all versions of a procedure, the oldest first; none for an unknown code. The
// slice is the caller's.
func (c *Catalogue) Versions(code string) []Procedure { return slices.Clone(c.versions[code]) }

// All are the versions of all procedures, by code and the oldest first.
func (c *Catalogue) All() []Procedure {
	var all []Procedure
	for _, code := range c.codes {
		all = append(all, c.versions[code]...)
	}
	return all
}

// Find returns the version of a procedure that holds on a day. A case keeps the version of
// the day on which it was accepted.
func (c *Catalogue) Find(code string, on Date) (Procedure, bool) {
	for _, version := range c.versions[code] {
		if version.On(on) {
			return version, true
		}
	}
	return Procedure{}, false
}

// Step returns a step of the version of a procedure that holds on a day.
func (c *Catalogue) Step(code, step string, on Date) (Step, bool) {
	version, ok := c.Find(code, on)
	if !ok {
		return Step{}, false
	}
	return version.Step(step)
}
