package workflows_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/workflows"
)

// acting has somebody act at noon of the nth day after registration, on the case as it is then.
func (p *petitionDays) acting(n int, person string, record *shelf, act func(casefile.State) casefile.Act) {
	p.t.Helper()
	p.sent++
	key := fmt.Sprintf("request-%d", p.sent)
	p.env.RegisterDelayedCallback(func() {
		cmd := command(act(record.state()), person)
		cmd.RequestKey = key
		p.env.UpdateWorkflow(workflows.CommandUpdate, key, &testsuite.TestUpdateCallback{
			OnReject: func(err error) { require.NoError(p.t, err) },
			OnAccept: func() {},
			OnComplete: func(result any, err error) {
				require.NoError(p.t, err)
				require.Nil(p.t, result.(workflows.CommandResult).Refusal)
			},
		}, cmd)
	}, time.Duration(n)*24*time.Hour+time.Duration(p.sent)*time.Second)
}

// dueOn is the last day of the newest clock of a step.
func dueOn(t *testing.T, s casefile.State, step string) string {
	t.Helper()
	due := ""
	for _, clock := range s.Deadlines {
		if clock.Step == step {
			due = clock.DueAt.In(casefile.Shanghai).Format(time.DateOnly)
		}
	}
	require.NotEmpty(t, due, step)
	return due
}

func clockID(s casefile.State, step string) string {
	id := ""
	for _, clock := range s.Deadlines {
		if clock.Step == step {
			id = clock.ID
		}
	}
	return id
}

// An appeal of Monday 2 March 2026 lives through everything that the law has for it, in one
// workflow run. Days are counted by hand, as calendar days that never roll.
func TestAnAppealsWorkflowLivesThroughExtensionReviewAndReReviewWithAHearing(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai)
	env, record := office(t, start)
	days := &petitionDays{t: t, env: env}
	seen := map[string]string{}
	look := func(n int, step string) {
		days.sent++
		env.RegisterDelayedCallback(func() { seen[fmt.Sprintf("%d %s", n, step)] = dueOn(t, record.state(), step) },
			time.Duration(n)*24*time.Hour+time.Duration(days.sent)*time.Second)
	}
	days.on(0, petitionClerk, casefile.RegisterCase{
		Kind: casefile.Petition, PetitionType: casefile.Appeal, Source: casefile.SourceWalkIn, Division: "530402001",
		Category: "P-URBAN-PROPERTY", Title: "t", Narrative: "n", Claims: []casefile.TextID{"c"},
		Parties: []casefile.Party{{ID: "P1", Role: casefile.PartyPetitioner, Kind: casefile.NaturalPerson, Named: true, Content: "p1"}},
	})
	days.on(7, petitionClerk, casefile.AcceptCase{}) // 9 March
	look(7, casefile.StepHandling)
	days.serve(8, petitionClerk, record, casefile.NoticeAcceptance)
	days.on(9, petitionManager, casefile.AssignCase{PersonID: petitionInvestigator})
	days.acting(50, petitionInvestigator, record, func(s casefile.State) casefile.Act { // 21 April
		return casefile.RequestExtension{DeadlineID: clockID(s, casefile.StepHandling), Length: 15, Unit: casefile.CalendarDays, Reason: "r"}
	})
	days.acting(51, petitionLeader, record, func(s casefile.State) casefile.Act {
		return casefile.DecideExtension{DeadlineID: clockID(s, casefile.StepHandling), Approved: true}
	})
	look(51, casefile.StepHandling)
	days.serve(52, petitionClerk, record, casefile.NoticeExtension)
	days.on(70, petitionInvestigator, casefile.ConcludeInvestigation{Facts: "f", Path: casefile.PathDecision}) // 11 May
	days.on(70, petitionInvestigator, casefile.IssueDecision{Claims: []casefile.ClaimOpinion{
		{ClaimID: "C1", Outcome: casefile.DecisionNotSupported, Facts: "f", Reasons: "r", LegalBasis: "l"},
	}})
	days.serve(72, petitionClerk, record, casefile.NoticeDecision) // 13 May
	look(72, casefile.StepReviewRequest)
	days.on(73, petitionInvestigator, casefile.RequestClosure{Outcome: casefile.OutcomeNotSupported, Summary: "s"})
	days.on(74, petitionManager, casefile.VerifyClosure{})
	days.on(75, petitionClerk, casefile.RecordFollowUp{
		PartyID: "P1", Result: casefile.FollowUpUnreachable, Method: casefile.FollowUpPhone,
	})
	days.on(90, petitionClerk, casefile.RequestReview{ReviewAsked: casefile.ReviewAsked{ // 31 May
		PartyID: "P1", UnitID: "u-5304-petition", Reason: "r",
	}})
	look(90, casefile.StepReview)
	opinion := casefile.ReviewOpinion{Outcome: casefile.ReviewUpheld, Facts: "f", Reasons: "r", LegalBasis: "l"}
	days.on(100, cityPetitionLeader, casefile.IssueReviewOpinion{ReviewOpinion: opinion}) // 10 June
	days.serve(101, cityPetitionClerk, record, casefile.NoticeReviewOpinion)              // 11 June
	look(101, casefile.StepReReviewRequest)
	const organ, organLeader, organClerk = "u-5304-leading", "p-5304-leading-leader-1", "p-5304-leading-clerk-1"
	days.on(110, cityPetitionClerk, casefile.RequestReReview{ReviewAsked: casefile.ReviewAsked{PartyID: "P1", UnitID: organ, Reason: "r"}}) // 20 June
	look(110, casefile.StepReReview)
	days.acting(120, organLeader, record, func(s casefile.State) casefile.Act { // 30 June
		return casefile.SuspendClock{DeadlineID: clockID(s, casefile.StepReReview), Reason: "HEARING"}
	})
	days.acting(125, organLeader, record, func(s casefile.State) casefile.Act {
		return casefile.ResumeClock{DeadlineID: clockID(s, casefile.StepReReview)}
	})
	look(125, casefile.StepReReview)
	days.on(140, organLeader, casefile.IssueReReviewOpinion{ReviewOpinion: opinion}) // 20 July
	days.serve(141, organClerk, record, casefile.NoticeReReviewOpinion)
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})

	require.True(t, env.IsWorkflowCompleted())
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, map[string]string{
		"7 handling":            "2026-05-08", // 9 March and 60 days: 22 in March, 30 in April, 8 in May
		"51 handling":           "2026-05-23", // 15 days more
		"72 review-request":     "2026-06-12", // served on 13 May: 18 in May, 12 in June
		"90 review":             "2026-06-30", // asked on 31 May and 30 days
		"101 re-review-request": "2026-07-11", // served on 11 June: 19 in June, 11 in July
		"110 re-review":         "2026-07-20", // asked on 20 June: 10 in June, 20 in July
		"125 re-review":         "2026-07-25", // 30 June to 4 July, five days of hearing, are left out
	}, seen)
	require.Equal(t, "2026-07-21", env.Now().In(casefile.Shanghai).Format(time.DateOnly), "once the last opinion is served, nothing is waited for")
	state := record.state()
	require.True(t, state.Final())
	require.Equal(t, casefile.StageClosed, state.Stage)
	require.Empty(t, state.Orders)
	for _, notice := range state.Notices {
		require.True(t, notice.Served(), notice.Kind)
	}
	var result workflows.CaseResult
	require.NoError(t, env.GetWorkflowResult(&result))
	require.Equal(t, casefile.StateDigest(state), result.Digest)
}
