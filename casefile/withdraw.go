package casefile

import (
	"fmt"
	"slices"
)

// withdraw proposes the end that a party asked for with a signed request. The clocks run
// on until a second person has verified that it was the party's own wish.
func (d *deciding) withdraw(act WithdrawCase) *Refusal {
	if refusal := first(
		checkTerm("FollowUpMethod", act.How, true, at("how")),
		requireValue(act.Request, "request"),
		requireValue(act.Reason, "reason"),
	); refusal != nil {
		return refusal
	}
	party, refusal := d.knownParty(act.PartyID)
	if refusal != nil {
		return refusal
	}
	if !slices.Contains(d.state.initiators(), party.ID) {
		return refuse(RefusedInvalid, at("partyId"),
			fmt.Sprintf("party %s did not bring the matter under a name, so it is not theirs to withdraw", party.ID),
			fmt.Sprintf("当事人 %s 不是实名申请人或信访人，不能撤回", party.ID))
	}
	d.proposeEnd(EndProposed{End: StageWithdrawn, Withdraw: &act})
	return nil
}
