package schema

import (
	"context"
	"slices"

	"github.com/graphql-go/graphql"
)

// mutation ties a name to the Go shape of its input.
type mutation struct {
	name, input, desc string
	decode            func(map[string]any) (Input, error)
	// shape is an input without any value.
	shape Input
}

func command[I Input](name, input, desc string) mutation {
	var shape I
	return mutation{name, input, desc, func(args map[string]any) (Input, error) {
		in, err := decode[struct {
			Input I `json:"input"`
		}](args)
		return in.Input, err
	}, shape}
}

var mutations = slices.Concat(caseMutations, forwardingMutations, linkMutations, sampleMutations, urgentMutations, policeReportMutations, retaliationMutations)

// caseMutations are the way of a case.
var caseMutations = []mutation{
	command[RegisterCaseInput]("registerCase", "RegisterCaseInput", "登记 · Opens a case. The same number of the same issuing system never opens a second one."),
	command[AmendCaseInput]("amendCase", "AmendCaseInput", "更正补充 · Corrects or adds to the record; the event keeps what was there before."),
	command[AcceptCaseInput]("acceptCase", "AcceptCaseInput", "受理 · Takes the case in; the handling clock starts on effectiveAt."),
	command[DeclineCaseInput]("declineCase", "DeclineCaseInput", "不予受理 · Proposes not to accept; a second person verifies and the notice is served."),
	command[TransferCaseInput]("transferCase", "TransferCaseInput", "转送 · Hands the case to another unit, or proposes that it leaves the platform."),
	command[DispatchCaseInput]("dispatchCase", "DispatchCaseInput", "派单 · Asks units for their part: exactly one leads, the others assist; each replies by its own day."),
	command[ReplyDispatchInput]("replyDispatch", "ReplyDispatchInput", "回复派单 · What the unit that was asked has done. A late reply is taken, and stays late."),
	command[ReturnDispatchInput]("returnDispatch", "ReturnDispatchInput", "退回派单 · Sends a dispatch back, takes one back, or returns a case that was raised to this office."),
	command[RaiseCaseInput]("raiseCase", "RaiseCaseInput", "向上请办 · Hands the case to the office above, where it goes on in its stage and on its clocks."),
	command[ReferCaseInput]("referCase", "ReferCaseInput", "导入法律途径 · Shows the matter to another organ, beside the work on the case or instead of it."),
	command[AcknowledgeReferralInput]("acknowledgeReferral", "AcknowledgeReferralInput", "签收导入事项 · The organ took the matter in, under a number of its own; its own clock starts."),
	command[ReturnReferralInput]("returnReferral", "ReturnReferralInput", "退回导入事项 · The organ refused the matter, or its sender takes it back."),
	command[RecordReferralResultInput]("recordReferralResult", "RecordReferralResultInput", "导入结果 · What came of it; that of a blocking referral concludes the case."),
	command[AssignCaseInput]("assignCase", "AssignCaseInput", "分派 · Names the person who handles the case."),
	command[RecordInvestigationInput]("recordInvestigation", "RecordInvestigationInput", "调查记录 · Adds a finding."),
	command[ConcludeInvestigationInput]("concludeInvestigation", "ConcludeInvestigationInput", "调查终结 · States the facts and chooses the path."),
	command[OpenMediationInput]("openMediation", "OpenMediationInput", "启动调解 · Starts a mediation."),
	command[RecordConsentInput]("recordConsent", "RecordConsentInput", "调解意愿 · Records what a party says to the open mediation."),
	command[ScheduleSessionInput]("scheduleSession", "ScheduleSessionInput", "安排调解会 · Fixes a mediation session."),
	command[RecordSessionInput]("recordSession", "RecordSessionInput", "调解笔录 · Records that a session was held, with its minutes."),
	command[ConcludeMediationInput]("concludeMediation", "ConcludeMediationInput", "调解终结 · Ends the open mediation."),
	command[RecuseMediatorInput]("recuseMediator", "RecuseMediatorInput", "调解员回避 · Takes the mediator away from the open mediation for good, and names another, at once or later."),
	command[ReturnToCourtInput]("returnToCourt", "ReturnToCourtInput", "退回人民法院 · Sends report and papers of a court-entrusted mediation back; required before closure."),
	command[IssueRecommendationInput]("issueRecommendation", "IssueRecommendationInput", "发出调解建议 · Recommends something to another unit, which owes a reply."),
	command[ReplyRecommendationInput]("replyRecommendation", "ReplyRecommendationInput", "答复调解建议 · Records the unit's reply."),
	command[RecordPerformanceInput]("recordPerformance", "RecordPerformanceInput", "登记履行 · Records what was performed of an agreement, also after closing."),
	command[RecordConfirmationInput]("recordConfirmation", "RecordConfirmationInput", "登记司法确认 · Records the joint application to the court, or its ruling, also after closing."),
	command[IssueDecisionInput]("issueDecision", "IssueDecisionInput", "出具处理意见 · Decides every claim; the written opinion is then served."),
	command[RecordServiceInput]("recordService", "RecordServiceInput", "送达 · Records that a notice reached a party; servedAt is its legal date."),
	command[RequestReviewInput]("requestReview", "RequestReviewInput", "请求复查 · Takes down a petitioner's request; a late one is recorded and answered by the reviewing organ."),
	command[IssueReviewOpinionInput]("issueReviewOpinion", "IssueReviewOpinionInput", "复查意见 · Answers a request for review; the opinion is then served."),
	command[RequestReReviewInput]("requestReReview", "RequestReviewInput", "请求复核 · Takes down a request to review the review opinion."),
	command[IssueReReviewOpinionInput]("issueReReviewOpinion", "IssueReviewOpinionInput", "复核意见 · Answers a request for re-review, for good."),
	command[SuspendClockInput]("suspendClock", "SuspendClockInput", "中止计算 · Stops counting a deadline for a reason that its rule knows; effectiveAt is the first day that is not counted."),
	command[ResumeClockInput]("resumeClock", "ResumeClockInput", "恢复计算 · Counts a deadline on; effectiveAt is the first day that is counted again."),
	command[RequestExtensionInput]("requestExtension", "RequestExtensionInput", "申请延长 · Asks for more time, as often and as long as the rule of the step allows."),
	command[DecideExtensionInput]("decideExtension", "DecideExtensionInput", "审批延长 · Grants or refuses the extension that was asked for; never by who asked."),
	command[AcknowledgeSupervisionInput]("acknowledgeSupervision", "SupervisionInput", "签收督办 · Says that the unit has the order and works on it; the time for the reply begins."),
	command[ReplySupervisionInput]("replySupervision", "SupervisionInput", "反馈督办 · Answers a supervision order."),
	command[CloseSupervisionInput]("closeSupervision", "CloseSupervisionInput", "处理督办 · The issuing unit is satisfied, returns the reply, or takes the case over."),
	command[RequestClosureInput]("requestClosure", "RequestClosureInput", "申请结案 · Asks for the verification of a concluded case."),
	command[VerifyClosureInput]("verifyClosure", "VerifyClosureInput", "核查通过 · Confirms a requested closure, or an end that skips the merits."),
	command[RejectClosureInput]("rejectClosure", "RejectClosureInput", "核查退回 · Sends the case back to where the closure or end was asked for."),
	command[RecordFollowUpInput]("recordFollowUp", "RecordFollowUpInput", "回访 · Records what a party answered afterwards."),
	command[ReasonInput]("reopenCase", "ReasonInput", "重启 · Begins a new round of an ended case on the same number."),
	command[WithdrawCaseInput]("withdrawCase", "WithdrawCaseInput", "撤回 · Proposes the end that a party asked for; a second person verifies it."),
	command[AttachDocumentInput]("attachDocument", "AttachDocumentInput", "附上材料 · Puts a file that was uploaded by POST /files into the record; nothing is ever taken out again."),
	command[AddNoteInput]("addNote", "AddNoteInput", "备注 · Adds a note that moves nothing."),
}

func (b *builder) mutation() *graphql.Object {
	service := b.service
	fields := append(b.packageMutations(), b.administrationMutations()...)
	fields = append(fields, b.reveal())
	for _, m := range mutations {
		fields = append(fields, field{
			name: m.name, typ: "CasePayload!", desc: m.desc,
			args: []argument{arg("input", m.input+"!", "What is asked, with the idempotency key.")},
			resolve: func(p graphql.ResolveParams) (any, error) {
				input, err := m.decode(p.Args)
				if err != nil {
					return nil, err
				}
				return service.Command(p.Context, m.name, input)
			},
		})
	}
	return b.object("Mutation",
		"What people do. The same clientMutationId with the same input never acts twice and is answered with "+
			"the case or package as it now is; with another input it is CONFLICT. What the rules refuse comes back in "+
			"userErrors and leaves no event.", fields...)
}

func (b *builder) payloads() {
	b.object("UserError", "Why the rules refused; nothing was changed.",
		get("code", "String!", "The reason in one word, for programs (\"WRONG_STAGE\").", func(e UserError) any { return string(e.Code) }),
		get("field", "[String!]", "The path of the input field at fault ([\"input\", \"title\"]); null where the whole command is refused.",
			func(e UserError) any {
				if len(e.Field) == 0 {
					return nil
				}
				return e.Field
			}),
		get("message", "String!", "Which field, which value and what was expected, in the language of Accept-Language.",
			func(e UserError) any { return e.Message }),
	)
	b.object("DuplicateHint", "疑似重复 · An earlier case that is likely about the same matter, found by what its parties have in common with this one's.",
		get("case", "Case", "The earlier case.", func(h *DuplicateHint) any { return h.Case }),
		get("number", "String", "Its number.", func(h *DuplicateHint) any { return h.Case.State.Number }),
		get("score", "Float!", "How likely, from 0 to 1.", func(h *DuplicateHint) any { return h.Score }),
		get("reason", "String!", "What the two have in common, in the language of Accept-Language.", func(h *DuplicateHint) any { return h.Reason }),
		get("suggestedLink", "LinkKind!", "What linkCases would say: DUPLICATE of an open case, REPEAT of an ended one.", func(h *DuplicateHint) any { return h.Link }),
	)
	b.object("CasePayload", "The answer to a command on a case.",
		load("case", "Case", "The case as it now is; null where none was opened or the viewer may not see it.",
			func(_ context.Context, p *CasePayload) (any, error) {
				if p.Case == nil {
					return nil, nil
				}
				return p.Case, nil
			}),
		get("userErrors", "[UserError!]!", "Why the command was refused; empty when it was carried out.",
			func(p *CasePayload) any { return p.UserErrors }),
		load("likelyDuplicates", "[DuplicateHint!]", "疑似重复 · Of a registration, the earlier cases that are likely about the same matter; nothing is refused for them.",
			func(ctx context.Context, p *CasePayload) (any, error) {
				if p.Case == nil || !p.Registered {
					return nil, nil
				}
				return b.service.LikelyDuplicates(ctx, p.Case)
			}),
		get("clientMutationId", "String", "The idempotency key of the input.", func(p *CasePayload) any { return p.ClientMutationID }),
	)
}
