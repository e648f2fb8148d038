package schema

import (
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// SuspendClockInput is the input of suspendClock.
type SuspendClockInput struct {
	CaseCommand
	DeadlineID string          `json:"deadlineId"`
	Reason     procedure.Pause `json:"reason"`
	Until      string          `json:"until,omitempty"`
	Note       string          `json:"note,omitempty"`
}

// ResumeClockInput is the input of resumeClock.
type ResumeClockInput struct {
	CaseCommand
	DeadlineID string `json:"deadlineId"`
}

// RequestExtensionInput is the input of requestExtension.
type RequestExtensionInput struct {
	CaseCommand
	DeadlineID string           `json:"deadlineId"`
	Length     int              `json:"length"`
	Unit       casefile.DayUnit `json:"unit"`
	Reason     string           `json:"reason"`
}

// DecideExtensionInput is the input of decideExtension.
type DecideExtensionInput struct {
	CaseCommand
	DeadlineID string `json:"deadlineId"`
	Approved   bool   `json:"approved"`
	Reason     string `json:"reason,omitempty"`
}

func (b *builder) clockInputs() {
	deadline := arg("deadlineId", "ID!", "The deadline.")
	b.input("SuspendClockInput", "中止计算 · Why a deadline is not counted for a while.", onCase(
		deadline,
		arg("reason", "String!", "One of the deadline's pauseReasons (\"APPRAISAL\")."),
		arg("until", "Date", "The last day that the pause is expected to take. The days that really pass are what counts; if it goes on longer, that is told."),
		arg("note", "String", "What else is to be known."),
	)...)
	b.input("ResumeClockInput", "恢复计算 · The reason of the pause is over.", onCase(deadline)...)
	b.input("RequestExtensionInput", "申请延长 · How much longer, and why. It must be asked for and granted before the deadline has run out.", onCase(
		deadline,
		arg("length", "Int!", "How much longer."),
		arg("unit", "DayUnit!", "The unit of the length, as the rule of the step has it."),
		arg("reason", "String!", "Why."),
	)...)
	b.input("DecideExtensionInput", "审批延长 · The approver's word.", onCase(
		deadline,
		arg("approved", "Boolean!", "Whether it is granted."),
		arg("reason", "String", "Why not; required where it is refused."),
	)...)
}
