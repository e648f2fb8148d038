package casefile

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// arbitrated is a labour dispute whose award of 10 March 2026 reached P1 on that day and P2 on
// the next one; the arbitration concludes the case.
func arbitrated(t *testing.T) *life {
	t.Helper()
	l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category = "D-LABOUR" }), "center-investigator1")
	l.does("center-investigator1", referTo(ChannelLabourArbitration, "", true))
	l.does("center-investigator1", AcknowledgeReferral{ReferralID: "R1", Reference: "劳仲2026-12"})
	l.now = shanghai("2026-03-12 10:00:00")
	l.does("center-investigator1", RecordReferralResult{
		ReferralID: "R1", Result: "award", Conclude: true,
		Received: []ResultReceived{{"P1", shanghai("2026-03-10 10:00:00")}, {"P2", shanghai("2026-03-11 16:00:00")}},
	}, effective(shanghai("2026-03-10 09:00:00")))
	return l
}

func TestALabourAwardStartsEachPartysFifteenDaysToSueFromItsOwnReceipt(t *testing.T) {
	t.Parallel()
	l := arbitrated(t)
	require.Equal(t, OutcomeReferred, l.state.Outcome)
	require.Equal(t, "2026-03-25", l.dueOf("suit", "R1:P1"), "10 March and 15 days (art. 50)")
	require.Equal(t, "2026-03-26", l.dueOf("suit", "R1:P2"))
	clock := l.state.window("suit", "R1:P1")
	require.Equal(t, procedure.OwnerCitizen, clock.Owner)
	require.Equal(t, Citation{Law: "劳动争议调解仲裁法", Article: "48, 50", Verified: true}, clock.Citation)
	require.Nil(t, l.state.window("employer-set-aside", "R1:P1"), "only a final award, and only the employer's")

	l.does("center-investigator1", RequestClosure{Outcome: OutcomeReferred, Summary: "s"})
	l.does("center-manager1", VerifyClosure{})
	for _, party := range []string{"P1", "P2"} {
		l.does("center-clerk2", satisfied(party))
	}
	l.at(StageClosed)
	require.False(t, Finished(l.state), "the windows outlive the case")
	require.Equal(t, []string{"2026-03-25 DeadlineMissed", "2026-03-26 DeadlineMissed"}, l.until("2026-05-20 00:00:00"))
	require.Empty(t, l.state.Orders)
	require.True(t, Finished(l.state))
	missed := l.events[len(l.events)-1]
	require.Contains(t, Sentence(missed, city, English), "whether it was used is not recorded here")
	require.Contains(t, Sentence(missed, city, Chinese), "本系统未记载是否行使")
	require.NoError(t, checkRecord("case-1", l.events))
}

func TestTheWindowsThatAResultStartsAreThoseOfTheOrgansOwnLaw(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		channel        ReferralChannel
		category       string
		step, due, why string
	}{
		{ChannelCourt, "D-NEIGHBOUR", "appeal", "2026-05-06", "15 days (民事诉讼法 art. 171) from 21 April"},
		{ChannelLandArbitration, "D-FOREST-LAND-CONTRACTED", "suit", "2026-05-21", "30 days (art. 48)"},
		{ChannelCommercialArbitration, "D-NEIGHBOUR", "set-aside", "2026-07-21", "three months (仲裁法 art. 72)"},
		{ChannelAdministrativeReconsideration, "D-NEIGHBOUR", "suit-against-decision", "2026-05-06", "15 days (行政诉讼法 art. 45)"},
		{ChannelAdministrativeAdjudication, "D-FOREST-LAND", "suit", "2026-05-21", "30 days (土地管理法 art. 14)"},
	} {
		t.Run(string(c.channel), func(t *testing.T) {
			t.Parallel()
			l := investigated(t, "center-clerk1", changed(aDispute(), func(r *RegisterCase) { r.Category = c.category }), "center-investigator1")
			l.does("center-investigator1", referTo(c.channel, "", true))
			l.now = shanghai("2026-04-21 10:00:00")
			l.does("center-investigator1", RecordReferralResult{
				ReferralID: "R1", Result: "result", Conclude: true, Received: []ResultReceived{{"P1", l.now.Add(-time.Hour)}},
			})
			windows := slices.DeleteFunc(slices.Clone(l.state.Deadlines), func(d Deadline) bool { return d.Of != "R1:P1" })
			require.Len(t, windows, 1, "one window, and no other")
			require.Equal(t, c.due, l.dueOf(c.step, "R1:P1"), c.why)
		})
	}
}

func TestAResultThatReachedNobodyStartsNoWindow(t *testing.T) {
	t.Parallel()
	l := referred(t)
	before := len(l.state.Deadlines)
	l.does("court-clerk1", RecordReferralResult{ReferralID: "R1", Result: "settled before the court", Conclude: true})
	require.Len(t, l.state.Deadlines, before)
}

func TestAFaultyReceiptIsRefused(t *testing.T) {
	t.Parallel()
	l := referred(t)
	l.now = shanghai("2026-03-20 10:00:00")
	result := func(received ...ResultReceived) RecordReferralResult {
		return RecordReferralResult{ReferralID: "R1", Result: "r", Conclude: true, Received: received}
	}
	who := "court-clerk1"
	l.refuses(who, result(ResultReceived{"", l.now}), RefusedRequired, "received.0.partyId")
	l.refuses(who, result(ResultReceived{"P9", l.now}), RefusedUnknownParty, "received.0.partyId")
	l.refuses(who, result(ResultReceived{"P1", l.now}, ResultReceived{"P1", l.now}), RefusedConflict, "received.1.partyId")
	l.refuses(who, result(ResultReceived{"P1", time.Time{}}), RefusedRequired, "received.0.receivedAt")
	l.refuses(who, result(ResultReceived{"P1", l.now.Add(time.Hour)}), RefusedInFuture, "received.0.receivedAt")
	l.refuses(who, result(ResultReceived{"P1", shanghai("2026-03-02 10:00:00")}), RefusedOutOfOrder, "received.0.receivedAt")

	notary := investigated(t, "center-clerk1", aDispute(), "center-investigator1")
	notary.does("center-investigator1", referTo(ChannelNotary, "", true))
	refusal := notary.refuses("center-investigator1", result(ResultReceived{"P1", notary.now}), RefusedInvalid, "received")
	require.Contains(t, refusal.Message, "NOTARY")
}
