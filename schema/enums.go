package schema

import (
	"github.com/graphql-go/graphql"

	"github.com/tiaochu/tiaochu/casefile"
)

// enumDescriptions describes each enum of the contract whose values are terms of the
// domain; the values' own descriptions are their labels.
var enumDescriptions = map[string]string{
	"Language":            "A language that labels and sentences are shown in.",
	"CaseKind":            "What a case is about: a dispute (矛盾纠纷) or a petition (信访事项).",
	"PetitionType":        "What a petitioner asks (信访工作条例 arts 29-31).",
	"CaseStage":           "Where a case stands (所处环节); CLOSED and from NOT_ACCEPTED on are ends.",
	"CaseOutcome":         "How a case was concluded (办结方式).",
	"CaseSource":          "The channel by which a case reached the office (来源).",
	"Confidentiality":     "How narrow the circle is that sees a case at all (知悉范围).",
	"RiskLevel":           "The assessed danger that a conflict turns violent or spreads (风险等级).",
	"CaseScale":           "How many people stand behind a case (规模).",
	"UrgencyGround":       "How it came that a case cannot wait (重大紧急).",
	"UrgencyRecipient":    "As what a unit is told of an urgent case.",
	"Suspicion":           "Harm that the police must know of (未成年人保护法 art 11, 反家庭暴力法 art 14).",
	"CourtStage":          "Where a court's case stood when it entrusted the mediation (诉讼阶段).",
	"LegalRoute":          "The way an appeal takes under 信访工作条例 art 31 (法定途径).",
	"DeclineReason":       "Why a case is not accepted (不予受理理由).",
	"MediationType":       "The branch of mediation (调解类型).",
	"ConsentMode":         "What a mediation needs from its parties before it may go on.",
	"Consent":             "What a party said to a mediation.",
	"SessionMode":         "How a mediation session is held.",
	"MediationOutcome":    "How a mediation ended (调解结果).",
	"PerformanceSource":   "Who performed what an agreement promises (履行来源).",
	"ConfirmationResult":  "How far the judicial confirmation of an agreement has come (司法确认).",
	"DecisionOutcome":     "The result for one claim: the first three for an appeal, the others for a suggestion.",
	"ReviewOutcome":       "What a review or re-review came to (信访工作条例 arts 35, 36).",
	"InvestigationPath":   "What the investigation's conclusion chooses.",
	"PartyRole":           "The part somebody plays in a case.",
	"PartyKind":           "The legal nature of a party.",
	"RepresentativeKind":  "Why somebody speaks for a party.",
	"ServiceMethod":       "How a notice was served (送达方式).",
	"FollowUpResult":      "What came of asking a party afterwards (回访结果).",
	"FollowUpMethod":      "How a party was asked (回访方式).",
	"SupervisionStatus":   "Where a supervision order (督办) stands.",
	"SampleFinding":       "What the level above found when it looked at a closed case again (抽查结论).",
	"RetaliationFinding":  "What came of a report of retaliation (打击报复反映).",
	"LinkKind":            "How one case is tied to another (案件关联): what this one is to the other.",
	"ReferralChannel":     "The legal way that a matter is referred to (法律途径).",
	"ReferralStatus":      "Where a referral stands; RETURNED is also what its sender took back.",
	"DispatchStatus":      "Where a dispatch (派单) stands; RETURNED is also what the dispatcher took back.",
	"DeadlineStatus":      "Where a deadline (期限) stands.",
	"DayUnit":             "The unit in which a deadline's length is counted.",
	"DivisionLevel":       "The rung of the division tree (行政区划层级).",
	"UnitKind":            "What an organisation is (单位类型).",
	"Role":                "What a person does at a unit (角色).",
	"AuditKind":           "What an entry of the audit trail (审计记录) tells.",
	"PackageStatus":       "Where a leadership package (领导包案) stands; STABILISED (稳控) is still open.",
	"PackageOutcome":      "What a leadership package ends in, or for the time being.",
	"PackageMemberStatus": "Where the membership of a case in a leadership package stands.",
}

// hiddenTerms are values of stored events that no client may send or be sent.
var hiddenTerms = map[string]map[string]bool{
	"Role": {string(casefile.RoleSystem): true},
}

// choice is a value of an enum that belongs to the API alone, not to the domain.
type choice struct{ value, desc string }

func (b *builder) enums() {
	for name, desc := range enumDescriptions {
		b.enum(name, desc, each(Terms(name), func(t casefile.Term) choice {
			return choice{t.Value, t.ZH + " · " + t.EN}
		})...)
	}
	notices := each(noticeTerms, func(t casefile.Term) choice { return choice{t.Value, t.ZH + " · " + t.EN} })
	b.enum("NoticeKind", "What a notice (文书) tells its parties.", notices...)
	b.enum("CaseOrder", "The order of a list of cases.",
		choice{"REGISTERED_AT_DESC", "Last registered first."},
		choice{"REGISTERED_AT_ASC", "First registered first."},
		choice{"DUE_AT_ASC", "Open cases only, earliest clock first; those without a clock come last."},
	)
	b.enum("StatisticsBasis", "Which cases a row counts.",
		choice{"REGISTERED_IN", "The cohort registered in the period, wherever its cases stand now."},
		choice{"CONCLUDED_IN", "The flow: the cases concluded in the period."},
	)
	b.enum("StatisticsGroup", "What rows are grouped by.",
		choice{"DIVISION", "By division, at the level asked for."},
		choice{"UNIT", "By the unit that answers for the case."},
		choice{"CATEGORY", "By matter."},
		choice{"KIND", "By kind of case."},
		choice{"MONTH", "By month in Asia/Shanghai."},
	)
	b.enum("IndicatorCode", "An indicator: a numerator over a denominator.",
		each(casefile.Indicators, func(i casefile.Indicator) choice {
			return choice{string(i.Code), i.Name.ZH + " · " + i.Definition(casefile.English)}
		})...)
}

func (b *builder) enum(name, desc string, values ...choice) {
	config := make(graphql.EnumValueConfigMap, len(values))
	for _, v := range values {
		config[v.value] = &graphql.EnumValueConfig{Value: v.value, Description: v.desc}
	}
	b.add(name, graphql.NewEnum(graphql.EnumConfig{Name: name, Description: desc, Values: config}))
}
