package casefile

// DrawForSample puts an ended case into a sample of closures. Only the system brings it.
type DrawForSample struct {
	// SampleID is the draw's; UnitID and Role are whose it is to look at the case again.
	SampleID string `json:"sampleId"`
	UnitID   string `json:"unitId"`
	Role     Role   `json:"role"`
}

// RecordSampleFinding (抽查) says what the level above found when it looked again.
type RecordSampleFinding struct {
	Finding SampleFinding `json:"finding"`
	Comment TextID        `json:"comment,omitempty"` // required unless all is correct
}

func (DrawForSample) actName() string       { return "DrawForSample" }
func (RecordSampleFinding) actName() string { return "RecordSampleFinding" }

func (a DrawForSample) decide(d *deciding) *Refusal       { return d.drawForSample(a) }
func (a RecordSampleFinding) decide(d *deciding) *Refusal { return d.recordFinding(a) }

// sampleActs are the acts of looking again.
var sampleActs = []actKind{
	systemActOf[DrawForSample](),
	actOf[RecordSampleFinding](actRule{
		stages: endStages, who: authority{sampling: true}, apart: apartFromSampled, may: outsideTheUnit,
	}),
}
