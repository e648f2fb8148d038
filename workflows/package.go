package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// Package is the workflow of one leadership package.
func Package(ctx workflow.Context, in PackageInput) (Result, error) {
	return NewPackage(nil)(ctx, in)
}

// NewPackage returns the Package workflow with an observer, as NewCase does.
func NewPackage(observe func(leadership.State)) func(workflow.Context, PackageInput) (Result, error) {
	return func(ctx workflow.Context, in PackageInput) (Result, error) {
		p := &packageShell{
			aggregate: packageAggregate, id: in.PackageID, maxHistory: in.MaxHistory, observe: observe,
		}
		p.dealings = &membership{
			shell: p, news: workflow.GetSignalChannel(ctx, MemberSignal), asking: map[int]bool{},
		}
		if err := p.setUp(ctx, in.State); err != nil {
			return Result{}, err
		}
		return p.run(ctx)
	}
}

type packageShell = shell[leadership.State, leadership.Event, leadership.Command]

var packageAggregate = aggregate[leadership.State, leadership.Event, leadership.Command]{
	name: "package", workflow: PackageType,
	target:   func(c leadership.Command) (string, bool) { return c.PackageID, c.Act != nil },
	version:  func(s leadership.State) int { return s.Version },
	exists:   leadership.State.Exists,
	finished: leadership.Finished,
	nextWake: leadership.NextWake,
	apply:    leadership.Apply,
	digest:   leadership.StateDigest,
	named: func(s leadership.State, id string) leadership.State {
		s.ID = id
		return s
	},
	passTime: func(id string) leadership.Command { return bySystem(id, leadership.PassTime{}) },
	append:   callAppendPackage,
	load:     callLoadPackage,
	again: func(id string, state leadership.State, maxHistory int) any {
		return PackageInput{PackageID: id, State: &state, MaxHistory: maxHistory}
	},
}

func bySystem(id string, act leadership.Act) leadership.Command {
	return leadership.Command{PackageID: id, Actor: casefile.System, Act: act}
}

// membership is a package's dealings with its cases. Each intent to take a case in or let
// it go is carried to the case, and its answer appended; a run that starts with an intent
// whose answer it doesn't know carries it again, which is harmless. The case that a package
// was proposed for is told what became of that. What cases tell by themselves is appended as
// it comes.
type membership struct {
	shell *packageShell
	news  workflow.ReceiveChannel
	// asking are the intents and news under way, by the number of their event.
	asking map[int]bool
	failed error
}

func (m *membership) changed(_, _ leadership.State) {}
func (m *membership) nudged(leadership.State)       {}

func (m *membership) due(state leadership.State) bool {
	if m.failed != nil || m.news.Len() > 0 {
		return true
	}
	for _, member := range state.Intents() {
		if !m.asking[member.Intent] {
			return true
		}
	}
	of, _, waits := state.News()
	return waits && !m.asking[of]
}

func (m *membership) settled() bool { return len(m.asking) == 0 && m.news.Len() == 0 }

func (m *membership) deal(ctx workflow.Context) error {
	if m.failed != nil {
		return m.failed
	}
	var standing casefile.Standing
	for m.news.ReceiveAsync(&standing) {
		if _, err := m.shell.inTurn(ctx, bySystem(m.shell.id, leadership.NoteStanding{Standing: standing})); err != nil {
			return err
		}
		standing = casefile.Standing{}
	}
	for _, member := range m.shell.state.Intents() {
		m.carry(ctx, member.Intent, func(ctx workflow.Context) error { return m.ask(ctx, member) })
	}
	if of, news, waits := m.shell.state.News(); waits {
		told := OriginNews{CaseID: m.shell.state.Origin.CaseID, Of: of, News: news}
		m.carry(ctx, of, func(ctx workflow.Context) error { return m.tell(ctx, told) })
	}
	return nil
}

// carry brings the intent of an event to a case, once at a time and beside the loop: a case
// that doesn't answer must not stop the package's clocks.
func (m *membership) carry(ctx workflow.Context, intent int, bring func(workflow.Context) error) {
	if m.asking[intent] {
		return
	}
	m.asking[intent] = true
	workflow.Go(ctx, func(ctx workflow.Context) {
		if err := bring(ctx); err != nil {
			m.failed = err
		}
		delete(m.asking, intent)
	})
}

// tell tells the case that the package was proposed for, and appends that it knows.
func (m *membership) tell(ctx workflow.Context, news OriginNews) error {
	if err := callDealing(ctx, TellOriginName, news, nil); err != nil {
		return err
	}
	_, err := m.shell.inTurn(ctx, bySystem(m.shell.id, leadership.NoteTold{Of: news.Of}))
	return err
}

// ask carries one intent to its case and appends the answer.
func (m *membership) ask(ctx workflow.Context, member leadership.Member) error {
	question := MemberQuestion{
		PackageID: m.shell.id, Number: m.shell.state.Number, CaseID: member.CaseID, Intent: member.Intent,
		Leave: member.Status == leadership.Leaving,
	}
	var answer MemberAnswer
	if err := callDealing(ctx, AskMemberName, question, &answer); err != nil {
		return err
	}
	_, err := m.shell.inTurn(ctx, bySystem(m.shell.id, leadership.NoteAnswer{
		CaseID: member.CaseID, Intent: member.Intent, Standing: answer.Standing, Refusal: answer.Refusal,
	}))
	return err
}
