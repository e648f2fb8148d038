package casefile

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWhatNoCaseTakesIsRefused(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	for _, kind := range actKinds {
		if kind.first || kind.system {
			continue
		}
		act, err := kind.Decode([]byte("{}"))
		require.NoError(t, err)
		l.refuses("center-clerk1", act, RefusedNoCase, "caseId")
	}
	l.refuses("", PassTime{}, RefusedNoCase, "caseId")
}

func TestACommandWithoutAnActOrAPersonIsRefused(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-clerk1", nil, RefusedRequired, "")
	l.refuses("center-clerk1", AcceptCase{}, RefusedWrongRole, "", func(c *Command) { c.Actor.PersonID = "" })
	_, err := Decide(l.state, Command{CaseID: "case-1", Actor: city.as("center-clerk1"), Act: &AcceptCase{}}, l.rules())
	require.Error(t, err, "an act is a value, as it is decoded")
}

func TestOnlyTheSystemLetsTimePassAndDoesNothingElse(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-leader1", PassTime{}, RefusedWrongRole, "")
	l.refuses("", AcceptCase{}, RefusedWrongRole, "")
	require.Empty(t, l.does("", PassTime{}), "nothing is due")
}

func TestAStaleVersionIsRefused(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-clerk1", AcceptCase{}, RefusedStaleVersion, "expectedVersion", expecting(1))
	l.does("center-clerk1", AcceptCase{}, expecting(2))
	newLife(t).refuses("center-clerk1", aDispute(), RefusedStaleVersion, "expectedVersion", expecting(1))
}

func TestARegisteredCaseIsNotRegisteredAgain(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-clerk1", aDispute(), RefusedCaseExists, "")
	l.refuses("center-manager1", ImportEnded{}, RefusedCaseExists, "")
}

func TestALegalDateIsChecked(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	received := l.state.ReceivedAt
	l.later(10 * 24 * time.Hour)
	l.refuses("center-clerk1", AcceptCase{}, RefusedInFuture, "effectiveAt", effective(l.now.Add(time.Second)))
	l.refuses("center-clerk1", AcceptCase{}, RefusedBeforeReceipt, "effectiveAt", effective(received.Add(-10*time.Hour)), because("reason"))
	l.refuses("center-clerk1", AcceptCase{}, RefusedBackdatingNoReason, "backdatingReason", effective(l.now.Add(-73*time.Hour)))

	accepted := l.now.Add(-73 * time.Hour)
	l.does("center-clerk1", AcceptCase{}, effective(accepted), because("reason"))
	require.Equal(t, Instant(accepted), l.state.AcceptedAt)
	require.Equal(t, []int{3}, l.state.Backdated)
	require.Equal(t, TextID("reason"), l.events[2].BackdatingReason)

	l.refuses("center-manager1", AssignCase{PersonID: "center-mediator1"}, RefusedOutOfOrder, "effectiveAt", effective(accepted.Add(-24*time.Hour)), because("reason"))
	l.does("center-manager1", AssignCase{PersonID: "center-mediator1"}, effective(l.now.Add(-71*time.Hour)))
	require.Equal(t, []int{3}, l.state.Backdated, "three days back need no reason")
	l.does("center-clerk1", AddNote{Text: "text"}, effective(received), because("reason"))
}

func TestWithinADayTheRecordsOwnOrderHolds(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	midnight := time.Date(2026, time.March, 3, 0, 0, 0, 0, Shanghai)
	l.does("center-clerk1", AcceptCase{}, effective(midnight))
	require.Equal(t, l.state.ReceivedAt, l.state.AcceptedAt)
	l.later(time.Hour)
	l.does("center-manager1", AssignCase{PersonID: "center-mediator1"}, effective(midnight))
	require.Equal(t, l.state.AcceptedAt, l.events[len(l.events)-1].EffectiveAt)
}

func TestADefaultDateIsNeverOutOfOrder(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.does("center-clerk1", AcceptCase{})
	l.now = l.now.Add(-90 * time.Second) // another machine's clock is behind
	events, err := Decide(l.state, l.command("center-manager1", AssignCase{PersonID: "center-mediator1"}, nil), l.rules())
	require.NoError(t, err)
	require.Equal(t, l.state.StageSince, events[0].EffectiveAt)
}

func TestACommandThatAClosedCaseDoesNotTakeIsRefused(t *testing.T) {
	t.Parallel()
	l := closed(t)
	for act, who := range map[Act]string{
		AcceptCase{}:                       "center-clerk1",
		DeclineCase{}:                      "center-clerk1",
		TransferCase{}:                     "center-clerk1",
		AssignCase{}:                       "center-clerk1",
		RecordInvestigation{}:              "center-mediator1",
		ConcludeInvestigation{}:            "center-mediator1",
		RequestClosure{}:                   "center-mediator1",
		VerifyClosure{}:                    "center-leader1",
		RejectClosure{}:                    "center-leader1",
		RecordFollowUp{}:                   "center-clerk2",
		WithdrawCase{}:                     "center-clerk1",
		RecordConsent{}:                    "center-mediator1",
		ScheduleSession{}:                  "center-mediator1",
		RecordSession{Mode: SessionOnSite}: "center-mediator1",
	} {
		l.refuses(who, act, RefusedClosed, "")
		require.False(t, Takes(l.state, ActName(act)))
	}
	l.refuses("center-mediator1", OpenMediation{}, RefusedClosed, "")
	l.refuses("center-mediator1", ConcludeMediation{}, RefusedClosed, "")
	l.refuses("center-manager1", IssueDecision{}, RefusedClosed, "")
	l.refuses("center-clerk1", AmendCase{}, RefusedClosed, "")
	l.refuses("center-clerk1", RecordService{DocumentID: "N1"}, RefusedAlreadyDone, "")
	l.does("center-clerk1", AddNote{Text: "text"})
	require.True(t, Takes(l.state, "AddNote"))
	require.True(t, Takes(l.state, "ReopenCase"))
	require.True(t, Takes(l.state, "PassTime"), "the parties' window for confirmation is open")
	l.later(60 * 24 * time.Hour)
	l.does("", PassTime{})
	require.False(t, Takes(l.state, "PassTime"))
	require.False(t, Takes(l.state, "RegisterCase"))
	require.True(t, Takes(State{}, "RegisterCase"))
	require.False(t, Takes(State{}, "AddNote"))
	require.False(t, Takes(l.state, "SingSong"))
}

func TestARefusalNamesTheStageThatWouldTakeTheCommand(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	refusal := l.refuses("center-manager1", VerifyClosure{}, RefusedWrongStage, "")
	require.Contains(t, refusal.Message, "VERIFICATION")
	require.Contains(t, refusal.MessageZH, "核查结案")
}

func TestAPartyOfTheCaseActsOnNothing(t *testing.T) {
	t.Parallel()
	register := aDispute()
	register.Parties[1].PersonID = "center-clerk2"
	newLife(t).refuses("center-clerk2", register, RefusedInterest, "")
	l := registered(t, "center-clerk1", register)
	l.refuses("center-clerk2", AcceptCase{}, RefusedInterest, "")
	l.does("center-clerk1", AcceptCase{})
	l.refuses("center-manager1", AssignCase{PersonID: "center-clerk2"}, RefusedInterest, "personId")
}

func TestARefusalIsShownWithItsField(t *testing.T) {
	t.Parallel()
	require.EqualError(t, required(at("parties", 1, "role")), "REQUIRED: parties.1.role: role is required")
	require.EqualError(t, refuse(RefusedNoCase, nil, "gone", "没有"), "NO_SUCH_CASE: gone")
	require.Equal(t, `"ab…"`, shown("a\nb…"))
	require.Len(t, []rune(shown(fmt.Sprintf("%0100d", 0))), 43)
	require.Equal(t, "PARTY", terms("PartyRole", []PartyRole{"PARTY"}, Chinese))
	require.Nil(t, first(nil, nil))
}

// FuzzDecide sends whatever JSON a client could get into a command to cases in every stage:
// it is taken or refused, and never more.
func FuzzDecide(f *testing.F) {
	cases := fuzzedCases(f)
	for _, act := range []Act{
		aDispute(), aPetition(Accusation),
		AmendCase{Reason: "r", AddClaims: []TextID{"c"}},
		AcceptCase{},
		DeclineCase{Reason: DeclineOther, Explanation: "e", GoTo: "g"},
		TransferCase{ToUnitID: "bureau", Reason: "r"},
		AssignCase{PersonID: "center-manager1"},
		ConcludeInvestigation{Facts: "f", Path: PathClose},
		OpenMediation{Type: MediationPeoples},
		ConcludeMediation{Outcome: MediationAgreementWritten, Agreement: "a", SignedAt: start},
		ImportEnded{Register: aPetition(Appeal), Reply: "r", ConcludedAt: start},
		RecordService{DocumentID: "N1", PartyID: "P1", Method: ServedByPost, ServedAt: start},
		satisfied("P1"),
		VerifyClosure{},
		PassTime{},
		RecordSession{HeldAt: start, Minutes: "m"},
		ScheduleSession{Mode: SessionOnSite, ScheduledFor: start},
		ReopenCase{Reason: "r"},
		IssueDecision{Claims: []ClaimOpinion{{"C1", DecisionSupported, "f", "r", "l"}}},
		RequestClosure{Outcome: OutcomeUnfounded, Summary: "s"},
	} {
		for _, who := range []string{"center-clerk1", "center-mediator1", "center-leader1", "petition-manager1"} {
			raw, err := json.Marshal(Command{CaseID: "case-1", Actor: city.as(who), Act: act, EffectiveAt: start})
			require.NoError(f, err)
			f.Add(raw)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var command Command
		if json.Unmarshal(raw, &command) != nil {
			return
		}
		for _, state := range cases {
			rules := Rules{Now: start.AddDate(0, 1, 0), Directory: city, Number: "number"}
			events, err := Decide(state, command, rules)
			if err != nil {
				var refusal *Refusal
				require.ErrorAs(t, err, &refusal)
				require.Empty(t, events)
				continue
			}
			after := state
			for _, event := range events {
				_, err := json.Marshal(event)
				require.NoError(t, err)
				require.NotEmpty(t, Sentence(event, city, English))
				after = Apply(after, event)
			}
			require.Len(t, StateDigest(after), 64)
			Tasks(after, city)
			Grants(after, city)
		}
	})
}

func fuzzedCases(f *testing.F) []State {
	f.Helper()
	t := &testing.T{}
	states := []State{{ID: "case-1"}}
	for _, l := range []*life{
		registered(t, "center-clerk1", aDispute()),
		registered(t, "petition-clerk1", aPetition(Accusation)),
		investigated(t, "center-clerk1", aDispute(), "center-mediator1"),
		investigated(t, "petition-clerk1", aPetition(Appeal), "petition-investigator1"),
		mediated(t, MediationJudicial), concluded(t), requested(t), evaluated(t), closed(t),
	} {
		states = append(states, l.state)
	}
	return states
}

func TestARefusalNamesTheRoleAndTheUnitAsPeopleKnowThem(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	refusal := func(who string, act Act) *Refusal {
		_, err := Decide(l.state, Command{CaseID: l.state.ID, Actor: city.as(who), Act: act}, l.rules())
		var refusal *Refusal
		require.ErrorAs(t, err, &refusal)
		return refusal
	}
	require.Contains(t, refusal("center-investigator1", AcceptCase{}).Message, "an investigator may not")
	require.Contains(t, refusal("center-mediator1", AcceptCase{}).Message, "a mediator may not")
	elsewhere := refusal("other-center-manager1", AcceptCase{})
	require.Contains(t, elsewhere.Message, "单位center")
	require.Contains(t, elsewhere.MessageZH, "案件由单位center负责")
}
