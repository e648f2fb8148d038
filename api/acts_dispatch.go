package api

import (
	"strconv"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// dispatching are the acts of a dispatch; nil for any other input.
func (w *writing) dispatching(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.DispatchCaseInput:
		act := casefile.DispatchCase{Instruction: w.text(casefile.TextRequest, at("instruction"), in.Instruction, true)}
		for i, target := range in.Units {
			act.Units = append(act.Units, casefile.DispatchTarget{
				UnitID: w.id("Unit", at("units", strconv.Itoa(i), "unitId"), target.UnitID), Lead: target.Lead, ReplyBy: target.ReplyBy,
			})
		}
		return act
	case schema.ReplyDispatchInput:
		return casefile.ReplyDispatch{
			DispatchID: w.sub("Dispatch", at("dispatchId"), in.DispatchID),
			Reply:      w.text(casefile.TextReply, at("reply"), in.Reply, true),
		}
	case schema.ReturnDispatchInput:
		return casefile.ReturnDispatch{
			DispatchID: w.sub("Dispatch", at("dispatchId"), in.DispatchID),
			Reason:     w.text(casefile.TextReason, at("reason"), in.Reason, true),
		}
	case schema.RaiseCaseInput:
		return casefile.RaiseCase{
			ToUnitID: w.id("Unit", at("toUnitId"), in.ToUnitID),
			Reason:   w.text(casefile.TextReason, at("reason"), in.Reason, true),
		}
	}
	return nil
}
