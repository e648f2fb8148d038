package casefile

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// openMediation starts a mediation; only one goes on at a time.
func (d *deciding) openMediation(act OpenMediation) *Refusal {
	if refusal := first(
		checkTerm("MediationType", act.Type, true, at("type")),
		checkTerm("CourtStage", act.CourtStage, false, at("courtStage")),
	); refusal != nil {
		return refusal
	}
	unitID := act.UnitID
	if unitID == "" {
		unitID = d.state.ResponsibleUnitID
	}
	unit, ok := d.rules.Directory.Unit(unitID)
	if !ok {
		return unknownUnit(unitID, at("unitId"))
	}
	if ExcludesUnit(d.state.Exclusions, unitID, d.rules.Directory) {
		return refuse(RefusedInterest, at("unitId"),
			fmt.Sprintf("unit %s is kept from the case", unitID), fmt.Sprintf("单位 %s 应当回避本案", unitID))
	}
	mediatorID := act.MediatorID
	if mediatorID == "" {
		mediatorID = d.state.HandlerID
	}
	if refusal := d.checkMediator(mediatorID, unitID, "mediatorId"); refusal != nil {
		return refusal
	}
	if refusal := d.checkChosenBy(act.ChosenBy, mediatorID); refusal != nil {
		return refusal
	}
	courtStage := act.CourtStage
	if courtStage == "" {
		courtStage = d.state.CourtStage
	}
	p, fits := d.mediationProcedure(unit, act.Type, courtStage)
	if refusal := d.checkNotTaken(p); refusal != nil {
		return refusal
	}
	mode := d.consentMode(p, act.Type)
	if refusal := checkJointRequest(mode, p, act.JointRequest); refusal != nil {
		return refusal
	}
	d.emit(MediationOpened{
		MediationID: fmt.Sprintf("M%d", len(d.state.Mediations)+1), Type: act.Type,
		ConsentMode: mode, UnitID: unitID, MediatorID: mediatorID, CourtStage: courtStage,
		Entrusted: courtStage != "", ChosenBy: act.ChosenBy, JointRequest: act.JointRequest,
	})
	if fits {
		d.followMediation(*d.state.openMediation(), p)
	}
	return nil
}

// followMediation puts a dispute on the procedure of the mediation that was opened. Within an
// appeal the mediation has the time of its own procedure, and the petition's clock runs on
// beside it (访调对接).
func (d *deciding) followMediation(m Mediation, p procedure.Procedure) {
	if d.state.Kind == Petition {
		if rule, ok := clockRuleOf(p, StepHandling); ok {
			d.startClock(rule.belongingTo(m.ID), m.OpenedAt)
		}
		return
	}
	if !d.state.ProcedureByClerk {
		d.changeProcedure(p, false, "")
	}
	if clock := d.state.clock(StepHandling); clock == nil || clock.Status == ClockCancelled {
		if p, ok := d.rules.law().procedureOn(d.state.Procedure, procedure.Date(d.state.ProcedureFrom)); ok {
			d.startHandling(p)
		}
	}
}

func (d *deciding) checkMediator(personID, unitID, field string) *Refusal {
	if personID == "" {
		return required(at(field))
	}
	person, ok := d.rules.Directory.Person(personID)
	if !ok {
		return unknownPerson(personID, at(field))
	}
	if !person.Holds(RoleMediator, unitID) {
		return refuse(RefusedInvalid, at(field),
			fmt.Sprintf("%s is no MEDIATOR at unit %s", shown(personID), unitID),
			fmt.Sprintf("%s 不是单位 %s 的调解员", shown(personID), unitID))
	}
	return d.checkTakesPart(person, field)
}

// consenting lists the parties whose word a mediation needs. An anonymous or unreachable
// one is asked too: without their word nobody agreed.
func consenting(s State) []string {
	roles := []PartyRole{PartyApplicant, PartyRespondent}
	if s.Kind == Petition {
		roles = []PartyRole{PartyPetitioner, PartyResponsibleUnit}
	}
	var ids []string
	for _, party := range s.Parties {
		if slices.Contains(roles, party.Role) {
			ids = append(ids, party.ID)
		}
	}
	return ids
}

// checkConsents refuses to go on, or to agree, against the word of a party.
func checkConsents(s State, m Mediation) *Refusal {
	for _, id := range sortedKeys(m.Consents) {
		if m.Consents[id] != ConsentGiven {
			return refuse(RefusedIncomplete, nil,
				fmt.Sprintf("party %s refused mediation %s: it may not go on (People's Mediation Law, arts. 17, 23)", id, m.ID),
				fmt.Sprintf("当事人 %s 明确拒绝调解 %s，不得调解（《人民调解法》第十七条、第二十三条）", id, m.ID))
		}
	}
	if m.ConsentMode == ConsentNotRefused {
		return nil
	}
	for _, id := range consenting(s) {
		if m.Consents[id] != ConsentGiven {
			return refuse(RefusedIncomplete, nil,
				fmt.Sprintf("party %s has not agreed to mediation %s yet: record the consent first", id, m.ID),
				fmt.Sprintf("当事人 %s 尚未同意调解 %s，请先记录其意愿", id, m.ID))
		}
	}
	return nil
}

func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func (d *deciding) recordConsent(act RecordConsent) *Refusal {
	if refusal := checkTerm("Consent", act.Consent, true, at("consent")); refusal != nil {
		return refusal
	}
	if _, refusal := d.knownParty(act.PartyID); refusal != nil {
		return refusal
	}
	d.emit(ConsentRecorded{MediationID: d.state.openMediation().ID, PartyID: act.PartyID, Consent: act.Consent})
	return nil
}

// scheduleSession fixes a session, which may be up to a year ahead.
func (d *deciding) scheduleSession(act ScheduleSession) *Refusal {
	if refusal := checkTerm("SessionMode", act.Mode, true, at("mode")); refusal != nil {
		return refusal
	}
	m := d.state.openMediation()
	when := instant(act.ScheduledFor)
	switch {
	case when.IsZero():
		return required(at("scheduledFor"))
	case when.Before(m.OpenedAt):
		return refuse(RefusedOutOfOrder, at("scheduledFor"),
			fmt.Sprintf("scheduledFor %s is before the mediation was opened, %s", moment(when), moment(m.OpenedAt)),
			fmt.Sprintf("scheduledFor %s 早于调解开始日期 %s", moment(when), moment(m.OpenedAt)))
	case when.After(d.now.AddDate(1, 0, 0)):
		return refuse(RefusedInvalid, at("scheduledFor"),
			"scheduledFor is more than a year ahead", "scheduledFor 超过一年")
	}
	d.emit(SessionScheduled{
		MediationID: m.ID, SessionID: d.nextSession(), Mode: act.Mode, ScheduledFor: when, Place: act.Place,
	})
	return nil
}

// maxSessions keeps one mediation small enough to be carried whole.
const maxSessions = 60

// roomForSession wants an open mediation that takes one session more.
func roomForSession(state State, dir Directory) *Refusal {
	if refusal := mediationOpen(state, dir); refusal != nil {
		return refusal
	}
	if len(state.openMediation().Sessions) < maxSessions {
		return nil
	}
	return refuse(RefusedTooLong, nil,
		fmt.Sprintf("the mediation has %d sessions, which is the most", maxSessions), fmt.Sprintf("本次调解已有%d场，达到上限", maxSessions))
}

// sessionToRecord wants a mediation that may go on, with a session that nobody has recorded or
// room for another one.
func sessionToRecord(state State, dir Directory) *Refusal {
	if refusal := mediationMayGoOn(state, dir); refusal != nil {
		return refusal
	}
	if slices.ContainsFunc(state.openMediation().Sessions, func(s Session) bool { return s.HeldAt.IsZero() }) {
		return nil
	}
	return roomForSession(state, dir)
}

func (d *deciding) nextSession() string {
	n := 1
	for _, m := range d.state.Mediations {
		n += len(m.Sessions)
	}
	return fmt.Sprintf("S%d", n)
}

// recordSession records a session that was held, scheduled or not.
func (d *deciding) recordSession(act RecordSession) *Refusal {
	if refusal := first(
		checkTerm("SessionMode", act.Mode, false, at("mode")),
		requireValue(act.Minutes, "minutes"),
	); refusal != nil {
		return refusal
	}
	m := d.state.openMediation()
	held := SessionHeld{
		MediationID: m.ID, SessionID: act.SessionID, Mode: act.Mode, HeldAt: d.effectiveAt, Minutes: act.Minutes,
	}
	if act.SessionID == "" {
		if refusal := checkCount(len(m.Sessions)+1, maxSessions, at("sessionId")); refusal != nil {
			return refusal
		}
		held.SessionID = d.nextSession()
	} else {
		i := slices.IndexFunc(m.Sessions, func(s Session) bool { return s.ID == act.SessionID })
		if i < 0 {
			return refuse(RefusedNotFound, at("sessionId"),
				fmt.Sprintf("mediation %s has no session %s", m.ID, shown(act.SessionID)),
				fmt.Sprintf("调解 %s 没有场次 %s", m.ID, shown(act.SessionID)))
		}
		if !m.Sessions[i].HeldAt.IsZero() {
			return refuse(RefusedAlreadyDone, at("sessionId"),
				fmt.Sprintf("session %s has been recorded", act.SessionID), fmt.Sprintf("场次 %s 已有记录", act.SessionID))
		}
		if held.Mode == "" {
			held.Mode = m.Sessions[i].Mode
		}
	}
	if held.Mode == "" {
		held.Mode = SessionOnSite
	}
	d.emit(held)
	return nil
}

// concludeMediation ends the open mediation. An agreement concludes the case; so does a
// failure in a dispute, while an appeal that was not settled goes on to its decision.
func (d *deciding) concludeMediation(act ConcludeMediation) *Refusal {
	act.SignedAt, act.SealedAt = instant(act.SignedAt), instant(act.SealedAt)
	if refusal := checkTerm("MediationOutcome", act.Outcome, true, at("outcome")); refusal != nil {
		return refusal
	}
	agreed := act.Outcome == MediationAgreementWritten || act.Outcome == MediationAgreementOral
	check := d.checkFailure
	if agreed {
		check = d.checkAgreement
	}
	if refusal := check(act); refusal != nil {
		return refusal
	}
	d.effectiveAt = later(d.effectiveAt, act.SignedAt)
	concluded := MediationConcluded{MediationID: d.state.openMediation().ID, ConcludeMediation: act}
	if agreed {
		concluded.AgreedAt = d.agreedOn(act)
		concluded.Performance = d.nextPromises(act.Performance)
		concluded.Replaces = d.state.standingAgreements()
	} else {
		concluded.NoticeID = d.nextNotice()
		concluded.NoticeParties = d.state.asked()
		concluded.Remedy = d.remedy()
	}
	d.emit(concluded)
	d.meetClockOf(StepHandling, concluded.MediationID, d.effectiveAt, concluded)
	if agreed || d.state.Kind == Dispute {
		d.conclude(outcomeOf(d.state.Kind, act.Outcome), d.effectiveAt)
	}
	if agreed {
		d.startAgreement(concluded)
	} else {
		d.openTrafficApplication(*d.state.mediation(concluded.MediationID))
	}
	return nil
}

func (d *deciding) checkFailure(act ConcludeMediation) *Refusal {
	if act.Outcome == MediationDeemedFailed {
		return refuse(RefusedInvalid, at("outcome"),
			"DEEMED_FAILED is what an expired clock says, not a person", "“视为调解不成”由时限届满产生，不能由人员填写")
	}
	if act.Agreement != "" || act.AgreedAmount != nil || len(act.Performance) > 0 ||
		!act.SignedAt.IsZero() || !act.SealedAt.IsZero() {
		return refuse(RefusedInvalid, at("agreement"),
			fmt.Sprintf("a mediation that ended %s has no agreement", act.Outcome),
			fmt.Sprintf("结果为“%s”的调解没有协议内容", Label("MediationOutcome", string(act.Outcome), Chinese)))
	}
	return requireValue(act.Reason, "reason")
}

// checkAgreement wants what makes an agreement: signatures on a written one (人民调解法 art
// 29), the mediator's record of an oral one (arts 28, 30), and nobody's refusal.
func (d *deciding) checkAgreement(act ConcludeMediation) *Refusal {
	m := *d.state.openMediation()
	if refusal := first(mediatorNamed(m), checkConsents(d.state, m)); refusal != nil {
		return refusal
	}
	if act.Agreement == "" {
		return refuse(RefusedRequired, at("agreement"),
			"an agreement needs its text, an oral one the mediator's record of it (People's Mediation Law, arts. 28-30)",
			"协议应有协议书，口头协议应由调解员记录内容（《人民调解法》第二十八条至第三十条）")
	}
	if act.Outcome == MediationAgreementWritten && act.SignedAt.IsZero() {
		return refuse(RefusedRequired, at("signedAt"),
			"a written agreement takes effect when all have signed it: signedAt is required (People's Mediation Law, art. 29)",
			"调解协议书自各方签名、盖章或者按指印之日起生效，signedAt 必填（《人民调解法》第二十九条）")
	}
	if refusal := first(
		d.checkBetween(act.SignedAt, m.OpenedAt, Term{EN: "the mediation was opened", ZH: "调解开始日期"}, "signedAt"),
		d.checkBetween(act.SealedAt, later(act.SignedAt, m.OpenedAt), Term{EN: "the signing", ZH: "签署日期"}, "sealedAt"),
	); refusal != nil {
		return refusal
	}
	if earlierDay(d.effectiveAt, act.SignedAt) {
		return refuse(RefusedOutOfOrder, at("effectiveAt"),
			fmt.Sprintf("effectiveAt %s is before the signing, %s", moment(d.effectiveAt), moment(act.SignedAt)),
			fmt.Sprintf("effectiveAt %s 早于签署日期 %s", moment(d.effectiveAt), moment(act.SignedAt)))
	}
	if refusal := checkAmount(act.AgreedAmount, at("agreedAmount")); refusal != nil {
		return refusal
	}
	return checkPerformance(act.Performance, d.agreedOn(act))
}

// agreedOn is when an agreement takes effect: a written one when all have signed and the body
// has sealed it, an oral one when the word is given (人民调解法 arts 29, 30).
func (d *deciding) agreedOn(act ConcludeMediation) time.Time {
	if act.SignedAt.IsZero() {
		return d.effectiveAt
	}
	return later(act.SignedAt, act.SealedAt)
}

// maxPerformance keeps one agreement small: 60 instalments are five years of months.
const maxPerformance = 60

func checkPerformance(list []PerformanceDue, since time.Time) *Refusal {
	if refusal := checkCount(len(list), maxPerformance, at("performance")); refusal != nil {
		return refusal
	}
	for i, due := range list {
		field := at("performance", i)
		if _, err := time.Parse(time.DateOnly, due.DueOn); err != nil {
			return refuse(RefusedInvalid, within(field, "dueOn"),
				fmt.Sprintf("dueOn %s is not a day YYYY-MM-DD", shown(due.DueOn)),
				fmt.Sprintf("dueOn %s 不是 YYYY-MM-DD 格式的日期", shown(due.DueOn)))
		}
		if due.DueOn < day(since) {
			return refuse(RefusedOutOfOrder, within(field, "dueOn"),
				fmt.Sprintf("dueOn %s is before the agreement, %s", due.DueOn, day(since)),
				fmt.Sprintf("dueOn %s 早于达成协议的日期 %s", due.DueOn, day(since)))
		}
		if due.What == "" {
			return required(within(field, "what"))
		}
		if refusal := checkAmount(due.Amount, within(field, "amount")); refusal != nil {
			return refusal
		}
	}
	return nil
}

// outcomeOf is what a mediation's end means for its case.
func outcomeOf(kind Kind, outcome MediationOutcome) Outcome {
	switch outcome {
	case MediationAgreementWritten, MediationAgreementOral:
		if kind == Petition {
			return OutcomeMediated
		}
		if outcome == MediationAgreementOral {
			return OutcomeAgreementOral
		}
		return OutcomeAgreementWritten
	case MediationRefused:
		return OutcomeRefused
	case MediationWithdrawn:
		return OutcomeWithdrawn
	}
	return OutcomeMediationFailed
}
