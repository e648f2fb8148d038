package explore

import (
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// The inputs of a supervision order.

func orderAcknowledgements(m moment) []proposal {
	return eachOrder(m, func(o casefile.SupervisionOrder) []proposal {
		return []proposal{{act: casefile.AcknowledgeSupervision{OrderID: o.ID}}}
	})
}

func orderReplies(m moment) []proposal {
	return eachOrder(m, func(o casefile.SupervisionOrder) []proposal {
		return []proposal{{act: casefile.ReplySupervision{OrderID: o.ID, Reply: "text"}}}
	})
}

func orderJudgements(m moment) []proposal {
	return eachOrder(m, func(o casefile.SupervisionOrder) []proposal {
		var list []proposal
		for _, status := range []casefile.SupervisionStatus{
			casefile.SupervisionSatisfied, casefile.SupervisionReturned, casefile.SupervisionTakenOver,
		} {
			list = append(list, proposal{casefile.CloseSupervision{OrderID: o.ID, Status: status, Reason: "text"}, string(status)})
		}
		return list
	})
}

// eachOrder proposes something of every open order, named by who issued it over what.
func eachOrder(m moment, of func(casefile.SupervisionOrder) []proposal) []proposal {
	var list []proposal
	for _, order := range m.state.Orders {
		if !order.Status.Open() {
			continue
		}
		step := ""
		for _, d := range m.state.Deadlines {
			if d.ID == order.DeadlineID {
				step = d.Step
			}
		}
		for _, p := range of(order) {
			p.variant = strings.TrimSpace(joined(order.IssuedByUnitID+" on "+step, p.variant))
			list = append(list, p)
		}
	}
	return list
}
