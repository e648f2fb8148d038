package api

import (
	"strconv"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
)

// act turns an input into the act of its mutation.
func (w *writing) act(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.RegisterCaseInput:
		return w.register(in)
	case schema.AmendCaseInput:
		return w.amend(in)
	case schema.AcceptCaseInput:
		return casefile.AcceptCase{Procedure: in.Procedure, Route: in.Route}
	case schema.DeclineCaseInput:
		return casefile.DeclineCase{
			Reason:      in.Reason,
			Explanation: w.text(casefile.TextExplanation, at("explanation"), in.Explanation, true),
			GoTo:        w.text(casefile.TextPlace, at("goTo"), in.GoTo, true),

			EarlierCaseNumber: in.EarlierCaseNumber,
		}
	case schema.TransferCaseInput:
		return casefile.TransferCase{
			ToUnitID:  w.id("Unit", at("toUnitId"), in.ToUnitID),
			ToOutside: w.text(casefile.TextPlace, at("toOutside"), in.ToOutside, false),
			Reason:    w.text(casefile.TextReason, at("reason"), in.Reason, true),
		}
	case schema.AssignCaseInput:
		return casefile.AssignCase{PersonID: w.id("Person", at("personId"), in.PersonID)}
	case schema.RecordInvestigationInput:
		return casefile.RecordInvestigation{Finding: w.text(casefile.TextFinding, at("finding"), in.Finding, true)}
	case schema.ConcludeInvestigationInput:
		return casefile.ConcludeInvestigation{Facts: w.text(casefile.TextFacts, at("facts"), in.Facts, true), Path: in.Path}
	case schema.IssueDecisionInput:
		return w.decision(in)
	case schema.RevealPersonalDataInput:
		return casefile.RevealPersonalData{
			Parties: w.parts("Party", at("partyIds"), in.PartyIDs), Purpose: w.text(casefile.TextReason, at("purpose"), in.Purpose, true),
		}
	case schema.RecordServiceInput:
		return casefile.RecordService{
			DocumentID: w.sub("Document", at("documentId"), in.DocumentID),
			PartyID:    w.sub("Party", at("partyId"), in.PartyID),
			Method:     in.Method, ServedAt: in.ServedAt,
			ReceiptDocumentID: w.sub("Document", at("receiptDocumentId"), in.ReceiptDocumentID),
		}
	}
	for _, topic := range []func(schema.Input) casefile.Act{
		w.mediating, w.reviewing, w.forwarding, w.ending, w.clock, w.linking, w.joining, w.sampling, w.dispatching, w.referring,
		w.supervising, w.urgent, w.retaliating, w.attaching,
	} {
		if act := topic(input); act != nil {
			return act
		}
	}
	return nil
}

// mediating are the acts of a mediation and of what it brings; nil for any other input.
func (w *writing) mediating(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.OpenMediationInput:
		return casefile.OpenMediation{
			Type: in.Type, UnitID: w.id("Unit", at("unitId"), in.UnitID),
			MediatorID: w.id("Person", at("mediatorId"), in.MediatorID), CourtStage: in.CourtStage,
			ChosenBy: w.parts("Party", at("chosenByPartyIds"), in.ChosenByPartyIDs), JointRequest: w.text(casefile.TextRequest, at("jointRequest"), in.JointRequest, false),
		}
	case schema.RecordConsentInput:
		return casefile.RecordConsent{PartyID: w.sub("Party", at("partyId"), in.PartyID), Consent: in.Consent}
	case schema.ScheduleSessionInput:
		return casefile.ScheduleSession{
			Mode: in.Mode, ScheduledFor: in.ScheduledFor, Place: w.text(casefile.TextPlace, at("place"), in.Place, false),
		}
	case schema.RecordSessionInput:
		return casefile.RecordSession{
			SessionID: w.sub("MediationSession", at("sessionId"), in.SessionID), Mode: in.Mode, HeldAt: in.HeldAt,
			Minutes: w.text(casefile.TextMinutes, at("minutes"), in.Minutes, true),
		}
	case schema.ConcludeMediationInput:
		act := casefile.ConcludeMediation{
			Outcome: in.Outcome, Agreement: w.text(casefile.TextAgreement, at("agreement"), in.Agreement, false),
			AgreedAmount: in.AgreedAmount, SignedAt: in.SignedAt, SealedAt: in.SealedAt,
			Reason: w.text(casefile.TextReason, at("reason"), in.Reason, false),
		}
		for i, due := range in.Performance {
			act.Performance = append(act.Performance, casefile.PerformanceDue{
				DueOn: due.DueOn, Amount: due.Amount,
				What: w.text(casefile.TextPerformance, at("performance", strconv.Itoa(i), "what"), due.What, true),
			})
		}
		return act
	}
	return w.agreeing(input)
}

// ending are the acts from the request for closure on; nil for any other input.
func (w *writing) ending(input schema.Input) casefile.Act {
	switch in := input.(type) {
	case schema.RequestClosureInput:
		return casefile.RequestClosure{Outcome: in.Outcome, Summary: w.text(casefile.TextSummary, at("summary"), in.Summary, true)}
	case schema.VerifyClosureInput:
		return casefile.VerifyClosure{Comment: w.text(casefile.TextComment, at("comment"), in.Comment, false)}
	case schema.RejectClosureInput:
		return casefile.RejectClosure{Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true)}
	case schema.RecordFollowUpInput:
		return casefile.RecordFollowUp{
			PartyID: w.sub("Party", at("partyId"), in.PartyID), Result: in.Result, Satisfaction: in.Satisfaction,
			Method: in.Method, Performed: in.Performed, Pressured: in.Pressured,
			Comment: w.text(casefile.TextComment, at("comment"), in.Comment, false),
		}
	case schema.ReasonInput:
		return casefile.ReopenCase{Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true)}
	case schema.WithdrawCaseInput:
		return casefile.WithdrawCase{
			PartyID: w.sub("Party", at("partyId"), in.PartyID), How: in.How,
			Request: w.text(casefile.TextRequest, at("request"), in.Request, true),
			Reason:  w.text(casefile.TextReason, at("reason"), in.Reason, true),
		}
	case schema.AddNoteInput:
		return casefile.AddNote{Text: w.text(casefile.TextNote, at("text"), in.Text, true)}
	}
	return nil
}

func (w *writing) register(in schema.RegisterCaseInput) casefile.Act {
	act := casefile.RegisterCase{
		Kind: in.Kind, PetitionType: in.PetitionType, Source: in.Source,
		SourceUnitID: w.id("Unit", at("sourceUnitId"), in.SourceUnitID), ExternalIDs: in.ExternalIDs,
		Division: in.Division, OccurrenceDivision: in.OccurrenceDivision,
		OccurrenceAddress: w.text(casefile.TextAddress, at("occurrenceAddress"), in.OccurrenceAddress, false),
		Category:          in.Category,
		Title:             w.text(casefile.TextTitle, at("title"), in.Title, true),
		Narrative:         w.text(casefile.TextNarrative, at("narrative"), in.Narrative, true),
		Claims:            w.claimTexts(at("claims"), in.Claims),
		Parties:           w.parties(in.Parties),
		ReceivedAt:        in.ReceivedAt, OccurredAt: in.OccurredAt, Amount: in.Amount, Headcount: in.Headcount,
		Scale: in.Scale, Risk: in.Risk, Urgent: in.Urgent, Confidentiality: in.Confidentiality, Oral: in.Oral,
		CourtStage:         in.CourtStage,
		ReportedByPersonID: w.id("Person", at("reportedByPersonId"), in.ReportedByPersonID),
		MissedByUnitID:     w.id("Unit", at("missedByUnitId"), in.MissedByUnitID),
		Documents:          w.attachedAtIntake(in.Documents),
	}
	return act
}

func (w *writing) amend(in schema.AmendCaseInput) casefile.Act {
	return casefile.AmendCase{
		Title:     w.text(casefile.TextTitle, at("title"), in.Title, false),
		Narrative: w.text(casefile.TextNarrative, at("narrative"), in.Narrative, false),
		Category:  in.Category, OccurrenceDivision: in.OccurrenceDivision,
		OccurrenceAddress: w.text(casefile.TextAddress, at("occurrenceAddress"), in.OccurrenceAddress, false),
		AddClaims:         w.claimTexts(at("addClaims"), in.AddClaims),
		Parties:           w.amended(in.Parties, requestKeyOf(w.q.person.ID, in.ClientMutationID)),
		Amount:            in.Amount, Headcount: in.Headcount, Scale: in.Scale, Risk: in.Risk,
		Confidentiality: in.Confidentiality, Procedure: in.Procedure,
		Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true),
	}
}

func (w *writing) claimTexts(field []string, claims []string) []casefile.TextID {
	var ids []casefile.TextID
	for i, claim := range claims {
		ids = append(ids, w.text(casefile.TextClaim, under(field, strconv.Itoa(i)), claim, true))
	}
	return ids
}

func (w *writing) decision(in schema.IssueDecisionInput) casefile.Act {
	return casefile.IssueDecision{
		Claims: w.opinions(in.Claims), NewGrounds: w.text(casefile.TextOpinion, at("newGrounds"), in.NewGrounds, false),
	}
}
