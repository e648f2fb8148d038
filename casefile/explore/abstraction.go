package explore

import (
	"crypto/sha256"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/roster"
)

// What states are told apart by. See the package's own text for the idea, and encoder.go for
// how a state is written down.

// fingerprint tells abstract states apart.
type fingerprint [16]byte

// dropped are the fields that no rule asks once the state stands, by type and field name;
// where a rule does ask, what it asks follows from another field that is kept.
var dropped = names(
	"State.ID", "State.Version", "State.Number", "State.Backdated", "State.ExternalIDs", "State.Amount",
	"State.Headcount", "State.Exclusions", "State.Risk", "State.ConcludedOnTime", "State.Deferrals",
	"Deadline.Name", "Deadline.ProcedureFrom", "Deadline.CountedFrom", "Deadline.Effect", "Deadline.Guideline",
	"Deadline.MayPause", "Deadline.MayExtend", "Deadline.Roll", "Deadline.Provisional", "Deadline.Length",
	"Deadline.Citation", "Deadline.Explanation", "Deadline.MetBy",
	"ClockPause.Until", "ClockExtension.Length", "ClockExtension.Unit", "ClockExtension.DecidedBy",
	"Deferral.Until", "Deferral.Reason", "Link.Number",
	"Dispatch.ReplyBy", "Dispatch.By", "Dispatch.RepliedBy", "PerformanceDue.DueOn",
	"Mediation.AgreedAmount", "Decision.Claims", "Pending.Summary",
	"ReviewOpinion.Claims", "ReviewRequest.TakenDownBy", "ReviewRequest.Late",
	"FollowUp.At", "FollowUp.By", "RecordFollowUp.Result", "RecordFollowUp.Method", "RecordFollowUp.Comment",
)

func names(list ...string) map[string]bool {
	set := map[string]bool{}
	for _, name := range list {
		set[name] = true
	}
	return set
}

// spent says of an element of a list, by the list's type and field name, that nothing
// depends on it any more.
var spent = map[string]func(s casefile.State, element any) bool{
	"State.Deadlines": deadlineSpent,
	"State.Mediations": func(_ casefile.State, element any) bool {
		m := element.(casefile.Mediation)
		return !m.ConcludedAt.IsZero() && m.ReplacedBy != ""
	},
	"State.Decisions": func(s casefile.State, element any) bool {
		return element.(casefile.Decision).ID != s.Decisions[len(s.Decisions)-1].ID
	},
	"State.Notices": func(_ casefile.State, element any) bool { return !element.(casefile.Notice).Owed() },
	"State.FollowUps": func(s casefile.State, element any) bool {
		f := element.(casefile.FollowUp)
		return f.Round != s.Round || f.Cycle != s.Reworks
	},
	"State.Orders": func(_ casefile.State, element any) bool {
		return !element.(casefile.SupervisionOrder).Status.Open()
	},
	"Deadline.Pauses": func(_ casefile.State, element any) bool { return !element.(casefile.ClockPause).To.IsZero() },
	"Deadline.Extensions": func(_ casefile.State, element any) bool {
		approved := element.(casefile.ClockExtension).Approved
		return approved != nil && !*approved
	},
}

func deadlineSpent(s casefile.State, element any) bool {
	d := element.(casefile.Deadline)
	switch {
	case d.Running() || d.Status == casefile.ClockPaused:
		return false
	case d.Round != s.Round:
		return true
	case d.Step == casefile.StepAcceptance && !d.MetAt.IsZero():
		// It is owed again only where the proposal that met it is rejected.
		return s.Pending == nil
	case !d.OfOffice(), d.Of != "" && (!d.MetAt.IsZero() || d.Status == casefile.ClockCancelled):
		return true
	}
	// Of a step that was begun anew the latest clock counts.
	last := slices.IndexFunc(s.Deadlines, func(other casefile.Deadline) bool { return other.ID == d.ID })
	return slices.ContainsFunc(s.Deadlines[last+1:], func(other casefile.Deadline) bool {
		return other.Step == d.Step && other.Round == d.Round && other.Of == d.Of
	})
}

// abstract returns what a state is told apart by, and of each person of the cast what parts
// they play in it ("" for none).
func abstract(s casefile.State, now time.Time, cast *roster.Roster) (fingerprint, map[string]string) {
	e := &encoder{state: s, cast: cast, alias: map[string]string{}, parts: map[string]string{}}
	e.whole(now)
	sum := sha256.Sum256(e.out)
	return fingerprint(sum[:16]), e.parts
}
