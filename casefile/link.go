package casefile

import (
	"fmt"
	"slices"
)

// Link ties this case to another one. Both keep it: the case that was linked, and, Inverse,
// the one that it was linked to.
type Link struct {
	ID     string   `json:"id"` // unique within the case ("L7")
	Kind   LinkKind `json:"kind"`
	CaseID string   `json:"caseId"`
	// Number is the other case's; empty where that one is sealed.
	Number string `json:"number,omitempty"`
	// Final says that a re-review has answered the other case for good, when the link was made
	// or later.
	Final bool `json:"final,omitempty"`
	// Inverse says that the other case is the one that is related, repeats, and so on.
	Inverse bool `json:"inverse,omitempty"`
	// Asked says that the other case has not answered yet.
	Asked bool `json:"asked,omitempty"`
	// Telling says that the other case is being told that this one was answered for good, or,
	// TakenBack, that it was reopened since; or, in a merged case, that the one which goes on is
	// told so of the case that it repeats. TellingSeq tells one such errand from the one before.
	Telling    bool `json:"telling,omitempty"`
	TakenBack  bool `json:"takenBack,omitempty"`
	TellingSeq int  `json:"tellingSeq,omitempty"`
	// As is the case as which the other one knows this one, where it was merged into this one.
	As string `json:"as,omitempty"`
	By Actor  `json:"by"`
}

// maxLinks keeps a case small; a person who petitions more often than that has one case that
// the others are merged into.
const maxLinks = 60

// peoplesLinks are the links that somebody makes by themselves; the others come of a merger
// or a split.
var peoplesLinks = []LinkKind{LinkRelated, LinkDuplicate, LinkRepeat, LinkMissedBy}

// Repeats reports whether the case brings a matter again that another case was about
// (重复信访).
func (s State) Repeats() bool {
	return slices.ContainsFunc(s.Links, func(l Link) bool { return l.Kind == LinkRepeat && !l.Inverse })
}

// repeatsFinal returns the link to the petition that this one brings again although a
// re-review has answered it for good, or nil.
func (s State) repeatsFinal() *Link {
	for i := range s.Links {
		if l := &s.Links[i]; l.Kind == LinkRepeat && !l.Inverse && l.Final {
			return l
		}
	}
	return nil
}

// numberOutside is the case's number as the record of another case may hold it.
func (s State) numberOutside() string {
	if s.Confidentiality == ConfidentialitySealed {
		return ""
	}
	return s.Number
}

func mayHaveAnotherLink(state State, _ Directory) *Refusal {
	if len(state.Links) < maxLinks {
		return nil
	}
	return refuse(RefusedTooLong, nil,
		fmt.Sprintf("the case has %d links; at most %d are taken", len(state.Links), maxLinks),
		fmt.Sprintf("本案已有%d项关联，最多%d项", len(state.Links), maxLinks))
}

// link ties the case to another one, as this case's own fact. Whether the other one exists
// and the actor may know of it has been seen to by whoever names it; whether it takes the
// link, it says itself.
func (d *deciding) link(act LinkCases) *Refusal {
	if refusal := first(
		checkTerm("LinkKind", act.Kind, true, at("kind")),
		requireValue(act.CaseID, "otherCaseId"),
	); refusal != nil {
		return refusal
	}
	if !slices.Contains(peoplesLinks, act.Kind) {
		return refuse(RefusedInvalid, at("kind"),
			fmt.Sprintf("a link %s comes of mergeCase or splitCase; here it is %s", act.Kind, terms("LinkKind", peoplesLinks, English)),
			fmt.Sprintf("“%s”由并案或拆分产生，此处应为%s", Label("LinkKind", string(act.Kind), Chinese), terms("LinkKind", peoplesLinks, Chinese)))
	}
	if act.CaseID == d.state.ID {
		return refuse(RefusedInvalid, at("otherCaseId"), "a case is not linked to itself", "案件不能与自身关联")
	}
	if d.state.linked(act.Kind, act.CaseID) {
		return refuse(RefusedAlreadyDone, at("otherCaseId"),
			fmt.Sprintf("the cases are linked as %s already", act.Kind),
			fmt.Sprintf("两案已有“%s”关联", Label("LinkKind", string(act.Kind), Chinese)))
	}
	d.emit(CaseLinked{LinkID: fmt.Sprintf("L%d", d.state.Version+1), LinkCases: act})
	return nil
}

// linked reports whether two cases are tied by a kind of link, in whichever direction.
func (s State) linked(kind LinkKind, caseID string) bool {
	return slices.ContainsFunc(s.Links, func(l Link) bool { return l.Kind == kind && l.CaseID == caseID })
}

// noteLink keeps the other end of a link. A link that is here already, because both cases
// were linked to each other at once, is not written twice.
func (d *deciding) noteLink(act NoteLink) *Refusal {
	if d.state.linked(act.Kind, act.CaseID) {
		return nil
	}
	if refusal := first(
		mayHaveAnotherLink(d.state, nil), checkInterest(d.state, act.By, d.rules.Directory),
	); refusal != nil {
		return refusal
	}
	d.emit(LinkNoted{act})
	return nil
}

// linkErrands tell the other cases of their links.
func (s State) linkErrands() []errand {
	var list []errand
	for _, link := range s.Links {
		if !link.Asked {
			continue
		}
		list = append(list, errand{
			id: "link/" + link.ID, to: link.CaseID,
			act: NoteLink{LinkID: link.ID, Kind: link.Kind, CaseID: s.ID, Number: s.numberOutside(), By: link.By},
			answered: func(d *deciding, answer AnswerErrand) {
				if why := answer.Refusal; why != nil {
					d.emit(LinkFailed{LinkID: link.ID, Why: why.Message, WhyZH: why.MessageZH})
					return
				}
				d.emit(LinkConfirmed{LinkID: link.ID})
			},
		})
	}
	return list
}
