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

// petitionDays lets people act on a petition at days after its registration.
type petitionDays struct {
	t    *testing.T
	env  *testsuite.TestWorkflowEnvironment
	sent int
}

// on has somebody act at noon of the nth day after registration.
func (p *petitionDays) on(n int, person string, act casefile.Act) {
	p.t.Helper()
	p.sent++
	cmd := command(act, person)
	cmd.RequestKey = fmt.Sprintf("request-%d", p.sent)
	send(p.t, p.env, time.Duration(n)*24*time.Hour+time.Duration(p.sent)*time.Second, cmd)
}

const (
	petitionClerk        = "p-530402-petition-clerk-1"
	petitionManager      = "p-530402-petition-manager-1"
	petitionLeader       = "p-530402-petition-leader-1"
	petitionInvestigator = "p-530402-petition-investigator-1"
	cityPetitionLeader   = "p-5304-petition-leader-1"
	cityPetitionClerk    = "p-5304-petition-clerk-1"
)

// toClosing takes an appeal to its closing on the eighth day; its opinion is served on the
// fifth.
func (p *petitionDays) toClosing(record *shelf) {
	p.t.Helper()
	p.on(0, petitionClerk, casefile.RegisterCase{
		Kind: casefile.Petition, PetitionType: casefile.Appeal, Source: casefile.SourceWalkIn, Division: "530402001",
		Category: "P-URBAN-PROPERTY", Title: "t", Narrative: "n", Claims: []casefile.TextID{"c"},
		Parties: []casefile.Party{{ID: "P1", Role: casefile.PartyPetitioner, Kind: casefile.NaturalPerson, Named: true, Content: "p1"}},
	})
	p.on(1, petitionClerk, casefile.AcceptCase{})
	p.on(2, petitionManager, casefile.AssignCase{PersonID: petitionInvestigator})
	p.on(3, petitionInvestigator, casefile.ConcludeInvestigation{Facts: "f", Path: casefile.PathDecision})
	p.on(4, petitionInvestigator, casefile.IssueDecision{Claims: []casefile.ClaimOpinion{
		{ClaimID: "C1", Outcome: casefile.DecisionNotSupported, Facts: "f", Reasons: "r", LegalBasis: "l"},
	}})
	p.serve(5, petitionClerk, record, casefile.NoticeDecision)
	p.on(6, petitionInvestigator, casefile.RequestClosure{Outcome: casefile.OutcomeNotSupported, Summary: "s"})
	p.on(7, petitionLeader, casefile.VerifyClosure{})
	p.on(8, petitionClerk, casefile.RecordFollowUp{
		PartyID: "P1", Result: casefile.FollowUpUnreachable, Method: casefile.FollowUpPhone,
	})
}

// serve has the latest notice of a kind reach the petitioner on the nth day.
func (p *petitionDays) serve(n int, person string, record *shelf, kind casefile.NoticeKind) {
	p.t.Helper()
	p.sent++
	key := fmt.Sprintf("request-%d", p.sent)
	p.env.RegisterDelayedCallback(func() {
		act := casefile.RecordService{PartyID: "P1", Method: casefile.ServedInPerson, ServedAt: p.env.Now()}
		for _, notice := range record.state().Notices {
			if notice.Kind == kind {
				act.DocumentID = notice.ID
			}
		}
		cmd := command(act, person)
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

func TestAClosedPetitionsWorkflowLivesUntilItsWindowHasRunOut(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai)
	env, record := office(t, start)
	days := &petitionDays{t: t, env: env}
	days.toClosing(record)
	env.RegisterDelayedCallback(func() {
		require.Equal(t, casefile.StageClosed, record.state().Stage)
		require.False(t, env.IsWorkflowCompleted(), "the petitioner may still ask for a review")
	}, 20*24*time.Hour)
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})

	require.True(t, env.IsWorkflowCompleted())
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, "2026-04-07", env.Now().In(casefile.Shanghai).Format(time.DateOnly), "thirty days from the service on March 7, and the midnight after")
	state := record.state()
	require.True(t, casefile.Finished(state))
	window := state.Deadlines[len(state.Deadlines)-1]
	for _, clock := range state.Deadlines {
		if clock.Step == casefile.StepReviewRequest {
			window = clock
		}
	}
	require.Equal(t, casefile.ClockMissed, window.Status)
	require.Empty(t, state.Orders, "nobody is urged over a citizen's window")
	var result workflows.CaseResult
	require.NoError(t, env.GetWorkflowResult(&result))
	require.Equal(t, casefile.StateDigest(state), result.Digest)
}

func TestAReviewOfAClosedPetitionKeepsItsWorkflowUntilTheNextWindowHasRunOut(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai)
	env, record := office(t, start)
	days := &petitionDays{t: t, env: env}
	days.toClosing(record)
	days.on(30, petitionClerk, casefile.RequestReview{ReviewAsked: casefile.ReviewAsked{
		PartyID: "P1", UnitID: "u-5304-petition", Reason: "r",
	}})
	days.on(50, cityPetitionLeader, casefile.IssueReviewOpinion{ReviewOpinion: casefile.ReviewOpinion{
		Outcome: casefile.ReviewUpheld, Facts: "f", Reasons: "r", LegalBasis: "l",
	}})
	days.serve(51, cityPetitionClerk, record, casefile.NoticeReviewOpinion)
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})
	require.True(t, env.IsWorkflowCompleted())
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, casefile.StageClosed, record.state().Stage)
	require.Equal(t, "2026-05-23", env.Now().In(casefile.Shanghai).Format(time.DateOnly), "thirty days from the service on April 22")
}
