package explore

import (
	"slices"
	"strconv"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// The inputs of mediation, decision, closure and evaluation.

func mediations(m moment) []proposal {
	var list []proposal
	for _, actor := range m.cast.Actors() {
		if actor.Role != casefile.RoleMediator {
			continue
		}
		for _, kind := range []casefile.MediationType{casefile.MediationPeoples, casefile.MediationAdministrative} {
			list = append(list, proposal{
				casefile.OpenMediation{Type: kind, UnitID: actor.UnitID, MediatorID: actor.PersonID},
				string(kind) + " " + actor.PersonID,
			})
		}
	}
	return list
}

// open returns the mediation that goes on.
func (m moment) open() casefile.Mediation {
	if n := len(m.state.Mediations); n > 0 && m.state.Mediations[n-1].ConcludedAt.IsZero() {
		return m.state.Mediations[n-1]
	}
	return casefile.Mediation{}
}

// consents are asked for in the parties' order; people's mediation needs none and ends by a
// refusal. Who agreed may change their mind.
func consents(m moment) []proposal {
	open := m.open()
	var list []proposal
	for _, party := range m.state.Parties {
		if party.Role == casefile.PartyThird || party.Role == casefile.PartyAccused {
			continue
		}
		said := open.Consents[party.ID]
		if said == "" && open.ConsentMode != casefile.ConsentNotRefused {
			list = append(list, proposal{casefile.RecordConsent{PartyID: party.ID, Consent: casefile.ConsentGiven}, party.ID + " GIVEN"})
		}
		if said != casefile.ConsentRefused {
			list = append(list, proposal{casefile.RecordConsent{PartyID: party.ID, Consent: casefile.ConsentRefused}, party.ID + " REFUSED"})
		}
		if said == "" {
			break
		}
	}
	return list
}

func schedules(m moment) []proposal {
	if len(m.open().Sessions) >= m.bounds.Sessions {
		return nil
	}
	return []proposal{{act: casefile.ScheduleSession{Mode: casefile.SessionOnSite, ScheduledFor: m.now.Add(time.Hour)}}}
}

func sessions(m moment) []proposal {
	var list []proposal
	for _, session := range m.open().Sessions {
		if session.HeldAt.IsZero() {
			list = append(list, proposal{casefile.RecordSession{SessionID: session.ID, Minutes: "text"}, "scheduled"})
		}
	}
	if len(m.open().Sessions) < m.bounds.Sessions {
		list = append(list, proposal{act: casefile.RecordSession{Minutes: "text"}})
	}
	return list
}

func conclusions(m moment) []proposal {
	list := []proposal{
		{casefile.ConcludeMediation{Outcome: casefile.MediationAgreementWritten, Agreement: "text", SignedAt: m.now}, "written"},
		{casefile.ConcludeMediation{Outcome: casefile.MediationAgreementOral, Agreement: "text"}, "oral"},
		{casefile.ConcludeMediation{
			Outcome: casefile.MediationAgreementWritten, Agreement: "text", SignedAt: m.now,
			Performance: []casefile.PerformanceDue{{DueOn: m.now.Add(3 * oneDay).In(casefile.Shanghai).Format("2006-01-02"), What: "text"}},
		}, "promise"},
	}
	for _, outcome := range []casefile.MediationOutcome{casefile.MediationFailed, casefile.MediationRefused, casefile.MediationWithdrawn} {
		list = append(list, proposal{casefile.ConcludeMediation{Outcome: outcome, Reason: "text"}, string(outcome)})
	}
	return list
}

func decisions(m moment) []proposal {
	outcomes := []casefile.DecisionOutcome{casefile.DecisionSupported, casefile.DecisionNotSupported, casefile.DecisionExplained}
	if m.state.PetitionType == casefile.Suggestion {
		outcomes = []casefile.DecisionOutcome{casefile.DecisionAdopted, casefile.DecisionPartlyAdopted, casefile.DecisionNotAdopted}
	}
	claims := []string{""}
	if len(m.state.Claims) > 0 {
		claims = claims[:0]
		for _, claim := range m.state.Claims {
			claims = append(claims, claim.ID)
		}
	}
	var list []proposal
	for i, outcome := range outcomes {
		var opinions []casefile.ClaimOpinion
		for j, claim := range claims {
			// The second claim is answered otherwise, so that what is derived from both is seen.
			answer := outcomes[(i+j)%len(outcomes)]
			opinions = append(opinions, casefile.ClaimOpinion{
				ClaimID: claim, Outcome: answer, Facts: "text", Reasons: "text", LegalBasis: "text",
			})
		}
		list = append(list, proposal{casefile.IssueDecision{Claims: opinions, NewGrounds: "text"}, string(outcome)})
	}
	return list
}

func services(m moment) []proposal {
	var list []proposal
	for _, notice := range m.state.Notices {
		for _, party := range notice.Parties {
			if notice.Owed() && !notice.ServedOn(party) {
				list = append(list, proposal{casefile.RecordService{
					DocumentID: notice.ID, PartyID: party, Method: casefile.ServedByPost, ServedAt: m.now,
				}, string(notice.Kind) + " " + party})
			}
		}
	}
	return list
}

func closures(m moment) []proposal {
	outcomes := []casefile.Outcome{casefile.OutcomeUnfounded, casefile.OutcomeSettledByParties}
	if m.state.Outcome != "" {
		outcomes = []casefile.Outcome{m.state.Outcome}
	}
	var list []proposal
	for _, outcome := range outcomes {
		list = append(list, proposal{casefile.RequestClosure{Outcome: outcome, Summary: "text"}, string(outcome)})
	}
	return list
}

func followUps(m moment) []proposal {
	happy, unhappy := 5, 1
	var list []proposal
	for _, party := range m.state.Parties {
		list = append(list,
			proposal{casefile.RecordFollowUp{
				PartyID: party.ID, Result: casefile.FollowUpAnswered, Satisfaction: &happy, Method: casefile.FollowUpPhone,
			}, party.ID + " satisfied"},
			proposal{casefile.RecordFollowUp{
				PartyID: party.ID, Result: casefile.FollowUpAnswered, Satisfaction: &unhappy, Method: casefile.FollowUpPhone,
			}, party.ID + " dissatisfied"},
			proposal{casefile.RecordFollowUp{
				PartyID: party.ID, Result: casefile.FollowUpUnreachable, Method: casefile.FollowUpPhone,
			}, party.ID + " unreachable"},
		)
	}
	return list
}

// attachments put one more file into the record.
func attachments(m moment) []proposal {
	return []proposal{{act: casefile.AttachDocument{
		DocumentID: "document" + strconv.Itoa(len(m.state.Documents)+1), Title: "text", MediaType: "application/pdf", Size: 1, Tag: "tag",
	}}}
}

// handOvers give what the handler and the mediator have to everybody who might have it, and
// back to the unit.
func handOvers(m moment) []proposal {
	var list []proposal
	mediator, workers := m.open().MediatorID, len(m.state.HandledBy)
	for _, from := range slices.Compact([]string{m.state.HandlerID, mediator}) {
		if from == "" {
			continue
		}
		list = append(list, proposal{casefile.HandOverWork{FromID: from, Reason: "text"}, from + " to nobody"})
		for _, actor := range m.cast.Actors() {
			known := slices.Contains(m.state.HandledBy, actor.PersonID)
			mediates := actor.Role == casefile.RoleMediator
			fits := actor.UnitID == m.state.ResponsibleUnitID && slices.Contains(handlers, actor.Role) || mediates
			if !fits || actor.PersonID == from || !known && workers >= m.bounds.Handlers {
				continue
			}
			list = append(list, proposal{casefile.HandOverWork{FromID: from, ToID: actor.PersonID, Reason: "text"}, from + " to " + actor.PersonID})
		}
	}
	return list
}
