package schema

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// Terms are the values of an enum of the contract with their labels, in the contract's
// order; nil for an enum without labels.
func Terms(enumName string) []casefile.Term {
	if enumName == "NoticeKind" {
		return slices.Clone(noticeTerms)
	}
	if enumName == "IndicatorCode" {
		terms := make([]casefile.Term, 0, len(casefile.Indicators))
		for _, i := range casefile.Indicators {
			terms = append(terms, casefile.Term{Value: string(i.Code), ZH: i.Name.ZH, EN: i.Name.EN})
		}
		return terms
	}
	if _, described := enumDescriptions[enumName]; !described {
		return nil
	}
	if terms := leadership.Terms(enumName); terms != nil {
		return terms
	}
	return slices.DeleteFunc(casefile.Terms(enumName), func(t casefile.Term) bool {
		return hiddenTerms[enumName][t.Value]
	})
}

// TermEnums are the names of the enums that Terms knows.
func TermEnums() []string {
	names := []string{"IndicatorCode", "NoticeKind"}
	for name := range enumDescriptions {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

var noticeTerms = []casefile.Term{
	{Value: string(casefile.NoticeAcceptance), ZH: "受理告知书", EN: "notice that the case is accepted"},
	{Value: string(casefile.NoticeDecline), ZH: "不予受理告知书", EN: "notice that the case is not accepted"},
	{Value: string(casefile.NoticeForwarding), ZH: "转送（交办）告知书", EN: "notice of where the petition was forwarded"},
	{Value: string(casefile.NoticeTransfer), ZH: "移送告知书", EN: "notice that the case leaves the platform"},
	{Value: string(casefile.NoticeWithdrawal), ZH: "撤回确认书", EN: "confirmation of a withdrawal"},
	{Value: string(casefile.NoticeMediationFailed), ZH: "调解不成告知书", EN: "notice that the mediation failed"},
	{Value: string(casefile.NoticeMerger), ZH: "并案告知书", EN: "notice that the case is merged into another one"},
	{Value: string(casefile.NoticeExtension), ZH: "延长期限告知书", EN: "notice that a deadline was extended"},
	{Value: string(casefile.NoticeRemedy), ZH: "救济途径告知书", EN: "notice of the ways that are left"},
	{Value: string(casefile.NoticeRetaliation), ZH: "打击报复反映答复书", EN: "answer to a report of retaliation"},
	{Value: string(casefile.NoticePerformanceOverdue), ZH: "督促履行告知书", EN: "reminder of an agreement that was not performed"},
	{Value: string(casefile.NoticeDecision), ZH: "信访处理意见书", EN: "written decision on the petition"},
	{Value: string(casefile.NoticeReviewOpinion), ZH: "复查意见书", EN: "review opinion"},
	{Value: string(casefile.NoticeReReviewOpinion), ZH: "复核意见书", EN: "re-review opinion"},
}

// NoticeTitle is what a notice of a kind is called.
func NoticeTitle(kind casefile.NoticeKind, language casefile.Language) string {
	for _, term := range noticeTerms {
		if term.Value == string(kind) {
			return term.Label(language)
		}
	}
	return string(kind)
}
