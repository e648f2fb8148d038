package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAReReviewAnswersAnAppealForGood(t *testing.T) {
	t.Parallel()
	const cityClerk, cityLeader = "p-5304-center-clerk-1", "p-5304-center-leader-1"
	const organ, organLeader = "5304-leading", "p-5304-leading-leader-1"
	o := open(t)
	appeal := petition("rr-1")
	appeal["parties"] = []any{map[string]any{"role": "PETITIONER", "name": "赵敏", "phone": "13900139000"}}
	registered := o.do(clerk, "registerCase", appeal)
	id, petitioner := registered.Case.ID, registered.Case.Parties[0].ID
	serve := func(who, kind string, answered payload) payload {
		t.Helper()
		for _, document := range answered.Case.Documents {
			if document.NoticeKind == kind {
				return o.do(who, "recordService", o.on(id, map[string]any{
					"documentId": document.ID, "partyId": petitioner, "method": "IN_PERSON", "servedAt": o.now.Format(time.RFC3339),
				}))
			}
		}
		require.Fail(t, "no notice "+kind)
		return payload{}
	}
	accepted := o.do(clerk, "acceptCase", o.on(id, nil))
	require.Equal(t, "ACCEPTANCE", accepted.Case.Documents[0].NoticeKind, "whoever can be reached is told of the acceptance")
	serve(clerk, "ACCEPTANCE", accepted)
	o.do(manager, "assignCase", o.on(id, map[string]any{"personId": person(investigator)}))
	o.do(investigator, "concludeInvestigation", o.on(id, map[string]any{"facts": "电梯停运属实", "path": "DECISION"}))
	opinion := func(claim, outcome string) map[string]any {
		return map[string]any{"claim": claim, "outcome": outcome, "facts": "属实", "reasons": "物业应当维修", "legalBasis": "《物业管理条例》第三十五条"}
	}
	decided := o.do(investigator, "issueDecision", o.on(id, map[string]any{
		"claims": []any{opinion("C1", "SUPPORTED"), opinion("C2", "NOT_SUPPORTED")},
	}))
	serve(clerk, "DECISION", decided)
	early := o.mutate(clerk, "requestReReview", o.on(id, map[string]any{"partyId": petitioner, "reason": "直接复核"}))
	require.Equal(t, "INCOMPLETE", early.UserErrors[0].Code, "a review comes first")
	o.do(clerk, "requestReview", o.on(id, map[string]any{"partyId": petitioner, "unitId": unit("5304-center"), "reason": "对第二项不服"}))
	upheld := map[string]any{"outcome": "UPHELD", "facts": "属实", "reasons": "处理适当", "legalBasis": "《信访工作条例》第三十五条"}
	answered := o.do(cityLeader, "issueReviewOpinion", o.on(id, upheld))
	serve(cityClerk, "REVIEW_OPINION", answered)

	o.now = o.now.AddDate(0, 0, 20)
	unnamed := o.mutate(cityClerk, "requestReReview", o.on(id, map[string]any{"partyId": petitioner, "reason": "仍不服"}))
	require.Equal(t, "REQUIRED", unnamed.UserErrors[0].Code, "two organs could")
	wrong := o.mutate(cityClerk, "requestReReview", o.on(id, map[string]any{"partyId": petitioner, "unitId": unit("530402-leading"), "reason": "不服"}))
	require.Equal(t, "NOT_COMPETENT", wrong.UserErrors[0].Code)
	require.Contains(t, wrong.UserErrors[0].Message, "art. 36")
	asked := o.do(cityClerk, "requestReReview", o.on(id, map[string]any{"partyId": petitioner, "unitId": unit(organ), "reason": "仍不服"}))
	require.Equal(t, "RE_REVIEW", asked.Case.Stage)
	same := o.mutate(cityLeader, "issueReReviewOpinion", o.on(id, upheld))
	require.NotEmpty(t, same.UserErrors, "whoever reviewed doesn't re-review")
	final := o.do(organLeader, "issueReReviewOpinion", o.on(id, upheld))
	serve("p-5304-leading-clerk-1", "RE_REVIEW_OPINION", final)

	read := data[struct {
		Node struct {
			Stage     string
			Decisions []struct{ Review, ReReview string }
			Deadlines []struct{ Step, Status, DueAt string }
			Documents []struct{ NoticeKind, Title, Remedy string }
		}
	}](o, investigator, `query($id: ID!) { node(id: $id) { ... on Case { stage decisions { review reReview }
		deadlines { step status dueAt } documents { noticeKind title remedy } } } }`, map[string]any{"id": id}).Node
	require.Equal(t, "UPHELD", read.Decisions[0].ReReview)
	for _, deadline := range read.Deadlines {
		switch deadline.Step {
		case "re-review-request":
			require.Equal(t, "2026-04-09T23:59:59+08:00", deadline.DueAt, "10 March and 30 days")
		case "re-review":
			require.Equal(t, "2026-04-29T23:59:59+08:00", deadline.DueAt, "30 March and 30 days")
			require.Equal(t, "MET", deadline.Status)
		}
	}
	texts := map[string]string{}
	for _, document := range read.Documents {
		texts[document.NoticeKind] = document.Remedy
	}
	require.Contains(t, texts["ACCEPTANCE"], "最迟应于2026-05-09办结并书面答复")
	require.Contains(t, texts["RE_REVIEW_OPINION"], "不再受理")
	for _, mutation := range []string{"requestReview", "requestReReview"} {
		over := o.mutate(cityClerk, mutation, o.on(id, map[string]any{"partyId": petitioner, "unitId": unit(organ), "reason": "还是不服"}))
		require.NotEmpty(t, over.UserErrors, mutation)
	}
}
