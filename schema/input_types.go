package schema

// onCase are the fields of every input that acts on a case, followed by its own.
func onCase(fields ...argument) []argument {
	return append([]argument{
		mutationID(),
		arg("caseId", "ID!", "The case, by its id."),
		arg("expectedVersion", "Int", "The version that the caller saw; the command is refused with STALE_VERSION if the case has moved on."),
		arg("effectiveAt", "DateTime", "The legal date of the act; now when left out. Never in the future or before receipt."),
		arg("backdatingReason", "String", "Why the legal date lies more than three days back; required there."),
	}, fields...)
}

func mutationID() argument {
	return arg("clientMutationId", "String!", "The idempotency key, 1 to 128 characters, unique for the signed-in person.")
}

func (b *builder) inputs() {
	b.partyInputs()
	b.registrationInputs()
	b.handlingInputs()
	b.dispatchInputs()
	b.referralInputs()
	b.mediationInputs()
	b.agreementInputs()
	b.mediationAftermathInputs()
	b.decisionInputs()
	b.reviewInputs()
	b.forwardingInputs()
	b.closureInputs()
	b.clockInputs()
	b.linkInputs()
	b.sampleInputs()
	b.urgentInputs()
	b.policeReportInputs()
	b.retaliationInputs()
	b.supervisionInputs()
	b.packageInputs()
}

func (b *builder) partyInputs() {
	b.input("ExternalIdInput", "A number that an issuing system gave the case.",
		arg("system", "String!", "The issuing system as registered (\"12345-5301\")."),
		arg("number", "String!", "The number within that system."),
	)
	b.input("RepresentativeInput", "Somebody who speaks for a party.",
		arg("kind", "RepresentativeKind!", "Why they speak for the party."),
		arg("name", "String!", "Their name, at most 80 characters."),
		arg("idNumber", "String", "Their identity number; given only where an agreement or decision needs it."),
		arg("phone", "String", "Their phone number."),
		arg("mandateDocumentId", "ID", "The document that gives them the mandate."),
	)
	b.input("PartyInput", "Somebody's part in a case.",
		arg("id", "ID", "In amendCase, the party that is replaced; a new party has none."),
		arg("role", "PartyRole!", "The part they play."),
		arg("kind", "PartyKind", "Their legal nature.").or("NATURAL_PERSON"),
		arg("personId", "ID", "The person, where the party works in the system."),
		arg("name", "String", "Their name, at most 80 characters."),
		arg("idType", "String", "What kind of number idNumber is; a resident identity card when left out."),
		arg("idNumber", "String", "Their identity number; given only where an agreement or decision needs it."),
		arg("phone", "String", "Their phone number."),
		arg("address", "String", "Their address, at most 200 characters."),
		arg("unitId", "ID", "The unit, where the party is one of the system's units."),
		arg("anonymous", "Boolean", "Nobody knows who they are.").or(false),
		arg("keepIdentityConfidential", "Boolean", "They asked that their identity be withheld.").or(false),
		arg("outsider", "Boolean", "Of an accused party known by name alone: the head of the receiving office confirms that nobody of ours is meant.").or(false),
		arg("minor", "Boolean", "They are a minor; the case becomes restricted.").or(false),
		arg("language", "String", "The language or dialect they need."),
		arg("needs", "[String!]", "What else they need, such as a sign-language interpreter."),
		arg("representatives", "[RepresentativeInput!]", "Who speaks for them."),
	)
}

func (b *builder) registrationInputs() {
	b.input("RegisterCaseInput", "What is taken down when a case is registered (登记).",
		mutationID(),
		arg("backdatingReason", "String", "Why receipt lies more than three days back; required there."),
		arg("kind", "CaseKind!", "Dispute or petition."),
		arg("petitionType", "PetitionType", "What a petitioner asks; required for a petition."),
		arg("source", "CaseSource!", "The channel it came by."),
		arg("sourceUnitId", "ID", "The unit it came from."),
		arg("externalIds", "[ExternalIdInput!]", "Its numbers in issuing systems; the first one makes the registration idempotent."),
		arg("division", "Division!", "The division that answers for it."),
		arg("occurrenceDivision", "Division", "The division where it happened, if another."),
		arg("occurrenceAddress", "String", "The place where it happened."),
		arg("category", "String!", "Its matter: a code of categories(kind)."),
		arg("title", "String!", "A title of at most 200 characters."),
		arg("narrative", "String!", "What happened, in the words it was told."),
		arg("claims", "[String!]", "What is asked for, one by one; each is decided."),
		arg("parties", "[PartyInput!]!", "Who is concerned."),
		arg("receivedAt", "DateTime", "When the office received it; now when left out. The acceptance clock starts here."),
		arg("occurredAt", "DateTime", "When it happened."),
		arg("amount", "Long", "The amount in dispute, in fen."),
		arg("headcount", "Int", "How many people stand behind it."),
		arg("scale", "CaseScale", "Its scale; individual when left out."),
		arg("risk", "RiskLevel", "Its assessed risk."),
		arg("urgent", "Boolean", "重大紧急 · It cannot wait.").or(false),
		arg("confidentiality", "Confidentiality", "The circle that may see it; the rules may narrow it further.").or("NORMAL"),
		arg("oral", "Boolean", "It was told, not written.").or(false),
		arg("courtStage", "CourtStage", "Where a court's case stands that entrusts it."),
		arg("reportedByPersonId", "ID", "Who first saw it, such as a grid worker."),
		arg("missedByUnitId", "ID", "漏报 · The unit that should have reported it."),
		arg("documents", "[DocumentInput!]", "随案材料 · The papers that came with it, at most 50, uploaded before by POST /files?registration=KEY."),
	)
	b.input("DocumentInput", "随案材料 · An uploaded file that comes with a registration.",
		arg("documentId", "ID!", "What POST /files answered with; the upload was for this registration and is not older than a day."),
		arg("title", "String!", "What it is called."),
	)
	b.input("AmendCaseInput", "What is corrected or added; fields left out stay as they are.", onCase(
		arg("title", "String", "The new title."),
		arg("narrative", "String", "The new narrative."),
		arg("category", "String", "The new matter: a code of categories(kind)."),
		arg("occurrenceDivision", "Division", "The division where it happened."),
		arg("occurrenceAddress", "String", "The place where it happened."),
		arg("addClaims", "[String!]", "Further claims."),
		arg("parties", "[PartyInput!]", "Parties to replace (with id) or add (without)."),
		arg("amount", "Long", "The amount in dispute, in fen."),
		arg("headcount", "Int", "How many people stand behind it."),
		arg("scale", "CaseScale", "Its scale."),
		arg("risk", "RiskLevel", "Its assessed risk."),
		arg("confidentiality", "Confidentiality", "The circle that may see it."),
		arg("procedure", "String", "适用程序 · The procedure that the case follows instead (a code of procedures); handling is counted anew by it, from the act that it counts from."),
		arg("reason", "String!", "Why the record is amended."),
	)...)
	b.input("AcceptCaseInput", "受理 · What accepting a case says.", onCase(
		arg("procedure", "String", "The code of the procedure, where the one that follows from the case is to be corrected."),
		arg("route", "LegalRoute", "The legal way an appeal takes; the petition procedure when left out."),
	)...)
	b.input("DeclineCaseInput", "不予受理 · What declining a case says.", onCase(
		arg("reason", "DeclineReason!", "Why, as the law lists it."),
		arg("explanation", "String!", "Why, in words for the one who asked."),
		arg("goTo", "String!", "Where they can turn instead."),
		arg("earlierCaseNumber", "String", "The number of the concluded case; required where the same facts are final after a re-review."),
	)...)
	b.input("TransferCaseInput", "转送 · Exactly one of toUnitId and toOutside is given.", onCase(
		arg("toUnitId", "ID", "The unit of the platform that takes over."),
		arg("toOutside", "String", "The organ outside the platform that is competent."),
		arg("reason", "String!", "Why it is transferred."),
	)...)
}

func (b *builder) handlingInputs() {
	b.input("AssignCaseInput", "分派 · Who handles the case.", onCase(
		arg("personId", "ID!", "The handler."),
	)...)
	b.input("RecordInvestigationInput", "调查记录 · A finding.", onCase(
		arg("finding", "String!", "What was found."),
	)...)
	b.input("ConcludeInvestigationInput", "调查终结 · The facts and the path.", onCase(
		arg("facts", "String!", "The facts as established."),
		arg("path", "InvestigationPath!", "How the case goes on."),
	)...)
}

func (b *builder) mediationInputs() {
	b.input("OpenMediationInput", "启动调解 · How it is mediated.", onCase(
		arg("type", "MediationType!", "The branch of mediation."),
		arg("unitId", "ID", "The mediating unit; the responsible unit when left out."),
		arg("mediatorId", "ID", "The mediator; the handler when left out."),
		arg("courtStage", "CourtStage", "Where a court's case stands that entrusts it."),
		arg("chosenByPartyIds", "[ID!]", "选择调解员 · The parties who chose the mediator."),
		arg("jointRequest", "String", "一致书面申请 · The parties' joint written request; required where the consent mode is JOINT_WRITTEN."),
	)...)
	b.input("RecordConsentInput", "调解意愿 · A party's word on the mediation.", onCase(
		arg("partyId", "ID!", "The party."),
		arg("consent", "Consent!", "What it said."),
	)...)
	b.input("ScheduleSessionInput", "安排调解会 · When and where.", onCase(
		arg("mode", "SessionMode!", "On site or remote."),
		arg("scheduledFor", "DateTime!", "When it is to be held."),
		arg("place", "String", "Where it is to be held."),
	)...)
	b.input("RecordSessionInput", "调解笔录 · What a session brought.", onCase(
		arg("sessionId", "ID", "The scheduled session; left out for one that was not scheduled."),
		arg("mode", "SessionMode", "On site or remote, where it was not scheduled or came out otherwise."),
		arg("heldAt", "DateTime", "When it was held; the legal date of the act when left out."),
		arg("minutes", "String!", "The minutes."),
	)...)
	b.input("PerformanceInput", "One instalment or act promised in an agreement.",
		arg("dueOn", "Date!", "The day on which it is due."),
		arg("amount", "Long", "The amount, in fen."),
		arg("what", "String!", "What is promised."),
	)
	b.input("ConcludeMediationInput", "调解终结 · How the mediation ended.", onCase(
		arg("outcome", "MediationOutcome!", "How it ended."),
		arg("agreement", "String", "The text of the agreement; required for an agreement."),
		arg("agreedAmount", "Long", "The agreed amount, in fen."),
		arg("signedAt", "DateTime", "When the parties signed."),
		arg("sealedAt", "DateTime", "When the mediating body sealed it."),
		arg("performance", "[PerformanceInput!]", "What was promised, by day."),
		arg("reason", "String", "Why there is no agreement; required there."),
	)...)
}

func (b *builder) decisionInputs() {
	b.input("ClaimOpinionInput", "The result for one claim.",
		arg("claim", "String!", "The claim, by its id (\"C1\") or in its words; the petition itself where no claim is registered."),
		arg("outcome", "DecisionOutcome!", "The result."),
		arg("facts", "String!", "The facts found."),
		arg("reasons", "String!", "The reasons."),
		arg("legalBasis", "String!", "The legal basis."),
	)
	b.input("IssueDecisionInput", "出具处理意见 · A result for every claim.", onCase(
		arg("claims", "[ClaimOpinionInput!]!", "The results."),
		arg("newGrounds", "String", "Which facts or reasons are new, where a review sent the last opinion back and every result is the same."),
	)...)
	b.input("RecordServiceInput", "送达 · How a notice reached a party.",
		mutationID(),
		arg("caseId", "ID!", "The case, by its id."),
		arg("expectedVersion", "Int", "The version that the caller saw; the command is refused with STALE_VERSION if the case has moved on."),
		arg("backdatingReason", "String", "Why servedAt lies more than three days back; required there."),
		arg("documentId", "ID!", "The notice, a document of the case."),
		arg("partyId", "ID!", "The party it was served on."),
		arg("method", "ServiceMethod!", "How it was served."),
		arg("servedAt", "DateTime!", "When it was served; the legal date of the act."),
		arg("receiptDocumentId", "ID", "The receipt (送达回证)."),
	)
}

func (b *builder) closureInputs() {
	b.input("RequestClosureInput", "申请结案 · What came of the case.", onCase(
		arg("outcome", "CaseOutcome!", "How it was concluded."),
		arg("summary", "String!", "What was done, for the verifier."),
	)...)
	b.input("VerifyClosureInput", "核查通过 · The verifier's yes.", onCase(
		arg("comment", "String", "What the verifier has to say."),
	)...)
	b.input("RejectClosureInput", "核查退回 · The verifier's no.", onCase(
		arg("reason", "String!", "What is missing or wrong."),
	)...)
	b.input("ReasonInput", "An act that needs nothing but its reason.", onCase(
		arg("reason", "String!", "Why."),
	)...)
	b.input("RecordFollowUpInput", "回访 · What a party answered.", onCase(
		arg("partyId", "ID", "The party; may be left out where there is one to ask."),
		arg("result", "FollowUpResult", "What came of asking.").or("ANSWERED"),
		arg("satisfaction", "Int", "From 1 (worst) to 5, only where the party answered."),
		arg("method", "FollowUpMethod!", "How it was asked."),
		arg("performed", "Boolean", "Whether what was agreed or decided has been performed."),
		arg("pressured", "Boolean", "Whether the party felt pressed into the result."),
		arg("comment", "String", "What the party said."),
	)...)
	b.input("WithdrawCaseInput", "撤回 · Who asked, how, and with what words.", onCase(
		arg("partyId", "ID!", "The party that asked."),
		arg("how", "FollowUpMethod!", "How it asked."),
		arg("request", "String!", "The signed request, in its words."),
		arg("reason", "String!", "Why the case ends here."),
	)...)
	b.input("AttachDocumentInput", "附上材料 · Which uploaded file, and what it is.", onCase(
		arg("documentId", "ID!", "What POST /files answered with; the upload was for this case and is not older than a day."),
		arg("title", "String!", "What it is called."),
		arg("sessionId", "ID", "调解笔录 · The session whose signed minutes it is; it has been recorded."),
	)...)
	b.input("AddNoteInput", "备注 · A note.", onCase(
		arg("text", "String!", "The note."),
	)...)
}
