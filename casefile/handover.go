package casefile

import (
	"fmt"
	"slices"
)

// HandOverWork (工作移交) gives what somebody handles and mediates in the case to a colleague, or
// releases it to the unit's inbox where ToID is empty.
type HandOverWork struct {
	FromID string `json:"fromId"`
	ToID   string `json:"toId,omitempty"`
	Reason TextID `json:"reason,omitempty"`
}

func (HandOverWork) actName() string { return "HandOverWork" }

func (a HandOverWork) decide(d *deciding) *Refusal { return d.handOverWork(a) }

// handOverActs are the acts by which work goes from one person to another.
var handOverActs = []actKind{
	actOf[HandOverWork](actRule{
		stages: workStages,
		who: authority{
			own: []Role{RoleManager, RoleLeader, RoleAdmin}, above: []Role{RoleManager, RoleLeader, RoleAdmin},
		},
		may:   handsOver,
		ready: someWork,
	}),
}

// handsOver keeps an ADMIN, who knows no case, from one that few know of.
func handsOver(state State, actor Actor) *Refusal {
	if actor.Role == RoleAdmin && narrowness(state.Confidentiality) > 0 {
		return refuse(RefusedJurisdiction, nil,
			"the work on a restricted or sealed case is handed over by the head of the unit, not by an ADMIN",
			"限制知悉或者密封案件由单位负责人移交，系统管理员不得移交")
	}
	return nil
}

// WorkOf tells what somebody has of a case that is worked on: whether they handle it, and the
// mediation that they hold; "" where they hold none.
func (s State) WorkOf(personID string) (handles bool, mediationID string) {
	if personID == "" || !slices.Contains(workStages, s.Stage) {
		return false, ""
	}
	if m := s.openMediation(); m != nil && m.MediatorID == personID {
		mediationID = m.ID
	}
	return s.HandlerID == personID, mediationID
}

// someWork wants somebody whose work can be handed over.
func someWork(state State, _ Directory) *Refusal {
	m := state.openMediation()
	chosen := m != nil && len(m.ChosenBy) > 0
	switch {
	case chosen && (state.HandlerID == "" || state.HandlerID == m.MediatorID):
		return chosenMediator(m.ID)
	case state.HandlerID != "", m != nil && m.MediatorID != "":
		return nil
	}
	return refuse(RefusedIncomplete, nil, "nobody handles or mediates the case", "本案没有承办人和调解员")
}

func chosenMediator(mediationID string) *Refusal {
	return refuse(RefusedInterest, at("fromPersonId"),
		fmt.Sprintf("the parties chose the mediator of %s: another one is named by recuseMediator, with their choice", mediationID),
		fmt.Sprintf("调解 %s 的调解员由当事人选择，应当通过回避并由当事人另行选择", mediationID))
}

func (d *deciding) handOverWork(act HandOverWork) *Refusal {
	if act.FromID == "" {
		return required(at("fromPersonId"))
	}
	handles, mediationID := d.state.WorkOf(act.FromID)
	switch {
	case !handles && mediationID == "":
		return refuse(RefusedNotFound, at("fromPersonId"),
			fmt.Sprintf("%s neither handles nor mediates the case", shown(act.FromID)), fmt.Sprintf("%s 不是本案承办人或者调解员", shown(act.FromID)))
	case act.FromID == act.ToID:
		return refuse(RefusedInvalid, at("toPersonId"), "work is handed over to somebody else", "工作应移交他人")
	case mediationID != "" && len(d.state.openMediation().ChosenBy) > 0:
		return chosenMediator(mediationID)
	}
	handed := WorkHandedOver{FromID: act.FromID, ToID: act.ToID, Handles: handles, MediationID: mediationID, Reason: act.Reason}
	if act.ToID != "" {
		if refusal := d.checkReceivesWork(act.ToID, &handed); refusal != nil {
			return refusal
		}
	}
	d.emit(handed)
	return nil
}

// checkReceivesWork refuses a colleague who could not have been named for what is handed over,
// and notes in which role they handle the case.
func (d *deciding) checkReceivesWork(personID string, handed *WorkHandedOver) *Refusal {
	const field = "toPersonId"
	person, ok := d.rules.Directory.Person(personID)
	if !ok {
		return unknownPerson(personID, at(field))
	}
	if refusal := d.checkTakesPart(person, field); refusal != nil {
		return refusal
	}
	if handed.Handles {
		role, ok := d.handlingRole(person)
		if !ok {
			return d.noHandler(person, field)
		}
		handed.Role, handed.UnitID = role.Role, role.UnitID
	}
	if handed.MediationID != "" {
		return d.checkMediator(personID, d.state.openMediation().UnitID, field)
	}
	return nil
}

// WorkHandedOver gives what somebody had of the case to another person, or to nobody yet.
type WorkHandedOver struct {
	FromID string `json:"fromId"`
	ToID   string `json:"toId,omitempty"`
	// Handles says that the case's handler changes; Role and UnitID are in what the new one
	// handles it.
	Handles bool   `json:"handles,omitempty"`
	Role    Role   `json:"role,omitempty"`
	UnitID  string `json:"unitId,omitempty"`
	// MediationID is the mediation whose mediator changes.
	MediationID string `json:"mediationId,omitempty"`
	Reason      TextID `json:"reason,omitempty"`
}

func (WorkHandedOver) eventType() string { return "WorkHandedOver" }

func (b WorkHandedOver) apply(s *State, _ Event) {
	if b.Handles {
		s.HandlerID = b.ToID
	}
	if b.MediationID != "" {
		s.changeMediation(b.MediationID, func(m *Mediation) { m.MediatorID = b.ToID })
	}
}

func (b WorkHandedOver) sentence(t telling) string {
	if b.ToID == "" {
		return t.did(fmt.Sprintf("released the work of %s to the unit", t.person(b.FromID)), fmt.Sprintf("将%s承办的工作交回单位", t.person(b.FromID)))
	}
	return t.did(fmt.Sprintf("handed the work of %s over to %s", t.person(b.FromID), t.person(b.ToID)),
		fmt.Sprintf("将%s承办的工作移交%s", t.person(b.FromID), t.person(b.ToID)))
}

// handOverEvents are the events by which work changes hands.
var handOverEvents = []eventKind{eventOf[WorkHandedOver]()}
