package leadership

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// SetPackagePlan (化解方案) sets what is to be done by when. It replaces the milestones that
// are not reached yet; those that are stay.
type SetPackagePlan struct {
	Milestones []PlannedMilestone `json:"milestones"`
}

// PlannedMilestone is one thing to be done by a day.
type PlannedMilestone struct {
	Title casefile.TextID `json:"title"`
	DueOn string          `json:"dueOn"` // YYYY-MM-DD, Asia/Shanghai
}

func (SetPackagePlan) actName() string { return "SetPackagePlan" }

var planActs = []actKind{actOf[SetPackagePlan](actRule{
	statuses: []Status{Open, Stabilised},
	who: authority{
		leader: true, team: true, responsible: []casefile.Role{casefile.RoleManager, casefile.RoleLeader, casefile.RoleClerk},
	},
})}

const maxMilestones = 50

func (a SetPackagePlan) decide(d *deciding) *casefile.Refusal {
	if len(a.Milestones) == 0 {
		return refuse(casefile.RefusedRequired, at("milestones"), "milestones is required: a plan has one at least", "方案至少应有一个节点")
	}
	if refusal := checkCount(len(a.Milestones)+len(d.state.Milestones), maxMilestones, "节点", "milestones"); refusal != nil {
		return refusal
	}
	set := PlanSet{}
	for i, m := range a.Milestones {
		if refusal := first(
			required(m.Title, "节点内容", "milestones", i, "title"), checkDay(m.DueOn, day(d.now), "节点日期", "milestones", i, "dueOn"),
		); refusal != nil {
			return refusal
		}
		if d.state.DueBy != "" && m.DueOn > d.state.DueBy && d.state.DueBy >= day(d.now) {
			return refuse(casefile.RefusedOutOfOrder, at("milestones", i, "dueOn"),
				fmt.Sprintf("dueOn %s is after the day by which the package is to be resolved, %s", m.DueOn, d.state.DueBy),
				fmt.Sprintf("节点日期%s晚于包案化解期限%s", m.DueOn, d.state.DueBy))
		}
		set.Milestones = append(set.Milestones, Milestone{
			ID: fmt.Sprintf("M%d", len(d.state.Milestones)+i+1), Title: m.Title, DueOn: m.DueOn,
		})
	}
	for _, m := range d.state.Milestones {
		if m.DoneAt.IsZero() && !m.Dropped {
			set.Dropped = append(set.Dropped, m.ID)
		}
	}
	old := d.state.Milestones
	d.emit(set)
	for _, m := range old {
		if deadline, ok := d.state.Deadline(m.DeadlineID); ok && m.DoneAt.IsZero() && !m.Dropped {
			d.settle(deadline, "PlanSet")
		}
	}
	d.meet(StepPlan, "PlanSet")
	for _, m := range set.Milestones {
		due, _ := dayEnd(m.DueOn)
		d.startMilestone(m.ID, due)
	}
	return nil
}

// PlanSet sets the plan; Dropped are milestones that were not reached and are in it no more.
type PlanSet struct {
	Milestones []Milestone `json:"milestones"`
	Dropped    []string    `json:"dropped,omitempty"`
}

func (PlanSet) eventType() string { return "PlanSet" }

func (b PlanSet) apply(s *State, _ Event) {
	for _, id := range b.Dropped {
		s.Milestones = changed(s.Milestones, func(m Milestone) bool { return m.ID == id }, func(m *Milestone) { m.Dropped = true })
	}
	for _, m := range b.Milestones {
		s.Milestones = appended(s.Milestones, m)
	}
}

func (b PlanSet) sentence(t telling) string {
	last := b.Milestones[len(b.Milestones)-1].DueOn
	return t.did(fmt.Sprintf("set the plan: %s, the last one due on %s", count(len(b.Milestones), "milestone"), last),
		fmt.Sprintf("制定化解方案，共%d个节点，最后节点%s", len(b.Milestones), last))
}

var planEvents = []eventKind{eventOf[PlanSet]()}
