package casefile

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

// walker takes one case through random commands. Most of them are allowed and well formed,
// so that walks go deep; the others are wrong in one way or another and must be refused
// without a trace.
type walker struct {
	*rand.Rand
	dir    *smallCity
	now    time.Time
	state  State
	events []Event
	seen   *coverage
	law    *Law
	actor  Actor // who a good act is made for
	// endHeld says that a report of retaliation holds back the end.
	endHeld bool
}

// coverage counts what all walks together reached.
type coverage struct {
	stages    map[Stage]int
	outcomes  map[Outcome]int
	events    map[string]int
	refusals  map[RefusalCode]int
	taken     int
	refused   int
	mostSteps int
}

func newCoverage() *coverage {
	return &coverage{
		stages: map[Stage]int{}, outcomes: map[Outcome]int{}, events: map[string]int{}, refusals: map[RefusalCode]int{},
	}
}

func (c *coverage) add(other *coverage) {
	sum(c.stages, other.stages)
	sum(c.outcomes, other.outcomes)
	sum(c.events, other.events)
	sum(c.refusals, other.refusals)
	c.taken += other.taken
	c.refused += other.refused
	c.mostSteps = max(c.mostSteps, other.mostSteps)
}

func sum[K comparable](into, from map[K]int) {
	for key, n := range from {
		into[key] += n
	}
}

func newWalker(seed uint64, seen *coverage) *walker {
	return &walker{
		Rand: rand.New(rand.NewPCG(seed, 2026)), dir: city, now: start,
		state: State{ID: fmt.Sprintf("case-%d", seed)}, seen: seen,
	}
}

func pick[T any](w *walker, values ...T) T { return values[w.IntN(len(values))] }

func (w *walker) chance(percent int) bool { return w.IntN(100) < percent }

func (w *walker) rules() Rules {
	return Rules{Now: w.now, Directory: w.dir, Law: w.law, Number: "530402-D-2026-000001", EndHeld: w.endHeld}
}

// send decides one command and checks what must hold. It reports whether it was taken.
func (w *walker) send(command Command) (bool, error) {
	events, err := Decide(w.state, command, w.rules())
	if err != nil {
		var refusal *Refusal
		if !errors.As(err, &refusal) {
			return false, fmt.Errorf("%s failed with %w", ActName(command.Act), err)
		}
		if len(events) > 0 || refusal.Code == "" || refusal.Message == "" || refusal.MessageZH == "" {
			return false, fmt.Errorf("%s was refused with %d events: %w", ActName(command.Act), len(events), refusal)
		}
		w.seen.refused++
		w.seen.refusals[refusal.Code]++
		return false, nil
	}
	after := w.state
	for _, event := range events {
		after = Apply(after, event)
		w.seen.events[event.Type()]++
	}
	if err := checkStep(w.state, w.events, command, events, after, w.dir); err != nil {
		return false, fmt.Errorf("%s in %s: %w", ActName(command.Act), w.state.Stage, err)
	}
	w.state = after
	w.events = append(w.events, events...)
	w.seen.taken++
	w.seen.stages[after.Stage]++
	if after.Outcome != "" {
		w.seen.outcomes[after.Outcome]++
	}
	return true, nil
}

func (w *walker) command(actor Actor, act Act) Command {
	return Command{
		CaseID: w.state.ID, RequestKey: "key", InputDigest: "digest", RequestID: "request", Actor: actor, Act: act,
	}
}

// walk takes the case through up to so many steps.
func (w *walker) walk(steps int) error {
	if err := w.begin(); err != nil || !w.state.Exists() {
		return err
	}
	for range steps {
		if !w.state.Stage.Open() && w.chance(30) {
			break
		}
		if w.chance(4) || w.state.ProposedPackageID() != "" && w.chance(20) {
			if err := w.packageAsks(); err != nil {
				return err
			}
		}
		if w.chance(10) {
			if err := w.others(); err != nil {
				return err
			}
		}
		if err := w.step(); err != nil {
			return err
		}
	}
	w.seen.mostSteps = max(w.seen.mostSteps, len(w.events))
	return nil
}

func (w *walker) begin() error {
	if w.chance(3) {
		_, err := w.send(w.command(w.dir.as("center-admin1"), w.importEnded()))
		return err
	}
	if w.chance(1) {
		return w.beginFinal()
	}
	if w.chance(5) {
		command, err := w.reported()
		if err == nil {
			_, err = w.send(command)
		}
		return err
	}
	who := pick(w, "center-clerk1", "petition-clerk1", "grid-grid_worker1", "government-clerk1", "bureau-manager1",
		"center-integration1", "city-center-leader1", "zone-clerk1", "center-mediator1")
	register := w.registration()
	actor := w.dir.as(who)
	register.Division = pick(w, divisionsBelow(w.dir, actor)...)
	command := w.command(actor, register)
	if !register.ReceivedAt.IsZero() {
		command.BackdatingReason = "reason"
	}
	_, err := w.send(command)
	return err
}

func divisionsBelow(dir *smallCity, actor Actor) []Division {
	var list []Division
	for _, code := range sortedKeys(dir.divisions) {
		if lies(dir, code, village(actor.Division)) {
			list = append(list, code)
		}
	}
	return list
}

func (w *walker) registration() RegisterCase {
	register := aDispute()
	if w.chance(60) {
		register = aPetition(pick(w, Suggestion, Accusation, Appeal, Appeal))
	}
	if register.Kind == Dispute && w.chance(40) {
		register.Category = "D-MEDICAL"
	}
	register.Urgent = w.chance(3)
	if register.Kind == Dispute && w.chance(6) {
		register.Category = pick(w, sortedKeys(suspectedIn)[:2]...)
	}
	if w.chance(20) {
		register.Claims = nil
	}
	if w.chance(25) {
		register.Parties[0] = Party{ID: "P1", Role: register.Parties[0].Role, Kind: NaturalPerson, Anonymous: true}
	}
	if w.chance(15) {
		register.Parties = append(register.Parties, person("P9", register.Parties[0].Role))
	}
	if w.chance(20) {
		received := w.now.Add(-time.Duration(w.IntN(90*24)) * time.Hour)
		register.ReceivedAt = received
	}
	if register.PetitionType == Accusation && w.chance(70) {
		accused := &register.Parties[1]
		accused.PersonID = ""
		if w.chance(25) {
			return register
		}
		if w.chance(50) {
			accused.UnitID = pick(w, "bureau", "petition", "center", "desk")
		} else {
			accused.PersonID = pick(w, "petition-leader1", "bureau-clerk1", "center-manager1", "petition-manager1")
		}
	}
	return register
}

func (w *walker) importEnded() ImportEnded {
	received := w.now.Add(-time.Duration(100+w.IntN(200)) * 24 * time.Hour)
	ended := ImportEnded{
		Register: aPetition(pick(w, Suggestion, Appeal)), Reply: "reply",
		AcceptedAt: received, ConcludedAt: received.Add(time.Duration(w.IntN(90)) * 24 * time.Hour),
	}
	ended.Register.ReceivedAt = received
	if w.chance(40) {
		ended.Satisfaction = pointer(1 + w.IntN(5))
	}
	return ended
}

// step lets time pass, sends something wrong, or does what somebody may do now.
func (w *walker) step() error {
	w.now = w.now.Add(time.Duration(1+w.IntN(600)) * time.Minute)
	if w.chance(4) {
		if err := w.holdEnd(); err != nil {
			return err
		}
	}
	switch {
	case w.chance(10):
		if w.law == nil && w.chance(20) {
			w.law = springLaw()
			return w.tell()
		}
		if w.chance(40) {
			w.now = w.now.Add(time.Duration(w.IntN(25*24)) * time.Hour)
		}
		return w.passTime()
	case w.chance(12):
		return w.wrong()
	}
	actor, name := w.somebody()
	if name == "" {
		return nil
	}
	w.actor = actor
	act := w.goodAct(name)
	if act == nil {
		return nil
	}
	command := w.command(actor, act)
	if w.chance(15) {
		command.EffectiveAt = w.now.Add(-time.Duration(w.IntN(24*10)) * time.Hour)
		command.BackdatingReason = "reason"
		_, err := w.send(command)
		return err
	}
	taken, err := w.send(command)
	if err == nil && !taken {
		_, refusal := Decide(w.state, command, w.rules())
		return fmt.Errorf("%s was allowed to %s in %s and refused: %w", actor.PersonID, name, w.state.Stage, refusal)
	}
	return err
}

// tell lets the case know of another law: it counts its clocks anew.
func (w *walker) tell() error {
	_, err := w.send(Command{CaseID: w.state.ID, Actor: System, Act: PassTime{}, RequestKey: "key", InputDigest: "digest"})
	return err
}

// passTime wakes the case when it wants to be woken, or at any other time.
func (w *walker) passTime() error {
	if wake, ok := NextWake(w.state); ok && w.chance(50) && wake.After(w.now) {
		w.now = wake
	}
	before := w.state.Version
	wake, wakes := NextWake(w.state)
	due := wakes && !wake.After(w.now)
	_, err := w.send(Command{CaseID: w.state.ID, Actor: System, Act: PassTime{}, RequestKey: "key", InputDigest: "digest"})
	if err != nil {
		return err
	}
	if due != (w.state.Version > before) {
		return fmt.Errorf("woken at %s, due: %t, but version went from %d to %d", w.now, due, before, w.state.Version)
	}
	if again, ok := NextWake(w.state); ok && !again.After(w.now) {
		return fmt.Errorf("after time passed at %s the case still wants to wake at %s", w.now, again)
	}
	return nil
}

// somebody finds a person who may do something, mostly one of the responsible unit and
// mostly something that moves the case on rather than merely adds to it.
func (w *walker) somebody() (Actor, string) {
	var lastActor Actor
	last := ""
	for range 8 {
		id := w.dir.ids[w.IntN(len(w.dir.ids))]
		if w.chance(80) {
			id = w.colleague()
		}
		actor := w.dir.as(id)
		allowed := slices.DeleteFunc(AllowedCommands(w.state, actor, w.rules()), func(name string) bool {
			return name == "attachDocument" && !w.chance(10) // it moves nothing, and nearly everybody may
		})
		if len(allowed) == 0 {
			continue
		}
		name := allowed[w.IntN(len(allowed))]
		if slices.Contains(allowed, "requestReview") && w.chance(30) {
			name = "requestReview" // few cases come so far
		}
		if !slices.Contains(sideways, name) || w.chance(4) || name == "assignCase" && w.state.HandlerID == "" || name == "reportUrgent" && w.state.Urgency.owed() || name == "recuseMediator" && w.state.openMediation().MediatorID == "" {
			return actor, name
		}
		lastActor, last = actor, name
	}
	if w.chance(90) {
		return Actor{}, ""
	}
	return lastActor, last
}

// sideways are the commands that add to a case, or turn it back.
var sideways = []string{
	"addNote", "revealPersonalData", "attachDocument", "amendCase", "withdrawCase", "scheduleSession", "reopenCase", "rejectClosure", "recordInvestigation",
	"declineCase", "transferCase", "assignCase", "linkCases", "deferCase", "mergeCase", "splitCase",
	"dispatchCase", "returnDispatch", "raiseCase",
	"recuseMediator", "issueRecommendation",
	"referCase", "returnReferral",
	"closeSupervision", "reportRetaliation",
	"flagUrgent", "acknowledgeUrgent", "reportUrgent", "liftUrgent",
}

func (w *walker) colleague() string {
	if f := w.state.Forwarding; f.disputed() && w.chance(70) {
		units := []string{f.FromUnitID, w.dir.units[f.FromUnitID].SupervisingUnitID}
		if people := w.dir.at[pick(w, units...)]; len(people) > 0 {
			return pick(w, people...)
		}
	}
	if w.state.HandlerID != "" && w.chance(40) {
		return w.state.HandlerID
	}
	if own := w.dir.at[w.state.ResponsibleUnitID]; len(own) > 0 {
		return pick(w, own...)
	}
	return w.dir.ids[0]
}

// goodAct makes an act with input that the rules take from this actor now, or none where
// the small city has nobody left for it.
func (w *walker) goodAct(name string) Act {
	s := w.state
	if act, ok := w.goodAgreement(name); ok {
		return act
	}
	if act := w.goodRetaliation(name); act != nil {
		return act
	}
	switch name {
	case "linkCases", "deferCase", "decideDeferral", "takeUpCase", "mergeCase", "splitCase", "recordSampleFinding":
		return w.goodLink(name)
	case "amendCase":
		if s.held() {
			return w.identified()
		}
		amend := AmendCase{Title: "new title", Reason: "reason", Risk: pick(w, RiskLow, RiskLow, RiskLow, RiskHigh)}
		if w.chance(30) && s.Kind == Dispute && !s.AcceptedAt.IsZero() {
			amend.Procedure = pick(w, "medical-mediation", "labour-mediation", "peoples-mediation", "traffic-police-mediation")
		}
		if w.chance(20) && s.pendingDecision() == nil && s.Outcome == "" && len(s.Claims) < 5 {
			amend.AddClaims = []TextID{"another claim"}
		}
		if w.chance(20) {
			amend.Parties = []Party{person(fmt.Sprintf("P%d", 10+w.IntN(5)), PartyThird)}
		}
		return amend
	case "acceptCase":
		if s.Kind == Dispute && s.Category == "D-MEDICAL" && w.chance(70) {
			return AcceptCase{Procedure: "medical-mediation"}
		}
		return AcceptCase{}
	case "declineCase":
		return DeclineCase{Reason: DeclineNotCompetent, Explanation: "explanation", GoTo: "there"}
	case "transferCase":
		if to := w.receiver(); to != "" && w.chance(75) {
			return TransferCase{ToUnitID: to, Reason: "reason"}
		}
		return TransferCase{ToOutside: "outside", Reason: "reason"}
	case "assignCase":
		if handler := w.handlerFor(); handler != "" {
			return AssignCase{PersonID: handler}
		}
		return nil
	case "handOverWork":
		return w.handOver()
	case "recordInvestigation":
		return RecordInvestigation{Finding: "finding"}
	case "concludeInvestigation":
		return ConcludeInvestigation{Facts: "facts", Path: pick(w, pathsFor(s)...)}
	case "openMediation":
		unit, mediator := w.mediator()
		if mediator == "" || s.takenByCourt() != nil && s.Category == "D-MEDICAL" {
			return nil // what a court has is not mediated as a medical dispute meanwhile: it takes another body
		}
		return OpenMediation{Type: pick(w, MediationPeoples, MediationPeoples, MediationJudicial), UnitID: unit, MediatorID: mediator, JointRequest: "request", CourtStage: pick(w, "", "", CourtStage(""), CourtPreFiling, CourtFiledSummary)}
	case "recordConsent":
		return RecordConsent{PartyID: pick(w, consenting(s)...), Consent: pick(w, ConsentGiven, ConsentGiven, ConsentGiven, ConsentRefused)}
	case "scheduleSession":
		return ScheduleSession{Mode: SessionRemote, ScheduledFor: w.now.Add(time.Hour)}
	case "recordSession":
		return RecordSession{Minutes: "minutes"}
	case "concludeMediation":
		return w.mediationEnd()
	case "issueDecision":
		return w.decision()
	default:
		return w.goodEnd(name)
	}
}

func (w *walker) goodEnd(name string) Act {
	s := w.state
	switch name {
	case "recordService":
		for _, notice := range s.Notices {
			if notice.Owed() {
				return RecordService{DocumentID: notice.ID, PartyID: pick(w, notice.unserved()...), Method: ServedByPost, ServedAt: w.now}
			}
		}
	case "requestClosure":
		outcome := s.Outcome
		if outcome == "" {
			outcome = pick(w, OutcomeUnfounded, OutcomeSettledByParties)
		}
		return RequestClosure{Outcome: outcome, Summary: "summary"}
	case "verifyClosure":
		return VerifyClosure{}
	case "rejectClosure":
		return RejectClosure{Reason: "reason"}
	case "recordFollowUp":
		if w.chance(20) {
			return RecordFollowUp{PartyID: pick(w, s.toAsk()...), Result: FollowUpUnreachable, Method: FollowUpPhone}
		}
		return RecordFollowUp{PartyID: pick(w, s.toAsk()...), Result: FollowUpAnswered, Satisfaction: pointer(1 + w.IntN(5)), Method: FollowUpPhone}
	case "reopenCase":
		if clock := s.undoing(); clock != nil && clock.Running() && !clock.OnTime(w.now) {
			return nil // the window has run out on this very day
		}
		return ReopenCase{Reason: "reason"}
	case "withdrawCase":
		return WithdrawCase{PartyID: s.initiators()[0], How: FollowUpOnSite, Request: "request", Reason: "reason"}
	case "addNote":
		return AddNote{Text: "text"}
	case "revealPersonalData":
		return RevealPersonalData{Purpose: "purpose"}
	}
	if name == "attachDocument" {
		return w.goodDocument()
	}
	if act, known := w.goodReview(name); known {
		return act
	}
	if act, known := w.goodReferral(name); known {
		return act
	}
	if slices.Contains([]string{"dispatchCase", "replyDispatch", "returnDispatch", "raiseCase"}, name) {
		return w.goodDispatch(name)
	}
	if act := w.goodSupervision(name); act != nil {
		return act
	}
	if act, known := w.goodUrgent(name); known {
		return act
	}
	return w.goodClock(name)
}

// goodClock makes an act on a clock that is ready for it.
func (w *walker) goodClock(name string) Act {
	for _, clock := range w.state.Deadlines {
		switch {
		case name == "suspendClock" && pausable(clock) == nil:
			act := SuspendClock{DeadlineID: clock.ID, Reason: pick(w, clock.MayPause...)}
			if w.chance(60) {
				act.Until = day(w.now.AddDate(0, 0, w.IntN(20)))
			}
			if !clock.OnTime(w.now) || earlierDay(w.now, clock.StartedAt) {
				return nil
			}
			return act
		case name == "resumeClock" && paused(clock) == nil:
			return ResumeClock{DeadlineID: clock.ID}
		case name == "requestExtension" && extendable(clock) == nil && clock.OnTime(w.now):
			kind, _ := clock.nextExtension()
			unit := DayUnit(kind.Unit)
			if unit == "" {
				unit = clock.Unit
			}
			return RequestExtension{DeadlineID: clock.ID, Length: 1 + w.IntN(clock.longestExtension()), Unit: unit, Reason: "reason"}
		case name == "decideExtension" && undecided(clock) == nil && clock.OnTime(w.now) && checkApprover(w.state, clock, *clock.undecided(), w.actor) == nil:
			return DecideExtension{DeadlineID: clock.ID, Approved: w.chance(60), Reason: "reason"}
		}
	}
	if slices.Contains([]string{"suspendClock", "resumeClock", "requestExtension", "decideExtension"}, name) {
		return nil // what is open has run out on this very day
	}
	panic("no input for " + name)
}

// identified says who is accused of whom only a name was known.
func (w *walker) identified() Act {
	i := slices.IndexFunc(w.state.Parties, Party.unidentified)
	accused := w.state.Parties[i]
	switch w.IntN(4) {
	case 0:
		accused.Outsider = true
	case 1:
		accused.UnitID = pick(w, "bureau", "petition", "desk")
	default:
		accused.PersonID = pick(w, "petition-leader1", "petition-clerk2", "bureau-clerk1", "center-manager1")
	}
	return AmendCase{Parties: []Party{accused}, Reason: "reason"}
}

func (w *walker) receiver() string {
	var units []string
	kinds := handlingUnits
	if w.state.PetitionType == Accusation {
		kinds = accusationUnits
	}
	for _, id := range sortedKeys(w.dir.units) {
		if id != w.state.ResponsibleUnitID && slices.Contains(kinds, w.dir.units[id].Kind) &&
			!closedTo(w.state.Exclusions, id, w.dir) {
			units = append(units, id)
		}
	}
	if len(units) == 0 {
		return ""
	}
	return pick(w, units...)
}

// handlerFor names somebody who may handle the case.
func (w *walker) handlerFor() string {
	d := &deciding{state: w.state, rules: w.rules()}
	var able []string
	for _, id := range w.dir.ids {
		person := w.dir.people[id]
		if _, ok := d.handlingRole(person); ok && id != w.state.HandlerID && d.checkTakesPart(person, "personId") == nil {
			able = append(able, id)
		}
	}
	if len(able) == 0 {
		return ""
	}
	return pick(w, able...)
}

func (w *walker) mediator() (unit, person string) {
	d := &deciding{state: w.state, rules: w.rules()}
	var able []Person
	for _, id := range w.dir.ids {
		person := w.dir.people[id]
		at := person.Roles[0]
		if at.Role == RoleMediator && !ExcludesUnit(w.state.Exclusions, at.UnitID, w.dir) && d.checkTakesPart(person, "mediatorId") == nil {
			able = append(able, person)
		}
	}
	if len(able) == 0 {
		return "", ""
	}
	chosen := pick(w, able...)
	return chosen.Roles[0].UnitID, chosen.ID
}

func (w *walker) mediationEnd() Act {
	if m := *w.state.openMediation(); m.MediatorID != "" && checkConsents(w.state, m) == nil && w.chance(60) {
		if w.chance(50) {
			return ConcludeMediation{Outcome: MediationAgreementOral, Agreement: "record", Performance: w.promises()}
		}
		return ConcludeMediation{Outcome: MediationAgreementWritten, Agreement: "agreement", SignedAt: w.now, Performance: w.promises()}
	}
	return ConcludeMediation{Outcome: pick(w, MediationFailed, MediationRefused, MediationWithdrawn), Reason: "reason"}
}

func (w *walker) decision() Act {
	opinion := func(claim string) ClaimOpinion {
		return ClaimOpinion{claim, pick(w, decisionOutcomes(w.state.PetitionType)...), "facts", "reasons", "law"}
	}
	if len(w.state.Claims) == 0 {
		return IssueDecision{Claims: []ClaimOpinion{opinion("")}, NewGrounds: "new"}
	}
	var opinions []ClaimOpinion
	for _, claim := range w.state.Claims {
		opinions = append(opinions, opinion(claim.ID))
	}
	return IssueDecision{Claims: opinions, NewGrounds: "new"}
}

// wrong sends something that somebody may not do, or something spoilt.
func (w *walker) wrong() error {
	actor := w.dir.as(pick(w, w.dir.ids...))
	act := pick[Act](w,
		AcceptCase{Procedure: "\x00"}, AcceptCase{Route: RouteLitigation}, DeclineCase{}, TransferCase{}, AssignCase{PersonID: "nobody"},
		RecordInvestigation{}, ConcludeInvestigation{Facts: "facts", Path: "NOWHERE"}, OpenMediation{Type: MediationPeoples, UnitID: "nowhere"},
		RecordConsent{PartyID: "nobody", Consent: ConsentGiven}, ScheduleSession{Mode: SessionOnSite}, RecordSession{SessionID: "S99", Minutes: "minutes"},
		ConcludeMediation{Outcome: MediationAgreementWritten, Agreement: "agreement"}, ConcludeMediation{Outcome: MediationDeemedFailed},
		IssueDecision{Claims: []ClaimOpinion{{"C9", DecisionSupported, "f", "r", "l"}}}, IssueDecision{},
		RecordPerformance{PerformanceID: "Y99"}, RecordPerformance{Source: "NOBODY"}, RecordConfirmation{Result: ConfirmationRejected}, RecordConfirmation{MediationID: "M99", Result: ConfirmationApplied},
		RecordService{DocumentID: "N99", PartyID: "P1", Method: ServedByPost, ServedAt: w.now},
		RequestClosure{Outcome: OutcomeAdopted, Summary: "summary"}, VerifyClosure{}, RejectClosure{}, ReopenCase{}, AddNote{},
		RecordFollowUp{PartyID: "P1", Result: FollowUpAnswered, Method: FollowUpPhone}, WithdrawCase{PartyID: "P2"},
		AmendCase{Reason: "reason"}, AmendCase{Confidentiality: ConfidentialityNormal, Reason: "reason"}, aDispute(), w.importEnded(), PassTime{},
	)
	command := w.command(actor, act)
	switch w.IntN(6) {
	case 0:
		command.ExpectedVersion = pointer(w.state.Version + 1)
	case 1:
		command.EffectiveAt = w.now.Add(time.Hour)
	case 2:
		command.EffectiveAt = w.state.ReceivedAt.Add(-time.Hour)
	case 3:
		command.EffectiveAt = w.now.Add(-100 * time.Hour)
	}
	_, err := w.send(command)
	return err
}

// springLaw is a later law, by which the office rests for a week in spring.
var springLaw = sync.OnceValue(func() *Law {
	years := calendar.Shipped().Years()
	for i := range years {
		if years[i].Number == 2026 {
			years[i].Rest = append(years[i].Rest, calendar.RestDays{
				From: calendar.NewDate(2026, time.March, 16), To: calendar.NewDate(2026, time.March, 20),
				Name: calendar.Words{ZH: "春假", EN: "spring holiday"},
			})
		}
	}
	law, err := NewLaw(1, ShippedLaw().Catalogue(), years)
	if err != nil {
		panic(err)
	}
	return law
})
