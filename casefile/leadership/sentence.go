package leadership

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// Sentence tells an event in one sentence, as it reads in a timeline. It names
// office-holders and units, and cases by their number; never a party.
func Sentence(e Event, dir casefile.Directory, lang casefile.Language) string {
	t := telling{dir: dir, lang: lang, event: e}
	sentence := e.Body.sentence(t)
	if day(e.EffectiveAt) != day(e.At) {
		sentence += t.say(", as of "+day(e.EffectiveAt), "（日期："+day(e.EffectiveAt)+"）")
	}
	return sentence + t.say(".", "。")
}

type telling struct {
	dir   casefile.Directory
	lang  casefile.Language
	event Event
}

func (t telling) say(en, zh string) string { return casefile.Term{EN: en, ZH: zh}.Label(t.lang) }

// did puts the actor before what they did.
func (t telling) did(en, zh string) string { return t.actor() + t.say(" "+en, zh) }

func (t telling) actor() string {
	actor := t.event.Actor
	if actor.Role == casefile.RoleSystem {
		return t.say("The system", "系统")
	}
	role := t.term("Role", string(actor.Role))
	return t.say(fmt.Sprintf("%s (%s, %s)", t.person(actor.PersonID), role, t.unit(actor.UnitID)),
		fmt.Sprintf("%s（%s%s）", t.person(actor.PersonID), t.unit(actor.UnitID), role))
}

func (t telling) person(id string) string {
	if person, ok := t.dir.Person(id); ok && person.Name != "" {
		return person.Name
	}
	return id
}

func (t telling) unit(id string) string { return unitName(t.dir, id) }

// leader names somebody, or the body whose leaders are asked where nobody is named.
func (t telling) leader(personID, unitID string) string {
	if personID == "" {
		return t.unit(unitID)
	}
	return t.say(t.person(personID)+" of "+t.unit(unitID), t.unit(unitID)+t.person(personID))
}

// term is the label of a case's enum, label that of a package's.
func (t telling) term(enum, value string) string {
	if value == "" {
		return ""
	}
	return casefile.Label(enum, value, t.lang)
}

func (t telling) label(enum, value string) string { return Label(enum, value, t.lang) }

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
