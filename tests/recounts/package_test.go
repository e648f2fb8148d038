package recounts

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/tests/bench"
	"github.com/tiaochu/tiaochu/tests/office"
)

const localPlan = `{
  "code": "leadership-package", "extends": true, "effectiveFrom": "2026-01-01",
  "steps": [{
    "code": "plan", "name": {"zh": "制定化解方案", "en": "plan"}, "length": 10, "unit": "WORKING_DAYS",
    "countedFrom": "PACKAGE_OPENED", "metBy": "PACKAGE_PLANNED", "owner": "OFFICE", "onExpiry": {"effect": "ESCALATE"},
    "citation": {"law": "本市领导包案办法", "article": "5", "verified": true}
  }]
}`

func TestALeadershipPackageIsToldOfANewYearToo(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	_, err := o.Store.LoadProcedures(t.Context(), map[string][]byte{"package.json": []byte(localPlan)}, "tester", time.Now())
	require.NoError(t, err)
	days, err := bench.NewMovingDay(t.Context(), o.Store)
	require.NoError(t, err)
	id, packageID := office.NewCaseID(), office.NewPackageID()
	o.Do(id, office.Clerk, o.Dispute(id))
	o.DoPackage(packageID, office.CountyLeader, o.CountyPackage(packageID, id))
	plan := func() casefile.Deadline { return o.Package(packageID).Deadlines[0] }
	before := plan()
	require.Equal(t, []any{leadership.StepPlan, casefile.WorkingDays}, []any{before.Step, before.Unit})

	loaded, err := o.Store.LoadCalendar(t.Context(), days.Next(), "tester")
	require.NoError(t, err)
	require.Equal(t, 1, loaded.Packages)
	counted := 0
	require.NoError(t, recount(t.Context(), o, func(n int) { counted += n }))
	require.Equal(t, 1, counted)
	require.True(t, plan().DueAt.After(before.DueAt))
	require.Equal(t, loaded.Law.Version(), moved(t, o, packageID).LawVersion)
	require.Eventually(t, func() bool {
		shell, answers := o.PackageShell(packageID)
		return answers && leadership.StateDigest(shell) == leadership.StateDigest(o.Package(packageID))
	}, time.Minute, 50*time.Millisecond, "the shell knows the new day")
}

// moved is the one event by which the package's clock was counted anew.
func moved(t *testing.T, o *office.Office, packageID string) leadership.DeadlineRecounted {
	t.Helper()
	var found []leadership.DeadlineRecounted
	for _, e := range o.PackageEvents(packageID) {
		if body, ok := e.Body.(leadership.DeadlineRecounted); ok {
			found = append(found, body)
		}
	}
	require.Len(t, found, 1)
	return found[0]
}
