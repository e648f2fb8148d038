package api

import (
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// forwarding are the acts that dispute a transfer; nil for any other input.
func (w *writing) forwarding(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.ObjectTransferInput:
		return casefile.ObjectTransfer{Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true)}
	case schema.AnswerObjectionInput:
		return casefile.AnswerObjection{Agreed: in.Agreed, Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true)}
	case schema.DecideCompetenceInput:
		return casefile.DecideCompetence{
			UnitID: w.id("Unit", at("unitId"), in.UnitID), Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true),
		}
	}
	return nil
}
