package casefile

import (
	"fmt"
	"strings"
)

// What a case must have, besides its stage, before it takes an act.

// competent refuses to accept an accusation where no competent organ holds it: the centre
// and the petition office pass it on.
// Nor is a petition accepted that brings again what a re-review has answered for good.
func competent(state State, dir Directory) *Refusal {
	if link := state.repeatsFinal(); link != nil {
		return refuse(RefusedAlreadyDone, nil,
			fmt.Sprintf("it repeats case %s, which a re-review has answered for good: the same facts and reasons are not accepted again; "+
				"declineCase with FINAL_AFTER_RE_REVIEW (Regulations on Petition Work, art. 36)", link.Number),
			fmt.Sprintf("本事项重复提出已复核终结的案件 %s，以同一事实和理由提出的不再受理，请按“复核终结”不予受理（《信访工作条例》第三十六条）", link.Number))
	}
	if state.PetitionType != Accusation {
		return nil
	}
	if unit, ok := dir.Unit(state.ResponsibleUnitID); ok && competentForAccusations(unit.Kind) {
		return nil
	}
	return refuse(RefusedNotCompetent, nil,
		"an accusation is not accepted here: transfer it to the organ that is competent for it "+
			"(Regulations on Petition Work, art. 30)",
		"检举控告类事项不由本单位受理，应当转送有权处理的机关（《信访工作条例》第三十条）")
}

func notYetConcluded(state State, _ Directory) *Refusal {
	if state.Outcome == "" {
		return nil
	}
	return refuse(RefusedAlreadyDone, nil,
		fmt.Sprintf("the case has been concluded: %s", Label("CaseOutcome", string(state.Outcome), English)),
		fmt.Sprintf("案件已办结：%s", Label("CaseOutcome", string(state.Outcome), Chinese)))
}

func notYetInvestigated(state State, _ Directory) *Refusal {
	if state.Path == "" {
		return nil
	}
	return refuse(RefusedAlreadyDone, nil,
		"the investigation has been concluded", "调查已经终结")
}

func noMediationYet(state State, _ Directory) *Refusal {
	if refusal := notYetConcluded(state, nil); refusal != nil {
		return refusal
	}
	if m := state.openMediation(); m != nil {
		return refuse(RefusedAlreadyDone, nil,
			fmt.Sprintf("mediation %s is still open", m.ID), fmt.Sprintf("调解 %s 尚未结束", m.ID))
	}
	return notTakenByClerksChoice(state)
}

func mediationOpen(state State, _ Directory) *Refusal {
	if state.openMediation() != nil {
		return nil
	}
	if refusal := notYetConcluded(state, nil); refusal != nil {
		return refusal
	}
	return refuse(RefusedIncomplete, nil,
		"no mediation is open: open one first", "尚未开始调解，请先开始调解")
}

// mediationMayGoOn refuses to go on mediating without the consent that its type needs.
func mediationMayGoOn(state State, _ Directory) *Refusal {
	if refusal := mediationOpen(state, nil); refusal != nil {
		return refusal
	}
	m := *state.openMediation()
	return first(mediatorNamed(m), checkConsents(state, m))
}

func notYetDecided(state State, _ Directory) *Refusal {
	if refusal := notYetConcluded(state, nil); refusal != nil {
		return refusal
	}
	if decision := state.pendingDecision(); decision != nil {
		return refuse(RefusedAlreadyDone, nil,
			fmt.Sprintf("decision %s has been issued and waits for service of notice %s", decision.ID, decision.NoticeID),
			fmt.Sprintf("处理意见 %s 已作出，等待送达文书 %s", decision.ID, decision.NoticeID))
	}
	return nil
}

func serviceOwed(state State, _ Directory) *Refusal {
	for _, notice := range state.Notices {
		if notice.Owed() {
			return nil
		}
	}
	return refuse(RefusedAlreadyDone, nil,
		"no notice of this case waits for service", "本案没有待送达的文书")
}

// closureMayBeAsked wants a conclusion, or facts that close the case without one, and that
// the parties have been told their remedies where a mediation failed.
func closureMayBeAsked(state State, _ Directory) *Refusal {
	if state.Outcome == "" && (state.Stage != StageInvestigation || state.Path != PathClose) {
		return refuse(RefusedIncomplete, nil,
			"the case has not been concluded yet", "案件尚未办结")
	}
	if refusal := first(leadAnswered(state), referralsBack(state), returnedBeforeClosure(state), reported(state)); refusal != nil {
		return refusal
	}
	for _, notice := range state.Notices {
		if notice.Kind == NoticeMediationFailed && notice.Owed() {
			return refuse(RefusedIncomplete, nil,
				fmt.Sprintf("notice %s must be served first on %s", notice.ID, strings.Join(notice.unserved(), ", ")),
				fmt.Sprintf("文书 %s 应先送达 %s", notice.ID, strings.Join(notice.unserved(), "、")))
		}
	}
	return nil
}

// leadAnswered wants the lead's reply in before the case is closed; what assistants still owe
// is taken back with its end.
func leadAnswered(state State) *Refusal {
	lead := state.leadOwed()
	switch {
	case lead == nil:
		return nil
	case lead.Open():
		return refuse(RefusedIncomplete, nil,
			fmt.Sprintf("the lead unit has not replied to dispatch %s: wait for it, or take the dispatch back", lead.ID),
			fmt.Sprintf("主办单位尚未回复派单 %s，请待其回复或者收回派单", lead.ID))
	}
	return refuse(RefusedIncomplete, nil,
		fmt.Sprintf("the lead unit sent dispatch %s back: dispatch the case to another unit, or take it back", lead.ID),
		fmt.Sprintf("主办单位已退回派单 %s，请改派其他单位或者收回派单", lead.ID))
}

// withdrawable refuses to withdraw what has been answered, and what nobody brought under a
// name.
func withdrawable(state State, dir Directory) *Refusal {
	if len(state.initiators()) == 0 {
		return refuse(RefusedIncomplete, nil,
			"nobody brought this case under a name, so nobody can withdraw it", "本案没有实名申请人或信访人，不能撤回")
	}
	return notYetDecided(state, dir)
}

func notYetVerified(state State, _ Directory) *Refusal {
	if state.Pending == nil || !state.Pending.Verified {
		return nil
	}
	return refuse(RefusedAlreadyDone, nil,
		"this end has been verified and waits for service of its notice",
		"该终结已经核查，等待文书送达")
}
