package store

import (
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// placeRow is where a case or a package lies: its division, and those that this one lies in.
type placeRow struct {
	Division casefile.Division  `json:"division"`
	Province casefile.Division  `json:"province"`
	City     *casefile.Division `json:"city"`
	County   *casefile.Division `json:"county"`
	Township *casefile.Division `json:"township"`
	Village  *casefile.Division `json:"village"`
	Grid     *casefile.Division `json:"grid"`
}

const placeRowColumns = `
	division text, province text, city text, county text, township text, village text, grid text`

func placeRowOf(d casefile.Division) placeRow {
	level := func(l casefile.DivisionLevel) *casefile.Division { return textOrNull(d.At(l)) }
	return placeRow{
		d, d.At(casefile.LevelProvince), level(casefile.LevelCity), level(casefile.LevelCounty),
		level(casefile.LevelTownship), level(casefile.LevelVillage), level(casefile.LevelGrid),
	}
}

// taskRow is what a row of tasks and one of package_tasks have in common.
type taskRow struct {
	ID         string        `json:"id"`
	Kind       string        `json:"kind"`
	Inbox      string        `json:"inbox"`
	DeadlineID string        `json:"deadline_id"`
	DueAt      string        `json:"due_at"`
	Overdue    bool          `json:"overdue"`
	Body       casefile.Task `json:"body"`
}

const taskRowColumns = `
	id text, kind text, inbox text, deadline_id text, due_at timestamptz, overdue boolean, body jsonb`

// foldTask is the row of a task; deadlines are those of its case or package.
func foldTask(t casefile.Task, deadlines []casefile.Deadline) taskRow {
	row := taskRow{
		ID: t.ID, Kind: t.Kind, DeadlineID: t.DeadlineID, DueAt: dueOrNever(time.Time{}, false), Body: t,
		Inbox: granteeOf(casefile.Grant{PersonID: t.AssigneeID, Role: t.InboxRole, UnitID: t.InboxUnit}),
	}
	if i := slices.IndexFunc(deadlines, func(d casefile.Deadline) bool { return d.ID == t.DeadlineID }); i >= 0 {
		d := deadlines[i]
		row.DueAt, row.Overdue = dueOrNever(d.DueAt, true), d.Unmet() && d.Status == casefile.ClockMissed
	}
	return row
}

// orderRow is what a row of supervision_orders and one of package_orders have in common.
type orderRow struct {
	ID              string                     `json:"id"`
	DeadlineID      string                     `json:"deadline_id"`
	Level           casefile.DivisionLevel     `json:"level"`
	Status          casefile.SupervisionStatus `json:"status"`
	IssuedByUnitID  string                     `json:"issued_by_unit_id"`
	AddresseeUnitID string                     `json:"addressee_unit_id"`
	OpenedAt        instant                    `json:"opened_at"`
}

const orderRowColumns = `
	id text, deadline_id text, level text, status text, issued_by_unit_id text, addressee_unit_id text,
	opened_at timestamptz`

func foldOrder(o casefile.SupervisionOrder) orderRow {
	return orderRow{o.ID, o.DeadlineID, o.Level, o.Status, o.IssuedByUnitID, o.AddresseeUnitID, instantOf(o.OpenedAt)}
}

// granteeOf names whom a grant is given to.
func granteeOf(g casefile.Grant) string {
	if g.PersonID != "" {
		return personKey(g.PersonID)
	}
	return roleKey(g.Role, g.UnitID)
}
