package casefile

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestACommandComesBackFromJSONAsItWas(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	for _, act := range []Act{
		aDispute(), anEnded(),
		AmendCase{Amount: pointer(int64(3)), Reason: "r"},
		satisfied("P1"),
		PassTime{},
		ConcludeMediation{Outcome: MediationAgreementOral, Agreement: "a", SignedAt: Instant(start)},
		IssueDecision{Claims: []ClaimOpinion{{"C1", DecisionAdopted, "f", "r", "l"}}},
		TransferCase{ToOutside: "o", Reason: "r"},
		AssignCase{PersonID: "p"},
	} {
		command := l.command("center-clerk1", act, []with{expecting(3), because("reason"), effective(Instant(start))})
		raw, err := json.Marshal(command)
		require.NoError(t, err)
		var back Command
		require.NoError(t, json.Unmarshal(raw, &back))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(raw), string(again))
		require.IsType(t, act, back.Act)
	}
	_, err := json.Marshal(Command{})
	require.ErrorContains(t, err, "no act")
	var back Command
	require.ErrorContains(t, json.Unmarshal([]byte(`{"name":"SingSong","act":{}}`), &back), "SingSong")
	require.ErrorContains(t, json.Unmarshal([]byte(`{"name":"AcceptCase","act":[]}`), &back), "AcceptCase")
	require.Error(t, json.Unmarshal([]byte(`[]`), &back))
}

func TestAnEventComesBackFromJSONAndItsHashHangsOnTheOneBefore(t *testing.T) {
	t.Parallel()
	l := closed(t)
	hash := ""
	seen := map[string]bool{}
	for _, event := range l.events {
		raw, err := json.Marshal(event)
		require.NoError(t, err)
		var back Event
		require.NoError(t, json.Unmarshal(raw, &back))
		next, err := ChainHash(hash, event)
		require.NoError(t, err)
		again, err := ChainHash(hash, back)
		require.NoError(t, err)
		require.Equal(t, next, again)
		require.False(t, seen[next])
		hash, seen[next] = next, true
	}
	_, err := json.Marshal(Event{EventHeader: EventHeader{Seq: 1}})
	require.ErrorContains(t, err, "no body")
	_, err = ChainHash("", Event{EventHeader: EventHeader{Seq: 1}})
	require.Error(t, err)
	_, err = DecodeBody("SongSung", nil)
	require.ErrorContains(t, err, "SongSung")
	_, err = DecodeBody("CaseAccepted", []byte("[]"))
	require.ErrorContains(t, err, "CaseAccepted")
	var back Event
	require.Error(t, json.Unmarshal([]byte(`[]`), &back))
	require.Error(t, json.Unmarshal([]byte(`{"type":"SongSung"}`), &back))
}

func TestTheRecordIsFoldedTheSameEverywhere(t *testing.T) {
	t.Parallel()
	l := closed(t)
	folded := Fold("case-1", l.events)
	require.Equal(t, l.state, folded)
	require.Equal(t, StateDigest(l.state), StateDigest(folded))
	require.NotEqual(t, StateDigest(l.state), StateDigest(Fold("case-1", l.events[:len(l.events)-1])))
	require.Equal(t, State{ID: "case-1"}, Fold("case-1", nil))
	require.Contains(t, StateDigest(State{ReceivedAt: start.AddDate(9000, 0, 0)}), "unprintable")
}

func TestAnEventOfAnotherVersionChangesNothingButTheNumber(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	after := Apply(l.state, Event{EventHeader{Seq: 3}, NoteAdded{Text: "text"}})
	after.Version = l.state.Version
	require.Equal(t, l.state, after)
}
