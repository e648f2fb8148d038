package casefile

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// withdrawing is the one errand by which a case takes back what it asked for.
func withdrawing(t *testing.T, l *life) Errand {
	t.Helper()
	errands := Errands(l.state)
	require.Len(t, errands, 1)
	require.True(t, errands[0].Package.Withdrawn)
	require.Equal(t, PackageIDOfOrder("case-1", "U2"), errands[0].Package.PackageID)
	return errands[0]
}

func TestAPackageThatIsProposedHearsOfEveryWayInWhichItsCaseEnds(t *testing.T) {
	t.Parallel()
	told := []string{"ProposalWithdrawn"}
	for name, end := range map[string]struct {
		by    func(l *life) []string
		stage Stage
	}{
		"an end that skips the merits": {func(l *life) []string {
			l.state.Pending = &Pending{End: StageNotAccepted, Verified: true, VerifiedAt: l.now}
			l.state.Stage = StageVerification
			return l.ending(func(d *deciding) { d.end(d.now) })
		}, StageNotAccepted},
		"leaving the platform": {func(l *life) []string {
			l.state.Pending = &Pending{End: StageTransferred, Verified: true, VerifiedAt: l.now}
			l.state.Stage = StageVerification
			return l.ending(func(d *deciding) { d.end(d.now) })
		}, StageTransferred},
		"a withdrawal": {func(l *life) []string {
			l.state.Pending = &Pending{End: StageWithdrawn, Verified: true, VerifiedAt: l.now, Party: "P1"}
			l.state.Stage = StageVerification
			return l.ending(func(d *deciding) { d.end(d.now) })
		}, StageWithdrawn},
		"a merger": {func(l *life) []string {
			l.state.Pending = &Pending{End: StageMerged, Verified: true, VerifiedAt: l.now, Merged: &mergedEnd{MergerID: "J1", CaseID: "case-0"}}
			l.state.Stage = StageVerification
			return l.ending(func(d *deciding) { d.takenOver(*d.state.Pending.Merged, AnswerErrand{}) })
		}, StageMerged},
		"its file is closed": {func(l *life) []string {
			return l.ending(func(d *deciding) { d.closeAs(System, d.now) })
		}, StageClosed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := proposed(t)
			l.packageAnswers(nil)
			require.Contains(t, end.by(l), told[0])
			l.at(end.stage)
			require.False(t, Finished(l.state), "the package has not heard of it")
			errand := withdrawing(t, l)
			require.Equal(t, []string{"WithdrawalTold"}, l.types(l.does("", AnswerErrand{ErrandID: errand.ID, Number: "530402-L-2026-000001"})))
			require.Empty(t, Errands(l.state))
			require.Empty(t, l.state.ProposedPackageID())
		})
	}
}

// ending decides an end as the rules do, whatever led up to it.
func (l *life) ending(end func(d *deciding)) []string {
	l.t.Helper()
	d := &deciding{state: l.state, rules: l.rules(), now: l.now, effectiveAt: l.now, command: Command{CaseID: l.state.ID, Actor: System, Act: PassTime{}}}
	end(d)
	l.state, l.events = d.state, append(l.events, d.events...)
	return l.types(d.events)
}

func TestAProposalIsTakenBackWhereAnotherPackageHasTheCaseOrItIsSealed(t *testing.T) {
	t.Parallel()
	taken := proposed(t)
	taken.packageAnswers(nil)
	events := taken.does("", JoinPackage{PackageID: "another", Number: "n"})
	require.Equal(t, []string{"ProposalWithdrawn", "JoinedPackage"}, taken.types(events))
	require.Equal(t, "The proposed leadership package 530402-L-2026-000001 is withdrawn: no leader is asked any more.", Sentence(events[0], taken.dir, English))
	require.Equal(t, "不再提请领导包案530402-L-2026-000001。", Sentence(events[0], taken.dir, Chinese))
	withdrawing(t, taken)

	own := proposed(t)
	own.packageAnswers(nil)
	require.Equal(t, []string{"JoinedPackage"}, own.types(own.does("", JoinPackage{PackageID: PackageIDOfOrder("case-1", "U2"), Number: "n"})))
	require.Empty(t, Errands(own.state), "the one that has it was approved")

	sealed := proposed(t)
	sealed.packageAnswers(nil)
	manager := sealed.state.ResponsibleUnitID + "-manager1"
	require.Contains(t, sealed.types(sealed.does(manager, AmendCase{Confidentiality: ConfidentialitySealed, Reason: "r"})), "ProposalWithdrawn")
	withdrawing(t, sealed)
}

func TestAPackageThatHasNotAnsweredYetIsToldWhenItHas(t *testing.T) {
	t.Parallel()
	l := proposed(t)
	l.ending(func(d *deciding) { d.closeAs(System, d.now) })
	errands := Errands(l.state)
	require.Len(t, errands, 1)
	require.False(t, errands[0].Package.Withdrawn, "whether it is there is not known yet")
	require.Equal(t, []string{"ProposalConfirmed"}, l.packageAnswers(nil))
	withdrawing(t, l)
	require.NotContains(t, taskIDsOf(l), "decide-package:U2")

	refused := proposed(t)
	refused.ending(func(d *deciding) { d.closeAs(System, d.now) })
	require.Equal(t, []string{"ProposalFailed"}, refused.packageAnswers(refuse(RefusedClosed, nil, "the case has ended", "案件已终结")))
	require.Empty(t, Errands(refused.state), "there is nothing to take back")
	require.True(t, Finished(refused.state))
}

func TestOneProposedAtTwoLevelsIsTakenBackOnce(t *testing.T) {
	t.Parallel()
	l := proposed(t)
	l.packageAnswers(nil)
	l.untilMissed()
	l.packageAnswers(nil)
	require.Len(t, l.state.Proposals, 2)
	types := l.ending(func(d *deciding) { d.closeAs(System, d.now) })
	n := 0
	for _, kind := range types {
		if kind == "ProposalWithdrawn" {
			n++
		}
	}
	require.Equal(t, 1, n)
	errand := withdrawing(t, l)
	l.does("", AnswerErrand{ErrandID: errand.ID})
	require.Empty(t, l.ending(func(d *deciding) { d.withdrawProposals(d.now, "") }), "nothing is asked any more")
}

func TestAnEndFromBeforeProposalsWereTakenBackAsksNothing(t *testing.T) {
	t.Parallel()
	l := proposed(t)
	l.packageAnswers(nil)
	l.ending(func(d *deciding) { d.closeAs(System, d.now) })
	var old State
	for _, event := range l.events {
		if event.Body.eventType() != "ProposalWithdrawn" {
			old = Apply(old, event)
		}
	}
	require.Empty(t, Errands(old))
}
