package casefile

import (
	"fmt"
	"slices"
)

// PerformanceRecorded records what was performed of a promise; its EffectiveAt is the day of
// it. Complete says that nothing of the promise is left.
type PerformanceRecorded struct {
	MediationID   string            `json:"mediationId"`
	PerformanceID string            `json:"performanceId"`
	Amount        *int64            `json:"amount,omitempty"`
	Source        PerformanceSource `json:"source"`
	Note          TextID            `json:"note,omitempty"`
	Complete      bool              `json:"complete,omitempty"`
}

// PerformanceOverdue tells that a promise was not performed on its day. The notice urges it,
// and names the ways that the law leaves to the parties.
type PerformanceOverdue struct {
	MediationID   string   `json:"mediationId"`
	PerformanceID string   `json:"performanceId"`
	NoticeID      string   `json:"noticeId"`
	NoticeParties []string `json:"noticeParties,omitempty"`
}

func (PerformanceRecorded) eventType() string { return "PerformanceRecorded" }
func (PerformanceOverdue) eventType() string  { return "PerformanceOverdue" }

func (b PerformanceRecorded) apply(s *State, event Event) {
	s.changeMediation(b.MediationID, func(m *Mediation) {
		m.Performed = appended(m.Performed, PerformanceMade{
			PerformanceID: b.PerformanceID, At: event.EffectiveAt, Amount: b.Amount, Source: b.Source,
			Note: b.Note, Complete: b.Complete,
		})
	})
	if b.Complete {
		s.voidNoticesOf(b.PerformanceID)
	}
}

func (b PerformanceOverdue) apply(s *State, event Event) {
	s.addNotice(b.NoticeID, NoticePerformanceOverdue, b.NoticeParties, event.EffectiveAt)
	s.Notices[len(s.Notices)-1].Of = b.PerformanceID
}

// voidNoticesOf lets notices about one thing fall away where they have not reached everybody.
func (s *State) voidNoticesOf(id string) {
	s.Notices = slices.Clone(s.Notices)
	for i := range s.Notices {
		if s.Notices[i].Of == id && s.Notices[i].Owed() {
			s.Notices[i].Void = true
		}
	}
}

func (b PerformanceRecorded) sentence(t telling) string {
	source := t.label("PerformanceSource", string(b.Source))
	en, zh := "recorded performance of "+b.PerformanceID+" by "+source, "登记协议事项"+b.PerformanceID+"的履行（履行来源："+source+"）"
	if b.Amount != nil {
		en, zh = en+": "+yuan(*b.Amount), zh+"，金额"+yuan(*b.Amount)
	}
	if b.Complete {
		return t.did(en+"; nothing of it is left", zh+"，已履行完毕")
	}
	return t.did(en+"; a part is left", zh+"，尚未履行完毕")
}

func (b PerformanceOverdue) sentence(t telling) string {
	return t.say(
		fmt.Sprintf("Promise %s of mediation %s was not performed on its day; notice %s urges it and names the remedies", b.PerformanceID, b.MediationID, b.NoticeID),
		fmt.Sprintf("调解%s的协议事项%s到期未履行，制作文书%s，督促履行并告知救济途径", b.MediationID, b.PerformanceID, b.NoticeID))
}

// yuan writes an amount of fen.
func yuan(fen int64) string { return fmt.Sprintf("¥%d.%02d", fen/100, fen%100) }

// performanceEvents are the events of what an agreement promises.
var performanceEvents = []eventKind{
	eventOf[PerformanceRecorded](),
	eventOf[PerformanceOverdue](),
}
