package schema

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
)

// RecordSampleFindingInput is the input of recordSampleFinding.
type RecordSampleFindingInput struct {
	CaseCommand
	Finding casefile.SampleFinding `json:"finding"`
	Comment string                 `json:"comment,omitempty"`
}

func (b *builder) sampleInputs() {
	b.input("RecordSampleFindingInput", "抽查结论 · What was found when the case was looked at again.", onCase(
		arg("finding", "SampleFinding!", "What was found."),
		arg("comment", "String", "What is wrong; required unless all is correct."),
	)...)
}

// sampleMutations look at closed cases again.
var sampleMutations = []mutation{
	command[RecordSampleFindingInput]("recordSampleFinding", "RecordSampleFindingInput", "抽查 · Records what was found in a sampled case; a false closure begins a new round. Never by who handled or verified it, or by the unit that closed it."),
}

func sampleFields() []field {
	return []field{
		get("samples", "[CaseSample!]", "抽查 · The draws that it is in, first to last.", func(c *Case) any { return c.State.Samples }),
	}
}

func (b *builder) sampleTypes() {
	s := b.service
	b.object("CaseSample", "抽查 · A draw of closed cases that this one is in, and what was found.",
		get("drawnAt", "DateTime!", "When it was drawn.", func(x casefile.Sample) any { return x.DrawnAt }),
		get("round", "Int!", "Which round of the case was drawn.", func(x casefile.Sample) any { return x.Round }),
		load("unit", "Unit", "The unit that looks again.",
			func(ctx context.Context, x casefile.Sample) (any, error) { return s.Unit(ctx, x.UnitID) }),
		get("finding", "SampleFinding", "What was found; null until somebody has looked.", func(x casefile.Sample) any { return orNull(string(x.Finding)) }),
		get("foundAt", "DateTime", "When it was found.", func(x casefile.Sample) any { return x.FoundAt }),
		load("foundBy", "Person", "Who looked.",
			func(ctx context.Context, x casefile.Sample) (any, error) { return s.Person(ctx, x.FoundBy) }),
	)
}
