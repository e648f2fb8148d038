package durability

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/office"
)

// cityLeader is asked where the county's leader says no.
const cityLeader = "p-5304-leading-leader-1"

// calendarOf is the clock of an office that days can be put forward on.
type calendarOf struct{ ahead atomic.Int64 }

func (c *calendarOf) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *calendarOf) forward(days int) { c.ahead.Add(int64(time.Duration(days) * 24 * time.Hour)) }

// chasedByTheCity is a dispute that its county's centre let lie: the city's centre has chased it
// for ten days, and the next look finds that nobody answered.
func chasedByTheCity(t *testing.T, o *office.Office, days *calendarOf, id string) {
	t.Helper()
	o.Do(id, office.Clerk, o.Dispute(id))
	days.forward(20)
	nudge(t, o, id)
	require.Eventually(t, func() bool { return len(o.State(id).Orders) == 1 }, time.Minute, 50*time.Millisecond)
	days.forward(10)
}

func nudge(t *testing.T, o *office.Office, id string) {
	t.Helper()
	require.NoError(t, command.Nudge(t.Context(), o.Temporal, o.Place.TaskQueue, id))
}

func TestAnUnansweredOrderProposesOnePackageThoughTheWorkerIsKilledOnTheWay(t *testing.T) {
	t.Parallel()
	for at, word := range map[string]string{
		"proposed":  "committed", // the case's intent is stored, and nobody was asked
		"escalated": "committed", // the package is stored, and nobody answered the case
		"asked":     "asked",     // the case was answered, and did not write it down
	} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			days := &calendarOf{}
			o := office.Open(t, stacktest.Shared(t), office.Options{Now: days.now})
			id := office.NewCaseID()
			chasedByTheCity(t, o, days, id)
			o.StopWorker()
			process, words := dyingAhead(t, o, at, time.Duration(days.ahead.Load()))
			nudge(t, o, id)
			waitFor(t, words, word)
			require.Equal(t, 1, eventsOf(o, id, "PackageProposed"))
			require.True(t, o.State(id).Proposals[0].Asked, "the case has no answer yet")
			require.NoError(t, process.Process.Kill())
			o.StartWorker()

			state := settled(t, o, id)
			packageID := casefile.PackageIDOfOrder(id, "U1")
			proposed := o.Package(packageID)
			require.Equal(t, leadership.Proposed, proposed.Status)
			require.Equal(t, proposed.Number, state.Proposals[0].Number)
			require.Equal(t, map[string]int{"PackageProposed": 1, "DeadlineStarted": 1}, typesOf(t, o, packageID))
			require.Equal(t, 1, eventsOf(o, id, "PackageProposed"))
			require.Equal(t, 1, eventsOf(o, id, "ProposalConfirmed"))

			o.DoPackage(packageID, office.CountyLeader, leadership.ApprovePackage{})
			require.Equal(t, leadership.Joined, atRest(t, o, packageID).Members[0].Status)
			require.Equal(t, packageID, o.State(id).PackageID)
			require.Equal(t, 1, joinings(o, id))
		})
	}
}

func TestACountysNoReachesTheCaseThoughTheWorkerIsKilledOnTheWay(t *testing.T) {
	t.Parallel()
	days := &calendarOf{}
	o := office.Open(t, stacktest.Shared(t), office.Options{Now: days.now})
	id := office.NewCaseID()
	chasedByTheCity(t, o, days, id)
	nudge(t, o, id)
	packageID := casefile.PackageIDOfOrder(id, "U1")
	require.Eventually(t, func() bool { return o.Package(packageID).Exists() && settled(t, o, id).Proposals[0].Number != "" },
		time.Minute, 50*time.Millisecond)
	o.StopWorker()
	process, words := dyingAhead(t, o, "told", time.Duration(days.ahead.Load()))
	no := leadership.DeclinePackage{Reason: o.Text(packageID, casefile.TextReason, "由市级统筹更为适宜")}
	o.DoPackage(packageID, office.CountyLeader, no)
	waitFor(t, words, "committed") // the case knows, and the package doesn't know that it does
	require.NoError(t, process.Process.Kill())
	o.StartWorker()

	require.Eventually(t, func() bool { return o.Package(packageID).Untold == 0 }, time.Minute, 50*time.Millisecond)
	require.Equal(t, casefile.LevelCity, o.Package(packageID).Level)
	proposal := o.State(id).Proposals[0]
	require.Equal(t, []any{casefile.LevelCity, cityLeader}, []any{proposal.Level, proposal.LeaderID})
	require.Equal(t, 1, eventsOf(o, id, "ProposalRaised"))
	require.Equal(t, 1, typesOf(t, o, packageID)["OriginTold"])

	o.DoPackage(packageID, cityLeader, leadership.DeclinePackage{Reason: o.Text(packageID, casefile.TextReason, "应由主管部门依法处理")})
	require.Eventually(t, func() bool { return eventsOf(o, id, "ProposalDeclined") == 1 }, time.Minute, 50*time.Millisecond)
	require.Equal(t, leadership.Cancelled, o.Package(packageID).Status)
	require.Empty(t, o.State(id).ProposedPackageID())
	findings, err := o.Store.Verify(t.Context(), store.VerifyOptions{AtRest: true})
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestAProposedPackageHearsThatItsCaseHasEndedThoughTheWorkerIsKilledOnTheWay(t *testing.T) {
	t.Parallel()
	for at, word := range map[string]string{
		"withdrawn": "committed", // the package is cancelled, and nobody answered the case
		"asked":     "asked",     // the case was answered, and did not write it down
	} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			days := &calendarOf{}
			o := office.Open(t, stacktest.Shared(t), office.Options{Now: days.now})
			id := office.NewCaseID()
			chasedByTheCity(t, o, days, id)
			nudge(t, o, id)
			packageID := casefile.PackageIDOfOrder(id, "U1")
			require.Eventually(t, func() bool { return o.Package(packageID).Exists() && settled(t, o, id).Proposals[0].Number != "" },
				time.Minute, 50*time.Millisecond)
			o.Do(id, office.Clerk, casefile.DeclineCase{
				Reason: casefile.DeclineNotCompetent, Explanation: o.Text(id, "EXPLANATION", "不属于本单位受理范围"), GoTo: o.Text(id, "PLACE", "人民法院"),
			})
			o.Do(id, office.Manager, casefile.VerifyClosure{})
			o.StopWorker()
			process, words := dyingAhead(t, o, at, time.Duration(days.ahead.Load()))
			notice := o.State(id).Notices[0]
			for _, party := range notice.Parties {
				o.Do(id, office.Clerk, casefile.RecordService{
					DocumentID: notice.ID, PartyID: party, Method: casefile.ServedInPerson, ServedAt: days.now(),
				})
			}
			require.Equal(t, casefile.StageNotAccepted, o.State(id).Stage)
			waitFor(t, words, word)
			require.Equal(t, leadership.Cancelled, o.Package(packageID).Status, "no leader is asked about a case that has ended")
			require.True(t, o.State(id).Proposals[0].Withdrawing, "the case has no answer yet")
			require.NoError(t, process.Process.Kill())
			o.StartWorker()

			require.False(t, settled(t, o, id).Proposals[0].Withdrawing)
			require.Equal(t, []int{1, 1}, []int{eventsOf(o, id, "ProposalWithdrawn"), eventsOf(o, id, "WithdrawalTold")})
			require.Equal(t, map[string]int{"PackageProposed": 1, "DeadlineStarted": 1, "PackageCancelled": 1, "DeadlineCancelled": 1}, typesOf(t, o, packageID))
			require.True(t, leadership.Finished(o.Package(packageID)))
			findings, err := o.Store.Verify(t.Context(), store.VerifyOptions{AtRest: true})
			require.NoError(t, err)
			require.Empty(t, findings)
		})
	}
}
