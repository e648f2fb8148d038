package store

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// This file is the one place that says which cases a viewer sees: lists, single cases,
// counts, worklists and statistics are all built on it.
//
//	NORMAL              the sub-tree, the own units, and whoever has a grant
//	RESTRICTED, SEALED  whoever has a grant; casefile.Grants gives a sealed case the fewest
//	any                 never those whom the case excludes

// arguments gathers the parameters of a statement.
type arguments struct{ values []any }

// add returns the placeholder of a new parameter.
func (a *arguments) add(value any) string {
	a.values = append(a.values, value)
	return "$" + strconv.Itoa(len(a.values))
}

// branch is one way in which a viewer comes to see a case. A list takes the branches one
// by one, each along its own index; a question about single cases is Viewer.sees.
type branch struct {
	// grantee is set where the way leads over a grant g; where then speaks of g and c,
	// and else of c alone.
	grantee bool
	where   string
}

// from is what a list over this branch reads.
func (b branch) from() string {
	if b.grantee {
		return "case_grants g join cases c on c.id = g.case_id"
	}
	return "cases c"
}

// placing says how a list finds rows by the place of their case: the condition that it lies in a
// division, and the column of its unit.
type placing struct {
	in   func(casefile.Division, *arguments) string
	unit string
}

// placedCases places cases c by their own columns.
var placedCases = placing{inDivision, "c.responsible_unit_id"}

// branches lists the ways in which the viewer sees cases within some divisions; nil means
// everywhere.
func (v Viewer) branches(within []casefile.Division, args *arguments) []branch {
	return v.branchesBy(placedCases, within, args)
}

// branchesBy is branches, by how a list places its rows.
func (v Viewer) branchesBy(place placing, within []casefile.Division, args *arguments) []branch {
	var ways []branch
	for _, division := range intersect(v.SubTree, within) {
		ways = append(ways, branch{where: "c.confidentiality = 'NORMAL' and " + place.in(division, args)})
	}
	limits := ""
	if within != nil && (len(v.OwnUnits) > 0 || v.OwnCases) {
		limits = " and " + place.inAny(within, args)
	}
	for _, unit := range v.OwnUnits {
		ways = append(ways, branch{where: "c.confidentiality = 'NORMAL' and " + place.unit + " = " + args.add(unit) + limits})
	}
	if v.OwnCases {
		for _, key := range v.grantees() {
			ways = append(ways, branch{true, "g.grantee = " + args.add(key) + limits})
		}
	}
	return ways
}

// sees is the condition that the viewer sees a case c.
func (v Viewer) sees(within []casefile.Division, args *arguments) string {
	return v.hasPartIn(within, args) + " and not " + v.excludedFrom(args)
}

// hasPartIn is the condition that the viewer sees a case c, unless they are excluded from it.
func (v Viewer) hasPartIn(within []casefile.Division, args *arguments) string {
	ways := []string{"false"}
	unnamed := v
	unnamed.OwnCases = false
	for _, b := range unnamed.branches(within, args) {
		ways = append(ways, "("+b.where+")")
	}
	if v.OwnCases {
		// With "offset 0" it is asked of each case: else a plan may read all that a grantee has, to
		// judge a handful of cases.
		named := "exists (select 1 from case_grants g where g.case_id = c.id and g.grantee = any(" + args.add(v.grantees()) + "::text[]) offset 0)"
		if within != nil {
			named += " and " + inDivisions(within, args)
		}
		ways = append(ways, "("+named+")")
	}
	return "(" + strings.Join(ways, " or ") + ")"
}

// excludedFrom is the condition that a case c is closed to the viewer, whatever their role.
func (v Viewer) excludedFrom(args *arguments) string {
	return "exists (select 1 from case_exclusions x where x.case_id = c.id and x.excluded = any(" +
		args.add(v.exclusions()) + "::text[]))"
}

// inDivision is the condition that a case c lies in a division or below it.
func inDivision(division casefile.Division, args *arguments) string {
	level := division.Level()
	if level == "" {
		return "false"
	}
	return "c." + levelColumn(level) + " = " + args.add(string(division))
}

// inDivisions is the condition that a case c lies in one of some divisions.
func inDivisions(divisions []casefile.Division, args *arguments) string {
	return placedCases.inAny(divisions, args)
}

func (p placing) inAny(divisions []casefile.Division, args *arguments) string {
	conditions := []string{"false"}
	for _, division := range divisions {
		conditions = append(conditions, p.in(division, args))
	}
	return "(" + strings.Join(conditions, " or ") + ")"
}

func levelColumn(level casefile.DivisionLevel) string { return strings.ToLower(string(level)) }

// intersect gives the widest divisions that lie both in one of the scope and in one of
// within; nil within leaves the scope as it is.
func intersect(scope, within []casefile.Division) []casefile.Division {
	if within == nil {
		return widest(scope)
	}
	var both []casefile.Division
	for _, a := range scope {
		for _, b := range within {
			switch {
			case a.Contains(b):
				both = append(both, b)
			case b.Contains(a):
				both = append(both, a)
			}
		}
	}
	return widest(both)
}

// widest leaves out what lies in another of the list.
func widest(divisions []casefile.Division) []casefile.Division {
	var kept []casefile.Division
	for i, d := range divisions {
		inside := slices.ContainsFunc(divisions, func(other casefile.Division) bool {
			return other != d && other.Contains(d)
		})
		if !inside && !slices.Contains(divisions[:i], d) {
			kept = append(kept, d)
		}
	}
	return kept
}
