package casefile

import (
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// CaseAccepted (受理); its EffectiveAt is the acceptance date.
type CaseAccepted struct {
	Procedure string `json:"procedure"`
	// ProcedureFrom is the first day (YYYY-MM-DD) of the version that the case keeps.
	ProcedureFrom string `json:"procedureFrom,omitempty"`
	// ByClerk says that the clerk named the procedure; otherwise it followed from the case.
	ByClerk bool       `json:"byClerk,omitempty"`
	Route   LegalRoute `json:"route,omitempty"`
}

// ProcedureChanged puts the case on another procedure: a mediation was opened that has one
// of its own, or the clerk corrected it with a reason.
type ProcedureChanged struct {
	Before        string `json:"before"`
	Procedure     string `json:"procedure"`
	ProcedureFrom string `json:"procedureFrom"`
	ByClerk       bool   `json:"byClerk,omitempty"`
	Reason        TextID `json:"reason,omitempty"`
}

// CaseTransferred hands the case to another unit of the platform; it goes on there in
// ACCEPTANCE with its history and first-receipt date.
type CaseTransferred struct {
	FromUnitID string   `json:"fromUnitId"`
	ToUnitID   string   `json:"toUnitId"`
	Division   Division `json:"division"`
	Reason     TextID   `json:"reason"`
	// Forwarded says that the law of petitions gives the receiver days of its own.
	Forwarded bool `json:"forwarded,omitempty"`
}

// EndProposed asks for an end that skips the merits: NOT_ACCEPTED, TRANSFERRED, WITHDRAWN or
// MERGED. It takes a second person and a served notice.
type EndProposed struct {
	End         Stage         `json:"end"`
	Decline     *DeclineCase  `json:"decline,omitempty"`
	Transfer    *TransferCase `json:"transfer,omitempty"`
	Withdraw    *WithdrawCase `json:"withdraw,omitempty"`
	Merge       *JoinCase     `json:"merge,omitempty"`
	NoticeID    string        `json:"noticeId"`
	NoticeParty []string      `json:"noticeParties,omitempty"`
	// Says is the text of the notice as it was when it was written.
	Says procedure.Text `json:"says,omitzero"`
	// NoticeReason is the text by which the notice says why.
	NoticeReason TextID `json:"noticeReason,omitempty"`
}

// EndVerified is the second person's yes to a proposed end.
type EndVerified struct {
	Comment TextID `json:"comment,omitempty"`
}

// EndRejected is the second person's no; the case goes back to the stage it came from.
type EndRejected struct {
	Reason TextID `json:"reason"`
}

// CaseEnded ends a case in a stage that skips the merits.
type CaseEnded struct {
	End Stage `json:"end"`
}

func (CaseAccepted) eventType() string     { return "CaseAccepted" }
func (ProcedureChanged) eventType() string { return "ProcedureChanged" }
func (CaseTransferred) eventType() string  { return "CaseTransferred" }
func (EndProposed) eventType() string      { return "EndProposed" }
func (EndVerified) eventType() string      { return "EndVerified" }
func (EndRejected) eventType() string      { return "EndRejected" }
func (CaseEnded) eventType() string        { return "CaseEnded" }

func (b CaseAccepted) apply(s *State, event Event) {
	s.AcceptedAt, s.Route = event.EffectiveAt, b.Route
	s.Procedure, s.ProcedureFrom, s.ProcedureByClerk = b.Procedure, b.ProcedureFrom, b.ByClerk
	s.enter(StageInvestigation, event.EffectiveAt)
}

func (b ProcedureChanged) apply(s *State, _ Event) {
	s.Procedure, s.ProcedureFrom, s.ProcedureByClerk = b.Procedure, b.ProcedureFrom, b.ByClerk
}

func (b ProcedureChanged) sentence(t telling) string {
	name := procedureName(b.Procedure, b.ProcedureFrom)
	return t.did("put the case on the procedure “"+name.EN+"”", "将适用程序改为“"+name.ZH+"”")
}

func (b CaseTransferred) apply(s *State, event Event) {
	s.Forwarding = nil
	if b.Forwarded {
		s.Forwarding = &Forwarding{
			FromUnitID: b.FromUnitID, FromDivision: s.Division, ToUnitID: b.ToUnitID, ForwardedAt: event.EffectiveAt,
		}
	}
	s.ResponsibleUnitID, s.Division = b.ToUnitID, b.Division
	s.HandlerID, s.Facts, s.Path = "", "", ""
	s.AcceptedAt = time.Time{}
	s.Deferral = nil // it was the other unit's
	s.voidForwardingNotices()
	s.enter(StageAcceptance, event.EffectiveAt)
}

func (b EndProposed) apply(s *State, event Event) {
	s.applyEndProposed(event, b)
}

func (EndVerified) apply(s *State, event Event) {
	s.verifyPending(event)
}

func (EndRejected) apply(s *State, event Event) {
	if s.Pending.Merged != nil {
		s.unmerge("a second person rejected it", "核查未通过")
	}
	s.voidNotice(s.Pending.NoticeID)
	s.unanswerRetaliation()
	s.enter(s.Pending.AskedIn, event.EffectiveAt)
	s.Pending = nil
}

func (b CaseEnded) apply(s *State, event Event) {
	var merged *mergedEnd
	if s.Pending != nil {
		merged = s.Pending.Merged
	}
	s.Pending = nil
	s.finish(b.End, event.EffectiveAt)
	if b.End == StageWithdrawn {
		s.Outcome = OutcomeWithdrawn
	}
	if merged != nil {
		s.Links = appended(s.Links, Link{
			ID: fmt.Sprintf("L%d", event.Seq), Kind: LinkMergedInto, CaseID: merged.CaseID, Number: merged.Number,
		})
	}
}

func (CaseAccepted) sentence(t telling) string    { return t.intake() }
func (CaseTransferred) sentence(t telling) string { return t.intake() }
func (EndProposed) sentence(t telling) string     { return t.ending() }
func (EndVerified) sentence(t telling) string     { return t.ending() }
func (EndRejected) sentence(t telling) string     { return t.ending() }
func (CaseEnded) sentence(t telling) string       { return t.ending() }

// acceptanceEvents are the events of the acceptance, and of ends that skip the merits.
var acceptanceEvents = []eventKind{
	eventOf[CaseAccepted](),
	eventOf[ProcedureChanged](),
	eventOf[CaseTransferred](),
	eventOf[EndProposed](),
	eventOf[EndVerified](),
	eventOf[EndRejected](),
	eventOf[CaseEnded](),
}
