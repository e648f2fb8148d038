package leadership

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
)

func TestAPackageNeedsALeaderOfItsLevel(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	open := func(change func(*Mandate)) OpenPackage {
		terms := mandate()
		change(&terms)
		return OpenPackage{Mandate: terms, CaseIDs: []string{"open"}}
	}
	for _, c := range []struct {
		change func(*Mandate)
		code   casefile.RefusalCode
		field  string
	}{
		{func(m *Mandate) { m.LeaderID = "" }, casefile.RefusedRequired, "leaderId"},
		{func(m *Mandate) { m.LeaderID = "nobody" }, casefile.RefusedUnknownPerson, "leaderId"},
		{func(m *Mandate) { m.LeaderID = "county-manager" }, casefile.RefusedNotCompetent, "leaderId"},
		{func(m *Mandate) { m.LeaderID = "center-leader" }, casefile.RefusedNotCompetent, "leaderId"},
		{func(m *Mandate) { m.LeaderID = "city-leader" }, casefile.RefusedNotCompetent, "leaderId"},
		{func(m *Mandate) { m.Level = "" }, casefile.RefusedRequired, "level"},
		{func(m *Mandate) { m.Level = "WORLD" }, casefile.RefusedInvalid, "level"},
		{func(m *Mandate) { m.Title = "" }, casefile.RefusedRequired, "title"},
		{func(m *Mandate) { m.Reason = "" }, casefile.RefusedRequired, "reason"},
		{func(m *Mandate) { m.ResponsibleUnitID = "" }, casefile.RefusedRequired, "responsibleUnitId"},
		{func(m *Mandate) { m.ResponsibleUnitID = "nowhere" }, casefile.RefusedUnknownUnit, "responsibleUnitId"},
		{func(m *Mandate) { m.ResponsibleUnitID = "city" }, casefile.RefusedJurisdiction, "responsibleUnitId"},
		{func(m *Mandate) { m.TeamIDs = []string{"nobody"} }, casefile.RefusedUnknownPerson, "teamIds.0"},
		{func(m *Mandate) { m.TeamIDs = []string{"town-clerk", "town-clerk"} }, casefile.RefusedInvalid, "teamIds.1"},
		{func(m *Mandate) { m.DueBy = "2026-13-01" }, casefile.RefusedInvalid, "dueBy"},
		{func(m *Mandate) { m.DueBy = "2026-03-01" }, casefile.RefusedOutOfOrder, "dueBy"},
	} {
		l.refuses("center-manager", open(c.change), c.code, c.field)
	}
}

func TestAPackageTakesOnlyCasesThatItMayHave(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.has("sealed", CaseFacts{Confidentiality: casefile.ConfidentialitySealed})
	l.has("merged", CaseFacts{Merged: true})
	l.has("elsewhere", CaseFacts{Division: "530481"})
	l.has("held", CaseFacts{HeldBy: "pk-2"})
	l.has("accusing", CaseFacts{Exclusions: []casefile.Exclusion{{PersonID: "county-leader"}}})
	for id, code := range map[string]casefile.RefusalCode{
		"unknown": casefile.RefusedNoCase, "sealed": casefile.RefusedNotCompetent, "merged": casefile.RefusedClosed,
		"elsewhere": casefile.RefusedJurisdiction, "held": casefile.RefusedConflict, "accusing": casefile.RefusedInterest,
		"open": casefile.RefusedInvalid,
	} {
		l.refuses("center-manager", OpenPackage{Mandate: mandate(), CaseIDs: []string{"open", id}}, code, "caseIds.1")
	}
	l.refuses("center-manager", OpenPackage{Mandate: mandate()}, casefile.RefusedRequired, "caseIds")
	refusal := l.refuses("center-manager", OpenPackage{Mandate: mandate(), CaseIDs: []string{"held"}}, casefile.RefusedConflict, "caseIds.0")
	require.NotContains(t, refusal.Message, "pk-2", "which package it is, is not said")
	require.Contains(t, refusal.Message, "a case is in one at most (a design choice; no text says so)")
	require.Contains(t, refusal.MessageZH, "一案只能列入一个包案（设计选择，法律未规定）")
}

func TestACaseThatAnotherPackageTookMeanwhileStopsTheApproval(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.does("town-manager", ProposePackage{Mandate: mandate(), CaseIDs: []string{"open"}})
	held := l.cases["open"]
	held.HeldBy = "pk-2"
	l.cases["open"] = held
	l.refuses("county-leader", ApprovePackage{}, casefile.RefusedConflict, "caseIds.0")
	l.does("county-leader", DeclinePackage{Reason: "r"})
}

func TestWhoAnswersForNoneOfTheCasesProposesNothing(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.refuses("bureau-clerk", ProposePackage{Mandate: mandate(), CaseIDs: []string{"open"}}, casefile.RefusedJurisdiction, "caseIds.0")
	l.refuses("other-manager", ProposePackage{Mandate: mandate(), CaseIDs: []string{"open"}}, casefile.RefusedJurisdiction, "caseIds.0")
	l.refuses("town-manager", OpenPackage{Mandate: mandate(), CaseIDs: []string{"open"}}, casefile.RefusedWrongRole, "")
	l.does("county-leader", OpenPackage{Mandate: mandate(), CaseIDs: []string{"open"}})
}

func TestALegalDateIsChecked(t *testing.T) {
	t.Parallel()
	l := opened(t)
	on := func(date time.Time) func(*Command) { return func(c *Command) { c.EffectiveAt = date } }
	l.later(10)
	review := RecordPackageReview{Progress: "p"}
	l.refuses("county-leader", review, casefile.RefusedInFuture, "effectiveAt", on(l.now.Add(time.Hour)))
	l.refuses("county-leader", review, casefile.RefusedOutOfOrder, "effectiveAt", on(start.AddDate(0, 0, -1)))
	l.refuses("county-leader", review, casefile.RefusedBackdatingNoReason, "backdatingReason", on(start.AddDate(0, 0, 3)))
	version := l.state.Version - 1
	l.refuses("county-leader", review, casefile.RefusedStaleVersion, "expectedVersion", func(c *Command) { c.ExpectedVersion = &version })
	l.does("county-leader", review, on(start.AddDate(0, 0, 3)), func(c *Command) { c.BackdatingReason = "late" })
	require.Equal(t, "2026-04-05", day(l.state.clock(StepReview).DueAt), "the next month runs from the legal date")
	require.Len(t, l.state.Backdated, 1)
}

func TestAStabilisedPackageIsReviewedWithWhatWasOffered(t *testing.T) {
	t.Parallel()
	l := opened(t)
	stabilise := ConcludePackage{Outcome: OutcomeStabilised, Summary: "s"}
	l.refuses("county-leader", stabilise, casefile.RefusedIncomplete, "outcome")
	l.does("county-leader", RecordPackageReview{Progress: "p", Contact: "c"})
	l.does("county-leader", stabilise)
	l.does("county-vice", ApprovePackage{})
	require.Equal(t, Stabilised, l.state.Status)
	require.False(t, Finished(l.state), "stabilised is still open")
	l.refuses("county-leader", stabilise, casefile.RefusedAlreadyDone, "outcome")
	l.refuses("county-leader", RecordPackageReview{Progress: "p"}, casefile.RefusedRequired, "help")
	l.does("county-leader", RecordPackageReview{Progress: "p", Explanation: "e"})
	require.Equal(t, "2026-06-02", day(l.state.clock(StepStabilisedReview).DueAt))
}

func TestAReviewSaysOnlyWhatItMay(t *testing.T) {
	t.Parallel()
	l := opened(t)
	score := 3
	review := func(m MemberReview) RecordPackageReview {
		return RecordPackageReview{Progress: "p", Members: []MemberReview{m}}
	}
	l.refuses("county-leader", RecordPackageReview{}, casefile.RefusedRequired, "progress")
	l.refuses("county-leader", review(MemberReview{CaseID: "nowhere"}), casefile.RefusedNotFound, "members.0.caseId")
	l.refuses("county-leader", review(MemberReview{CaseID: "old", Outcome: "FINE"}), casefile.RefusedInvalid, "members.0.outcome")
	l.refuses("county-leader", review(MemberReview{CaseID: "open", Outcome: casefile.OutcomeExplained}), casefile.RefusedInvalid, "members.0.outcome")
	l.refuses("county-leader", review(MemberReview{CaseID: "open", Asked: asked()}), casefile.RefusedWrongStage, "members.0.asked")
	l.refuses("county-leader", review(MemberReview{CaseID: "old", Asked: &Asked{Method: casefile.FollowUpPhone}}), casefile.RefusedRequired, "members.0.asked.result")
	l.refuses("county-leader", review(MemberReview{CaseID: "old", Asked: &Asked{
		Result: casefile.FollowUpDefaulted, Method: casefile.FollowUpPhone,
	}}), casefile.RefusedInvalid, "members.0.asked.result")
	l.refuses("county-leader", review(MemberReview{CaseID: "old", Asked: &Asked{
		Result: casefile.FollowUpDeclined, Method: casefile.FollowUpPhone, Satisfaction: &score,
	}}), casefile.RefusedInvalid, "members.0.asked.satisfaction")
	score6 := 6
	l.refuses("county-leader", review(MemberReview{CaseID: "old", Asked: &Asked{
		Result: casefile.FollowUpAnswered, Method: casefile.FollowUpPhone, Satisfaction: &score6,
	}}), casefile.RefusedInvalid, "members.0.asked.satisfaction")
}

func TestAPlanIsWithinThePackagesDays(t *testing.T) {
	t.Parallel()
	l := opened(t, func(m *Mandate) { m.DueBy = "2026-05-31" })
	plan := func(due string) SetPackagePlan {
		return SetPackagePlan{Milestones: []PlannedMilestone{{Title: "t", DueOn: due}}}
	}
	l.refuses("county-leader", SetPackagePlan{}, casefile.RefusedRequired, "milestones")
	l.refuses("county-leader", plan("soon"), casefile.RefusedInvalid, "milestones.0.dueOn")
	l.refuses("county-leader", plan("2026-03-01"), casefile.RefusedOutOfOrder, "milestones.0.dueOn")
	l.refuses("county-leader", plan("2026-06-01"), casefile.RefusedOutOfOrder, "milestones.0.dueOn")
	l.refuses("county-leader", SetPackagePlan{Milestones: []PlannedMilestone{{DueOn: "2026-05-01"}}}, casefile.RefusedRequired, "milestones.0.title")
	l.does("county-leader", plan("2026-05-31"))
}

func TestWhatIsNoPackageTakesOnlyItsFirstCommand(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	for _, name := range ActNames() {
		kind := actKinds[name]
		act, err := kind.Decode([]byte("{}"))
		require.NoError(t, err)
		who := "county-leader"
		if kind.system {
			who = ""
		}
		if !kind.first {
			l.refuses(who, act, casefile.RefusedNoCase, "packageId")
		}
		wrong := map[string]string{"": "county-leader", "county-leader": ""}[who]
		l.refuses(wrong, act, casefile.RefusedWrongRole, "")
	}
	l.refuses("county-leader", nil, casefile.RefusedRequired, "")
	l.refuses("county-leader", &OpenPackage{}, casefile.RefusedInvalid, "") // an act is a value, as it is decoded
}

func TestEveryEventAndTermIsLabelled(t *testing.T) {
	t.Parallel()
	for _, name := range EventTypes() {
		body, err := DecodeBody(name, []byte(`{"milestones":[{"id":"M1","dueOn":"2026-01-01"}],"deadline":{"dueAt":"2026-01-01T00:00:00Z"}}`))
		require.NoError(t, err)
		e := Event{casefile.EventHeader{Seq: 1, At: start, EffectiveAt: start, Actor: casefile.System}, body}
		require.NotEqual(t, Sentence(e, newCounty(), casefile.Chinese), Sentence(e, newCounty(), casefile.English), name)
	}
	for _, task := range TaskKinds() {
		label, known := TaskLabel(task.Value, casefile.Chinese)
		require.True(t, known)
		require.Equal(t, task.ZH, label)
	}
	_, known := TaskLabel("ACCEPT", casefile.Chinese)
	require.False(t, known)
	_, err := DecodeBody("PackageEaten", nil)
	require.Error(t, err)
	require.Error(t, new(Command).UnmarshalJSON([]byte(`{"name":"EatPackage"}`)))
}
