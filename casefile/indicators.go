package casefile

import "slices"

// IndicatorCode names an indicator (domain: indicators).
type IndicatorCode string

// Indicator is a numerator over a denominator, and what both count.
type Indicator struct {
	Code IndicatorCode
	// Name, Numerator and Denominator are what users read.
	Name, Numerator, Denominator Term
	// count is one case's part. It is nil for the indicators of leadership packages, which are
	// no part of a case.
	count func(State, Course) Share
}

// OfPackages reports whether the indicator counts leadership packages and not cases.
func (i Indicator) OfPackages() bool { return i.count == nil }

// Definition says what is counted over what.
func (i Indicator) Definition(lang Language) string {
	if lang == English {
		return i.Numerator.EN + "; of " + i.Denominator.EN
	}
	return "分母：" + i.Denominator.ZH + "；分子：" + i.Numerator.ZH
}

// dueTerm is what the texts call 应结案: a case that has been concluded, or has missed the
// clock by which it was to be.
var dueTerm = Term{
	ZH: "应结案件：已办结的，或办理时限已届满尚未办结的案件",
	EN: "cases that were due: concluded, or past the clock by which they were to be",
}

// Indicators are all of them, in the order in which they are shown.
var Indicators = []Indicator{
	{
		Code: "ACCEPTED_ON_TIME", Name: Term{ZH: "及时受理率", EN: "accepted on time"},
		Numerator: Term{ZH: "其中每一登记、接收、受理时限均未超过的", EN: "those that kept every clock of registration, taking over and acceptance"},
		Denominator: Term{
			ZH: "登记、接收或受理时限已有结果（按时完成或超期）的案件",
			EN: "cases of which a clock of registration, taking over or acceptance was kept or missed",
		},
		count: acceptedOnTime,
	},
	{
		Code: "CONCLUDED", Name: Term{ZH: "结案率", EN: "concluded"},
		Numerator: Term{ZH: "其中已办结的（缓办不扣除）", EN: "those concluded (deferred ones are not left out)"}, Denominator: dueTerm,
		count: func(s State, _ Course) Share { return shareOf(s.due(), !s.ConcludedAt.IsZero()) },
	},
	{
		Code: "CONCLUDED_ON_TIME", Name: Term{ZH: "按期结案率", EN: "concluded on time"},
		Numerator: Term{ZH: "其中在办理时限内办结的", EN: "those concluded within their handling clock"},
		Denominator: Term{
			ZH: "有办理时限的应结案件", EN: "cases that were due and had a handling clock",
		},
		count: func(s State, _ Course) Share {
			clocked := s.ConcludedAt.IsZero() || s.ConcludedOnTime != nil
			return shareOf(s.due() && clocked, s.ConcludedOnTime != nil && *s.ConcludedOnTime)
		},
	},
	{
		Code: "MEDIATION_SUCCEEDED", Name: Term{ZH: "调解成功率", EN: "mediations that succeeded"},
		Numerator:   Term{ZH: "其中达成书面或口头协议的", EN: "those in which a written or oral agreement was reached"},
		Denominator: Term{ZH: "有调解终结的案件（仅因撤回而终结的不计）", EN: "cases in which a mediation ended, other than by withdrawal alone"},
		count:       mediationSucceeded,
	},
	{
		Code: "DISPUTES_RESOLVED", Name: Term{ZH: "化解率", EN: "disputes resolved"},
		Numerator:   Term{ZH: "其中以调解协议或当事人自行和解办结的", EN: "those concluded by an agreement or settled by the parties"},
		Denominator: Term{ZH: "应结的矛盾纠纷（查无实据的不计）", EN: "disputes that were due, unfounded ones left out"},
		count: func(s State, _ Course) Share {
			return shareOf(s.Kind == Dispute && s.due() && s.Outcome != OutcomeUnfounded, s.Outcome.resolves() && !s.ConcludedAt.IsZero())
		},
	},
	{
		Code: "PACKAGES_RESOLVED", Name: Term{ZH: "包案化解率", EN: "packages resolved"},
		Numerator:   Term{ZH: "其中现已化解的", EN: "those resolved by now"},
		Denominator: Term{ZH: "期间内立包且未撤销的领导包案", EN: "leadership packages opened in the period and not cancelled"},
	},
	{
		Code: "PACKAGES_STABILISED", Name: Term{ZH: "包案稳控率", EN: "packages stabilised"},
		Numerator:   Term{ZH: "其中现处于稳控的", EN: "those stabilised now"},
		Denominator: Term{ZH: "期间内立包且未撤销的领导包案", EN: "leadership packages opened in the period and not cancelled"},
	},
	{
		Code: "SATISFIED", Name: Term{ZH: "满意率", EN: "satisfied"},
		Numerator:   Term{ZH: "其中评分为3至5分（基本满意以上）的", EN: "those of 3 to 5"},
		Denominator: Term{ZH: "有评分的回访：每名当事人最近一次", EN: "scores given in follow-ups, of each party the latest"},
		count:       satisfiedAnswers,
	},
	{
		Code: "RESPONDED", Name: Term{ZH: "响应率", EN: "responded"},
		Numerator:   Term{ZH: "其中在要求日期前答复或退回的", EN: "those answered or sent back by the day that was asked for"},
		Denominator: Term{ZH: "已答复、退回或逾期的派单（派出单位撤回的不计）", EN: "dispatches that were answered, sent back or are overdue; not those taken back"},
		count:       responded,
	},
	{
		Code: "REWORKED", Name: Term{ZH: "返工率", EN: "reworked"},
		Numerator:   Term{ZH: "其中因不满意或未履行而返工的", EN: "those sent back to work by a dissatisfied answer or a broken promise"},
		Denominator: Term{ZH: "已办结或曾返工的案件", EN: "cases concluded, or sent back in any round"},
		count: func(s State, c Course) Share {
			return shareOf(!s.ConcludedAt.IsZero() || c.Reworks > 0, c.Reworks > 0)
		},
	},
	{
		Code: "EXTENDED", Name: Term{ZH: "延期率", EN: "extended"},
		Numerator:   Term{ZH: "其中办理时限经批准延长的", EN: "those whose handling clock was extended"},
		Denominator: Term{ZH: "有办理时限的案件", EN: "cases that have had a handling clock"},
		count: func(s State, _ Course) Share {
			return shareOf(slices.ContainsFunc(s.Deadlines, Deadline.ofHandling), slices.ContainsFunc(s.Deadlines, func(d Deadline) bool {
				return d.ofHandling() && d.Granted() > 0
			}))
		},
	},
	{
		Code: "REPEATED", Name: Term{ZH: "重复信访率", EN: "repeat petitions"},
		Numerator:   Term{ZH: "其中就同一事项重复提出的", EN: "those that bring a matter again"},
		Denominator: Term{ZH: "信访事项", EN: "petitions"},
		count:       func(s State, _ Course) Share { return shareOf(s.Kind == Petition, s.Repeats()) },
	},
	{
		Code: "SUPERVISED", Name: Term{ZH: "督办率", EN: "supervised"},
		Numerator:   Term{ZH: "其中曾被督办的", EN: "those with a supervision order"},
		Denominator: Term{ZH: "案件", EN: "cases"},
		count:       func(s State, _ Course) Share { return shareOf(true, len(s.Orders) > 0) },
	},
	{
		Code: "DECLINED", Name: Term{ZH: "不予受理率", EN: "declined"},
		Numerator:   Term{ZH: "其中不予受理的", EN: "those declined"},
		Denominator: Term{ZH: "已受理或不予受理的案件", EN: "cases accepted or declined"},
		count: func(s State, _ Course) Share {
			declined := s.Stage == StageNotAccepted
			return shareOf(declined || !s.AcceptedAt.IsZero() || !s.ConcludedAt.IsZero(), declined)
		},
	},
	{
		Code: "WITHDRAWN", Name: Term{ZH: "撤回率", EN: "withdrawn"},
		Numerator:   Term{ZH: "其中由当事人撤回的", EN: "those withdrawn"},
		Denominator: Term{ZH: "案件", EN: "cases"},
		count:       func(s State, _ Course) Share { return shareOf(true, s.Stage == StageWithdrawn) },
	},
	{
		Code: "CONFIRMED", Name: Term{ZH: "司法确认率", EN: "confirmed by a court"},
		Numerator:   Term{ZH: "其中经人民法院司法确认的", EN: "those that a court confirmed"},
		Denominator: Term{ZH: "现行有效的书面调解协议", EN: "written agreements that stand"},
		count:       confirmed,
	},
	{
		Code: "PERFORMED", Name: Term{ZH: "协议履行率", EN: "performed"},
		Numerator: Term{ZH: "其中已履行的", EN: "those performed"},
		Denominator: Term{
			ZH: "现行有效、已履行完毕或有届期未履行事项的协议；未约定履行事项的，按回访",
			EN: "agreements that stand and were performed in full or have something overdue; one without promises goes by the follow-up",
		},
		count: performed,
	},
}

// IndicatorOf finds an indicator by its code.
func IndicatorOf(code IndicatorCode) (Indicator, bool) {
	i := slices.IndexFunc(Indicators, func(i Indicator) bool { return i.Code == code })
	if i < 0 {
		return Indicator{}, false
	}
	return Indicators[i], true
}
