package store

import (
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
)

// packageRow is a row of packages: nothing but the fold, the chain and the directory's
// version.
type packageRow struct {
	ID     string                 `json:"id"`
	Number string                 `json:"number"`
	Status leadership.Status      `json:"status"`
	Open   bool                   `json:"open"`
	Level  casefile.DivisionLevel `json:"level"`
	placeRow
	LeaderID          *string          `json:"leader_id"`
	ResponsibleUnitID string           `json:"responsible_unit_id"`
	BegunAt           instant          `json:"begun_at"`
	OpenedAt          instant          `json:"opened_at"`
	StabilisedAt      instant          `json:"stabilised_at"`
	ResolvedAt        instant          `json:"resolved_at"`
	NextDueAt         string           `json:"next_due_at"`
	Overdue           bool             `json:"overdue"`
	Version           int              `json:"version"`
	ChainHash         string           `json:"chain_hash"`
	DirectoryVersion  int64            `json:"directory_version"`
	State             leadership.State `json:"state"`
}

func foldPackage(s leadership.State, chainHash string, directoryVersion int64) packageRow {
	next, waits := nextPackageDue(s)
	return packageRow{
		ID: s.ID, Number: s.Number, Status: s.Status, Open: !s.Status.Ended(), Level: s.Level, placeRow: placeRowOf(s.Division),
		LeaderID: textOrNull(s.LeaderID), ResponsibleUnitID: s.ResponsibleUnitID, BegunAt: instantOf(begunAt(s)),
		OpenedAt: instantOf(s.OpenedAt), StabilisedAt: instantOf(s.StabilisedAt), ResolvedAt: instantOf(s.ResolvedAt),
		NextDueAt: dueOrNever(next, waits), Overdue: packageOverdue(s), Version: s.Version,
		ChainHash: chainHash, DirectoryVersion: directoryVersion, State: s,
	}
}

// begunAt is when the package was proposed, or opened without.
func begunAt(s leadership.State) time.Time {
	if s.ProposedAt.IsZero() {
		return s.OpenedAt
	}
	return s.ProposedAt
}

func nextPackageDue(s leadership.State) (next time.Time, waits bool) {
	for _, d := range s.Deadlines {
		if d.Unmet() && !s.Status.Ended() && (!waits || d.DueAt.Before(next)) {
			next, waits = d.DueAt, true
		}
	}
	return next, waits
}

func packageOverdue(s leadership.State) bool {
	return !s.Status.Ended() && slices.ContainsFunc(s.Deadlines, func(d casefile.Deadline) bool {
		return d.Unmet() && d.Status == casefile.ClockMissed
	})
}

type memberRow struct {
	PackageID string                  `json:"package_id"`
	Place     int                     `json:"place"`
	CaseID    string                  `json:"case_id"`
	Status    leadership.MemberStatus `json:"status"`
	Holds     bool                    `json:"holds"`
	Open      bool                    `json:"open"`
	Concluded bool                    `json:"concluded"`
}

func foldMembers(s leadership.State) []memberRow {
	var rows []memberRow
	for i, m := range s.Members {
		inside := m.Status == leadership.Invited || m.Status == leadership.Joined || m.Status == leadership.Leaving
		rows = append(rows, memberRow{
			s.ID, i + 1, m.CaseID, m.Status, inside && s.Status.Holds(), m.Standing.Open, m.Standing.Concluded,
		})
	}
	return rows
}

type packageGrantRow struct {
	PackageID string `json:"package_id"`
	Grantee   string `json:"grantee"`
}

func foldPackageGrants(s leadership.State) []packageGrantRow {
	var rows []packageGrantRow
	for _, g := range leadership.Grants(s) {
		rows = append(rows, packageGrantRow{s.ID, granteeOf(g)})
	}
	return distinct(rows)
}

type packageOrderRow struct {
	PackageID string `json:"package_id"`
	orderRow
}

func foldPackageOrders(s leadership.State) []packageOrderRow {
	var rows []packageOrderRow
	for _, o := range s.Orders {
		rows = append(rows, packageOrderRow{s.ID, foldOrder(o.SupervisionOrder)})
	}
	return rows
}

type packageTaskRow struct {
	PackageID string `json:"package_id"`
	taskRow
}

func foldPackageTasks(s leadership.State, dir casefile.Directory) []packageTaskRow {
	var rows []packageTaskRow
	for _, t := range leadership.Tasks(s, dir) {
		rows = append(rows, packageTaskRow{s.ID, foldTask(t, s.Deadlines)})
	}
	return rows
}

// packageNumber writes the nth number of a division's packages of a year:
// "530402-L-2026-000012".
func packageNumber(division casefile.Division, year, n int) string {
	return fmt.Sprintf("%s-L-%04d-%06d", division, year, n)
}

// reservePackageNumber moves a series on by one and returns its number.
const reservePackageNumber = `
	insert into package_numbers as n (prefix, year, last) values ($1, $2, 1)
	on conflict (prefix, year) do update set last = n.last + 1
	returning last`

var (
	packageEventsTable   = table{"package_events", []string{"package_id", "seq"}, columnsOf("package_id uuid, " + eventRowColumns)}
	packageRequestsTable = table{"package_requests", []string{"package_id", "request_key"}, columnsOf(`
		package_id uuid, request_key text, input_digest text, first_seq integer, last_seq integer`)}
	packagesTable = table{"packages", []string{"id"}, columnsOf(`
		id uuid, number text, status text, open boolean, level text, ` + placeRowColumns + `,
		leader_id text, responsible_unit_id text, begun_at timestamptz,
		opened_at timestamptz, stabilised_at timestamptz, resolved_at timestamptz, next_due_at timestamptz,
		overdue boolean, version integer, chain_hash text, directory_version bigint, state jsonb`)}
	membersTable = table{"package_members", []string{"package_id", "place"}, columnsOf(`
		package_id uuid, place integer, case_id uuid, status text, holds boolean, open boolean, concluded boolean`)}
	packageGrantsTable = table{"package_grants", []string{"package_id", "grantee"}, columnsOf(`package_id uuid, grantee text`)}
	packageTasksTable  = table{"package_tasks", []string{"package_id", "id"}, columnsOf("package_id uuid, " + taskRowColumns)}
	packageOrdersTable = table{"package_orders", []string{"package_id", "id"}, columnsOf("package_id uuid, " + orderRowColumns)}

	insertPackageEvents   = packageEventsTable.insert()
	insertPackageRequests = packageRequestsTable.insert()
	upsertPackages        = packagesTable.upsert()
	replaceMembers        = membersTable.replace()
	replacePackageGrants  = packageGrantsTable.replace()
	replacePackageTasks   = packageTasksTable.replace()
	replacePackageOrders  = packageOrdersTable.replace()
)
