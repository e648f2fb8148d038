package api

import (
	"context"
	"strconv"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// PackageCommand carries out a mutation on a leadership package, as Command does on a case.
func (s *service) PackageCommand(ctx context.Context, mutation string, input schema.PackageInput) (*schema.PackagePayload, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	answer := &schema.PackagePayload{ClientMutationID: input.MutationID(), UserErrors: []schema.UserError{}}
	refusals, err := s.packageCommand(ctx, q, mutation, input, answer)
	if err == nil && answer.Package != nil {
		refusals, err = q.told(ctx, refusals, answer.Package.State.CasesNamed(), answer.Package.WorksOn)
	}
	if err != nil {
		return nil, err
	}
	for _, refusal := range refusals {
		answer.UserErrors = append(answer.UserErrors, q.userError(refusal))
	}
	return answer, nil
}

func (s *service) packageCommand(
	ctx context.Context, q *request, mutation string, input schema.PackageInput, answer *schema.PackagePayload,
) ([]*casefile.Refusal, error) {
	if refusal := checkKey("clientMutationId", input.MutationID()); refusal != nil {
		return only(refusal), nil
	}
	id, refusal := packageIDOf(q, input)
	if refusal != nil {
		return only(refusal), nil
	}
	shown, err := s.currentPackage(ctx, q, id)
	if err != nil {
		return nil, err
	}
	_, makes := input.(schema.OpenPackageInput)
	if shown == nil && !makes {
		return only(&casefile.Refusal{
			Code: casefile.RefusedNoCase, Field: at("packageId"), Message: "there is no such package", MessageZH: "没有这一包案",
		}), nil
	}
	cmd := leadership.Command{
		PackageID: id, RequestKey: requestKeyOf(q.person.ID, input.MutationID()), RequestID: q.id,
		ExpectedVersion: input.OnPackage().ExpectedVersion, EffectiveAt: input.OnPackage().EffectiveAt,
	}
	if cmd.InputDigest, err = s.digest(ctx, id, mutation, input); err != nil {
		return nil, err
	}
	digest, _, done, err := s.store.PackageRequest(ctx, id, cmd.RequestKey)
	if err != nil {
		return nil, unavailable(err)
	}
	if done {
		answer.Package = shown
		if digest != cmd.InputDigest {
			answer.Package = nil
			return only(casefile.OtherInput()), nil
		}
		return nil, nil
	}
	answer.Package = shown
	w := &writing{q: q, caseID: id}
	if cmd.Act, err = s.packageAct(ctx, w, mutation, input); err != nil {
		return nil, err
	}
	cmd.BackdatingReason = w.text(casefile.TextReason, at("backdatingReason"), input.OnPackage().BackdatingReason, false)
	if len(w.refusals) > 0 {
		return w.refusals, nil
	}
	var state leadership.State
	if shown != nil {
		state = shown.State
	}
	if cmd.Actor, refusal, err = s.packageActor(ctx, q, state, cmd); err != nil || refusal != nil {
		return only(refusal), err
	}
	if err := s.store.PutPackageTexts(ctx, id, w.texts); err != nil {
		return only(erased(err)), outcome(err)
	}
	result, err := s.commander.DoPackage(ctx, cmd)
	if err != nil {
		return nil, err
	}
	if result.Refusal != nil {
		return only(result.Refusal), nil
	}
	answer.Package, err = s.currentPackage(ctx, q, id)
	return nil, err
}

// packageIDOf finds the package: one that is being made is named by who makes it and their
// idempotency key.
func packageIDOf(q *request, input schema.PackageInput) (string, *casefile.Refusal) {
	if _, makes := input.(schema.OpenPackageInput); makes {
		return casefile.PackageIDOfRequest(q.person.ID, input.MutationID()), nil
	}
	id, refusal := idOf("Package", at("packageId"), input.OnPackage().PackageID)
	return id.Key, refusal
}

// currentPackage reads the package as it now is, past whatever this request has loaded.
func (s *service) currentPackage(ctx context.Context, q *request, id string) (*schema.Package, error) {
	q.packages.Forget(id)
	row, err := s.store.Package(ctx, q.viewer, id)
	if err != nil {
		return nil, unavailable(err)
	}
	return q.packageOf(row), nil
}

// packageAct turns an input into the act of its mutation. Cases that the viewer may not see
// are as good as none.
func (s *service) packageAct(ctx context.Context, w *writing, mutation string, input schema.PackageInput) (leadership.Act, error) {
	switch in := input.(type) {
	case schema.OpenPackageInput:
		mandate := leadership.Mandate{
			Level: in.Level, LeaderID: w.id("Person", at("leaderId"), in.LeaderID),
			ResponsibleUnitID: w.id("Unit", at("responsibleUnitId"), in.ResponsibleUnitID), TeamIDs: w.people(at("teamIds"), in.TeamIDs),
			Title: w.text(casefile.TextTitle, at("title"), in.Title, true), Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true),
			DueBy: in.DueBy,
		}
		cases := make([]string, len(in.CaseIDs))
		for i, id := range in.CaseIDs {
			cases[i] = w.id("Case", at("caseIds", strconv.Itoa(i)), id)
		}
		err := s.checkSeen(ctx, w, cases, func(i int) []string { return at("caseIds", strconv.Itoa(i)) })
		if mutation == "proposePackage" {
			return leadership.ProposePackage{Mandate: mandate, CaseIDs: cases}, err
		}
		return leadership.OpenPackage{Mandate: mandate, CaseIDs: cases}, err
	case schema.PackageReasonInput:
		if mutation == "declinePackage" {
			return leadership.DeclinePackage{Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true)}, nil
		}
		return leadership.ApprovePackage{Reason: w.text(casefile.TextReason, at("reason"), in.Reason, false)}, nil
	case schema.PackageCaseInput:
		caseID := w.id("Case", at("caseId"), in.CaseID)
		if mutation == "removePackageCase" {
			return leadership.RemovePackageCase{CaseID: caseID, Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true)}, nil
		}
		err := s.checkSeen(ctx, w, []string{caseID}, func(int) []string { return at("caseId") })
		return leadership.AddPackageCase{CaseID: caseID, Reason: w.text(casefile.TextReason, at("reason"), in.Reason, false)}, err
	case schema.SetPackagePlanInput:
		act := leadership.SetPackagePlan{}
		for i, m := range in.Milestones {
			title := w.text(casefile.TextPerformance, at("milestones", strconv.Itoa(i), "title"), m.Title, true)
			act.Milestones = append(act.Milestones, leadership.PlannedMilestone{Title: title, DueOn: m.DueOn})
		}
		return act, nil
	case schema.RecordPackageReviewInput:
		return w.packageReview(in), nil
	case schema.HandOverPackageInput:
		return leadership.HandOverPackage{
			LeaderID: w.id("Person", at("leaderId"), in.LeaderID), TeamIDs: w.people(at("teamIds"), in.TeamIDs),
			Reason: w.text(casefile.TextReason, at("reason"), in.Reason, true),
		}, nil
	case teamPlaceInput:
		return w.teamPlace(in), nil
	case schema.SupervisionOfPackageInput:
		order := w.sub("PackageSupervisionOrder", at("orderId"), in.OrderID)
		if mutation == "replyPackageSupervision" {
			return leadership.ReplyPackageSupervision{OrderID: order, Reply: w.text(casefile.TextReply, at("reply"), in.Reply, true)}, nil
		}
		if !casefile.Blank(in.Reply) {
			w.refusals = append(w.refusals, &casefile.Refusal{
				Code: casefile.RefusedInvalid, Field: at("reply"),
				Message:   "acknowledgePackageSupervision takes no reply; replyPackageSupervision does",
				MessageZH: "签收督办不填写答复，请使用“反馈包案督办”",
			})
		}
		return leadership.AcknowledgePackageSupervision{OrderID: order}, nil
	case schema.ClosePackageSupervisionInput:
		return leadership.ClosePackageSupervision{
			OrderID: w.sub("PackageSupervisionOrder", at("orderId"), in.OrderID), Status: in.Status, Reason: w.text(casefile.TextReason, at("reason"), in.Reason, false),
		}, nil
	case schema.ConcludePackageInput:
		return leadership.ConcludePackage{
			Outcome: in.Outcome, Summary: w.text(casefile.TextSummary, at("summary"), in.Summary, true),
		}, nil
	}
	return nil, nil
}

func (w *writing) people(field []string, ids []string) []string {
	people := make([]string, len(ids))
	for i, id := range ids {
		people[i] = w.id("Person", under(field, strconv.Itoa(i)), id)
	}
	return people
}

func (w *writing) packageReview(in schema.RecordPackageReviewInput) leadership.Act {
	act := leadership.RecordPackageReview{
		Progress:       w.text(casefile.TextSummary, at("progress"), in.Progress, true),
		Help:           w.text(casefile.TextNote, at("help"), in.Help, false),
		Explanation:    w.text(casefile.TextNote, at("explanation"), in.Explanation, false),
		Contact:        w.text(casefile.TextNote, at("contact"), in.Contact, false),
		MilestonesDone: in.MilestonesDone,
	}
	for i, m := range in.Members {
		field := at("members", strconv.Itoa(i))
		review := leadership.MemberReview{CaseID: w.id("Case", under(field, "caseId"), m.CaseID), Outcome: m.Outcome}
		if m.Asked != nil {
			review.Asked = &leadership.Asked{
				Result: m.Asked.Result, Satisfaction: m.Asked.Satisfaction, Method: m.Asked.Method,
				Comment: w.text(casefile.TextComment, under(field, "asked", "comment"), m.Asked.Comment, false),
			}
		}
		act.Members = append(act.Members, review)
	}
	return act
}

// checkSeen refuses cases that the viewer may not see, as if they weren't there.
func (s *service) checkSeen(ctx context.Context, w *writing, ids []string, field func(int) []string) error {
	seen := map[string]*store.CaseRow{}
	for from := 0; from < len(ids); from += maxBatch {
		rows, err := s.store.CasesByID(ctx, w.q.viewer, ids[from:min(from+maxBatch, len(ids))])
		if err != nil {
			return unavailable(err)
		}
		for id, row := range rows {
			seen[id] = row
		}
	}
	for i, id := range ids {
		if id != "" && seen[id] == nil {
			w.refusals = append(w.refusals, &casefile.Refusal{
				Code: casefile.RefusedNoCase, Field: field(i), Message: "there is no such case", MessageZH: "没有这一案件",
			})
		}
	}
	return nil
}
