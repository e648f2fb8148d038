package casefile

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// endText is what the notice of an end that skips the merits says, as it stands when the end
// is proposed: what became of the matter, the remedy, the organ, and until when. Where no
// text sets a day it says that. A withdrawal's is counted from its confirmation, so it
// follows from the record (NoticeText). Why it ends is a text of the case (Notice.Reason).
func (d *deciding) endText(proposed EndProposed) procedure.Text {
	switch {
	case proposed.Decline != nil:
		return d.declineText(*proposed.Decline)
	case proposed.Transfer != nil:
		return d.leavingText()
	case proposed.Merge != nil:
		return mergerText(proposed.Merge.Into.Number)
	}
	return procedure.Text{}
}

// reason is the text that says why the case is to end.
func (b EndProposed) reason() TextID {
	switch {
	case b.Decline != nil:
		return b.Decline.Explanation
	case b.Transfer != nil:
		return b.Transfer.Reason
	case b.Withdraw != nil:
		return b.Withdraw.Reason
	case b.Merge != nil:
		return b.Merge.Reason
	}
	return ""
}

// declineText names the reason with its article, and where somebody may turn who thinks that
// the matter should have been accepted.
func (d *deciding) declineText(act DeclineCase) procedure.Text {
	unit := unitName(d.rules.Directory, d.state.ResponsibleUnitID)
	why := d.declineReason(act)
	remedy := d.declineRemedy(act)
	return procedure.Text{
		EN: fmt.Sprintf("%s does not accept the matter: %s. %s", unit, why.EN, remedy.EN),
		ZH: fmt.Sprintf("%s不予受理本事项：%s。%s", unit, why.ZH, remedy.ZH),
	}
}

func (d *deciding) declineReason(act DeclineCase) procedure.Text {
	why := procedure.Text{
		EN: Label("DeclineReason", string(act.Reason), English), ZH: Label("DeclineReason", string(act.Reason), Chinese),
	}
	earlier := procedure.Text{}
	if act.EarlierCaseNumber != "" {
		earlier = procedure.Text{EN: " (case " + act.EarlierCaseNumber + ")", ZH: "（案件" + act.EarlierCaseNumber + "）"}
	}
	why.EN, why.ZH = why.EN+earlier.EN, why.ZH+earlier.ZH
	if d.state.Kind != Petition {
		return why
	}
	switch act.Reason {
	case DeclineNotCompetent:
		why.EN, why.ZH = why.EN+" (Regulations on Petition Work, art. 23)", why.ZH+"（《信访工作条例》第二十三条）"
	case DeclineInOtherProcedure:
		why.EN, why.ZH = why.EN+" (Regulations on Petition Work, art. 31)", why.ZH+"（《信访工作条例》第三十一条）"
	case DeclineRepeatedInTime:
		why.EN, why.ZH = why.EN+" (Regulations on Petition Work, art. 19)", why.ZH+"（《信访工作条例》第十九条）"
	case DeclineFinalAfterReReview:
		why.EN, why.ZH = why.EN+" (Regulations on Petition Work, art. 36)", why.ZH+"（《信访工作条例》第三十六条）"
	}
	return why
}

// declineRemedy: the organs above correct a petition that was wrongly not accepted (信访工作
// 条例 art 44); nobody who wants mediation is kept from another way (人民调解法 art 3). Neither
// has a last day.
func (d *deciding) declineRemedy(act DeclineCase) procedure.Text {
	if d.state.Kind != Petition {
		return otherWays
	}
	if act.Reason == DeclineFinalAfterReReview {
		return procedure.Text{
			EN: "The same facts and reasons are not accepted again by any organ; new facts or reasons can be brought as a matter of their own, for which no last day is set.",
			ZH: "以同一事实和理由提出的，各级机关、单位不再受理；有新的事实和理由的，可以另行提出，法规未规定期限。",
		}
	}
	organs := each(d.organsAbove(), func(id string) string { return unitName(d.rules.Directory, id) })
	above := procedure.Text{EN: enumerate(organs, English), ZH: enumerate(organs, Chinese)}
	if len(organs) == 0 {
		above = procedure.Text{EN: "the organ above", ZH: "上一级机关、单位"}
	}
	return procedure.Text{
		EN: fmt.Sprintf("Whoever thinks that it should have been accepted may turn to %s, which orders a correction "+
			"(Regulations on Petition Work, art. 44); no last day is set.", above.EN),
		ZH: fmt.Sprintf("认为应当受理的，可以向%s反映，由其责令改正（《信访工作条例》第四十四条），法规未规定期限。", above.ZH),
	}
}

// organsAbove are the organs above the unit that answers for the case, as far as its people
// may know of it.
func (d *deciding) organsAbove() []string {
	return reviewOrgans(d.state, d.rules.Directory, StageReview)
}

// otherWays are left to whoever asked for mediation (人民调解法 art 3).
var otherWays = procedure.Text{
	EN: "The parties may turn to arbitration, to the administration or to the court, within the time that the law of each way sets " +
		"(People's Mediation Law, art. 3).",
	ZH: "当事人可以依法通过仲裁、行政、司法等途径维护自己的权利，期限依各该途径的法律规定（《人民调解法》第三条）。",
}

// leavingText tells that the case goes to an organ outside the platform, which the reason and
// the destination in the record name.
func (d *deciding) leavingText() procedure.Text {
	unit := unitName(d.rules.Directory, d.state.ResponsibleUnitID)
	text := procedure.Text{
		EN: fmt.Sprintf("%s passes the matter on to an organ outside this platform, which answers for it from then on.", unit),
		ZH: fmt.Sprintf("%s将本事项转送平台以外的机关，此后由该机关负责办理。", unit),
	}
	add := otherWays
	switch {
	case d.state.PetitionType == Accusation:
		add = procedure.Text{
			EN: "It tells what it does by the rules on its own work (Regulations on Petition Work, art. 23); no last day is known here.",
			ZH: "该机关依照有关规定告知（《信访工作条例》第二十三条第四款），期限本系统未载。",
		}
	case d.state.Kind == Petition:
		add = procedure.Text{
			EN: "It tells the petitioner in writing within 15 days of receiving the matter whether it accepts it (Regulations on Petition Work, art. 23); " +
				"where it doesn't, the organ above it orders a correction (art. 44).",
			ZH: "该机关自收到之日起15日内书面告知信访人是否受理（《信访工作条例》第二十三条第三款）；逾期未告知的，由其上级机关、单位责令改正（第四十四条）。",
		}
	}
	return procedure.Text{EN: text.EN + " " + add.EN, ZH: text.ZH + add.ZH}
}

// mergerText: a sealed case has no number outside.
func mergerText(number string) procedure.Text {
	into := procedure.Text{EN: "another case", ZH: "另一案件"}
	if number != "" {
		into = procedure.Text{EN: "case " + number, ZH: "案件" + number}
	}
	return procedure.Text{
		EN: fmt.Sprintf("The matter is handled together with %s. Every claim goes on there, and the clock that runs out first goes on; "+
			"whoever brought it may say there that it is another matter, as long as it is handled.", into.EN),
		ZH: fmt.Sprintf("本事项并入%s一并办理，各项诉求在该案中继续办理，期限以先届满者为准；认为不属同一事项的，可以在该案办理期间提出。", into.ZH),
	}
}
