package casefile

import "slices"

// Errand is what a case has asked of another one and has no answer to yet. It follows from
// the state alone: the intent stands in the record before anything is sent, and the same
// errand is sent again until its answer stands there too.
type Errand struct {
	// ID is unique within the case, and the same however often the errand is sent.
	ID string
	// Command is what the other case is asked; where a package is asked for, only its request
	// key is set.
	Command Command
	// Package is the leadership package that is asked for instead, or nil.
	Package *ProposedPackage
}

// ProposedPackage is a leadership package that a case asks for, because an order went
// unanswered up to this level. Asked again at a wider level, the same package goes there. A case
// that wants no leader any more takes it back.
type ProposedPackage struct {
	PackageID string        `json:"packageId"`
	CaseID    string        `json:"caseId"`
	OrderID   string        `json:"orderId"`
	Level     DivisionLevel `json:"level"`
	// Withdrawn says that it is not asked for any more.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Errands lists what a case still has to ask of other cases, in the order in which it is
// asked. Their commands carry no texts, and whoever gets one twice does it once.
func Errands(s State) []Errand {
	open := s.errands()
	list := make([]Errand, len(open))
	for i, e := range open {
		list[i] = Errand{ID: e.id, Command: s.commandOf(e)}
		if e.proposes != nil {
			wanted := *e.proposes
			wanted.PackageID, wanted.CaseID = e.to, s.ID
			list[i].Package, list[i].Command.CaseID = &wanted, ""
		}
	}
	return list
}

// errand is an Errand with what its answer does to the case that asked.
type errand struct {
	id, to string
	act    Act
	// proposes asks for the package to, not for a deed of a case.
	proposes *ProposedPackage
	// actor is whose act it is in the other case; the zero value is the system.
	actor Actor
	// backdating is why the act is dated back, in a text of the other case.
	backdating TextID
	answered   func(d *deciding, answer AnswerErrand)
}

func (s State) errands() []errand {
	return slices.Concat(
		s.linkErrands(), s.mergeErrands(), s.splitErrands(), s.finalityErrands(), s.proposalErrands(), s.withdrawalErrands(), s.retaliationErrands(),
	)
}

func (s State) commandOf(e errand) Command {
	actor := e.actor
	if actor == (Actor{}) {
		actor = System
	}
	// The case and the errand make the request: sent again, it is found to have been done.
	key := "errand/" + s.ID + "/" + e.id
	return Command{
		CaseID: e.to, RequestKey: key, InputDigest: key, RequestID: key, Actor: actor, Act: e.act,
		BackdatingReason: e.backdating,
	}
}

// AnswerErrand is what the other case said. Only the system brings it.
type AnswerErrand struct {
	ErrandID string `json:"errandId"`
	// Number is the other case's; empty where that one is sealed or isn't there.
	Number string `json:"number,omitempty"`
	// Refusal is why the other case did nothing.
	Refusal *Refusal `json:"refusal,omitempty"`
}

// AnswerOf tells an errand's sender what became of it, and nothing of the other case that a
// reader of the sender's may not know.
func AnswerOf(errandID string, refusal *Refusal, other State) AnswerErrand {
	answer := AnswerErrand{ErrandID: errandID, Refusal: refusal}
	if other.Confidentiality != ConfidentialitySealed {
		answer.Number = other.Number
	}
	return answer
}

func (AnswerErrand) actName() string { return "AnswerErrand" }

// decide takes each answer once: an errand that is answered is no errand any more.
func (a AnswerErrand) decide(d *deciding) *Refusal {
	open := d.state.errands()
	if i := slices.IndexFunc(open, func(e errand) bool { return e.id == a.ErrandID }); i >= 0 {
		open[i].answered(d, a)
	}
	return nil
}

// errandActs are the acts between cases.
var errandActs = []actKind{
	systemActOf[AnswerErrand](),
}

// TextsGone refuses a command whose texts have been thrown away: it was on its way for
// longer than they are kept.
func TextsGone() *Refusal {
	return refuse(RefusedNotFound, nil,
		"the texts that came with this were thrown away before it arrived: send it again",
		"随附文本在送达前已被清除，请重新办理")
}
