package casefile

import (
	"fmt"
	"time"
)

// backdatingFree is how far an act may be dated back without a reason.
const backdatingFree = 3 * 24 * time.Hour

func (d *deciding) isBackdated(effective time.Time) bool {
	return effective.Before(d.now.Add(-backdatingFree))
}

// checkDate fixes the legal date of an act on an existing case. Without one the act is
// dated now, or the moment its stage began where another machine's clock ran ahead.
func (d *deciding) checkDate() *Refusal {
	given, field := d.givenDate()
	floor, what := d.floor()
	if given.IsZero() {
		d.effectiveAt = d.now
		if d.effectiveAt.Before(floor) {
			d.effectiveAt = floor
		}
		return nil
	}
	if refusal := d.checkPast(given, field); refusal != nil {
		return refusal
	}
	if earlierDay(given, d.state.ReceivedAt) {
		return refuse(RefusedBeforeReceipt, field,
			fmt.Sprintf("%s %s is before the case was received, %s", field[0], moment(given), moment(d.state.ReceivedAt)),
			fmt.Sprintf("%s %s 早于收到日期 %s", field[0], moment(given), moment(d.state.ReceivedAt)))
	}
	if earlierDay(given, floor) {
		return refuse(RefusedOutOfOrder, field,
			fmt.Sprintf("%s %s is before %s, %s", field[0], moment(given), what.EN, moment(floor)),
			fmt.Sprintf("%s %s 早于%s %s", field[0], moment(given), what.ZH, moment(floor)))
	}
	// A legal date is a day, and people write it to the day or the minute: within the day,
	// the record's own order holds.
	d.effectiveAt = later(later(given, d.state.ReceivedAt), floor)
	return d.checkBackdating(given)
}

// givenDate returns the legal date that the command names, and the field that holds it.
// Service and sessions carry theirs in a field of their own.
func (d *deciding) givenDate() (time.Time, []string) {
	switch act := d.command.Act.(type) {
	case RecordService:
		return instant(act.ServedAt), at("servedAt")
	case RecordSession:
		if !act.HeldAt.IsZero() {
			return instant(act.HeldAt), at("heldAt")
		}
	}
	return instant(d.command.EffectiveAt), at("effectiveAt")
}

// floor returns the date before which the act cannot have happened, and what stands there.
func (d *deciding) floor() (time.Time, Term) {
	since := Term{EN: "the case came into its stage", ZH: "进入本阶段的日期"}
	switch act := d.command.Act.(type) {
	case AmendCase, AddNote, AttachDocument, LinkCases, MergeCase, SplitCase, FlagUrgent, RecordPoliceReport, ReportRetaliation, RevealPersonalData:
		return d.state.ReceivedAt, Term{EN: "receipt", ZH: "收到日期"}
	case RecordService:
		if notice := d.state.notice(act.DocumentID); notice != nil {
			return notice.IssuedAt, Term{EN: "the notice was issued", ZH: "文书制作日期"}
		}
		return d.state.ReceivedAt, Term{EN: "receipt", ZH: "收到日期"}
	case RecordConsent, ScheduleSession, RecordSession, RecuseMediator, IssueRecommendation:
		if m := d.state.openMediation(); m != nil {
			return later(d.state.StageSince, m.OpenedAt), Term{EN: "the mediation was opened", ZH: "调解开始日期"}
		}
	case ConcludeMediation:
		if m := d.state.openMediation(); m != nil {
			floor := later(d.state.StageSince, m.OpenedAt)
			for _, session := range m.Sessions {
				floor = later(floor, session.HeldAt)
			}
			return floor, Term{EN: "the mediation's last session", ZH: "最近一次调解的日期"}
		}
	case AnswerObjection, DecideCompetence:
		if f := d.state.Forwarding; f.disputed() {
			return later(d.state.StageSince, f.Objection.RaisedAt), Term{EN: "the objection", ZH: "提出异议的日期"}
		}
	case RequestReview:
		return d.state.servedOn(StageReview, act.PartyID), Term{EN: "the opinion was served", ZH: "处理意见送达日期"}
	case RequestReReview:
		return d.state.servedOn(StageReReview, act.PartyID), Term{EN: "the review opinion was served", ZH: "复查意见送达日期"}
	case DecideDeferral:
		if d.state.Deferral != nil {
			return later(d.state.StageSince, d.state.Deferral.AskedAt), Term{EN: "the deferral was asked for", ZH: "缓办申请日期"}
		}
	case TakeUpCase:
		if d.state.Deferral != nil {
			return later(d.state.StageSince, d.state.Deferral.ApprovedAt), Term{EN: "the deferral was approved", ZH: "缓办批准日期"}
		}
	case RecordPerformance:
		if owed, ok := d.state.promised(act.PerformanceID); ok {
			return owed.mediation.effectiveOn(), Term{EN: "the agreement took effect", ZH: "协议生效日期"}
		}
		return d.state.ReceivedAt, Term{EN: "receipt", ZH: "收到日期"}
	case ReturnToCourt:
		if m, ok := d.state.returning(act.MediationID); ok {
			return m.ConcludedAt, Term{EN: "the mediation ended", ZH: "调解终结日期"}
		}
		return d.state.ReceivedAt, Term{EN: "receipt", ZH: "收到日期"}
	case ReplyRecommendation:
		if r, ok := d.state.recommended(act.RecommendationID); ok {
			return r.IssuedAt, Term{EN: "the recommendation was issued", ZH: "调解建议发出日期"}
		}
		return d.state.ReceivedAt, Term{EN: "receipt", ZH: "收到日期"}
	case RecordConfirmation:
		if m, ok := d.state.confirmableAgreement(act.MediationID); ok {
			return m.effectiveOn(), Term{EN: "the agreement took effect", ZH: "协议生效日期"}
		}
		return d.state.ReceivedAt, Term{EN: "receipt", ZH: "收到日期"}
	case AcknowledgeReferral:
		return d.referredOn(act.ReferralID), Term{EN: "the referral", ZH: "导入日期"}
	case ReturnReferral:
		return d.referredOn(act.ReferralID), Term{EN: "the referral", ZH: "导入日期"}
	case RecordReferralResult:
		return d.referredOn(act.ReferralID), Term{EN: "the referral", ZH: "导入日期"}
	case ReplyDispatch:
		return d.sent(act.DispatchID), Term{EN: "the dispatch", ZH: "派单日期"}
	case ReturnDispatch:
		if act.DispatchID != "" {
			return d.sent(act.DispatchID), Term{EN: "the dispatch", ZH: "派单日期"}
		}
		if raise := d.state.raisedHere(); raise != nil {
			return later(d.state.StageSince, raise.At), Term{EN: "the case was raised", ZH: "请办日期"}
		}
	case AcknowledgeSupervision:
		return d.state.orderFloor(act.OrderID)
	case ReplySupervision:
		return d.state.orderFloor(act.OrderID)
	case CloseSupervision:
		return d.state.orderFloor(act.OrderID)
	case AcknowledgeUrgent, ReportUrgent, LiftUrgent:
		if d.state.Urgency != nil {
			return d.state.Urgency.Since, Term{EN: "the case became urgent", ZH: "列为重大紧急的时间"}
		}
	case RequestClosure:
		return later(d.state.StageSince, d.state.ConcludedAt), Term{EN: "the conclusion", ZH: "办结日期"}
	}
	return d.state.StageSince, since
}

// sent is the day of a dispatch, or of what last happened to it.
func (d *deciding) sent(id string) time.Time {
	if x := d.state.dispatch(id); x != nil {
		return later(x.SentAt, x.ReturnedAt)
	}
	return d.state.StageSince
}

// referredOn is the day of a referral, or of what last happened to it.
func (d *deciding) referredOn(id string) time.Time {
	if r := d.state.referral(id); r != nil {
		return later(r.SentAt, r.AcknowledgedAt)
	}
	return d.state.StageSince
}

func (d *deciding) checkPast(given time.Time, field []string) *Refusal {
	if !given.After(d.now) {
		return nil
	}
	name := field[len(field)-1]
	return refuse(RefusedInFuture, field,
		fmt.Sprintf("%s %s is in the future; now it is %s", name, moment(given), moment(d.now)),
		fmt.Sprintf("%s %s 晚于当前时间 %s", name, moment(given), moment(d.now)))
}

func (d *deciding) checkBackdating(given time.Time) *Refusal {
	if !d.isBackdated(given) || d.command.BackdatingReason != "" {
		return nil
	}
	return refuse(RefusedBackdatingNoReason, at("backdatingReason"),
		fmt.Sprintf("%s lies more than 3 days back: say why in backdatingReason", moment(given)),
		fmt.Sprintf("%s 距今已超过3日，请填写补录原因", moment(given)))
}

// checkBetween refuses a date inside an act that is in the future or before something.
func (d *deciding) checkBetween(given, floor time.Time, what Term, parts ...any) *Refusal {
	if given.IsZero() {
		return nil
	}
	field := at(parts...)
	if refusal := d.checkPast(given, field); refusal != nil {
		return refusal
	}
	if earlierDay(given, floor) {
		name := field[len(field)-1]
		return refuse(RefusedOutOfOrder, field,
			fmt.Sprintf("%s %s is before %s, %s", name, moment(given), what.EN, moment(floor)),
			fmt.Sprintf("%s %s 早于%s %s", name, moment(given), what.ZH, moment(floor)))
	}
	return nil
}

// instant brings a given time to the record's precision and keeps "none" as none.
func instant(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return Instant(t)
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// earlierDay reports whether a lies on an earlier day than b in Asia/Shanghai.
func earlierDay(a, b time.Time) bool { return day(a) < day(b) }

// day writes the legal day of an instant, moment its minute, both in Asia/Shanghai.
func day(t time.Time) string    { return t.In(Shanghai).Format(time.DateOnly) }
func moment(t time.Time) string { return t.In(Shanghai).Format("2006-01-02 15:04") }
