package leadership

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// ConcludePackage proposes how the package ends: resolved (化解), or stabilised (稳控) for the
// time being. A second person signs it by ApprovePackage.
type ConcludePackage struct {
	Outcome Outcome         `json:"outcome"`
	Summary casefile.TextID `json:"summary"`
}

func (ConcludePackage) actName() string { return "ConcludePackage" }

var concludingActs = []actKind{actOf[ConcludePackage](actRule{
	statuses: []Status{Open, Stabilised},
	who: authority{
		leader: true, team: true, responsible: []casefile.Role{casefile.RoleManager, casefile.RoleLeader},
	},
	ready: func(s State, _ casefile.Actor) *casefile.Refusal {
		if s.Pending == nil {
			return nil
		}
		return refuse(casefile.RefusedAlreadyDone, nil, "an end is proposed already and waits for the second signature", "已提请包案结果，正等待会签")
	},
})}

func (a ConcludePackage) decide(d *deciding) *casefile.Refusal {
	if refusal := first(
		checkTerm(termsByEnum["PackageOutcome"], "PackageOutcome", string(a.Outcome), "结果", "outcome"),
		required(a.Summary, "办理情况", "summary"), d.checkEnd(a.Outcome),
	); refusal != nil {
		return refusal
	}
	d.emit(EndProposed(a))
	return nil
}

// checkEnd refuses an end for which the package isn't ready: on its own table of members
// every one must be concluded and its petitioner asked to be resolved; to be stabilised,
// something must have been offered to the people concerned.
func (d *deciding) checkEnd(outcome Outcome) *casefile.Refusal {
	if outcome == OutcomeStabilised {
		return d.checkStabilised()
	}
	members := d.state.Current()
	if len(members) == 0 {
		return notReady("the package has no case", "包案内没有案件")
	}
	if len(d.state.Intents()) > 0 {
		return notReady("some cases have not answered yet whether they joined or left", "部分案件的列入或移出尚未确认")
	}
	for _, check := range []struct {
		lacks  func(Member) bool
		en, zh string
	}{
		{func(m Member) bool { return !m.Standing.Concluded }, "these cases are not concluded: ", "下列案件尚未办结："},
		{func(m Member) bool { return m.Legacy && m.Outcome == "" }, "these cases ended before they joined and have no outcome in the package yet: ", "下列历史案件尚未填写包案结果："},
		{func(m Member) bool { return m.Asked == nil }, "the petitioners of these cases have not been asked: ", "下列案件尚未征询信访人意见："},
	} {
		var numbers []string
		for _, m := range members {
			if check.lacks(m) {
				numbers = append(numbers, m.Number)
			}
		}
		if len(numbers) > 0 {
			return notReady(check.en+strings.Join(numbers, ", "), check.zh+strings.Join(numbers, "、"))
		}
	}
	return nil
}

func (d *deciding) checkStabilised() *casefile.Refusal {
	if d.state.Status == Stabilised {
		return refuse(casefile.RefusedAlreadyDone, at("outcome"), "the package is stabilised already", "包案已处于稳控状态")
	}
	offered := func(r Review) bool {
		return r.Help != "" || r.Explanation != "" || r.Contact != ""
	}
	if !slices.ContainsFunc(d.state.Reviews, offered) {
		return notReady("no review says which help, explanation or contact was offered", "尚无记录提供帮扶、解释或联系情况的调度")
	}
	return nil
}

// notReady refuses an end by what RESOLVED and STABILISED want of a package, which no text says.
func notReady(en, zh string) *casefile.Refusal {
	return refuse(casefile.RefusedIncomplete, at("outcome"),
		fmt.Sprintf("%s (what an outcome of a package needs: %s)", en, unwritten().EN),
		fmt.Sprintf("%s（包案结果的条件：%s）", zh, unwritten().ZH))
}

// readyToResolve reports whether nothing stands against RESOLVED but the signatures.
func (s State) readyToResolve() bool {
	d := deciding{state: s}
	return s.Status.Holds() && d.checkEnd(OutcomeResolved) == nil
}

// sign is the second person's yes to a proposed end. What the end needs must still be so.
func (d *deciding) sign(a ApprovePackage) *casefile.Refusal {
	outcome := d.state.Pending.Outcome
	if refusal := d.checkEnd(outcome); refusal != nil {
		refusal.Field = nil
		return refusal
	}
	d.meet(StepDuty, "EndSigned")
	settled := func(step string) bool { return outcome == OutcomeResolved || step != StepMilestone }
	d.settleAll("EndSigned", settled)
	d.emit(EndSigned{Outcome: outcome, Comment: a.Reason})
	if outcome == OutcomeStabilised {
		d.start(StepStabilisedReview, d.effectiveAt)
	}
	return nil
}

// EndProposed asks for the second signature on an end.
type EndProposed struct {
	Outcome Outcome         `json:"outcome"`
	Summary casefile.TextID `json:"summary"`
}

// EndRejected takes a proposed end back: the second person said no, or, without a reason,
// a member case changed meanwhile.
type EndRejected struct {
	Reason casefile.TextID `json:"reason,omitempty"`
}

// EndSigned is the second person's yes.
type EndSigned struct {
	Outcome Outcome         `json:"outcome"`
	Comment casefile.TextID `json:"comment,omitempty"`
}

func (EndProposed) eventType() string { return "EndProposed" }
func (EndRejected) eventType() string { return "EndRejected" }
func (EndSigned) eventType() string   { return "EndSigned" }

func (b EndProposed) apply(s *State, e Event) {
	s.Pending = &Pending{Outcome: b.Outcome, Summary: b.Summary, By: e.Actor.PersonID, At: e.EffectiveAt}
}

func (EndRejected) apply(s *State, _ Event) { s.Pending = nil }

func (b EndSigned) apply(s *State, e Event) {
	s.Pending = nil
	if b.Outcome == OutcomeStabilised {
		s.StabilisedAt = e.EffectiveAt
		s.enter(Stabilised, e.EffectiveAt)
		return
	}
	s.ResolvedAt = e.EffectiveAt
	s.enter(Resolved, e.EffectiveAt)
}

func (b EndProposed) sentence(t telling) string {
	outcome := t.label("PackageOutcome", string(b.Outcome))
	return t.did("proposed to conclude the package: "+outcome, "提请包案结果："+outcome)
}

func (b EndRejected) sentence(t telling) string {
	if b.Reason == "" {
		return t.say("The proposed end lapsed: a member case changed", "成员案件发生变化，所提包案结果失效")
	}
	return t.did("did not sign the proposed end", "不同意所提包案结果")
}

func (b EndSigned) sentence(t telling) string {
	outcome := t.label("PackageOutcome", string(b.Outcome))
	return t.did("signed the package's end: "+outcome, "会签同意包案结果："+outcome)
}

var concludingEvents = []eventKind{eventOf[EndProposed](), eventOf[EndRejected](), eventOf[EndSigned]()}
