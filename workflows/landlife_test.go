package workflows_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/workflows"
)

// villages is the development set with a centre of its own in one village.
var villages = sync.OnceValue(func() *directory.Directory {
	set := directory.DevelopmentEntries()
	const centre = "u-530402001001-center"
	set.Units = append(set.Units, casefile.Unit{
		ID: centre, Name: "村综治中心", Kind: casefile.UnitCenter, Division: "530402001001", SupervisingUnitID: "u-530402001-center",
	})
	for id, role := range map[string]casefile.Role{
		villageClerk: casefile.RoleClerk, villageManager: casefile.RoleManager, villageLeader: casefile.RoleLeader, villageHandler: casefile.RoleMediator,
	} {
		set.People = append(set.People, casefile.Person{ID: id, Name: "普" + id, Roles: []casefile.RoleAt{{Role: role, UnitID: centre}}})
	}
	built, err := set.Directory()
	if err != nil {
		panic(err)
	}
	return built
})

// cabinet keeps the leadership packages that a case asks for, by the real rules and on the clock
// of the case's environment. It deals with the case as a package's shell does.
type cabinet struct {
	t      *testing.T
	env    *testsuite.TestWorkflowEnvironment
	cases  *shelf
	mu     sync.Mutex
	events map[string][]leadership.Event
	// away is how often the record of the packages is not there.
	away int
}

// landOffice is an office whose cases may ask for packages.
func landOffice(t *testing.T, start time.Time) (*testsuite.TestWorkflowEnvironment, *shelf, *cabinet) {
	t.Helper()
	env, record := office(t, start)
	env.RegisterActivityWithOptions(record.packages.hear, activity.RegisterOptions{Name: workflows.TellPackageName})
	return env, record, record.packages
}

func (c *cabinet) propose(_ context.Context, in workflows.ProposeInput) (casefile.AnswerErrand, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.away--; c.away >= 0 {
		return casefile.AnswerErrand{}, errors.New("the record is away")
	}
	refusal := c.decide(in.Wanted.PackageID, casefile.System, leadership.ActFor(in.Wanted))
	return casefile.AnswerErrand{ErrandID: in.ErrandID, Number: c.fold(in.Wanted.PackageID).Number, Refusal: refusal}, nil
}

func (c *cabinet) hear(_ context.Context, news workflows.PackageNews) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	require.Nil(c.t, c.decide(news.PackageID, casefile.System, leadership.NoteStanding{Standing: news.Standing}))
	return nil
}

func (c *cabinet) fold(packageID string) leadership.State {
	return leadership.Fold(packageID, c.events[packageID])
}

// decide stores what an act brings about, deals with the case, and winds the clock.
func (c *cabinet) decide(packageID string, actor casefile.Actor, act leadership.Act) *casefile.Refusal {
	state := c.fold(packageID)
	events, err := leadership.Decide(state, leadership.Command{PackageID: packageID, Actor: actor, Act: act}, leadership.Rules{
		Now: c.env.Now(), Directory: villages(), Number: "530402-L-2026-000001",
		Cases: map[string]leadership.CaseFacts{caseID: leadership.FactsOf(c.cases.state(), "")},
	})
	if refusal := (*casefile.Refusal)(nil); errors.As(err, &refusal) {
		return refusal
	}
	c.events[packageID] = append(c.events[packageID], events...)
	now := c.fold(packageID)
	for _, member := range now.Intents() {
		if !slices.ContainsFunc(state.Intents(), func(m leadership.Member) bool { return m.Intent == member.Intent }) {
			c.tell(packageID, casefile.JoinPackage{PackageID: packageID, Number: now.Number}, func() leadership.Act {
				return leadership.NoteAnswer{CaseID: caseID, Intent: member.Intent, Standing: casefile.StandingOf(c.cases.state())}
			})
		}
	}
	if of, news, waits := now.News(); waits && of != state.Untold {
		c.tell(packageID, news, func() leadership.Act { return leadership.NoteTold{Of: of} })
	}
	if wake, ok := leadership.NextWake(now); ok && len(events) > 0 {
		c.env.RegisterDelayedCallback(func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			require.Nil(c.t, c.decide(packageID, casefile.System, leadership.PassTime{}))
		}, wake.Sub(c.env.Now()))
	}
	return nil
}

// tell brings something to the case and notes what follows from it.
func (c *cabinet) tell(packageID string, act casefile.Act, noted func() leadership.Act) {
	cmd := casefile.Command{CaseID: caseID, Actor: casefile.System, Act: act, RequestKey: fmt.Sprint(len(c.events[packageID]))}
	c.env.RegisterDelayedCallback(func() {
		c.env.UpdateWorkflow(workflows.CommandUpdate, cmd.RequestKey+casefile.ActName(act), &testsuite.TestUpdateCallback{
			OnReject: func(err error) { require.NoError(c.t, err) },
			OnAccept: func() {},
			OnComplete: func(_ any, err error) {
				require.NoError(c.t, err)
				c.mu.Lock()
				defer c.mu.Unlock()
				require.Nil(c.t, c.decide(packageID, casefile.System, noted()))
			},
		}, cmd)
	}, 0)
}

// diary writes what a person does on a day, in the case or in its package.
type diary struct {
	*cabinet
	start     time.Time
	packageID string
	pages     int
}

func (d *diary) after(date string) time.Duration {
	when, err := time.ParseInLocation("2006-01-02 15:04", date, casefile.Shanghai)
	require.NoError(d.t, err)
	return when.Sub(d.start)
}

func (d *diary) inCase(date, person string, act casefile.Act) {
	d.t.Helper()
	cmd := command(act, person)
	d.pages++
	cmd.RequestKey = fmt.Sprintf("%02d", d.pages)
	send(d.t, d.env, d.after(date), cmd)
}

func (d *diary) inPackage(date, person string, act leadership.Act) {
	d.env.RegisterDelayedCallback(func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		require.Nil(d.t, d.decide(d.packageID, actorOf(person), act), date)
	}, d.after(date))
}

func dayOf(at time.Time) string { return at.In(casefile.Shanghai).Format(time.DateOnly) }

// told lists the days and types of those events of the case that tell the story.
func (d *diary) told(types ...string) []string {
	var story []string
	for _, e := range d.cases.events {
		if slices.Contains(types, e.Type()) {
			story = append(story, dayOf(e.EffectiveAt)+" "+e.Type())
		}
	}
	return story
}

func (d *diary) toldOfPackage() []string {
	var story []string
	for _, e := range d.events[d.packageID] {
		switch e.Type() {
		case "DeadlineStarted", "DeadlineWarned", "DeadlineMet", "DeadlineCancelled":
		default:
			story = append(story, dayOf(e.EffectiveAt)+" "+e.Type())
		}
	}
	return story
}

func clocksOf(deadlines []casefile.Deadline) []string {
	var clocks []string
	for _, d := range deadlines {
		clocks = append(clocks, fmt.Sprintf("%s %s to %s %s", d.Step, dayOf(d.StartedAt), dayOf(d.DueAt), d.Status))
	}
	return clocks
}

const (
	villageClerk   = "p-530402001001-center-clerk-1"
	villageManager = "p-530402001001-center-manager-1"
	villageLeader  = "p-530402001001-center-leader-1"
	villageHandler = "p-530402001001-center-mediator-1"
	cityManager    = "p-5304-center-manager-1"
	countysLeader  = "p-530402-leading-leader-1"
	citysLeader    = "p-5304-leading-leader-1"
	citysDeputy    = "p-5304-leading-leader-2"
)

// TestALandDisputeClimbsFromTheVillageToTheCityBecomesAPackageAndIsResolved is the whole life of a
// dispute over contracted land that a village lets lie: chased by the township, the county and
// the city, declined by the county's leader, taken on by the city's, mediated at last, and
// resolved as a package. The case lives in its shell, whose clock leaps.
func TestALandDisputeClimbsFromTheVillageToTheCityBecomesAPackageAndIsResolved(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.March, 5, 10, 0, 0, 0, casefile.Shanghai)
	env, record, cabinet := landOffice(t, start)
	cabinet.away = 3
	d := &diary{cabinet: cabinet, start: start, packageID: casefile.PackageIDOfOrder(caseID, "U2")}

	// Two families of a village contest a plot. Its centre takes the matter down, and forgets it.
	dispute := dispute()
	dispute.Division, dispute.Category = "530402001001", "D-FOREST-LAND-CONTRACTED"
	d.inCase("2026-03-05 10:00", villageClerk, dispute)
	d.inCase("2026-03-05 10:05", villageManager, casefile.AcceptCase{Procedure: "peoples-mediation"})
	// Three orders go unanswered. The county's leader is asked, and says no; the city's says yes.
	d.inPackage("2026-04-20 14:00", countysLeader, leadership.DeclinePackage{Reason: "r"})
	d.inPackage("2026-04-24 09:00", citysLeader, leadership.ApprovePackage{Reason: "r"})
	// Now the village stirs.
	d.inCase("2026-04-25 09:00", villageManager, casefile.ReplySupervision{OrderID: "U3", Reply: "r"})
	d.inCase("2026-04-26 09:00", cityManager, casefile.CloseSupervision{OrderID: "U3", Status: casefile.SupervisionSatisfied})
	d.inCase("2026-04-27 09:00", villageManager, casefile.AssignCase{PersonID: villageHandler})
	d.inPackage("2026-04-28 09:00", villageManager, leadership.SetPackagePlan{Milestones: []leadership.PlannedMilestone{{Title: "m", DueOn: "2026-05-20"}}})
	d.inCase("2026-04-29 09:00", villageHandler, casefile.ConcludeInvestigation{Facts: "f", Path: casefile.PathMediation})
	d.inCase("2026-04-29 10:00", villageHandler, casefile.OpenMediation{Type: casefile.MediationPeoples})
	d.inCase("2026-05-12 15:00", villageHandler, casefile.RecordSession{Mode: casefile.SessionOnSite, Minutes: "m"})
	d.inCase("2026-05-15 16:00", villageHandler, casefile.ConcludeMediation{
		Outcome: casefile.MediationAgreementWritten, Agreement: "a", SignedAt: time.Date(2026, time.May, 15, 15, 0, 0, 0, casefile.Shanghai),
	})
	d.inPackage("2026-05-18 09:00", citysLeader, leadership.RecordPackageReview{Progress: "p", MilestonesDone: []string{"M1"}})
	d.inCase("2026-05-18 10:00", villageHandler, casefile.RequestClosure{Outcome: casefile.OutcomeAgreementWritten, Summary: "s"})
	d.inCase("2026-05-19 09:00", villageLeader, casefile.VerifyClosure{})
	for i, party := range []string{"P1", "P2"} {
		score := 5
		d.inCase(fmt.Sprintf("2026-05-20 09:0%d", i), villageClerk, casefile.RecordFollowUp{
			PartyID: party, Result: casefile.FollowUpAnswered, Satisfaction: &score, Method: casefile.FollowUpPhone,
		})
	}
	d.inPackage("2026-05-21 09:00", citysLeader, leadership.RecordPackageReview{Progress: "p", Members: []leadership.MemberReview{
		{CaseID: caseID, Asked: askedByPhone()},
	}})
	d.inPackage("2026-05-22 09:00", citysLeader, leadership.ConcludePackage{Outcome: leadership.OutcomeResolved, Summary: "s"})
	d.inPackage("2026-05-25 09:00", citysDeputy, leadership.ApprovePackage{})
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})
	require.True(t, env.IsWorkflowCompleted())
	require.NoError(t, env.GetWorkflowError())

	require.Equal(t, []string{
		"2026-03-05 CaseAccepted",
		"2026-04-06 SupervisionOrdered",                              // by the township, a month after the acceptance
		"2026-04-10 OrderEscalated", "2026-04-10 SupervisionOrdered", // by the county, three working days later
		"2026-04-16 OrderEscalated", "2026-04-16 PackageProposed", "2026-04-16 SupervisionOrdered", // by the city
		"2026-04-16 ProposalConfirmed",
		"2026-04-20 ProposalRaised", // the county's leader said no
		"2026-04-24 JoinedPackage",
		"2026-04-25 OrderReplied", "2026-04-26 SupervisionClosed",
		"2026-05-15 MediationConcluded", "2026-05-19 ClosureVerified", "2026-05-20 CaseClosed",
	}, d.told("CaseAccepted", "SupervisionOrdered", "OrderEscalated", "PackageProposed", "ProposalConfirmed", "ProposalRaised",
		"ProposalFailed", "ProposalDeclined", "JoinedPackage", "OrderReplied", "SupervisionClosed", "MediationConcluded", "ClosureVerified", "CaseClosed"))
	require.Equal(t, []string{
		"2026-04-16 PackageProposed",
		"2026-04-20 PackageDeclined", "2026-04-20 ProposedHigher", "2026-04-20 OriginTold",
		"2026-04-24 PackageApproved", "2026-04-24 MemberInvited", "2026-04-24 MemberJoined",
		"2026-04-28 PlanSet", "2026-05-15 MemberConcluded",
		"2026-05-18 ReviewRecorded", "2026-05-20 MemberConcluded", "2026-05-21 ReviewRecorded",
		"2026-05-22 EndProposed", "2026-05-25 EndSigned",
	}, d.toldOfPackage())

	state, took := record.state(), cabinet.fold(d.packageID)
	require.Equal(t, []string{
		"acceptance 2026-03-05 to 2026-03-20 MET",
		"handling 2026-03-05 to 2026-04-05 MISSED",
		"supervision-acknowledgement 2026-04-06 to 2026-04-09 MISSED",
		"supervision-acknowledgement 2026-04-10 to 2026-04-15 MISSED",
		"supervision-acknowledgement 2026-04-16 to 2026-04-21 MISSED",
	}, clocksOf(state.Deadlines)[:5])
	var orders []string
	for _, o := range state.Orders {
		orders = append(orders, fmt.Sprintf("%s %s to %s %s", o.Level, o.IssuedByUnitID, o.AddresseeUnitID, o.Status))
	}
	require.Equal(t, []string{
		"TOWNSHIP u-530402001-center to u-530402001001-center ESCALATED",
		"COUNTY u-530402-center to u-530402001001-center ESCALATED",
		"CITY u-5304-center to u-530402001001-center SATISFIED",
	}, orders)
	require.Equal(t, []string{
		"approval 2026-04-16 to 2026-04-23 MET", // by the county's leader
		"approval 2026-04-20 to 2026-04-27 MET", // by the city's
		"plan 2026-04-24 to 2026-05-09 MET",
		"review 2026-04-24 to 2026-05-24 MET",
		"milestone 2026-04-28 to 2026-05-20 MET",
		"review 2026-05-18 to 2026-06-18 MET",
		"review 2026-05-21 to 2026-06-21 CANCELLED",
	}, clocksOf(took.Deadlines))
	require.Equal(t, casefile.StageClosed, state.Stage)
	require.Equal(t, "2026-05-15", dayOf(state.ConcludedAt))
	require.False(t, *state.ConcludedOnTime)
	require.Equal(t, d.packageID, state.PackageID)
	require.Equal(t, leadership.Resolved, took.Status)
	require.Equal(t, []any{casefile.LevelCity, citysLeader}, []any{took.Level, took.LeaderID})
	require.Equal(t, &leadership.Origin{CaseID: caseID, OrderID: "U2"}, took.Origin)
	require.True(t, leadership.Finished(took))
	require.Empty(t, casefile.Errands(state))
	require.Len(t, cabinet.events, 1, "one package, however often it was asked for")
}

// TestALeaderWhoSaysNothingIsPassedOver lets everybody be silent: the city's order goes unanswered
// before the county's leader has decided, so the same package goes to the city's, whose silence
// is chased.
func TestALeaderWhoSaysNothingIsPassedOver(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, time.March, 5, 10, 0, 0, 0, casefile.Shanghai)
	env, record, cabinet := landOffice(t, start)
	d := &diary{cabinet: cabinet, start: start, packageID: casefile.PackageIDOfOrder(caseID, "U2")}
	dispute := dispute()
	dispute.Division, dispute.Category = "530402001001", "D-FOREST-LAND-CONTRACTED"
	d.inCase("2026-03-05 10:00", villageClerk, dispute)
	d.inCase("2026-03-05 10:05", villageManager, casefile.AcceptCase{Procedure: "peoples-mediation"})
	env.RegisterDelayedCallback(env.CancelWorkflow, d.after("2026-05-10 09:00"))
	env.ExecuteWorkflow(workflows.CaseType, workflows.CaseInput{CaseID: caseID})

	require.Equal(t, []string{
		"2026-04-16 PackageProposed", "2026-04-16 ProposalConfirmed", "2026-04-22 PackageProposed", "2026-04-22 ProposalConfirmed",
	}, d.told("PackageProposed", "ProposalConfirmed", "ProposalRaised", "ProposalDeclined"))
	require.Equal(t, []string{
		"2026-04-16 PackageProposed", "2026-04-22 ProposedHigher", "2026-04-22 OriginTold",
		"2026-04-29 DeadlineMissed", "2026-04-30 SupervisionOrdered",
	}, d.toldOfPackage())
	require.Equal(t, []string{
		"approval 2026-04-16 to 2026-04-23 CANCELLED", "approval 2026-04-22 to 2026-04-29 MISSED", "supervision 2026-04-30 to 2026-05-15 RUNNING",
	}, clocksOf(cabinet.fold(d.packageID).Deadlines))
	require.Equal(t, citysLeader, record.state().Proposals[1].LeaderID)
	require.Len(t, cabinet.events, 1)
}
