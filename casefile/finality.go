package casefile

import (
	"cmp"
	"fmt"
	"slices"
)

// FinalityAnnounced is the intent to tell the cases that bring this matter again that a
// re-review has answered it for good (信访工作条例 art 36), or, TakenBack, that it has not any
// more: the case was reopened. LinkIDs are the links to them.
type FinalityAnnounced struct {
	LinkIDs   []string `json:"linkIds"`
	TakenBack bool     `json:"takenBack,omitempty"`
}

// FinalityTold says that one of them knows, or can't be told.
type FinalityTold struct {
	LinkID string `json:"linkId"`
	// Why and WhyZH say why it could not be told; empty where it knows.
	Why   string `json:"why,omitempty"`
	WhyZH string `json:"whyZh,omitempty"`
}

// EarlierCaseFinal says that the case which this one brings again was answered for good, or,
// TakenBack, that it has been reopened since.
type EarlierCaseFinal struct {
	LinkID    string `json:"linkId"`
	Number    string `json:"number,omitempty"` // the other case's
	TakenBack bool   `json:"takenBack,omitempty"`
}

func (FinalityAnnounced) eventType() string { return "FinalityAnnounced" }
func (FinalityTold) eventType() string      { return "FinalityTold" }
func (EarlierCaseFinal) eventType() string  { return "EarlierCaseFinal" }

func (b FinalityAnnounced) apply(s *State, event Event) {
	s.changeLinks(b.LinkIDs, func(l *Link) { l.tell(event.Seq, b.TakenBack) })
}

// tell asks for the other case to be told. What it is told first has no number.
func (l *Link) tell(seq int, takenBack bool) {
	if takenBack || l.TellingSeq > 0 {
		l.TellingSeq = seq
	}
	l.Telling, l.TakenBack = true, takenBack
}

func (b FinalityTold) apply(s *State, _ Event) {
	s.changeLinks([]string{b.LinkID}, func(l *Link) { l.Telling = false })
}

// apply lets a case that was merged into another one pass it on to that one.
func (b EarlierCaseFinal) apply(s *State, event Event) {
	s.changeLinks([]string{b.LinkID}, func(l *Link) {
		l.Final = !b.TakenBack
		if s.Stage == StageMerged {
			l.tell(event.Seq, b.TakenBack)
		}
	})
}

func (s *State) changeLinks(ids []string, change func(*Link)) {
	s.Links = slices.Clone(s.Links)
	for i := range s.Links {
		if slices.Contains(ids, s.Links[i].ID) {
			change(&s.Links[i])
		}
	}
}

func (b FinalityAnnounced) sentence(t telling) string {
	if b.TakenBack {
		return t.say(fmt.Sprintf("The case was reopened, so it is not final any more; whoever brings the matter again is told (%s)", count(len(b.LinkIDs), "case")),
			fmt.Sprintf("本案重新启动，不再属于复核终结，通知重复提出本事项的%d件案件", len(b.LinkIDs)))
	}
	return t.say(fmt.Sprintf("The re-review is final; whoever brings the matter again is told (%s)", count(len(b.LinkIDs), "case")),
		fmt.Sprintf("复核终结，通知重复提出本事项的%d件案件", len(b.LinkIDs)))
}

func (b FinalityTold) sentence(t telling) string {
	if b.Why != "" {
		return t.say("The case that repeats this one could not be told: "+b.Why, "未能通知重复提出的案件："+b.WhyZH)
	}
	return t.say("The case that repeats this one knows of it", "重复提出的案件已作记载")
}

func (b EarlierCaseFinal) sentence(t telling) string {
	if b.TakenBack {
		return t.say(t.otherCase(b.Number)+", which this one repeats, was reopened and is not final any more",
			"本案重复提出的"+t.otherCase(b.Number)+"已重新启动，不再属于复核终结")
	}
	return t.say("A re-review answered "+t.otherCase(b.Number)+", which this one repeats, for good",
		"本案重复提出的"+t.otherCase(b.Number)+"已经复核终结")
}

// NoteFinality tells a case that the one which it brings again was answered for good. Only the
// system brings it.
type NoteFinality struct {
	CaseID    string `json:"caseId"` // the case that was answered, as it is known there
	Number    string `json:"number,omitempty"`
	TakenBack bool   `json:"takenBack,omitempty"`
}

func (NoteFinality) actName() string { return "NoteFinality" }

// decide is taken in every stage: a case that was accepted meanwhile shows it, too.
func (a NoteFinality) decide(d *deciding) *Refusal {
	for _, l := range d.state.Links {
		if l.Kind == LinkRepeat && !l.Inverse && l.CaseID == a.CaseID && l.Final == a.TakenBack {
			d.emit(EarlierCaseFinal{LinkID: l.ID, Number: a.Number, TakenBack: a.TakenBack})
		}
	}
	return nil
}

var (
	finalityActs   = []actKind{systemActOf[NoteFinality]()}
	finalityEvents = []eventKind{eventOf[FinalityAnnounced](), eventOf[FinalityTold](), eventOf[EarlierCaseFinal]()}
)

// announceFinality tells the cases that were linked as repeating this one before the
// re-review. Whoever links a case later is told by the record then.
func (d *deciding) announceFinality() {
	if d.state.Final() {
		d.announce(false)
	}
}

func (d *deciding) announce(takenBack bool) {
	var ids []string
	for _, l := range d.state.Links {
		if l.Kind == LinkRepeat && l.Inverse {
			ids = append(ids, l.ID)
		}
	}
	if len(ids) > 0 {
		d.emitAs(System, d.effectiveAt, FinalityAnnounced{LinkIDs: ids, TakenBack: takenBack})
	}
}

// finalityErrands tell them. Where this case goes on in another one, that one is told what the
// case that it repeats has said.
func (s State) finalityErrands() []errand {
	var list []errand
	for _, link := range s.Links {
		if !link.Telling {
			continue
		}
		to, act := link.CaseID, NoteFinality{CaseID: cmp.Or(link.As, s.ID), Number: s.numberOutside(), TakenBack: link.TakenBack}
		if !link.Inverse {
			to, act.CaseID, act.Number = s.GoesOnIn(), link.CaseID, link.Number
		}
		id := "final/" + link.ID
		if link.TellingSeq > 0 {
			id = fmt.Sprintf("%s/%d", id, link.TellingSeq)
		}
		list = append(list, errand{
			id: id, to: to, act: act,
			answered: func(d *deciding, answer AnswerErrand) {
				told := FinalityTold{LinkID: link.ID}
				if why := answer.Refusal; why != nil {
					told.Why, told.WhyZH = why.Message, why.MessageZH
				}
				d.emit(told)
			},
		})
	}
	return list
}
