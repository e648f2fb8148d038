package leadership

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// EscalateToPackage proposes a package because a case's supervision order went unanswered
// up to this level (domain: escalation). Asked of a proposal at the county, the city's leader
// is asked about the same package. Only the system asks for it.
type EscalateToPackage struct {
	Origin Origin                 `json:"origin"`
	Level  casefile.DivisionLevel `json:"level"`
}

// WithdrawProposal takes a proposal back: the case that it came from has ended, or can't join
// any more. What a leader leads by now goes on. Only the system brings it.
type WithdrawProposal struct {
	CaseID string `json:"caseId"`
}

// ActFor is what a case asks of a package: that it is proposed, or that it is not any more.
func ActFor(wanted casefile.ProposedPackage) Act {
	if wanted.Withdrawn {
		return WithdrawProposal{CaseID: wanted.CaseID}
	}
	return EscalateToPackage{Origin: Origin{CaseID: wanted.CaseID, OrderID: wanted.OrderID}, Level: wanted.Level}
}

// NoteTold says that the case which the package came from has been told of an event. Only the
// system brings it.
type NoteTold struct {
	Of int `json:"of"`
}

func (EscalateToPackage) actName() string { return "EscalateToPackage" }
func (WithdrawProposal) actName() string  { return "WithdrawProposal" }
func (NoteTold) actName() string          { return "NoteTold" }

var escalatingActs = []actKind{
	func() actKind {
		kind := systemActOf[EscalateToPackage]()
		kind.first = true
		return kind
	}(),
	systemActOf[WithdrawProposal](),
	systemActOf[NoteTold](),
}

// decide proposes the package once. What a leader leads by now needs no proposal any more;
// one that nobody took on is not proposed again.
func (a EscalateToPackage) decide(d *deciding) *casefile.Refusal {
	switch {
	case !d.state.Exists():
		return d.proposeFor(a)
	case d.state.Status == Cancelled:
		return refuse(casefile.RefusedClosed, nil,
			"the package was declined: "+d.state.Number, "包案已经不予立项："+d.state.Number)
	case d.state.Status == Proposed && a.Level == casefile.LevelCity:
		if higher, ok := d.higher(); ok {
			d.settleAll("ProposedHigher", isApproval)
			d.proposeHigher(higher)
		}
	}
	return nil
}

func isApproval(step string) bool { return step == StepApproval }

func (d *deciding) proposeFor(a EscalateToPackage) *casefile.Refusal {
	field := at("origin", "caseId")
	facts, refusal := d.checkCase(a.Origin.CaseID, "", field)
	if refusal != nil {
		return refusal
	}
	if !facts.Standing.Open {
		return refuse(casefile.RefusedClosed, field, "case "+facts.Number+" has ended", "案件"+facts.Number+"已终结")
	}
	body, leaderID, ok := casefile.LeaderToAsk(d.rules.Directory, facts.Division, a.Level, facts.Exclusions)
	if !ok {
		return refuse(casefile.RefusedUnknownUnit, at("level"),
			fmt.Sprintf("there is no leading body at level %s over %s", a.Level, facts.Division),
			fmt.Sprintf("%s没有%s级党委政府", facts.Division, casefile.Label("DivisionLevel", string(a.Level), casefile.Chinese)))
	}
	origin := a.Origin
	d.emit(PackageProposed{
		Number:       d.rules.Number,
		Mandate:      Mandate{Level: a.Level, LeaderID: leaderID, ResponsibleUnitID: facts.ResponsibleUnitID},
		LeaderUnitID: body.ID, Division: body.Division, Origin: &origin, Cases: []CaseName{{a.Origin.CaseID, facts.Number}},
	})
	d.start(StepApproval, d.effectiveAt)
	return nil
}

// higher names the city's leader where the county's didn't take an escalated package on, and
// false where there is nobody to ask. It goes no higher than the city.
func (d *deciding) higher() (ProposedHigher, bool) {
	if d.state.Origin == nil || d.state.Level != casefile.LevelCounty || d.lapsed() {
		return ProposedHigher{}, false
	}
	facts := d.rules.Cases[d.state.Origin.CaseID]
	body, leaderID, ok := casefile.LeaderToAsk(d.rules.Directory, d.state.Division, casefile.LevelCity, facts.Exclusions)
	return ProposedHigher{Level: casefile.LevelCity, LeaderID: leaderID, LeaderUnitID: body.ID, Division: body.Division}, ok
}

func (d *deciding) proposeHigher(to ProposedHigher) {
	d.emitAs(casefile.System, d.now, to)
	d.start(StepApproval, d.now)
}

// lapsed reports whether the case that an escalated proposal came from wants no leader any
// more: it has ended, or can't join.
func (d *deciding) lapsed() bool {
	if d.state.Origin == nil {
		return false
	}
	facts, refusal := d.checkCase(d.state.Origin.CaseID, "", nil)
	return refusal != nil || !facts.Standing.Open
}

func (a WithdrawProposal) decide(d *deciding) *casefile.Refusal {
	if d.state.Status == Proposed && d.state.Origin != nil && d.state.Origin.CaseID == a.CaseID {
		d.emit(PackageCancelled{Withdrawn: true})
		d.cancelClocks()
	}
	return nil
}

// cancel ends a proposal that nobody took on.
func (d *deciding) cancel() {
	d.emit(PackageCancelled{})
	d.cancelClocks()
}

// News is what the case that the package came from has still to be told: who is asked now, or
// that nobody took the package on. of is the number of the event that it must hear of.
func (s State) News() (of int, news casefile.NotePackage, waits bool) {
	if s.Untold == 0 {
		return 0, casefile.NotePackage{}, false
	}
	news = casefile.NotePackage{PackageID: s.ID, Number: s.Number}
	if s.Status != Cancelled {
		news.Level, news.UnitID, news.LeaderID = s.Level, s.LeaderUnitID, s.LeaderID
	}
	return s.Untold, news, true
}

func (a NoteTold) decide(d *deciding) *casefile.Refusal {
	if d.state.Untold != 0 && d.state.Untold == a.Of {
		d.emit(OriginTold(a))
	}
	return nil
}

// OriginTold says that the case which the package came from knows what became of it.
type OriginTold struct {
	Of int `json:"of"` // the number of the event that it was told of
}

func (OriginTold) eventType() string { return "OriginTold" }

func (b OriginTold) apply(s *State, _ Event) { s.Untold = 0 }

func (b OriginTold) sentence(t telling) string {
	return t.say("The case that the package was proposed for has been told", "已告知提请包案的案件")
}

// tellsOrigin marks an event of which the case that the package came from has to hear.
func (s *State) tellsOrigin(e Event) {
	if s.Origin != nil {
		s.Untold = e.Seq
	}
}

var escalatingEvents = []eventKind{eventOf[OriginTold]()}
