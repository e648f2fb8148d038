package api_test

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// mediatedToTheEnd is a court-entrusted dispute from its registration with everything that can
// be told of it to its follow-up, performance and confirmation.
func (o *office) mediatedToTheEnd(s *situation) {
	o.t.Helper()
	input := dispute(s.name)
	input["externalIds"] = []any{map[string]any{"system": "legacy-530402", "number": "L-2026-77"}}
	input["amount"], input["headcount"], input["oral"], input["risk"] = 120000, 3, true, "MEDIUM"
	input["occurredAt"], input["receivedAt"] = "2026-03-09T08:00:00+08:00", "2026-03-10T08:00:00+08:00"
	input["occurrenceDivision"], input["courtStage"], input["source"] = "530402001", "PRE_FILING", "COURT_ENTRUSTED"
	parties := input["parties"].([]any)
	parties[0].(map[string]any)["representatives"] = []any{map[string]any{"kind": "AGENT", "name": "周律师" + s.mark, "phone": "13700137000"}}
	input["parties"] = append(parties,
		map[string]any{"role": "THIRD_PARTY", "personId": person("p-530402-water-clerk-2")},
		map[string]any{"role": "THIRD_PARTY", "unitId": unit("530402-market")})
	p := o.plant(s, clerk, input)
	mandate := p.attach(clerk, "委托书", map[string]any{})
	p.act(clerk, "amendCase", map[string]any{"reason": "补正@", "parties": []any{map[string]any{
		"id": s.parties[0], "role": "APPLICANT", "name": "赵@", "phone": "13800138000", "idNumber": "11010519491231002X", "address": "玉兴路8号@",
		"representatives": []any{map[string]any{"kind": "AGENT", "name": "周律师@", "phone": "13700137000", "mandateDocumentId": mandate}},
	}}})
	p.handled(mediator, clerk, manager)
	p.act(mediator, "recordInvestigation", map[string]any{"finding": "查看@"})
	p.act(mediator, "concludeInvestigation", map[string]any{"facts": "事实@", "path": "MEDIATION"})
	p.act(mediator, "openMediation", map[string]any{
		"type": "PEOPLES", "chosenByPartyIds": []any{s.parties[0]}, "courtStage": "PRE_FILING", "jointRequest": "共同申请@",
	})
	for _, party := range s.parties[:2] {
		p.act(mediator, "recordConsent", map[string]any{"partyId": party, "consent": "GIVEN"})
	}
	p.act(mediator, "scheduleSession", map[string]any{"mode": "ON_SITE", "scheduledFor": "2026-03-10T14:00:00+08:00", "place": "调解室@"})
	p.act(mediator, "recordSession", map[string]any{"mode": "ON_SITE", "minutes": "双方到场@"})
	p.attach(mediator, "签字笔录", map[string]any{"sessionId": p.sub("MediationSession", "S2")})
	p.act(mediator, "issueRecommendation", map[string]any{"unitId": unit("530402-petition"), "text": "建议@", "replyBy": "2026-03-31"})
	p.act(clerk, "replyRecommendation", map[string]any{"reply": "已清理@"})
	p.act(mediator, "concludeMediation", map[string]any{
		"outcome": "AGREEMENT_WRITTEN", "agreement": "协议@", "signedAt": o.now.Format(time.RFC3339), "agreedAmount": 120000,
		"performance": []any{map[string]any{"dueOn": "2026-03-13", "what": "付款@", "amount": 120000}},
	})
	p.act(mediator, "returnToCourt", map[string]any{"report": "报告@", "courtUnitId": unit("530402-court")})
	p.act(mediator, "requestClosure", map[string]any{"outcome": "AGREEMENT_WRITTEN", "summary": "小结@"})
	p.act(manager, "verifyClosure", map[string]any{"comment": "同意@"})
	for _, party := range s.parties[:2] {
		p.act(otherClerk, "recordFollowUp", map[string]any{
			"partyId": party, "method": "PHONE", "satisfaction": 5, "performed": true, "pressured": false, "comment": "满意@",
		})
	}
	p.act(mediator, "recordPerformance", map[string]any{
		"performanceId": p.sub("Performance", "Y1"), "source": "LIABILITY_INSURANCE", "note": "已查看@", "amount": 120000,
	})
	p.act(mediator, "recordConfirmation", map[string]any{"result": "APPLIED", "courtUnitId": unit("530402-court")})
	p.act(mediator, "recordConfirmation", map[string]any{"result": "CONFIRMED", "courtUnitId": unit("530402-court")})
}

// recused is a dispute whose mediator had to step back for another one.
func (o *office) recused(s *situation) {
	p := o.plant(s, clerk, dispute(s.name)).handled(mediator, clerk, manager)
	p.act(mediator, "concludeInvestigation", map[string]any{"facts": "事实@", "path": "MEDIATION"})
	p.act(mediator, "openMediation", map[string]any{"type": "PEOPLES"})
	p.act(clerk, "recuseMediator", map[string]any{"reason": "亲属@", "partyId": s.parties[1], "newMediatorId": person(otherMediator)})
	p.act(manager, "assignCase", map[string]any{"personId": person(otherMediator)})
}

// besideOthers is a dispute that other offices were asked about and to which it was referred.
func (o *office) besideOthers(s *situation) {
	p := o.plant(s, clerk, dispute(s.name)).handled(investigator, clerk, manager)
	p.act(clerk, "dispatchCase", map[string]any{"instruction": "查明@", "units": []any{
		map[string]any{"unitId": unit("530402-housing"), "lead": true, "replyBy": "2026-03-16"},
		map[string]any{"unitId": unit("530402-water"), "lead": false, "replyBy": "2026-03-16"},
	}})
	p.act(waterClerk, "returnDispatch", map[string]any{"dispatchId": p.sub("Dispatch", "X2"), "reason": "不属水务@"})
	p.act(housingClerk, "replyDispatch", map[string]any{"dispatchId": p.sub("Dispatch", "X1"), "reply": "共有部分@"})
	p.act(investigator, "referCase", map[string]any{"channel": "APPRAISAL", "organ": "鉴定中心@", "reason": "鉴定@", "blocking": false})
	p.act(investigator, "returnReferral", map[string]any{"referralId": p.sub("Referral", "R1"), "reason": "材料不全@"})
	p.act(investigator, "referCase", map[string]any{"channel": "COURT", "unitId": unit("530402-court"), "reason": "诉讼@", "blocking": false})
	p.act(courtClerk, "acknowledgeReferral", map[string]any{"referralId": p.sub("Referral", "R2"), "reference": "民初77号"})
	p.act(courtClerk, "recordReferralResult", map[string]any{"referralId": p.sub("Referral", "R2"), "result": "判决@", "conclude": false})
}

// urgentAndReported is a dispute that could not wait, of which the police were told.
func (o *office) urgentAndReported(s *situation) {
	p := o.plant(s, clerk, dispute(s.name))
	p.act(clerk, "flagUrgent", map[string]any{"reason": "扬言@", "suspicion": []any{"HARM_TO_CHILD"}})
	p.act(petitionHead, "acknowledgeUrgent", nil)
	p.act(manager, "reportUrgent", map[string]any{"measures": "民警到场@"})
	p.act(leader, "liftUrgent", map[string]any{"reason": "已平息@"})
	p.act(clerk, "recordPoliceReport", map[string]any{"unitId": unit("530402-police"), "reference": "110-0042"})
}

// suspicionCleared is a dispute that is still urgent, whose suspicion a second person has cleared.
func (o *office) suspicionCleared(s *situation) {
	p := o.plant(s, clerk, dispute(s.name))
	p.act(clerk, "flagUrgent", map[string]any{"reason": "又扬言@", "suspicion": []any{"DOMESTIC_VIOLENCE"}})
	p.act(leader, "recordPoliceReport", map[string]any{"notDueReason": "体育课擦伤@"})
}

// counted is a medical dispute whose clock stood still, was extended and is missed.
func (o *office) counted(s *situation) {
	input := dispute(s.name)
	input["category"] = "D-MEDICAL"
	p := o.plant(s, clerk, input)
	p.act(manager, "acceptCase", map[string]any{"procedure": "medical-mediation"})
	deadline := p.sub("Deadline", p.running("handling"))
	p.act(manager, "suspendClock", map[string]any{"deadlineId": deadline, "reason": "APPRAISAL", "until": "2026-03-16", "note": "委托@"})
	p.act(manager, "resumeClock", map[string]any{"deadlineId": deadline})
	p.act(clerk, "deferCase", map[string]any{"until": "2026-03-16", "reason": "等待@"})
	p.act(manager, "decideDeferral", map[string]any{"approved": true, "reason": "准@"})
}

// running is the id of the case's clock of a step.
func (p planting) running(step string) string {
	p.t.Helper()
	state := p.state()
	for _, deadline := range state.Deadlines {
		if deadline.Step == step {
			return deadline.ID
		}
	}
	require.Fail(p.t, "no clock "+step)
	return ""
}

func (p planting) state() casefile.State {
	p.t.Helper()
	node, err := schema.ParseNodeID(p.s.id)
	require.NoError(p.t, err)
	state, err := p.store.State(p.t.Context(), node.Key)
	require.NoError(p.t, err)
	return state
}

// chased is a dispute whose acceptance was missed: one order was answered and given back, the
// next one went higher.
func (o *office) chased(s *situation) {
	p := o.plant(s, clerk, dispute(s.name))
	o.pass(s.id, 20)
	first := map[string]any{"orderId": p.sub("SupervisionOrder", "U1")}
	p.act(clerk, "acknowledgeSupervision", first)
	first["reply"] = "休假@"
	p.act(clerk, "replySupervision", first)
	p.act(cityManager, "closeSupervision", map[string]any{"orderId": first["orderId"], "status": "RETURNED", "reason": "未整改@"})
	o.pass(s.id, 20)
}

// chasedHigher is a township's dispute, of which neither the township nor the county said a word.
func (o *office) chasedHigher(s *situation) {
	o.plant(s, townshipClerk, dispute(s.name))
	o.pass(s.id, 20)
	o.pass(s.id, 10)
}

// mediatedAgain is a dispute whose agreement another one took the place of.
func (o *office) mediatedAgain(s *situation) {
	p := o.plant(s, clerk, dispute(s.name)).handled(mediator, clerk, manager)
	agree := func() {
		p.act(mediator, "concludeInvestigation", map[string]any{"facts": "事实@", "path": "MEDIATION"})
		p.act(mediator, "openMediation", map[string]any{"type": "PEOPLES"})
		for _, party := range s.parties {
			p.act(mediator, "recordConsent", map[string]any{"partyId": party, "consent": "GIVEN"})
		}
		p.act(mediator, "concludeMediation", map[string]any{
			"outcome": "AGREEMENT_WRITTEN", "agreement": "协议@", "signedAt": o.now.Format(time.RFC3339),
			"performance": []any{map[string]any{"dueOn": "2026-03-13", "what": "清理@"}},
		})
	}
	agree()
	p.act(mediator, "requestClosure", map[string]any{"outcome": "AGREEMENT_WRITTEN", "summary": "小结@"})
	p.act(manager, "rejectClosure", map[string]any{"reason": "未履行@"})
	agree()
}

// sampled is a withdrawn dispute that was drawn for the county's assessors, who have said what
// they found, and was drawn again.
func (o *office) sampled(s *situation) {
	p := o.plant(s, clerk, dispute(s.name))
	p.act(clerk, "withdrawCase", map[string]any{"partyId": s.parties[0], "how": "ON_SITE", "request": "自愿@", "reason": "和解@"})
	p.act(manager, "verifyClosure", nil)
	p.serve(clerk, "WITHDRAWAL", 0, map[string]any{"receiptDocumentId": p.attach(clerk, "送达回证", map[string]any{})})
	draw := func(sample string) {
		node, err := schema.ParseNodeID(s.id)
		require.NoError(o.t, err)
		drawn, err := o.commander.Do(o.t.Context(), casefile.Command{CaseID: node.Key, Actor: casefile.System, Act: casefile.DrawForSample{
			SampleID: sample, UnitID: "u-530402-assessor", Role: casefile.RoleAssessor,
		}})
		require.NoError(o.t, err)
		require.Nil(o.t, drawn.Refusal)
	}
	draw("s-1")
	p.act(assessor, "recordFollowUp", map[string]any{"partyId": s.parties[0], "method": "PHONE", "satisfaction": 2, "comment": "不满@"})
	p.act(assessor, "recordSampleFinding", map[string]any{"finding": "CORRECT", "comment": "属实@"})
	draw("s-2")
}
