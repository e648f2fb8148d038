package casefile

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Each list that grows with every command has a limit, so that a case can be carried whole. The
// explorer's bounded commands don't come that far, so a case is put one short of each limit here.
func TestAListOfTheCaseTakesUpToItsLimitAndTheNextOneIsRefusedAndNotOffered(t *testing.T) {
	t.Parallel()
	dispute := func(t *testing.T) *life {
		t.Helper()
		return investigated(t, "center-clerk1", aDispute(), "center-investigator1")
	}
	mediating := func(t *testing.T) *life {
		t.Helper()
		return mediated(t, MediationPeoples)
	}
	appealed := func(t *testing.T) *life {
		t.Helper()
		return registered(t, "petition-clerk1", aPetition(Appeal))
	}
	for command, c := range map[string]struct {
		begin func(*testing.T) *life
		fill  func(*State, int)
		limit int
		who   string
		act   Act
	}{
		"referCase": {dispute, func(s *State, n int) {
			s.Referrals = filled(n, Referral{Channel: ChannelNotary, Status: ReferralReturned, Round: 1})
		}, maxReferrals, "center-investigator1", referTo(ChannelNotary, "", false)},
		"dispatchCase": {dispute, func(s *State, n int) {
			s.Dispatches = filled(n, Dispatch{UnitID: "bureau", Status: DispatchAnswered, Round: 1})
		}, maxDispatches, "center-clerk1", dispatchTo(asked("government", true, "2026-03-10"))},
		"raiseCase": {dispute, func(s *State, n int) {
			s.Raises = filled(n, Raise{FromUnitID: "town", ToUnitID: "center", ReturnedAt: start, Round: 1})
		}, maxRaises, "center-manager1", RaiseCase{Reason: "reason"}},
		"linkCases": {dispute, func(s *State, n int) {
			s.Links = filled(n, Link{Kind: LinkRelated})
			number(s.Links, func(l *Link, i int) { l.CaseID = fmt.Sprintf("other-%d", i) })
		}, maxLinks, "center-clerk1", LinkCases{CaseID: "case-2", Kind: LinkRelated}},
		"splitCase": {appealed, func(s *State, n int) {
			s.Links = filled(n, Link{Kind: LinkRelated})
		}, maxLinks, "petition-clerk1", SplitCase{NewCaseID: "case-2", Register: accusationPart(t), Claims: []string{"C2"}, Reason: "reason", There: "there"}},
		"mergeCase": {dispute, func(s *State, n int) {
			s.Mergers = filled(n, Merger{Status: MergerDone})
			number(s.Mergers, func(m *Merger, i int) { m.ID, m.CaseID = fmt.Sprintf("J%d", i), fmt.Sprintf("other-%d", i) })
		}, maxMergers, "center-clerk1", MergeCase{CaseID: "case-2", Number: "530402-D-2026-000002", Reason: "reason", There: "there"}},
		"attachDocument": {dispute, func(s *State, n int) {
			s.Documents = filled(n, Document{})
			number(s.Documents, func(d *Document, i int) { d.ID = fmt.Sprintf("document-%d", i) })
		}, maxDocuments, "center-clerk1", attaching("document-x")},
		"issueRecommendation": {mediating, func(s *State, n int) {
			s.Recommendations = filled(n, Recommendation{UnitID: "bureau", RepliedAt: start})
		}, maxRecommendations, "center-mediator1", IssueRecommendation{UnitID: "bureau", Text: "text"}},
		"scheduleSession": {mediating, func(s *State, n int) {
			s.Mediations[0].Sessions = filled(n, Session{HeldAt: start})
		}, maxSessions, "center-mediator1", ScheduleSession{Mode: SessionOnSite, ScheduledFor: start.AddDate(0, 0, 7)}},
		"recordSession": {mediating, func(s *State, n int) {
			s.Mediations[0].Sessions = filled(n, Session{HeldAt: start})
		}, maxSessions, "center-mediator1", RecordSession{Minutes: "minutes"}},
		"reportUrgent": {urgentCase, func(s *State, n int) {
			urgency := *s.Urgency
			urgency.Reports = filled(n, UrgencyReport{ReportedBy: "village-centre-leader1", ReportedAt: start})
			s.Urgency = &urgency
		}, maxUrgencyReports, "village-centre-leader1", ReportUrgent{Measures: "measures"}},
	} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			l := c.begin(t)
			send := l.command(c.who, c.act, nil)

			c.fill(&l.state, c.limit-1)
			require.Contains(t, AllowedCommands(l.state, send.Actor, l.rules()), command)
			events, err := Decide(l.state, send, l.rules())
			require.NoError(t, err, "the last one is taken")
			require.NotEmpty(t, events)

			c.fill(&l.state, c.limit)
			require.NotContains(t, AllowedCommands(l.state, send.Actor, l.rules()), command)
			refusal := l.refuses(c.who, c.act, RefusedTooLong, "")
			require.Contains(t, refusal.Message, strconv.Itoa(c.limit))
			require.Contains(t, refusal.MessageZH, strconv.Itoa(c.limit))
		})
	}
}

// A mediation with no room for another session takes the record of one that was arranged.
func TestASessionThatWasArrangedIsRecordedThoughThereIsNoRoomForAnother(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.does("center-mediator1", ScheduleSession{Mode: SessionOnSite, ScheduledFor: l.now.Add(time.Hour)})
	l.state.Mediations[0].Sessions = append(filled(maxSessions-1, Session{HeldAt: start}), l.state.Mediations[0].Sessions...)
	send := l.command("center-mediator1", RecordSession{SessionID: "S1", Minutes: "minutes"}, nil)
	require.Contains(t, AllowedCommands(l.state, send.Actor, l.rules()), "recordSession")
	_, err := Decide(l.state, send, l.rules())
	require.NoError(t, err)
	l.refuses("center-mediator1", RecordSession{Minutes: "minutes"}, RefusedTooLong, "sessionId")
}

func filled[T any](n int, value T) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = value
	}
	return list
}

func number[T any](list []T, set func(*T, int)) {
	for i := range list {
		set(&list[i], i)
	}
}
