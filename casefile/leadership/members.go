package leadership

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// AddPackageCase takes a further case in, open or long closed.
type AddPackageCase struct {
	CaseID string          `json:"caseId"`
	Reason casefile.TextID `json:"reason,omitempty"`
}

// RemovePackageCase lets a case go.
type RemovePackageCase struct {
	CaseID string          `json:"caseId"`
	Reason casefile.TextID `json:"reason"`
}

// NoteAnswer is what a case said to an invitation, or to being let go: how it stands, or
// why it refused. Only the system brings it.
type NoteAnswer struct {
	CaseID   string            `json:"caseId"`
	Intent   int               `json:"intent"`
	Standing casefile.Standing `json:"standing"`
	Refusal  *casefile.Refusal `json:"refusal,omitempty"`
}

// NoteStanding is what a member case tells by itself when it comes to stand otherwise. Only
// the system brings it.
type NoteStanding struct {
	Standing casefile.Standing `json:"standing"`
}

func (AddPackageCase) actName() string    { return "AddPackageCase" }
func (RemovePackageCase) actName() string { return "RemovePackageCase" }
func (NoteAnswer) actName() string        { return "NoteAnswer" }
func (NoteStanding) actName() string      { return "NoteStanding" }

var memberActs = []actKind{
	actOf[AddPackageCase](actRule{
		statuses: []Status{Open, Stabilised},
		who: authority{
			leader: true, team: true, responsible: []casefile.Role{casefile.RoleManager, casefile.RoleLeader},
			body: []casefile.Role{casefile.RoleLeader, casefile.RoleManager},
		},
	}),
	actOf[RemovePackageCase](actRule{
		statuses: []Status{Open, Stabilised},
		who:      authority{leader: true, body: []casefile.Role{casefile.RoleLeader}},
	}),
	systemActOf[NoteAnswer](),
	systemActOf[NoteStanding](),
}

func (a AddPackageCase) decide(d *deciding) *casefile.Refusal {
	facts, refusal := d.checkCase(a.CaseID, d.state.Division, at("caseId"))
	if refusal != nil {
		return refusal
	}
	if member, ok := d.state.Member(a.CaseID); ok && member.Status != Left && member.Status != Refused {
		return refuse(casefile.RefusedAlreadyDone, at("caseId"),
			"case "+facts.Number+" is in the package already", "案件"+facts.Number+"已在包案内")
	}
	if refusal := first(
		checkCount(len(d.state.Members)+1, maxCases, "案件", "caseId"),
		d.checkInterest(facts, append([]string{d.state.LeaderID}, d.state.TeamIDs...), at("caseId")),
	); refusal != nil {
		return refusal
	}
	d.emit(MemberInvited{CaseName: CaseName{a.CaseID, facts.Number}, Standing: facts.Standing, Reason: a.Reason})
	d.dropEnd()
	return nil
}

// dropEnd takes back a proposed end that no longer speaks of the package as it is.
func (d *deciding) dropEnd() {
	if d.state.Pending != nil && d.state.Pending.Outcome == OutcomeResolved {
		d.emitAs(casefile.System, d.now, EndRejected{})
	}
}

func (a RemovePackageCase) decide(d *deciding) *casefile.Refusal {
	if refusal := required(a.Reason, "理由", "reason"); refusal != nil {
		return refusal
	}
	member, ok := d.state.Member(a.CaseID)
	if !ok || member.Status != Joined {
		return refuse(casefile.RefusedNotFound, at("caseId"), "the case is not in the package", "该案件不在包案内")
	}
	if len(d.state.Current()) == 1 {
		return refuse(casefile.RefusedIncomplete, at("caseId"),
			"it is the package's last case: take another one in first, or conclude the package", "该案件是包案内最后一件，请先列入其他案件，或者办结包案")
	}
	d.emit(MemberRemoved{CaseName: member.CaseName, Reason: a.Reason})
	return nil
}

func (a NoteAnswer) decide(d *deciding) *casefile.Refusal {
	member, ok := d.state.Member(a.CaseID)
	if !ok || member.Intent != a.Intent {
		return nil // answered before
	}
	switch {
	case member.Status == Invited && a.Refusal != nil:
		d.emit(MemberRefused{CaseName: member.CaseName, Why: a.Refusal.Message, WhyZH: a.Refusal.MessageZH})
	case member.Status == Invited:
		d.emit(MemberJoined{CaseName: member.CaseName, Standing: a.Standing})
	case member.Status == Leaving:
		d.emit(MemberLeft{CaseName: member.CaseName})
	}
	return nil
}

// decide takes news only of a joined member, and none that is older than what is known:
// a case that joins tells its standing in its answer.
func (a NoteStanding) decide(d *deciding) *casefile.Refusal {
	member, ok := d.state.Member(a.Standing.CaseID)
	if !ok || member.Status != Joined || a.Standing.Version <= member.Standing.Version {
		return nil
	}
	if d.heldElsewhere(member) {
		d.emit(MemberLeft{CaseName: member.CaseName, Elsewhere: true})
		return nil
	}
	was, is := member.Standing, a.Standing
	switch {
	case was.Concluded && !is.Concluded:
		d.emit(MemberReopened{CaseName: member.CaseName, Standing: is})
		d.backToWork(member)
	case is.Concluded && (!was.Concluded || was.Open != is.Open || was.Outcome != is.Outcome):
		d.emit(MemberConcluded{CaseName: member.CaseName, Standing: is})
	}
	return nil
}

// heldElsewhere reports whether another open package has taken the case since this one
// ended.
func (d *deciding) heldElsewhere(m Member) bool {
	by := d.rules.Cases[m.CaseID].HeldBy
	return by != "" && by != d.state.ID
}

// backToWork opens a package again whose member was reopened. Members that another package
// has taken since stay there.
func (d *deciding) backToWork(reopened Member) {
	d.dropEnd()
	if d.state.Status != Resolved && d.state.Status != Stabilised {
		return
	}
	d.settleAll("PackageReopened", func(step string) bool { return step == StepStabilisedReview })
	for _, member := range d.state.Current() {
		if d.heldElsewhere(member) {
			d.emit(MemberLeft{CaseName: member.CaseName, Elsewhere: true})
		}
	}
	d.emit(PackageReopened{CaseName: reopened.CaseName})
	d.start(StepReview, d.effectiveAt)
}

// updateMember returns the members with the newest membership of a case changed.
func (s State) updateMember(caseID string, change func(*Member)) []Member {
	list := slices.Clone(s.Members)
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].CaseID == caseID {
			change(&list[i])
			break
		}
	}
	return list
}
