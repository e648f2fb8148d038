package workflows_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
	"github.com/tiaochu/tiaochu/workflows"
)

const (
	medicalClerk    = "p-530402-center-clerk-1"
	medicalManager  = "p-530402-center-manager-1"
	medicalLeader   = "p-530402-center-leader-1"
	medicalHandler  = "p-530402-center-mediator-1"
	medicalMediator = "p-530402-medical-committee-mediator-1"
)

// TestAMedicalDisputeLivesOverSpringFestivalAndPastItsClosing runs a dispute from January to
// September in the shell, whose clock leaps: mediated under its 30 working days less the
// appraisal, settled in instalments, closed in March, and over when the last of its
// instalments has run out.
func TestAMedicalDisputeLivesOverSpringFestivalAndPastItsClosing(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.January, 29, 9, 0, 0, 0, casefile.Shanghai)
	env, record := office(t, start)
	n := 0
	on := func(date, person string, act casefile.Act) {
		when, err := time.ParseInLocation("2006-01-02 15:04", date, casefile.Shanghai)
		require.NoError(t, err)
		cmd := command(act, person)
		n++
		cmd.RequestKey = fmt.Sprintf("%02d", n)
		send(t, env, when.Sub(start), cmd)
	}
	dispute := dispute()
	dispute.Category, dispute.Division = "D-MEDICAL", "530402"
	pays := func(fen int64, on string) casefile.PerformanceDue {
		return casefile.PerformanceDue{DueOn: on, Amount: &fen, What: "w"}
	}
	asked := func(party string) casefile.RecordFollowUp {
		score := 5
		return casefile.RecordFollowUp{PartyID: party, Result: casefile.FollowUpAnswered, Satisfaction: &score, Method: casefile.FollowUpPhone}
	}
	on("2026-01-29 09:00", medicalClerk, dispute)
	on("2026-01-30 09:00", medicalManager, casefile.AcceptCase{})
	on("2026-01-30 09:05", medicalManager, casefile.AssignCase{PersonID: medicalHandler})
	on("2026-01-30 10:00", medicalHandler, casefile.ConcludeInvestigation{Facts: "f", Path: casefile.PathMediation})
	on("2026-01-30 11:00", medicalHandler, casefile.OpenMediation{
		Type: casefile.MediationPeoples, UnitID: "u-530402-medical-committee", MediatorID: medicalMediator,
	})
	on("2026-02-02 10:00", medicalMediator, casefile.RecordConsent{PartyID: "P1", Consent: casefile.ConsentGiven})
	on("2026-02-02 10:01", medicalMediator, casefile.RecordConsent{PartyID: "P2", Consent: casefile.ConsentGiven})
	on("2026-02-04 10:00", medicalMediator, casefile.SuspendClock{DeadlineID: "D3", Reason: procedure.PauseAppraisal, Until: "2026-03-06"})
	on("2026-03-09 08:00", medicalMediator, casefile.ResumeClock{DeadlineID: "D3"})
	on("2026-03-17 14:00", medicalMediator, casefile.RecordSession{Mode: casefile.SessionRemote, Minutes: "m"})
	on("2026-03-20 15:00", medicalMediator, casefile.ConcludeMediation{
		Outcome: casefile.MediationAgreementWritten, Agreement: "a", SignedAt: time.Date(2026, time.March, 20, 14, 0, 0, 0, casefile.Shanghai),
		Performance: []casefile.PerformanceDue{pays(8_000_000, "2026-03-31"), pays(5_000_000, "2026-04-30"), pays(5_000_000, "2026-08-31")},
	})
	on("2026-03-23 09:00", medicalHandler, casefile.RequestClosure{Outcome: casefile.OutcomeAgreementWritten, Summary: "s"})
	on("2026-03-24 09:00", medicalLeader, casefile.VerifyClosure{})
	on("2026-03-25 09:00", medicalManager, asked("P1"))
	on("2026-03-25 09:01", medicalManager, asked("P2"))
	on("2026-03-30 16:00", medicalMediator, casefile.RecordPerformance{PerformanceID: "Y1", Source: casefile.PerformedByInsurance})
	on("2026-04-30 17:00", medicalMediator, casefile.RecordPerformance{PerformanceID: "Y2"})
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})

	require.True(t, env.IsWorkflowCompleted())
	require.NoError(t, env.GetWorkflowError())
	over := time.Date(2026, time.September, 1, 0, 0, 0, 0, casefile.Shanghai)
	require.WithinRange(t, env.Now(), over, over.Add(11*time.Minute), "the run ends when the last instalment has run out")
	state := record.state()
	require.Equal(t, casefile.StageClosed, state.Stage)
	day := func(at time.Time) string { return at.In(casefile.Shanghai).Format(time.DateOnly) }
	require.Equal(t, "2026-03-20", day(state.ConcludedAt))
	require.Equal(t, "2026-03-25", day(state.ClosedAt))
	require.True(t, *state.ConcludedOnTime)
	require.Empty(t, state.Orders)
	due := map[string]string{}
	for _, clock := range state.Deadlines {
		due[clock.Step+clock.Of] = day(clock.DueAt) + " " + string(clock.Status)
	}
	require.Equal(t, "2026-04-16 MET", due["handling"], "30 working days less the appraisal")
	require.Equal(t, "2026-04-20 MISSED", due["applicationM1"], "the window for confirmation lapsed after the closing")
	require.Equal(t, "2026-03-31 MET", due["performanceY1"])
	require.Equal(t, "2026-04-30 MET", due["performanceY2"])
	require.Equal(t, "2026-08-31 MISSED", due["performanceY3"])
	last := record.events[len(record.events)-1]
	require.Equal(t, "PerformanceOverdue", last.Type())
	require.Equal(t, "2026-08-31", day(last.EffectiveAt))
	require.Equal(t, casefile.PerformedByInsurance, state.Mediations[0].Performed[0].Source)
	require.True(t, casefile.Finished(state))
}
