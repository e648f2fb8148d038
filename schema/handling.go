package schema

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
)

// handlingTypes are what a case is worked on with: mediations, decisions, notices,
// follow-ups.
func (b *builder) handlingTypes() {
	b.mediationTypes()
	b.decisionTypes()
	b.reviewTypes()
	b.documentTypes()
	s := b.service
	b.node("FollowUp", "回访 · What a party answered afterwards.",
		get("id", "ID!", "The opaque id of the follow-up.", func(f *FollowUp) any { return SubID("FollowUp", f.Case.State.ID, f.ID) }),
		get("at", "DateTime!", "When the party was asked.", func(f *FollowUp) any { return f.At }),
		load("party", "Party", "The party asked.",
			func(ctx context.Context, f *FollowUp) (any, error) { return s.PartyOf(ctx, f.Case, f.PartyID), nil }),
		get("result", "FollowUpResult!", "What came of it.", func(f *FollowUp) any { return f.Result }),
		get("satisfaction", "Int", "满意度 · From 1 (worst) to 5; null where none was given.", func(f *FollowUp) any { return f.Satisfaction }),
		get("method", "FollowUpMethod!", "How the party was asked.", func(f *FollowUp) any { return f.Method }),
		get("performed", "Boolean", "Whether what was agreed or decided has been performed.", func(f *FollowUp) any { return f.Performed }),
		get("pressured", "Boolean", "Whether the party felt pressed into the result.", func(f *FollowUp) any { return f.Pressured }),
		load("comment", "String", "What the party said; masked unless the viewer works on the case.",
			func(ctx context.Context, f *FollowUp) (any, error) { return s.FollowUpComment(ctx, f), nil }),
		load("by", "Person", "Who asked.",
			func(ctx context.Context, f *FollowUp) (any, error) { return s.Person(ctx, f.By) }),
	)
}

func (b *builder) decisionTypes() {
	s := b.service
	b.node("Decision", "信访处理意见书 · A written opinion on the claims.",
		get("id", "ID!", "The opaque id of the decision.", func(d *Decision) any { return SubID("Decision", d.Case.State.ID, d.ID) }),
		get("decidedAt", "DateTime!", "When it was decided.", func(d *Decision) any { return d.DecidedAt }),
		get("servedAt", "DateTime", "When the first petitioner was served.", func(d *Decision) any { return d.ServedAt }),
		load("claims", "[ClaimOpinion!]", "The result for each claim.",
			func(ctx context.Context, d *Decision) (any, error) { return s.Opinions(ctx, d), nil }),
		reviewOutcome("review", "复查结果 · What the last review of it came to; null where there was none.", casefile.StageReview),
		reviewOutcome("reReview", "复核结果 · What the last re-review came to; null where there was none.", casefile.StageReReview),
	)
	b.object("ClaimOpinion", "The result for one claim; its texts are masked unless the viewer works on the case.",
		get("claim", "String!", "The claim in its words.", func(o ClaimOpinion) any { return o.Claim }),
		get("outcome", "DecisionOutcome!", "The result.", func(o ClaimOpinion) any { return o.Outcome }),
		get("facts", "String!", "The facts found.", func(o ClaimOpinion) any { return o.Facts }),
		get("reasons", "String!", "The reasons.", func(o ClaimOpinion) any { return o.Reasons }),
		get("legalBasis", "String!", "The legal basis.", func(o ClaimOpinion) any { return o.LegalBasis }),
	)
}

// awaited are the parties that loads have come to.
func awaited(waiting []Later) (any, error) {
	parties := make([]*Party, 0, len(waiting))
	for _, later := range waiting {
		party, err := later()
		if err != nil {
			return nil, err
		}
		if p, ok := party.(*Party); ok {
			parties = append(parties, p)
		}
	}
	return parties, nil
}
