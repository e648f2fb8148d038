// Package workflows holds the durable shells: one workflow per case, and one per leadership
// package, for its whole life. A shell sequences commands, waits for time, and applies what the record says; it holds no
// rule and touches no database. What it knows of a case is the fold of the events that
// its append activity returned, so replay never runs a rule.
package workflows

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// Names under which the shells are known to Temporal. They live as long as the longest
// case: never rename one.
const (
	CaseType      = "Case"
	CommandUpdate = "command"
	NudgeSignal   = "nudge"
	StateQuery    = "state"
	AppendName    = "Append"
	LoadName      = "Load"
	SendName      = "Send"

	PackageType       = "Package"
	MemberSignal      = "member"
	AppendPackageName = "AppendPackage"
	LoadPackageName   = "LoadPackage"
	AskMemberName     = "AskMember"
	TellPackageName   = "TellPackage"
	ProposeName       = "ProposePackage"
	TellOriginName    = "TellOrigin"
)

// CaseWorkflowID is the workflow id of a case.
func CaseWorkflowID(caseID string) string { return "case/" + caseID }

// CaseInput starts a run of a case's workflow.
type CaseInput struct {
	CaseID string `json:"caseId"`
	// State is carried over continue-as-new; a run without it loads the record first.
	State *casefile.State `json:"state,omitempty"`
	// MaxHistory makes the run continue as new at that many history events; 0 leaves it to
	// the server's suggestion. Tests set it.
	MaxHistory int `json:"maxHistory,omitempty"`
}

// CaseResult is what a finished run of a case leaves.
type CaseResult = Result

// Result is what a finished run leaves: enough to compare a replay with it.
type Result struct {
	Version int    `json:"version"`
	Digest  string `json:"digest"`
}

// CommandResult answers a command.
type CommandResult struct {
	// Version is the number of events after the command.
	Version int `json:"version"`
	// Duplicate says that the same request had been carried out before.
	Duplicate bool `json:"duplicate,omitempty"`
	// Refusal is why nothing was done.
	Refusal *casefile.Refusal `json:"refusal,omitempty"`
}

// AppendInput asks the record to decide and store.
type AppendInput struct {
	// Version is the number of events the shell has applied.
	Version int              `json:"version"`
	Command casefile.Command `json:"command"`
}

// SendInput asks another case what an errand of this one wants of it.
type SendInput struct {
	ErrandID string           `json:"errandId"`
	Command  casefile.Command `json:"command"`
}

// AppendStatus is what became of an append.
type AppendStatus string

// The append statuses.
const (
	// Appended: the events (possibly none) are stored.
	Appended AppendStatus = "APPENDED"
	// Adopt: the record was ahead of the shell; nothing was decided, apply these first.
	Adopt AppendStatus = "ADOPT"
	// Duplicate: the request was carried out before.
	Duplicate AppendStatus = "DUPLICATE"
	// Refused: the rules said no, nothing is stored.
	Refused AppendStatus = "REFUSED"
	// Behind: the record has fewer events than the shell applied, as after a restore from a
	// backup. The record is what counts: the shell takes it over anew.
	Behind AppendStatus = "BEHIND"
)

// AppendResult is what append stored or found of a case.
type AppendResult = Stored[casefile.Event]

// Stored is what append stored or found.
type Stored[E any] struct {
	Status  AppendStatus      `json:"status"`
	Events  []E               `json:"events,omitempty"`
	Version int               `json:"version"`
	Refusal *casefile.Refusal `json:"refusal,omitempty"`
}

// PackageWorkflowID is the workflow id of a leadership package.
func PackageWorkflowID(packageID string) string { return "package/" + packageID }

// PackageInput starts a run of a package's workflow; its fields are those of CaseInput.
type PackageInput struct {
	PackageID  string            `json:"packageId"`
	State      *leadership.State `json:"state,omitempty"`
	MaxHistory int               `json:"maxHistory,omitempty"`
}

// PackageAppendInput asks the record to decide and store.
type PackageAppendInput struct {
	Version int                `json:"version"`
	Command leadership.Command `json:"command"`
}

// PackageAppendResult is what append stored or found of a package.
type PackageAppendResult = Stored[leadership.Event]

// MemberQuestion asks a case to join a package, or to leave it. Intent is the number of the
// package's event that wants it, by which a repeated question is known.
type MemberQuestion struct {
	PackageID string `json:"packageId"`
	Number    string `json:"number"`
	CaseID    string `json:"caseId"`
	Intent    int    `json:"intent"`
	Leave     bool   `json:"leave,omitempty"`
}

// MemberAnswer is how the case stands after it, or why it refused.
type MemberAnswer struct {
	Standing casefile.Standing `json:"standing"`
	Refusal  *casefile.Refusal `json:"refusal,omitempty"`
}

// PackageNews is what a member case tells its package by itself.
type PackageNews struct {
	PackageID string            `json:"packageId"`
	Standing  casefile.Standing `json:"standing"`
}

// ProposeInput asks for the leadership package that an errand of a case wants.
type ProposeInput struct {
	ErrandID   string                   `json:"errandId"`
	RequestKey string                   `json:"requestKey"`
	Wanted     casefile.ProposedPackage `json:"wanted"`
}

// OriginNews is what a package tells the case that it was proposed for. Of is the number of
// the package's event, by which repeated news are known.
type OriginNews struct {
	CaseID string               `json:"caseId"`
	Of     int                  `json:"of"`
	News   casefile.NotePackage `json:"news"`
}

// Clocks of the shell itself.
const (
	// appendLocal bounds the quick attempt; while the record is away longer, an ordinary
	// activity waits for it without limit.
	appendLocal = 3 * time.Second
	// appendAttempt bounds one attempt of the ordinary activity.
	appendAttempt = 10 * time.Second
	// dealingAttempt bounds one attempt to reach another aggregate.
	dealingAttempt = 30 * time.Second
	// firstCommand is how long a run that has nothing to do waits for the command that
	// started it: update-with-start is not atomic, the update may never come.
	firstCommand = time.Minute
	// fruitless is the pause after a timer that found nothing due: the record's clock may
	// lag the server's a little.
	fruitless = time.Second
)
