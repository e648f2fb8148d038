package api

import (
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// clock are the acts on a deadline; nil for any other input.
func (w *writing) clock(input schema.Input) casefile.Act {
	deadline := func(id string) string { return w.sub("Deadline", at("deadlineId"), id) }
	switch in := input.(type) {
	case schema.SuspendClockInput:
		return casefile.SuspendClock{
			DeadlineID: deadline(in.DeadlineID), Reason: in.Reason, Until: in.Until,
			Note: w.text(casefile.TextNote, at("note"), in.Note, false),
		}
	case schema.ResumeClockInput:
		return casefile.ResumeClock{DeadlineID: deadline(in.DeadlineID)}
	case schema.RequestExtensionInput:
		return casefile.RequestExtension{
			DeadlineID: deadline(in.DeadlineID), Length: in.Length, Unit: in.Unit,
			Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true),
		}
	case schema.DecideExtensionInput:
		return casefile.DecideExtension{
			DeadlineID: deadline(in.DeadlineID), Approved: in.Approved,
			Reason: w.text(casefile.TextReason, at("reason"), in.Reason, false),
		}
	}
	return nil
}
