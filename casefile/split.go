package casefile

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// SplitCase (拆分) lets a part of the case go on as a case of its own: a petition that
// accuses somebody and asks for something else as well is two matters, and the accusation is
// sealed. The new case has the first one's date of receipt.
type SplitCase struct {
	// NewCaseID is the id of the case to come.
	NewCaseID string `json:"newCaseId"`
	// Register is the RegisterCase of the new case as JSON; its texts are the new case's.
	Register string `json:"register"`
	// Claims are the claims that go over.
	Claims []string `json:"claims,omitempty"`
	Reason TextID   `json:"reason"`
	// There is the same reason as a text of the new case, for its date of receipt.
	There Elsewhere `json:"there"`
}

// Origin is the case that another one was split from.
type Origin struct {
	CaseID string `json:"caseId"`
	Number string `json:"number,omitempty"` // empty where it is sealed
	// UrgentSince and UrgentBy say since when that case cannot wait and who said so, where it
	// can't; UrgentOwed that nobody has reported yet what was done. A sealed one names nobody.
	UrgentSince time.Time `json:"urgentSince,omitzero"`
	UrgentBy    string    `json:"urgentBy,omitempty"`
	UrgentOwed  bool      `json:"urgentOwed,omitempty"`
}

// Split is a part of the case that goes on as a case of its own, until that case is there.
type Split struct {
	ID        string    `json:"id"` // unique within the case ("X5")
	NewCaseID string    `json:"newCaseId"`
	Register  string    `json:"register"`
	Claims    []string  `json:"claims,omitempty"`
	There     Elsewhere `json:"there"`
	By        Actor     `json:"by"`
}

func (SplitCase) actName() string { return "SplitCase" }

func (a SplitCase) decide(d *deciding) *Refusal { return d.split(a) }

// splitActs are the acts of making two cases of one.
var splitActs = []actKind{
	actOf[SplitCase](actRule{
		stages: openStages,
		who:    authority{own: []Role{RoleClerk, RoleManager, RoleLeader}},
		ready:  maySplit,
	}),
}

func maySplit(state State, dir Directory) *Refusal {
	if len(state.Splits) > 0 {
		return refuse(RefusedIncomplete, nil, "a part of the case is being split off", "正在拆分本案")
	}
	return first(mayHaveAnotherLink(state, dir), notYetDecided(state, dir))
}

// split registers the part that goes on by itself. Its registration is judged here by the
// same rules that judge it there.
func (d *deciding) split(act SplitCase) *Refusal {
	if refusal := first(
		requireValue(act.NewCaseID, "caseId"), requireValue(act.Reason, "reason"), requireValue(act.There, "reason"), d.checkSplitClaims(act.Claims),
	); refusal != nil {
		return refusal
	}
	var register RegisterCase
	if err := json.Unmarshal([]byte(act.Register), &register); err != nil {
		return refuse(RefusedInvalid, nil, "the new case is not described", "缺少拆出案件的登记内容")
	}
	register.ReceivedAt, register.Division = d.state.ReceivedAt, d.state.Division
	if actor := d.command.Actor; !lies(d.rules.Directory, register.Division, actor.Division) {
		register.Division = actor.Division
	}
	register.SplitFrom = d.state.origin()
	_, err := Decide(State{ID: act.NewCaseID}, Command{
		CaseID: act.NewCaseID, Actor: d.command.Actor, Act: register, BackdatingReason: TextID(act.There),
	}, d.rules)
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	d.emit(CaseSplit{SplitID: fmt.Sprintf("X%d", d.state.Version+1), SplitCase: act.Registering(register)})
	return nil
}

// origin is what a part that goes on by itself is told of this case. Nobody has said yet which
// part of it cannot wait, so both do until a second person says otherwise (liftUrgent).
func (s State) origin() *Origin {
	origin := &Origin{CaseID: s.ID, Number: s.numberOutside()}
	if u := s.Urgency; u.inForce() {
		origin.UrgentSince, origin.UrgentOwed = u.Since, u.owed()
		if s.Confidentiality != ConfidentialitySealed {
			origin.UrgentBy = u.FlaggedBy
		}
	}
	return origin
}

// checkSplitClaims wants claims of the case, and that the case keeps one.
func (d *deciding) checkSplitClaims(claims []string) *Refusal {
	for i, id := range claims {
		if !slices.ContainsFunc(d.state.Claims, func(c Claim) bool { return c.ID == id }) || slices.Contains(claims[:i], id) {
			return refuse(RefusedInvalid, at("claims", i),
				fmt.Sprintf("the case has no claim %s, or it is given twice", shown(id)),
				fmt.Sprintf("本案没有诉求 %s，或者重复填写", shown(id)))
		}
	}
	if len(claims) > 0 && len(claims) == len(d.state.Claims) {
		return refuse(RefusedInvalid, at("claims"),
			"every claim would go: transfer the case instead", "全部诉求都被拆出，应转送本案")
	}
	return nil
}

// splitErrands register what was split off.
func (s State) splitErrands() []errand {
	var list []errand
	for _, split := range s.Splits {
		var register RegisterCase
		if err := json.Unmarshal([]byte(split.Register), &register); err != nil {
			// Not reached: it was read before it came into the record.
			panic(fmt.Sprintf("split %s of case %s: %v", split.ID, s.ID, err))
		}
		list = append(list, errand{
			id: "split/" + split.ID, to: split.NewCaseID, act: register, actor: split.By, backdating: TextID(split.There),
			answered: func(d *deciding, answer AnswerErrand) {
				if why := answer.Refusal; why != nil {
					d.emit(SplitFailed{split.ID, why.Message, why.MessageZH})
					return
				}
				d.emit(SplitDone{SplitID: split.ID, CaseID: split.NewCaseID, Number: answer.Number, Claims: split.Claims})
			},
		})
	}
	return list
}

// Registering returns the split with the registration of its new case.
func (a SplitCase) Registering(register RegisterCase) SplitCase {
	raw, err := json.Marshal(register)
	if err != nil {
		// Not reached: a registration holds nothing that has no JSON.
		panic(fmt.Sprintf("encode the registration of a split: %v", err))
	}
	a.Register = string(raw)
	return a
}
