package durability

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/activities"
	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/tests/office"
	"github.com/tiaochu/tiaochu/workflows"
)

// atRest waits until every case knows what the package wants of it and the other way round,
// and the shell knows what the record holds.
func atRest(t *testing.T, o *office.Office, packageID string) leadership.State {
	t.Helper()
	require.Eventually(t, func() bool {
		findings, err := o.Store.Verify(t.Context(), store.VerifyOptions{AtRest: true})
		if err != nil || len(findings) > 0 {
			return false
		}
		record := o.Package(packageID)
		shell, answers := o.PackageShell(packageID)
		return answers && leadership.StateDigest(shell) == leadership.StateDigest(record)
	}, 2*time.Minute, 100*time.Millisecond, "the package and its cases come to rest")
	return o.Package(packageID)
}

func typesOf(t *testing.T, o *office.Office, packageID string) map[string]int {
	t.Helper()
	page, err := o.Store.PackageTimeline(t.Context(), packageID, store.Page{First: 500})
	require.NoError(t, err)
	types := map[string]int{}
	for _, e := range page.Rows {
		types[e.Type()]++
	}
	return types
}

func joinings(o *office.Office, caseID string) int {
	n := 0
	for _, e := range o.Events(caseID) {
		if e.Type() == "JoinedPackage" {
			n++
		}
	}
	return n
}

func TestAWorkerKilledBetweenIntentCommandAndOutcomeOfAPackageLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	for _, at := range []string{"intent", "told", "outcome"} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			o := office.Open(t, stacktest.Shared(t), office.Options{NoWorker: true, CommandTimeout: 5 * time.Second})
			first, second, packageID := office.NewCaseID(), office.NewCaseID(), office.NewPackageID()
			process, words := dying(t, o, at)
			o.Do(first, office.Clerk, o.Dispute(first))
			o.Do(second, office.Clerk, o.Dispute(second))

			open := o.PackageCommand(packageID, office.CountyLeader, o.CountyPackage(packageID, first, second))
			answered := make(chan error, 1)
			go func() {
				_, err := o.Sender.DoPackage(context.Background(), open)
				answered <- err
			}()
			waitFor(t, words, "committed")
			require.NoError(t, process.Process.Kill()) // SIGKILL: nothing of it is cleaned up
			var unavailable *command.Unavailable
			if err := <-answered; at == "intent" {
				require.ErrorAs(t, err, &unavailable, "nobody acknowledged the command")
			}
			o.StartWorker()
			t.Cleanup(o.StopWorker)

			state := atRest(t, o, packageID)
			require.Equal(t, leadership.Open, state.Status)
			for _, m := range state.Members {
				require.Equal(t, leadership.Joined, m.Status)
				require.Equal(t, 1, joinings(o, m.CaseID), "told once, however often it was carried")
				require.Equal(t, packageID, o.State(m.CaseID).PackageID)
			}
			types := typesOf(t, o, packageID)
			require.Equal(t, 1, types["PackageOpened"])
			require.Equal(t, 2, types["MemberInvited"])
			require.Equal(t, 2, types["MemberJoined"])
			var again workflows.CommandResult
			require.Eventually(t, func() bool {
				var err error
				again, err = o.Sender.DoPackage(t.Context(), open)
				return err == nil
			}, time.Minute, 100*time.Millisecond)
			require.True(t, again.Duplicate, "the repeated request had been carried out")
		})
	}
}

func TestOfPackagesRacingForACaseExactlyOneWins(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{})
	wanted := office.NewCaseID()
	o.Do(wanted, office.Clerk, o.Dispute(wanted))
	const rivals = 6
	commands := make([]leadership.Command, rivals)
	for i := range commands {
		id := office.NewPackageID()
		commands[i] = o.PackageCommand(id, office.CountyLeader, o.CountyPackage(id, wanted))
	}
	results, errs := make([]workflows.CommandResult, rivals), make([]error, rivals)
	var race sync.WaitGroup
	for i, cmd := range commands {
		race.Go(func() { results[i], errs[i] = o.Sender.DoPackage(t.Context(), cmd) })
	}
	race.Wait()
	winner := ""
	for i, result := range results {
		require.NoError(t, errs[i])
		if result.Refusal == nil {
			require.Empty(t, winner, "two packages won")
			winner = commands[i].PackageID
			continue
		}
		require.Equal(t, casefile.RefusedConflict, result.Refusal.Code)
		require.False(t, o.Package(commands[i].PackageID).Exists())
	}
	require.NotEmpty(t, winner)
	state := atRest(t, o, winner)
	require.Equal(t, leadership.Joined, state.Members[0].Status)
	require.Equal(t, winner, o.State(wanted).PackageID)
	require.Equal(t, 1, joinings(o, wanted))
}

func TestAReopenedCasePutsItsResolvedPackageBackToOpen(t *testing.T) {
	t.Parallel()
	o := office.Open(t, stacktest.Shared(t), office.Options{MaxHistory: 40})
	id, packageID := office.NewCaseID(), office.NewPackageID()
	o.Do(id, office.Clerk, o.Dispute(id))
	ended(t, o, id)
	require.Equal(t, casefile.StageClosed, o.State(id).Stage)
	o.DoPackage(packageID, office.CountyLeader, o.CountyPackage(packageID, id))
	state := atRest(t, o, packageID)
	require.True(t, state.Members[0].Legacy, "long closed: it is not reopened")
	require.Equal(t, casefile.StageClosed, o.State(id).Stage)

	text := o.Text(packageID, casefile.TextSummary, "已办结，当事人无异议")
	o.DoPackage(packageID, office.CountyLeader, leadership.RecordPackageReview{Progress: text, Members: []leadership.MemberReview{{
		CaseID: id, Outcome: casefile.OutcomeAgreementWritten,
		Asked: &leadership.Asked{Result: casefile.FollowUpAnswered, Method: casefile.FollowUpPhone},
	}}})
	o.DoPackage(packageID, office.CountyLeader, leadership.ConcludePackage{Outcome: leadership.OutcomeResolved, Summary: text})
	o.DoPackage(packageID, office.CountyDeputy, leadership.ApprovePackage{})
	require.Equal(t, leadership.Resolved, o.Package(packageID).Status)
	require.NoError(t, o.Temporal.GetWorkflow(t.Context(), workflows.PackageWorkflowID(packageID), "").Get(t.Context(), nil),
		"a resolved package needs no workflow")

	o.Do(id, office.Leader, casefile.ReopenCase{Reason: o.Text(id, casefile.TextReason, "协议未履行")})
	require.Eventually(t, func() bool { return o.Package(packageID).Status == leadership.Open }, time.Minute, 50*time.Millisecond)
	state = atRest(t, o, packageID)
	require.False(t, state.Members[0].Legacy)
	require.Equal(t, 1, typesOf(t, o, packageID)["PackageReopened"])
}

// ended takes a dispute to its end.
func ended(t *testing.T, o *office.Office, id string) {
	t.Helper()
	text := func(value string) casefile.TextID { return o.Text(id, casefile.TextSummary, value) }
	o.Do(id, office.Clerk, casefile.AcceptCase{})
	o.Do(id, office.Manager, casefile.AssignCase{PersonID: office.Mediator})
	o.Do(id, office.Mediator, casefile.ConcludeInvestigation{Facts: text("经查属实"), Path: casefile.PathClose})
	o.Do(id, office.Mediator, casefile.RequestClosure{Outcome: casefile.OutcomeSettledByParties, Summary: text("双方和解")})
	o.Do(id, office.Leader, casefile.VerifyClosure{})
	for _, party := range []string{"P1", "P2"} {
		score := 5
		o.Do(id, office.OtherClerk, casefile.RecordFollowUp{
			PartyID: party, Result: casefile.FollowUpAnswered, Satisfaction: &score, Method: casefile.FollowUpPhone,
		})
	}
}

func TestNewsOfACaseReachItsPackageThoughTemporalLostThem(t *testing.T) {
	t.Parallel()
	deaf := &deafDealings{}
	o := office.Open(t, stacktest.Shared(t), office.Options{Dealings: deaf.over})
	id, packageID := office.NewCaseID(), office.NewPackageID()
	o.Do(id, office.Clerk, o.Dispute(id))
	o.DoPackage(packageID, office.CountyLeader, o.CountyPackage(packageID, id))
	atRest(t, o, packageID)
	deaf.deaf.Store(true)
	ended(t, o, id)
	// The case owes its package the news; its workflow is lost with them.
	require.NoError(t, o.Temporal.TerminateWorkflow(t.Context(), workflows.CaseWorkflowID(id), "", "lost"))
	deaf.deaf.Store(false)
	findings, err := o.Store.Verify(t.Context(), store.VerifyOptions{AtRest: true})
	require.NoError(t, err)
	require.Len(t, findings, 1)
	require.Equal(t, store.MembershipDiffers, findings[0].What)
	require.NoError(t, command.Nudge(t.Context(), o.Temporal, o.Place.TaskQueue, id))
	require.True(t, atRest(t, o, packageID).Members[0].Standing.Concluded)
}

// deafDealings lose news for a while.
type deafDealings struct {
	activities.Dealings
	deaf atomic.Bool
}

func (d *deafDealings) over(dealings activities.Dealings) activities.Dealings {
	d.Dealings = dealings
	return d
}

func (d *deafDealings) TellPackage(ctx context.Context, news workflows.PackageNews) error {
	if d.deaf.Load() {
		return errors.New("nobody hears")
	}
	return d.Dealings.TellPackage(ctx, news)
}
