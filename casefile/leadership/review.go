package leadership

import (
	"fmt"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// RecordPackageReview (包案调度、稳控回查) records how the package stands: progress, what was
// offered to the people concerned, which milestones were reached, and what petitioners said.
type RecordPackageReview struct {
	Progress    casefile.TextID `json:"progress"`
	Help        casefile.TextID `json:"help,omitempty"`
	Explanation casefile.TextID `json:"explanation,omitempty"`
	Contact     casefile.TextID `json:"contact,omitempty"`
	// MilestonesDone are ids of milestones.
	MilestonesDone []string       `json:"milestonesDone,omitempty"`
	Members        []MemberReview `json:"members,omitempty"`
}

// MemberReview is what a review says of one member case.
type MemberReview struct {
	CaseID string `json:"caseId"`
	// Outcome is for a case that had ended before it joined.
	Outcome casefile.Outcome `json:"outcome,omitempty"`
	// Asked is what came of asking those who brought the matter. At and By follow from the act.
	Asked *Asked `json:"asked,omitempty"`
}

func (RecordPackageReview) actName() string { return "RecordPackageReview" }

var reviewActs = []actKind{actOf[RecordPackageReview](actRule{
	statuses: []Status{Open, Stabilised},
	who: authority{
		leader: true, team: true, responsible: []casefile.Role{casefile.RoleManager, casefile.RoleLeader},
	},
})}

func (a RecordPackageReview) decide(d *deciding) *casefile.Refusal {
	if refusal := first(
		required(a.Progress, "进展情况", "progress"), checkCount(len(a.MilestonesDone), maxMilestones, "节点", "milestonesDone"),
		checkCount(len(a.Members), maxCases, "案件", "members"),
	); refusal != nil {
		return refusal
	}
	if d.state.Status == Stabilised && a.Help == "" && a.Explanation == "" && a.Contact == "" {
		return refuse(casefile.RefusedRequired, at("help"),
			"a stabilised package is reviewed with what was offered: help, explanation or contact",
			"稳控包案的回查应记录所提供的帮扶、解释或联系情况之一")
	}
	for i, id := range a.MilestonesDone {
		if refusal := d.checkMilestone(id, a.MilestonesDone[:i], i); refusal != nil {
			return refusal
		}
	}
	for i, m := range a.Members {
		if refusal := d.checkMemberReview(m, i); refusal != nil {
			return refusal
		}
	}
	recorded := ReviewRecorded{ReviewID: fmt.Sprintf("R%d", len(d.state.Reviews)+1), RecordPackageReview: a}
	d.emit(recorded)
	for _, m := range d.state.Milestones {
		if deadline, ok := d.state.Deadline(m.DeadlineID); ok && slices.Contains(a.MilestonesDone, m.ID) {
			d.settle(deadline, "ReviewRecorded")
		}
	}
	step := d.reviewStep()
	d.meet(step, "ReviewRecorded")
	d.start(step, d.effectiveAt)
	return nil
}

func (d *deciding) reviewStep() string {
	if d.state.Status == Stabilised {
		return StepStabilisedReview
	}
	return StepReview
}

func (d *deciding) checkMilestone(id string, before []string, i int) *casefile.Refusal {
	for _, m := range d.state.Milestones {
		if m.ID == id && !m.Dropped && m.DoneAt.IsZero() && !slices.Contains(before, id) {
			return nil
		}
	}
	return refuse(casefile.RefusedNotFound, at("milestonesDone", i),
		fmt.Sprintf("%q is no milestone of the plan that is still to be reached", id), fmt.Sprintf("方案中没有待完成的节点%q", id))
}

func (d *deciding) checkMemberReview(r MemberReview, i int) *casefile.Refusal {
	member, ok := d.state.Member(r.CaseID)
	if !ok || member.Status != Joined {
		return refuse(casefile.RefusedNotFound, at("members", i, "caseId"), "the case is not in the package", "该案件不在包案内")
	}
	if r.Outcome != "" {
		if refusal := checkTerm(casefile.Terms("CaseOutcome"), "CaseOutcome", string(r.Outcome), "结果", "members", i, "outcome"); refusal != nil {
			return refusal
		}
		if !member.Legacy {
			return refuse(casefile.RefusedInvalid, at("members", i, "outcome"),
				"case "+member.Number+" is handled by itself and brings its own outcome", "案件"+member.Number+"正在办理，其结果以案件自身办结为准")
		}
	}
	if r.Asked == nil {
		return nil
	}
	if refusal := first(
		checkTerm(casefile.Terms("FollowUpResult"), "FollowUpResult", string(r.Asked.Result), "征询结果", "members", i, "asked", "result"),
		checkTerm(casefile.Terms("FollowUpMethod"), "FollowUpMethod", string(r.Asked.Method), "征询方式", "members", i, "asked", "method"),
	); refusal != nil {
		return refusal
	}
	answered := r.Asked.Result == casefile.FollowUpAnswered
	switch score := r.Asked.Satisfaction; {
	case r.Asked.Result == casefile.FollowUpDefaulted:
		return refuse(casefile.RefusedInvalid, at("members", i, "asked", "result"),
			"the petitioner of a package is asked by a person: ANSWERED, UNREACHABLE or DECLINED", "包案应由专人征询信访人意见，不得默认评价")
	case score != nil && !answered:
		return refuse(casefile.RefusedInvalid, at("members", i, "asked", "satisfaction"),
			"a score is given only where somebody answered", "仅在得到答复时填写满意度")
	case score != nil && (*score < 1 || *score > 5):
		return refuse(casefile.RefusedInvalid, at("members", i, "asked", "satisfaction"),
			fmt.Sprintf("satisfaction %d is not from 1 to 5", *score), fmt.Sprintf("满意度%d不在1至5分之间", *score))
	case !member.Standing.Concluded:
		return refuse(casefile.RefusedWrongStage, at("members", i, "asked"),
			"case "+member.Number+" is not concluded: there is no result to ask about yet", "案件"+member.Number+"尚未办结，还不能就结果征询意见")
	}
	return nil
}

// ReviewRecorded records a review.
type ReviewRecorded struct {
	ReviewID string `json:"reviewId"`
	RecordPackageReview
}

func (ReviewRecorded) eventType() string { return "ReviewRecorded" }

func (b ReviewRecorded) apply(s *State, e Event) {
	s.Reviews = appended(s.Reviews, Review{
		ID: b.ReviewID, At: e.EffectiveAt, By: e.Actor.PersonID, Progress: b.Progress,
		Help: b.Help, Explanation: b.Explanation, Contact: b.Contact,
	})
	s.Milestones = changed(s.Milestones, func(m Milestone) bool { return slices.Contains(b.MilestonesDone, m.ID) },
		func(m *Milestone) { m.DoneAt = e.EffectiveAt })
	for _, review := range b.Members {
		s.Members = s.updateMember(review.CaseID, func(m *Member) {
			if review.Outcome != "" {
				m.Outcome = review.Outcome
			}
			if review.Asked != nil {
				asked := *review.Asked
				asked.At, asked.By = e.EffectiveAt, e.Actor.PersonID
				m.Asked = &asked
			}
		})
	}
}

func (b ReviewRecorded) sentence(t telling) string {
	en, zh := "recorded review "+b.ReviewID+" of the package", "记录包案调度"+b.ReviewID
	if n := len(b.MilestonesDone); n > 0 {
		en, zh = en+fmt.Sprintf("; %s reached", count(n, "milestone")), zh+fmt.Sprintf("，完成节点%d个", n)
	}
	asked := 0
	for _, m := range b.Members {
		if m.Asked != nil {
			asked++
		}
	}
	if asked > 0 {
		en, zh = en+fmt.Sprintf("; petitioners of %s asked", count(asked, "case")), zh+fmt.Sprintf("，征询%d件案件信访人意见", asked)
	}
	return t.did(en, zh)
}

var reviewEvents = []eventKind{eventOf[ReviewRecorded]()}
