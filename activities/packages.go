package activities

import (
	"context"
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/workflows"
)

// PackageRecord is the part of the store that the shells of leadership packages need.
type PackageRecord interface {
	AppendPackage(ctx context.Context, shellVersion int, command leadership.Command, now time.Time) (store.PackageAppended, error)
	PackageState(ctx context.Context, packageID string) (leadership.State, error)
	// State is that of a case.
	State(ctx context.Context, caseID string) (casefile.State, error)
}

var _ PackageRecord = (*store.Store)(nil)

// Dealings carry commands and news from one case or package to another; *command.Sender
// does, over Temporal.
type Dealings interface {
	Do(ctx context.Context, cmd casefile.Command) (workflows.CommandResult, error)
	DoPackage(ctx context.Context, cmd leadership.Command) (workflows.CommandResult, error)
	TellPackage(ctx context.Context, news workflows.PackageNews) error
}

// Packages are the activities of leadership packages. Temporal knows a method by its short name
// too, so none may be called as one of Activities is.
type Packages struct {
	record   PackageRecord
	dealings Dealings
	now      func() time.Time
}

// NewPackages returns the activities of packages over a record. now is the office's clock;
// nil is time.Now.
func NewPackages(record PackageRecord, dealings Dealings, now func() time.Time) *Packages {
	if now == nil {
		now = time.Now
	}
	return &Packages{record: record, dealings: dealings, now: now}
}

// AppendPackage decides and stores one command on a package, as Activities.Append does on a case.
func (p *Packages) AppendPackage(ctx context.Context, in workflows.PackageAppendInput) (workflows.PackageAppendResult, error) {
	return stored(p.record.AppendPackage(ctx, in.Version, in.Command, p.now()))
}

// LoadPackage returns the record's state of a package.
func (p *Packages) LoadPackage(ctx context.Context, packageID string) (leadership.State, error) {
	return p.record.PackageState(ctx, packageID)
}

// AskMember tells a case that it joins or leaves a package. The request key follows from the
// package's intent, so that a repeated question acts once. How the case stands is read
// afterwards: never older than the answer.
func (p *Packages) AskMember(ctx context.Context, in workflows.MemberQuestion) (workflows.MemberAnswer, error) {
	var act casefile.Act = casefile.JoinPackage{PackageID: in.PackageID, Number: in.Number}
	if in.Leave {
		act = casefile.LeavePackage{PackageID: in.PackageID, Number: in.Number}
	}
	intent := fmt.Sprintf("package/%s/%d", in.PackageID, in.Intent)
	result, err := p.dealings.Do(ctx, casefile.Command{
		CaseID: in.CaseID, RequestKey: intent, InputDigest: intent, RequestID: intent, Actor: casefile.System, Act: act,
	})
	if err != nil {
		return workflows.MemberAnswer{}, err
	}
	if result.Refusal != nil {
		return workflows.MemberAnswer{Refusal: result.Refusal}, nil
	}
	state, err := p.record.State(ctx, in.CaseID)
	return workflows.MemberAnswer{Standing: casefile.StandingOf(state)}, err
}

// TellPackage brings a package what one of its cases says of itself.
func (p *Packages) TellPackage(ctx context.Context, news workflows.PackageNews) error {
	return p.dealings.TellPackage(ctx, news)
}

// ProposePackage asks for the package that a case's errand wants, or takes it back. The request
// key is the errand's and the id follows from the order, so that a repeated question acts once.
func (p *Packages) ProposePackage(ctx context.Context, in workflows.ProposeInput) (casefile.AnswerErrand, error) {
	wanted := in.Wanted
	result, err := p.dealings.DoPackage(ctx, leadership.Command{
		PackageID: wanted.PackageID, RequestKey: in.RequestKey, InputDigest: in.RequestKey, RequestID: in.RequestKey,
		Actor: casefile.System, Act: leadership.ActFor(wanted),
	})
	if err != nil {
		return casefile.AnswerErrand{}, err
	}
	state, err := p.record.PackageState(ctx, wanted.PackageID)
	return casefile.AnswerErrand{ErrandID: in.ErrandID, Number: state.Number, Refusal: result.Refusal}, err
}

// TellOrigin tells the case that a package was proposed for what became of the proposal. A
// case that has gone on since passes over it.
func (p *Packages) TellOrigin(ctx context.Context, in workflows.OriginNews) error {
	key := fmt.Sprintf("package/%s/%d", in.News.PackageID, in.Of)
	_, err := p.dealings.Do(ctx, casefile.Command{
		CaseID: in.CaseID, RequestKey: key, InputDigest: key, RequestID: key, Actor: casefile.System, Act: in.News,
	})
	return err
}
