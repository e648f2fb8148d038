package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

type linked struct {
	Node struct {
		Repeats bool
		Links   []struct {
			Kind               string
			Inverse, Confirmed bool
			Number             *string
			Case               *struct{ ID string }
		}
		Deferral *struct {
			Until, Reason string
			Elapsed       bool
			ApprovedBy    *struct{ Name string }
		}
		Deferrals int
	}
}

const linksOf = `query($id: ID!) { node(id: $id) { ... on Case { repeats deferrals
	links { kind inverse confirmed number case { id } }
	deferral { until reason elapsed approvedBy { name } } } } }`

func TestALinkIsReadFromBothCasesAndHiddenWhereTheOtherCaseIs(t *testing.T) {
	t.Parallel()
	o := open(t)
	first := o.do(clerk, "registerCase", petition("p-1")).Case
	again := o.do(otherClerk, "registerCase", petition("p-2")).Case
	o.do(otherClerk, "linkCases", o.on(again.ID, map[string]any{"otherCaseId": first.ID, "kind": "REPEAT", "reason": "同一诉求"}))

	read := data[linked](o, clerk, linksOf, map[string]any{"id": again.ID}).Node
	require.True(t, read.Repeats)
	require.Len(t, read.Links, 1)
	require.Equal(t, "REPEAT", read.Links[0].Kind)
	require.True(t, read.Links[0].Confirmed)
	require.Equal(t, first.Number, *read.Links[0].Number)
	require.Equal(t, first.ID, read.Links[0].Case.ID)
	other := data[linked](o, clerk, linksOf, map[string]any{"id": first.ID}).Node
	require.False(t, other.Repeats)
	require.True(t, other.Links[0].Inverse)
	require.Equal(t, again.ID, other.Links[0].Case.ID)
}

func TestACaseThatTheSenderMayNotSeeIsAsGoodAsNoneToLinkTo(t *testing.T) {
	t.Parallel()
	o := open(t)
	mine := o.do(clerk, "registerCase", petition("p-1")).Case
	elsewhere := petition("p-2")
	elsewhere["division"] = "530403"
	theirs := o.do("p-530403-center-clerk-1", "registerCase", elsewhere).Case
	refused := o.mutate(clerk, "linkCases", o.on(mine.ID, map[string]any{"otherCaseId": theirs.ID, "kind": "RELATED"}))
	require.Equal(t, "NO_SUCH_CASE", refused.UserErrors[0].Code)
	require.Equal(t, []string{"input", "otherCaseId"}, refused.UserErrors[0].Field)
	refused = o.mutate(clerk, "linkCases", o.on(mine.ID, map[string]any{"otherCaseId": "nonsense", "kind": "RELATED"}))
	require.Equal(t, "INVALID", refused.UserErrors[0].Code)
	refused = o.mutate(clerk, "linkCases", o.on(mine.ID, map[string]any{"otherCaseId": mine.ID, "kind": "RELATED"}))
	require.Equal(t, "INVALID", refused.UserErrors[0].Code)
}

func TestADeferralIsAskedForApprovedAndRead(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("d-1")).Case.ID
	o.do(clerk, "deferCase", o.on(id, map[string]any{"until": "2026-03-16", "reason": "等待鉴定"}))
	o.do(manager, "decideDeferral", o.on(id, map[string]any{"approved": true}))
	read := data[linked](o, clerk, linksOf, map[string]any{"id": id}).Node
	require.Equal(t, 1, read.Deferrals)
	require.Equal(t, "2026-03-16", read.Deferral.Until)
	require.Equal(t, "等待鉴定", read.Deferral.Reason)
	require.NotNil(t, read.Deferral.ApprovedBy)
	o.do(clerk, "takeUpCase", o.on(id, nil))
	require.Nil(t, data[linked](o, clerk, linksOf, map[string]any{"id": id}).Node.Deferral)
}
