package casefile

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// MediationOpened starts a mediation.
type MediationOpened struct {
	MediationID string        `json:"mediationId"`
	Type        MediationType `json:"type"`
	ConsentMode ConsentMode   `json:"consentMode"`
	UnitID      string        `json:"unitId"`
	MediatorID  string        `json:"mediatorId,omitempty"`
	CourtStage  CourtStage    `json:"courtStage,omitempty"`
	// Entrusted marks what a court entrusted: report and papers go back to it.
	Entrusted    bool     `json:"entrusted,omitempty"`
	ChosenBy     []string `json:"chosenBy,omitempty"`
	JointRequest TextID   `json:"jointRequest,omitempty"`
}

// ConsentRecorded records a party's word on the mediation.
type ConsentRecorded struct {
	MediationID string  `json:"mediationId"`
	PartyID     string  `json:"partyId"`
	Consent     Consent `json:"consent"`
}

// SessionScheduled fixes a session.
type SessionScheduled struct {
	MediationID  string      `json:"mediationId"`
	SessionID    string      `json:"sessionId"`
	Mode         SessionMode `json:"mode"`
	ScheduledFor time.Time   `json:"scheduledFor"`
	Place        TextID      `json:"place,omitempty"`
}

// SessionHeld records a session with its minutes.
type SessionHeld struct {
	MediationID string      `json:"mediationId"`
	SessionID   string      `json:"sessionId"`
	Mode        SessionMode `json:"mode"`
	HeldAt      time.Time   `json:"heldAt"`
	Minutes     TextID      `json:"minutes"`
}

// MediationConcluded ends a mediation; where it failed, NoticeID is the notice that names
// the remedies.
type MediationConcluded struct {
	MediationID string `json:"mediationId"`
	ConcludeMediation
	// AgreedAt is when the agreement took effect; Replaces are the mediations whose earlier
	// agreements it takes the place of.
	AgreedAt      time.Time `json:"agreedAt,omitzero"`
	Replaces      []string  `json:"replaces,omitempty"`
	NoticeID      string    `json:"noticeId,omitempty"`
	NoticeParties []string  `json:"noticeParties,omitempty"`
	// Remedy is what the notice tells of the ways that are left.
	Remedy procedure.Text `json:"remedy,omitzero"`
}

// RemedyOffered tells the parties what a time that has run out leaves to them, where the law
// lets them go on or take another way.
type RemedyOffered struct {
	DeadlineID    string         `json:"deadlineId"`
	Step          string         `json:"step"`
	NoticeID      string         `json:"noticeId"`
	NoticeParties []string       `json:"noticeParties,omitempty"`
	Remedy        procedure.Text `json:"remedy,omitzero"`
}

func (MediationOpened) eventType() string    { return "MediationOpened" }
func (ConsentRecorded) eventType() string    { return "ConsentRecorded" }
func (SessionScheduled) eventType() string   { return "SessionScheduled" }
func (SessionHeld) eventType() string        { return "SessionHeld" }
func (MediationConcluded) eventType() string { return "MediationConcluded" }
func (RemedyOffered) eventType() string      { return "RemedyOffered" }

func (b RemedyOffered) apply(s *State, event Event) {
	s.addNotice(b.NoticeID, NoticeRemedy, b.NoticeParties, event.EffectiveAt)
	s.Notices[len(s.Notices)-1].Remedy = b.Remedy
}

func (b RemedyOffered) sentence(t telling) string {
	en, zh := "Notice "+b.NoticeID+" tells the parties the ways that are left to them", "制作文书"+b.NoticeID+"，告知当事人可以选择的途径"
	if b.Remedy != (procedure.Text{}) {
		en, zh = en+": "+b.Remedy.EN, zh+"："+b.Remedy.ZH
	}
	return t.say(en, zh)
}

func (MediationOpened) apply(s *State, event Event) {
	s.applyMediation(event)
}

func (ConsentRecorded) apply(s *State, event Event) {
	s.applyMediation(event)
}

func (SessionScheduled) apply(s *State, event Event) {
	s.applyMediation(event)
}

func (SessionHeld) apply(s *State, event Event) {
	s.applyMediation(event)
}

func (MediationConcluded) apply(s *State, event Event) {
	s.applyMediation(event)
}

func (MediationOpened) sentence(t telling) string    { return t.mediation() }
func (ConsentRecorded) sentence(t telling) string    { return t.mediation() }
func (SessionScheduled) sentence(t telling) string   { return t.mediation() }
func (SessionHeld) sentence(t telling) string        { return t.mediation() }
func (MediationConcluded) sentence(t telling) string { return t.mediation() }

// mediationEvents are the events of the mediation.
var mediationEvents = []eventKind{
	eventOf[MediationOpened](),
	eventOf[ConsentRecorded](),
	eventOf[SessionScheduled](),
	eventOf[SessionHeld](),
	eventOf[MediationConcluded](),
	eventOf[RemedyOffered](),
}
