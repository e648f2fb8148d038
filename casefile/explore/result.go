package explore

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// Result is what a search found.
type Result struct {
	Scope string
	// Complete tells that no bound of Options cut the search off.
	Complete      bool
	States, Edges int
	// Open counts the states of open cases, ByClockAlone those of them in which nobody has a
	// task they may do and only a clock moves the case.
	Open, ByClockAlone int
	// Compared counts the pairs of states counting as one that were compared.
	Compared int
	Stages   map[casefile.Stage]StageCount
	// Transitions are the steps between stages, those within one included.
	Transitions map[Transition]bool `json:"-"`
	// Taken and Refused count the inputs proposed, by act.
	Taken, Refused map[string]int
	Faults         []Fault
}

// StageCount is what was found of one stage.
type StageCount struct {
	States int
	// Way is a shortest way there, the registration first.
	Way []string
}

// Transition is a step from one stage to another by a command; From is "" for a registration.
type Transition struct {
	From, To casefile.Stage
	Command  string
}

// Fault is a counterexample: a rule, and the commands that lead where it doesn't hold.
type Fault struct {
	Scope, Rule, Detail string
	Way                 []string
}

func (f Fault) String() string {
	return fmt.Sprintf("%s: NOT SO that %s: %s\n  after %s", f.Scope, f.Rule, f.Detail, strings.Join(f.Way, "\n        "))
}

// faultsOfOneRule is how many counterexamples to one rule are kept, each of another stage.
const faultsOfOneRule = 4

func (s *search) fault(rule, detail string) { s.report(rule, detail, s.way(s.current.node)) }

// faultAfter is a fault in the state that a command leads to from the current one.
func (s *search) faultAfter(rule, detail, label string) {
	s.report(rule, detail, append(s.way(s.current.node), label))
}

func (s *search) report(rule, detail string, way []string) {
	count := 0
	for _, fault := range s.result.Faults {
		if fault.Rule == rule {
			count++
		}
	}
	key := rule + "\n" + detail
	if count >= faultsOfOneRule || s.reported[key] {
		return
	}
	s.reported[key] = true
	s.result.Faults = append(s.result.Faults, Fault{s.scope.Name, rule, detail, way})
}

// finish counts, and looks from which states no end can be reached.
func (s *search) finish() {
	r := &s.result
	r.States, r.Edges = len(s.nodes), len(s.edges)
	for at, node := range s.nodes {
		count, known := r.Stages[node.stage]
		if !known {
			count.Way = s.way(int32(at))
		}
		count.States++
		r.Stages[node.stage] = count
		if node.stage.Open() {
			r.Open++
		}
	}
	if !r.Complete {
		return
	}
	for at, ends := range s.reachEnds() {
		if !ends {
			s.report("an end can be reached from every open state", string(s.nodes[at].stage), s.way(int32(at)))
		}
	}
}

// reachEnds goes backwards from the ends.
func (s *search) reachEnds() []bool {
	first := make([]int32, len(s.nodes)+1)
	for _, edge := range s.edges {
		first[edge[1]+1]++
	}
	for i := range s.nodes {
		first[i+1] += first[i]
	}
	into := make([]int32, len(s.edges))
	fill := slices.Clone(first)
	for _, edge := range s.edges {
		into[fill[edge[1]]] = edge[0]
		fill[edge[1]]++
	}
	ends := make([]bool, len(s.nodes))
	var queue []int32
	for at, node := range s.nodes {
		if !node.stage.Open() {
			ends[at] = true
			queue = append(queue, int32(at))
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, from := range into[first[at]:first[at+1]] {
			if !ends[from] {
				ends[from] = true
				queue = append(queue, from)
			}
		}
	}
	return ends
}

// commandOf is a label without its variant and its sender.
func commandOf(label string) string {
	name, _, _ := strings.Cut(label, "(")
	name, _, _ = strings.Cut(name, by)
	return name
}
