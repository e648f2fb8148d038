package schema

import "github.com/graphql-go/graphql"

// packageMutation ties a name to the Go shape of its input.
type packageMutation struct {
	name, input, desc string
	decode            func(map[string]any) (PackageInput, error)
}

func packageCommand[I PackageInput](name, input, desc string) packageMutation {
	return packageMutation{name, input, desc, func(args map[string]any) (PackageInput, error) {
		in, err := decode[struct {
			Input I `json:"input"`
		}](args)
		return in.Input, err
	}}
}

var packageMutations = []packageMutation{
	packageCommand[OpenPackageInput]("proposePackage", "OpenPackageInput", "提请包案 · Asks a leader to take charge of cases."),
	packageCommand[PackageReasonInput]("approvePackage", "PackageReasonInput", "同意 · Says yes to what is proposed: a package, or its end, which it signs; never by who proposed it."),
	packageCommand[PackageReasonInput]("declinePackage", "PackageReasonInput", "不同意 · Says no to what is proposed: a package, or its end; with a reason."),
	packageCommand[OpenPackageInput]("openPackage", "OpenPackageInput", "开立包案 · Puts a leader in charge of cases; a case is in one open package at most."),
	packageCommand[PackageCaseInput]("addPackageCase", "PackageCaseInput", "列入案件 · Takes a further case in, open or long closed."),
	packageCommand[PackageCaseInput]("removePackageCase", "PackageCaseInput", "移出案件 · Lets a case go, with a reason."),
	packageCommand[SetPackagePlanInput]("setPackagePlan", "SetPackagePlanInput", "化解方案 · Sets the milestones; those that were reached stay, the others are replaced."),
	packageCommand[RecordPackageReviewInput]("recordPackageReview", "RecordPackageReviewInput", "包案调度、稳控回查 · Records progress, what was offered, milestones reached and what petitioners said; the next review is due a month later, or three where the package is stabilised."),
	packageCommand[HandOverPackageInput]("handOverPackage", "HandOverPackageInput", "移交包案 · Gives the package to another leader of its level and division."),
	packageCommand[ConcludePackageInput]("concludePackage", "ConcludePackageInput", "提请办结包案 · Proposes that the package is resolved, or stabilised; a second person signs by approvePackage. To be resolved, every case is concluded and every petitioner asked."),
	packageCommand[SupervisionOfPackageInput]("acknowledgePackageSupervision", "PackageSupervisionInput", "签收包案督办 · Says that the unit has an order over the package and works on it."),
	packageCommand[SupervisionOfPackageInput]("replyPackageSupervision", "PackageSupervisionInput", "反馈包案督办 · Answers an order over the package, which then goes no higher."),
	packageCommand[ClosePackageSupervisionInput]("closePackageSupervision", "ClosePackageSupervisionInput", "处理包案督办 · The issuing unit is satisfied, or returns the reply."),
}

func (b *builder) packageMutations() []field {
	service := b.service
	fields := make([]field, len(packageMutations))
	for i, m := range packageMutations {
		fields[i] = field{
			name: m.name, typ: "PackagePayload!", desc: m.desc,
			args: []argument{arg("input", m.input+"!", "What is asked, with the idempotency key.")},
			resolve: func(p graphql.ResolveParams) (any, error) {
				input, err := m.decode(p.Args)
				if err != nil {
					return nil, err
				}
				return service.PackageCommand(p.Context, m.name, input)
			},
		}
	}
	return fields
}

// onPackage are the fields of every input that acts on a package, followed by its own.
func onPackage(fields ...argument) []argument {
	return append([]argument{
		mutationID(),
		arg("packageId", "ID!", "The package, by its id."),
		arg("expectedVersion", "Int", "The version that the caller saw; the command is refused with STALE_VERSION if the package has moved on."),
		arg("effectiveAt", "DateTime", "The legal date of the act; now when left out. Never in the future or before the package came into its status."),
		arg("backdatingReason", "String", "Why the legal date lies more than three days back; required there."),
	}, fields...)
}

func (b *builder) packageInputs() {
	b.input("OpenPackageInput", "A leadership package to be opened, or proposed.",
		mutationID(),
		arg("leaderId", "ID!", "The leader: LEADER at a leading body of that level."),
		arg("responsibleUnitId", "ID!", "The unit that carries it out."),
		arg("title", "String!", "Its title, at most 200 characters; stored encrypted."),
		arg("reason", "String!", "Why a leader takes charge; stored encrypted."),
		arg("caseIds", "[ID!]!", "Its cases, 1 to 100, open or long closed, all within the leader's division."),
		arg("level", "DivisionLevel!", "The level of the leader."),
		arg("teamIds", "[ID!]", "Who works on it with the leader, at most 20."),
		arg("dueBy", "Date", "The day by which it is to be resolved."),
	)
	b.input("PackageReasonInput", "A yes or no to what is proposed.",
		onPackage(arg("reason", "String", "Why; required to decline."))...)
	b.input("PackageCaseInput", "A case to be added or removed.", onPackage(
		arg("caseId", "ID!", "The case."),
		arg("reason", "String", "Why; required to remove it."),
	)...)
	b.input("MilestoneInput", "One thing to be done by a day.",
		arg("title", "String!", "What is to be done; stored encrypted."),
		arg("dueOn", "Date!", "The day; today or later, and not after the package's dueBy."),
	)
	b.input("SetPackagePlanInput", "The plan of a package.",
		onPackage(arg("milestones", "[MilestoneInput!]!", "What is to be done by when, at least one thing."))...)
	b.input("PackageAskedInput", "What came of asking those who brought the matter.",
		arg("result", "FollowUpResult!", "What came of it; DEFAULTED is not taken: somebody asks."),
		arg("satisfaction", "Int", "From 1 (worst) to 5, where they answered."),
		arg("method", "FollowUpMethod!", "How they were asked."),
		arg("comment", "String", "What they said; stored encrypted."),
	)
	b.input("PackageMemberInput", "What a review says of one case.",
		arg("caseId", "ID!", "The case."),
		arg("outcome", "CaseOutcome", "The outcome of a case that had ended before it joined; others bring their own."),
		arg("asked", "PackageAskedInput", "What came of asking; of a concluded case only."),
	)
	b.input("RecordPackageReviewInput", "A review of a package.", onPackage(
		arg("progress", "String!", "How it stands; stored encrypted."),
		arg("help", "String", "What help was offered. "+neverWhereabouts),
		arg("explanation", "String", "What was explained. "+neverWhereabouts),
		arg("contact", "String", "What contact was offered. "+neverWhereabouts),
		arg("milestonesDone", "[ID!]", "The milestones that were reached, by their ids (\"M1\")."),
		arg("members", "[PackageMemberInput!]", "What it says of single cases."),
	)...)
	order := arg("orderId", "ID!", "The supervision order of the package.")
	b.input("PackageSupervisionInput", "签收、反馈包案督办 · The answer of the unit that the order chases, of the leader or of the team.", onPackage(
		order,
		arg("reply", "String", "What was done, and why so late; replyPackageSupervision needs it, acknowledgePackageSupervision takes none."),
	)...)
	b.input("ClosePackageSupervisionInput", "处理包案督办 · The word of the unit that issued the order.", onPackage(
		order,
		arg("status", "SupervisionStatus!", "SATISFIED; or RETURNED, when the time for the reply runs anew."),
		arg("reason", "String", "What the reply lacks; required there."),
	)...)
	b.input("HandOverPackageInput", "Another leader for a package.", onPackage(
		arg("leaderId", "ID!", "The new leader, of the same level and division."),
		arg("teamIds", "[ID!]", "The new team; the old one stays when left out."),
		arg("reason", "String!", "Why."),
	)...)
	b.input("ConcludePackageInput", "An end proposed for a package.", onPackage(
		arg("outcome", "PackageOutcome!", "Resolved, or stabilised for the time being."),
		arg("summary", "String!", "What was done; stored encrypted."),
	)...)
}
