package casefile

import (
	"fmt"
	"slices"
)

// CaseLinked ties the case to another one, which is then told.
type CaseLinked struct {
	LinkID string `json:"linkId"`
	LinkCases
}

// LinkNoted says that another case has been tied to this one.
type LinkNoted struct {
	NoteLink
}

// LinkConfirmed says that the other case has taken note of the link.
type LinkConfirmed struct {
	LinkID string `json:"linkId"`
}

// LinkFailed takes a link back that the other case refused.
type LinkFailed struct {
	LinkID string `json:"linkId"`
	Why    string `json:"why"`
	WhyZH  string `json:"whyZh"`
}

func (CaseLinked) eventType() string    { return "CaseLinked" }
func (LinkNoted) eventType() string     { return "LinkNoted" }
func (LinkConfirmed) eventType() string { return "LinkConfirmed" }
func (LinkFailed) eventType() string    { return "LinkFailed" }

func (b CaseLinked) apply(s *State, event Event) {
	s.Links = appended(s.Links, Link{
		ID: b.LinkID, Kind: b.Kind, CaseID: b.CaseID, Number: b.Number, Final: b.Final, Asked: true, By: event.Actor,
	})
}

func (b LinkNoted) apply(s *State, event Event) {
	s.Links = appended(s.Links, Link{
		ID: fmt.Sprintf("L%d", event.Seq), Kind: b.Kind, CaseID: b.CaseID, Number: b.Number, Inverse: true, By: b.By,
	})
}

func (b LinkConfirmed) apply(s *State, _ Event) {
	s.Links = slices.Clone(s.Links)
	for i := range s.Links {
		if s.Links[i].ID == b.LinkID {
			s.Links[i].Asked = false
		}
	}
}

func (b LinkFailed) apply(s *State, _ Event) {
	s.Links = slices.DeleteFunc(slices.Clone(s.Links), func(l Link) bool { return l.ID == b.LinkID })
}

func (b CaseLinked) sentence(t telling) string {
	return t.did("linked the case to "+t.otherCase(b.Number)+": "+t.label("LinkKind", string(b.Kind)),
		"将本案关联到"+t.otherCase(b.Number)+"："+t.label("LinkKind", string(b.Kind)))
}

func (b LinkNoted) sentence(t telling) string {
	who := telling{dir: t.dir, lang: t.lang, event: Event{EventHeader: EventHeader{Actor: b.By}}}
	return who.did("linked "+t.otherCase(b.Number)+" to this case: "+t.label("LinkKind", string(b.Kind)),
		"将"+t.otherCase(b.Number)+"关联到本案："+t.label("LinkKind", string(b.Kind)))
}

func (LinkConfirmed) sentence(t telling) string {
	return t.say("The other case shows the link too", "对方案件已记载该关联")
}

func (b LinkFailed) sentence(t telling) string {
	return t.say("The other case did not take the link: "+b.Why, "对方案件未能记载该关联："+b.WhyZH)
}

// otherCase names another case; one that is sealed has no number here.
func (t telling) otherCase(number string) string {
	if number == "" {
		return t.say("another case", "另一案件")
	}
	return t.say("case "+number, "案件"+number)
}

// linkEvents are the events of links between cases.
var linkEvents = []eventKind{
	eventOf[CaseLinked](),
	eventOf[LinkNoted](),
	eventOf[LinkConfirmed](),
	eventOf[LinkFailed](),
}
