package casefile

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// packageAsks lets one of two packages take the case in or let it go, or the one that was
// proposed for it tell what became of that.
func (w *walker) packageAsks() error {
	id := pick(w, "pk-1", "pk-2")
	act := pick[Act](w, JoinPackage{PackageID: id, Number: id}, LeavePackage{PackageID: id, Number: id})
	if proposed := w.state.ProposedPackageID(); proposed != "" && w.chance(70) {
		act = pick(w,
			NotePackage{PackageID: proposed, Number: id},
			NotePackage{PackageID: proposed, Number: id, Level: LevelCity, UnitID: "city-leading"})
	}
	_, err := w.send(Command{CaseID: w.state.ID, Actor: System, Act: act, RequestKey: "key", InputDigest: "digest"})
	return err
}

func TestACaseLearnsThatAPackageTookItInAndLetItGo(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	join := JoinPackage{PackageID: "pk-1", Number: "530402-L-2026-0001"}
	events := l.does("", join)
	require.Equal(t, []string{"JoinedPackage"}, l.types(events))
	require.Equal(t, "pk-1", l.state.PackageID)
	require.Equal(t, "案件列入领导包案530402-L-2026-0001。", Sentence(events[0], city, Chinese))
	require.Equal(t, "The case joined leadership package 530402-L-2026-0001.", Sentence(events[0], city, English))
	require.Empty(t, l.does("", join), "it has joined already")
	require.Empty(t, l.does("", LeavePackage{PackageID: "pk-2", Number: "other"}), "it never was in that one")

	events = l.does("", LeavePackage(join))
	require.Equal(t, []string{"LeftPackage"}, l.types(events))
	require.Empty(t, l.state.PackageID)
	require.Equal(t, "案件退出领导包案530402-L-2026-0001。", Sentence(events[0], city, Chinese))
	require.Equal(t, "The case left leadership package 530402-L-2026-0001.", Sentence(events[0], city, English))
}

func TestAClosedCaseJoinsAPackageAndStaysClosed(t *testing.T) {
	t.Parallel()
	l := closed(t)
	l.later(2 * 365 * 24 * time.Hour)
	l.does("", JoinPackage{PackageID: "pk-1", Number: "n"})
	require.Equal(t, StageClosed, l.state.Stage)
	require.Equal(t, Standing{
		CaseID: "case-1", Version: l.state.Version, Concluded: true, Outcome: l.state.Outcome,
	}, StandingOf(l.state))
}

func TestOnlyAPackageTakesACaseIn(t *testing.T) {
	t.Parallel()
	l := registered(t, "center-clerk1", aDispute())
	l.refuses("center-leader1", JoinPackage{PackageID: "pk-1", Number: "n"}, RefusedWrongRole, "")
	l.refuses("", JoinPackage{Number: "n"}, RefusedRequired, "packageId")
	newLife(t).refuses("", JoinPackage{PackageID: "pk-1"}, RefusedNoCase, "caseId")
}

func TestASealedCaseJoinsNoPackage(t *testing.T) {
	t.Parallel()
	sealed := aDispute()
	sealed.Confidentiality = ConfidentialitySealed
	l := registered(t, "center-clerk1", sealed)
	l.refuses("", JoinPackage{PackageID: "pk-1", Number: "n"}, RefusedNotCompetent, "caseId")
}

func TestACaseTellsItsPackageOfWhatCounts(t *testing.T) {
	t.Parallel()
	before := closed(t).state
	after := before
	after.Version++
	require.False(t, TellsPackage(before, after), "it is in no package")
	after.PackageID = "pk-1"
	require.False(t, TellsPackage(before, after), "a note moves nothing")
	after.Stage, after.ConcludedAt, after.Outcome = StageAcceptance, time.Time{}, ""
	require.True(t, TellsPackage(before, after), "it was reopened")
}
