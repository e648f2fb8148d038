package casefile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// Sentence tells an event in one sentence, as it reads in a timeline: who did what, and
// where the legal date is another day, when it counts. It names office-holders and units,
// which are public within the system, and parties only by their number.
func Sentence(e Event, dir Directory, lang Language) string {
	t := telling{dir: dir, lang: lang, event: e}
	sentence := e.Body.sentence(t)
	if sentence == "" {
		return e.Type()
	}
	if day(e.EffectiveAt) != day(e.At) {
		sentence += t.say(", as of "+day(e.EffectiveAt), "（日期："+day(e.EffectiveAt)+"）")
	}
	return sentence + t.say(".", "。")
}

type telling struct {
	dir   Directory
	lang  Language
	event Event
}

func (t telling) say(en, zh string) string {
	if t.lang == English {
		return en
	}
	return zh
}

// did puts the actor before what they did.
func (t telling) did(en, zh string) string { return t.actor() + t.say(" "+en, zh) }

func (t telling) actor() string {
	actor := t.event.Actor
	if actor.Role == RoleSystem {
		return t.say("The system", "系统")
	}
	name := t.person(actor.PersonID)
	role := t.label("Role", string(actor.Role))
	unit := t.unit(actor.UnitID)
	if name == "" {
		name = t.say("Somebody", "有关人员")
	}
	if unit == "" {
		return t.say(fmt.Sprintf("%s (%s)", name, role), fmt.Sprintf("%s（%s）", name, role))
	}
	return t.say(fmt.Sprintf("%s (%s, %s)", name, role, unit), fmt.Sprintf("%s（%s%s）", name, unit, role))
}

func (t telling) person(id string) string {
	if person, ok := t.dir.Person(id); ok && person.Name != "" {
		return person.Name
	}
	return id
}

func (t telling) unit(id string) string { return unitName(t.dir, id) }

func (t telling) label(enum, value string) string { return Label(enum, value, t.lang) }

func (t telling) intake() string {
	switch b := t.event.Body.(type) {
	case CaseRegistered:
		kind := t.label("CaseKind", string(b.Kind))
		if b.PetitionType != "" {
			kind = t.say(kind+" ("+t.label("PetitionType", string(b.PetitionType))+")",
				kind+"（"+t.label("PetitionType", string(b.PetitionType))+"）")
		}
		if b.Retaliation != nil {
			unit := t.unit(b.ResponsibleUnitID)
			return t.did(fmt.Sprintf("took down a report of retaliation, %s; %s looks into it", b.Number, unit),
				fmt.Sprintf("登记打击报复反映%s，由%s核查", b.Number, unit))
		}
		source, unit := t.label("CaseSource", string(b.Source)), t.unit(b.ResponsibleUnitID)
		if b.Imported {
			return t.did(fmt.Sprintf("imported %s %s, handled by %s", kind, b.Number, unit),
				fmt.Sprintf("导入%s%s，办理单位：%s", kind, b.Number, unit))
		}
		return t.did(fmt.Sprintf("registered %s %s (source: %s); %s answers for it", kind, b.Number, source, unit),
			fmt.Sprintf("登记%s%s（来源：%s），由%s负责", kind, b.Number, source, unit))
	case CaseAmended:
		en, zh := amendedFields(b.After)
		if slices.ContainsFunc(b.After.Parties, func(p Party) bool { return p.Outsider }) {
			en, zh = en+"; the accused is confirmed to be nobody of ours", zh+"，确认被检举控告人不属于本系统人员和单位"
		}
		return t.did("amended "+en, "更正了"+zh)
	case CaseAccepted:
		if b.Route != "" {
			route := t.label("LegalRoute", string(b.Route))
			return t.did("accepted the case ("+route+")", "受理案件（"+route+"）")
		}
		return t.did("accepted the case", "受理案件")
	case CaseTransferred:
		return t.did(fmt.Sprintf("transferred the case from %s to %s", t.unit(b.FromUnitID), t.unit(b.ToUnitID)),
			fmt.Sprintf("将案件由%s转送%s", t.unit(b.FromUnitID), t.unit(b.ToUnitID)))
	case CaseAssigned:
		return t.did("assigned the case to "+t.person(b.PersonID), "指定"+t.person(b.PersonID)+"承办")
	case NoteAdded:
		return t.did("added a note", "添加了备注")
	}
	return ""
}

// amendedFields names what was amended, never with its value.
func amendedFields(after AmendCase) (en, zh string) {
	var ens, zhs []string
	for _, field := range []struct {
		changed bool
		en, zh  string
	}{
		{after.Title != "", "the title", "标题"},
		{after.Narrative != "", "the narrative", "事由"},
		{after.Category != "", "the category", "类别"},
		{after.OccurrenceDivision != "" || after.OccurrenceAddress != "", "the place", "发生地"},
		{len(after.AddClaims) > 0, "the claims", "诉求"},
		{len(after.Parties) > 0, "the parties", "当事人"},
		{after.Amount != nil, "the amount", "金额"},
		{after.Headcount != nil, "the headcount", "人数"},
		{after.Scale != "", "the scale", "规模"},
		{after.Risk != "", "the risk", "风险等级"},
		{after.Confidentiality != "", "the confidentiality", "密级"},
		{after.Procedure != "", "the procedure", "适用程序"},
	} {
		if field.changed {
			ens, zhs = append(ens, field.en), append(zhs, field.zh)
		}
	}
	if len(ens) == 0 {
		return "the record", "登记内容"
	}
	return strings.Join(ens, ", "), strings.Join(zhs, "、")
}

func (t telling) mediation() string {
	switch b := t.event.Body.(type) {
	case MediationOpened:
		kind, mediator := t.label("MediationType", string(b.Type)), t.person(b.MediatorID)
		return t.did(fmt.Sprintf("opened %s %s at %s with %s as mediator", kind, b.MediationID, t.unit(b.UnitID), mediator),
			fmt.Sprintf("启动%s%s，由%s的%s主持", kind, b.MediationID, t.unit(b.UnitID), mediator))
	case ConsentRecorded:
		consent := t.label("Consent", string(b.Consent))
		return t.did(fmt.Sprintf("recorded the word of party %s on mediation %s: %s", b.PartyID, b.MediationID, consent),
			fmt.Sprintf("记录当事人%s对调解%s的意愿：%s", b.PartyID, b.MediationID, consent))
	case SessionScheduled:
		mode := t.label("SessionMode", string(b.Mode))
		return t.did(fmt.Sprintf("scheduled session %s for %s (%s)", b.SessionID, moment(b.ScheduledFor), mode),
			fmt.Sprintf("约定%s进行调解场次%s（%s）", moment(b.ScheduledFor), b.SessionID, mode))
	case SessionHeld:
		return t.did(fmt.Sprintf("recorded session %s, held on %s", b.SessionID, moment(b.HeldAt)),
			fmt.Sprintf("记录%s进行的调解场次%s", moment(b.HeldAt), b.SessionID))
	case MediationConcluded:
		outcome := t.label("MediationOutcome", string(b.Outcome))
		return t.did(fmt.Sprintf("concluded mediation %s: %s", b.MediationID, outcome),
			fmt.Sprintf("终结调解%s，结果：%s", b.MediationID, outcome))
	}
	return ""
}

func (t telling) concluded(b CaseConcluded) string {
	outcome := t.label("CaseOutcome", string(b.Outcome))
	en, zh := "The case was concluded", "案件办结"
	if b.Outcome != "" {
		en, zh = en+": "+outcome, zh+"，结果："+outcome
	}
	if b.OnTime != nil {
		if *b.OnTime {
			return t.say(en+" (on time)", zh+"（按期）")
		}
		return t.say(en+" (late)", zh+"（超期）")
	}
	return t.say(en, zh)
}

func (t telling) ending() string {
	switch b := t.event.Body.(type) {
	case EndProposed:
		en, zh := "proposed not to accept the case", "提出不予受理"
		switch {
		case b.Transfer != nil:
			en, zh = "proposed to transfer the case off the platform", "提出将案件转送平台以外的机关"
		case b.Merge != nil:
			who := telling{dir: t.dir, lang: t.lang, event: Event{EventHeader: EventHeader{Actor: b.Merge.By}}}
			return who.did("proposed to merge the case into "+t.otherCase(b.Merge.Into.Number)+"; notice "+b.NoticeID+" is written",
				"提出将本案并入"+t.otherCase(b.Merge.Into.Number)+"，制作文书"+b.NoticeID)
		case b.Withdraw != nil:
			en, zh = "took down the wish of party "+b.Withdraw.PartyID+" to withdraw the case", "登记当事人"+b.Withdraw.PartyID+"的撤回申请"
		}
		return t.did(en+"; notice "+b.NoticeID+" is written", zh+"，制作文书"+b.NoticeID)
	case EndVerified:
		return t.did("verified the proposed end", "核查后同意终结")
	case EndRejected:
		return t.did("rejected the proposed end", "核查后不同意终结，退回继续办理")
	case CaseEnded:
		end := t.label("CaseStage", string(b.End))
		return t.say("The case ended: "+end, "案件终结："+end)
	case ClosureRequested:
		outcome := t.label("CaseOutcome", string(b.Outcome))
		return t.did("requested closure: "+outcome, "申请结案，结果："+outcome)
	case ClosureVerified:
		return t.did("verified the closure", "核查后同意结案")
	case ClosureRejected:
		return t.did("rejected the closure; the case goes back to its investigation", "核查后不同意结案，案件退回调查")
	case FollowedUp:
		return t.followedUp(b)
	case ReworkOrdered:
		return t.say("The case went back to work after follow-up "+b.FollowUpID, "因回访"+b.FollowUpID+"退回返工")
	case CaseClosed:
		return t.say("The file was closed", "案件归档")
	case CaseReopened:
		if b.UndoesWithdrawal {
			return t.did(fmt.Sprintf("reopened the case, its withdrawal undone by the party in time; round %d begins", b.Round),
				fmt.Sprintf("因当事人在期限内反悔撤回，重新启动案件，进入第%d轮", b.Round))
		}
		return t.did(fmt.Sprintf("reopened the case; round %d begins", b.Round), fmt.Sprintf("重新启动案件，进入第%d轮", b.Round))
	}
	return ""
}

func (t telling) followedUp(b FollowedUp) string {
	result := t.label("FollowUpResult", string(b.Result))
	en := fmt.Sprintf("recorded the follow-up of party %s: %s", b.PartyID, result)
	zh := fmt.Sprintf("记录对当事人%s的回访：%s", b.PartyID, result)
	if b.Satisfaction != nil {
		en += fmt.Sprintf(", satisfaction %d of 5", *b.Satisfaction)
		zh += fmt.Sprintf("，满意度%d分（满分5分）", *b.Satisfaction)
	}
	return t.did(en, zh)
}

func (t telling) clock() string {
	switch b := t.event.Body.(type) {
	case DeadlineStarted:
		en, zh := "The "+b.Deadline.Label(English)+" clock", b.Deadline.Label(Chinese)+"时限"
		if b.Deadline.Step == "" {
			en, zh = clockName("", b.Deadline.ID)
		}
		return t.say(en+" started; it runs out on "+day(b.Deadline.DueAt), zh+"开始计算，至"+day(b.Deadline.DueAt)+"届满")
	case DeadlineWarned:
		en, zh := clockName(b.Step, b.DeadlineID)
		return t.say(en+" is about to run out (yellow)", zh+"即将届满，亮黄灯")
	case DeadlineMet:
		en, zh := clockName(b.Step, b.DeadlineID)
		if b.Lifts {
			return t.say(en+" was met in time after all: the act was only written down late", zh+"实际按期办结，系补录，撤销超期记录")
		}
		return t.say(en+" stopped: what it waited for was done", zh+"停止计算，应办事项已完成")
	case DeadlineMissed:
		en, zh := clockName(b.Step, b.DeadlineID)
		if slices.Contains(challengeSteps, b.Step) {
			return t.say(en+" ran out; whether it was used is not recorded here", zh+"届满，本系统未记载是否行使")
		}
		if slices.Contains(lapsingSteps, b.Step) {
			return t.say(en+" ran out unused: the right has lapsed", zh+"届满未行使，权利消灭")
		}
		return t.say(en+" ran out (red)", zh+"届满未办，亮红灯")
	case DeadlineCancelled:
		en, zh := clockName(b.Step, b.DeadlineID)
		return t.say(en+" was cancelled", zh+"不再计算")
	case DeadlineResumed:
		en, zh := clockName(b.Step, b.DeadlineID)
		return t.say(en+" runs on with its old due day", zh+"恢复计算，届满日不变")
	case DeadlineSuspended:
		en, zh := clockName(b.Step, b.DeadlineID)
		reason := procedure.Label("Pause", string(b.Pause.Reason))
		return t.did("suspended "+lowered(en)+": "+reason.EN, "中止"+zh+"的计算，事由："+reason.ZH)
	case DeadlineContinued:
		en, zh := clockName(b.Step, b.DeadlineID)
		return t.did("resumed "+lowered(en)+"; it now runs out on "+day(b.Counted.DueAt), "恢复"+zh+"的计算，至"+day(b.Counted.DueAt)+"届满")
	case PauseOutlasted:
		en, zh := clockName(b.Step, b.DeadlineID)
		return t.say(en+" is still suspended after the day on which that was expected to end", zh+"的中止已超过预计期限，尚未恢复计算")
	case ExtensionRequested:
		en, zh := clockName(b.Step, b.DeadlineID)
		length := fmt.Sprintf("%d", b.Extension.Length)
		return t.did("asked to extend "+lowered(en)+" by "+length+" ("+t.label("DayUnit", string(b.Extension.Unit))+")",
			"申请延长"+zh+length+"（"+t.label("DayUnit", string(b.Extension.Unit))+"）")
	case ExtensionDecided:
		en, zh := clockName(b.Step, b.DeadlineID)
		if !b.Approved {
			return t.did("refused to extend "+lowered(en), "不同意延长"+zh)
		}
		due := "?"
		if b.Counted != nil {
			due = day(b.Counted.DueAt)
		}
		return t.did("extended "+lowered(en)+" to "+due, "批准延长"+zh+"至"+due)
	case DeadlineRecounted:
		en, zh := clockName(b.Step, b.DeadlineID)
		en, zh = en+" was counted anew by the calendar now in force: ", zh+"按现行工作日历重新计算："
		switch before, now := day(b.Before), day(b.Counted.DueAt); {
		case before != now:
			return t.say(en+before+" became "+now, zh+"由"+before+"变为"+now)
		case b.Counted.Provisional:
			return t.say(en+now+" stands, provisionally", zh+"仍为"+now+"，暂定")
		default:
			return t.say(en+now+" stands, and is no longer provisional", zh+"仍为"+now+"，不再是暂定")
		}
	}
	return ""
}

// clockName calls a clock by its step; by its number where an old record doesn't say it.
func clockName(step, id string) (en, zh string) {
	if step == "" {
		return "The clock " + id, "时限" + id
	}
	return "The " + StepLabel(step, English) + " clock", StepLabel(step, Chinese) + "时限"
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// lowered is a clock's name within a sentence.
func lowered(name string) string { return "t" + name[1:] }

// procedureName is what users read for a procedure; an unknown one is its own code.
func procedureName(code, from string) procedure.Text {
	if p, ok := ShippedLaw().procedureOn(code, procedure.Date(from)); ok {
		return p.Name
	}
	return procedure.Text{ZH: code, EN: code}
}

// StepLabel returns what users read for the step of a deadline; an unknown step is its own
// label.
func StepLabel(step string, lang Language) string {
	for _, term := range stepTerms {
		if term.Value == step {
			return term.Label(lang)
		}
	}
	return step
}

// stepTerms are the steps of the shipped catalogue, each by its shortest name.
var stepTerms = func() []Term {
	terms := []Term{{StepAcceptance, "受理", "acceptance"}, {StepHandling, "办理", "handling"}}
	at := map[string]int{StepAcceptance: 0, StepHandling: 1}
	for _, p := range ShippedLaw().Catalogue().All() {
		for _, step := range p.Steps {
			i, known := at[step.Code]
			switch {
			case !known:
				at[step.Code] = len(terms)
				terms = append(terms, Term{step.Code, step.Name.ZH, step.Name.EN})
			case i > 1 && len(step.Name.ZH) < len(terms[i].ZH):
				terms[i].ZH, terms[i].EN = step.Name.ZH, step.Name.EN
			}
		}
	}
	return terms
}()

// lapsingSteps are the citizens' windows of the shipped catalogue: nobody is late with them.
var lapsingSteps = func() []string {
	var codes []string
	for _, p := range ShippedLaw().Catalogue().All() {
		for _, step := range p.Steps {
			if step.OnExpiry.Effect == procedure.EffectRightLapses && !slices.Contains(codes, step.Code) {
				codes = append(codes, step.Code)
			}
		}
	}
	return codes
}()
