package casefile

// TaskSample asks somebody to look at an ended case again.
const TaskSample = "SAMPLE"

// sampling lists what the draws of an ended case want: a finding, and where the end skipped
// the merits, that its parties are asked.
func (t *tasking) sampling() {
	for i, sample := range t.state.openSamples() {
		whose := place{inbox: RoleAt{sample.Role, sample.UnitID}}
		t.add(TaskSample, "sample:"+sample.ID, "", whose)
		if i > 0 || !t.state.Stage.skipsMerits() {
			continue
		}
		for _, party := range t.state.toAsk() {
			t.add(TaskFollowUp, "follow-up:"+party, "", whose)
		}
	}
}
