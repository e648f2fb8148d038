package casefile

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// sequences is how many random lives the fast tests begin. Some end with a refused
// registration, so that a few more than 100,000 are begun.
const sequences = 102_500

// fewSequences is how many under -short, as with the race detector.
const fewSequences = 5_000

// TestEveryInvariantHoldsOverRandomCommands walks cases through random commands and checks
// the invariants of the domain at each step. Every tenth case is then driven to an end, and
// every fiftieth record folded again and read back.
func TestEveryInvariantHoldsOverRandomCommands(t *testing.T) {
	t.Parallel()
	const parts = 8
	many := uint64(sequences)
	if testing.Short() {
		many = fewSequences
	}
	results := make(chan *coverage, parts)
	t.Run("walks", func(t *testing.T) {
		for part := range uint64(parts) {
			t.Run(fmt.Sprintf("part %d", part), func(t *testing.T) {
				t.Parallel()
				seen := newCoverage()
				for seed := part; seed < many; seed += parts {
					if err := lifeOf(seed, seen); err != nil {
						require.NoError(t, err, "seed %d", seed)
					}
				}
				results <- seen
			})
		}
	})
	close(results)
	all := newCoverage()
	for seen := range results {
		all.add(seen)
	}
	t.Logf("%d commands taken, %d refused; the longest record has %d events", all.taken, all.refused, all.mostSteps)
	t.Logf("stages %v", all.stages)
	t.Logf("outcomes %v", all.outcomes)
	t.Logf("events %v", all.events)
	t.Logf("refusals %v", all.refusals)
	requireWideCoverage(t, all, int(many))
}

func lifeOf(seed uint64, seen *coverage) error {
	w := newWalker(seed, seen)
	if err := w.walk(4 + w.IntN(22)); err != nil {
		return err
	}
	if seed%10 == 0 {
		if err := w.driveToAnEnd(); err != nil {
			return err
		}
	}
	if seed%50 == 0 {
		return checkRecord(w.state.ID, w.events)
	}
	return nil
}

// requireWideCoverage wants the walks to have been everywhere, so that the property says
// something.
func requireWideCoverage(t *testing.T, all *coverage, lives int) {
	t.Helper()
	for _, stage := range []Stage{
		StageAcceptance, StageInvestigation, StageMediation, StageDecision, StageVerification, StageEvaluation,
		StageClosed, StageNotAccepted, StageTransferred, StageWithdrawn, StageReview,
	} {
		require.Greater(t, all.stages[stage], lives/200, "stage %s", stage)
	}
	if lives < 10_000 {
		return // too few for what seldom happens
	}
	for event := range eventKinds {
		require.Greater(t, all.events[event], lives/10_000, "event %s", event)
	}
}

// TestEveryInvariantHoldsWhereverRapidLooks lets rapid choose the seeds and shrink the
// number of steps.
func TestEveryInvariantHoldsWhereverRapidLooks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		steps := rapid.IntRange(0, 120).Draw(t, "steps")
		w := newWalker(seed, newCoverage())
		if err := w.walk(steps); err != nil {
			t.Fatal(err)
		}
		if err := w.driveToAnEnd(); err != nil {
			t.Fatal(err)
		}
		if err := checkRecord(w.state.ID, w.events); err != nil {
			t.Fatal(err)
		}
	})
}

// driveToAnEnd shows that the case can still be ended: it does what the tasks ask for.
func (w *walker) driveToAnEnd() error {
	if w.endHeld && w.state.Exists() {
		if err := w.holdEnd(); err != nil {
			return err
		}
	}
	for range 40 {
		if !w.state.Exists() || !w.state.Stage.Open() {
			return nil
		}
		w.now = w.now.Add(1)
		if err := w.advance(); err != nil {
			return err
		}
	}
	return fmt.Errorf("the case is still in %s after 40 acts", w.state.Stage)
}

// forward lists what moves a case on, the surest first.
var forward = []string{
	"reportUrgent", "recordPoliceReport", "answerRetaliation", "recordService", "returnToCourt", "recuseMediator", "issueReviewOpinion", "issueReReviewOpinion", "verifyClosure", "recordFollowUp", "requestClosure", "issueDecision", "concludeMediation",
	"openMediation", "concludeInvestigation", "acceptCase", "assignCase", "transferCase",
	"replyDispatch", "returnDispatch", "recordReferralResult", "returnReferral", "referCase",
}

func (w *walker) advance() error {
	if w.state.held() {
		head, _ := headOf(w.state.ResponsibleUnitID, w.state.Exclusions, w.dir)
		_, err := w.send(w.command(w.dir.as(w.dir.Holders(head.Role, head.UnitID)[0].ID), w.identified()))
		return err
	}
	if errands := Errands(w.state); len(errands) > 0 {
		_, err := w.send(Command{
			CaseID: w.state.ID, Actor: System, Act: AnswerErrand{ErrandID: errands[0].ID, Number: "530402-D-2026-000009"},
			RequestKey: "key", InputDigest: "digest",
		})
		return err
	}
	for _, name := range forward {
		if name == "assignCase" && w.state.HandlerID != "" && apartFromVerifying(w.state, w.state.HandlerID) == nil {
			continue
		}
		if name == "reportUrgent" && !w.state.Urgency.owed() {
			continue
		}
		if m := w.state.openMediation(); name == "recuseMediator" && m != nil && m.MediatorID != "" {
			continue
		}
		for _, id := range w.dir.ids {
			actor := w.dir.as(id)
			if !ruleOf(name).takes(w.state, actor, w.dir) {
				continue
			}
			w.actor = actor
			act := w.goodAct(name)
			if act == nil {
				continue
			}
			if _, unhappy := act.(RecordFollowUp); unhappy {
				act = satisfied(w.state.toAsk()[0])
			}
			act = settling(act)
			if name == "transferCase" {
				act = TransferCase{ToOutside: "outside", Reason: "reason"}
			}
			before := w.state.Version
			if _, err := w.send(w.command(actor, act)); err != nil {
				return err
			}
			if w.state.Version > before {
				return nil
			}
		}
	}
	return fmt.Errorf("nobody can move the case on from %s", w.state.Stage)
}

func ruleOf(mutation string) actRule {
	for _, m := range mutations {
		if m.name == mutation {
			return m.rule
		}
	}
	panic("no mutation is called " + mutation)
}
