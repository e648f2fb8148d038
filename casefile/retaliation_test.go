package casefile

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// reporting is a report against somebody, by the first party of a case.
func reporting(named func(*Party)) ReportRetaliation {
	party := Party{Kind: NaturalPerson}
	named(&party)
	return ReportRetaliation{
		ReportID: "report-1", PartyID: "P1", Named: party, Title: "title", Narrative: "narrative", Method: FollowUpOnSite,
	}
}

func reportingWith(change func(*ReportRetaliation)) ReportRetaliation {
	act := reporting(onlyByName)
	change(&act)
	return act
}

func byPerson(id string) func(*Party) { return func(p *Party) { p.PersonID = id } }
func byUnit(id string) func(*Party)   { return func(p *Party) { p.UnitID, p.Kind = id, LegalPerson } }
func onlyByName(p *Party)             { p.Content, p.Named = "name", true }

// reports takes a report down on the case of a life; the case itself gets no event. It
// answers with the life of the report.
func (l *life) reports(who string, act ReportRetaliation) *life {
	l.t.Helper()
	require.Contains(l.t, AllowedCommands(l.state, city.as(who), l.rules()), "reportRetaliation")
	require.Empty(l.t, l.does(who, act), "whoever is named may read this case")
	command := l.command(who, act, nil)
	report := newLife(l.t)
	report.now, report.state.ID = l.now, act.ReportID
	register := RetaliationReport(l.state, command, city)
	events := report.does(who, register.Act)
	require.Equal(l.t, []string{"CaseRegistered", "DeadlineStarted"}, report.types(events))
	require.Contains(l.t, HoldsEndOf(report.state), l.state.ID)
	return report
}

func TestAReportOfRetaliationGoesToTheUnitThatSupervisesTheOneNamed(t *testing.T) {
	t.Parallel()
	for who, want := range map[string]string{
		// A clerk of the bureau: the centre supervises it, and isn't in its line.
		"bureau-clerk1": "center", "bureau-leader1": "center", "committee-mediator1": "center", "grid-grid_worker1": "center",
		// Of the centre the city's centre is the superior too, whose heads lead those named; nor
		// is the city's leading body free. It goes to an office of the same level outside the line.
		"center-mediator1": "petition", "center-leader1": "petition",
		"discipline-investigator1": "center",
		// Of the petition office the city's is supervisor and superior; its supervisor is free.
		"petition-clerk2": "city-center",
	} {
		l := registered(t, "center-clerk1", aDispute())
		report := l.reports("center-clerk1", reporting(byPerson(who)))
		require.Equal(t, want, report.state.ResponsibleUnitID, who)
		require.Equal(t, ConfidentialitySealed, report.state.Confidentiality)
		require.Equal(t, city.units[want].Division, report.state.Division)
		head, _ := headOf(want, report.state.Exclusions, city)
		require.Equal(t, []Grant{{PersonID: "center-clerk1"}, {Role: head.Role, UnitID: want}}, Grants(report.state, city), who)
		require.Equal(t, []Task{{
			ID: "answer-retaliation", Kind: TaskAnswerRetaliation, InboxRole: head.Role, InboxUnit: want, DeadlineID: "D1",
		}}, Tasks(report.state, city))
	}
	l := registered(t, "center-clerk1", aDispute())
	require.Equal(t, "center", l.reports("center-clerk1", reporting(byUnit("bureau"))).state.ResponsibleUnitID)
}

func TestWhoIsNamedTheirSubordinatesAndTheirLeadersAreKeptFromTheReport(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	report := l.reports("center-clerk1", reporting(byPerson("bureau-leader1")))
	for _, who := range []string{"bureau-leader1", "bureau-clerk1", "desk-clerk1", "government-leader1", "government-manager1"} {
		person, _ := city.Person(who)
		require.True(t, ExcludesPerson(report.state.Exclusions, who, person.Roles, city), who)
		require.Empty(t, AllowedCommands(report.state, city.as(who), report.rules()), who)
		report.refuses(who, AnswerRetaliation{Finding: RetaliationNotConfirmed, Measures: "m"}, RefusedInterest, "")
	}
	for _, who := range []string{"center-clerk2", "petition-leader1", "city-center-leader1"} {
		require.NotContains(t, AllowedCommands(report.state, city.as(who), report.rules()), "answerRetaliation", who)
	}
}

func TestWhoTheAccusationItselfIsKeptFromIsKeptFromTheReportToo(t *testing.T) {
	t.Parallel()
	accusation := aPetition(Accusation)
	accusation.Parties[1].PersonID = "bureau-clerk1"
	l := registered(t, "petition-clerk1", accusation)
	report := l.reports("petition-clerk1", reporting(byPerson("grid-grid_worker1")))
	require.Contains(t, report.state.Exclusions, Exclusion{PersonID: "bureau-clerk1"})
	require.Contains(t, report.state.Exclusions, Exclusion{PersonID: "grid-grid_worker1"})
	require.Empty(t, report.state.Retaliation.Number, "a sealed case's number stands in no other record")
	report.does("center-leader1", AmendCase{Reason: "r", Parties: []Party{changedParty(report.state, "NAMED", byPerson("grid-grid_worker2"))}})
	require.Contains(t, report.state.Exclusions, Exclusion{PersonID: "bureau-clerk1"}, "an amendment keeps them out")
}

func changedParty(s State, id string, change func(*Party)) Party {
	party := *s.party(id)
	change(&party)
	return party
}

func TestAReportIsAnsweredByOneAndVerifiedByAnother(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	report := l.reports("center-clerk1", reporting(byPerson("bureau-clerk1")))
	require.Equal(t, []string{"addNote", "amendCase", "answerRetaliation", "attachDocument"}, AllowedCommands(report.state, city.as("center-leader1"), report.rules()))
	report.refuses("center-leader1", AcceptCase{}, RefusedWrongStage, "")
	report.refuses("center-leader1", TransferCase{ToUnitID: "discipline", Reason: "r"}, RefusedWrongStage, "")
	report.refuses("", JoinCase{MergerID: "J1", Into: MergerStanding{CaseID: "case-1"}, Reason: "r", By: city.as("center-leader1")}, RefusedWrongStage, "")
	report.refuses("center-leader1", AnswerRetaliation{Finding: "MAYBE", Measures: "m"}, RefusedInvalid, "finding")
	report.refuses("center-leader1", AnswerRetaliation{Finding: RetaliationConfirmed}, RefusedRequired, "measures")

	events := report.does("center-leader1", AnswerRetaliation{Finding: RetaliationNotConfirmed, Measures: "m"})
	require.Equal(t, []string{"RetaliationAnswered", "DeadlineMet"}, report.types(events))
	require.Contains(t, Sentence(events[0], city, Chinese), "答复打击报复反映，结论：不属实")
	require.Contains(t, Sentence(events[0], city, English), "answered the report of retaliation: not confirmed")
	report.refuses("center-leader1", VerifyClosure{}, RefusedSamePerson, "")
	report.does("center-manager1", RejectClosure{Reason: "r"})
	report.at(StageAcceptance)
	require.Empty(t, report.state.Retaliation.Finding)
	require.True(t, report.state.Deadlines[0].Running(), "its clock runs on, with its old due day")

	report.does("center-leader1", AnswerRetaliation{Finding: RetaliationToDiscipline, Measures: "m"})
	notice := report.latest(NoticeRetaliation)
	require.Contains(t, NoticeText(report.state, *report.state.notice(notice), city, Chinese), "已就打击报复反映作出答复："+Label("RetaliationFinding", string(RetaliationToDiscipline), Chinese))
	require.Equal(t, TextID("m"), report.state.notice(notice).Reason)
	require.True(t, report.state.Notices[0].Void, "what was rejected is told nobody")
	events = report.does("center-manager1", VerifyClosure{})
	require.Equal(t, []string{"EndVerified"}, report.types(events))
	require.Contains(t, taskIDs(report), "serve:"+notice, "whoever reported it is told before it ends")
	events = report.does("center-leader1", RecordService{DocumentID: notice, PartyID: "P1", Method: ServedInPerson, ServedAt: report.now})
	require.Equal(t, []string{"NoticeServed", "CaseEnded"}, report.types(events))
	report.at(StageClosed)
	require.Empty(t, HoldsEndOf(report.state))
	require.False(t, Finished(report.state), "the case that it is about has to be told")
	errands := Errands(report.state)
	require.Len(t, errands, 1)
	require.Equal(t, l.state.ID, errands[0].Command.CaseID)
	report.does("", AnswerErrand{ErrandID: errands[0].ID})
	require.True(t, Finished(report.state))
	require.NotContains(t, AllowedCommands(report.state, city.as("center-leader1"), report.rules()), "reopenCase")
	require.NoError(t, checkRecord("report-1", report.events))
}

func TestAMissedReportGoesToTheLevelAboveAndNeverToTheOneNamed(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	report := l.reports("center-clerk1", reporting(byPerson("bureau-clerk1")))
	require.Equal(t, 15, report.state.Deadlines[0].Length)
	require.Equal(t, WorkingDays, report.state.Deadlines[0].Unit)
	report.now = report.state.Deadlines[0].DueAt.Add(time.Hour)
	report.does("", PassTime{})
	require.Len(t, report.state.Orders, 1)
	require.Equal(t, "city-center", report.state.Orders[0].IssuedByUnitID)
	require.Equal(t, "center", report.state.Orders[0].AddresseeUnitID)
	for _, grant := range Grants(report.state, city) {
		for _, holder := range city.Holders(grant.Role, grant.UnitID) {
			require.False(t, ExcludesPerson(report.state.Exclusions, holder.ID, holder.Roles, city), holder.ID)
		}
	}
}

func TestSomebodyKnownByNameAloneIsFoundOutByTheHeadAndTheReportMoves(t *testing.T) {
	t.Parallel()
	l := registered(t, "government-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Division = "530402001" }))
	require.Equal(t, "center", l.state.ResponsibleUnitID)
	report := l.reports("government-clerk1", reporting(onlyByName))
	require.Equal(t, "city-center", report.state.ResponsibleUnitID, "the one behind the name may work for the centre")
	require.Equal(t, []Grant{{Role: RoleLeader, UnitID: "city-center"}}, Grants(report.state, city))
	require.Equal(t, TaskIdentify, Tasks(report.state, city)[0].Kind)
	report.refuses("city-center-leader1", AnswerRetaliation{Finding: RetaliationConfirmed, Measures: "m"}, RefusedIncomplete, "")
	events := report.does("city-center-leader1", AmendCase{Reason: "r", Parties: []Party{changedParty(report.state, "NAMED", byPerson("bureau-clerk1"))}})
	require.Equal(t, []string{"CaseAmended", "CaseTransferred"}, report.types(events))
	require.Equal(t, "center", report.state.ResponsibleUnitID, "the unit that supervises the bureau")
	require.Equal(t, TaskAnswerRetaliation, Tasks(report.state, city)[0].Kind)
	require.Equal(t, "D1", Tasks(report.state, city)[0].DeadlineID)
}

func TestABadReportIsRefusedByName(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	for field, act := range map[string]ReportRetaliation{
		"name":       reporting(func(*Party) {}),
		"personId":   reporting(byPerson("nobody")),
		"unitId":     reporting(byUnit("nowhere")),
		"partyId":    reportingWith(func(a *ReportRetaliation) { a.PartyID = "P9" }),
		"narrative":  reportingWith(func(a *ReportRetaliation) { a.Narrative = "" }),
		"method":     reportingWith(func(a *ReportRetaliation) { a.Method = "" }),
		"occurredAt": reportingWith(func(a *ReportRetaliation) { a.OccurredAt = l.now.Add(time.Hour) }),
	} {
		_, err := Decide(l.state, l.command("center-clerk1", act, nil), l.rules())
		var refusal *Refusal
		require.ErrorAs(t, err, &refusal, field)
		require.Equal(t, []string{field}, refusal.Field)
	}
	l.refuses("center-clerk1", reporting(byPerson("center-clerk1")), RefusedInterest, "personId")
	l.refuses("bureau-clerk1", reporting(onlyByName), RefusedJurisdiction, "")
}

// heldBack is a life whose end is held back from now on.
func (l *life) heldBack() *life { l.endHeld = true; return l }

func TestNoEndIsVerifiedWhileAReportIsOpen(t *testing.T) {
	t.Parallel()
	declined := registered(t, "center-clerk1", aDispute()).heldBack()
	declined.does("center-clerk1", DeclineCase{Reason: DeclineNotCompetent, Explanation: "e", GoTo: "g"})
	withdrawn := registered(t, "center-clerk1", aDispute()).heldBack()
	withdrawn.does("center-clerk1", WithdrawCase{PartyID: "P1", How: FollowUpPhone, Request: "q", Reason: "r"})
	left := registered(t, "petition-clerk1", aPetition(Appeal)).heldBack()
	left.does("petition-clerk1", TransferCase{ToOutside: "o", Reason: "r"})
	for _, l := range []*life{declined, withdrawn, left} {
		l.at(StageVerification)
		second := l.state.ResponsibleUnitID + "-leader1"
		require.NotContains(t, AllowedCommands(l.state, city.as(second), l.rules()), "verifyClosure")
		require.Contains(t, AllowedCommands(l.state, city.as(second), l.rules()), "rejectClosure")
		refusal := l.refuses(second, VerifyClosure{}, RefusedIncomplete, "")
		require.Equal(t, "尚有其他事项未办结，本案暂不能终结", refusal.MessageZH)
		l.endHeld = false
		l.does(second, VerifyClosure{})
	}
}

func TestAnEndThatHadItsYesWaitsForTheAnswerAndThenComesByItself(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", DeclineCase{Reason: DeclineNotCompetent, Explanation: "e", GoTo: "g"})
	l.does("center-leader1", VerifyClosure{})
	l.heldBack().does("center-clerk1", RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedByPost, ServedAt: l.now})
	l.at(StageVerification)
	require.Equal(t, TaskVerify, Tasks(l.state, city)[0].Kind)
	require.NotContains(t, AllowedCommands(l.state, city.as("center-leader1"), l.rules()), "verifyClosure")
	require.Empty(t, l.does("", ResumeEnd{}), "another report is open")
	l.endHeld = false
	require.Contains(t, AllowedCommands(l.state, city.as("center-leader1"), l.rules()), "verifyClosure")
	require.Contains(t, l.types(l.does("", ResumeEnd{})), "CaseEnded")
	l.at(StageNotAccepted)
}

func TestAnEvaluationGoesOnUntilTheReportIsAnswered(t *testing.T) {
	t.Parallel()
	l := evaluated(t).heldBack()
	l.does("center-clerk1", satisfied("P1"))
	l.does("center-clerk1", satisfied("P2"))
	l.at(StageEvaluation)
	require.Equal(t, TaskAwaitEnd, Tasks(l.state, city)[0].Kind)
	clock := l.state.clock(StepEvaluation)
	require.True(t, clock.Running())
	l.now = clock.DueAt.Add(time.Hour)
	l.does("", PassTime{})
	l.at(StageEvaluation)
	require.True(t, l.state.clock(StepEvaluation).DueAt.After(l.now), "another time")
	l.endHeld = false
	require.Contains(t, l.types(l.does("", ResumeEnd{})), "CaseClosed")
	l.at(StageClosed)
	require.Empty(t, l.does("", ResumeEnd{}), "nothing waits any more")
}

func TestAReviewOfAClosedCaseDoesNotCloseItAgainWhileAReportIsOpen(t *testing.T) {
	t.Parallel()
	l := closedAppeal(t)
	l.does("petition-clerk1", asks("P1"))
	l.does("city-petition-clerk1", IssueReviewOpinion{answer(ReviewUpheld)})
	notice := l.state.Reviews[0].NoticeID
	l.heldBack().serves("city-petition-clerk1", notice)
	l.at(StageReview)
	l.endHeld = false
	require.Contains(t, l.types(l.does("", ResumeEnd{})), "ReviewConcluded")
	l.at(StageClosed)
}

func TestADissatisfiedPartyBringsTheReworkAlsoWhileAReportIsOpen(t *testing.T) {
	t.Parallel()
	l := evaluated(t).heldBack()
	l.does("center-clerk1", satisfied("P1"))
	unhappy := RecordFollowUp{PartyID: "P2", Result: FollowUpAnswered, Satisfaction: pointer(1), Method: FollowUpPhone}
	require.Contains(t, l.types(l.does("center-clerk1", unhappy)), "ReworkOrdered")
	l.at(StageInvestigation)
}

func TestAReportIsTakenInEveryStage(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		w := newWalker(seed+9000, newCoverage())
		require.NoError(t, w.walk(30))
		if !w.state.Exists() || w.state.held() || w.state.Retaliation != nil {
			continue
		}
		i := slices.IndexFunc(city.at[w.state.ResponsibleUnitID], func(id string) bool {
			roles := []Role{RoleClerk, RoleManager, RoleLeader, RoleMediator, RoleGridWorker}
			return slices.Contains(roles, city.as(id).Role) && checkInterest(w.state, city.as(id), city) == nil
		})
		if i < 0 {
			continue
		}
		clerk := city.as(city.at[w.state.ResponsibleUnitID][i])
		require.True(t, slices.Contains(AllowedCommands(w.state, clerk, w.rules()), "reportRetaliation"), "in %s", w.state.Stage)
	}
}

func TestAReviewThatEndsAfterTheReportWasAnsweredClosesTheCaseThatHadAskedEverybody(t *testing.T) {
	t.Parallel()
	l := servedAppeal(t)
	l.now = shanghai("2026-04-15 09:00:00")
	l.does("petition-investigator1", RequestClosure{Outcome: OutcomePartlySupported, Summary: "s"})
	l.does("petition-manager1", VerifyClosure{})
	l.heldBack().does("petition-clerk2", satisfied("P1"))
	l.does("petition-clerk2", satisfied("P2"))
	l.at(StageEvaluation)
	l.does("petition-clerk1", asks("P1"))
	l.does("city-petition-clerk1", IssueReviewOpinion{answer(ReviewUpheld)})
	l.endHeld = false
	require.Empty(t, l.does("", ResumeEnd{}), "the review goes on")
	l.serves("city-petition-clerk1", l.state.Reviews[0].NoticeID)
	l.at(StageClosed)
}
