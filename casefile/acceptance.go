package casefile

import "fmt"

// accept (受理) takes the case in; handling counts from the act's legal date.
func (d *deciding) accept(act AcceptCase) *Refusal {
	if refusal := first(
		checkCode(act.Procedure, 64, at("procedure")),
		checkTerm("LegalRoute", act.Route, false, at("route")),
	); refusal != nil {
		return refusal
	}
	route, refusal := d.route(act.Route)
	if refusal != nil {
		return refusal
	}
	chosen, refusal := d.chooseProcedure(act.Procedure, d.effectiveAt)
	if refusal != nil {
		return refusal
	}
	accepted := CaseAccepted{
		Procedure: chosen.Code, ProcedureFrom: string(chosen.EffectiveFrom), ByClerk: act.Procedure != "", Route: route,
	}
	d.emit(accepted)
	d.meetAcceptance(d.effectiveAt, accepted)
	d.dropObjection()
	if clock := d.state.clock(StepHandling); clock == nil || !clock.Unmet() {
		d.startHandling(chosen)
	}
	d.tellAcceptance(chosen)
	return nil
}

// route settles the way of an appeal (信访工作条例 art 31). Only the petition procedure is
// handled here; for any other the petitioner is shown the way, by declining the case.
func (d *deciding) route(asked LegalRoute) (LegalRoute, *Refusal) {
	if d.state.PetitionType != Appeal {
		if asked != "" {
			return "", refuse(RefusedInvalid, at("route"),
				"only an APPEAL takes a route (Regulations on Petition Work, art. 31)",
				"只有申诉求决类事项分流法定途径（《信访工作条例》第三十一条）")
		}
		return "", nil
	}
	if asked == "" || asked == RoutePetitionProcedure {
		return RoutePetitionProcedure, nil
	}
	return "", refuse(RefusedInvalid, at("route"),
		fmt.Sprintf("an appeal on the route %s is not accepted but shown the way: declineCase with goTo, "+
			"or transferCase (Regulations on Petition Work, art. 31)", asked),
		fmt.Sprintf("应走“%s”途径的事项不予受理，请以 declineCase 的 goTo 告知途径，或转送（《信访工作条例》第三十一条）",
			Label("LegalRoute", string(asked), Chinese)))
}

// decline (不予受理) tells the petitioner, which meets the acceptance clock; a rejection by
// the second person lets that clock run on with its old due day.
func (d *deciding) decline(act DeclineCase) *Refusal {
	if refusal := first(
		checkTerm("DeclineReason", act.Reason, true, at("reason")),
		requireValue(act.Explanation, "explanation"),
		requireValue(act.GoTo, "goTo"),
	); refusal != nil {
		return refusal
	}
	if act.Reason == DeclineFinalAfterReReview && d.state.Kind != Petition {
		return refuse(RefusedInvalid, at("reason"),
			"only a petition is final after a re-review (Regulations on Petition Work, art. 36)",
			"只有信访事项经复核终结（《信访工作条例》第三十六条）")
	}
	if act.Reason == DeclineFinalAfterReReview && act.EarlierCaseNumber == "" {
		return refuse(RefusedRequired, at("earlierCaseNumber"),
			"name the case that the re-review concluded (Regulations on Petition Work, art. 36)",
			"请填写已复核终结的案件编号 earlierCaseNumber（《信访工作条例》第三十六条）")
	}
	if act.Reason == DeclineRepeatedInTime && d.state.Kind != Petition {
		return refuse(RefusedInvalid, at("reason"),
			"only a petition is repeated while the first organ is still in time (Regulations on Petition Work, art. 19(3))",
			"只有信访事项适用规定期限内重复提出（《信访工作条例》第十九条第三款）")
	}
	if refusal := checkCode(act.EarlierCaseNumber, 64, at("earlierCaseNumber")); refusal != nil {
		return refusal
	}
	d.proposeEnd(EndProposed{End: StageNotAccepted, Decline: &act})
	return nil
}

// proposeEnd asks for an end that skips the merits and writes its notice, to be served on
// those who brought the matter.
func (d *deciding) proposeEnd(proposed EndProposed) {
	proposed.NoticeID = d.nextNotice()
	proposed.NoticeParty = d.state.initiators()
	proposed.Says, proposed.NoticeReason = d.endText(proposed), proposed.reason()
	d.emit(proposed)
	if proposed.End != StageWithdrawn && proposed.End != StageMerged {
		d.meetAcceptance(d.effectiveAt, proposed)
	}
}

func (d *deciding) nextNotice() string { return fmt.Sprintf("N%d", len(d.state.Notices)+1) }
