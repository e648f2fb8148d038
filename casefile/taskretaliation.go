package casefile

// The tasks of a report of retaliation, and of a case whose end is held back.
const (
	TaskAnswerRetaliation = "ANSWER_RETALIATION"
	TaskAwaitEnd          = "AWAIT_END"
)

var retaliationTaskTerms = []Term{
	{TaskAnswerRetaliation, "核查打击报复反映", "look into the report of retaliation"},
	{TaskAwaitEnd, "等待归档", "wait until the file can be closed"},
}

// beforeAnswer asks the head to find out who is meant, or to answer.
func (t *tasking) beforeAnswer() {
	if t.state.held() {
		t.add(TaskIdentify, "identify-accused", StepRetaliation, t.office())
		return
	}
	t.add(TaskAnswerRetaliation, "answer-retaliation", StepRetaliation, t.office())
}

// awaitEnd stands in for the tasks of a case of which nothing is left to do but to end, while
// that is held back.
func (t *tasking) awaitEnd() {
	switch t.state.Stage {
	case StageEvaluation, StageReview, StageReReview:
		if len(t.tasks) == 0 {
			t.add(TaskAwaitEnd, "await-end", StepEvaluation, t.office())
		}
	}
}
