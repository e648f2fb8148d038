package schema

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
)

// Referral is what a case was referred to, as the case's viewer sees it.
type Referral struct {
	Case *Case
	casefile.Referral
}

func referralsOf(c *Case) []*Referral {
	return each(c.State.Referrals, func(r casefile.Referral) *Referral { return &Referral{c, r} })
}

// clock is the latest clock of the receiving organ.
func (r *Referral) clock() *Deadline {
	var latest *Deadline
	for _, deadline := range r.Case.State.Deadlines {
		if deadline.Of == r.ID {
			latest = &Deadline{CaseID: r.Case.State.ID, Deadline: deadline}
		}
	}
	return latest
}

// text is a text of the referral; null where none was given.
func (r *Referral) text(ctx context.Context, s Service, id casefile.TextID) any {
	if id == "" {
		return nil
	}
	return s.TextOf(ctx, r.Case.State.ID, id)
}

func (b *builder) referralTypes() {
	s := b.service
	b.node("Referral", "导入法律途径 · What another organ was shown, and what came of it.",
		get("id", "ID!", "The opaque id of the referral.", func(r *Referral) any { return SubID("Referral", r.Case.State.ID, r.ID) }),
		get("channel", "ReferralChannel!", "法律途径 · The legal way.", func(r *Referral) any { return r.Channel }),
		get("referralStatus", "ReferralStatus!", "Where it stands.", func(r *Referral) any { return r.Status }),
		load("addressee", "Unit", "接收单位 · The receiving unit; null for an organ outside the platform.",
			func(ctx context.Context, r *Referral) (any, error) { return s.Unit(ctx, r.UnitID) }),
		load("organ", "String", "接收机关 · The organ outside the platform, where it was named; masked unless the viewer works on the case.",
			func(ctx context.Context, r *Referral) (any, error) { return r.text(ctx, s, r.Organ), nil }),
		get("reference", "String", "受理编号 · The number under which the organ has it.", func(r *Referral) any { return orNull(r.Reference) }),
		get("blocking", "Boolean!", "Nothing else goes on while it is open.", func(r *Referral) any { return r.Blocking }),
		load("reason", "String", "Why it was referred; masked unless the viewer works on the case.",
			func(ctx context.Context, r *Referral) (any, error) { return r.text(ctx, s, r.Reason), nil }),
		get("sentAt", "DateTime!", "When it was referred.", func(r *Referral) any { return r.SentAt }),
		get("acknowledgedAt", "DateTime", "When the organ took it in.", func(r *Referral) any { return r.AcknowledgedAt }),
		get("deadline", "Deadline", "The organ's own clock: to take the matter in, then to decide it; null where its law has none.",
			func(r *Referral) any { return present(r.clock()) }),
		load("result", "String", "处理结果 · What came of it; masked unless the viewer works on the case.",
			func(ctx context.Context, r *Referral) (any, error) { return r.text(ctx, s, r.Result), nil }),
		get("completedAt", "DateTime", "When its result was in.", func(r *Referral) any { return r.CompletedAt }),
		load("returnReason", "String", "退回理由 · Why it came back; masked unless the viewer works on the case.",
			func(ctx context.Context, r *Referral) (any, error) { return r.text(ctx, s, r.ReturnReason), nil }),
		get("returnedAt", "DateTime", "When it came back.", func(r *Referral) any { return r.ReturnedAt }),
		get("takenBack", "Boolean!", "撤回 · Its sender took it back, or the case ended meanwhile.", func(r *Referral) any { return r.TakenBack }),
	)
}

func (b *builder) referralInputs() {
	b.input("ReferCaseInput", "导入法律途径 · To whom, and why.", onCase(
		arg("channel", "ReferralChannel!", "The legal way."),
		arg("unitId", "ID", "The receiving unit, of a kind that the channel leads to; left out for an organ outside the platform."),
		arg("organ", "String", "The organ outside the platform, at most 200 characters; only without unitId."),
		arg("reason", "String!", "Why it is referred."),
		arg("blocking", "Boolean", "Nothing else goes on while it is open; false for a referral beside the work on the case.").or(true),
	)...)
	b.input("AcknowledgeReferralInput", "签收导入事项 · The organ's number.", onCase(
		arg("referralId", "ID!", "The referral."),
		arg("reference", "String!", "The number under which the organ has it, at most 64 characters."),
	)...)
	b.input("ReturnReferralInput", "退回导入事项 · Why it comes back.", onCase(
		arg("referralId", "ID!", "The referral."),
		arg("reason", "String!", "Why."),
	)...)
	b.input("ResultReceivedInput", "收到裁判、裁决文书 · When an award, judgment or decision reached a party.",
		arg("partyId", "ID!", "The party."),
		arg("receivedAt", "DateTime!", "When it was received."),
	)
	b.input("RecordReferralResultInput", "导入结果 · What came of it.", onCase(
		arg("referralId", "ID!", "The referral."),
		arg("reference", "String", "The number under which the organ has it, where that was not told before."),
		arg("result", "String!", "The result."),
		arg("conclude", "Boolean", "办结 · Concludes the case with a blocking referral; false where it goes on in the stage that it came from.").or(true),
		arg("received", "[ResultReceivedInput!]", "When the award, judgment or decision reached each party, where there is one: their time to challenge it runs from then, as a deadline of their own."),
	)...)
}
