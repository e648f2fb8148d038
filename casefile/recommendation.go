package casefile

import (
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

const stepRecommendation = "recommendation"

// Recommendation (调解建议) is what a mediation recommended to a unit, and its reply.
type Recommendation struct {
	ID        string    `json:"id"` // unique within the case ("T1")
	UnitID    string    `json:"unitId"`
	Text      TextID    `json:"text"`
	IssuedAt  time.Time `json:"issuedAt"`
	IssuedBy  string    `json:"issuedBy"`
	RepliedAt time.Time `json:"repliedAt,omitzero"`
	Reply     TextID    `json:"reply,omitempty"`
}

// unreplied lists the recommendations that wait for their reply.
func (s State) unreplied() []Recommendation {
	var list []Recommendation
	for _, r := range s.Recommendations {
		if r.RepliedAt.IsZero() {
			list = append(list, r)
		}
	}
	return list
}

func (s State) recommended(id string) (Recommendation, bool) {
	waiting := s.unreplied()
	if id == "" && len(waiting) == 1 {
		return waiting[0], true
	}
	for _, r := range waiting {
		if r.ID == id {
			return r, true
		}
	}
	return Recommendation{}, false
}

func mediatedOnce(state State, _ Directory) *Refusal {
	switch {
	case len(state.Mediations) == 0:
		return refuse(RefusedIncomplete, nil,
			"a recommendation comes out of a mediation, and this case has had none", "调解建议应在调解中提出，本案尚未调解")
	case len(state.Recommendations) >= maxRecommendations:
		return refuse(RefusedTooLong, nil,
			fmt.Sprintf("a case takes at most %d recommendations", maxRecommendations),
			fmt.Sprintf("每案最多%d项调解建议", maxRecommendations))
	}
	return nil
}

// maxRecommendations keeps a case small enough to be carried whole.
const maxRecommendations = 20

func replyOwed(state State, _ Directory) *Refusal {
	if len(state.unreplied()) > 0 {
		return nil
	}
	return refuse(RefusedAlreadyDone, nil,
		"no recommendation of this case waits for a reply", "本案没有待答复的调解建议")
}

// issueRecommendation addresses a unit of the platform. Its clock is the unit's own, so
// nobody here is supervised for it: who issued it is told to ask.
func (d *deciding) issueRecommendation(act IssueRecommendation) *Refusal {
	if refusal := first(requireValue(act.UnitID, "unitId"), requireValue(act.Text, "text"), d.checkReplyDay(act.ReplyBy)); refusal != nil {
		return refusal
	}
	if _, ok := d.rules.Directory.Unit(act.UnitID); !ok {
		return unknownUnit(act.UnitID, at("unitId"))
	}
	if act.UnitID == d.state.ResponsibleUnitID {
		return refuse(RefusedInvalid, at("unitId"),
			"a recommendation goes to another unit than the one that handles the case", "调解建议应向承办单位以外的单位提出")
	}
	if ExcludesUnit(d.state.Exclusions, act.UnitID, d.rules.Directory) {
		return refuse(RefusedInterest, at("unitId"),
			fmt.Sprintf("unit %s is kept from the case", act.UnitID), fmt.Sprintf("单位 %s 应当回避本案", act.UnitID))
	}
	id := fmt.Sprintf("T%d", len(d.state.Recommendations)+1)
	d.emit(RecommendationIssued{RecommendationID: id, UnitID: act.UnitID, Text: act.Text, ReplyBy: act.ReplyBy})
	rule, ok := d.rule(agreementProcedure, stepRecommendation, d.effectiveAt)
	switch {
	case !ok:
	case act.ReplyBy == "":
		d.startClock(rule.belongingTo(id), d.effectiveAt)
	default:
		d.startClockUntil(rule.belongingTo(id), d.effectiveAt, act.ReplyBy)
	}
	return nil
}

func (d *deciding) checkReplyDay(given string) *Refusal {
	if given == "" {
		return nil
	}
	last, err := calendar.ParseDate(given)
	if err != nil {
		return refuse(RefusedInvalid, at("replyBy"),
			fmt.Sprintf("replyBy %s is not a day YYYY-MM-DD", shown(given)), fmt.Sprintf("replyBy %s 不是 YYYY-MM-DD 格式的日期", shown(given)))
	}
	from := calendar.DateOf(d.effectiveAt)
	if days := from.DaysUntil(last); days < 1 || days > 366 {
		return refuse(RefusedOutOfOrder, at("replyBy"),
			fmt.Sprintf("replyBy %s is not within a year after %s", given, from), fmt.Sprintf("replyBy %s 不在 %s 之后的一年内", given, from))
	}
	return nil
}

func (d *deciding) replyRecommendation(act ReplyRecommendation) *Refusal {
	if refusal := requireValue(act.Reply, "reply"); refusal != nil {
		return refusal
	}
	r, ok := d.state.recommended(act.RecommendationID)
	if !ok {
		if act.RecommendationID == "" {
			return required(at("recommendationId"))
		}
		return refuse(RefusedNotFound, at("recommendationId"),
			fmt.Sprintf("no recommendation %s waits for a reply", shown(act.RecommendationID)),
			fmt.Sprintf("没有待答复的调解建议 %s", shown(act.RecommendationID)))
	}
	replied := RecommendationReplied{RecommendationID: r.ID, Reply: act.Reply}
	d.emit(replied)
	d.meetIfOwed(d.state.clockOfAnyRound(stepRecommendation, r.ID), d.effectiveAt, replied)
	return nil
}

// advisedGrants let the heads of a unit see what it owes a reply to, until it has replied and
// unless the circle of the case is narrow.
func advisedGrants(state State) []Grant {
	if narrowness(state.Confidentiality) > 0 {
		return nil
	}
	var grants []Grant
	for _, r := range state.unreplied() {
		for _, role := range advisedHands {
			grants = append(grants, Grant{Role: role, UnitID: r.UnitID})
		}
	}
	return grants
}
