package casefile

import (
	"fmt"
	"strings"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// NoticeText is what a notice must say of the remedy: which one there is, before which organ,
// and its last day, as the clock has it; before service, from when it is counted. It is empty
// where no text gives one. It names parties by their number only.
func NoticeText(s State, n Notice, dir Directory, lang Language) string {
	t := telling{dir: dir, lang: lang}
	if n.Remedy != (procedure.Text{}) {
		return t.say(n.Remedy.EN, n.Remedy.ZH)
	}
	switch n.Kind {
	case NoticeDecision:
		if last := s.lastDecision(); s.PetitionType == Appeal && last != nil && last.NoticeID == n.ID {
			return t.reviewRemedy(s, n, StageReview, last.ID)
		}
	case NoticeReviewOpinion:
		for _, r := range s.Reviews {
			if r.NoticeID == n.ID {
				return t.afterReview(s, n, r)
			}
		}
	case NoticeReReviewOpinion:
		return t.say("This answers the matter for good: the same facts and reasons are not accepted again "+
			"(Regulations on Petition Work, art. 36).",
			"本意见为复核意见。以同一事实和理由提出投诉请求的，不再受理（《信访工作条例》第三十六条）。")
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
	}
	return ""
}

// undoing tells a party until when its withdrawal may be taken back.
func (t telling) undoing(s State) string {
	if clock := s.undoing(); clock != nil {
		unit := t.unit(s.ResponsibleUnitID)
		return t.say(fmt.Sprintf("The withdrawal can be undone at %s until %s.", unit, day(clock.DueAt)),
			fmt.Sprintf("可在%s前向%s反悔撤回。", day(clock.DueAt), unit))
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
	case r.answered():
		return t.reviewRemedy(s, n, StageReReview, r.ID)
	case r.Outcome == ReviewRedo:
		unit := t.unit(s.ResponsibleUnitID)
		return t.say(unit+" handles the matter anew and issues a new opinion, which can be reviewed again.",
			unit+"将重新办理并作出新的处理意见，对新的意见可以再次请求复查。")
	}
	return ""
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
