package casefile

import (
	"fmt"
	"slices"
)

// reviewMayBeAsked is ready where a written opinion stands that can still be reviewed, or
// reviewed again. That the window has run out is no reason to refuse: a late request is
// recorded, and the reviewing organ answers it.
func reviewMayBeAsked(stage Stage) func(State, Directory) *Refusal {
	return func(s State, dir Directory) *Refusal {
		if refusal := reviewable(s); refusal != nil {
			return refusal
		}
		if refusal := rightTurn(s, stage); refusal != nil {
			return refusal
		}
		if len(s.mayAsk()) == 0 {
			return refuse(RefusedAlreadyDone, nil,
				"nobody who brought the matter under a name is left to ask", "没有其他实名信访人可以提出请求")
		}
		if s.openReview() == nil && len(reviewOrgans(s, dir, stage)) == 0 {
			return refuse(RefusedIncomplete, nil,
				"the directory knows no organ above that could review this",
				"单位目录中没有可以复查复核的上一级机关、单位")
		}
		return nil
	}
}

// reviewable wants an opinion on an appeal that stands and that no re-review made final.
func reviewable(s State) *Refusal {
	switch {
	case s.PetitionType != Appeal:
		return refuse(RefusedInvalid, nil,
			"only an appeal is reviewed (Regulations on Petition Work, arts. 31, 35)",
			"只有申诉求决类事项可以请求复查、复核（《信访工作条例》第三十一条、第三十五条）")
	case s.lastDecision() == nil && s.Reply == "":
		return refuse(RefusedIncomplete, nil,
			"there is no written opinion yet that could be reviewed (Regulations on Petition Work, art. 35)",
			"尚未作出信访处理意见，不能请求复查（《信访工作条例》第三十五条）")
	case s.Outcome == "":
		return refuse(RefusedIncomplete, nil,
			"the opinion has not been served, or the matter is being handled anew: a request is taken down "+
				"under its own date once an opinion stands (Regulations on Petition Work, art. 35)",
			"处理意见尚未送达，或者事项正在重新办理；处理意见送达后可按实际提出日期登记请求（《信访工作条例》第三十五条）")
	case s.Final():
		return refuse(RefusedAlreadyDone, nil,
			"the re-review has answered this for good: the same facts and reasons are not accepted again "+
				"(Regulations on Petition Work, art. 36)",
			"本事项已经复核终结，以同一事实和理由提出的不再受理（《信访工作条例》第三十六条）")
	}
	return nil
}

// rightTurn wants a review before a re-review, and only one of each.
func rightTurn(s State, stage Stage) *Refusal {
	if open := s.openReview(); open != nil && open.Outcome != "" {
		return refuse(RefusedAlreadyDone, nil,
			fmt.Sprintf("review %s has been answered and waits for service of notice %s", open.ID, open.NoticeID),
			fmt.Sprintf("%s意见已作出，等待送达文书 %s", Label("CaseStage", string(open.Stage), Chinese), open.NoticeID))
	}
	reviewed := s.answeredReview(s.opinionUnderReview(), StageReview)
	switch {
	case stage == StageReview && reviewed != nil:
		return refuse(RefusedAlreadyDone, nil,
			fmt.Sprintf("this opinion has been reviewed (%s): what is open is a re-review (Regulations on Petition Work, art. 36)", reviewed.ID),
			"该处理意见已经复查，可以请求复核（《信访工作条例》第三十六条）")
	case stage == StageReReview && reviewed == nil:
		return refuse(RefusedIncomplete, nil,
			"a re-review follows a review opinion, and there is none (Regulations on Petition Work, arts. 35, 36)",
			"尚无复查意见，应当先请求复查（《信访工作条例》第三十五条、第三十六条）")
	}
	return nil
}

// opinionUnderReview is the id of the opinion that stands; empty for an imported answer.
func (s State) opinionUnderReview() string {
	if last := s.lastDecision(); last != nil {
		return last.ID
	}
	return ""
}

// mayAsk lists the petitioners who have not asked for the review that is open.
func (s State) mayAsk() []string {
	open := s.openReview()
	return slices.DeleteFunc(s.initiators(), func(party string) bool { return open != nil && open.AskedBy(party) })
}

func reviewUnanswered(s State, _ Directory) *Refusal {
	open := s.openReview()
	if open == nil || open.Outcome == "" {
		return nil
	}
	return refuse(RefusedAlreadyDone, nil,
		fmt.Sprintf("review %s has been answered and waits for service of notice %s", open.ID, open.NoticeID),
		fmt.Sprintf("%s意见已作出，等待送达文书 %s", Label("CaseStage", string(open.Stage), Chinese), open.NoticeID))
}

// reviewOrgans lists the units that may review: the superiors of the unit that decided, or,
// for a re-review, of the one that reviewed. Where the directory names no superior it is the
// supervising unit.
func reviewOrgans(s State, dir Directory, stage Stage) []string {
	below := s.ResponsibleUnitID
	taken := []string{below}
	if stage == StageReReview {
		if reviewed := s.answeredReview(s.opinionUnderReview(), StageReview); reviewed != nil {
			below = reviewed.UnitID
			taken = append(taken, below)
		}
	}
	unit, ok := dir.Unit(below)
	if !ok {
		return nil
	}
	fits := func(id string) bool {
		_, known := dir.Unit(id)
		return known && !slices.Contains(taken, id) && !closedTo(s.Exclusions, id, dir)
	}
	var organs []string
	for _, id := range unit.SuperiorUnitIDs {
		if fits(id) {
			organs = append(organs, id)
		}
	}
	if len(unit.SuperiorUnitIDs) == 0 && unit.SupervisingUnitID != "" && fits(unit.SupervisingUnitID) &&
		!atOrBelow(unit.SupervisingUnitID, below, dir) {
		organs = append(organs, unit.SupervisingUnitID)
	}
	return organs
}

// apartFromReviewed refuses a review by somebody who handled what is reviewed, or issued the
// opinion that is reviewed again.
func apartFromReviewed(s State, personID string) *Refusal {
	if personID == s.HandlerID || slices.Contains(s.HandledBy, personID) {
		return samePerson("you handled this case, so another person must review it", "您办理过本案，应由他人复查、复核")
	}
	open := s.openReview()
	for _, r := range s.Reviews {
		if open != nil && r.Stage != open.Stage && r.DecisionID == open.DecisionID && r.DecidedBy == personID {
			return samePerson("you issued the opinion that is reviewed again, so another person must do that",
				"该复查意见由您出具，应由他人复核")
		}
	}
	return nil
}
