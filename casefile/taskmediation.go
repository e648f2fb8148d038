package casefile

// The kinds of task that a mediation leaves.
const (
	TaskUrge          = "URGE_PERFORMANCE"
	TaskNameMediator  = "NAME_MEDIATOR"
	TaskReturnToCourt = "RETURN_TO_COURT"
	TaskUrgeReply     = "URGE_REPLY"
)

// afterMediation is what a mediation leaves to be done, also when the case has ended: promises
// that were not performed on their day are urged (人民调解法 art 31 para 2) until they are
// performed, or their notice has reached everybody.
func (t *tasking) afterMediation() {
	t.toCourt()
	t.toUrgeReply()
	for _, notice := range t.state.Notices {
		if notice.Kind != NoticePerformanceOverdue || !notice.Owed() {
			continue
		}
		t.add(TaskUrge, "urge:"+notice.Of, "", t.mediatorOf(notice.Of))
		if clock := t.state.promiseClock(notice.Of); clock != nil {
			t.tasks[len(t.tasks)-1].DeadlineID = clock.ID
		}
	}
}

// toCourt are the papers that go back to a court, whatever became of the case.
func (t *tasking) toCourt() {
	for _, m := range t.state.toReturn() {
		whose := t.handler(RoleManager, RoleClerk)
		if t.works(m.MediatorID) {
			whose = place{person: m.MediatorID}
		}
		t.add(TaskReturnToCourt, "return-to-court:"+m.ID, "", whose)
	}
}

// toUrgeReply are the recommendations whose reply is late. The unit has nobody here who could
// order it to answer: who recommended it asks again.
func (t *tasking) toUrgeReply() {
	for _, r := range t.state.unreplied() {
		clock := t.state.clockOfAnyRound(stepRecommendation, r.ID)
		if clock == nil || clock.Status != ClockMissed {
			continue
		}
		t.add(TaskUrgeReply, "urge-reply:"+r.ID, "", t.handler(RoleManager, RoleClerk))
		t.tasks[len(t.tasks)-1].DeadlineID = clock.ID
	}
}

// mediatorOf is the mediator of the agreement that holds a promise, while they hold a post.
func (t *tasking) mediatorOf(performanceID string) place {
	for _, m := range t.state.Mediations {
		for i := range m.Performance {
			if m.PerformanceID(i) == performanceID && t.works(m.MediatorID) {
				return place{person: m.MediatorID}
			}
		}
	}
	return t.handler(RoleClerk, RoleManager)
}
