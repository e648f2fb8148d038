package simulate

import (
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// acts are the commands by which somebody does a task, as the chances fall.
func (y *year) acts(l *life, task casefile.Task, w *worker) []casefile.Act {
	s, c := *l.state, y.profile.Staff.Chances
	switch task.Kind {
	case casefile.TaskAccept:
		return y.acceptance(l, w)
	case casefile.TaskIdentify:
		for _, party := range s.Parties {
			if party.Role == casefile.PartyAccused {
				party.Outsider = true
				return []casefile.Act{casefile.AmendCase{Parties: []casefile.Party{party}, Reason: "text"}}
			}
		}
	case casefile.TaskAssign:
		return y.assignment(l)
	case casefile.TaskInvestigate:
		return []casefile.Act{
			casefile.RecordInvestigation{Finding: "text"},
			casefile.ConcludeInvestigation{Facts: "text", Path: y.path(s)},
		}
	case casefile.TaskOpenMediation:
		return y.mediation(l)
	case casefile.TaskMediate:
		return y.mediated(s)
	case casefile.TaskDecide:
		return []casefile.Act{y.decision(s)}
	case casefile.TaskServe:
		return y.services(s, task.ID)
	case casefile.TaskRequestClosure:
		outcome := s.Outcome
		if outcome == "" {
			outcome = casefile.OutcomeSettledByParties
		}
		return []casefile.Act{casefile.RequestClosure{Outcome: outcome, Summary: "text"}}
	case casefile.TaskVerify:
		if y.chance(c.Rejected) {
			return []casefile.Act{casefile.RejectClosure{Reason: "text"}}
		}
		return []casefile.Act{casefile.VerifyClosure{}}
	case casefile.TaskFollowUp:
		return []casefile.Act{y.followUp(task.ID)}
	case casefile.TaskAcknowledgeSupervision:
		return []casefile.Act{casefile.AcknowledgeSupervision{OrderID: orderOf(task)}}
	case casefile.TaskReplySupervision:
		return []casefile.Act{casefile.ReplySupervision{OrderID: orderOf(task), Reply: "text"}}
	case casefile.TaskJudgeSupervision:
		return []casefile.Act{casefile.CloseSupervision{OrderID: orderOf(task), Status: casefile.SupervisionSatisfied}}
	case casefile.TaskDecideExtension:
		for _, d := range s.Deadlines {
			if n := len(d.Extensions); n > 0 && d.Extensions[n-1].Approved == nil {
				granted := y.chance(c.Granted) && d.OnTime(y.now)
				return []casefile.Act{casefile.DecideExtension{DeadlineID: d.ID, Approved: granted, Reason: "text"}}
			}
		}
	}
	return nil
}

// orderOf is the supervision order that a task is about.
func orderOf(task casefile.Task) string {
	_, order, _ := strings.Cut(task.ID, ":")
	return order
}

func (y *year) acceptance(l *life, w *worker) []casefile.Act {
	s, c := *l.state, y.profile.Staff.Chances
	if s.PetitionType == casefile.Accusation && w.actor.UnitKind == casefile.UnitPetitionOffice {
		return []casefile.Act{casefile.TransferCase{
			ToUnitID: unitID(casefile.UnitDiscipline, y.offices.counties[l.county]), Reason: "text",
		}}
	}
	at := y.random.Float64()
	switch {
	case at < c.Decline:
		return []casefile.Act{casefile.DeclineCase{Reason: casefile.DeclineNotCompetent, Explanation: "text", GoTo: "text"}}
	case at < c.Decline+c.Outside:
		return []casefile.Act{casefile.TransferCase{ToOutside: "text", Reason: "text"}}
	case at < c.Decline+c.Outside+c.Withdraw && !s.Parties[0].Anonymous:
		return []casefile.Act{casefile.WithdrawCase{PartyID: "P1", How: casefile.FollowUpOnSite, Request: "text", Reason: "text"}}
	}
	return []casefile.Act{casefile.AcceptCase{}}
}

// assignment gives a dispute to a mediator and a petition to an investigator, the one with
// the least to do.
func (y *year) assignment(l *life) []casefile.Act {
	roles := []casefile.Role{casefile.RoleInvestigator, casefile.RoleMediator, casefile.RoleClerk, casefile.RoleManager}
	if l.state.Kind == casefile.Dispute {
		roles = []casefile.Role{casefile.RoleMediator, casefile.RoleInvestigator, casefile.RoleClerk, casefile.RoleManager}
	}
	for _, role := range roles {
		w := y.offices.least(casefile.RoleAt{Role: role, UnitID: l.state.ResponsibleUnitID}, func(who string) bool {
			return who != l.state.HandlerID && !isParty(*l.state, who)
		})
		if w != nil {
			return []casefile.Act{casefile.AssignCase{PersonID: w.actor.PersonID}}
		}
	}
	return nil
}

func isParty(s casefile.State, who string) bool {
	for _, party := range s.Parties {
		if party.PersonID == who {
			return true
		}
	}
	return false
}

func (y *year) path(s casefile.State) casefile.InvestigationPath {
	c := y.profile.Staff.Chances
	switch {
	case s.Kind == casefile.Dispute && y.chance(c.Settled):
		return casefile.PathClose
	case s.Kind == casefile.Dispute:
		return casefile.PathMediation
	case s.PetitionType == casefile.Appeal && y.chance(c.Mediated):
		return casefile.PathMediation
	}
	return casefile.PathDecision
}

// mediation opens one by the county's centre, whose mediators mediate for all.
func (y *year) mediation(l *life) []casefile.Act {
	unit := unitID(casefile.UnitCenter, y.offices.counties[l.county])
	mediator := y.offices.byID[l.state.HandlerID]
	if mediator == nil || mediator.actor.Role != casefile.RoleMediator {
		mediator = y.offices.least(casefile.RoleAt{Role: casefile.RoleMediator, UnitID: unit}, func(string) bool { return true })
	}
	if mediator == nil {
		return nil
	}
	return []casefile.Act{casefile.OpenMediation{
		Type: casefile.MediationPeoples, UnitID: mediator.actor.UnitID, MediatorID: mediator.actor.PersonID,
	}}
}

func (y *year) mediated(s casefile.State) []casefile.Act {
	var acts []casefile.Act
	// Everybody agrees to be mediated: what a procedure wants of them is in the record.
	for _, party := range s.Parties {
		acts = append(acts, casefile.RecordConsent{PartyID: party.ID, Consent: casefile.ConsentGiven})
	}
	acts = append(acts, casefile.RecordSession{Mode: casefile.SessionOnSite, Minutes: "text"})
	c := y.profile.Staff.Chances
	switch {
	case !y.chance(c.Agreement):
		return append(acts, casefile.ConcludeMediation{Outcome: casefile.MediationFailed, Reason: "text"})
	case y.chance(c.Oral):
		return append(acts, casefile.ConcludeMediation{Outcome: casefile.MediationAgreementOral, Agreement: "text"})
	}
	return append(acts, casefile.ConcludeMediation{
		Outcome: casefile.MediationAgreementWritten, Agreement: "text", SignedAt: y.now,
	})
}

func (y *year) decision(s casefile.State) casefile.Act {
	outcomes := []casefile.DecisionOutcome{casefile.DecisionSupported, casefile.DecisionNotSupported, casefile.DecisionExplained}
	if s.PetitionType == casefile.Suggestion {
		outcomes = []casefile.DecisionOutcome{casefile.DecisionAdopted, casefile.DecisionPartlyAdopted, casefile.DecisionNotAdopted}
	}
	issue := casefile.IssueDecision{NewGrounds: "text"}
	for _, claim := range s.Claims {
		issue.Claims = append(issue.Claims, casefile.ClaimOpinion{
			ClaimID: claim.ID, Outcome: outcomes[y.random.IntN(len(outcomes))], Facts: "text", Reasons: "text", LegalBasis: "text",
		})
	}
	return issue
}

// services serve a notice on everybody who is still owed it; the task is "serve:N1".
func (y *year) services(s casefile.State, task string) []casefile.Act {
	var acts []casefile.Act
	for _, notice := range s.Notices {
		for _, party := range notice.Parties {
			if "serve:"+notice.ID == task && !notice.ServedOn(party) {
				acts = append(acts, casefile.RecordService{
					DocumentID: notice.ID, PartyID: party, Method: casefile.ServedByPost, ServedAt: y.now,
				})
			}
		}
	}
	return acts
}

// followUp asks the party of a task "follow-up:P1".
func (y *year) followUp(task string) casefile.Act {
	c := y.profile.Staff.Chances
	act := casefile.RecordFollowUp{
		PartyID: task[len("follow-up:"):], Result: casefile.FollowUpAnswered, Method: casefile.FollowUpPhone,
	}
	if y.chance(c.Unreachable) {
		act.Result = casefile.FollowUpUnreachable
		return act
	}
	score := 3 + y.random.IntN(3)
	if y.chance(c.Dissatisfied) {
		score = 1 + y.random.IntN(2)
	}
	act.Satisfaction = &score
	return act
}
