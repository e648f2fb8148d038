package api

import (
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// supervising are the acts of urging and of what cannot wait; nil for any other input.
func (w *writing) supervising(input schema.Input) casefile.Act {
	order := func(id string) string { return w.sub("SupervisionOrder", at("orderId"), id) }
	switch in := input.(type) {
	case schema.AcknowledgeSupervisionInput:
		if !casefile.Blank(in.Reply) {
			w.refusals = append(w.refusals, &casefile.Refusal{
				Code: casefile.RefusedInvalid, Field: at("reply"),
				Message:   "acknowledgeSupervision takes no reply; replySupervision does",
				MessageZH: "签收督办不填写答复，请使用“反馈督办”",
			})
		}
		return casefile.AcknowledgeSupervision{OrderID: order(in.OrderID)}
	case schema.ReplySupervisionInput:
		return casefile.ReplySupervision{OrderID: order(in.OrderID), Reply: w.text(casefile.TextReply, at("reply"), in.Reply, true)}
	case schema.CloseSupervisionInput:
		return casefile.CloseSupervision{
			OrderID: order(in.OrderID), Status: in.Status, Reason: w.text(casefile.TextReason, at("reason"), in.Reason, false),
		}
	}
	return nil
}
