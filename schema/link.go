package schema

import (
	"context"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// CaseLink is a link of a case, as one viewer sees that case.
type CaseLink struct {
	Case *Case
	casefile.Link
}

// linkFields are what a case is tied to, and whether it is put off.
func (b *builder) linkFields() []field {
	return append(slices.Concat(sampleFields(), urgentFields(), policeReportFields(), retaliationFields()), []field{
		load("links", "[CaseLink!]", "关联案件 · The cases that it is tied to; sealed ones only for whoever sees them.",
			func(ctx context.Context, c *Case) (any, error) { return b.service.Links(ctx, c), nil }),
		get("deferral", "Deferral", "缓办 · The deferral that was asked for or is in force.", func(c *Case) any {
			if c.State.Deferral == nil {
				return nil
			}
			return &Deferral{c, *c.State.Deferral}
		}),
		get("deferrals", "Int!", "缓办次数 · How often it has been put off by leave.", func(c *Case) any { return c.State.Deferrals }),
		get("repeats", "Boolean!", "重复信访 · It brings a matter again that another case was about.", func(c *Case) any { return c.State.Repeats() }),
	}...)
}

func (b *builder) linkTypes() {
	s := b.service
	b.object("CaseLink", "案件关联 · A tie between two cases; both have it.",
		get("kind", "LinkKind!", "What the one is to the other.", func(l *CaseLink) any { return l.Kind }),
		get("inverse", "Boolean!", "The other case is the one that is related, repeats, and so on.", func(l *CaseLink) any { return l.Inverse }),
		load("number", "String", "The other case's number; null where that one is sealed, or restricted and the viewer neither sees it nor works on this one.",
			func(ctx context.Context, l *CaseLink) (any, error) {
				return s.OtherNumber(ctx, casefile.OtherCase{CaseID: l.CaseID, Number: l.Number}, l.Case.WorksOn), nil
			}),
		get("confirmed", "Boolean!", "The other case has taken note.", func(l *CaseLink) any { return !l.Asked }),
		load("case", "Case", "The other case; null where the viewer may not see it.",
			func(ctx context.Context, l *CaseLink) (any, error) { return s.CaseOf(ctx, l.CaseID), nil }),
	)
	b.object("Deferral", "缓办 · A case put off until a day. No statutory clock stands still for it.",
		get("until", "Date!", "The day on which the case is taken up again.", func(d *Deferral) any { return d.Until }),
		load("reason", "String", "Why; masked unless the viewer works on the case.",
			func(ctx context.Context, d *Deferral) (any, error) { return s.DeferralReason(ctx, d), nil }),
		load("requestedBy", "Person", "Who asked.",
			func(ctx context.Context, d *Deferral) (any, error) { return s.Person(ctx, d.AskedBy) }),
		load("approvedBy", "Person", "Who approved; null while nobody has decided.",
			func(ctx context.Context, d *Deferral) (any, error) { return s.Person(ctx, d.ApprovedBy) }),
		get("elapsed", "Boolean!", "The day has come.", func(d *Deferral) any { return d.Elapsed }),
	)
}
