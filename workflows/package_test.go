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
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/workflows"
)

const packageID = "3f0c1c0a-0000-4000-8000-00000000000a"

// drawer is the record of one package in memory, with the real rules and what its cases say,
// for tests in which a year passes.
type drawer struct {
	mu     sync.Mutex
	now    func() time.Time
	events []leadership.Event
	cases  map[string]leadership.CaseFacts
	asked  []workflows.MemberQuestion
	// silent cases answer later, through these.
	silent  bool
	pending map[string][]byte
	// told is what the case heard that a package was proposed for; deaf is how often it doesn't.
	told []workflows.OriginNews
	deaf int
}

func (d *drawer) Append(_ context.Context, in workflows.PackageAppendInput) (workflows.PackageAppendResult, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	state := leadership.Fold(packageID, d.events)
	if state.Version > in.Version {
		return workflows.PackageAppendResult{Status: workflows.Adopt, Events: d.events[in.Version:], Version: state.Version}, nil
	}
	events, err := leadership.Decide(state, in.Command, leadership.Rules{
		Now: d.now(), Directory: directory.Development(), Number: "530402-L-2026-000001", Cases: d.cases,
	})
	if refusal := (*casefile.Refusal)(nil); errors.As(err, &refusal) {
		return workflows.PackageAppendResult{Status: workflows.Refused, Version: state.Version, Refusal: refusal}, nil
	}
	d.events = append(d.events, events...)
	return workflows.PackageAppendResult{Status: workflows.Appended, Events: events, Version: len(d.events)}, nil
}

func (d *drawer) Load(context.Context, string) (leadership.State, error) { return d.state(), nil }

func (d *drawer) AskMember(ctx context.Context, in workflows.MemberQuestion) (workflows.MemberAnswer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.silent {
		d.pending[in.CaseID] = activity.GetInfo(ctx).TaskToken
		return workflows.MemberAnswer{}, activity.ErrResultPending
	}
	d.asked = append(d.asked, in)
	return workflows.MemberAnswer{Standing: d.cases[in.CaseID].Standing}, nil
}

func (d *drawer) TellOrigin(_ context.Context, news workflows.OriginNews) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.deaf--; d.deaf >= 0 {
		return errors.New("the case is away")
	}
	d.told = append(d.told, news)
	return nil
}

func (d *drawer) state() leadership.State {
	d.mu.Lock()
	defer d.mu.Unlock()
	return leadership.Fold(packageID, d.events)
}

// on lists the days, in Shanghai, on which events of a type count.
func (d *drawer) on(eventType string) []string {
	var days []string
	for _, e := range d.events {
		if e.Type() == eventType {
			days = append(days, e.EffectiveAt.In(casefile.Shanghai).Format(time.DateOnly))
		}
	}
	return days
}

// missed lists the steps that were missed, with their days.
func (d *drawer) missed() []string {
	var missed []string
	for _, e := range d.events {
		if body, ok := e.Body.(leadership.DeadlineMissed); ok {
			missed = append(missed, e.EffectiveAt.In(casefile.Shanghai).Format(time.DateOnly)+" "+body.Step)
		}
	}
	return missed
}

// story is a package's workflow in an environment whose clock leaps.
type story struct {
	t      *testing.T
	env    *testsuite.TestWorkflowEnvironment
	start  time.Time
	record *drawer
}

func newStory(t *testing.T, start time.Time) *story {
	t.Helper()
	suite := &testsuite.WorkflowTestSuite{}
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(start)
	env.SetTestTimeout(time.Minute)
	record := &drawer{now: env.Now, cases: map[string]leadership.CaseFacts{
		"open": {
			Number: "530402-P-2026-000007", Division: "530402001", ResponsibleUnitID: "u-530402001-government",
			Confidentiality: casefile.ConfidentialityNormal, Standing: casefile.Standing{CaseID: "open", Version: 9, Open: true},
		},
		"legacy": {
			Number: "530402-P-2019-000003", Division: "530402001", ResponsibleUnitID: "u-530402001-government",
			Confidentiality: casefile.ConfidentialityNormal,
			Standing:        casefile.Standing{CaseID: "legacy", Version: 20, Concluded: true, Outcome: casefile.OutcomeNotSupported},
		},
	}}
	env.RegisterWorkflowWithOptions(workflows.Package, workflow.RegisterOptions{Name: workflows.PackageType})
	env.RegisterActivityWithOptions(record.Append, activity.RegisterOptions{Name: workflows.AppendPackageName})
	env.RegisterActivityWithOptions(record.Load, activity.RegisterOptions{Name: workflows.LoadPackageName})
	env.RegisterActivityWithOptions(record.AskMember, activity.RegisterOptions{Name: workflows.AskMemberName})
	env.RegisterActivityWithOptions(record.TellOrigin, activity.RegisterOptions{Name: workflows.TellOriginName})
	return &story{t, env, start, record}
}

// on does an act of a person on a day, at the hour of the start.
func (s *story) on(day, personID string, act leadership.Act) {
	s.t.Helper()
	command := leadership.Command{PackageID: packageID, Actor: actorOf(personID), Act: act, RequestKey: day + leadership.ActName(act)}
	s.env.RegisterDelayedCallback(func() {
		s.env.UpdateWorkflow(workflows.CommandUpdate, command.RequestKey, &testsuite.TestUpdateCallback{
			OnReject: func(err error) { require.NoError(s.t, err) },
			OnAccept: func() {},
			OnComplete: func(result any, err error) {
				require.NoError(s.t, err)
				require.Nil(s.t, result.(workflows.CommandResult).Refusal, "%s: %v", day, result.(workflows.CommandResult).Refusal)
			},
		}, command)
	}, s.after(day))
}

// stands lets a case tell the package how it stands.
func (s *story) stands(day, caseID string, change func(*casefile.Standing)) {
	s.env.RegisterDelayedCallback(func() {
		s.record.mu.Lock()
		facts := s.record.cases[caseID]
		facts.Standing.Version++
		change(&facts.Standing)
		s.record.cases[caseID] = facts
		s.record.mu.Unlock()
		s.env.SignalWorkflow(workflows.MemberSignal, facts.Standing)
	}, s.after(day))
}

func (s *story) after(day string) time.Duration {
	date, err := time.ParseInLocation(time.DateOnly, day, casefile.Shanghai)
	require.NoError(s.t, err)
	hour := s.start.In(casefile.Shanghai)
	return date.Add(time.Duration(hour.Hour())*time.Hour + time.Duration(hour.Minute())*time.Minute).Sub(s.start)
}

func (s *story) run() {
	s.env.ExecuteWorkflow(workflows.PackageType, workflows.PackageInput{PackageID: packageID})
}

const (
	leader = "p-530402-leading-leader-1"
	deputy = "p-530402-leading-leader-2"
	clerks = "p-530402001-government-manager-1"
)

func countyPackage() leadership.OpenPackage {
	return leadership.OpenPackage{Mandate: leadership.Mandate{
		Level: casefile.LevelCounty, LeaderID: leader, ResponsibleUnitID: "u-530402001-government",
		TeamIDs: []string{"p-530402-land-manager-1"}, Title: "title", Reason: "reason",
	}, CaseIDs: []string{"open", "legacy"}}
}

func askedByPhone() *leadership.Asked {
	return &leadership.Asked{Result: casefile.FollowUpAnswered, Method: casefile.FollowUpPhone}
}

// A land dispute that nobody could settle: its package is stabilised for a year, reviewed
// every three months, once forgotten and chased up to the province, and resolved in the end.
func TestAPackageIsStabilisedForAYearAndThenResolved(t *testing.T) {
	t.Parallel()
	s := newStory(t, time.Date(2026, time.January, 5, 9, 30, 0, 0, casefile.Shanghai))
	s.on("2026-01-05", "p-530402-center-manager-1", countyPackage())
	s.on("2026-01-12", clerks, leadership.SetPackagePlan{Milestones: []leadership.PlannedMilestone{
		{Title: "m1", DueOn: "2026-01-30"}, {Title: "m2", DueOn: "2026-12-31"},
	}})
	s.on("2026-01-28", "p-530402-land-manager-1", leadership.RecordPackageReview{Progress: "p", MilestonesDone: []string{"M1"}, Help: "h"})
	s.on("2026-02-02", leader, leadership.ConcludePackage{Outcome: leadership.OutcomeStabilised, Summary: "s"})
	s.on("2026-02-04", deputy, leadership.ApprovePackage{Reason: "r"})
	// Every three months; the review due on 4 August is forgotten.
	s.on("2026-05-03", leader, leadership.RecordPackageReview{Progress: "p", Contact: "c"})
	s.on("2026-09-10", leader, leadership.RecordPackageReview{Progress: "p", Explanation: "e"})
	s.on("2026-12-09", leader, leadership.RecordPackageReview{Progress: "p", Help: "h", MilestonesDone: []string{"M2"}})
	// The open case is concluded at last; the one of 2019 gets its outcome here.
	s.stands("2027-01-20", "open", func(now *casefile.Standing) { now.Concluded, now.Outcome = true, casefile.OutcomeMediated })
	s.on("2027-02-03", leader, leadership.RecordPackageReview{Progress: "p", Help: "h", Members: []leadership.MemberReview{
		{CaseID: "open", Asked: askedByPhone()}, {CaseID: "legacy", Outcome: casefile.OutcomeExplained, Asked: askedByPhone()},
	}})
	s.on("2027-02-04", leader, leadership.ConcludePackage{Outcome: leadership.OutcomeResolved, Summary: "s"})
	s.on("2027-02-05", deputy, leadership.ApprovePackage{})
	s.run()
	require.True(t, s.env.IsWorkflowCompleted())
	require.NoError(t, s.env.GetWorkflowError())

	record, state := s.record, s.record.state()
	require.Equal(t, leadership.Resolved, state.Status)
	require.Equal(t, []string{"2026-01-05", "2026-01-05"}, record.on("MemberJoined"))
	require.Equal(t, []string{"2026-02-04", "2027-02-05"}, record.on("EndSigned"))
	require.Equal(t, "2026-02-04", state.StabilisedAt.In(casefile.Shanghai).Format(time.DateOnly))
	var dues []string
	for _, d := range state.Deadlines {
		dues = append(dues, d.Step+" "+d.StartedAt.In(casefile.Shanghai).Format(time.DateOnly)+" to "+
			d.DueAt.In(casefile.Shanghai).Format(time.DateOnly)+" "+string(d.Status))
	}
	require.Equal(t, []string{
		"plan 2026-01-05 to 2026-01-20 MET",
		"review 2026-01-05 to 2026-02-05 MET",
		"milestone 2026-01-12 to 2026-01-30 MET",
		"milestone 2026-01-12 to 2026-12-31 MET",
		"review 2026-01-28 to 2026-02-28 CANCELLED",
		"stabilised-review 2026-02-04 to 2026-05-04 MET",
		"stabilised-review 2026-05-03 to 2026-08-03 MISSED",
		"supervision 2026-08-04 to 2026-08-19 MISSED",
		"supervision 2026-08-20 to 2026-09-04 MISSED",
		"supervision 2026-09-05 to 2026-09-20 MET",
		"stabilised-review 2026-09-10 to 2026-12-10 MET",
		"stabilised-review 2026-12-09 to 2027-03-09 MET",
		"stabilised-review 2027-02-03 to 2027-05-03 CANCELLED",
	}, dues)
	require.Equal(t, []string{"2026-08-03 stabilised-review", "2026-08-19 supervision", "2026-09-04 supervision"}, record.missed())
	var issuers []string
	for _, order := range state.Orders {
		issuers = append(issuers, order.IssuedByUnitID+" "+order.OpenedAt.In(casefile.Shanghai).Format(time.DateOnly)+" "+string(order.Status))
	}
	require.Equal(t, []string{
		"u-530402-center 2026-08-04 SATISFIED", "u-5304-center 2026-08-20 SATISFIED", "u-53-center 2026-09-05 SATISFIED",
	}, issuers, "the county's centre, then the city's, then the province's")
	// Yellow, three days ahead, for the clocks that were let run so far.
	require.Equal(t, []string{
		"2026-01-27", "2026-05-01", "2026-07-31", "2026-08-16", "2026-09-01", "2026-12-07",
	}, slices.Compact(record.on("DeadlineWarned")))
	_, waits := leadership.NextWake(state)
	require.False(t, waits)
}

func TestAProposalThatTheCountyLeavesUnansweredGoesToTheCity(t *testing.T) {
	t.Parallel()
	s := newStory(t, time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai))
	s.record.events = escalated(t, s)
	s.record.deaf = 3
	s.on("2026-03-12", "p-5304-leading-leader-1", leadership.ApprovePackage{})
	s.env.RegisterDelayedCallback(s.env.CancelWorkflow, 15*24*time.Hour)
	s.run()
	state := s.record.state()
	require.Equal(t, leadership.Open, state.Status)
	require.Equal(t, casefile.LevelCity, state.Level)
	require.Equal(t, []string{"2026-03-09 approval"}, s.record.missed())
	require.Equal(t, []string{"2026-03-10"}, s.record.on("ProposedHigher"))
	require.Equal(t, []string{"2026-03-10"}, s.record.on("OriginTold"))
	require.Len(t, s.record.told, 1)
	require.Equal(t, casefile.LevelCity, s.record.told[0].News.Level)
	require.Equal(t, []string{"2026-03-12"}, s.record.on("PackageApproved"))
	require.Equal(t, []string{"2026-03-12"}, s.record.on("MemberJoined"))
}

// escalated is the record of a package proposed because an order went unanswered.
func escalated(t *testing.T, s *story) []leadership.Event {
	t.Helper()
	events, err := leadership.Decide(leadership.State{ID: packageID}, leadership.Command{
		PackageID: packageID, Actor: casefile.System,
		Act: leadership.EscalateToPackage{Origin: leadership.Origin{CaseID: "open", OrderID: "U2"}, Level: casefile.LevelCounty},
	}, leadership.Rules{Now: s.start, Directory: directory.Development(), Number: "530402-L-2026-000001", Cases: s.record.cases})
	require.NoError(t, err)
	return events
}

func TestACaseThatDoesNotAnswerStopsNoClockOfItsPackage(t *testing.T) {
	t.Parallel()
	s := newStory(t, time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai))
	s.record.silent, s.record.pending = true, map[string][]byte{}
	s.on("2026-03-02", leader, countyPackage())
	s.env.RegisterDelayedCallback(func() {
		for id, token := range s.record.pending {
			require.NoError(t, s.env.CompleteActivity(token, workflows.MemberAnswer{Standing: s.record.cases[id].Standing}, nil))
		}
	}, 17*24*time.Hour)
	s.env.RegisterDelayedCallback(s.env.CancelWorkflow, 18*24*time.Hour)
	s.run()
	require.Equal(t, []string{"2026-03-17 plan"}, s.record.missed(), "the clock ran out while the cases were away")
	require.Equal(t, []string{"2026-03-19", "2026-03-19"}, s.record.on("MemberJoined"))
}

func TestAnEndedPackageGoesOnInANewRunWhenACaseIsReopened(t *testing.T) {
	t.Parallel()
	s := newStory(t, time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai))
	s.on("2026-03-02", leader, countyPackage())
	s.stands("2026-03-03", "open", func(now *casefile.Standing) {
		now.Open, now.Concluded, now.Outcome = false, true, casefile.OutcomeMediated
	})
	s.on("2026-03-04", leader, leadership.RecordPackageReview{Progress: "p", Members: []leadership.MemberReview{
		{CaseID: "open", Asked: askedByPhone()}, {CaseID: "legacy", Outcome: casefile.OutcomeExplained, Asked: askedByPhone()},
	}})
	s.on("2026-03-05", leader, leadership.ConcludePackage{Outcome: leadership.OutcomeResolved, Summary: "s"})
	s.on("2026-03-06", deputy, leadership.ApprovePackage{})
	s.run()
	require.NoError(t, s.env.GetWorkflowError())
	require.Equal(t, leadership.Resolved, s.record.state().Status)

	next := newStory(t, time.Date(2026, time.June, 1, 9, 30, 0, 0, casefile.Shanghai))
	next.record.events, next.record.cases = s.record.events, s.record.cases
	next.stands("2026-06-01", "legacy", func(now *casefile.Standing) { now.Open, now.Concluded, now.Outcome = true, false, "" })
	next.env.RegisterDelayedCallback(next.env.CancelWorkflow, 24*time.Hour)
	next.run()
	state := next.record.state()
	require.Equal(t, leadership.Open, state.Status)
	require.Equal(t, []string{"2026-06-01"}, next.record.on("PackageReopened"))
}

func TestACaseTellsItsPackageOnceForEachChange(t *testing.T) {
	t.Parallel()
	env, record := office(t, time.Date(2026, time.March, 2, 9, 30, 0, 0, casefile.Shanghai))
	var told []workflows.PackageNews
	fails := 3
	env.RegisterActivityWithOptions(func(_ context.Context, news workflows.PackageNews) error {
		if fails--; fails >= 0 {
			return errors.New("Temporal is away")
		}
		told = append(told, news)
		return nil
	}, activity.RegisterOptions{Name: workflows.TellPackageName})
	send(t, env, 0, command(dispute(), "p-530402-center-clerk-1"))
	join := casefile.Command{
		CaseID: caseID, Actor: casefile.System, RequestKey: "intent",
		Act: casefile.JoinPackage{PackageID: packageID, Number: "530402-L-2026-000001"},
	}
	send(t, env, time.Hour, join)
	send(t, env, 2*time.Hour, command(casefile.AcceptCase{}, "p-530402-center-clerk-1"))
	env.RegisterDelayedCallback(func() { env.SignalWorkflow(workflows.NudgeSignal, nil) }, 3*time.Hour)
	env.RegisterDelayedCallback(env.CancelWorkflow, 24*time.Hour)
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})
	require.Equal(t, packageID, record.state().PackageID)
	// Joining and accepting change nothing that counts; a nudge has it told again.
	require.Len(t, told, 1)
	require.Equal(t, packageID, told[0].PackageID)
	require.True(t, told[0].Standing.Open)
}
