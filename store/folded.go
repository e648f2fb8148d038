package store

import (
	"slices"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// instant is a time in a row; nil is null.
type instant = *time.Time

func instantOf(t time.Time) instant {
	if t.IsZero() {
		return nil
	}
	t = casefile.Instant(t)
	return &t
}

// dueOrNever is a due instant as text; "infinity" where no clock waits.
func dueOrNever(t time.Time, ok bool) string {
	if !ok {
		return "infinity"
	}
	return casefile.Instant(t).Format(time.RFC3339Nano)
}

// textOrNull is a text in a row; nil is null.
func textOrNull[T ~string](s T) *T {
	if s == "" {
		return nil
	}
	return &s
}

// caseRow is a row of cases: nothing but the fold, the chain and the directory's version.
type caseRow struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	placeRow
	Kind              casefile.Kind            `json:"kind"`
	PetitionType      *casefile.PetitionType   `json:"petition_type"`
	Stage             casefile.Stage           `json:"stage"`
	Open              bool                     `json:"open"`
	Outcome           *casefile.Outcome        `json:"outcome"`
	Source            casefile.Source          `json:"source"`
	Category          string                   `json:"category"`
	Confidentiality   casefile.Confidentiality `json:"confidentiality"`
	Risk              *casefile.Risk           `json:"risk"`
	Scale             casefile.Scale           `json:"scale"`
	Urgent            bool                     `json:"urgent"`
	Imported          bool                     `json:"imported"`
	ResponsibleUnitID string                   `json:"responsible_unit_id"`
	HandlerID         *string                  `json:"handler_id"`
	Amount            *int64                   `json:"amount"`
	AgreedAmount      int64                    `json:"agreed_amount"`
	People            int                      `json:"people"`
	ReceivedAt        instant                  `json:"received_at"`
	RegisteredAt      instant                  `json:"registered_at"`
	AcceptedAt        instant                  `json:"accepted_at"`
	ConcludedAt       instant                  `json:"concluded_at"`
	ConcludedOnTime   *bool                    `json:"concluded_on_time"`
	ClosedAt          instant                  `json:"closed_at"`
	NextDueAt         string                   `json:"next_due_at"`
	Overdue           bool                     `json:"overdue"`
	Round             int                      `json:"round"`
	Version           int                      `json:"version"`
	ChainHash         string                   `json:"chain_hash"`
	DirectoryVersion  int64                    `json:"directory_version"`
	Repeats           bool                     `json:"repeats"`
	State             casefile.State           `json:"state"`
}

func foldCase(s casefile.State, chainHash string, directoryVersion int64) caseRow {
	next, waits := nextDue(s)
	return caseRow{
		ID: s.ID, Number: s.Number, placeRow: placeRowOf(s.Division),
		Kind: s.Kind, PetitionType: textOrNull(s.PetitionType), Stage: s.Stage, Open: s.Stage.Open(),
		Outcome: textOrNull(s.Outcome), Source: s.Source, Category: s.Category,
		Confidentiality: s.Confidentiality, Risk: textOrNull(s.Risk), Scale: s.Scale, Urgent: s.Urgent,
		Imported: s.Imported, ResponsibleUnitID: s.ResponsibleUnitID, HandlerID: textOrNull(s.HandlerID),
		Amount: s.Amount, AgreedAmount: agreedAmount(s), People: s.People(),
		ReceivedAt: instantOf(s.ReceivedAt), RegisteredAt: instantOf(s.RegisteredAt),
		AcceptedAt: instantOf(s.AcceptedAt), ConcludedAt: instantOf(s.ConcludedAt),
		ConcludedOnTime: s.ConcludedOnTime, ClosedAt: instantOf(s.ClosedAt),
		NextDueAt: dueOrNever(next, waits), Overdue: s.Overdue(), Round: s.Round, Version: s.Version,
		ChainHash: chainHash, DirectoryVersion: directoryVersion, Repeats: s.Repeats(), State: s,
	}
}

// nextDue is the earliest due instant of an open case's clocks that run or were missed and
// still wait for their act.
func nextDue(s casefile.State) (next time.Time, waits bool) {
	if !s.Stage.Open() {
		return time.Time{}, false
	}
	for _, d := range s.Deadlines {
		if d.Unmet() && d.OfOffice() && d.Status != casefile.ClockPaused && (!waits || d.DueAt.Before(next)) {
			next, waits = d.DueAt, true
		}
	}
	return next, waits
}

func agreedAmount(s casefile.State) int64 {
	var sum int64
	for _, m := range s.Mediations {
		if m.AgreedAmount != nil {
			sum += *m.AgreedAmount
		}
	}
	return sum
}

type externalIDRow struct {
	System string `json:"system"`
	Number string `json:"number"`
	CaseID string `json:"case_id"`
}

// foldExternalIDs lists a case's numbers in other systems, in an order that keeps two
// registrations with the same ones from waiting for each other.
func foldExternalIDs(s casefile.State) []externalIDRow {
	var rows []externalIDRow
	for _, id := range s.ExternalIDs {
		rows = append(rows, externalIDRow{id.System, id.Number, s.ID})
	}
	slices.SortFunc(rows, func(a, b externalIDRow) int {
		if a.System != b.System {
			return strings.Compare(a.System, b.System)
		}
		return strings.Compare(a.Number, b.Number)
	})
	return slices.Compact(rows)
}

type grantRow struct {
	CaseID       string    `json:"case_id"`
	Grantee      string    `json:"grantee"`
	RegisteredAt time.Time `json:"registered_at"`
	Open         bool      `json:"open"`
}

func foldGrants(s casefile.State, dir casefile.Directory) []grantRow {
	var rows []grantRow
	for _, g := range casefile.Grants(s, dir) {
		rows = append(rows, grantRow{s.ID, granteeOf(g), casefile.Instant(s.RegisteredAt), s.Stage.Open()})
	}
	return distinct(rows)
}

// personKey names a person in case_grants, case_exclusions and tasks.
func personKey(id string) string { return "person/" + id }

// roleKey names the holders of a role at a unit.
func roleKey(role casefile.Role, unitID string) string { return string(role) + "@" + unitID }

type exclusionRow struct {
	CaseID   string `json:"case_id"`
	Excluded string `json:"excluded"`
}

func foldExclusions(s casefile.State) []exclusionRow {
	var rows []exclusionRow
	for _, x := range s.Exclusions {
		if x.PersonID != "" {
			rows = append(rows, exclusionRow{s.ID, personKey(x.PersonID)})
		}
		if x.MembersOf != "" {
			rows = append(rows, exclusionRow{s.ID, membersKey(x.MembersOf)})
		}
		if x.LeadersOver != "" {
			rows = append(rows, exclusionRow{s.ID, leadersKey(x.LeadersOver)})
		}
	}
	return distinct(rows)
}

type heldEndRow struct {
	CaseID     string `json:"case_id"`
	HeldCaseID string `json:"held_case_id"`
}

func foldHeldEnds(s casefile.State) []heldEndRow {
	var rows []heldEndRow
	for _, id := range casefile.HoldsEndOf(s) {
		rows = append(rows, heldEndRow{s.ID, id})
	}
	return distinct(rows)
}

func membersKey(unitID string) string { return "members/" + unitID }
func leadersKey(unitID string) string { return "leaders/" + unitID }

type deadlineRow struct {
	CaseID    string                  `json:"case_id"`
	ID        string                  `json:"id"`
	Step      string                  `json:"step"`
	Statutory bool                    `json:"statutory"`
	Status    casefile.DeadlineStatus `json:"status"`
	DueAt     instant                 `json:"due_at"`
	Body      casefile.Deadline       `json:"body"`
	// Division and Unit are the case's, so that a list finds the rows of a place.
	Division casefile.Division `json:"division"`
	Unit     string            `json:"unit"`
}

func foldDeadlines(s casefile.State) []deadlineRow {
	var rows []deadlineRow
	for _, d := range s.Deadlines {
		rows = append(rows, deadlineRow{s.ID, d.ID, d.Step, d.Statutory, d.Status, instantOf(d.DueAt), d, s.Division, s.ResponsibleUnitID})
	}
	return rows
}

type caseTaskRow struct {
	CaseID string `json:"case_id"`
	taskRow
}

func foldTasks(s casefile.State, dir casefile.Directory) []caseTaskRow {
	var rows []caseTaskRow
	for _, t := range casefile.Tasks(s, dir) {
		rows = append(rows, caseTaskRow{s.ID, foldTask(t, s.Deadlines)})
	}
	return rows
}

type caseOrderRow struct {
	CaseID string `json:"case_id"`
	orderRow
	Miss     int               `json:"miss"`
	Division casefile.Division `json:"division"` // this and Unit are the case's
	Unit     string            `json:"unit"`
}

func foldOrders(s casefile.State) []caseOrderRow {
	var rows []caseOrderRow
	for _, o := range s.Orders {
		rows = append(rows, caseOrderRow{s.ID, foldOrder(o), o.Miss, s.Division, s.ResponsibleUnitID})
	}
	return rows
}

// distinct sorts out repeated rows and keeps the first of each.
func distinct[T comparable](rows []T) []T {
	seen := make(map[T]bool, len(rows))
	return slices.DeleteFunc(rows, func(row T) bool {
		again := seen[row]
		seen[row] = true
		return again
	})
}
