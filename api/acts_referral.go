package api

import (
	"strconv"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// referring are the acts of a referral; nil for any other input.
func (w *writing) referring(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.ReferCaseInput:
		return casefile.ReferCase{
			Channel: in.Channel, UnitID: w.id("Unit", at("unitId"), in.UnitID),
			Organ:  w.text(casefile.TextPlace, at("organ"), in.Organ, false),
			Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true), Blocking: in.Blocking,
		}
	case schema.AcknowledgeReferralInput:
		return casefile.AcknowledgeReferral{ReferralID: w.sub("Referral", at("referralId"), in.ReferralID), Reference: in.Reference}
	case schema.ReturnReferralInput:
		return casefile.ReturnReferral{
			ReferralID: w.sub("Referral", at("referralId"), in.ReferralID),
			Reason:     w.text(casefile.TextReason, at("reason"), in.Reason, true),
		}
	case schema.RecordReferralResultInput:
		return casefile.RecordReferralResult{
			ReferralID: w.sub("Referral", at("referralId"), in.ReferralID), Reference: in.Reference, Conclude: in.Conclude,
			Result: w.text(casefile.TextReply, at("result"), in.Result, true), Received: w.received(in.Received),
		}
	}
	return nil
}

func (w *writing) received(inputs []schema.ResultReceivedInput) []casefile.ResultReceived {
	var received []casefile.ResultReceived
	for i, in := range inputs {
		field := under(at("received", strconv.Itoa(i)), "partyId")
		received = append(received, casefile.ResultReceived{PartyID: w.sub("Party", field, in.PartyID), ReceivedAt: in.ReceivedAt})
	}
	return received
}
