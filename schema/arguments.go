package schema

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// PageArgs ask for one page: exactly one of First and Last, 1 to 100.
type PageArgs struct {
	First  *int    `json:"first"`
	After  *string `json:"after"`
	Last   *int    `json:"last"`
	Before *string `json:"before"`
}

// CasesArgs are the arguments of Query.cases.
type CasesArgs struct {
	PageArgs
	Filter  CaseFilter `json:"filter"`
	OrderBy string     `json:"orderBy"`
}

// CaseFilter narrows a list of cases; what is empty narrows nothing.
type CaseFilter struct {
	Kind          casefile.Kind         `json:"kind"`
	PetitionType  casefile.PetitionType `json:"petitionType"`
	Stage         []casefile.Stage      `json:"stage"`
	Open          *bool                 `json:"open"`
	Overdue       *bool                 `json:"overdue"`
	Urgent        *bool                 `json:"urgent"`
	Repeat        *bool                 `json:"repeat"`
	Division      casefile.Division     `json:"division"`
	UnitID        string                `json:"unitId"`
	HandlerID     string                `json:"handlerId"`
	Source        casefile.Source       `json:"source"`
	Category      string                `json:"category"`
	Risk          casefile.Risk         `json:"risk"`
	ReceivedFrom  string                `json:"receivedFrom"`
	ReceivedTo    string                `json:"receivedTo"`
	ConcludedFrom string                `json:"concludedFrom"`
	ConcludedTo   string                `json:"concludedTo"`
	DueBefore     time.Time             `json:"dueBefore"`
	// Text is nil where nothing is searched for: an empty text is a mistake.
	Text *string `json:"text"`
}

// InboxArgs are the arguments of Query.inbox.
type InboxArgs struct {
	PageArgs
	Filter TaskFilter `json:"filter"`
}

// TaskFilter narrows a list of tasks.
type TaskFilter struct {
	Kind    string `json:"kind"`
	Overdue *bool  `json:"overdue"`
	Mine    *bool  `json:"mine"`
}

// DeadlinesArgs are the arguments of Query.deadlines.
type DeadlinesArgs struct {
	PageArgs
	Filter DeadlineFilter `json:"filter"`
}

// DeadlineFilter narrows a list of deadlines.
type DeadlineFilter struct {
	Status    []casefile.DeadlineStatus `json:"status"`
	DueFrom   time.Time                 `json:"dueFrom"`
	DueTo     time.Time                 `json:"dueTo"`
	Statutory *bool                     `json:"statutory"`
	Division  casefile.Division         `json:"division"`
}

// SupervisionOrdersArgs are the arguments of Query.supervisionOrders.
type SupervisionOrdersArgs struct {
	PageArgs
	Filter SupervisionFilter `json:"filter"`
}

// SupervisionFilter narrows a list of supervision orders.
type SupervisionFilter struct {
	Status   []casefile.SupervisionStatus `json:"status"`
	Division casefile.Division            `json:"division"`
	Level    casefile.DivisionLevel       `json:"level"`
}

// StatisticsInput asks for a table; From and To are days, both included.
type StatisticsInput struct {
	Division casefile.Division      `json:"division"`
	From     string                 `json:"from"`
	To       string                 `json:"to"`
	Basis    string                 `json:"basis"`
	Kind     casefile.Kind          `json:"kind"`
	Level    casefile.DivisionLevel `json:"level"`
	GroupBy  []string               `json:"groupBy"`
}

// CategoriesArgs are the arguments of Query.categories.
type CategoriesArgs struct {
	Kind     casefile.Kind     `json:"kind"`
	Parent   *string           `json:"parent"`
	Language casefile.Language `json:"language"`
}

// UnitsArgs are the arguments of Query.units.
type UnitsArgs struct {
	PageArgs
	Division casefile.Division `json:"division"`
	Kind     casefile.UnitKind `json:"kind"`
}

// AsOfArgs are the arguments of Case.asOf.
type AsOfArgs struct {
	At time.Time `json:"at"`
}

type idArgs struct {
	ID string `json:"id"`
}

type idsArgs struct {
	IDs []string `json:"ids"`
}

type numberArgs struct {
	Number string `json:"number"`
}

type statisticsArgs struct {
	Input StatisticsInput `json:"input"`
}

type termsArgs struct {
	EnumName string            `json:"enumName"`
	Language casefile.Language `json:"language"`
}

type divisionsArgs struct {
	Parent casefile.Division `json:"parent"`
}

type languageArgs struct {
	Language casefile.Language `json:"language"`
}

type roleArgs struct {
	Role casefile.Role `json:"role"`
}

type statusArgs struct {
	Status []casefile.DeadlineStatus `json:"status"`
}
