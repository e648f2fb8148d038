package casefile

import (
	"slices"
	"time"
)

// UrgencyFlagged says that the case cannot wait, from its legal date on, and who was told.
type UrgencyFlagged struct {
	UrgencyID string          `json:"urgencyId"`
	Ground    UrgencyGround   `json:"ground"`
	Reason    TextID          `json:"reason,omitempty"`
	ToldFor   string          `json:"toldFor,omitempty"`
	Told      []UrgencyNotice `json:"told,omitempty"`
	// By is who said so in the case that was merged, or that this one was split from;
	// ReportedBefore that the first report was made there.
	By             string `json:"by,omitempty"`
	ReportedBefore bool   `json:"reportedBefore,omitempty"`
}

// UrgencyPassedOn says who else was told, since the case has moved.
type UrgencyPassedOn struct {
	UrgencyID string          `json:"urgencyId"`
	ToldFor   string          `json:"toldFor"`
	Told      []UrgencyNotice `json:"told"`
}

// UrgencyAcknowledged is the word of a unit that it knows.
type UrgencyAcknowledged struct {
	UrgencyID string `json:"urgencyId"`
	UnitID    string `json:"unitId"`
}

// UrgencyReported says what was done.
type UrgencyReported struct {
	UrgencyID string `json:"urgencyId"`
	Measures  TextID `json:"measures"`
}

// UrgencyLifted takes the alarm back.
type UrgencyLifted struct {
	UrgencyID string `json:"urgencyId"`
	Reason    TextID `json:"reason"`
}

func (UrgencyFlagged) eventType() string      { return "UrgencyFlagged" }
func (UrgencyPassedOn) eventType() string     { return "UrgencyPassedOn" }
func (UrgencyAcknowledged) eventType() string { return "UrgencyAcknowledged" }
func (UrgencyReported) eventType() string     { return "UrgencyReported" }
func (UrgencyLifted) eventType() string       { return "UrgencyLifted" }

func (b UrgencyFlagged) apply(s *State, event Event) {
	by := event.Actor.PersonID
	if b.By != "" {
		by = b.By
	}
	s.Urgent = true
	s.Urgency = &Urgency{
		ID: b.UrgencyID, Ground: b.Ground, Reason: b.Reason, Since: event.EffectiveAt, FlaggedBy: by,
		ToldFor: b.ToldFor, Told: toldAt(b.Told, event.At), ReportedBefore: b.ReportedBefore,
	}
}

// toldAt dates notices by the moment at which they were given, whatever legal date the alarm has.
func toldAt(notices []UrgencyNotice, at time.Time) []UrgencyNotice {
	dated := slices.Clone(notices)
	for i := range dated {
		dated[i].ToldAt = at
	}
	return dated
}

func (b UrgencyPassedOn) apply(s *State, event Event) {
	s.changeUrgency(func(u *Urgency) {
		u.ToldFor = b.ToldFor
		u.Told = append(slices.Clip(u.Told), toldAt(b.Told, event.At)...)
	})
}

func (b UrgencyAcknowledged) apply(s *State, event Event) {
	s.changeUrgency(func(u *Urgency) {
		u.Told = slices.Clone(u.Told)
		for i := range u.Told {
			if u.Told[i].UnitID == b.UnitID {
				u.Told[i].AcknowledgedBy, u.Told[i].AcknowledgedAt = event.Actor.PersonID, event.EffectiveAt
			}
		}
	})
}

func (b UrgencyReported) apply(s *State, event Event) {
	s.changeUrgency(func(u *Urgency) {
		u.Reports = appended(u.Reports, UrgencyReport{
			ReportedBy: event.Actor.PersonID, ReportedAt: event.EffectiveAt, Measures: b.Measures,
		})
	})
}

func (b UrgencyLifted) apply(s *State, event Event) {
	s.Urgent = false
	s.changeUrgency(func(u *Urgency) {
		u.LiftedAt, u.LiftedBy, u.LiftReason = event.EffectiveAt, event.Actor.PersonID, b.Reason
	})
}

func (s *State) changeUrgency(change func(*Urgency)) {
	if s.Urgency == nil {
		return
	}
	urgency := *s.Urgency
	change(&urgency)
	s.Urgency = &urgency
}

func (b UrgencyFlagged) sentence(t telling) string {
	told := t.units(b.Told)
	en, zh := "; told at once: "+told, "，即时通知："+told
	switch b.Ground {
	case UrgentRegistered:
		return t.did("registered the case as urgent"+en, "登记时列为重大紧急"+zh)
	case UrgentHighRisk:
		return t.did("found a high risk, so the case is urgent"+en, "评定为高风险，按重大紧急办理"+zh)
	case UrgentMerged:
		return t.say("The case is urgent, since the one that was merged into it was"+en, "并入的案件重大紧急，本案按重大紧急办理"+zh)
	case UrgentSplit:
		return t.say("The case is urgent, since the one that it was split from is"+en, "拆分前的案件重大紧急，本案按重大紧急办理"+zh)
	}
	return t.did("flagged the case as urgent"+en, "将案件列为重大紧急"+zh)
}

func (b UrgencyPassedOn) sentence(t telling) string {
	told := t.units(b.Told)
	return t.say("Told of the urgent case as well: "+told, "紧急信息另行通知："+told)
}

func (b UrgencyAcknowledged) sentence(t telling) string {
	return t.did("took note of the urgent case for "+t.unit(b.UnitID), "代表"+t.unit(b.UnitID)+"签收紧急信息")
}

func (UrgencyReported) sentence(t telling) string {
	return t.did("reported what was done in the urgent case", "报送紧急信息，说明处置情况")
}

func (UrgencyLifted) sentence(t telling) string {
	return t.did("lifted the urgency of the case", "解除重大紧急")
}

// units names the units that were told.
func (t telling) units(notices []UrgencyNotice) string {
	names := make([]string, len(notices))
	for i, notice := range notices {
		names[i] = t.unit(notice.UnitID)
	}
	joined := ""
	for i, name := range names {
		if i > 0 {
			joined += t.say(", ", "、")
		}
		joined += name
	}
	return joined
}

// urgentEvents are the events of a case that cannot wait.
var urgentEvents = []eventKind{
	eventOf[UrgencyFlagged](),
	eventOf[UrgencyPassedOn](),
	eventOf[UrgencyAcknowledged](),
	eventOf[UrgencyReported](),
	eventOf[UrgencyLifted](),
}
