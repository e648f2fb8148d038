package durability

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/workflows"
)

func TestTheHistoryOfAPackageReplaysToTheStateOfItsRecord(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{TemporalOptions: client.Options{Identity: "test"}})
	for name, live := range packageLives {
		t.Run(name, func(t *testing.T) {
			id := office.NewPackageID()
			live(t, o, id)
			replaysTo(t, o, "package-"+name, workflows.PackageWorkflowID(id), func() recorded { return ofPackage(o.Package(id)) })
		})
	}
}

// packageLives are the paths of packages whose histories are kept.
var packageLives = map[string]func(*testing.T, *office.Office, string){
	"worked-on": func(t *testing.T, o *office.Office, id string) {
		t.Helper()
		cases := disputes(o, 3)
		o.DoPackage(id, office.CountyLeader, o.CountyPackage(id, cases[0], cases[1]))
		atRest(t, o, id)
		text := o.Text(id, casefile.TextSummary, "现场勘验")
		o.DoPackage(id, office.CountyLeader, leadership.SetPackagePlan{Milestones: []leadership.PlannedMilestone{
			{Title: text, DueOn: time.Now().AddDate(0, 1, 0).In(casefile.Shanghai).Format(time.DateOnly)},
		}})
		o.DoPackage(id, office.CountyLeader, leadership.AddPackageCase{CaseID: cases[2]})
		atRest(t, o, id)
		o.DoPackage(id, office.CountyLeader, leadership.RemovePackageCase{CaseID: cases[0], Reason: text})
		atRest(t, o, id)
		o.DoPackage(id, office.CountyLeader, leadership.RecordPackageReview{Progress: text, Help: text, MilestonesDone: []string{"M1"}})
		o.DoPackage(id, office.CountyLeader, leadership.HandOverPackage{LeaderID: office.CountyDeputy, Reason: text})
		o.DoPackage(id, office.CountyDeputy, leadership.ConcludePackage{Outcome: leadership.OutcomeStabilised, Summary: text})
		o.DoPackage(id, office.CountyLeader, leadership.ApprovePackage{})
	},
	"resolved": func(t *testing.T, o *office.Office, id string) {
		t.Helper()
		member := disputes(o, 1)[0]
		o.DoPackage(id, office.CountyLeader, o.CountyPackage(id, member))
		atRest(t, o, id)
		ended(t, o, member)
		require.Eventually(t, func() bool { return o.Package(id).Members[0].Standing.Concluded }, time.Minute, 50*time.Millisecond)
		text := o.Text(id, casefile.TextSummary, "已办结")
		o.DoPackage(id, office.CountyLeader, leadership.RecordPackageReview{Progress: text, Members: []leadership.MemberReview{{
			CaseID: member, Asked: &leadership.Asked{Result: casefile.FollowUpAnswered, Method: casefile.FollowUpPhone},
		}}})
		o.DoPackage(id, office.CountyLeader, leadership.ConcludePackage{Outcome: leadership.OutcomeResolved, Summary: text})
		o.DoPackage(id, office.CountyDeputy, leadership.ApprovePackage{})
		require.NoError(t, o.Temporal.GetWorkflow(t.Context(), workflows.PackageWorkflowID(id), "").Get(t.Context(), nil))
	},
}

// TestTheHistoriesOfAProposedPackageAndItsCaseReplay follows an order that goes unanswered: asked
// of the county's leader, declined, taken on by the city's.
func TestTheHistoriesOfAProposedPackageAndItsCaseReplay(t *testing.T) {
	t.Parallel()
	days := &calendarOf{}
	o := office.Open(t, stacktest.Shared(t), office.Options{Now: days.now, TemporalOptions: client.Options{Identity: "test"}})
	id := office.NewCaseID()
	chasedByTheCity(t, o, days, id)
	nudge(t, o, id)
	packageID := casefile.PackageIDOfOrder(id, "U1")
	require.Eventually(t, func() bool { return o.Package(packageID).Exists() }, time.Minute, 50*time.Millisecond)
	settled(t, o, id)
	o.DoPackage(packageID, office.CountyLeader, leadership.DeclinePackage{Reason: o.Text(packageID, casefile.TextReason, "由市级统筹")})
	require.Eventually(t, func() bool { return o.Package(packageID).Untold == 0 }, time.Minute, 50*time.Millisecond)
	o.DoPackage(packageID, cityLeader, leadership.ApprovePackage{})
	require.Equal(t, leadership.Joined, atRest(t, o, packageID).Members[0].Status)
	replaysTo(t, o, "package-proposed", workflows.PackageWorkflowID(packageID), func() recorded { return ofPackage(o.Package(packageID)) })
	replaysTo(t, o, "proposed", workflows.CaseWorkflowID(id), func() recorded { return ofCase(o.State(id)) })
}
