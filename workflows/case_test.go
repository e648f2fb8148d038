package workflows_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/workflows"
)

const caseID = "3f0c1c0a-0000-4000-8000-000000000001"

// shelf is a record in memory with the real rules, for tests in which months pass. The real
// one is in tests/durability.
type shelf struct {
	mu     sync.Mutex
	now    func() time.Time
	events []casefile.Event
	asked  int
	fails  int // how many appends fail before one succeeds
	// packages are those that the case asks for.
	packages *cabinet
}

func (s *shelf) Append(_ context.Context, in workflows.AppendInput) (workflows.AppendResult, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if s.fails > 0 {
		s.fails--
		return workflows.AppendResult{}, errors.New("the record is away")
	}
	state := casefile.Fold(caseID, s.events)
	if state.Version > in.Version {
		return workflows.AppendResult{Status: workflows.Adopt, Events: s.events[in.Version:], Version: state.Version}, nil
	}
	events, err := casefile.Decide(state, in.Command, casefile.Rules{
		Now: s.now(), Directory: villages(), Number: "530402-D-2026-000001",
	})
	if refusal := (*casefile.Refusal)(nil); errors.As(err, &refusal) {
		return workflows.AppendResult{Status: workflows.Refused, Version: state.Version, Refusal: refusal}, nil
	}
	s.events = append(s.events, events...)
	return workflows.AppendResult{Status: workflows.Appended, Events: events, Version: len(s.events)}, nil
}

func (s *shelf) Load(context.Context, string) (casefile.State, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return casefile.Fold(caseID, s.events), nil
}

func (s *shelf) state() casefile.State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return casefile.Fold(caseID, s.events)
}

// office is a test environment whose clock leaps from event to event.
func office(t *testing.T, start time.Time) (*testsuite.TestWorkflowEnvironment, *shelf) {
	t.Helper()
	suite := &testsuite.WorkflowTestSuite{}
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(start)
	env.SetTestTimeout(time.Minute)
	record := &shelf{now: env.Now}
	env.RegisterWorkflowWithOptions(workflows.Case, workflow.RegisterOptions{Name: workflows.CaseType})
	env.RegisterActivityWithOptions(record.Append, activity.RegisterOptions{Name: workflows.AppendName})
	env.RegisterActivityWithOptions(record.Load, activity.RegisterOptions{Name: workflows.LoadName})
	record.packages = &cabinet{t: t, env: env, cases: record, events: map[string][]leadership.Event{}}
	env.RegisterActivityWithOptions(record.packages.propose, activity.RegisterOptions{Name: workflows.ProposeName})
	return env, record
}

func command(act casefile.Act, personID string) casefile.Command {
	return casefile.Command{
		CaseID: caseID, Act: act, RequestKey: personID + casefile.ActName(act), Actor: actorOf(personID),
	}
}

// actorOf is somebody of the development set in their first role.
func actorOf(personID string) casefile.Actor {
	people := villages()
	person, _ := people.Person(personID)
	unit, _ := people.Unit(person.Roles[0].UnitID)
	return casefile.Actor{
		PersonID: person.ID, Role: person.Roles[0].Role, UnitID: unit.ID, Division: unit.Division, UnitKind: unit.Kind,
	}
}

func dispute() casefile.RegisterCase {
	return casefile.RegisterCase{
		Kind: casefile.Dispute, Source: casefile.SourceWalkIn, Division: "530402001", Category: "D-NEIGHBOUR",
		Title: "t", Narrative: "n", Parties: []casefile.Party{
			{ID: "P1", Role: casefile.PartyApplicant, Kind: casefile.NaturalPerson, Named: true, Content: "p1"},
			{ID: "P2", Role: casefile.PartyRespondent, Kind: casefile.NaturalPerson, Named: true, Content: "p2"},
		},
	}
}

func send(t *testing.T, env *testsuite.TestWorkflowEnvironment, after time.Duration, cmd casefile.Command) {
	t.Helper()
	env.RegisterDelayedCallback(func() {
		env.UpdateWorkflow(workflows.CommandUpdate, cmd.RequestKey, &testsuite.TestUpdateCallback{
			OnReject: func(err error) { require.NoError(t, err) },
			OnAccept: func() {},
			OnComplete: func(result any, err error) {
				require.NoError(t, err)
				require.Nil(t, result.(workflows.CommandResult).Refusal)
			},
		}, cmd)
	}, after)
}

func TestAForgottenCaseIsWarnedMissedAndSupervisedOnItsDays(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai)
	env, record := office(t, start)
	send(t, env, 0, command(dispute(), "p-530402-center-clerk-1"))
	env.RegisterDelayedCallback(env.CancelWorkflow, 40*24*time.Hour)
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})

	decided := map[string]casefile.Event{}
	for _, event := range slices.Backward(record.events) { // the first of each type counts
		decided[event.Type()] = event
	}
	due := time.Date(2026, time.March, 17, 23, 59, 59, 0, casefile.Shanghai)
	warned, missed, ordered := decided["DeadlineWarned"], decided["DeadlineMissed"], decided["SupervisionOrdered"]
	require.Equal(t, "2026-03-14", warned.At.In(casefile.Shanghai).Format(time.DateOnly))
	require.True(t, missed.EffectiveAt.Equal(due), "a miss is dated the due instant, not when it was decided: %s", missed.EffectiveAt)
	require.WithinRange(t, missed.At, due, due.Add(10*time.Minute+2*time.Second))
	require.Equal(t, "u-530402-center", ordered.Body.(casefile.SupervisionOrdered).AddresseeUnitID)
	require.Len(t, record.state().Orders, 1)
	require.Equal(t, casefile.SupervisionEscalated, record.state().Orders[0].Status, "nobody acknowledged it")
	require.Equal(t, casefile.LevelCounty, decided["PackageProposed"].Body.(casefile.PackageProposed).Level)
	require.Equal(t, casefile.LevelCity, record.state().Proposals[0].Level, "the county's leader said nothing for a week")
	// One timer at a time: registration, warning and miss of the case and of its order asked
	// the record, and hardly more, besides two words of the package.
	require.LessOrEqual(t, record.asked, 9)
}

func TestAnAcceptanceMovesTheTimerToTheHandlingClock(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai)
	env, record := office(t, start)
	send(t, env, 0, command(dispute(), "p-530402-center-clerk-1"))
	send(t, env, 24*time.Hour, command(casefile.AcceptCase{}, "p-530402-center-clerk-1"))
	env.RegisterDelayedCallback(env.CancelWorkflow, 60*24*time.Hour)
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})

	state := record.state()
	require.Equal(t, casefile.ClockMet, state.Deadlines[0].Status)
	require.Equal(t, casefile.ClockMissed, state.Deadlines[1].Status)
	require.Equal(t, "2026-04-03", state.Deadlines[1].DueAt.In(casefile.Shanghai).Format(time.DateOnly))
	require.Len(t, state.Orders, 1)
}

func TestARecordThatIsAwayOnlyDelaysACommand(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai)
	env, record := office(t, start)
	record.fails = 9 // more than fit into the three seconds of the quick attempt
	send(t, env, 0, command(dispute(), "p-530402-center-clerk-1"))
	env.RegisterDelayedCallback(env.CancelWorkflow, 24*time.Hour)
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})
	require.Equal(t, casefile.StageAcceptance, record.state().Stage)
	require.Greater(t, record.asked, 9)
}

func TestARunThatNobodyCommandsEndsByItself(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai)
	env, record := office(t, start)
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})
	require.True(t, env.IsWorkflowCompleted())
	require.NoError(t, env.GetWorkflowError())
	require.Zero(t, record.asked)
	require.Equal(t, time.Minute, env.Now().Sub(start))
}

func TestACommandForAnotherCaseIsRejectedUnseen(t *testing.T) {
	t.Parallel()
	env, record := office(t, time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai))
	var rejected error
	env.RegisterDelayedCallback(func() {
		stray := command(dispute(), "p-530402-center-clerk-1")
		stray.CaseID = "another"
		env.UpdateWorkflow(workflows.CommandUpdate, "stray", &testsuite.TestUpdateCallback{
			OnReject: func(err error) { rejected = err }, OnAccept: func() {}, OnComplete: func(any, error) {},
		}, stray)
	}, 0)
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})
	require.ErrorContains(t, rejected, `command for case "another"`)
	require.Zero(t, record.asked)
}
