package schema

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
)

// AcknowledgeSupervisionInput is the input of acknowledgeSupervision.
type AcknowledgeSupervisionInput struct{ supervisionInput }

// ReplySupervisionInput is the input of replySupervision.
type ReplySupervisionInput struct{ supervisionInput }

// supervisionInput is SupervisionInput, which two mutations share.
type supervisionInput struct {
	CaseCommand
	OrderID string `json:"orderId"`
	Reply   string `json:"reply,omitempty"`
}

// CloseSupervisionInput is the input of closeSupervision.
type CloseSupervisionInput struct {
	CaseCommand
	OrderID string                     `json:"orderId"`
	Status  casefile.SupervisionStatus `json:"status"`
	Reason  string                     `json:"reason,omitempty"`
}

func (b *builder) supervisionInputs() {
	order := arg("orderId", "ID!", "The supervision order.")
	b.input("SupervisionInput", "签收、反馈督办 · The answer of the unit that the order chases.", onCase(
		order,
		arg("reply", "String", "What was done, and why so late; replySupervision needs it, acknowledgeSupervision takes none."),
	)...)
	b.input("CloseSupervisionInput", "处理督办 · The word of the unit that issued the order.", onCase(
		order,
		arg("status", "SupervisionStatus!", "SATISFIED; RETURNED, when the time for the reply runs anew; or TAKEN_OVER, by which the issuing unit takes the case over."),
		arg("reason", "String", "What the reply lacks, or why the case is taken over; required there."),
	)...)
}

// supervisionTypes are the orders that chase a unit.
func (b *builder) supervisionTypes() {
	s := b.service
	b.node("SupervisionOrder", "督办 · Chases the unit that missed a deadline.",
		get("id", "ID!", "The opaque id of the order.", func(o *SupervisionOrder) any {
			return partID("SupervisionOrder", o.CaseID, o.PackageID, o.ID)
		}),
		get("level", "DivisionLevel!", "The level that issued it.", func(o *SupervisionOrder) any { return o.Level }),
		get("orderStatus", "SupervisionStatus!", "Where it stands.", func(o *SupervisionOrder) any { return o.Status }),
		load("issuedBy", "Unit", "The supervising unit.",
			func(ctx context.Context, o *SupervisionOrder) (any, error) { return s.Unit(ctx, o.IssuedByUnitID) }),
		load("addressee", "Unit", "The unit that held the case when the order was issued; whoever holds it now answers.",
			func(ctx context.Context, o *SupervisionOrder) (any, error) { return s.Unit(ctx, o.AddresseeUnitID) }),
		get("openedAt", "DateTime!", "When it was issued.", func(o *SupervisionOrder) any { return o.OpenedAt }),
		get("deadline", "Deadline", "The deadline that was missed.", func(o *SupervisionOrder) any { return present(o.Missed) }),
		get("deadlines", "[Deadline!]", "签收、反馈时限 · The clocks of the order itself, apart from the one that was missed.", func(o *SupervisionOrder) any { return o.Clocks }),
		get("escalates", "SupervisionOrder", "The order of the division below that went unanswered; null for the first one over a deadline.",
			func(o *SupervisionOrder) any { return present(o.Below) }),
		get("acknowledgedAt", "DateTime", "When it was acknowledged.", func(o *SupervisionOrder) any { return o.AcknowledgedAt }),
		load("acknowledgedBy", "Person", "Who acknowledged it.",
			func(ctx context.Context, o *SupervisionOrder) (any, error) { return s.Person(ctx, o.AcknowledgedBy) }),
		get("repliedAt", "DateTime", "When it was last replied to.", func(o *SupervisionOrder) any { return o.RepliedAt }),
		load("repliedBy", "Person", "Who replied.",
			func(ctx context.Context, o *SupervisionOrder) (any, error) { return s.Person(ctx, o.RepliedBy) }),
		load("reply", "String", "The last reply; masked unless the viewer works on the case or package.",
			func(ctx context.Context, o *SupervisionOrder) (any, error) {
				return orderText(ctx, s, o, o.Reply), nil
			}),
		get("judgedAt", "DateTime", "When the issuing unit last returned or closed it.", func(o *SupervisionOrder) any { return o.JudgedAt }),
		load("judgedBy", "Person", "Who did so.",
			func(ctx context.Context, o *SupervisionOrder) (any, error) { return s.Person(ctx, o.JudgedBy) }),
		load("reason", "String", "What the issuing unit said with it; masked unless the viewer works on the case or package.",
			func(ctx context.Context, o *SupervisionOrder) (any, error) {
				return orderText(ctx, s, o, o.Reason), nil
			}),
		load("case", "Case", "The case; null where the deadline was a package's.",
			func(ctx context.Context, o *SupervisionOrder) (any, error) { return s.CaseOf(ctx, o.CaseID), nil }),
		load("leadershipPackage", "Package", "包案 · The package; null where the deadline was a case's.",
			func(ctx context.Context, o *SupervisionOrder) (any, error) { return s.PackageOf(ctx, o.PackageID), nil }),
	)
}

// OrderOf finds a supervision order of the case, or nil.
func OrderOf(s casefile.State, id string) *SupervisionOrder {
	for _, order := range s.Orders {
		if order.ID != id {
			continue
		}
		found := &SupervisionOrder{
			CaseID: s.ID, SupervisionOrder: order, Missed: DeadlineOf(s, order.DeadlineID), Clocks: []*Deadline{},
		}
		if order.Escalates != "" {
			found.Below = OrderOf(s, order.Escalates)
		}
		for _, d := range s.Deadlines {
			if d.Of == id {
				found.Clocks = append(found.Clocks, &Deadline{CaseID: s.ID, Deadline: d})
			}
		}
		return found
	}
	return nil
}

// orderText is a text of the case or package, or null where none was written.
func orderText(ctx context.Context, s Service, o *SupervisionOrder, id casefile.TextID) any {
	if id != "" && o.Package != nil {
		return s.PackageText(ctx, o.Package, id)
	}
	return caseText(ctx, s, o.CaseID, id)
}

// caseText is a text of a case, or null where none was written.
func caseText(ctx context.Context, s Service, caseID string, id casefile.TextID) any {
	if id == "" {
		return nil
	}
	return s.TextOf(ctx, caseID, id)
}
