package explore

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// A report of retaliation holds back the end of the case that it is about, whatever the end,
// and its answer frees it.

// checkHeldBack wants that a case doesn't end while a report is open. One that goes on in
// another case takes that along, and is held back there.
func (s *search) checkHeldBack(m move) {
	before, after := s.current.state, m.after
	if m.held && before.Exists() && before.Stage.Open() && !after.Stage.Open() && after.Stage != casefile.StageMerged {
		s.faultAfter("a case does not end while a report of retaliation is open", string(after.Stage), m.label)
	}
}

// endIsDue tells whether an open case has everything that its end needs and waits for nothing
// in its own record: what the word that frees an end has to bring about.
func endIsDue(s casefile.State, tasks []casefile.Task) bool {
	if slices.ContainsFunc(tasks, func(t casefile.Task) bool {
		return t.Kind == casefile.TaskReportUrgent || t.Kind == casefile.TaskReportToPolice
	}) {
		return false
	}
	served := func(id string) bool {
		notice, ok := find(s.Notices, func(n casefile.Notice) bool { return n.ID == id })
		return !ok || notice.Served()
	}
	switch s.Stage {
	case casefile.StageVerification:
		return s.Pending.Verified && s.Pending.End != casefile.StageMerged && served(s.Pending.NoticeID)
	case casefile.StageEvaluation:
		return !slices.ContainsFunc(tasks, func(t casefile.Task) bool { return t.Kind == casefile.TaskFollowUp })
	case casefile.StageReview, casefile.StageReReview:
		review := s.Reviews[len(s.Reviews)-1]
		return review.Outcome != "" && review.From == casefile.StageClosed && served(review.NoticeID)
	}
	return false
}

// adds are the acts that put something into the record and move nothing.
var adds = names("AddNote", "AttachDocument", "RevealPersonalData")

// checkAdds wants that a case is for every rule as it was before such an act.
func (s *search) checkAdds(m move, key fingerprint) {
	if adds[m.act] && key != s.current.key {
		s.faultAfter("what only adds to the record moves nothing", m.act, m.label)
	}
}
