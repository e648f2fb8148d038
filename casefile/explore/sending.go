package explore

import (
	"cmp"
	"iter"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// sending is the sending of people's commands in one state.
type sending struct {
	*search
	at    live
	watch watch
	// sent counts who has sent what from the state.
	sent map[string]int
}

// all sends a command with every input that is proposed for it.
func (s *sending) all(actor casefile.Actor, name string) iter.Seq[move] {
	return func(yield func(move) bool) {
		act := actNamed[name]
		inputs := proposals[act]
		if inputs == nil {
			return
		}
		list := inputs(moment{s.at.state, actor, s.scope.cast, s.at.now, s.options.Bounds, s.at.held})
		slices.SortStableFunc(list, func(a, b proposal) int { return cmp.Compare(a.variant, b.variant) })
		some, taken := false, 0
		var why error
		for _, proposal := range list {
			if taken > 0 && s.repeats() {
				break
			}
			label := proposal.label()
			if !s.scope.sendsInput(name, label) || !s.another(actor, label) {
				some = true
				continue
			}
			command := casefile.Command{Actor: actor, Act: proposal.act}
			m, err := s.decide(s.at, command, s.at.now, label+by+actor.PersonID)
			if err != nil {
				why = err
				s.watch.refused(m, err)
				continue
			}
			some = true
			if s.piles(m.after) {
				continue
			}
			taken++
			s.sent[s.kindOfSender(actor)+label]++
			s.watch.taken(act, m.events, m.label)
			m.by = post(actor) + s.at.parts[actor.PersonID]
			if !yield(m) {
				return
			}
		}
		if !some {
			s.watch.none(name, actor, why)
		}
	}
}

// piles tells whether a command writes one more notice of a kind of which as many wait for
// service as the bound allows.
func (s *sending) piles(after casefile.State) bool {
	for _, written := range after.Notices[len(s.at.state.Notices):] {
		owed := 0
		for _, notice := range after.Notices {
			if notice.Kind == written.Kind && notice.Owed() {
				owed++
			}
		}
		if owed > s.options.Bounds.Unserved {
			return true
		}
	}
	return false
}

// repeats tells whether the case goes through work that it has been through before, after a
// rework or in another round. Then one input of each act is enough.
func (s *sending) repeats() bool { return s.at.state.Round > 1 || s.at.state.Reworks > 0 }

// another tells whether one more person is to send a command from this state.
func (s *sending) another(actor casefile.Actor, label string) bool {
	most := s.options.Bounds.Senders
	return most == 0 || s.sent[s.kindOfSender(actor)+label] < most
}

// kindOfSender tells those who work on the case from the others.
func (s *sending) kindOfSender(actor casefile.Actor) string {
	switch {
	case s.options.Bounds.Alone:
		return "anybody "
	case works(s.at.state, actor.PersonID):
		return "worker "
	}
	return "other "
}

func works(c casefile.State, who string) bool {
	return who == c.HandlerID || slices.Contains(c.HandledBy, who) || slices.Contains(c.VerifiedBy, who) ||
		c.Pending != nil && c.Pending.AskedBy == who
}

// actNamed finds an act by its mutation.
var actNamed = func() map[string]string {
	names := map[string]string{}
	for _, act := range casefile.ActNames() {
		names[casefile.MutationName(act)] = act
	}
	return names
}()
