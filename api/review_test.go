package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAServedOpinionIsReviewedByTheOrganAboveWhichSeesTheCaseFromThenOn(t *testing.T) {
	t.Parallel()
	const cityClerk, cityLeader = "p-5304-center-clerk-1", "p-5304-center-leader-1"
	o := open(t)
	registered := o.do(clerk, "registerCase", petition("review-1"))
	id, petitioner := registered.Case.ID, registered.Case.Parties[0].ID
	o.do(clerk, "acceptCase", o.on(id, nil))
	o.do(manager, "assignCase", o.on(id, map[string]any{"personId": person(investigator)}))
	o.do(investigator, "concludeInvestigation", o.on(id, map[string]any{"facts": "电梯停运属实", "path": "DECISION"}))
	opinion := func(claim, outcome string) map[string]any {
		return map[string]any{"claim": claim, "outcome": outcome, "facts": "属实", "reasons": "物业应当维修", "legalBasis": "《物业管理条例》第三十五条"}
	}
	decided := o.do(investigator, "issueDecision", o.on(id, map[string]any{
		"claims": []any{opinion("C1", "SUPPORTED"), opinion("C2", "NOT_SUPPORTED")},
	}))
	serve := func(who, document string) payload {
		return o.do(who, "recordService", o.on(id, map[string]any{
			"documentId": document, "partyId": petitioner, "method": "IN_PERSON", "servedAt": o.now.Format("2006-01-02T15:04:05Z07:00"),
		}))
	}
	serve(clerk, decided.Case.Documents[0].ID)
	sees := func(who string) bool {
		return data[struct{ Node *struct{ ID string } }](o, who, `query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id}).Node != nil
	}
	require.False(t, sees(cityClerk))

	ask := map[string]any{"partyId": petitioner, "reason": "对第二项诉求的处理不服"}
	unnamed := o.mutate(clerk, "requestReview", o.on(id, ask))
	require.Equal(t, "REQUIRED", unnamed.UserErrors[0].Code, "two organs could review")
	require.Equal(t, []string{"input", "unitId"}, unnamed.UserErrors[0].Field)
	ask["unitId"] = unit("5304-center")
	asked := o.do(clerk, "requestReview", o.on(id, ask))
	require.Equal(t, "REVIEW", asked.Case.Stage)
	require.True(t, sees(cityClerk))
	require.NotContains(t, asked.Case.AllowedCommands, "issueReviewOpinion")

	answered := o.do(cityLeader, "issueReviewOpinion", o.on(id, map[string]any{
		"outcome": "CHANGED", "facts": "物业费已多收", "reasons": "应当退还", "legalBasis": "《信访工作条例》第三十五条",
		"claims": []any{opinion("退还物业费", "SUPPORTED")},
	}))
	require.Equal(t, "REVIEW_OPINION", answered.Case.Documents[1].NoticeKind)
	served := serve(cityClerk, answered.Case.Documents[1].ID)
	require.Equal(t, "SUPPORTED", served.Case.Outcome)

	read := data[struct {
		Node struct {
			Decisions []struct{ Review string }
			Reviews   []struct {
				Stage, Outcome, Facts string
				Unit                  struct{ ID string }
				Requests              []struct {
					Late   bool
					Reason string
				}
				Claims   []struct{ Claim, Outcome string }
				Deadline struct{ Status, Step string }
			}
			Documents []struct{ Remedy string }
		}
	}](o, investigator, `query($id: ID!) { node(id: $id) { ... on Case { decisions { review }
		reviews { stage outcome facts unit { id } requests { late reason } claims { claim outcome } deadline { status step } }
		documents { remedy } } } }`, map[string]any{"id": id}).Node
	require.Equal(t, "CHANGED", read.Decisions[0].Review)
	review := read.Reviews[0]
	require.Equal(t, "CHANGED", review.Outcome)
	require.Equal(t, "物业费已多收", review.Facts)
	require.Equal(t, unit("5304-center"), review.Unit.ID)
	require.False(t, review.Requests[0].Late)
	require.Equal(t, "对第二项诉求的处理不服", review.Requests[0].Reason)
	require.Equal(t, "退还物业费", review.Claims[0].Claim)
	require.Equal(t, "MET", review.Deadline.Status)
	require.Contains(t, read.Documents[1].Remedy, "请求复核")
}
