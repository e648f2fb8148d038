package casefile

// goodSupervision answers or judges an order that is ready for the actor; nil for any other
// mutation.
func (w *walker) goodSupervision(name string) Act {
	ready := map[string]func(State, SupervisionOrder, Actor) *Refusal{
		"acknowledgeSupervision": acknowledgeable, "replySupervision": replyable, "closeSupervision": judgeable,
	}[name]
	if ready == nil {
		return nil
	}
	for _, order := range w.state.Orders {
		if ready(w.state, order, w.actor) != nil {
			continue
		}
		switch {
		case name == "acknowledgeSupervision":
			return AcknowledgeSupervision{OrderID: order.ID}
		case name == "replySupervision":
			return ReplySupervision{OrderID: order.ID, Reply: "reply"}
		case order.Status == SupervisionReplied && w.chance(40):
			return CloseSupervision{OrderID: order.ID, Status: SupervisionReturned, Reason: "reason"}
		case w.mayTakeOver(order) && w.chance(60):
			return CloseSupervision{OrderID: order.ID, Status: SupervisionTakenOver, Reason: "reason"}
		}
		return CloseSupervision{OrderID: order.ID, Status: SupervisionSatisfied}
	}
	panic("no order is ready for " + name)
}

func (w *walker) mayTakeOver(order SupervisionOrder) bool {
	d := &deciding{state: w.state, rules: w.rules()}
	return takenIn(openStages, w.state.Stage) && w.state.answering(order) == w.state.ResponsibleUnitID && d.checkReceiver(order.IssuedByUnitID) == nil
}
