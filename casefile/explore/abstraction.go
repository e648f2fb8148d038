package explore

import (
	"crypto/sha256"

	"github.com/tiaochu/tiaochu/casefile/roster"
)

// What states are told apart by: forget takes out of a state what no rule asks any more, and
// the encoder writes down what is left. See the package's own text for the idea.

// fingerprint tells abstract states apart.
type fingerprint [16]byte

// abstract returns what a state is told apart by, and of each person of the cast what parts
// they play in it ("" for none). Where time passes, the days on which clocks ring count.
func abstract(at live, cast *roster.Roster, timed bool) (fingerprint, map[string]string) {
	e := &encoder{cast: cast, alias: map[string]string{}, parts: map[string][]string{}}
	out := e.whole(at.state, forget(at.state), at.now, timed)
	if at.held {
		out += "held back"
	}
	sum := sha256.Sum256([]byte(out))
	return fingerprint(sum[:16]), e.people
}

// dropped are the fields that no rule asks once the state stands, by type and field name;
// where a rule does ask, what it asks follows from another field that is kept.
var dropped = names(
	// What the case is about and called.
	"State.Version", "State.Number", "State.Backdated", "State.ExternalIDs", "State.Amount", "State.Headcount",
	"State.ConcludedOnTime", "State.ClaimsGone", "State.Risk",
	// A clock's rule follows from its step and procedure; its days are written by the alarms.
	"Deadline.Name", "Deadline.ProcedureFrom", "Deadline.CountedFrom", "Deadline.Effect", "Deadline.Guideline",
	"Deadline.MayPause", "Deadline.MayExtend", "Deadline.Roll", "Deadline.Provisional", "Deadline.Length",
	"Deadline.Citation", "Deadline.Explanation", "Deadline.MetBy",
	"ClockExtension.Length", "ClockExtension.Unit", "ClockExtension.DecidedBy",
	"Deferral.Until", "Deferral.Reason", "Deferral.ApprovedBy",
	// Who did what no rule keeps them from doing again, and under which number.
	"Pending.Summary", "Pending.AskedUnit", "Objection.RaisedBy", "Link.By", "Link.Number", "Link.CaseID", "Link.As", "Link.TellingSeq",
	"Urgency.Ground", "Urgency.Since", "UrgencyNotice.AcknowledgedBy", "UrgencyReport.ReportedBy", "Origin.UrgentSince",
	"SuspectedHarm.Since", "PoliceReport.UnitID", "PoliceReport.Reference", "PoliceReport.ReportedAt", "PoliceReport.ReportedBy",
	"PoliceReport.RecordedBy", "Retaliation.Finding", "Retaliation.AnsweredAt", "Sample.FoundBy",
	"Merger.By", "Merger.Number", "Split.By", "Split.Register", "Split.NewCaseID", "Split.Claims",
	"Dispatch.ReplyBy", "Dispatch.By", "Dispatch.Reply", "Dispatch.Reason", "Raise.Division",
	"Referral.By", "Referral.Reference", "Referral.AcknowledgedAt", "Referral.ProcedureFrom", "Recommendation.IssuedBy",
	"SupervisionOrder.AddresseeUnitID", "SupervisionOrder.Reason", "SupervisionOrder.Reply",
	"SupervisionOrder.AcknowledgedAt", "SupervisionOrder.RepliedAt", "SupervisionOrder.JudgedAt",
	"ReviewRequest.TakenDownBy", "ReviewRequest.Late", "ReviewRequest.LateReason",
	"PackageProposal.PackageID", "unmerged.Why", "unmerged.WhyZH", "Notice.IssuedAt", "Notice.Remedy", "Service.Method", "Service.ServedAt",
	"FollowUp.At", "FollowUp.By", "FollowUp.Cycle", "RecordFollowUp.Result", "RecordFollowUp.Method", "RecordFollowUp.Comment",
	"State.Documents", "Session.MinutesDocument", "PerformanceDue.DueOn", "PerformanceDue.What", "ClaimOpinion.Facts", "ClaimOpinion.Reasons", "ClaimOpinion.LegalBasis",
)

func names(list ...string) map[string]bool {
	set := map[string]bool{}
	for _, name := range list {
		set[name] = true
	}
	return set
}

// most is how far a number counts: rules ask whether it is more than nothing, or than one.
var most = map[string]int64{"State.Round": 2, "State.Redos": 1}

// days are the instants whose day counts where time passes.
var days = names("ClockPause.From", "ClockPause.To")

// rounds are the fields of which counts whether they are this round.
var rounds = names("Deadline.Round", "FollowUp.Round", "Dispatch.Round", "Raise.Round", "Referral.Round",
	"Sample.Round", "PackageProposal.Round")

// once are sets in which the same counts once.
var once = names("State.Links")

// inOrder are the lists whose order rules ask for; all others are sets.
var inOrder = names("State.Decisions", "State.Reviews", "State.Dispatches", "State.Raises", "State.Proposals",
	"Deadline.Pauses", "Deadline.Extensions")
