package casefile

import (
	"fmt"
	"strings"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// NoticeText is what a notice says: what became of the matter, which remedy there is, before
// which organ, and its last day, as the clock has it; before service, from when it is
// counted. Where no text gives a remedy or a day, it says that. It names parties by their
// number only, and holds no text of the case.
func NoticeText(s State, n Notice, dir Directory, lang Language) string {
	t := telling{dir: dir, lang: lang}
	if n.Remedy != (procedure.Text{}) {
		return t.say(n.Remedy.EN, n.Remedy.ZH)
	}
	switch n.Kind {
	case NoticeDecision:
		return t.decisionText(s, n)
	case NoticeReviewOpinion, NoticeReReviewOpinion:
		for _, r := range s.Reviews {
			if r.NoticeID == n.ID {
				return t.afterReview(s, n, r)
			}
		}
	case NoticeMediationFailed:
		return t.say("The parties may turn to arbitration, to the administration or to the court "+
			"(People's Mediation Law, art. 26).",
			"当事人可以依法通过仲裁、行政、司法等途径维护自己的权利（《人民调解法》第二十六条）。")
	case NoticeExtension:
		if clock := s.clock(StepHandling); clock != nil {
			return t.say("Handling now ends at the latest on "+day(clock.DueAt)+".", "办理期限延长至"+day(clock.DueAt)+"。")
		}
	case NoticeWithdrawal:
		return t.undoing(s)
	case NoticePerformanceOverdue:
		return t.overdueText(s, n)
	}
	return t.unwritten(n.Kind)
}

// unwritten is the text of a notice from before texts were kept, where the record no longer
// tells what it was about.
func (t telling) unwritten(kind NoticeKind) string {
	switch kind {
	case NoticeAcceptance:
		return t.say("The matter was accepted.", "本事项已受理。")
	case NoticeDecline:
		return t.say("The matter is not accepted. A petitioner may turn to the organ above (Regulations on Petition Work, art. 44), "+
			"a party of a dispute to any other way that the law has (People's Mediation Law, art. 3).",
			"本事项不予受理。信访人可以向上一级机关、单位反映（《信访工作条例》第四十四条），纠纷当事人可以依法通过其他途径维护自己的权利（《人民调解法》第三条）。")
	case NoticeTransfer:
		return t.say("The matter was passed on to an organ outside this platform, which answers for it.", "本事项已转送平台以外的机关，由该机关负责办理。")
	case NoticeForwarding:
		return t.say("The petition was forwarded to the organ that has to deal with it.", "本事项已转送（交办）有权处理的机关、单位。")
	case NoticeMerger:
		return t.say("The matter is handled together with another case; every claim goes on there.", "本事项并入另一案件一并办理，各项诉求在该案中继续办理。")
	case NoticeRetaliation:
		return t.say("The report of retaliation was answered.", "打击报复反映已作出答复。")
	case NoticeRemedy:
		return t.say("The time has run out; the parties may go on, or take another way that the law has.", "期限已届满，当事人可以继续办理，也可以依法选择其他途径。")
	}
	return ""
}

// decisionText is what an opinion leaves: the review of one on an appeal. The Regulations have
// none for the answer to a suggestion or an accusation (信访工作条例 arts 29, 30, 35).
func (t telling) decisionText(s State, n Notice) string {
	if s.PetitionType != Appeal {
		return t.say("This answers the matter. The Regulations on Petition Work have no review of such an answer (arts. 29, 30, 35).",
			"本意见为对本事项的答复。《信访工作条例》对此类答复未规定复查（第二十九条、第三十条、第三十五条）。")
	}
	if last := s.lastDecision(); last != nil && last.NoticeID == n.ID {
		return t.reviewRemedy(s, n, StageReview, last.ID)
	}
	return t.say("A later opinion has taken the place of this one; the ways that are left are told there.",
		"本意见已由之后的处理意见代替，救济途径以之后的处理意见为准。")
}

// overdueText urges a promise and tells the ways that its procedure leaves.
func (t telling) overdueText(s State, n Notice) string {
	p, _ := ShippedLaw().procedureOn(agreementProcedure, procedure.Date(day(n.IssuedAt)))
	step, _ := p.Step(stepPerformance)
	ways := step.OnExpiry.Describe()
	for _, m := range s.Mediations {
		for i, due := range m.Performance {
			if m.PerformanceID(i) == n.Of {
				return t.say(fmt.Sprintf("Promise %s was due on %s and has not been recorded as performed: %s.", n.Of, due.DueOn, ways.EN),
					fmt.Sprintf("协议事项%s应于%s履行，尚无履行记录：%s。", n.Of, due.DueOn, ways.ZH))
			}
		}
	}
	return t.say("A promise of the agreement was not performed on its day: "+ways.EN+".", "协议事项到期未履行："+ways.ZH+"。")
}

// undoing tells a party until when its withdrawal may be taken back.
func (t telling) undoing(s State) string {
	if clock := s.undoing(); clock != nil {
		unit := t.unit(s.ResponsibleUnitID)
		return t.say(fmt.Sprintf("The withdrawal can be undone at %s until %s.", unit, day(clock.DueAt)),
			fmt.Sprintf("至%s止，可以向%s反悔撤回。", day(clock.DueAt), unit))
	}
	p, ok := ShippedLaw().procedureOn(caseClosing, procedure.Date(day(s.ReceivedAt)))
	step, found := p.Step(StepWithdrawalUndo)
	if !ok || !found {
		return ""
	}
	return t.say(fmt.Sprintf("The withdrawal can be undone for %d days after it is confirmed.", step.Length),
		fmt.Sprintf("撤回终结之日起%d日内可以反悔撤回。", step.Length))
}

// afterReview is the remedy that a review opinion leaves.
func (t telling) afterReview(s State, n Notice, r Review) string {
	switch {
	case r.answered() && r.Stage == StageReReview:
		return t.say("This answers the matter for good: the same facts and reasons are not accepted again "+
			"(Regulations on Petition Work, art. 36).",
			"本意见为复核意见。以同一事实和理由提出投诉请求的，不再受理（《信访工作条例》第三十六条）。")
	case r.answered():
		return t.reviewRemedy(s, n, StageReReview, r.ID)
	case r.Outcome == ReviewRedo:
		unit := t.unit(s.ResponsibleUnitID)
		return t.say(unit+" handles the matter anew and issues a new opinion, which can be reviewed again.",
			unit+"将重新办理并作出新的处理意见，对新的意见可以再次请求复查。")
	}
	return t.say("The request was not admitted, so the opinion that it was about stands. The Regulations on Petition Work name no remedy "+
		"against that, and no last day.",
		"本次请求不予受理，原意见继续有效。《信访工作条例》对此未规定救济途径和期限。")
}

// reviewRemedy names the way, the organs that may be asked, and the last day of each party.
func (t telling) reviewRemedy(s State, n Notice, stage Stage, opinion string) string {
	step, _ := reviewSteps(stage)
	name, article, articleZH := "review", "35", "第三十五条"
	if stage == StageReReview {
		name, article, articleZH = "re-review", "36", "第三十六条"
	}
	organs := each(reviewOrgans(s, t.dir, stage), t.unit)
	if len(organs) == 0 {
		organs = []string{t.say("the organ above", "上一级机关、单位")}
	}
	var days []string
	for _, party := range n.Parties {
		if clock := s.window(step, windowOf(opinion, party)); clock != nil {
			days = append(days, t.say("party "+party+" until "+day(clock.DueAt), "当事人"+party+"至"+day(clock.DueAt)+"止"))
		}
	}
	if len(days) < len(n.Parties) {
		length := 0
		if p, ok := ShippedLaw().procedureOn(intakeProcedure(s), procedure.Date(day(n.IssuedAt))); ok {
			found, _ := p.Step(step)
			length = found.Length
		}
		days = append(days, t.say(fmt.Sprintf("whoever has not been served within %d days of service", length),
			fmt.Sprintf("尚未送达的，自送达之日起%d日内", length)))
	}
	return t.say(
		fmt.Sprintf("A %s may be asked for at %s (Regulations on Petition Work, art. %s): %s.",
			name, enumerate(organs, English), article, strings.Join(days, "; ")),
		fmt.Sprintf("不服本意见的，可以向%s请求%s（《信访工作条例》%s）：%s。",
			enumerate(organs, Chinese), Label("CaseStage", string(stage), Chinese), articleZH, strings.Join(days, "；")))
}
