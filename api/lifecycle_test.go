package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

func TestADisputeRunsFromRegistrationToEvaluation(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("d-1"))
	id := registered.Case.ID
	require.Regexp(t, `^530402-D-2026-\d{6}$`, registered.Case.Number)
	require.Equal(t, "ACCEPTANCE", registered.Case.Stage)
	require.Equal(t, "邻里通行权争议", registered.Case.Title)
	require.Equal(t, "李明", registered.Case.Parties[0].Name)
	require.Contains(t, registered.Case.AllowedCommands, "acceptCase")

	o.do(clerk, "acceptCase", o.on(id, nil))
	o.do(manager, "assignCase", o.on(id, map[string]any{"personId": person(mediator)}))
	o.do(mediator, "recordInvestigation", o.on(id, map[string]any{"finding": "现场查看，通道确被占用"}))
	concluded := o.do(mediator, "concludeInvestigation", o.on(id, map[string]any{"facts": "通道被占用", "path": "MEDIATION"}))
	require.Equal(t, "MEDIATION", concluded.Case.Stage)
	o.do(mediator, "openMediation", o.on(id, map[string]any{"type": "PEOPLES"}))
	for _, party := range registered.Case.Parties {
		o.do(mediator, "recordConsent", o.on(id, map[string]any{"partyId": party.ID, "consent": "GIVEN"}))
	}
	o.do(mediator, "scheduleSession", o.on(id, map[string]any{
		"mode": "ON_SITE", "scheduledFor": "2026-03-10T14:00:00+08:00", "place": "调解室",
	}))
	o.do(mediator, "recordSession", o.on(id, map[string]any{"mode": "ON_SITE", "minutes": "双方到场"}))
	mediated := o.do(mediator, "concludeMediation", o.on(id, map[string]any{
		"outcome": "AGREEMENT_WRITTEN", "agreement": "三日内清理通道", "signedAt": "2026-03-10T10:00:00+08:00",
		"performance": []any{map[string]any{"dueOn": "2026-03-13", "what": "清理通道"}},
	}))
	require.Equal(t, "AGREEMENT_WRITTEN", mediated.Case.Outcome)
	o.do(mediator, "requestClosure", o.on(id, map[string]any{"outcome": "AGREEMENT_WRITTEN", "summary": "已达成协议"}))
	verified := o.do(manager, "verifyClosure", o.on(id, nil))
	require.Equal(t, "EVALUATION", verified.Case.Stage)
	for _, party := range registered.Case.Parties {
		o.do(otherClerk, "recordFollowUp", o.on(id, map[string]any{
			"partyId": party.ID, "method": "PHONE", "satisfaction": 5, "performed": true, "comment": "很满意",
		}))
	}
	read := data[struct {
		Node struct {
			Stage    string
			Timeline struct {
				Edges []struct {
					Node struct {
						Seq   int
						Type  string
						Text  string
						Texts []struct{ Field, Text string }
						Actor *struct{ Name string }
					}
				}
			}
			Mediations []struct {
				Agreement   string
				Performance []struct {
					ID, DueOn, What string
					PerformedAt     *string
					Records         []struct{ Source, Note string }
					Deadline        struct{ Status string }
				}
				ConfirmedAt *string
				Sessions    []struct{ MinutesText string }
			}
			Deadlines []struct {
				Status      string
				Step        string
				Label       string
				Explanation []struct{ Text string }
			}
			FollowUps []struct {
				Party struct{ Name string }
				By    struct{ ID string }
			}
		}
	}](o, mediator, `query($id: ID!) { node(id: $id) { ... on Case { stage
		timeline(first: 100) { edges { node { seq type text texts { field text } actor { name } } } }
		mediations { agreement confirmedAt performance { id dueOn what performedAt records { source note } deadline { status } } sessions { minutesText } }
		deadlines { status step label explanation { text } }
		followUps { party { name } by { id } }
	} } }`, map[string]any{"id": id}).Node
	require.Equal(t, "CLOSED", read.Stage)
	require.NotEmpty(t, read.Timeline.Edges)
	written := map[string]string{}
	for i, edge := range read.Timeline.Edges {
		require.Equal(t, i+1, edge.Node.Seq)
		require.NotEmpty(t, edge.Node.Text)
		require.NotContains(t, edge.Node.Text, "李明")
		for _, text := range edge.Node.Texts {
			written[edge.Node.Type+"."+text.Field] = text.Text
		}
	}
	require.Equal(t, "通道被占用", written["InvestigationConcluded.facts"])
	require.Equal(t, "三日内清理通道", read.Mediations[0].Agreement)
	require.Equal(t, "清理通道", read.Mediations[0].Performance[0].What)
	require.Len(t, read.Mediations[0].Sessions, 2, "one was scheduled, one held unscheduled")
	require.Equal(t, "双方到场", read.Mediations[0].Sessions[1].MinutesText)
	require.Equal(t, "李明", read.FollowUps[0].Party.Name)
	require.Equal(t, person(otherClerk), read.FollowUps[0].By.ID)
	for _, deadline := range read.Deadlines {
		if deadline.Step == "performance" || deadline.Step == "application" {
			require.Equal(t, "RUNNING", deadline.Status, "the parties' own clocks outlive the case")
			continue
		}
		require.Equal(t, "MET", deadline.Status)
		require.NotEmpty(t, deadline.Explanation)
	}
	require.Nil(t, read.Mediations[0].ConfirmedAt)
	require.Nil(t, read.Mediations[0].Performance[0].PerformedAt)
	o.do(mediator, "recordPerformance", o.on(id, map[string]any{
		"performanceId": read.Mediations[0].Performance[0].ID, "source": "LIABILITY_INSURANCE", "note": "已现场查看",
	}))
	o.do(mediator, "recordConfirmation", o.on(id, map[string]any{"result": "APPLIED"}))
	o.do(mediator, "recordConfirmation", o.on(id, map[string]any{"result": "CONFIRMED"}))
	after := data[struct {
		Node struct {
			Mediations []struct {
				ConfirmedAt  *string
				Confirmation struct{ Result string }
				Performance  []struct {
					PerformedAt *string
					Records     []struct{ Source, Note string }
					Deadline    struct{ Status string }
				}
			}
		}
	}](o, mediator, `query($id: ID!) { node(id: $id) { ... on Case { mediations { confirmedAt confirmation { result }
		performance { performedAt records { source note } deadline { status } } } } } }`, map[string]any{"id": id}).Node.Mediations[0]
	require.NotNil(t, after.ConfirmedAt)
	require.Equal(t, "CONFIRMED", after.Confirmation.Result)
	require.NotNil(t, after.Performance[0].PerformedAt)
	require.Equal(t, "MET", after.Performance[0].Deadline.Status)
	require.Equal(t, "LIABILITY_INSURANCE", after.Performance[0].Records[0].Source)
	require.Equal(t, "已现场查看", after.Performance[0].Records[0].Note)
	reopened := o.do(manager, "reopenCase", o.on(id, map[string]any{"reason": "通道再次被堵"}))
	require.NotEqual(t, "CLOSED", reopened.Case.Stage)
}

func TestAPetitionIsDecidedClaimByClaimAndServed(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", petition("p-1"))
	id := registered.Case.ID
	o.do(clerk, "acceptCase", o.on(id, map[string]any{"route": "PETITION_PROCEDURE"}))
	o.do(manager, "assignCase", o.on(id, map[string]any{"personId": person(investigator)}))
	o.do(investigator, "concludeInvestigation", o.on(id, map[string]any{"facts": "电梯停运属实", "path": "DECISION"}))
	opinion := func(claim, outcome string) map[string]any {
		return map[string]any{"claim": claim, "outcome": outcome, "facts": "属实", "reasons": "物业应当维修", "legalBasis": "《物业管理条例》第三十五条"}
	}
	unknown := o.mutate(investigator, "issueDecision", o.on(id, map[string]any{
		"claims": []any{opinion("没有提过的诉求", "SUPPORTED"), opinion("C2", "EXPLAINED")},
	}))
	require.Equal(t, "INVALID", unknown.UserErrors[0].Code)
	require.Equal(t, []string{"input", "claims", "0", "claim"}, unknown.UserErrors[0].Field)

	decided := o.do(investigator, "issueDecision", o.on(id, map[string]any{
		"claims": []any{opinion("修好电梯", "SUPPORTED"), opinion("C2", "EXPLAINED")},
	}))
	require.Len(t, decided.Case.Documents, 1)
	require.Equal(t, "DECISION", decided.Case.Documents[0].NoticeKind)
	served := o.do(clerk, "recordService", o.on(id, map[string]any{
		"documentId": decided.Case.Documents[0].ID, "partyId": registered.Case.Parties[0].ID,
		"method": "IN_PERSON", "servedAt": o.now.Format("2006-01-02T15:04:05Z07:00"),
	}))
	require.NotEmpty(t, served.Case.Outcome)
	read := data[struct {
		Node struct {
			Decisions []struct {
				ServedAt string
				Claims   []struct{ Claim, Outcome, LegalBasis string }
			}
			Documents []struct {
				Title, ID string
				Served    bool
				Services  []struct{ Party struct{ Name string } }
			}
		}
	}](o, investigator, `query($id: ID!) { node(id: $id) { ... on Case {
		decisions { servedAt claims { claim outcome legalBasis } }
		documents { id title served services { party { name } } } } } }`, map[string]any{"id": id}).Node
	require.Equal(t, "修好电梯", read.Decisions[0].Claims[0].Claim)
	require.Equal(t, "退还物业费", read.Decisions[0].Claims[1].Claim)
	require.NotEmpty(t, read.Decisions[0].ServedAt)
	require.True(t, read.Documents[0].Served)
	require.Equal(t, "赵敏", read.Documents[0].Services[0].Party.Name)
	require.Equal(t, "信访处理意见书", read.Documents[0].Title)
	_, err := schema.ParseNodeID(read.Documents[0].ID)
	require.NoError(t, err)
}

func TestAMediatorIsRecusedAndAUnitIsRecommendedSomething(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("d-2"))
	id := registered.Case.ID
	o.do(clerk, "acceptCase", o.on(id, nil))
	o.do(manager, "assignCase", o.on(id, map[string]any{"personId": person(mediator)}))
	o.do(mediator, "concludeInvestigation", o.on(id, map[string]any{"facts": "通道被占用", "path": "MEDIATION"}))
	o.do(mediator, "openMediation", o.on(id, map[string]any{
		"type": "PEOPLES", "chosenByPartyIds": []any{registered.Case.Parties[0].ID}, "courtStage": "PRE_FILING",
	}))
	o.do(mediator, "recordConsent", o.on(id, map[string]any{"partyId": registered.Case.Parties[0].ID, "consent": "GIVEN"}))
	o.do(mediator, "issueRecommendation", o.on(id, map[string]any{
		"unitId": schema.GlobalID("Unit", "u-530402-petition"), "text": "建议清理公共通道", "replyBy": "2026-03-31",
	}))
	o.do(clerk, "recuseMediator", o.on(id, map[string]any{"reason": "与申请人系亲属", "partyId": registered.Case.Parties[1].ID}))
	type read struct {
		Node struct {
			Mediations []struct {
				Mediator  *struct{ ID string }
				Recused   []struct{ ID string }
				ChosenBy  []struct{ Name string }
				Consents  []struct{ Consent string }
				Entrusted bool
				Report    *string
			}
			Recommendations []struct {
				Text     string
				Reply    *string
				Unit     struct{ Name string }
				Deadline struct{ DueAt, Status string }
			}
			Tasks     []struct{ Kind, Label string }
			Documents []struct{ Remedy *string }
		}
	}
	query := `query($id: ID!) { node(id: $id) { ... on Case {
		mediations { mediator { id } recused { id } chosenBy { name } consents { consent } entrusted report }
		recommendations { text reply unit { name } deadline { dueAt status } } tasks { kind label } documents { remedy } } } }`
	after := data[read](o, manager, query, map[string]any{"id": id}).Node
	require.Nil(t, after.Mediations[0].Mediator)
	require.Equal(t, person(mediator), after.Mediations[0].Recused[0].ID)
	require.Empty(t, after.Mediations[0].ChosenBy, "whom they chose has left")
	require.Equal(t, "GIVEN", after.Mediations[0].Consents[0].Consent)
	require.True(t, after.Mediations[0].Entrusted)
	require.Equal(t, "建议清理公共通道", after.Recommendations[0].Text)
	require.Nil(t, after.Recommendations[0].Reply)
	require.Equal(t, "RUNNING", after.Recommendations[0].Deadline.Status)
	kinds := map[string]bool{}
	for _, task := range after.Tasks {
		kinds[task.Kind] = true
		require.NotEqual(t, task.Kind, task.Label)
	}
	require.True(t, kinds["NAME_MEDIATOR"])
	o.do(clerk, "replyRecommendation", o.on(id, map[string]any{"reply": "已清理"}))
	o.do(manager, "assignCase", o.on(id, map[string]any{"personId": person(investigator)}))
	o.do(investigator, "concludeMediation", o.on(id, map[string]any{"outcome": "REFUSED", "reason": "被申请人拒绝"}))
	refused := o.mutate(investigator, "returnToCourt", o.on(id, map[string]any{"report": "双方未达成协议"}))
	require.Equal(t, []string{"input", "courtUnitId"}, refused.UserErrors[0].Field)
	o.do(investigator, "returnToCourt", o.on(id, map[string]any{"report": "双方未达成协议", "courtUnitId": schema.GlobalID("Unit", "u-530402-court")}))
	after = data[read](o, manager, query, map[string]any{"id": id}).Node
	require.Equal(t, "双方未达成协议", *after.Mediations[0].Report)
	require.Equal(t, "已清理", *after.Recommendations[0].Reply)
	require.Contains(t, *after.Documents[0].Remedy, "起诉状")
}
