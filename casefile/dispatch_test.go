package casefile

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// asked is one unit of a dispatch.
func asked(unit string, lead bool, replyBy string) DispatchTarget {
	return DispatchTarget{UnitID: unit, Lead: lead, ReplyBy: replyBy}
}

func dispatchTo(units ...DispatchTarget) DispatchCase {
	return DispatchCase{Units: units, Instruction: "instruction"}
}

// dispatched is a dispute of 3 March 2026 with the bureau in the lead and the township
// government to assist.
func dispatched(t *testing.T) *life {
	t.Helper()
	l := investigated(t, "center-clerk1", aDispute(), "center-investigator1")
	l.does("center-clerk1", dispatchTo(asked("bureau", true, "2026-03-10"), asked("government", false, "2026-03-06")))
	return l
}

func TestACaseIsDispatchedToALeadAndItsAssistants(t *testing.T) {
	t.Parallel()
	l := dispatched(t)
	require.Len(t, l.state.Dispatches, 2)
	require.Equal(t, Dispatch{
		ID: "X1", UnitID: "bureau", Lead: true, ByUnitID: "center", By: "center-clerk1", Status: DispatchSent,
		SentAt: l.events[len(l.events)-1].EffectiveAt, ReplyBy: "2026-03-10", Instruction: "instruction", Round: 1,
	}, l.state.Dispatches[0])
	lead, assistant := l.state.clockOf(StepDispatchReply, "X1"), l.state.clockOf(StepDispatchReply, "X2")
	require.Equal(t, "2026-03-10", day(lead.DueAt))
	require.Equal(t, "2026-03-06", day(assistant.DueAt))
	require.True(t, lead.OfOffice())
	require.False(t, lead.Statutory)
	require.Equal(t, []Task{
		{ID: "investigate", Kind: TaskInvestigate, AssigneeID: "center-investigator1", DeadlineID: l.state.clock(StepHandling).ID},
		{ID: "reply-dispatch:X1", Kind: TaskReplyDispatch, InboxRole: RoleClerk, InboxUnit: "bureau", DeadlineID: lead.ID},
		{ID: "reply-dispatch:X2", Kind: TaskReplyDispatch, InboxRole: RoleClerk, InboxUnit: "government", DeadlineID: assistant.ID},
	}, Tasks(l.state, city))
	l.at(StageInvestigation)

	l.now = shanghai("2026-03-05 15:00:00")
	l.does("government-clerk1", ReplyDispatch{DispatchID: "X2", Reply: "reply"})
	require.Equal(t, DispatchAnswered, l.state.Dispatches[1].Status)
	require.Equal(t, ClockMet, l.state.clockOf(StepDispatchReply, "X2").Status)
	require.Equal(t, "government-clerk1", l.state.Dispatches[1].RepliedBy)
	require.Equal(t, ClockRunning, l.state.clockOf(StepDispatchReply, "X1").Status, "each on its own clock")
}

func TestALateReplyIsOverdueFirstAndChasedAtTheUnitThatOwesIt(t *testing.T) {
	t.Parallel()
	l := dispatched(t)
	l.now = shanghai("2026-03-07 00:11:00")
	l.does("", PassTime{})
	require.Equal(t, DispatchOverdue, l.state.Dispatches[1].Status)
	require.Equal(t, DispatchSent, l.state.Dispatches[0].Status)
	require.Len(t, l.state.Orders, 1)
	require.Equal(t, "government", l.state.Orders[0].AddresseeUnitID, "not the centre, which owes nothing")
	require.Equal(t, "center", l.state.Orders[0].IssuedByUnitID)
	require.Equal(t, ClockRunning, l.state.clock(StepHandling).Status)

	l.now = shanghai("2026-03-08 10:00:00")
	events := l.does("government-leader1", ReplyDispatch{DispatchID: "X2", Reply: "reply"})
	require.True(t, events[0].Body.(DispatchReplied).Late)
	require.Equal(t, DispatchAnswered, l.state.Dispatches[1].Status)
	clock := l.state.clockOf(StepDispatchReply, "X2")
	require.Equal(t, ClockMissed, clock.Status, "what was late stays late")
	require.Equal(t, "2026-03-08", day(clock.MetAt))
	require.Contains(t, Sentence(events[0], city, Chinese), "逾期回复派单X2")
}

func TestAReplyWrittenDownLateWasInTime(t *testing.T) {
	t.Parallel()
	l := dispatched(t)
	l.now = shanghai("2026-03-07 09:00:00")
	l.does("", PassTime{})
	events := l.does("government-clerk1", ReplyDispatch{DispatchID: "X2", Reply: "reply"}, effective(shanghai("2026-03-06 17:00:00")))
	require.False(t, events[0].Body.(DispatchReplied).Late)
	require.Equal(t, ClockMet, l.state.clockOf(StepDispatchReply, "X2").Status)
	require.Equal(t, SupervisionSatisfied, l.state.Orders[0].Status)
	l.does("center-clerk1", dispatchTo(asked("committee", false, "2026-03-12")))
	l.refuses("committee-manager1", ReplyDispatch{DispatchID: "X3", Reply: "reply"}, RefusedOutOfOrder, "effectiveAt",
		effective(shanghai("2026-03-06 09:00:00")))
}

func TestAReplyWantedTheSameDayIsCountedInHours(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-investigator1")
	l.now = shanghai("2026-03-03 14:20:00")
	l.does("center-manager1", dispatchTo(asked("bureau", true, "2026-03-03")))
	clock := l.state.clockOf(StepDispatchReply, "X1")
	require.Equal(t, Hours, clock.Unit)
	require.Equal(t, 9, clock.Length)
	require.Equal(t, "2026-03-03 23:20", moment(clock.DueAt))
}

func TestADispatchIsRefusedWithItsRule(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) {
		r.Parties[1].UnitID = "desk"
	}), "center-investigator1")
	by := "2026-03-10"
	for _, c := range []struct {
		name  string
		act   DispatchCase
		code  RefusalCode
		field string
		says  string
	}{
		{"nobody", dispatchTo(), RefusedRequired, "units", ""},
		{"no instruction", DispatchCase{Units: []DispatchTarget{asked("bureau", true, by)}}, RefusedRequired, "instruction", ""},
		{"no lead", dispatchTo(asked("bureau", false, by)), RefusedRequired, "units", "exactly one lead"},
		{"two leads", dispatchTo(asked("bureau", true, by), asked("government", true, by)), RefusedInvalid, "units.1.lead", "exactly one lead"},
		{"unnamed", dispatchTo(asked("", true, by)), RefusedRequired, "units.0.unitId", ""},
		{"unknown", dispatchTo(asked("nowhere", true, by)), RefusedUnknownUnit, "units.0.unitId", "nowhere"},
		{"twice", dispatchTo(asked("bureau", true, by), asked("bureau", false, by)), RefusedConflict, "units.1.unitId", "bureau"},
		{"itself", dispatchTo(asked("center", true, by)), RefusedInvalid, "units.0.unitId", "center"},
		{"a court", dispatchTo(asked("court", true, by)), RefusedNotCompetent, "units.0.unitId", "COURT"},
		{"upward", dispatchTo(asked("city-center", true, by)), RefusedJurisdiction, "units.0.unitId", "raiseCase"},
		{"elsewhere", dispatchTo(asked("other-center", true, by)), RefusedJurisdiction, "units.0.unitId", "530403"},
		{"a party", dispatchTo(asked("desk", true, by)), RefusedInterest, "units.0.unitId", "party"},
		{"no day", dispatchTo(asked("bureau", true, "")), RefusedRequired, "units.0.replyBy", ""},
		{"no date", dispatchTo(asked("bureau", true, "soon")), RefusedInvalid, "units.0.replyBy", "soon"},
		{"in the past", dispatchTo(asked("bureau", true, "2026-03-02")), RefusedOutOfOrder, "units.0.replyBy", "2026-03-02"},
		{"too far", dispatchTo(asked("bureau", true, "2026-05-03")), RefusedInvalid, "units.0.replyBy", "within 60"},
	} {
		refusal := l.refuses("center-clerk1", c.act, c.code, c.field)
		require.Contains(t, refusal.Message, c.says, c.name)
	}
	l.does("center-clerk1", dispatchTo(asked("bureau", true, "2026-05-02")))
	l.refuses("center-clerk1", dispatchTo(asked("bureau", false, by)), RefusedAlreadyDone, "units.0.unitId")
	l.refuses("center-clerk1", dispatchTo(asked("government", true, by)), RefusedInvalid, "units.0.lead")
	l.does("center-clerk1", dispatchTo(asked("government", false, by)), because("the lead is at work"))
	l.refuses("bureau-clerk1", dispatchTo(asked("government", true, by)), RefusedJurisdiction, "")
	l.refuses("center-mediator1", dispatchTo(asked("government", true, by)), RefusedWrongRole, "")
}

func TestOnlyTheUnitAskedRepliesAndOnlyOnce(t *testing.T) {
	t.Parallel()
	l := dispatched(t)
	reply := func(id string) ReplyDispatch { return ReplyDispatch{DispatchID: id, Reply: "reply"} }
	l.refuses("bureau-clerk1", reply("X2"), RefusedJurisdiction, "dispatchId")
	l.refuses("bureau-clerk1", reply("X9"), RefusedNotFound, "dispatchId")
	l.refuses("bureau-clerk1", reply(""), RefusedRequired, "dispatchId")
	l.refuses("bureau-clerk1", ReplyDispatch{DispatchID: "X1"}, RefusedRequired, "reply")
	l.refuses("center-clerk1", reply("X1"), RefusedJurisdiction, "")
	l.refuses("center-analyst1", reply("X1"), RefusedWrongRole, "")
	l.refuses("bureau-clerk1", RecordInvestigation{Finding: "finding"}, RefusedWrongRole, "")
	l.refuses("bureau-manager1", AssignCase{PersonID: "bureau-investigator1"}, RefusedJurisdiction, "")
	l.does("bureau-investigator1", reply("X1"))
	l.refuses("bureau-clerk1", reply("X1"), RefusedJurisdiction, "", expecting(l.state.Version))
	require.NotContains(t, l.state.HandledBy, "bureau-investigator1", "a reply is no hold on the case")
	require.True(t, l.state.hasHandled("bureau-investigator1"), "but whoever gave it does not verify")
}

func TestTheLeadSendsItBackAndAnotherUnitIsFound(t *testing.T) {
	t.Parallel()
	l := dispatched(t)
	l.refuses("bureau-leader1", ReturnDispatch{DispatchID: "X1"}, RefusedRequired, "reason")
	l.refuses("bureau-leader1", ReturnDispatch{DispatchID: "X2", Reason: "reason"}, RefusedJurisdiction, "dispatchId")
	l.does("bureau-leader1", ReturnDispatch{DispatchID: "X1", Reason: "not ours"})
	require.Equal(t, DispatchReturned, l.state.Dispatches[0].Status)
	require.Equal(t, ClockMet, l.state.clockOf(StepDispatchReply, "X1").Status, "an answer is an answer")
	require.Contains(t, taskIDs(l), "dispatch-again:X1")
	l.refuses("bureau-leader1", ReturnDispatch{DispatchID: "X1", Reason: "again"}, RefusedJurisdiction, "")
	l.refuses("center-clerk1", dispatchTo(asked("bureau", true, "2026-03-10")), RefusedInvalid, "units.0.unitId")
	l.does("center-clerk1", dispatchTo(asked("committee", true, "2026-03-12")))
	require.NotContains(t, taskIDs(l), "dispatch-again:X1")
	require.Equal(t, "X3", l.state.leadOwed().ID)
}

func TestAClosureWaitsForTheLeadAndTakesBackTheAssistants(t *testing.T) {
	t.Parallel()
	l := dispatched(t)
	l.does("center-investigator1", ConcludeInvestigation{Facts: "facts", Path: PathClose})
	request := RequestClosure{Outcome: OutcomeSettledByParties, Summary: "summary"}
	refusal := l.refuses("center-investigator1", request, RefusedIncomplete, "")
	require.Contains(t, refusal.Message, "X1")
	l.does("bureau-manager1", ReturnDispatch{DispatchID: "X1", Reason: "not ours"})
	l.refuses("center-investigator1", request, RefusedIncomplete, "")
	l.does("center-manager1", ReturnDispatch{DispatchID: "X1", Reason: "done by ourselves"})
	require.True(t, l.state.Dispatches[0].TakenBack)
	l.does("center-investigator1", request)
	l.does("center-manager1", VerifyClosure{})
	for _, party := range []string{"P1", "P2"} {
		l.does("center-clerk2", satisfied(party))
	}
	l.at(StageClosed)
	require.Equal(t, DispatchReturned, l.state.Dispatches[1].Status)
	require.True(t, l.state.Dispatches[1].TakenBack)
	require.Equal(t, ClockCancelled, l.state.clockOf(StepDispatchReply, "X2").Status)
	require.Empty(t, Tasks(l.state, city))
}

func TestTheDispatcherTakesBackWhatNobodyAnswers(t *testing.T) {
	t.Parallel()
	l := dispatched(t)
	l.does("center-clerk2", ReturnDispatch{DispatchID: "X1", Reason: "wrong unit"})
	require.True(t, l.state.Dispatches[0].TakenBack)
	require.Nil(t, l.state.leadOwed())
	require.NotContains(t, taskIDs(l), "dispatch-again:X1")
	l.does("center-clerk2", dispatchTo(asked("bureau", true, "2026-03-10")), expecting(l.state.Version))
}

func TestWhoWasAskedSeesTheCaseWhileItIsTheirs(t *testing.T) {
	t.Parallel()
	l := dispatched(t)
	clerk := Grant{Role: RoleClerk, UnitID: "bureau"}
	require.Contains(t, Grants(l.state, city), clerk)
	require.Contains(t, AllowedCommands(l.state, city.as("bureau-clerk1"), l.rules()), "replyDispatch")
	l.does("bureau-clerk1", ReplyDispatch{DispatchID: "X1", Reply: "reply"})
	require.Contains(t, Grants(l.state, city), clerk, "the case goes on")
	l.does("government-clerk1", ReturnDispatch{DispatchID: "X2", Reason: "not ours"})
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleClerk, UnitID: "government"})

	narrow := l.state
	narrow.Confidentiality = ConfidentialityRestricted
	require.NotContains(t, Grants(narrow, city), clerk)
	require.Contains(t, Grants(narrow, city), Grant{Role: RoleManager, UnitID: "bureau"})
	narrow.Confidentiality = ConfidentialitySealed
	require.Contains(t, Grants(narrow, city), Grant{Role: RoleLeader, UnitID: "bureau"})
	require.NotContains(t, Grants(narrow, city), Grant{Role: RoleManager, UnitID: "bureau"})
}

func TestAnAccusationGoesToCompetentOrgansAlone(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Accusation))
	l.does("petition-leader1", TransferCase{ToUnitID: "city-discipline", Reason: "reason"})
	l.does("city-discipline-leader1", AcceptCase{})
	l.refuses("city-discipline-leader1", dispatchTo(asked("bureau", true, "2026-03-10")), RefusedNotCompetent, "units.0.unitId")
	l.does("city-discipline-leader1", dispatchTo(asked("discipline", true, "2026-03-10")))
	require.Contains(t, Grants(l.state, city), Grant{Role: RoleLeader, UnitID: "discipline"})
	require.NotContains(t, Grants(l.state, city), Grant{Role: RoleClerk, UnitID: "discipline"})
}

func TestAnInvestigatorOfTheLeadUnitMayHandleTheCase(t *testing.T) {
	t.Parallel()
	l := dispatched(t)
	l.does("center-manager1", AssignCase{PersonID: "bureau-investigator1"})
	l.does("bureau-investigator1", RecordInvestigation{Finding: "finding"})
	require.Equal(t, "bureau-investigator1", l.state.HandlerID)
}

func TestACaseIsRaisedAndGoesOnAboveOnTheSameClock(t *testing.T) {
	t.Parallel()
	l := dispatched(t)
	due := l.state.clock(StepHandling).DueAt
	l.refuses("center-manager1", RaiseCase{}, RefusedRequired, "reason")
	l.refuses("center-manager1", RaiseCase{ToUnitID: "nowhere", Reason: "reason"}, RefusedUnknownUnit, "toUnitId")
	refusal := l.refuses("center-manager1", RaiseCase{ToUnitID: "other-center", Reason: "reason"}, RefusedJurisdiction, "toUnitId")
	require.Contains(t, refusal.Message, "单位city-center")
	l.does("center-manager1", RaiseCase{Reason: "beyond us"})
	require.Equal(t, "city-center", l.state.ResponsibleUnitID)
	require.Equal(t, Division("530402001"), l.state.Division)
	require.Empty(t, l.state.HandlerID)
	l.at(StageInvestigation)
	require.Equal(t, due, l.state.clock(StepHandling).DueAt, "the law notices nothing")
	require.Equal(t, []string{"assign", "reply-dispatch:X1", "reply-dispatch:X2"}, taskIDs(l))
	l.does("bureau-clerk1", ReplyDispatch{DispatchID: "X1", Reply: "reply"})

	l.refuses("center-manager1", ReturnDispatch{Reason: "reason"}, RefusedJurisdiction, "")
	l.does("city-center-manager1", ReturnDispatch{Reason: "yours after all"})
	require.Equal(t, "center", l.state.ResponsibleUnitID)
	require.Equal(t, "center-investigator1", l.state.HandlerID, "who had it goes on")
	l.does("center-manager1", RaiseCase{Reason: "really"})
	l.does("city-center-manager1", AssignCase{PersonID: "city-center-investigator1"})
	require.Nil(t, l.state.raisedHere(), "it has begun with it")
	l.refuses("city-center-clerk1", ReturnDispatch{Reason: "reason"}, RefusedRequired, "dispatchId")
	l.refuses("city-center-manager1", RaiseCase{Reason: "reason"}, RefusedIncomplete, "")
	l.does("city-center-investigator1", ConcludeInvestigation{Facts: "facts", Path: PathMediation})
	require.Len(t, l.state.Raises, 2)
}

func TestABureauRaisesToTheOfficeOfItsOwnDivisionFirst(t *testing.T) {
	t.Parallel()
	l := registered(t, "petition-clerk1", aPetition(Appeal))
	l.does("petition-clerk1", TransferCase{ToUnitID: "bureau", Reason: "reason"})
	l.does("bureau-clerk1", AcceptCase{})
	require.Equal(t, []string{"petition", "center", "city-petition", "city-center"}, officesAbove(l.state, city))
	l.does("bureau-clerk1", RaiseCase{Reason: "reason"})
	require.Equal(t, "petition", l.state.ResponsibleUnitID)
}

// goodDispatch makes an act of the dispatch that the rules take from w.actor now, or none.
func (w *walker) goodDispatch(name string) Act {
	s := w.state
	open := s.openDispatchAt(w.actor.UnitID)
	switch name {
	case "dispatchCase":
		return w.dispatchUnits()
	case "replyDispatch":
		return ReplyDispatch{DispatchID: open.ID, Reply: "reply"}
	case "raiseCase":
		if w.chance(60) {
			return RaiseCase{Reason: "reason"}
		}
		return RaiseCase{ToUnitID: pick(w, officesAbove(s, w.dir)...), Reason: "reason"}
	}
	if open != nil {
		return ReturnDispatch{DispatchID: open.ID, Reason: "reason"}
	}
	for _, d := range s.Dispatches {
		if lead := s.leadOwed(); d.Open() || lead != nil && lead.ID == d.ID {
			return ReturnDispatch{DispatchID: d.ID, Reason: "reason"}
		}
	}
	return ReturnDispatch{Reason: "reason"}
}

func (w *walker) dispatchUnits() Act {
	d := &deciding{state: w.state, rules: w.rules(), command: w.command(w.actor, nil), effectiveAt: w.now, now: w.now}
	var able []string
	for _, id := range sortedKeys(w.dir.units) {
		if d.checkAddressee(nil, asked(id, true, ""), nil) == nil {
			able = append(able, id)
		}
	}
	room := min(2, len(able), maxDispatches-len(w.state.Dispatches))
	if room == 0 {
		return nil
	}
	w.Shuffle(len(able), func(i, j int) { able[i], able[j] = able[j], able[i] })
	lead := w.state.leadOwed()
	var units []DispatchTarget
	for i, id := range slices.Sorted(slices.Values(able[:1+w.IntN(room)])) {
		units = append(units, asked(id, i == 0 && (lead == nil || !lead.Open()), day(w.now.Add(time.Duration(w.IntN(20*24))*time.Hour))))
	}
	return dispatchTo(units...)
}
