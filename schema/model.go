package schema

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// Case is a case as one viewer sees it. Nested fields come from its folded state.
type Case struct {
	State casefile.State
	// ChainHash is the hash of its newest event.
	ChainHash string
	// WorksOn tells that the viewer works on the case and reads personal data unmasked.
	WorksOn bool
	// EndHeld says that its end is held back by what the viewer may not know of; no field
	// shows it.
	EndHeld bool
	// Whole asks the loader to fetch the case's main texts together with the first one
	// that is wanted: a mutation's payload is not resolved level by level.
	Whole bool
}

// Retaliation is what a report of retaliation says, as a case of its own.
type Retaliation struct {
	Case *Case
	casefile.Retaliation
}

// Claim is one thing asked for, readable or masked.
type Claim struct {
	ID     string
	Text   string
	Masked bool
}

// Party is somebody's part in a case with what the viewer may read of them.
type Party struct {
	CaseID string
	casefile.Party
	Name, IDNumber, Phone, Address string
	Masked                         bool
	Represented                    []Representative
}

// Representative speaks for a party.
type Representative struct {
	Kind        casefile.RepresentativeKind
	Name, Phone string
	Masked      bool
	Mandate     *Document // nil where none was attached
}

// Mediation, Session, Decision and FollowUp belong to a case whose viewer's rights they
// share.
type (
	// Mediation is one attempt to mediate.
	Mediation struct {
		Case *Case
		casefile.Mediation
	}
	// Session is one meeting of a mediation.
	Session struct {
		Case *Case
		casefile.Session
	}
	// Decision is a written opinion.
	Decision struct {
		Case *Case
		casefile.Decision
	}
	// FollowUp is one party's answer in the evaluation.
	FollowUp struct {
		Case *Case
		casefile.FollowUp
	}
	// Deferral is a case put off.
	Deferral struct {
		Case *Case
		casefile.Deferral
	}
	// Recommendation is what a mediation recommended to a unit.
	Recommendation struct {
		Case *Case
		casefile.Recommendation
	}
	// Document is a notice of the case, or a file that was attached to it, where Attached is set;
	// From is then the merged case that it was attached to, and empty for this one.
	Document struct {
		Case *Case
		casefile.Notice
		Attached *casefile.Document
		From     casefile.Elsewhere
	}
)

// Service is one service of a notice on a party.
type served struct {
	Case *Case
	casefile.Service
}

// Performance is a promise of an agreement.
type Performance struct {
	Case        *Case
	ID          string
	DueOn       string
	Amount      *int64
	What        string
	Paid        int64
	PerformedAt time.Time
	Records     []PerformanceRecord
	Clock       *Deadline
}

// PerformanceRecord is something performed of a promise.
type PerformanceRecord struct {
	Case *Case
	casefile.PerformanceMade
}

// ClaimOpinion is the result for one claim, with texts readable or masked.
type ClaimOpinion struct {
	Claim                      string
	Outcome                    casefile.DecisionOutcome
	Facts, Reasons, LegalBasis string
}

// Deadline is one clock of a case, or of a leadership package.
type Deadline struct {
	CaseID string
	casefile.Deadline
	// PackageID is set instead of CaseID where the clock is a package's.
	PackageID string
}

// SupervisionOrder chases the unit that missed a deadline. Missed is that deadline, Clocks
// are the order's own, Below is the unanswered order of the division below, if any.
type SupervisionOrder struct {
	CaseID string
	casefile.SupervisionOrder
	Missed *Deadline
	Clocks []*Deadline
	Below  *SupervisionOrder
	// PackageID and Package are set instead of CaseID where the deadline was a package's.
	PackageID string
	Package   *Package
}

// Task is one thing somebody has to do next. Clock is the deadline it runs against, if any.
type Task struct {
	CaseID string
	casefile.Task
	Clock *Deadline
	// PackageID is set instead of CaseID where a package wants it.
	PackageID string
	// Proposed is the package that the task of a case's leader is about; empty for none.
	Proposed string
}

// Event is one fact of the record of a case, or of a leadership package. Cursor continues
// the feed after it.
type Event struct {
	Case *Case
	casefile.Event
	// Package is set instead of Case where it is a package's; OfPackage then says what
	// happened, and Event has no body.
	Package   *Package
	OfPackage leadership.Body
	Hash      string
	Cursor    string
}

// EventText is one text that an event carries: where it stands ("reason", "claims.0.facts").
type EventText struct {
	Field  string
	Text   string
	Masked bool
}

// Snapshot is the case as it stood at an instant.
type Snapshot struct {
	At    time.Time
	State casefile.State
}

// Category is a matter from one of the two code lists.
type Category struct{ Code, Label, Parent string }

// Term is an enum's value with its label.
type Term struct{ Value, Label string }

// Counts are the numbers on a viewer's first page, each at most 10,000.
type Counts struct{ Inbox, Overdue, DueThisWeek, ProposedPackages int }

// Connection is one page of a list.
type Connection struct {
	Edges                []Edge
	HasNext, HasPrevious bool
	// Total yields how many there are in all as an int, or nil where that is too dear. It
	// is called only when asked for.
	Total Later
	// Reached is set where a search stopped before its page was full: the cursor from which the
	// list goes on, after the page or, read from the end, before it.
	Reached string
	// Backward says that the page was read from the end of the list.
	Backward bool
}

// Edge is one element of a page with the cursor that continues after it.
type Edge struct {
	Cursor string
	// Node is what Queries.Node may answer.
	Node any
}

// Statistics is a table of rows.
type Statistics struct {
	AsOf        time.Time
	RuleVersion string
	Rows        []StatisticsRow
}

// StatisticsRow counts one group.
type StatisticsRow struct {
	Key        []string
	Label      string
	Division   casefile.Division
	Counts     CountRow
	Indicators []Indicator
	// Durations answers []StageDuration.
	Durations Later
}

// StageDuration is how long the cases of a row stood in a stage that they left.
type StageDuration struct {
	Stage       casefile.Stage
	Median, P90 float64
	N           int64
}

// CountRow holds the counts of a row.
type CountRow struct{ Registered, Concluded, Closed, Open, Overdue, Deferred, People, AgreedAmount int64 }

// Indicator is a numerator over a denominator.
type Indicator struct {
	Code                   string
	Numerator, Denominator int64
	// Label is the indicator's name, Definition what is counted over what, in the language of
	// the request.
	Label, Definition string
}

// Rate is numerator over denominator, or nil where there is nothing to divide by.
func (i Indicator) Rate() any {
	if i.Denominator == 0 {
		return nil
	}
	return float64(i.Numerator) / float64(i.Denominator)
}

// CasePayload answers every mutation on a case.
type CasePayload struct {
	// Case is the case as it now is, or nil where there is none to show.
	Case             *Case
	UserErrors       []UserError
	ClientMutationID string
	// Registered says that the command was a registration.
	Registered bool
}

// DuplicateHint is an earlier case that is likely about the same matter.
type DuplicateHint struct {
	Case   *Case
	Score  float64
	Reason string
	Link   casefile.LinkKind
}

// UserError is why the rules refused.
type UserError struct {
	Code    casefile.RefusalCode
	Field   []string
	Message string
}
