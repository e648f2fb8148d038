package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	courtMachine = "p-530402-court-integration-1"
	courtClerk   = "p-530402-court-clerk-1"
)

type referredCase struct {
	Node *struct {
		Stage, Outcome string
		Tasks          []struct {
			Kind  string
			Inbox *struct{ Unit struct{ ID string } }
		}
		Referrals []struct {
			ID, Channel, ReferralStatus, Reference, Reason, Result, Organ, ReturnReason string
			Blocking, TakenBack                                                         bool
			Addressee                                                                   *struct{ ID string }
			Deadline                                                                    *struct{ Step, DueAt, Status, Owner string }
		}
	}
}

const referredText = `query($id: ID!) { node(id: $id) { ... on Case { stage outcome
	tasks { kind inbox { unit { id } } }
	referrals { id channel referralStatus reference reason result organ returnReason blocking takenBack addressee { id }
		deadline { step dueAt status owner } } } } }`

func TestACourtsMachineTakesAReferralAndReportsItsResult(t *testing.T) {
	t.Parallel()
	o := open(t)
	read := func(who, id string) referredCase {
		return data[referredCase](o, who, referredText, map[string]any{"id": id})
	}
	id := o.do(clerk, "registerCase", dispute("r-1")).Case.ID
	o.do(clerk, "acceptCase", o.on(id, nil))
	o.do(manager, "assignCase", o.on(id, map[string]any{"personId": person(investigator)}))
	o.do(investigator, "concludeInvestigation", o.on(id, map[string]any{"facts": "双方争议较大", "path": "REFERRAL"}))
	require.Nil(t, read(courtMachine, id).Node, "not theirs yet")

	wrong := o.mutate(investigator, "referCase", o.on(id, map[string]any{
		"channel": "COURT", "unitId": unit("530402-labour"), "reason": "当事人要求诉讼",
	}))
	require.Equal(t, "NOT_COMPETENT", wrong.UserErrors[0].Code)
	require.Equal(t, []string{"input", "unitId"}, wrong.UserErrors[0].Field)
	require.Contains(t, wrong.UserErrors[0].Message, "BUREAU")
	o.do(investigator, "referCase", o.on(id, map[string]any{
		"channel": "COURT", "unitId": unit("530402-court"), "reason": "当事人要求诉讼",
	}))

	seen := read(courtMachine, id).Node
	require.NotNil(t, seen, "who receives it sees it")
	require.Equal(t, "REFERRAL", seen.Stage)
	r := seen.Referrals[0]
	require.Equal(t, unit("530402-court"), r.Addressee.ID)
	require.True(t, r.Blocking, "unless told otherwise")
	require.Equal(t, "当事人要求诉讼", r.Reason)
	require.Equal(t, "acceptance", r.Deadline.Step)
	require.Equal(t, "2026-03-17T23:59:59+08:00", r.Deadline.DueAt)
	require.Equal(t, "OTHER_ORGAN", r.Deadline.Owner)
	require.Equal(t, "ACKNOWLEDGE_REFERRAL", seen.Tasks[0].Kind)
	require.Equal(t, unit("530402-court"), seen.Tasks[0].Inbox.Unit.ID)

	o.do(courtMachine, "acknowledgeReferral", o.on(id, map[string]any{"referralId": r.ID, "reference": "（2026）云0402民初77号"}))
	taken := read(courtClerk, id).Node.Referrals[0]
	require.Equal(t, "ACKNOWLEDGED", taken.ReferralStatus)
	require.Equal(t, "（2026）云0402民初77号", taken.Reference)
	require.Equal(t, "handling", taken.Deadline.Step)
	require.Equal(t, "2026-09-10T23:59:59+08:00", taken.Deadline.DueAt)

	own := o.mutate(investigator, "recordReferralResult", o.on(id, map[string]any{"referralId": r.ID, "result": "已判决"}))
	require.Equal(t, "INCOMPLETE", own.UserErrors[0].Code)
	o.do(courtMachine, "recordReferralResult", o.on(id, map[string]any{"referralId": r.ID, "result": "判决恢复通行"}))
	done := read(investigator, id).Node
	require.Equal(t, "REFERRED", done.Outcome)
	require.Equal(t, "COMPLETED", done.Referrals[0].ReferralStatus)
	require.Equal(t, "判决恢复通行", done.Referrals[0].Result)
	require.Equal(t, "MET", done.Referrals[0].Deadline.Status)
	o.do(investigator, "requestClosure", o.on(id, map[string]any{"outcome": "REFERRED", "summary": "已判决"}))

	named := data[struct{ Node struct{ Channel string } }](o, investigator,
		`query($id: ID!) { node(id: $id) { ... on Referral { channel } } }`, map[string]any{"id": r.ID})
	require.Equal(t, "COURT", named.Node.Channel)
}

func TestAReferralOutsideThePlatformIsRecordedByItsSender(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("r-2")).Case.ID
	o.do(clerk, "acceptCase", o.on(id, nil))
	o.do(manager, "assignCase", o.on(id, map[string]any{"personId": person(investigator)}))
	o.do(investigator, "referCase", o.on(id, map[string]any{
		"channel": "APPRAISAL", "organ": "云南某司法鉴定中心", "reason": "需要鉴定", "blocking": false,
	}))
	seen := data[referredCase](o, investigator, referredText, map[string]any{"id": id}).Node
	require.Equal(t, "INVESTIGATION", seen.Stage, "it goes on beside")
	require.Nil(t, seen.Referrals[0].Addressee)
	require.Equal(t, "云南某司法鉴定中心", seen.Referrals[0].Organ)
	o.do(investigator, "returnReferral", o.on(id, map[string]any{"referralId": seen.Referrals[0].ID, "reason": "材料不全"}))
	back := data[referredCase](o, investigator, referredText, map[string]any{"id": id}).Node.Referrals[0]
	require.Equal(t, "RETURNED", back.ReferralStatus)
	require.Equal(t, "材料不全", back.ReturnReason)
}
