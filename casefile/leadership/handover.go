package leadership

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// HandOverPackage gives the package to another leader of the same level and division, with
// another team where one is named.
type HandOverPackage struct {
	LeaderID string          `json:"leaderId"`
	TeamIDs  []string        `json:"teamIds,omitempty"`
	Reason   casefile.TextID `json:"reason"`
}

func (HandOverPackage) actName() string { return "HandOverPackage" }

var handOverActs = []actKind{actOf[HandOverPackage](actRule{
	statuses: []Status{Open, Stabilised},
	who: authority{
		leader: true, body: []casefile.Role{casefile.RoleLeader, casefile.RoleManager}, over: []casefile.Role{casefile.RoleLeader},
	},
})}

func (a HandOverPackage) decide(d *deciding) *casefile.Refusal {
	body, refusal := d.checkLeader(a.LeaderID, d.state.Level, "leaderId")
	if refusal != nil {
		return refusal
	}
	if refusal := first(required(a.Reason, "理由", "reason"), d.checkTeam(a.TeamIDs)); refusal != nil {
		return refusal
	}
	switch {
	case a.LeaderID == d.state.LeaderID:
		return refuse(casefile.RefusedAlreadyDone, at("leaderId"), "this leader has the package already", "该领导已是包案领导")
	case body.Division != d.state.Division:
		return refuse(casefile.RefusedJurisdiction, at("leaderId"),
			fmt.Sprintf("%s belongs to %s, the package to %s", body.Name, body.Division, d.state.Division),
			fmt.Sprintf("%s属%s，包案属%s", body.Name, body.Division, d.state.Division))
	}
	for _, member := range d.state.Current() {
		facts := d.rules.Cases[member.CaseID]
		if refusal := d.checkInterest(facts, append([]string{a.LeaderID}, a.TeamIDs...), at("leaderId")); refusal != nil {
			return refusal
		}
	}
	d.emit(HandedOver{
		FromID: d.state.LeaderID, ToID: a.LeaderID, ToUnitID: body.ID, TeamIDs: a.TeamIDs, Reason: a.Reason,
	})
	return nil
}

// HandedOver gives the package to another leader.
type HandedOver struct {
	FromID   string          `json:"fromId"`
	ToID     string          `json:"toId"`
	ToUnitID string          `json:"toUnitId"`
	TeamIDs  []string        `json:"teamIds,omitempty"`
	Reason   casefile.TextID `json:"reason"`
}

func (HandedOver) eventType() string { return "HandedOver" }

func (b HandedOver) apply(s *State, _ Event) {
	s.LeaderID, s.LeaderUnitID = b.ToID, b.ToUnitID
	if len(b.TeamIDs) > 0 {
		s.TeamIDs = b.TeamIDs
	}
}

func (b HandedOver) sentence(t telling) string {
	return t.did(fmt.Sprintf("handed the package over from %s to %s", t.person(b.FromID), t.person(b.ToID)),
		fmt.Sprintf("将包案由%s移交%s", t.person(b.FromID), t.person(b.ToID)))
}

var handOverEvents = []eventKind{eventOf[HandedOver]()}
