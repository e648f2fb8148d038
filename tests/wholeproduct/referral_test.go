package wholeproduct

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/tests/client"
)

type referredCase struct {
	Node *struct {
		Stage, Outcome string
		Referrals      []struct{ ID, Channel, ReferralStatus, Reference, ReturnReason string }
		Deadlines      []struct{ Step, Status, Owner, DueAt string }
	}
}

func (d *desk) referred(t *testing.T, who, id string) referredCase {
	t.Helper()
	var out referredCase
	require.NoError(t, d.as(who).Do(t.Context(), `query($id: ID!) { node(id: $id) { ... on Case { stage outcome
		referrals { id channel referralStatus reference returnReason } deadlines { step status owner dueAt } } } }`,
		map[string]any{"id": id}, &out))
	return out
}

// referral: a labour dispute goes to the court, whose machine client takes it in and sends it
// back, since the arbitration comes first (劳动争议调解仲裁法 art 5); the award concludes it and
// starts each party's fifteen days to sue (arts 48, 50).
func referral(t *testing.T, d *desk) {
	t.Helper()
	const machineClient, arbitrator = "p-530402-court-integration-1", "p-530402-labour-arbitration-clerk-1"
	registered := d.does(t, clerk, "registerCase", "", map[string]any{
		"kind": "DISPUTE", "source": "WALK_IN", "division": "530402", "category": "D-LABOUR",
		"title": "拖欠加班工资", "narrative": "公司拖欠三个月加班工资", "claims": []any{"支付加班工资"},
		"parties": []any{
			map[string]any{"role": "APPLICANT", "name": "李明"}, map[string]any{"role": "RESPONDENT", "kind": "LEGAL_PERSON", "name": "某建筑公司"},
		},
	})
	id := registered.ID
	d.does(t, clerk, "acceptCase", id, nil)
	d.does(t, manager, "assignCase", id, map[string]any{"personId": person(investigator)})
	require.Nil(t, d.referred(t, machineClient, id).Node, "the court knows nothing of it yet")
	d.does(t, investigator, "referCase", id, map[string]any{"channel": "COURT", "unitId": unit("530402-court"), "reason": "当事人要求诉讼"})

	sent := d.referred(t, machineClient, id).Node
	require.NotNil(t, sent, "the machine client sees what was referred to its court")
	require.Equal(t, "REFERRAL", sent.Stage)
	court := sent.Referrals[0].ID
	acknowledge := on(id, map[string]any{"referralId": court, "reference": "（2026）云0402民初901号"})
	for range 2 { // a machine that got no answer sends the same again
		_, err := d.as(machineClient).Mutate(t.Context(), "acknowledgeReferral", acknowledge)
		require.NoError(t, err)
	}
	acknowledge["reference"] = "（2026）云0402民初902号"
	_, err := d.as(machineClient).Mutate(t.Context(), "acknowledgeReferral", acknowledge)
	require.Error(t, err, "the same key with another number is another request")
	taken := d.referred(t, machineClient, id).Node.Referrals[0]
	require.Equal(t, "ACKNOWLEDGED", taken.ReferralStatus)
	require.Equal(t, "（2026）云0402民初901号", taken.Reference)

	// It sends the matter back, and doesn't see the case any more.
	var back struct {
		Payload struct {
			Case       *struct{ ID string }
			UserErrors client.Refused
		}
	}
	require.NoError(t, d.as(machineClient).Do(t.Context(), `mutation($input: ReturnReferralInput!) { payload: returnReferral(input: $input) {
		case { id } userErrors { code field message } } }`,
		map[string]any{"input": on(id, map[string]any{"referralId": court, "reason": "应当先行申请劳动仲裁"})}, &back))
	require.Empty(t, back.Payload.UserErrors)
	require.Nil(t, back.Payload.Case)
	require.Nil(t, d.referred(t, machineClient, id).Node)
	again := d.referred(t, investigator, id).Node
	require.Equal(t, "INVESTIGATION", again.Stage, "it goes on where it was")
	require.Equal(t, "RETURNED", again.Referrals[0].ReferralStatus)
	require.Equal(t, "应当先行申请劳动仲裁", again.Referrals[0].ReturnReason)

	d.does(t, investigator, "referCase", id, map[string]any{
		"channel": "LABOUR_ARBITRATION", "unitId": unit("530402-labour-arbitration"), "reason": "法院告知应先行仲裁",
	})
	arbitration := d.referred(t, investigator, id).Node.Referrals[1].ID
	d.does(t, arbitrator, "acknowledgeReferral", id, map[string]any{"referralId": arbitration, "reference": "玉红劳人仲案〔2026〕88号"})
	received := time.Now().Add(-time.Minute)
	done := d.does(t, arbitrator, "recordReferralResult", id, map[string]any{
		"referralId": arbitration, "result": "裁决支付加班工资9000元", "received": []any{
			map[string]any{"partyId": registered.Parties[0].ID, "receivedAt": moment(received)},
			map[string]any{"partyId": registered.Parties[1].ID, "receivedAt": moment(received)},
		},
	})
	require.Equal(t, "REFERRED", done.Outcome)

	d.does(t, investigator, "requestClosure", id, map[string]any{"outcome": "REFERRED", "summary": "已仲裁裁决"})
	d.does(t, manager, "verifyClosure", id, nil)
	for _, party := range registered.Parties {
		d.does(t, otherClerk, "recordFollowUp", id, map[string]any{"partyId": party.ID, "method": "PHONE", "satisfaction": 4})
	}
	closed := d.referred(t, investigator, id).Node
	require.Equal(t, "CLOSED", closed.Stage)
	windows := 0
	for _, deadline := range closed.Deadlines {
		if deadline.Step != "suit" {
			require.NotEqual(t, "RUNNING", deadline.Status, "%s: only the citizens' windows outlive the case", deadline.Step)
			continue
		}
		windows++
		require.Equal(t, "RUNNING", deadline.Status)
		require.Equal(t, "CITIZEN", deadline.Owner)
		require.Equal(t, received.In(casefile.Shanghai).AddDate(0, 0, 15).Format(time.DateOnly)+"T23:59:59+08:00", deadline.DueAt)
	}
	require.Equal(t, 2, windows, "one of each party")
}
