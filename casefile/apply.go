package casefile

import (
	"slices"
	"time"
)

// Apply returns the state after an event. It has value semantics: what the old state
// refers to is never written, so an old state stays what it was.
func Apply(state State, event Event) State {
	s := state
	s.Version = event.Seq
	if event.BackdatingReason != "" {
		s.Backdated = appended(s.Backdated, event.Seq)
	}
	event.Body.apply(&s, event)
	return s
}

// Fold returns the case that the events make, in their order.
func Fold(id string, events []Event) State {
	state := State{ID: id}
	for _, event := range events {
		state = Apply(state, event)
	}
	return state
}

// appended never writes into the old slice's backing array.
func appended[T any](list []T, value T) []T {
	longer := make([]T, len(list)+1)
	copy(longer, list)
	longer[len(list)] = value
	return longer
}

// enter brings the case into a stage on a legal date.
func (s *State) enter(stage Stage, since time.Time) {
	s.Stage, s.StageSince = stage, since
}

// backToWork undoes a result: the case is investigated again.
func (s *State) backToWork(since time.Time) {
	s.Outcome, s.Facts, s.Path = "", "", ""
	s.enter(StageInvestigation, since)
}

// handled adds somebody to those who may no longer verify.
func (s *State) handled(personID string) { s.HandledBy = withPerson(s.HandledBy, personID) }

func withPerson(list []string, personID string) []string {
	if personID == "" || slices.Contains(list, personID) {
		return list
	}
	return appended(list, personID)
}

func (s *State) applyRegistered(event Event, body CaseRegistered) {
	s.Number = body.Number
	s.Kind, s.PetitionType = body.Kind, body.PetitionType
	s.Source, s.SourceUnitID = body.Source, body.SourceUnitID
	s.ExternalIDs = body.ExternalIDs
	s.Division, s.OccurrenceDivision = body.Division, body.OccurrenceDivision
	s.OccurrenceAddress = body.OccurrenceAddress
	s.Category, s.Title, s.Narrative = body.Category, body.Title, body.Narrative
	s.Claims = withClaims(nil, body.ClaimIDs, body.Claims)
	s.Parties, s.Exclusions = body.Parties, body.Exclusions
	s.Confidentiality = body.Confidentiality
	s.Risk, s.Scale, s.Urgent, s.Oral = body.Risk, body.Scale, body.Urgent, body.Oral
	s.CourtStage, s.Amount, s.Headcount = body.CourtStage, body.Amount, body.Headcount
	s.MissedByUnitID, s.Imported = body.MissedByUnitID, body.Imported
	s.ResponsibleUnitID = body.ResponsibleUnitID
	s.RegisteredBy, s.ReportedByPersonID = event.Actor, body.ReportedByPersonID
	s.ReceivedAt, s.OccurredAt, s.RegisteredAt = body.ReceivedAt, body.OccurredAt, event.At
	s.Round = 1
	if from := body.SplitFrom; from != nil {
		s.Links = []Link{{ID: "L1", Kind: LinkSplitFrom, CaseID: from.CaseID, Number: from.Number, By: event.Actor}}
	}
	if about := body.Retaliation; about != nil {
		s.Retaliation = &Retaliation{Retaliated: *about}
	}
	s.enter(StageAcceptance, body.ReceivedAt)
}

func withClaims(claims []Claim, ids []string, texts []TextID) []Claim {
	for i, id := range ids {
		claims = appended(claims, Claim{ID: id, Text: texts[i]})
	}
	return claims
}

func (s *State) applyAmended(body CaseAmended) {
	after := body.After
	if after.Title != "" {
		s.Title = after.Title
	}
	if after.Narrative != "" {
		s.Narrative = after.Narrative
	}
	if after.Category != "" {
		s.Category = after.Category
	}
	if after.OccurrenceDivision != "" {
		s.OccurrenceDivision = after.OccurrenceDivision
	}
	if after.OccurrenceAddress != "" {
		s.OccurrenceAddress = after.OccurrenceAddress
	}
	if after.Amount != nil {
		s.Amount = after.Amount
	}
	if after.Headcount != nil {
		s.Headcount = after.Headcount
	}
	if after.Scale != "" {
		s.Scale = after.Scale
	}
	if after.Risk != "" {
		s.Risk = after.Risk
	}
	if after.Confidentiality != "" {
		s.Confidentiality = after.Confidentiality
	}
	s.Claims = withClaims(s.Claims, body.ClaimIDs, after.AddClaims)
	s.Parties = mergeParties(s.Parties, after.Parties)
	s.Exclusions = body.Exclusions
}

func (s *State) applyEndProposed(event Event, body EndProposed) {
	pending := &Pending{
		End: body.End, AskedBy: event.Actor.PersonID, AskedUnit: event.Actor.UnitID,
		AskedIn: s.Stage, NoticeID: body.NoticeID,
	}
	kind := NoticeWithdrawal
	switch {
	case body.Decline != nil:
		kind = NoticeDecline
	case body.Transfer != nil:
		kind = NoticeTransfer
	case body.Withdraw != nil:
		pending.Party = body.Withdraw.PartyID
	case body.Merge != nil:
		kind = NoticeMerger
		end := body.Merge.end()
		pending.Merged, pending.AskedBy, pending.AskedUnit = &end, body.Merge.By.PersonID, body.Merge.By.UnitID
	}
	s.Pending = pending
	s.addNotice(body.NoticeID, kind, body.NoticeParty, event.EffectiveAt)
	last := &s.Notices[len(s.Notices)-1]
	last.Remedy, last.Reason = body.Says, body.NoticeReason
	s.enter(StageVerification, event.EffectiveAt)
}

func (s *State) verifyPending(event Event) {
	pending := *s.Pending
	pending.Verified, pending.VerifiedAt = true, event.EffectiveAt
	if !slices.Contains(s.VerifiedBy, event.Actor.PersonID) {
		pending.Verifier = event.Actor.PersonID
	}
	s.Pending = &pending
	s.VerifiedBy = withPerson(s.VerifiedBy, event.Actor.PersonID)
}

func (s *State) addNotice(id string, kind NoticeKind, parties []string, issued time.Time) {
	s.Notices = appended(s.Notices, Notice{ID: id, Kind: kind, IssuedAt: issued, Parties: parties})
}

func (s *State) voidNotice(id string) {
	s.Notices = slices.Clone(s.Notices)
	for i := range s.Notices {
		if s.Notices[i].ID == id {
			s.Notices[i].Void = true
		}
	}
}

func (s *State) applyPath(body InvestigationConcluded, date time.Time) {
	s.Facts, s.Path = body.Facts, body.Path
	switch body.Path {
	case PathMediation:
		s.enter(StageMediation, date)
	case PathDecision:
		s.enter(StageDecision, date)
	case PathReferral:
		s.enter(StageReferral, date)
	}
}

func (s *State) applyServed(event Event, body NoticeServed) {
	s.Notices = slices.Clone(s.Notices)
	for i := range s.Notices {
		if s.Notices[i].ID == body.NoticeID {
			s.Notices[i].Service = appended(s.Notices[i].Service, Service{
				PartyID: body.PartyID, Method: body.Method, ServedAt: event.EffectiveAt,
				ReceiptDocumentID: body.ReceiptDocumentID,
			})
		}
	}
	s.Decisions = slices.Clone(s.Decisions)
	for i := range s.Decisions {
		if s.Decisions[i].NoticeID != body.NoticeID {
			continue
		}
		if served := s.Decisions[i].ServedAt; served.IsZero() || event.EffectiveAt.Before(served) {
			s.Decisions[i].ServedAt = event.EffectiveAt
		}
	}
}

// finish ends the case: what was still open in it is over.
func (s *State) finish(stage Stage, date time.Time) {
	s.enter(stage, date)
	s.ClosedAt = date
	s.Deferral = nil
	if n := len(s.Mediations); n > 0 && s.Mediations[n-1].ConcludedAt.IsZero() {
		s.Mediations = slices.Clone(s.Mediations)
		s.Mediations[n-1].ConcludedAt, s.Mediations[n-1].Outcome = date, MediationWithdrawn
	}
	s.recallDispatches(date)
	s.recallReferrals(date)
	s.Orders = slices.Clone(s.Orders)
	for i := range s.Orders {
		if s.Orders[i].Status.Open() {
			s.Orders[i].Status = SupervisionSatisfied
		}
	}
}

func (s *State) applyReopened(event Event, body CaseReopened) {
	s.Round = body.Round
	if len(s.Samples) > 0 {
		s.voidSamples()
	}
	s.Outcome, s.Facts, s.Path = "", "", ""
	s.ConcludedAt, s.ClosedAt, s.ConcludedOnTime = time.Time{}, time.Time{}, nil
	s.Reworks, s.Redos, s.Pending, s.HandlerID, s.Forwarding = 0, 0, nil, "", nil
	// Who verified the last round may work on this one: it will be verified by somebody
	// else. A small office would otherwise run out of people.
	s.VerifiedBy = nil
	s.Notices = slices.Clone(s.Notices)
	for i := range s.Notices {
		if s.Notices[i].Owed() && s.Notices[i].Of == "" {
			s.Notices[i].Void = true
		}
	}
	stage := StageInvestigation
	if s.AcceptedAt.IsZero() {
		stage = StageAcceptance
	}
	s.enter(stage, event.EffectiveAt)
}
