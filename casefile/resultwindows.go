package casefile

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// ResultReceived is when an award, judgment or decision reached a party, which is what their
// time to challenge it is counted from.
type ResultReceived struct {
	PartyID    string    `json:"partyId"`
	ReceivedAt time.Time `json:"receivedAt"`
}

// receipts are the acts that a window on an organ's decision is counted from.
var receipts = []procedure.Event{
	procedure.EventAwardReceived, procedure.EventJudgmentServed, procedure.EventDecisionReceived, procedure.EventNotified,
}

// givenToAll reports whether a step is a window that any party has who received an organ's
// decision. One for certain decisions or certain parties alone (Step.When) is not: which it
// is, nobody here decides.
func givenToAll(step procedure.Step) bool {
	return step.Owner == procedure.OwnerCitizen && step.Length > 0 && step.When == (procedure.Text{}) &&
		slices.Contains(receipts, step.CountedFrom)
}

// challengeSteps are those of the shipped catalogue. They are used before another organ, which
// doesn't tell, so that no record says that they were not.
var challengeSteps = func() []string {
	var codes []string
	for _, p := range ShippedLaw().Catalogue().All() {
		for _, step := range p.Steps {
			if givenToAll(step) && !slices.Contains(codes, step.Code) {
				codes = append(codes, step.Code)
			}
		}
	}
	return codes
}()

// resultWindows are the windows that the organ's procedure gives to any party who received its
// decision.
func (d *deciding) resultWindows(r Referral) []clockRule {
	p, ok := d.rules.law().procedureOn(r.Procedure, procedure.Date(r.ProcedureFrom))
	if !ok {
		return nil
	}
	var rules []clockRule
	for _, step := range p.Steps {
		if rule, ok := clockRuleOf(p, step.Code); ok && givenToAll(step) {
			rules = append(rules, rule)
		}
	}
	return rules
}

// checkReceived refuses receipts that no window follows from, that are nobody's or in the
// future, and two of one party.
func (d *deciding) checkReceived(r Referral, received []ResultReceived) *Refusal {
	if len(received) == 0 {
		return nil
	}
	if len(d.resultWindows(r)) == 0 {
		channel := string(r.Channel)
		return refuse(RefusedInvalid, at("received"),
			fmt.Sprintf("no time to challenge it is counted from the receipt of a result by the channel %s", channel),
			fmt.Sprintf("“%s”的处理结果没有自收到之日起计算的救济期限，received 不应填写", Label("ReferralChannel", channel, Chinese)))
	}
	seen := map[string]bool{}
	for i, one := range received {
		field := at("received", i)
		party := d.state.party(one.PartyID)
		switch {
		case one.PartyID == "":
			return required(within(field, "partyId"))
		case party == nil:
			return refuse(RefusedUnknownParty, within(field, "partyId"),
				fmt.Sprintf("the case has no party %s", shown(one.PartyID)), fmt.Sprintf("本案没有当事人 %s", shown(one.PartyID)))
		case seen[one.PartyID]:
			return refuse(RefusedConflict, within(field, "partyId"),
				fmt.Sprintf("party %s received it twice", one.PartyID), fmt.Sprintf("当事人 %s 填写了两次", one.PartyID))
		case one.ReceivedAt.IsZero():
			return required(within(field, "receivedAt"))
		}
		seen[one.PartyID] = true
		if refusal := d.checkBetween(one.ReceivedAt, d.referredOn(r.ID), Term{EN: "the referral", ZH: "导入日期"}, "received", i, "receivedAt"); refusal != nil {
			return refusal
		}
	}
	return nil
}

// startResultWindows opens the windows of each party from the day of their own receipt. They
// are the parties' own and outlive the case.
func (d *deciding) startResultWindows(r Referral, received []ResultReceived) {
	for _, one := range received {
		for _, rule := range d.resultWindows(r) {
			d.startClock(rule.belongingTo(windowOf(r.ID, one.PartyID)), instant(one.ReceivedAt))
		}
	}
}
