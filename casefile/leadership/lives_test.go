package leadership

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

func TestAPackageIsOpenedAndItsCasesAreAskedToJoin(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	terms := mandate()
	terms.DueBy = "2026-08-31"
	events := l.does("center-manager", OpenPackage{Mandate: terms, CaseIDs: []string{"open", "old"}})
	require.Equal(t, []string{
		"PackageOpened", "MemberInvited", "MemberInvited", "DeadlineStarted", "DeadlineStarted", "DeadlineStarted",
	}, events)
	require.Equal(t, Open, l.state.Status)
	require.Equal(t, "county", l.state.LeaderUnitID)
	require.Len(t, l.state.Intents(), 2)
	l.answered()
	require.Empty(t, l.state.Intents())
	old, _ := l.state.Member("old")
	require.True(t, old.Legacy, "it ended before it joined and stays closed")
	require.Equal(t, "2026-03-17", day(l.state.clock(StepPlan).DueAt))
	require.Equal(t, "2026-04-02", day(l.state.clock(StepReview).DueAt))
	require.Equal(t, "2026-08-31", day(l.state.clock(StepDuty).DueAt))
	require.Empty(t, l.does("", NoteAnswer{CaseID: "old", Intent: old.Intent}), "a repeated answer is harmless")
}

func TestAProposedPackageIsTakenOnByItsLeaderOnly(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	require.Equal(t, []string{"PackageProposed", "DeadlineStarted"},
		l.does("town-clerk", ProposePackage{Mandate: mandate(), CaseIDs: []string{"open"}}))
	require.Empty(t, l.state.Members, "nobody holds a case before the leader says yes")
	l.refuses("town-clerk", ApprovePackage{}, casefile.RefusedWrongRole, "")
	l.refuses("center-supervisor", ApprovePackage{}, casefile.RefusedWrongRole, "")
	l.refuses("county-leader", AddPackageCase{CaseID: "old"}, casefile.RefusedWrongStage, "")
	l.later(2)
	require.Equal(t, []string{"PackageApproved", "DeadlineMet", "MemberInvited", "DeadlineStarted", "DeadlineStarted"},
		l.does("county-leader", ApprovePackage{Reason: "yes"}))
	require.Equal(t, "2026-03-19", day(l.state.clock(StepPlan).DueAt), "counted from the yes")
	l.refuses("county-leader", ApprovePackage{}, casefile.RefusedAlreadyDone, "")
}

func TestWhoProposedAPackageDoesNotApproveIt(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.does("county-leader", ProposePackage{Mandate: mandate(), CaseIDs: []string{"open"}})
	l.refuses("county-leader", ApprovePackage{}, casefile.RefusedSamePerson, "")
	l.does("county-vice", ApprovePackage{})
	require.Equal(t, "county-leader", l.state.LeaderID)
}

func TestADeclinedPackageIsCancelled(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.does("town-manager", ProposePackage{Mandate: mandate(), CaseIDs: []string{"open"}})
	l.refuses("county-leader", DeclinePackage{}, casefile.RefusedRequired, "reason")
	require.Equal(t, []string{"PackageDeclined", "DeadlineMet", "PackageCancelled"}, l.does("county-leader", DeclinePackage{Reason: "no"}))
	require.True(t, Finished(l.state))
	l.refuses("county-leader", ApprovePackage{}, casefile.RefusedClosed, "")
	l.refuses("town-manager", ProposePackage{Mandate: mandate(), CaseIDs: []string{"open"}}, casefile.RefusedCaseExists, "")
}

func TestAnUnansweredOrderIsProposedToTheCountysLeaderThenToTheCitys(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	escalate := EscalateToPackage{Origin: Origin{CaseID: "open", OrderID: "U3"}, Level: casefile.LevelCounty}
	l.refuses("center-manager", escalate, casefile.RefusedWrongRole, "")
	require.Equal(t, []string{"PackageProposed", "DeadlineStarted"}, l.does("", escalate))
	require.Equal(t, "county-leader", l.state.LeaderID)
	require.Equal(t, "town", l.state.ResponsibleUnitID)
	require.Empty(t, l.does("", escalate), "asked again, it is the same package")

	l.passes(time.Date(2026, time.March, 10, 9, 0, 0, 0, casefile.Shanghai))
	require.Equal(t, casefile.LevelCity, l.state.Level, "the seven days were over on the 9th")
	require.Equal(t, "city-leader", l.state.LeaderID)
	require.Equal(t, casefile.Division("5304"), l.state.Division)
	require.Equal(t, "2026-03-09", day(l.state.Deadlines[0].MissedAt))
	require.False(t, l.state.Deadlines[0].Unmet())
	require.Equal(t, "2026-03-17", day(l.state.clock(StepApproval).DueAt))
	l.refuses("county-leader", ApprovePackage{}, casefile.RefusedWrongRole, "")
	l.does("city-leader", ApprovePackage{})
	require.Equal(t, Open, l.state.Status)
}

func TestAVacantPostIsAskedThroughItsInboxAndWhoAnswersLeads(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	delete(l.dir.people, "county-leader")
	delete(l.dir.people, "county-vice")
	l.does("", EscalateToPackage{Origin: Origin{CaseID: "open", OrderID: "U1"}, Level: casefile.LevelCounty})
	require.Equal(t, []casefile.Task{{
		ID: "approve", Kind: TaskApprove, InboxRole: casefile.RoleLeader, InboxUnit: "county", DeadlineID: "D1",
	}}, Tasks(l.state, l.dir))
	l.refuses("city-leader", ApprovePackage{}, casefile.RefusedIncomplete, "")
	l.dir.people["county-vice"] = casefile.Person{ID: "county-vice", Name: "新任", Roles: []casefile.RoleAt{{Role: casefile.RoleLeader, UnitID: "county"}}}
	l.does("county-vice", ApprovePackage{})
	require.Equal(t, "county-vice", l.state.LeaderID)
}

func TestAMilestonePastItsDayIsMissedOnceAndChasedUpToTheTop(t *testing.T) {
	t.Parallel()
	l := opened(t)
	l.does("county-leader", SetPackagePlan{Milestones: []PlannedMilestone{{Title: "t1", DueOn: "2026-03-20"}, {Title: "t2", DueOn: "2026-07-31"}}})
	require.Equal(t, casefile.ClockMet, l.state.clock(StepPlan).Status)
	l.passes(time.Date(2026, time.March, 21, 1, 0, 0, 0, casefile.Shanghai))
	require.Len(t, l.state.Orders, 1)
	order := l.state.Orders[0]
	require.Equal(t, []string{"center", "town"}, []string{order.IssuedByUnitID, order.AddresseeUnitID})
	missed, _ := l.state.Deadline(order.DeadlineID)
	require.Equal(t, StepMilestone, missed.Step)
	require.Equal(t, "2026-03-20", day(missed.MissedAt))
	require.Empty(t, l.does("", PassTime{}), "missed once")

	l.does("county-leader", RecordPackageReview{Progress: "p"})
	require.Equal(t, casefile.SupervisionOpen, l.state.Orders[0].Status, "a review is not the milestone")
	l.passes(time.Date(2026, time.April, 6, 9, 0, 0, 0, casefile.Shanghai))
	require.Len(t, l.state.Orders, 2, "unanswered for 15 days, it goes one unit up")
	require.Equal(t, casefile.SupervisionEscalated, l.state.Orders[0].Status)
	require.Equal(t, "city-center", l.state.Orders[1].IssuedByUnitID)
	l.does("bureau-manager", RecordPackageReview{Progress: "p", MilestonesDone: []string{"M1"}})
	require.Equal(t, casefile.SupervisionSatisfied, l.state.Orders[1].Status)
	for _, deadline := range l.state.Deadlines {
		require.False(t, deadline.Unmet() && deadline.Step == StepSupervision)
	}
}

func TestANewPlanReplacesWhatWasNotReached(t *testing.T) {
	t.Parallel()
	l := opened(t)
	l.does("county-leader", SetPackagePlan{Milestones: []PlannedMilestone{{Title: "t1", DueOn: "2026-03-20"}, {Title: "t2", DueOn: "2026-04-20"}}})
	l.does("county-leader", RecordPackageReview{Progress: "p", MilestonesDone: []string{"M1"}})
	l.does("town-clerk", SetPackagePlan{Milestones: []PlannedMilestone{{Title: "t3", DueOn: "2026-05-20"}}})
	require.Equal(t, []bool{false, true, false}, []bool{l.state.Milestones[0].Dropped, l.state.Milestones[1].Dropped, l.state.Milestones[2].Dropped})
	l.passes(time.Date(2026, time.April, 21, 9, 0, 0, 0, casefile.Shanghai))
	for _, order := range l.state.Orders {
		missed, _ := l.state.Deadline(order.DeadlineID)
		require.NotEqual(t, StepMilestone, missed.Step, "nobody waits for a milestone that was dropped")
	}
	l.refuses("county-leader", RecordPackageReview{Progress: "p", MilestonesDone: []string{"M2"}}, casefile.RefusedNotFound, "milestonesDone.0")
	l.refuses("county-leader", RecordPackageReview{Progress: "p", MilestonesDone: []string{"M3", "M3"}}, casefile.RefusedNotFound, "milestonesDone.1")
}

func TestAPackageIsResolvedWithEveryCaseConcludedEveryPetitionerAskedAndTwoSignatures(t *testing.T) {
	t.Parallel()
	l := opened(t)
	resolve := ConcludePackage{Outcome: OutcomeResolved, Summary: "s"}
	refusal := l.refuses("county-leader", resolve, casefile.RefusedIncomplete, "outcome")
	require.Contains(t, refusal.Message, "530402-P-2026-open")
	require.NotContains(t, refusal.Message, "530402-P-2026-old")
	require.Contains(t, refusal.Message, "what an outcome of a package needs: a design choice")
	require.Contains(t, refusal.MessageZH, "包案结果的条件：设计选择")
	require.Equal(t, []string{"MemberConcluded"}, l.stands("open", concluded))
	refusal = l.refuses("county-leader", resolve, casefile.RefusedIncomplete, "outcome")
	require.Contains(t, refusal.Message, "530402-P-2026-old", "a long closed case needs its outcome here")
	l.does("county-leader", RecordPackageReview{Progress: "p", Members: []MemberReview{{CaseID: "old", Outcome: casefile.OutcomeExplained}}})
	require.Contains(t, l.refuses("county-leader", resolve, casefile.RefusedIncomplete, "outcome").Message, "petitioners")
	l.does("county-leader", RecordPackageReview{Progress: "p", Members: []MemberReview{{CaseID: "old", Asked: asked()}, {CaseID: "open", Asked: asked()}}})
	require.Contains(t, AllowedCommands(l.state, l.dir.as("county-leader"), l.rules()), "concludePackage")

	l.does("county-leader", resolve)
	l.refuses("county-leader", ApprovePackage{}, casefile.RefusedSamePerson, "")
	l.refuses("county-leader", resolve, casefile.RefusedAlreadyDone, "")
	l.does("county-vice", ApprovePackage{Reason: "agreed"})
	require.Equal(t, Resolved, l.state.Status)
	require.True(t, Finished(l.state))
	_, waits := NextWake(l.state)
	require.False(t, waits, "no clock of a resolved package runs")
}

func TestARejectedEndGoesOnAndMayBeProposedAgain(t *testing.T) {
	t.Parallel()
	l := ready(t)
	l.does("bureau-manager", ConcludePackage{Outcome: OutcomeResolved, Summary: "s"})
	require.Equal(t, []string{"EndRejected"}, l.does("county-leader", DeclinePackage{Reason: "not yet"}))
	require.Equal(t, Open, l.state.Status)
	l.does("county-leader", ConcludePackage{Outcome: OutcomeResolved, Summary: "s"})
	l.does("center-supervisor", ApprovePackage{})
	require.Equal(t, Resolved, l.state.Status)
}

func TestAMemberThatGoesOnTakesTheProposedEndBack(t *testing.T) {
	t.Parallel()
	l := ready(t)
	l.does("bureau-manager", ConcludePackage{Outcome: OutcomeResolved, Summary: "s"})
	require.Equal(t, []string{"MemberReopened", "EndRejected"}, l.stands("open", reopened))
	l.refuses("county-leader", ApprovePackage{}, casefile.RefusedAlreadyDone, "")
}

func TestAReopenedMemberPutsAResolvedPackageBackToOpen(t *testing.T) {
	t.Parallel()
	l := ready(t)
	l.does("bureau-manager", ConcludePackage{Outcome: OutcomeResolved, Summary: "s"})
	l.does("county-leader", ApprovePackage{})
	l.later(100)
	require.Empty(t, l.does("", NoteStanding{Standing: casefile.Standing{CaseID: "open", Version: 2, Open: true}}), "older news than what is known")
	require.Equal(t, []string{"MemberReopened", "PackageReopened", "DeadlineStarted"}, l.stands("old", reopened))
	require.Equal(t, Open, l.state.Status)
	old, _ := l.state.Member("old")
	require.False(t, old.Legacy, "it is handled anew and brings its own outcome")
	require.Nil(t, old.Asked)
	l.stands("old", concluded)
	l.does("county-leader", RecordPackageReview{Progress: "p", Members: []MemberReview{{CaseID: "old", Asked: asked()}}})
	l.does("county-leader", ConcludePackage{Outcome: OutcomeResolved, Summary: "s"})
	l.does("county-vice", ApprovePackage{})
	require.Equal(t, Resolved, l.state.Status)
}

func TestAMemberThatAnotherPackageTookSinceStaysThere(t *testing.T) {
	t.Parallel()
	l := ready(t)
	l.does("bureau-manager", ConcludePackage{Outcome: OutcomeResolved, Summary: "s"})
	l.does("county-leader", ApprovePackage{})
	taken := l.cases["old"]
	taken.HeldBy = "pk-2"
	l.cases["old"] = taken
	require.Equal(t, []string{"MemberReopened", "MemberLeft", "PackageReopened", "DeadlineStarted"}, l.stands("open", reopened))
	require.Len(t, l.state.Current(), 1)
}

func TestACaseIsAddedRemovedAndMayRefuse(t *testing.T) {
	t.Parallel()
	l := opened(t)
	l.has("third", CaseFacts{Standing: casefile.Standing{Open: true}})
	l.does("town-manager", AddPackageCase{CaseID: "third"})
	l.refuses("town-manager", AddPackageCase{CaseID: "third"}, casefile.RefusedAlreadyDone, "caseId")
	l.refuses("county-leader", RemovePackageCase{CaseID: "third", Reason: "r"}, casefile.RefusedNotFound, "caseId")
	third, _ := l.state.Member("third")
	require.Equal(t, []string{"MemberRefused"}, l.does("", NoteAnswer{
		CaseID: "third", Intent: third.Intent, Refusal: &casefile.Refusal{Code: casefile.RefusedNotCompetent, Message: "sealed", MessageZH: "密封"},
	}))
	l.does("town-manager", AddPackageCase{CaseID: "third"})
	l.answered()
	l.does("county-leader", RemovePackageCase{CaseID: "open", Reason: "r"})
	l.answered()
	l.does("county-leader", RemovePackageCase{CaseID: "old", Reason: "r"})
	l.answered()
	l.refuses("county-leader", RemovePackageCase{CaseID: "third", Reason: "r"}, casefile.RefusedIncomplete, "caseId")
	require.Len(t, l.state.Current(), 1)
	require.Empty(t, l.stands("open", concluded), "it has left")
}

func TestAPackageIsHandedOverToAnotherLeaderOfItsLevel(t *testing.T) {
	t.Parallel()
	l := opened(t)
	l.refuses("county-leader", HandOverPackage{LeaderID: "county-leader", Reason: "r"}, casefile.RefusedAlreadyDone, "leaderId")
	l.refuses("county-leader", HandOverPackage{LeaderID: "city-leader", Reason: "r"}, casefile.RefusedNotCompetent, "leaderId")
	l.refuses("county-leader", HandOverPackage{LeaderID: "other-leader", Reason: "r"}, casefile.RefusedJurisdiction, "leaderId")
	l.refuses("bureau-manager", HandOverPackage{LeaderID: "county-vice", Reason: "r"}, casefile.RefusedWrongRole, "")
	l.does("county-leader", HandOverPackage{LeaderID: "county-vice", TeamIDs: []string{"town-manager"}, Reason: "r"})
	require.Equal(t, "county-vice", l.state.LeaderID)
	require.Equal(t, []string{"town-manager"}, l.state.TeamIDs)
	l.refuses("county-leader", RecordPackageReview{Progress: "p"}, casefile.RefusedWrongRole, "")
	l.does("county-vice", RecordPackageReview{Progress: "p"})
}
