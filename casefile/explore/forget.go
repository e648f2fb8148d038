package explore

import (
	"slices"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// forget returns the state without what nothing depends on any more: notices that have been
// served, what was promised and done, clocks that were met, the past of dispatches, reviews
// and orders. The state that is given is not written to.
func forget(s casefile.State) casefile.State {
	f := s
	f.Deadlines = keep(s.Deadlines, func(d casefile.Deadline) bool { return clockCounts(s, d) })
	for i := range f.Deadlines {
		f.Deadlines[i] = clockNow(s, f.Deadlines[i])
	}
	f.Mediations = mediationsNow(s)
	if n := len(s.Decisions); n > 0 {
		f.Decisions = s.Decisions[n-1:]
	}
	f.Reviews = keep(s.Reviews, func(r casefile.Review) bool { return reviewCounts(s, r) })
	for i := range f.Reviews {
		f.Reviews[i] = reviewNow(f.Reviews[i])
	}
	f.Notices = keep(s.Notices, casefile.Notice.Owed)
	f.FollowUps = keep(s.FollowUps, func(x casefile.FollowUp) bool { return x.Round == s.Round && x.Cycle == s.Reworks+s.Redos })
	f.Orders = keep(s.Orders, func(o casefile.SupervisionOrder) bool { return orderCounts(s, o) })
	f.Proposals = keep(s.Proposals, func(p casefile.PackageProposal) bool { return proposalCounts(s, p) })
	f.Dispatches = dispatchesNow(s)
	f.Raises = raisesNow(s)
	f.Referrals = keep(s.Referrals, func(r casefile.Referral) bool {
		return r.Open()
	})
	f.Samples = keep(s.Samples, func(x casefile.Sample) bool { return x.Finding == "" && !x.Void })
	return f
}

// keep returns a list of its own of those that count.
func keep[T any](list []T, counts func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(t T) bool { return !counts(t) })
}

func find[T any](list []T, is func(T) bool) (found T, ok bool) {
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i], true
	}
	return found, false
}

// clockCounts tells whether a rule may still ask for a clock.
func clockCounts(s casefile.State, d casefile.Deadline) bool {
	if d.Running() || d.Status == casefile.ClockPaused || referredTo(s, d.ID) {
		return true
	}
	if later := laterClock(s, d); later || d.Status == casefile.ClockCancelled {
		return false
	}
	current := d.Round == s.Round
	goesOn := s.Stage.Open() || s.PetitionType == casefile.Appeal // a closed one may be reviewed
	if d.Unmet() {                                                // missed
		return d.OfOffice() && current && goesOn || d.Owner == procedure.OwnerOtherOrgan
	}
	switch {
	case d.Of != "":
		// A referral asks whether its organ's time has begun.
		return current && slices.ContainsFunc(s.Referrals, func(r casefile.Referral) bool { return r.ID == d.Of && r.Open() })
	case d.Step == casefile.StepHandling:
		// It runs on where the closure is rejected.
		return current && s.Reworks == 0 && goesOn
	case d.Step == casefile.StepObjection:
		return current && s.Forwarding != nil && s.Forwarding.Objection == nil && !s.Forwarding.Settled
	}
	return false
}

// mayRunOn tells whether a clock was met by a closure, which may be rejected.
func mayRunOn(s casefile.State, d casefile.Deadline) bool {
	return d.Status == casefile.ClockMet && (d.Of == "" && d.Step == casefile.StepHandling || s.Pending != nil && slices.Contains(s.Pending.MetDeadlines, d.ID))
}

// laterClock tells whether a clock of the same step hides this one.
func laterClock(s casefile.State, d casefile.Deadline) bool {
	at := slices.IndexFunc(s.Deadlines, func(other casefile.Deadline) bool { return other.ID == d.ID })
	return slices.ContainsFunc(s.Deadlines[at+1:], func(other casefile.Deadline) bool {
		return other.Step == d.Step && other.Of == d.Of && (other.Round == d.Round || !d.OfOffice())
	})
}

// referredTo tells whether something that counts names a clock by its id: the orders that
// chase it, and the end that runs on with it if it is rejected.
func referredTo(s casefile.State, clock string) bool {
	if s.Pending != nil && slices.Contains(s.Pending.MetDeadlines, clock) {
		return true
	}
	return slices.ContainsFunc(s.Orders, func(o casefile.SupervisionOrder) bool { return o.DeadlineID == clock && orderCounts(s, o) })
}

// clockNow is what counts of a clock. One that was met by an end which may be rejected runs on
// with all that it had.
func clockNow(s casefile.State, d casefile.Deadline) casefile.Deadline {
	d.Statutory = d.Statutory && d.Unmet()
	if !d.Running() && d.Status != casefile.ClockPaused && !mayRunOn(s, d) {
		d.Warned, d.Pauses, d.Extensions = false, nil, nil
		return d
	}
	d.Pauses = slices.Clone(d.Pauses)
	for i := range d.Pauses {
		if !d.Pauses[i].To.IsZero() {
			d.Pauses[i].Until, d.Pauses[i].Outlasted = "", false
		}
	}
	d.Extensions = keep(d.Extensions, func(x casefile.ClockExtension) bool { return x.Approved == nil || *x.Approved })
	for i := range d.Extensions {
		if d.Extensions[i].Approved != nil {
			d.Extensions[i].RequestedBy = ""
		}
	}
	return d
}

// orderCounts tells whether an order is open, or a proposal that counts came of it.
func orderCounts(s casefile.State, o casefile.SupervisionOrder) bool {
	return o.Status.Open() || slices.ContainsFunc(s.Proposals, func(p casefile.PackageProposal) bool {
		return p.OrderID == o.ID && proposalCounts(s, p)
	})
}

// proposalCounts tells whether a proposed package has not answered yet, or the miss over which
// it was proposed is still owed.
func proposalCounts(s casefile.State, p casefile.PackageProposal) bool {
	if p.Asked {
		return true
	}
	order, ok := find(s.Orders, func(o casefile.SupervisionOrder) bool { return o.ID == p.OrderID })
	if !ok {
		return false
	}
	missed, ok := find(s.Deadlines, func(d casefile.Deadline) bool { return d.ID == order.DeadlineID })
	return ok && missed.Unmet() && s.Stage.Open() && p.Round == s.Round
}

// reviewCounts tells whether a review is open, the latest one, or an answer to the opinion
// that stands.
func reviewCounts(s casefile.State, r casefile.Review) bool {
	if r.ConcludedAt.IsZero() || r.ID == s.Reviews[len(s.Reviews)-1].ID {
		return true
	}
	opinion := ""
	if n := len(s.Decisions); n > 0 {
		opinion = s.Decisions[n-1].ID
	}
	return r.DecisionID == opinion && (r.Outcome == casefile.ReviewUpheld || r.Outcome == casefile.ReviewChanged)
}

// reviewNow is what counts of a review. Of one that is over it is what it came to.
func reviewNow(r casefile.Review) casefile.Review {
	if r.ConcludedAt.IsZero() {
		return r
	}
	over := casefile.Review{ID: r.ID, Stage: r.Stage, DecisionID: r.DecisionID, UnitID: r.UnitID, ConcludedAt: r.ConcludedAt}
	over.Outcome, over.Claims = r.Outcome, r.Claims
	return over
}

// mediationsNow keeps the one that is open, and of those that have ended who left them, what
// is promised, what a court may still confirm, and what it waits for.
func mediationsNow(s casefile.State) []casefile.Mediation {
	var list []casefile.Mediation
	for _, m := range s.Mediations {
		if m.ConcludedAt.IsZero() {
			m.AgreedAmount, m.Recused = nil, nil
			list = append(list, m)
			continue
		}
		left := casefile.Mediation{ID: m.ID, ConcludedAt: m.ConcludedAt}
		counts := false
		if m.Entrusted && m.ReturnedAt.IsZero() {
			counts, left.Entrusted, left.MediatorID = true, true, m.MediatorID
		}
		if m.ReplacedBy == "" {
			left.Performance = keep(m.Performance, func(p casefile.PerformanceDue) bool { return m.PerformedAt(p.ID).IsZero() })
			if len(left.Performance) > 0 {
				counts, left.MediatorID = true, m.MediatorID
			}
			if m.Outcome == casefile.MediationAgreementWritten && (m.Confirmation == nil || m.Confirmation.RuledAt.IsZero()) {
				counts, left.Outcome, left.Confirmation = true, m.Outcome, m.Confirmation
			}
		}
		if counts {
			list = append(list, left)
		}
	}
	if len(list) == 0 && len(s.Mediations) > 0 {
		list = []casefile.Mediation{{ConcludedAt: time.Unix(0, 0)}} // it has been mediated
	}
	return list
}

// dispatchesNow keeps what units still owe, and how the latest
// lead of the round stands.
func dispatchesNow(s casefile.State) []casefile.Dispatch {
	lead := -1
	for i, d := range s.Dispatches {
		if d.Lead && d.Round == s.Round {
			lead = i
		}
	}
	var list []casefile.Dispatch
	for i, d := range s.Dispatches {
		if d.Open() || i == lead {
			d.RepliedBy = ""
			list = append(list, d)
		}
	}
	return list
}

// raisesNow keeps the latest raise of this round, while it may be given back.
func raisesNow(s casefile.State) []casefile.Raise {
	if n := len(s.Raises); n > 0 && s.Raises[n-1].ReturnedAt.IsZero() && s.Raises[n-1].Round == s.Round {
		return s.Raises[n-1:]
	}
	return nil
}

// pastParts are the parts that people have played in what is forgotten: they handled the
// case, gave a unit's answer, decided a review, or left a mediation.
func pastParts(s casefile.State, play func(person, part string)) {
	for _, m := range s.Mediations {
		for _, person := range m.Recused {
			play(person, "recused")
		}
	}
	for _, d := range s.Dispatches {
		play(d.RepliedBy, "answered")
	}
	for _, r := range s.Reviews {
		play(r.DecidedBy, "decided "+strings.ToLower(string(r.Stage)))
	}
}
