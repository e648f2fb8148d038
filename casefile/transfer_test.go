package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAFaultyTransferIsRefused(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-clerk1", TransferCase{ToUnitID: "bureau"}, RefusedRequired, "reason")
	l.refuses("center-clerk1", TransferCase{Reason: "r"}, RefusedInvalid, "toUnitId")
	l.refuses("center-clerk1", TransferCase{ToUnitID: "bureau", ToOutside: "o", Reason: "r"}, RefusedInvalid, "toUnitId")
	l.refuses("center-clerk1", TransferCase{ToUnitID: "nowhere", Reason: "r"}, RefusedUnknownUnit, "toUnitId")
	l.refuses("center-clerk1", TransferCase{ToUnitID: "center", Reason: "r"}, RefusedInvalid, "toUnitId")
	l.refuses("center-clerk1", TransferCase{ToUnitID: "court", Reason: "r"}, RefusedNotCompetent, "toUnitId")
	l.refuses("center-investigator1", TransferCase{ToUnitID: "bureau", Reason: "r"}, RefusedWrongRole, "")
	l.does("center-clerk1", AcceptCase{})
	l.refuses("center-clerk1", TransferCase{ToUnitID: "bureau", Reason: "r"}, RefusedWrongStage, "")
}

func TestATransferredCaseGoesOnAtTheReceiverWithItsClock(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ unit, division string }{
		"a unit over the same division keeps it":   {"bureau", "530402001"},
		"a narrower unit within it keeps it too":   {"committee", "530402001"},
		"a unit elsewhere answers in its own name": {"other-center", "530403"},
		"a local division answers in its own name": {"zone", "530490"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := registered(t, "center-clerk1", aDispute())
			before := l.state.Deadlines
			l.does("center-clerk1", TransferCase{ToUnitID: c.unit, Reason: "r"})
			l.at(StageAcceptance)
			require.Equal(t, c.unit, l.state.ResponsibleUnitID)
			require.Equal(t, Division(c.division), l.state.Division)
			require.Equal(t, before, l.state.Deadlines)
			require.Equal(t, Instant(start), l.state.ReceivedAt)
		})
	}
}

func TestAnAccusationNeverGoesToTheAccused(t *testing.T) {
	t.Parallel()
	accusation := aPetition(Accusation)
	accusation.Parties[1].UnitID = "city-discipline"
	l := registered(t, "center-clerk1", accusation)
	require.Contains(t, l.state.Exclusions, Exclusion{MembersOf: "city-discipline"})
	require.Contains(t, l.state.Exclusions, Exclusion{LeadersOver: "city-discipline"})
	l.refuses("center-clerk1", TransferCase{ToUnitID: "city-discipline", Reason: "r"}, RefusedInterest, "toUnitId")
	l.refuses("center-clerk1", TransferCase{ToUnitID: "discipline", Reason: "r"}, RefusedInterest, "toUnitId") // below it
	l.refuses("center-clerk1", TransferCase{ToUnitID: "bureau", Reason: "r"}, RefusedNotCompetent, "toUnitId")
	l.does("center-clerk1", TransferCase{ToUnitID: "petition", Reason: "r"})
	l.refuses("petition-clerk1", AcceptCase{}, RefusedNotCompetent, "")
}
