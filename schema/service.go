package schema

import (
	"context"

	"github.com/tiaochu/tiaochu/casefile"
)

// Later is the answer of a load that has been asked for but not awaited. graphql-go calls
// it when the level above is complete, so that one batch serves a whole level.
type Later = func() (any, error)

// Service answers the queries and carries out the commands. Every method takes the signed-in
// viewer, the language and the loaders of the request from its context, and shows nothing
// that the viewer may not see: what is hidden is absent (nil), never an error.
//
// Errors are the protocol's (not signed in, bad input, unavailable) or internal; what the
// rules refuse is in a payload's UserErrors.
type Service interface {
	Queries
	CaseEdges
	PackageEdges
	RecordEdges
	DirectoryEdges
	Administration
	Subscriptions
	// Command carries out the mutation of that name.
	Command(ctx context.Context, mutation string, input Input) (*CasePayload, error)
	// RevealPersonalData carries out revealPersonalData.
	RevealPersonalData(ctx context.Context, input RevealPersonalDataInput) (*RevealPayload, error)
	// PackageCommand carries out the mutation of that name on a leadership package.
	PackageCommand(ctx context.Context, mutation string, input PackageInput) (*PackagePayload, error)
}

// PackageEdges are the queries of leadership packages and the fields of Package that need a
// load or the viewer's rights.
type PackageEdges interface {
	PackageByNumber(ctx context.Context, number string) (*Package, error)
	Packages(ctx context.Context, args PackagesArgs) (*Connection, error)
	// Leads are the open packages that the viewer leads.
	Leads(ctx context.Context) ([]*Package, error)
	// PackageOf yields the *Package of that id, or nil where there is none or it is hidden.
	PackageOf(ctx context.Context, packageID string) Later
	// PackageText yields a text of the package, masked unless the viewer works on it; nil for
	// none.
	PackageText(ctx context.Context, p *Package, id casefile.TextID) Later
	PackageTitle(ctx context.Context, p *Package) Later                                  // string
	PackageCases(ctx context.Context, p *Package, page PageArgs) (*Connection, error)    // of *Case
	OverdueMembers(ctx context.Context, p *Package) Later                                // int
	PackageTasks(ctx context.Context, p *Package) (any, error)                           // []*Task
	PackageTimeline(ctx context.Context, p *Package, page PageArgs) (*Connection, error) // of *Event
	PackageCommands(ctx context.Context, p *Package) ([]string, error)                   // mutations
}

// Queries are the fields of Query.
type Queries interface {
	// Viewer is the signed-in person.
	Viewer(ctx context.Context) (casefile.Person, error)
	// Node answers a *Case, *Party, *Dispatch, *Referral, *Mediation, *Session, *Decision, *FollowUp, *Document,
	// *Deadline, *SupervisionOrder, *Task, *Event, *Procedure, *Package, casefile.Person or
	// casefile.Unit; nil where there is none or it is hidden. The answer may be a Later.
	Node(ctx context.Context, id string) (any, error)
	// Nodes answers each id as Node does, in the same order.
	Nodes(ctx context.Context, ids []string) ([]any, error)
	CaseByNumber(ctx context.Context, number string) (*Case, error)
	Cases(ctx context.Context, args CasesArgs) (*Connection, error)
	Inbox(ctx context.Context, args InboxArgs) (*Connection, error)
	Deadlines(ctx context.Context, args DeadlinesArgs) (*Connection, error)
	SupervisionOrders(ctx context.Context, args SupervisionOrdersArgs) (*Connection, error)
	Statistics(ctx context.Context, input StatisticsInput) (*Statistics, error)
	// Procedures are the procedures that hold on a day, by code.
	Procedures(ctx context.Context, args ProceduresArgs) ([]*Procedure, error)
	Categories(ctx context.Context, args CategoriesArgs) ([]Category, error)
	Terms(ctx context.Context, enumName string, language casefile.Language) ([]Term, error)
	Divisions(ctx context.Context, parent casefile.Division) ([]casefile.DivisionInfo, error)
	Units(ctx context.Context, args UnitsArgs) (*Connection, error)
	// AuditTrail lists *AuditEntry.
	AuditTrail(ctx context.Context, args AuditTrailArgs) (*Connection, error)
	// Counts are the numbers on the viewer's first page; the answer may be a Later.
	Counts(ctx context.Context) (any, error)
}

// CaseEdges are the fields of Case that need a load or the viewer's rights. What each
// Later yields is told beside it.
type CaseEdges interface {
	Title(ctx context.Context, c *Case) Later                   // string or nil
	Narrative(ctx context.Context, c *Case) Later               // string or nil
	OccurrenceAddress(ctx context.Context, c *Case) Later       // string or nil
	Claims(ctx context.Context, c *Case) Later                  // []Claim
	Parties(ctx context.Context, c *Case) Later                 // []*Party
	Documents(ctx context.Context, c *Case) Later               // []*Document
	Tasks(ctx context.Context, c *Case) Later                   // []*Task
	Timeline(ctx context.Context, c *Case, page PageArgs) Later // *Connection of *Event
	Snapshot(ctx context.Context, c *Case, args AsOfArgs) (*Snapshot, error)
	// RetaliationMeasures yields what was done about a report of retaliation, masked unless the
	// viewer works on it.
	RetaliationMeasures(ctx context.Context, r *Retaliation) Later
	AllowedCommands(ctx context.Context, c *Case) ([]string, error)
	// LikelyDuplicates are the cases, of those that the viewer sees, that are likely about the
	// same matter, the likeliest first.
	LikelyDuplicates(ctx context.Context, c *Case) ([]*DuplicateHint, error)
	// ProcedureOf is the *Procedure that the case follows; nil before its acceptance.
	ProcedureOf(ctx context.Context, c *Case) (any, error)
}

// RecordEdges are the loaded fields of what belongs to a case.
type RecordEdges interface {
	// CaseOf yields the *Case of that id, or nil where it is hidden.
	CaseOf(ctx context.Context, caseID string) Later
	// TextOf yields a text of the case of that id, masked unless the viewer works on it.
	TextOf(ctx context.Context, caseID string, id casefile.TextID) Later
	Performance(ctx context.Context, m *Mediation) Later        // []Performance
	Agreement(ctx context.Context, m *Mediation) Later          // string or nil
	SessionPlace(ctx context.Context, s *Session) Later         // string or nil
	SessionMinutes(ctx context.Context, s *Session) Later       // string or nil
	Opinions(ctx context.Context, d *Decision) Later            // []ClaimOpinion
	DeferralReason(ctx context.Context, d *Deferral) Later      // string or nil
	FollowUpComment(ctx context.Context, f *FollowUp) Later     // string or nil
	PartyOf(ctx context.Context, c *Case, partyID string) Later // *Party or nil
	Recomputing(ctx context.Context, d *Deadline) Later         // bool
	// Remedy is what a notice says of the remedy; empty where there is none.
	Remedy(ctx context.Context, d *Document, language casefile.Language) (string, error)
	// DocumentTitle yields an attached file's title, masked unless the viewer works on the case.
	DocumentTitle(ctx context.Context, d *Document) Later // string
	// DocumentSize is how many bytes a document's body has.
	DocumentSize(ctx context.Context, d *Document) (int64, error)
	DocumentSHA256(ctx context.Context, d *Document) Later // string or nil
	EventTexts(ctx context.Context, e *Event) Later        // []EventText
	Sentence(ctx context.Context, e *Event, language casefile.Language) Later
	// Links are the links that the viewer may know of, as []*CaseLink.
	Links(ctx context.Context, c *Case) Later
	// OtherNumber is the number of a case that something else names; nil where the viewer may not
	// know of it. worksOn says that they work on what names it.
	OtherNumber(ctx context.Context, other casefile.OtherCase, worksOn bool) Later
}

// DirectoryEdges answer people and units from the snapshot of the request. They ask no
// database.
type DirectoryEdges interface {
	// Person and Unit answer nil for an empty or unknown id.
	Person(ctx context.Context, id string) (any, error)
	Unit(ctx context.Context, id string) (any, error)
	// PeopleAt lists who holds a role at a unit, or any role where it is empty.
	PeopleAt(ctx context.Context, unitID string, role casefile.Role) ([]casefile.Person, error)
}

// Subscriptions open the streams of Subscription's fields.
type Subscriptions interface {
	CaseChanged(ctx context.Context, id string) (Stream, error)    // of *Event
	PackageChanged(ctx context.Context, id string) (Stream, error) // of *Event
	InboxChanged(ctx context.Context) (Stream, error)              // of *TaskChange
	Events(ctx context.Context, args EventsArgs) (Stream, error)   // of *Event
	// TaskOf yields the *Task of a change, or nil where it is gone meanwhile.
	TaskOf(ctx context.Context, change *TaskChange) Later
}
