package casefile

// DeferralRequested asks to put the case off; somebody else decides.
type DeferralRequested struct {
	DeferCase
}

// DeferralDecided is the second person's word on a deferral.
type DeferralDecided struct {
	Approved bool   `json:"approved"`
	Until    string `json:"until"`
	Reason   TextID `json:"reason,omitempty"`
}

// DeferralElapsed says that the day has come on which the case is taken up again.
type DeferralElapsed struct{}

// CaseTakenUp ends a deferral.
type CaseTakenUp struct{}

func (DeferralRequested) eventType() string { return "DeferralRequested" }
func (DeferralDecided) eventType() string   { return "DeferralDecided" }
func (DeferralElapsed) eventType() string   { return "DeferralElapsed" }
func (CaseTakenUp) eventType() string       { return "CaseTakenUp" }

func (b DeferralRequested) apply(s *State, event Event) {
	s.Deferral = &Deferral{
		Until: b.Until, Reason: b.Reason, AskedBy: event.Actor.PersonID, AskedAt: event.EffectiveAt,
	}
}

func (b DeferralDecided) apply(s *State, event Event) {
	if !b.Approved {
		s.Deferral = nil
		return
	}
	deferral := *s.Deferral
	deferral.ApprovedBy, deferral.ApprovedAt = event.Actor.PersonID, event.EffectiveAt
	s.Deferral = &deferral
	s.Deferrals++
}

func (DeferralElapsed) apply(s *State, _ Event) {
	deferral := *s.Deferral
	deferral.Elapsed = true
	s.Deferral = &deferral
}

func (CaseTakenUp) apply(s *State, _ Event) { s.Deferral = nil }

func (b DeferralRequested) sentence(t telling) string {
	return t.did("asked to put the case off until "+b.Until+"; the statutory clocks run on", "申请缓办至"+b.Until+"，法定期限照常计算")
}

func (b DeferralDecided) sentence(t telling) string {
	if b.Approved {
		return t.did("approved putting the case off until "+b.Until, "批准缓办至"+b.Until)
	}
	return t.did("refused to put the case off until "+b.Until, "不同意缓办至"+b.Until)
}

func (DeferralElapsed) sentence(t telling) string {
	return t.say("The deferral is over: the case is to be taken up again", "缓办期满，应恢复办理")
}

func (CaseTakenUp) sentence(t telling) string {
	return t.did("took the case up again", "恢复办理")
}

// deferralEvents are the events of putting a case off.
var deferralEvents = []eventKind{
	eventOf[DeferralRequested](),
	eventOf[DeferralDecided](),
	eventOf[DeferralElapsed](),
	eventOf[CaseTakenUp](),
}
