package casefile

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func taskIDs(l *life) []string {
	var ids []string
	for _, task := range Tasks(l.state, city) {
		ids = append(ids, task.ID)
	}
	return ids
}

func TestEachStageHasItsTasks(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	require.Equal(t, []Task{{ID: "accept", Kind: TaskAccept, InboxRole: RoleClerk, InboxUnit: "center", DeadlineID: "D1"}}, Tasks(l.state, city))
	l.does("center-clerk1", AcceptCase{})
	require.Equal(t, []string{"assign"}, taskIDs(l))
	l.does("center-manager1", AssignCase{PersonID: "center-mediator1"})
	require.Equal(t, []Task{{ID: "investigate", Kind: TaskInvestigate, AssigneeID: "center-mediator1", DeadlineID: "D2"}}, Tasks(l.state, city))
	l.does("center-mediator1", ConcludeInvestigation{Facts: "f", Path: PathMediation})
	require.Equal(t, []string{"open-mediation"}, taskIDs(l))
	l.does("center-mediator1", OpenMediation{Type: MediationPeoples, MediatorID: "center-mediator2"})
	require.Equal(t, []Task{{ID: "mediate:M1", Kind: TaskMediate, AssigneeID: "center-mediator2", DeadlineID: "D2"}}, Tasks(l.state, city))
	l.does("center-mediator2", ConcludeMediation{Outcome: MediationFailed, Reason: "r"})
	require.Equal(t, []string{"serve:N1"}, taskIDs(l), "the parties are told their remedies before closure is asked for")
	for _, party := range []string{"P1", "P2"} {
		l.does("center-mediator1", RecordService{DocumentID: "N1", PartyID: party, Method: ServedByPost, ServedAt: l.now})
	}
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeMediationFailed, Summary: "s"})
	require.Equal(t, []Task{{ID: "verify", Kind: TaskVerify, InboxRole: RoleManager, InboxUnit: "center"}}, Tasks(l.state, city))
	l.does("center-manager1", VerifyClosure{})
	require.Equal(t, []Task{
		{ID: "follow-up:P1", Kind: TaskFollowUp, InboxRole: RoleLeader, InboxUnit: "center", DeadlineID: "D3"},
		{ID: "follow-up:P2", Kind: TaskFollowUp, InboxRole: RoleLeader, InboxUnit: "center", DeadlineID: "D3"},
	}, Tasks(l.state, city))
	l.does("center-clerk1", satisfied("P1"))
	require.Equal(t, []string{"follow-up:P2"}, taskIDs(l))
	l.does("center-clerk1", satisfied("P2"))
	require.Empty(t, Tasks(l.state, city))
}

func TestADecisionIsIssuedThenServed(t *testing.T) {
	t.Parallel()
	l := atDecision(t)
	require.Equal(t, []string{"decide", "serve:N1"}, taskIDs(l), "the acceptance is still to be told")
	l.does("petition-clerk1", served(l, "P1"))
	require.Equal(t, []string{"decide"}, taskIDs(l))
	l.does("petition-investigator1", opinions(DecisionSupported, DecisionSupported))
	require.Equal(t, []Task{{ID: "serve:N2", Kind: TaskServe, AssigneeID: "petition-investigator1", DeadlineID: "D2"}}, Tasks(l.state, city))
	l.does("petition-clerk1", served(l, "P1"))
	require.Equal(t, []string{"request-closure"}, taskIDs(l))
}

func TestAProposedEndIsVerifiedAndServed(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", DeclineCase{Reason: DeclineOther, Explanation: "e", GoTo: "g"})
	require.Equal(t, []string{"verify", "serve:N1"}, taskIDs(l))
	l.does("center-manager1", VerifyClosure{})
	require.Equal(t, []string{"serve:N1"}, taskIDs(l))
}

func TestAVacantPostsWorkWaitsWhereSomebodySits(t *testing.T) {
	t.Parallel()
	s := State{Version: 1, Stage: StageAcceptance, ResponsibleUnitID: "committee", Division: "530402001"}
	require.Equal(t, RoleManager, Tasks(s, city)[0].InboxRole, "the committee has no clerk")
	s.ResponsibleUnitID = "grid"
	require.Equal(t, RoleClerk, Tasks(s, city)[0].InboxRole, "nobody sits here: it waits at the first desk")
	s.ResponsibleUnitID, s.Confidentiality = "center", ConfidentialitySealed
	require.Equal(t, RoleLeader, Tasks(s, city)[0].InboxRole, "only the head knows of a sealed case")
	s.Stage, s.Pending = StageVerification, &Pending{End: StageTransferred, AskedBy: "center-leader1"}
	require.Equal(t, RoleManager, Tasks(s, city)[0].InboxRole)

	s = State{Version: 1, Stage: StageInvestigation, ResponsibleUnitID: "center", HandlerID: "gone"}
	require.Equal(t, RoleManager, Tasks(s, city)[0].InboxRole, "the handler left")
	s.ResponsibleUnitID, s.Stage, s.Pending = "committee", StageVerification, &Pending{End: StageClosed, AskedBy: "committee-manager1"}
	require.Equal(t, Task{ID: "verify", Kind: TaskVerify, InboxRole: RoleManager, InboxUnit: "center"}, Tasks(s, city)[0], "nobody is left in the unit: its supervisor verifies")
	s.ResponsibleUnitID = "gone"
	require.Equal(t, "gone", Tasks(s, city)[0].InboxUnit)
}

func TestEveryTaskHasALabelInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, kind := range TaskKinds() {
		require.NotEqual(t, kind.Value, TaskLabel(kind.Value, Chinese))
		require.NotEqual(t, kind.Value, TaskLabel(kind.Value, English))
	}
	require.Equal(t, "REST", TaskLabel("REST", English))
	require.Equal(t, "rest", StepLabel("rest", English))
	require.Equal(t, "受理", StepLabel(StepAcceptance, Chinese))
}

func TestGrantsGoToThoseWhoWorkOnTheCase(t *testing.T) {
	t.Parallel()
	require.Empty(t, Grants(State{}, city))
	l := registered(t, "grid-grid_worker1", changed(aDispute(), func(r *RegisterCase) {
		r.Division, r.ReportedByPersonID = "530402001001", "grid-grid_worker2"
	}))
	l.does("center-clerk1", AcceptCase{})
	l.does("center-manager1", AssignCase{PersonID: "center-investigator1"})
	l.does("center-investigator1", ConcludeInvestigation{Facts: "f", Path: PathMediation})
	l.does("center-investigator1", OpenMediation{Type: MediationPeoples, UnitID: "committee", MediatorID: "committee-mediator1"})
	head := []Grant{{Role: RoleLeader, UnitID: "center"}, {Role: RoleManager, UnitID: "center"}}
	named := []Grant{{PersonID: "grid-grid_worker1"}, {PersonID: "center-investigator1"}, {PersonID: "committee-mediator1"}, {PersonID: "grid-grid_worker2"}}
	require.ElementsMatch(t, append(slices.Concat(head, named), Grant{Role: RoleClerk, UnitID: "center"}), Grants(l.state, city))
	l.does("center-clerk1", AmendCase{Confidentiality: ConfidentialityRestricted, Reason: "r"})
	require.ElementsMatch(t, slices.Concat(head, named), Grants(l.state, city))
	l.does("center-clerk1", AmendCase{Confidentiality: ConfidentialitySealed, Reason: "r"})
	require.ElementsMatch(t, append(named[:3:3], head[0]), Grants(l.state, city))
}

func TestASealedEndCanBeVerifiedBySomebodyWhoKnowsOfIt(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Accusation))
	require.ElementsMatch(t, []Grant{{PersonID: "petition-clerk1"}, {Role: RoleLeader, UnitID: "petition"}}, Grants(l.state, city))
	l.does("petition-leader1", TransferCase{ToOutside: "o", Reason: "r"})
	require.Contains(t, Grants(l.state, city), Grant{Role: RoleManager, UnitID: "petition"})
	l.does("petition-manager1", VerifyClosure{})
}

func TestAllowedCommandsAreThoseThatTheRulesTake(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	allowed := func(who string) []string { return AllowedCommands(l.state, city.as(who), l.rules()) }
	require.Equal(t, []string{"acceptCase", "addNote", "amendCase", "attachDocument", "declineCase", "deferCase", "flagUrgent", "linkCases", "mergeCase", "reportRetaliation", "splitCase", "transferCase", "withdrawCase"}, allowed("center-clerk1"))
	require.Equal(t, []string{"addNote", "attachDocument", "flagUrgent", "reportRetaliation"}, allowed("center-investigator1"))
	require.Empty(t, allowed("center-analyst1"))
	require.Empty(t, allowed("other-center-manager1"))
	require.Empty(t, AllowedCommands(l.state, System, l.rules()))
	require.Empty(t, AllowedCommands(State{}, city.as("center-clerk1"), l.rules()))

	l = requested(t)
	require.Equal(t, []string{"addNote", "attachDocument", "flagUrgent", "issueRecommendation", "linkCases", "recordConfirmation", "rejectClosure", "reportRetaliation", "revealPersonalData", "verifyClosure"}, allowed("center-leader1"))
	require.Equal(t, []string{"addNote", "attachDocument", "flagUrgent", "issueRecommendation", "linkCases", "recordConfirmation", "reportRetaliation"}, allowed("center-mediator1"), "the handler verifies nothing")
	l = evaluated(t)
	require.Equal(t, []string{"addNote", "attachDocument", "flagUrgent", "linkCases", "recordConfirmation", "recordFollowUp", "reportRetaliation"}, allowed("center-clerk1"))
	require.Equal(t, []string{"addNote", "attachDocument", "flagUrgent", "issueRecommendation", "linkCases", "recordConfirmation", "reportRetaliation", "revealPersonalData"}, allowed("center-manager1"), "the verifier asks nobody")
	l = closed(t)
	require.Equal(t, []string{"addNote", "issueRecommendation", "linkCases", "recordConfirmation", "reopenCase", "reportRetaliation"}, allowed("center-leader1"))
}

func TestEveryActHasARuleAndEveryRuleAnAct(t *testing.T) {
	t.Parallel()
	for name, kind := range actKinds {
		_, ok := ruled(name)
		require.NotEqual(t, ok, kind.first || kind.system, name)
		require.Equal(t, ok, !kind.rule.who.empty(), "%s is nobody's", name)
	}
	require.Equal(t, "acceptCase", MutationName("AcceptCase"))
	require.Empty(t, MutationName(""))
	require.Equal(t, RefusedInvalid, mayAct(State{}, Actor{}, "SingSong", city).Code)
}

func (a authority) empty() bool {
	return len(a.own)+len(a.supervising)+len(a.above)+len(a.superior)+len(a.reviewing)+len(a.dispatched)+len(a.referred)+len(a.sender)+len(a.overSender)+len(a.posts) == 0 &&
		!a.grid && !a.handler && !a.mediator && !a.registrar && !a.handled && !a.sampling
}
