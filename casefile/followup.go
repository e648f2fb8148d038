package casefile

import (
	"fmt"
	"slices"
)

// dissatisfied is the highest score of 1 to 5 that brings a rework.
const dissatisfied = 2

// maxReworks is how often a round goes back to work: once. If the party is still
// dissatisfied then, the case closes and is counted; they can have it reopened. (A choice:
// an endless loop helps nobody.)
const maxReworks = 1

// recordFollowUp (回访) records what a party says afterwards. When all have been asked, the
// case closes or goes back to work.
func (d *deciding) recordFollowUp(act RecordFollowUp) *Refusal {
	if act.PartyID == "" {
		if asked := d.state.asked(); len(asked) == 1 {
			act.PartyID = asked[0]
		}
	}
	if refusal := d.checkAsked(act.PartyID); refusal != nil {
		return refusal
	}
	if refusal := checkAnswer(act); refusal != nil {
		return refusal
	}
	asked := FollowedUp{FollowUpID: fmt.Sprintf("F%d", len(d.state.FollowUps)+1), RecordFollowUp: act}
	d.emit(asked)
	if len(d.state.toAsk()) > 0 || !d.state.Stage.Open() || d.closingWaits() {
		return nil
	}
	d.meetClock(StepEvaluation, d.effectiveAt, asked)
	d.evaluated(d.command.Actor, d.effectiveAt)
	return nil
}

func (d *deciding) checkAsked(partyID string) *Refusal {
	party, refusal := d.knownParty(partyID)
	if refusal != nil {
		return refusal
	}
	if !slices.Contains(d.state.asked(), party.ID) {
		return refuse(RefusedInvalid, at("partyId"),
			fmt.Sprintf("party %s is not asked in the evaluation; those asked are %s", party.ID, enumerate(d.state.asked(), English)),
			fmt.Sprintf("当事人 %s 不属于回访对象，回访对象为%s", party.ID, enumerate(d.state.asked(), Chinese)))
	}
	if d.state.wasAsked(party.ID) {
		return refuse(RefusedAlreadyDone, at("partyId"),
			fmt.Sprintf("party %s has been asked", party.ID), fmt.Sprintf("当事人 %s 已回访", party.ID))
	}
	return nil
}

// checkAnswer wants a score exactly where the party answered.
func checkAnswer(act RecordFollowUp) *Refusal {
	if refusal := first(
		checkTerm("FollowUpResult", act.Result, true, at("result")),
		checkTerm("FollowUpMethod", act.Method, true, at("method")),
	); refusal != nil {
		return refusal
	}
	if act.Result == FollowUpDefaulted {
		return refuse(RefusedInvalid, at("result"),
			"DEFAULTED is what an expired window says, not a person", "“逾期默认”由期限届满产生，不能由人员填写")
	}
	if act.Result != FollowUpAnswered {
		if act.Satisfaction != nil || act.Performed != nil || act.Pressured != nil {
			return refuse(RefusedInvalid, at("satisfaction"),
				fmt.Sprintf("a party who is %s gave no answer to record", act.Result),
				fmt.Sprintf("回访结果为“%s”时不应填写评价", Label("FollowUpResult", string(act.Result), Chinese)))
		}
		return nil
	}
	if act.Satisfaction == nil {
		return required(at("satisfaction"))
	}
	return checkScore(*act.Satisfaction)
}

func checkScore(score int) *Refusal {
	if score >= 1 && score <= 5 {
		return nil
	}
	return refuse(RefusedInvalid, at("satisfaction"),
		fmt.Sprintf("satisfaction %d is not between 1 and 5", score), fmt.Sprintf("满意度 %d 不在1至5之间", score))
}

// unhappy returns the first follow-up of this cycle that calls for a rework, or "".
func (s State) unhappy() string {
	for _, f := range s.FollowUps {
		if f.Round != s.Round || f.Cycle != s.cycle() {
			continue
		}
		if f.Satisfaction != nil && *f.Satisfaction <= dissatisfied || f.Performed != nil && !*f.Performed {
			return f.ID
		}
	}
	return ""
}
