package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/tiaochu/tiaochu/casefile"
)

// Case is the workflow of one case.
func Case(ctx workflow.Context, in CaseInput) (CaseResult, error) {
	return NewCase(nil)(ctx, in)
}

// NewCase returns the Case workflow with an observer that sees every state the shell
// comes to; the replay tests compare its last one with the record. Observers must not
// touch the workflow.
func NewCase(observe func(casefile.State)) func(workflow.Context, CaseInput) (CaseResult, error) {
	return func(ctx workflow.Context, in CaseInput) (CaseResult, error) {
		c := &caseShell{aggregate: caseAggregate, id: in.CaseID, maxHistory: in.MaxHistory, observe: observe}
		c.dealings = &caseDealings{shell: c}
		if err := c.setUp(ctx, in.State); err != nil {
			return CaseResult{}, err
		}
		return c.run(ctx)
	}
}

type caseShell = shell[casefile.State, casefile.Event, casefile.Command]

var caseAggregate = aggregate[casefile.State, casefile.Event, casefile.Command]{
	name: "case", workflow: CaseType,
	target:   func(c casefile.Command) (string, bool) { return c.CaseID, c.Act != nil },
	version:  func(s casefile.State) int { return s.Version },
	exists:   casefile.State.Exists,
	finished: casefile.Finished,
	nextWake: casefile.NextWake,
	apply:    casefile.Apply,
	digest:   casefile.StateDigest,
	named: func(s casefile.State, id string) casefile.State {
		s.ID = id
		return s
	},
	passTime: func(id string) casefile.Command {
		return casefile.Command{CaseID: id, Actor: casefile.System, Act: casefile.PassTime{}}
	},
	append: callAppend,
	load:   callLoad,
	again: func(id string, state casefile.State, maxHistory int) any {
		return CaseInput{CaseID: id, State: &state, MaxHistory: maxHistory}
	},
}

// caseDealings are what a case asks of other cases and tells its package.
type caseDealings struct {
	shell *caseShell
	// sending says that another case is being asked; failed is why that can't go on.
	sending bool
	failed  error
	// news is how the case stands, where its package has not heard it yet.
	news *PackageNews
}

func (c *caseDealings) due(state casefile.State) bool {
	return c.failed != nil || c.news != nil || !c.sending && len(casefile.Errands(state)) > 0
}

func (c *caseDealings) settled() bool { return !c.sending && c.news == nil }

func (c *caseDealings) deal(ctx workflow.Context) error {
	if c.failed != nil {
		return c.failed
	}
	c.runErrands(ctx)
	if c.news == nil {
		return nil
	}
	news := c.news
	if err := callDealing(ctx, TellPackageName, *news, nil); err != nil {
		return err
	}
	if c.news == news {
		c.news = nil
	}
	return nil
}

func (c *caseDealings) changed(before, after casefile.State) {
	if casefile.TellsPackage(before, after) {
		c.nudged(after)
	}
}

// nudged tells the package again how the case stands: news may have been lost together
// with the run that owed them.
func (c *caseDealings) nudged(state casefile.State) {
	if state.PackageID != "" {
		c.news = &PackageNews{PackageID: state.PackageID, Standing: casefile.StandingOf(state)}
	}
}
