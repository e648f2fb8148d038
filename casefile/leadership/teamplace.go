package leadership

import (
	"fmt"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// HandOverWork (工作移交) gives somebody's place in the team to a colleague, or gives it up where
// ToID is empty. Who leads the package hands it over by HandOverPackage.
type HandOverWork struct {
	FromID string          `json:"fromId"`
	ToID   string          `json:"toId,omitempty"`
	Reason casefile.TextID `json:"reason"`
}

func (HandOverWork) actName() string { return "HandOverWork" }

var teamPlaceActs = []actKind{actOf[HandOverWork](actRule{
	statuses: []Status{Proposed, Open, Stabilised},
	who: authority{
		leader: true, responsible: []casefile.Role{casefile.RoleManager, casefile.RoleLeader},
		body: []casefile.Role{casefile.RoleManager, casefile.RoleLeader}, over: []casefile.Role{casefile.RoleManager, casefile.RoleLeader},
	},
	ready: someTeam,
})}

// WorkOf reports whether somebody has work of the package that can be handed over: they lead it,
// or are of its team.
func (s State) WorkOf(personID string) bool {
	return personID != "" && (s.LeaderID == personID && s.Status.Holds() || slices.Contains(s.TeamIDs, personID) && !s.Status.Ended())
}

func someTeam(state State, _ casefile.Actor) *casefile.Refusal {
	if len(state.TeamIDs) > 0 {
		return nil
	}
	return refuse(casefile.RefusedIncomplete, nil, "the package has no team", "本包案没有专班成员")
}

func (a HandOverWork) decide(d *deciding) *casefile.Refusal {
	if refusal := first(required(a.FromID, "移交人", "fromPersonId"), required(a.Reason, "理由", "reason")); refusal != nil {
		return refusal
	}
	if !slices.Contains(d.state.TeamIDs, a.FromID) {
		return refuse(casefile.RefusedNotFound, at("fromPersonId"), "the person is not of the package's team", "该人员不是本包案专班成员")
	}
	if a.ToID != "" {
		if refusal := d.checkTakesPlace(a); refusal != nil {
			return refusal
		}
	}
	d.emit(TeamPlaceHandedOver(a))
	return nil
}

// checkTakesPlace refuses a colleague who could not have been named for the team: one that is in
// it, leads it, is away, is kept from one of its cases, or has judged an order over it.
func (d *deciding) checkTakesPlace(a HandOverWork) *casefile.Refusal {
	const field = "toPersonId"
	person, ok := d.rules.Directory.Person(a.ToID)
	switch {
	case !ok || len(person.Roles) == 0:
		return refuse(casefile.RefusedUnknownPerson, at(field), "nobody of this id works in the system", "没有这一人员")
	case a.ToID == a.FromID:
		return refuse(casefile.RefusedInvalid, at(field), "work is handed over to somebody else", "工作应移交他人")
	case a.ToID == d.state.LeaderID:
		return refuse(casefile.RefusedAlreadyDone, at(field), "this person leads the package", "该人员已是包案领导")
	case slices.Contains(d.state.TeamIDs, a.ToID):
		return refuse(casefile.RefusedAlreadyDone, at(field), "this person is of the team already", "该人员已是专班成员")
	}
	if refusal := casefile.CheckPresent(person, d.rules.Directory, at(field)); refusal != nil {
		return refusal
	}
	for _, order := range d.state.Orders {
		if order.JudgedBy == a.ToID && unended(order) {
			return refuse(casefile.RefusedSamePerson, at(field),
				fmt.Sprintf("this person judges supervision order %s over the package", order.ID),
				fmt.Sprintf("该人员是本包案督办单 %s 的督办人", order.ID))
		}
	}
	for _, id := range d.state.caseIDs() {
		if refusal := d.checkInterest(d.rules.Cases[id], []string{a.ToID}, at(field)); refusal != nil {
			return refusal
		}
	}
	return nil
}

// caseIDs are the cases that the package has, or that are proposed for it.
func (s State) caseIDs() []string {
	var ids []string
	for _, member := range s.Current() {
		ids = append(ids, member.CaseID)
	}
	if s.Status == Proposed {
		for _, name := range s.Asked {
			ids = append(ids, name.CaseID)
		}
	}
	return ids
}

// TeamPlaceHandedOver gives a place in the team to somebody else, or to nobody.
type TeamPlaceHandedOver struct {
	FromID string          `json:"fromId"`
	ToID   string          `json:"toId,omitempty"`
	Reason casefile.TextID `json:"reason"`
}

func (TeamPlaceHandedOver) eventType() string { return "TeamPlaceHandedOver" }

func (b TeamPlaceHandedOver) apply(s *State, _ Event) {
	s.TeamIDs = WithPlaceOf(s.TeamIDs, b.FromID, b.ToID)
	if !slices.Contains(s.FormerTeamIDs, b.FromID) {
		s.FormerTeamIDs = appended(s.FormerTeamIDs, b.FromID)
	}
}

// WithPlaceOf is a team in which one person has another's place; toID empty gives it to nobody.
func WithPlaceOf(teamIDs []string, fromID, toID string) []string {
	var team []string
	for _, id := range teamIDs {
		if id == fromID {
			id = toID
		}
		if id != "" && !slices.Contains(team, id) {
			team = append(team, id)
		}
	}
	return team
}

func (b TeamPlaceHandedOver) sentence(t telling) string {
	if b.ToID == "" {
		return t.did(fmt.Sprintf("released %s from the team", t.person(b.FromID)), fmt.Sprintf("将%s调出专班", t.person(b.FromID)))
	}
	return t.did(fmt.Sprintf("handed the place of %s in the team over to %s", t.person(b.FromID), t.person(b.ToID)),
		fmt.Sprintf("将%s在专班的工作移交%s", t.person(b.FromID), t.person(b.ToID)))
}

var teamPlaceEvents = []eventKind{eventOf[TeamPlaceHandedOver]()}
