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
	// CompareMerged looks at every so manieth pair of states that count as one, whether
	// everybody may do the same in both; 0 looks at none, 1 at all.
	CompareMerged int
	// Stop, where given, is asked between two states whether to give up.
	Stop func() bool
}

// DefaultOptions are those of the tests: no bound but the commands' own.
func DefaultOptions() Options { return Options{Bounds: DefaultBounds(), CompareMerged: 8} }

// node is a state that was reached, after its case itself has been let go.
type node struct {
	parent int32 // -1 for a registration
	via    int32 // index into labels
	stage  casefile.Stage
	// rights digests who may do what in the state.
	rights fingerprint
}

// live is a state that has not been expanded yet.
type live struct {
	node  int32
	depth int
	state casefile.State
	now   time.Time
	// rights are everybody's commands, one entry for each post and part in the case.
	rights []right
	digest string
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
	merged   int
	result   Result
	current  live
	// sent counts who has sent what from the current state.
	sent     map[string]int
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
	}
	s.finish()
	return s.result
}

func (s *search) open() {
	s.current = live{node: -1, now: start, state: casefile.State{ID: "case"}}
	for _, opening := range s.scope.begin(start) {
		command := casefile.Command{Actor: s.scope.cast.ActorsOf(opening.who)[0], Act: opening.act, BackdatingReason: "text"}
		if _, taken := s.send(command, proposal{opening.act, opening.variant}.label()); !taken {
			s.fault("the scope begins", "the registration is refused: "+s.refusal(command))
		}
	}
}

// expand lets everybody and time do in a state what they may.
func (s *search) expand(at live) {
	s.current = at
	s.sent = map[string]int{}
	s.passTime()
	for _, right := range at.rights {
		for _, name := range right.commands {
			if slices.Contains(s.scope.Without, name) {
				continue
			}
			s.propose(right.actor, name)
		}
	}
	if casefile.StateDigest(at.state) != at.digest {
		s.fault("an old state stays what it was", "a later command wrote to it")
	}
}

func (s *search) propose(actor casefile.Actor, name string) {
	act := actNamed[name]
	inputs := proposals[act]
	if _, other := beyondProposals[act]; other {
		return
	}
	if _, not := unexplored[act]; not {
		return
	}
	if inputs == nil {
		s.fault("every act has a proposal", name)
		return
	}
	list := inputs(moment{s.current.state, actor, s.scope.cast, s.current.now, s.options.Bounds})
	some, taken := false, 0
	why := "none of its inputs fits the cast"
	for _, proposal := range list {
		if s.options.Bounds.Inputs > 0 && taken >= s.options.Bounds.Inputs || taken > 0 && s.repeats() {
			break
		}
		if !s.another(actor, proposal) || slices.Contains(s.scope.Without, proposal.label()) {
			some = true
			continue
		}
		command := casefile.Command{Actor: actor, Act: proposal.act}
		label := proposal.label() + by + actor.PersonID
		if events, ok := s.send(command, label); ok {
			some = true
			taken++
			s.sent[s.kindOfSender(actor)+proposal.label()]++
			s.result.Taken[act]++
			s.checkSomething(events, label)
			continue
		}
		s.result.Refused[act]++
		why = s.refusal(command)
	}
	if _, allowed := mayHaveNone[act]; !some && !allowed {
		s.fault("what is allowed is taken", actor.PersonID+" may "+name+", and every input is refused: "+why)
	}
}

// repeats tells whether the case goes through work that it has been through before, after a
// rework or in another round. Then one input of each act is enough.
func (s *search) repeats() bool { return s.current.state.Round > 1 || s.current.state.Reworks > 0 }

// another tells whether one more person is to send a command from this state.
func (s *search) another(actor casefile.Actor, proposal proposal) bool {
	most := s.options.Bounds.Senders
	return most == 0 || s.sent[s.kindOfSender(actor)+proposal.label()] < most
}

// kindOfSender tells those who work on the case from the others.
func (s *search) kindOfSender(actor casefile.Actor) string {
	c, who := s.current.state, actor.PersonID
	if who == c.HandlerID || slices.Contains(c.HandledBy, who) || slices.Contains(c.VerifiedBy, who) ||
		c.Pending != nil && c.Pending.AskedBy == who {
		return "worker "
	}
	return "other "
}

// actNamed finds an act by its mutation.
var actNamed = func() map[string]string {
	names := map[string]string{}
	for _, act := range casefile.ActNames() {
		names[casefile.MutationName(act)] = act
	}
	return names
}()

// arrive adds a state that was reached, or finds it among those known.
func (s *search) arrive(state casefile.State, now time.Time, events []casefile.Event, label string) {
	if s.options.States > 0 && len(s.nodes) >= s.options.States {
		s.result.Complete = false
		return
	}
	key, parts := abstract(s.inScope(state), now, s.scope.cast)
	known, ok := s.index[key]
	if !ok {
		known = s.add(key, parts, state, now, events, label)
	} else {
		s.compareMerged(known, parts, state, now, label)
	}
	if s.current.node >= 0 {
		s.edges = append(s.edges, [2]int32{s.current.node, known})
	}
	if label == theDayBefore {
		return
	}
	s.result.Transitions[Transition{s.stageNow(), state.Stage, commandOf(label)}] = true
}

// inScope is a state without what only commands ask that the scope leaves out: mediations of
// the past, where nobody keeps their promises or reports on them.
func (s *search) inScope(state casefile.State) casefile.State {
	left := slices.Contains(s.scope.Without, "recordPerformance") && slices.Contains(s.scope.Without, "returnToCourt")
	if n := len(state.Mediations); n > 0 && left {
		state.Mediations = state.Mediations[n-1:]
		if !state.Mediations[0].ConcludedAt.IsZero() {
			state.Mediations = nil
		}
	}
	return state
}

func (s *search) stageNow() casefile.Stage { return s.current.state.Stage }

func (s *search) add(key fingerprint, parts map[string]string, state casefile.State, now time.Time, events []casefile.Event, label string) int32 {
	known := int32(len(s.nodes))
	s.index[key] = known
	rights := s.rights(state, now, parts)
	s.nodes = append(s.nodes, node{s.current.node, s.labelIndex(label), state.Stage, s.digestRights(rights, parts)})
	s.queue = append(s.queue, live{
		node: known, depth: s.current.depth + 1, state: state, now: now, rights: rights, digest: casefile.StateDigest(state),
	})
	s.checkRecord(state, events, label)
	s.checkState(state, rights, label)
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
