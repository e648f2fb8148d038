package schema

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
)

// Review is one examination of a written opinion by a superior organ.
type Review struct {
	Case *Case
	casefile.Review
}

// requested is one petitioner's request for a review.
type requested struct {
	Case *Case
	casefile.ReviewRequest
}

// reviewTypes are review and re-review (信访工作条例 arts 35, 36).
func (b *builder) reviewTypes() {
	s := b.service
	b.node("Review", "复查、复核 · One examination of a written opinion by a superior organ.",
		get("id", "ID!", "The opaque id of the review.", func(r *Review) any { return SubID("Review", r.Case.State.ID, r.ID) }),
		get("stage", "CaseStage!", "REVIEW or RE_REVIEW.", func(r *Review) any { return r.Stage }),
		load("unit", "Unit", "The organ that reviews.",
			func(ctx context.Context, r *Review) (any, error) { return s.Unit(ctx, r.UnitID) }),
		get("decision", "Decision", "The opinion that the matter began with; null for an imported answer.", func(r *Review) any {
			for _, d := range r.Case.State.Decisions {
				if d.ID == r.DecisionID {
					return &Decision{r.Case, d}
				}
			}
			return nil
		}),
		get("requests", "[ReviewRequest!]", "Who asked, when and why.", func(r *Review) any {
			return each(r.Requests, func(one casefile.ReviewRequest) requested { return requested{r.Case, one} })
		}),
		get("outcome", "ReviewOutcome", "What it came to; null while it is not answered.", func(r *Review) any { return r.Outcome }),
		get("decidedAt", "DateTime", "When it was answered.", func(r *Review) any { return r.DecidedAt }),
		load("decidedBy", "Person", "Who answered it.",
			func(ctx context.Context, r *Review) (any, error) { return s.Person(ctx, r.DecidedBy) }),
		get("concludedAt", "DateTime", "When its opinion had reached everybody and the case went on.", func(r *Review) any { return r.ConcludedAt }),
		load("facts", "String", "The facts found; masked unless the viewer works on the case.",
			func(ctx context.Context, r *Review) (any, error) { return s.TextOf(ctx, r.Case.State.ID, r.Facts), nil }),
		load("reasons", "String", "The reasons; masked unless the viewer works on the case.",
			func(ctx context.Context, r *Review) (any, error) {
				return s.TextOf(ctx, r.Case.State.ID, r.Reasons), nil
			}),
		load("legalBasis", "String", "The legal basis; masked unless the viewer works on the case.",
			func(ctx context.Context, r *Review) (any, error) {
				return s.TextOf(ctx, r.Case.State.ID, r.LegalBasis), nil
			}),
		load("claims", "[ClaimOpinion!]", "The claims that have another result now.",
			func(ctx context.Context, r *Review) (any, error) {
				return s.Opinions(ctx, &Decision{r.Case, casefile.Decision{Claims: r.Claims}}), nil
			}),
		get("document", "Document", "The opinion to be served.", func(r *Review) any {
			for _, n := range r.Case.State.Notices {
				if r.NoticeID != "" && n.ID == r.NoticeID {
					return &Document{Case: r.Case, Notice: n}
				}
			}
			return nil
		}),
		get("deadline", "Deadline", "The organ's own clock.", func(r *Review) any {
			for _, d := range r.Case.State.Deadlines {
				if d.Of == r.ID {
					return &Deadline{CaseID: r.Case.State.ID, Deadline: d}
				}
			}
			return nil
		}),
	)
	b.object("ReviewRequest", "请求 · One petitioner's request for a review or re-review.",
		load("party", "Party", "Who asked.",
			func(ctx context.Context, r requested) (any, error) { return s.PartyOf(ctx, r.Case, r.PartyID), nil }),
		get("requestedAt", "DateTime!", "The day of the request.", func(r requested) any { return r.RequestedAt }),
		get("late", "Boolean!", "逾期 · The party's window had run out; the organ answers that.", func(r requested) any { return r.Late }),
		load("reason", "String", "Why; masked unless the viewer works on the case.",
			func(ctx context.Context, r requested) (any, error) {
				return s.TextOf(ctx, r.Case.State.ID, r.Reason), nil
			}),
		load("lateReason", "String", "Why it came late; masked unless the viewer works on the case.",
			func(ctx context.Context, r requested) (any, error) {
				return s.TextOf(ctx, r.Case.State.ID, r.LateReason), nil
			}),
	)
}

// reviewOutcome reads what a review of an opinion came to.
func reviewOutcome(name, desc string, stage casefile.Stage) field {
	return get(name, "ReviewOutcome", desc, func(d *Decision) any { return d.Case.State.ReviewOf(d.ID, stage) })
}

// ReviewAskedInput is the input of requestReview and requestReReview.
type ReviewAskedInput struct {
	CaseCommand
	PartyID    string `json:"partyId"`
	UnitID     string `json:"unitId,omitempty"`
	Reason     string `json:"reason"`
	LateReason string `json:"lateReason,omitempty"`
}

// ReviewOpinionInput is the input of issueReviewOpinion and issueReReviewOpinion.
type ReviewOpinionInput struct {
	CaseCommand
	Outcome    casefile.ReviewOutcome `json:"outcome"`
	Facts      string                 `json:"facts"`
	Reasons    string                 `json:"reasons"`
	LegalBasis string                 `json:"legalBasis"`
	Claims     []ClaimOpinionInput    `json:"claims,omitempty"`
}

// The inputs of the four mutations of review. Review and re-review take the same fields.
type (
	// RequestReviewInput is the input of requestReview.
	RequestReviewInput struct{ ReviewAskedInput }
	// RequestReReviewInput is the input of requestReReview.
	RequestReReviewInput struct{ ReviewAskedInput }
	// IssueReviewOpinionInput is the input of issueReviewOpinion.
	IssueReviewOpinionInput struct{ ReviewOpinionInput }
	// IssueReReviewOpinionInput is the input of issueReReviewOpinion.
	IssueReReviewOpinionInput struct{ ReviewOpinionInput }
)

func (b *builder) reviewInputs() {
	b.input("RequestReviewInput", "请求复查、复核 · Who asks for a review, or a re-review, and why; effectiveAt is the day of the request.", onCase(
		arg("partyId", "ID!", "The petitioner who asks."),
		arg("unitId", "ID", "The organ that is to review; may be left out where only one can."),
		arg("reason", "String!", "The facts and reasons given."),
		arg("lateReason", "String", "Why the request comes after its last day, where the party says so."),
	)...)
	b.input("IssueReviewOpinionInput", "复查、复核意见 · The organ's answer to a request for review or re-review.", onCase(
		arg("outcome", "ReviewOutcome!", "What it comes to."),
		arg("facts", "String!", "The facts found."),
		arg("reasons", "String!", "The reasons."),
		arg("legalBasis", "String!", "The legal basis."),
		arg("claims", "[ClaimOpinionInput!]", "The claims that get another result, where the outcome is CHANGED."),
	)...)
}
