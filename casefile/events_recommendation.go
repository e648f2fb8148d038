package casefile

import "fmt"

// RecommendationIssued recommends something to a unit.
type RecommendationIssued struct {
	RecommendationID string `json:"recommendationId"`
	UnitID           string `json:"unitId"`
	Text             TextID `json:"text"`
	ReplyBy          string `json:"replyBy,omitempty"`
}

// RecommendationReplied records what the unit answered.
type RecommendationReplied struct {
	RecommendationID string `json:"recommendationId"`
	Reply            TextID `json:"reply"`
}

func (RecommendationIssued) eventType() string  { return "RecommendationIssued" }
func (RecommendationReplied) eventType() string { return "RecommendationReplied" }

func (b RecommendationIssued) apply(s *State, event Event) {
	s.Recommendations = appended(s.Recommendations, Recommendation{
		ID: b.RecommendationID, UnitID: b.UnitID, Text: b.Text, IssuedAt: event.EffectiveAt, IssuedBy: event.Actor.PersonID,
	})
}

func (b RecommendationReplied) apply(s *State, event Event) {
	list := append([]Recommendation(nil), s.Recommendations...)
	for i := range list {
		if list[i].ID == b.RecommendationID {
			list[i].RepliedAt, list[i].Reply = event.EffectiveAt, b.Reply
		}
	}
	s.Recommendations = list
}

func (b RecommendationIssued) sentence(t telling) string {
	return t.did(fmt.Sprintf("addressed recommendation %s to %s", b.RecommendationID, t.unit(b.UnitID)),
		fmt.Sprintf("向%s发出调解建议%s", t.unit(b.UnitID), b.RecommendationID))
}

func (b RecommendationReplied) sentence(t telling) string {
	return t.did("recorded the reply to recommendation "+b.RecommendationID, "登记对调解建议"+b.RecommendationID+"的答复")
}

// recommendationEvents are the events of recommendations.
var recommendationEvents = []eventKind{eventOf[RecommendationIssued](), eventOf[RecommendationReplied]()}
