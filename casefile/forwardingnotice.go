package casefile

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// ForwardingNotified (告知转送、交办去向) tells those who brought a petition which organ it was
// forwarded to, until when that organ says whether it accepts it, and the remedy (信访工作条例
// arts 22, 23). ByUnitID is the sender, which has to serve it.
type ForwardingNotified struct {
	NoticeID      string   `json:"noticeId"`
	NoticeParties []string `json:"noticeParties"`
	ByUnitID      string   `json:"byUnitId"`
	// Says is the text as it was when the notice was written.
	Says procedure.Text `json:"says,omitzero"`
}

func (ForwardingNotified) eventType() string { return "ForwardingNotified" }

func (b ForwardingNotified) apply(s *State, event Event) {
	s.addNotice(b.NoticeID, NoticeForwarding, b.NoticeParties, event.EffectiveAt)
	notice := &s.Notices[len(s.Notices)-1]
	notice.Remedy, notice.ByUnitID = b.Says, b.ByUnitID
}

func (b ForwardingNotified) sentence(t telling) string {
	return t.did("wrote notice "+b.NoticeID+", which tells where the petition was forwarded", "制作文书"+b.NoticeID+"，告知转送（交办）去向")
}

// forwardingNoticeEvents are the events of telling where a petition went.
var forwardingNoticeEvents = []eventKind{
	eventOf[ForwardingNotified](),
}

// tellForwarding writes the notice, for whoever can be told in writing (art 23 para 2).
func (d *deciding) tellForwarding(from, to string) {
	parties := d.state.tellable()
	if len(parties) == 0 {
		return
	}
	d.emit(ForwardingNotified{NoticeID: d.nextNotice(), NoticeParties: parties, ByUnitID: from, Says: d.forwardingText(from, to)})
}

// forwardingText names sender and receiver, and never a party: an accusation's receiver is
// neither accused nor below who is (checkMayHold). What is told of an accusation, other rules
// say (art 23 para 4); a sealed case has no number outside.
func (d *deciding) forwardingText(from, to string) procedure.Text {
	sender, receiver, on := unitName(d.rules.Directory, from), unitName(d.rules.Directory, to), day(d.effectiveAt)
	article := procedure.Text{EN: "art. 23", ZH: "第二十三条第一款"}
	if unit, ok := d.rules.Directory.Unit(from); ok && unit.Kind == UnitPetitionOffice {
		article = procedure.Text{EN: "art. 22", ZH: "第二十二条"}
	}
	matter := procedure.Text{EN: "the matter", ZH: "本事项"}
	if number := d.state.numberOutside(); number != "" {
		matter = procedure.Text{EN: "matter " + number, ZH: number + "号事项"}
	}
	text := procedure.Text{
		EN: fmt.Sprintf("%s forwarded %s to %s on %s (Regulations on Petition Work, %s).", sender, matter.EN, receiver, on, article.EN),
		ZH: fmt.Sprintf("%s已于%s将%s转送（交办）%s（《信访工作条例》%s）。", sender, on, matter.ZH, receiver, article.ZH),
	}
	clock := d.state.clock(StepForwarded)
	if clock == nil {
		return text
	}
	if d.state.PetitionType == Accusation {
		text.EN += fmt.Sprintf(" %s tells what it does by the rules on its own work (art. 23(4)); no last day is known here.", receiver)
		text.ZH += fmt.Sprintf("%s依照有关规定告知（第二十三条第四款），期限本系统未载。", receiver)
		return text
	}
	unit, due := string(clock.Unit), day(clock.DueAt)
	text.EN += fmt.Sprintf(" Within %d %s of receiving it, by %s at the latest, %s tells in writing whether it accepts it (%s); "+
		"where it doesn't, the organ above it orders a correction (art. 44), for which no last day is set.",
		clock.Length, Label("DayUnit", unit, English), due, receiver, cited(*clock, English))
	text.ZH += fmt.Sprintf("%s自收到之日起%d%s内，即最迟于%s，书面告知是否受理（%s）；逾期未告知的，由其上级机关、单位责令改正（第四十四条），法规未规定期限。",
		receiver, clock.Length, Label("DayUnit", unit, Chinese), due, cited(*clock, Chinese))
	return text
}

// voidForwardingNotices lets a notice fall away that has not reached everybody when the
// petition goes elsewhere: what it tells is no longer so.
func (s *State) voidForwardingNotices() {
	for _, notice := range s.Notices {
		if notice.Kind == NoticeForwarding && notice.Owed() {
			s.voidNotice(notice.ID)
		}
	}
}

// servedBy is the unit that has to serve a notice; empty is the one that answers for the case,
// which serves for a unit that is kept from the case too.
func (s State) servedBy(n Notice, dir Directory) string {
	if n.ByUnitID == "" || closedTo(s.Exclusions, n.ByUnitID, dir) {
		return ""
	}
	return n.ByUnitID
}

// unitsToServe are the units that have forwarded the petition and still have to tell it.
func unitsToServe(s State) []string {
	var units []string
	for _, notice := range s.Notices {
		if notice.ByUnitID != "" && notice.Owed() {
			units = append(units, notice.ByUnitID)
		}
	}
	return units
}

// servingGrants let the sender see what it has to tell, as far as it could before.
func servingGrants(state State, dir Directory) []Grant {
	if !state.Stage.Open() {
		return nil
	}
	var grants []Grant
	for _, notice := range state.Notices {
		if by := state.servedBy(notice, dir); by != "" && notice.Owed() {
			grants = append(grants, deskGrants(state, by, dir)...)
		}
	}
	return grants
}
