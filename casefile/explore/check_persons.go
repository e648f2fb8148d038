package explore

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// The two-person rules, and the case's own account of people that they are judged by.

// account says what the case forgot of who worked on it and who verified it, or "". By
// induction over the way there, whoever did the work stands among those who handled it.
func account(before casefile.State, events []casefile.Event, after casefile.State) string {
	for _, event := range events {
		who := event.Actor.PersonID
		switch event.Body.(type) {
		case casefile.InvestigationRecorded, casefile.InvestigationConcluded, casefile.SessionHeld,
			casefile.MediationConcluded, casefile.DecisionIssued:
			if who != "" && !slices.Contains(after.HandledBy, who) {
				return who + " worked on the case and is not among those who handled it"
			}
		case casefile.ClosureVerified, casefile.EndVerified:
			if !slices.Contains(after.VerifiedBy, who) {
				return who + " verified the case and is not among those who did"
			}
		}
	}
	for _, who := range before.HandledBy {
		if !slices.Contains(after.HandledBy, who) {
			return who + " had handled the case, which has forgotten it"
		}
	}
	return handsOf(after)
}

// handsOf says in whose hands the case is who verified it in this round, or "".
func handsOf(s casefile.State) string {
	if slices.Contains(s.VerifiedBy, s.HandlerID) {
		return s.HandlerID + " verified the case and handles it"
	}
	if n := len(s.Mediations); n > 0 && s.Mediations[n-1].ConcludedAt.IsZero() && slices.Contains(s.VerifiedBy, s.Mediations[n-1].MediatorID) {
		return s.Mediations[n-1].MediatorID + " verified the case and mediates it"
	}
	return ""
}

// ownWork says whose own work somebody judged, or "".
func ownWork(before casefile.State, command casefile.Command, events []casefile.Event) string {
	who := command.Actor.PersonID
	if who == "" {
		return "" // time judges nobody
	}
	worked := who == before.HandlerID || slices.Contains(before.HandledBy, who)
	for _, event := range events {
		switch event.Body.(type) {
		case casefile.ClosureVerified, casefile.EndVerified, casefile.ClosureRejected, casefile.EndRejected:
			if worked || before.Pending.AskedBy == who {
				return who + " verified what they had asked for or handled"
			}
		case casefile.ExtensionDecided:
			if asked := undecided(before); asked == who {
				return who + " decided on the extension that they had asked for"
			}
		case casefile.DeferralDecided:
			if before.Deferral != nil && before.Deferral.AskedBy == who {
				return who + " decided on the deferral that they had asked for"
			}
		case casefile.ReviewOpinionIssued:
			if worked {
				return who + " reviewed what they had handled"
			}
		case casefile.FollowedUp:
			if before.Exists() && (worked || slices.Contains(before.VerifiedBy, who)) {
				return who + " followed up what they had handled or verified"
			}
		}
	}
	return ""
}

// undecided is who asked for the extension that waits.
func undecided(s casefile.State) string {
	for _, d := range s.Deadlines {
		if n := len(d.Extensions); n > 0 && d.Extensions[n-1].Approved == nil {
			return d.Extensions[n-1].RequestedBy
		}
	}
	return ""
}
