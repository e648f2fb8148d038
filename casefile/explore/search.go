package explore

import (
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// Options say how far a search goes.
type Options struct {
	Bounds Bounds
	// Depth is the most commands on a way from the registration; 0 is no bound.
	Depth int
	// States is the most states of one scope; 0 is no bound.
	States int
	// CompareMerged goes on from every so manieth state that counts as a known one, too, and
	// looks whether the same is open to everybody and leads to the same; 0 looks at none, 1 at
	// all.
	CompareMerged int
	// Stop, where given, is asked between two states whether to give up.
	Stop func() bool
}

// DefaultOptions are those of the tests: no bound but the commands' own.
func DefaultOptions() Options { return Options{Bounds: DefaultBounds(), CompareMerged: 16} }

// node is a state that was reached, after its case itself has been let go.
type node struct {
	parent int32 // -1 for a registration
	via    int32 // index into labels
	stage  casefile.Stage
	// standing digests who may do what in the state, what is to be done, and which clocks run;
	// moves what every command led to, once the state has been expanded.
	standing, moves fingerprint
}

// live is a state that has not been expanded yet.
type live struct {
	node  int32
	depth int
	key   fingerprint
	state casefile.State
	now   time.Time
	// parts are what each person plays in the case; rights everybody's commands, one entry
	// for each post and part.
	parts  map[string]string
	rights []right
	digest string
	// held says that a report of retaliation is open, which holds back the case's end.
	held bool
}

// right is what somebody may do.
type right struct {
	actor    casefile.Actor
	commands []string
}

// search is one exploration under way.
type search struct {
	scope   Scope
	options Options
	index   map[fingerprint]int32
	nodes   []node
	edges   [][2]int32
	// labels are the commands' names with their variants; labelled finds them.
	labels   []string
	labelled map[string]int32
	queue    []live
	pairs    pairs
	result   Result
	current  live
	reported map[string]bool
}

// start is a quiet Tuesday morning, in Shanghai.
var start = time.Date(2026, time.March, 3, 9, 30, 0, 0, casefile.Shanghai)

// Explore visits the states of a scope.
func Explore(scope Scope, options Options) Result {
	if scope.Widen != nil {
		scope.Widen(&options.Bounds)
	}
	s := &search{
		scope: scope, options: options, index: map[fingerprint]int32{}, labelled: map[string]int32{},
		reported: map[string]bool{},
		result: Result{
			Scope: scope.Name, Complete: true, Stages: map[casefile.Stage]StageCount{},
			Transitions: map[Transition]bool{}, Taken: map[string]int{}, Refused: map[string]int{},
		},
	}
	s.open()
	for len(s.queue) > 0 {
		next := s.queue[0]
		s.queue[0] = live{}
		s.queue = s.queue[1:]
		if options.Depth > 0 && next.depth >= options.Depth || options.Stop != nil && options.Stop() {
			s.result.Complete = false
			continue
		}
		s.expand(next)
		s.comparePairs()
	}
	s.finish()
	return s.result
}

func (s *search) open() {
	s.current = live{node: -1, now: start, state: casefile.State{ID: "case"}}
	for _, opening := range s.scope.begin(start) {
		command := casefile.Command{Actor: s.scope.cast.ActorsOf(opening.who)[0], Act: opening.act, BackdatingReason: "text"}
		label := proposal{opening.act, opening.variant}.label()
		if m, why := s.decide(s.current, command, s.current.now, label); why == nil {
			s.take(m)
		} else {
			s.fault("the scope begins", "the registration is refused: "+why.Error())
		}
	}
}

// expand lets everybody, other aggregates and time do in a state what they may.
func (s *search) expand(at live) {
	s.current = at
	s.checkMistakes(at)
	s.nodes[at.node].moves = digestMoves(at, s.moves(at, s), s.take)
	if casefile.StateDigest(at.state) != at.digest {
		s.fault("an old state stays what it was", "a later command wrote to it")
	}
}

// take goes where a move leads, and returns what the state there is told apart by.
func (s *search) take(m move) fingerprint {
	s.checkEvents(m)
	key, parts := s.abstract(m.then())
	s.checkAdds(m, key)
	if s.options.States > 0 && len(s.nodes) >= s.options.States {
		s.result.Complete = false
		return key
	}
	known, ok := s.index[key]
	if !ok {
		known = s.add(key, parts, m)
	} else {
		s.pairs.maybe(s, known, live{key: key, state: m.after, now: m.now, parts: parts, held: m.held}, m.label)
	}
	if s.current.node >= 0 {
		s.edges = append(s.edges, [2]int32{s.current.node, known})
	}
	if m.label != theDayBefore {
		s.result.Transitions[Transition{s.current.state.Stage, m.after.Stage, commandOf(m.label)}] = true
	}
	return key
}

func (s *search) abstract(at live) (fingerprint, map[string]string) {
	return abstract(at, s.scope.cast, s.options.Bounds.Misses > 0)
}

func (s *search) add(key fingerprint, parts map[string]string, m move) int32 {
	known := int32(len(s.nodes))
	s.index[key] = known
	next := live{
		node: known, depth: s.current.depth + 1, key: key, state: m.after, now: m.now, parts: parts, held: m.held,
		digest: casefile.StateDigest(m.after),
	}
	next.rights = s.rights(next)
	s.nodes = append(s.nodes, node{
		parent: s.current.node, via: s.labelIndex(m.label), stage: m.after.Stage, standing: s.digestStanding(next),
	})
	s.queue = append(s.queue, next)
	s.checkRecord(m)
	s.checkState(next, m.label)
	return known
}

func (s *search) labelIndex(label string) int32 {
	at, ok := s.labelled[label]
	if !ok {
		at = int32(len(s.labels))
		s.labels = append(s.labels, label)
		s.labelled[label] = at
	}
	return at
}

// way returns the commands that lead to a node, the registration first.
func (s *search) way(to int32) []string {
	var way []string
	for ; to >= 0; to = s.nodes[to].parent {
		way = append(way, s.labels[s.nodes[to].via])
	}
	slices.Reverse(way)
	return way
}
