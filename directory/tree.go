package directory

import (
	"iter"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// Tree is an immutable set of divisions, each with its parent in it, ordered by code. It
// is safe for concurrent use.
type Tree struct {
	rows  []place // ordered by code: a sub-tree is one run
	at    map[casefile.Division]int32
	local map[casefile.Division]casefile.DivisionInfo
}

type place struct {
	code casefile.Division
	name string
}

// NewTree returns the tree of these divisions, in any order. It returns an *InvalidError
// for a code that names no level, a missing name or parent, a code given twice, and
// members that are no townships of the tree, lie in the division anyway or are given to a
// division that is not local.
func NewTree(divisions []casefile.DivisionInfo) (*Tree, error) {
	return new(Tree).grown(divisions)
}

func (t *Tree) addLocal(division casefile.DivisionInfo) {
	if t.local == nil {
		t.local = map[casefile.Division]casefile.DivisionInfo{}
	}
	division.Local = true
	division.Members = slices.Clone(division.Members)
	t.local[division.Code] = division
}

func (t *Tree) check(row int, division casefile.DivisionInfo, faults *problems) {
	code := division.Code
	if !code.Valid() {
		faults.add(row, string(code), "is no division code")
		return
	}
	if strings.TrimSpace(division.Name) == "" {
		faults.add(row, string(code), "has no name")
	}
	if parent := code.Parent(); parent != "" && !t.has(parent) {
		faults.add(row, string(code), "has no parent %s", parent)
	}
	if len(division.Members) > 0 && !division.Local {
		faults.add(row, string(code), "has members but is not local")
	}
	for i, member := range division.Members {
		switch {
		case member.Level() != casefile.LevelTownship:
			faults.add(row, string(code), "member %s is no township", member)
		case !t.has(member):
			faults.add(row, string(code), "member %s is unknown", member)
		case code.Contains(member):
			faults.add(row, string(code), "member %s lies in it anyway", member)
		case slices.Contains(division.Members[:i], member):
			faults.add(row, string(code), "member %s is there twice", member)
		}
	}
}

func (t *Tree) has(code casefile.Division) bool {
	_, ok := t.at[code]
	return ok
}

// With returns a tree that also has these local divisions (development zones, new areas,
// grids), whether or not they are marked so. The errors are NewTree's; rows are counted
// among the local ones.
func (t *Tree) With(local ...casefile.DivisionInfo) (*Tree, error) {
	if len(local) == 0 {
		return t, nil
	}
	marked := slices.Clone(local)
	for i := range marked {
		marked[i].Local = true
	}
	return t.grown(marked)
}

// grown returns t and these divisions as a new tree.
func (t *Tree) grown(divisions []casefile.DivisionInfo) (*Tree, error) {
	tree := &Tree{
		rows: make([]place, 0, len(t.rows)+len(divisions)),
		at:   make(map[casefile.Division]int32, len(t.rows)+len(divisions)),
	}
	tree.rows = append(tree.rows, t.rows...)
	for _, row := range t.rows {
		tree.at[row.code] = 0
	}
	for _, division := range t.local {
		tree.addLocal(division)
	}
	faults := problems{list: "division"}
	for i, division := range divisions {
		if tree.has(division.Code) {
			faults.add(i, string(division.Code), "is there twice")
			continue
		}
		tree.at[division.Code] = 0
		tree.rows = append(tree.rows, place{code: division.Code, name: division.Name})
		if division.Local {
			tree.addLocal(division)
		}
	}
	for i, division := range divisions {
		tree.check(i, division, &faults)
	}
	if err := invalid(faults); err != nil {
		return nil, err
	}
	slices.SortFunc(tree.rows, func(a, b place) int { return strings.Compare(string(a.code), string(b.code)) })
	for i, row := range tree.rows {
		tree.at[row.code] = int32(i)
	}
	return tree, nil
}

// Find returns a division by its code.
func (t *Tree) Find(code casefile.Division) (casefile.DivisionInfo, bool) {
	at, ok := t.at[code]
	if !ok {
		return casefile.DivisionInfo{}, false
	}
	return t.info(t.rows[at]), true
}

func (t *Tree) info(row place) casefile.DivisionInfo {
	if division, ok := t.local[row.code]; ok {
		return division
	}
	return casefile.DivisionInfo{Code: row.code, Name: row.name}
}

// Len returns how many divisions there are.
func (t *Tree) Len() int { return len(t.rows) }

// All yields every division in the order of the codes, so each after its parent.
func (t *Tree) All() iter.Seq[casefile.DivisionInfo] { return t.Under("") }

// Under yields a division and all below it by code, in the order of the codes; every
// division for "".
func (t *Tree) Under(root casefile.Division) iter.Seq[casefile.DivisionInfo] {
	return func(yield func(casefile.DivisionInfo) bool) {
		for i := t.search(root); i < len(t.rows) && strings.HasPrefix(string(t.rows[i].code), string(root)); i++ {
			if !yield(t.info(t.rows[i])) {
				return
			}
		}
	}
}

// Children returns the divisions directly below one, by code; the provinces for "". A
// local division's members are not among them: they are children of their own parents.
func (t *Tree) Children(parent casefile.Division) []casefile.DivisionInfo {
	var children []casefile.DivisionInfo
	for i := t.search(parent); i < len(t.rows) && strings.HasPrefix(string(t.rows[i].code), string(parent)); {
		row := t.rows[i]
		if row.code == parent {
			i++
			continue
		}
		if row.code.Parent() == parent {
			children = append(children, t.info(row))
		}
		i = t.search(row.code + ":") // ':' follows '9', so this is past the child's sub-tree
	}
	return children
}

func (t *Tree) search(code casefile.Division) int {
	at, _ := slices.BinarySearchFunc(t.rows, code, func(row place, code casefile.Division) int {
		return strings.Compare(string(row.code), string(code))
	})
	return at
}

// Scope returns the prefixes that make up a division's sub-tree: its own code and the
// members of it and of the local divisions inside, none inside another, in order.
func (t *Tree) Scope(root casefile.Division) []casefile.Division {
	scope := []casefile.Division{root}
	for grown := true; grown; {
		grown = false
		for code, division := range t.local {
			if !within(scope, code) {
				continue
			}
			for _, member := range division.Members {
				if !within(scope, member) {
					scope = append(scope, member)
					grown = true
				}
			}
		}
	}
	slices.Sort(scope)
	return scope
}

// Covers reports whether a division lies in an area's sub-tree, by code or as a member.
func (t *Tree) Covers(area, division casefile.Division) bool {
	return area.Contains(division) || len(t.local) > 0 && within(t.Scope(area), division)
}

func within(scope []casefile.Division, code casefile.Division) bool {
	for _, prefix := range scope {
		if prefix.Contains(code) {
			return true
		}
	}
	return false
}
