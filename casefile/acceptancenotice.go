package casefile

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// AcceptanceNotified (书面告知) tells those who brought the matter that it was accepted, by
// whom, which way it goes and until when it is to be answered (信访工作条例 art 23).
type AcceptanceNotified struct {
	NoticeID      string   `json:"noticeId"`
	NoticeParties []string `json:"noticeParties"`
	// Says is the text as it was when the notice was written.
	Says procedure.Text `json:"says,omitzero"`
}

func (AcceptanceNotified) eventType() string { return "AcceptanceNotified" }

func (b AcceptanceNotified) apply(s *State, event Event) {
	s.addNotice(b.NoticeID, NoticeAcceptance, b.NoticeParties, event.EffectiveAt)
	s.Notices[len(s.Notices)-1].Remedy = b.Says
}

func (b AcceptanceNotified) sentence(t telling) string {
	return t.did("wrote notice "+b.NoticeID+", which tells of the acceptance", "制作文书"+b.NoticeID+"，书面告知受理情况")
}

// acceptanceNoticeEvents are the events of telling an acceptance.
var acceptanceNoticeEvents = []eventKind{
	eventOf[AcceptanceNotified](),
}

// tellAcceptance writes the notice where the procedure's step of acceptance is one that a
// notice meets. The acceptance itself has met the clock: the 15 days are for telling in
// writing, and no text says that they are for its arrival. Nobody is told who can't be: art
// 23 para 2 leaves out those whose name or address is not known.
func (d *deciding) tellAcceptance(p procedure.Procedure) {
	step, ok := p.Step(StepAcceptance)
	if !ok || step.MetBy != procedure.EventAcceptanceNotice {
		return
	}
	parties := d.state.tellable()
	if len(parties) == 0 {
		return
	}
	d.emit(AcceptanceNotified{NoticeID: d.nextNotice(), NoticeParties: parties, Says: d.acceptanceText(p, step)})
}

// tellable lists those who brought the matter and can be told something in writing.
func (s State) tellable() []string {
	var ids []string
	for _, id := range s.initiators() {
		if !s.party(id).OutOfReach {
			ids = append(ids, id)
		}
	}
	return ids
}

// acceptanceText names what was accepted, by which organ, the way it goes, and the last day
// for the answer, as the clock has it on the day of the acceptance. Where no text sets that
// day, it says so.
func (d *deciding) acceptanceText(p procedure.Procedure, step procedure.Step) procedure.Text {
	unit, accepted, cite := unitName(d.rules.Directory, d.state.ResponsibleUnitID), day(d.state.AcceptedAt), step.Citation.Describe()
	text := procedure.Text{
		EN: fmt.Sprintf("%s accepted matter %s on %s (%s). It is handled as: %s.", unit, d.state.Number, accepted, cite.EN, p.Name.EN),
		ZH: fmt.Sprintf("%s已于%s受理%s号事项（%s），按“%s”程序办理。", unit, accepted, d.state.Number, cite.ZH, p.Name.ZH),
	}
	clock := d.state.clock(StepHandling)
	if clock == nil {
		return text
	}
	due := day(clock.DueAt)
	if clock.Statutory {
		text.EN += fmt.Sprintf(" The answer in writing is due by %s (%s).", due, cited(*clock, English))
		text.ZH += fmt.Sprintf("最迟应于%s办结并书面答复（%s）。", due, cited(*clock, Chinese))
	} else {
		text.EN += fmt.Sprintf(" The office means to answer by %s; no text sets the day.", due)
		text.ZH += fmt.Sprintf("拟最迟于%s答复（法律法规未规定期限）。", due)
	}
	if clock.Provisional {
		text.EN += " The day may still move: the days off of a year that it depends on are not announced yet."
		text.ZH += "所涉年度的放假安排尚未公布，该日期可能变动。"
	}
	return text
}
