package store

import (
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// table describes a read table whose rows are folded from a case. Rows travel as one JSON
// array a table, so that one statement writes any number of rows of any number of cases.
type table struct {
	name    string
	key     []string
	columns []column
}

type column struct{ name, sqlType string }

// columnsOf splits "name type, name type".
func columnsOf(list string) []column {
	var columns []column
	for _, item := range strings.Split(list, ",") {
		name, sqlType, _ := strings.Cut(strings.TrimSpace(item), " ")
		columns = append(columns, column{name, strings.TrimSpace(sqlType)})
	}
	return columns
}

func (t table) names(prefix string) string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = prefix + c.name
	}
	return strings.Join(names, ", ")
}

// rows is the JSON array of a parameter ("$1") as rows named r.
func (t table) rows(parameter string) string {
	typed := make([]string, len(t.columns))
	for i, c := range t.columns {
		typed[i] = c.name + " " + c.sqlType
	}
	return "jsonb_to_recordset(" + parameter + "::jsonb) as r (" + strings.Join(typed, ", ") + ")"
}

// onKey compares the key columns of two row names.
func (t table) onKey(a, b string) string {
	same := make([]string, len(t.key))
	for i, name := range t.key {
		same[i] = a + "." + name + " = " + b + "." + name
	}
	return strings.Join(same, " and ")
}

func (t table) setExcluded() string {
	var set []string
	for _, c := range t.columns {
		set = append(set, c.name+" = excluded."+c.name)
	}
	return strings.Join(set, ", ")
}

// insert adds rows ($1); a taken key is an error.
func (t table) insert() string {
	return "insert into " + t.name + " (" + t.names("") + ") select " + t.names("r.") + " from " + t.rows("$1")
}

// upsert adds or overwrites rows ($1).
func (t table) upsert() string {
	return t.insert() + " on conflict (" + strings.Join(t.key, ", ") + ") do update set " + t.setExcluded()
}

// update overwrites rows ($1) that are there.
func (t table) update() string {
	var set []string
	for _, c := range t.columns {
		set = append(set, c.name+" = r."+c.name)
	}
	return "update " + t.name + " t set " + strings.Join(set, ", ") + " from " + t.rows("$1") + " where " + t.onKey("r", "t")
}

// replace makes rows ($2) the only ones of some cases or packages ($1), and leaves alone what is so
// already.
func (t table) replace() string {
	return "with gone as (delete from " + t.name + " t where t." + t.key[0] + " = any($1::uuid[]) and not exists (select 1 from " +
		t.rows("$2") + " where " + t.onKey("r", "t") + ")) " +
		strings.ReplaceAll(t.upsert(), "$1", "$2") +
		" where (" + t.names(t.name+".") + ") is distinct from (" + t.names("excluded.") + ")"
}

// differing lists case_id and key of the rows that should be ($2) and are not, or are and
// should not be, for some cases ($1).
func (t table) differing() string {
	keys := strings.Join(t.key, ", ")
	should := "select " + t.names("r.") + " from " + t.rows("$2")
	are := "select " + t.names("t.") + " from " + t.name + " t where t." + t.key[0] + " = any($1::uuid[])"
	return "select distinct concat_ws(' ', " + keys + ") from ((" + should + " except " + are + ") union all (" + are + " except " + should + ")) d"
}

var (
	eventsTable   = table{"events", []string{"case_id", "seq"}, columnsOf("case_id uuid, " + eventRowColumns + ", touched integer[]")}
	requestsTable = table{"requests", []string{"case_id", "request_key"}, columnsOf(`
		case_id uuid, request_key text, input_digest text, first_seq integer, last_seq integer`)}
	casesTable = table{"cases", []string{"id"}, columnsOf(`
		id uuid, number text, ` + placeRowColumns + `,
		kind text, petition_type text, stage text, open boolean, outcome text, source text, category text,
		confidentiality text, risk text, scale text, urgent boolean, imported boolean, responsible_unit_id text,
		handler_id text, amount bigint, agreed_amount bigint, people integer, received_at timestamptz,
		registered_at timestamptz, accepted_at timestamptz, concluded_at timestamptz, concluded_on_time boolean,
		closed_at timestamptz, next_due_at timestamptz, overdue boolean, round integer, version integer,
		chain_hash text, directory_version bigint, repeats boolean, state text`)}
	externalIDsTable = table{"case_external_ids", []string{"system", "number"}, columnsOf(`
		system text, number text, case_id uuid`)}
	grantsTable = table{"case_grants", []string{"case_id", "grantee"}, columnsOf(`
		case_id uuid, grantee text, registered_at timestamptz, open boolean`)}
	exclusionsTable = table{"case_exclusions", []string{"case_id", "excluded"}, columnsOf(`case_id uuid, excluded text`)}
	heldEndsTable   = table{"held_ends", []string{"case_id", "held_case_id"}, columnsOf(`case_id uuid, held_case_id uuid`)}
	borrowedTable   = table{"borrowed_texts", []string{"case_id", "lender_id"}, columnsOf(`case_id uuid, lender_id uuid`)}
	deadlinesTable  = table{"deadlines", []string{"case_id", "id"}, columnsOf(`
		case_id uuid, id text, step text, statutory boolean, status text, due_at timestamptz, body jsonb,
		division text, unit text`)}
	tasksTable  = table{"tasks", []string{"case_id", "id"}, columnsOf("case_id uuid, " + taskRowColumns)}
	ordersTable = table{"supervision_orders", []string{"case_id", "id"}, columnsOf("case_id uuid, " + orderRowColumns + ", miss integer, division text, unit text")}
)

// The statements, built once: their texts are what Postgres plans are cached by.
var (
	insertEvents      = eventsTable.insert()
	insertRequests    = requestsTable.insert()
	insertExternalIDs = externalIDsTable.insert()
	upsertCases       = casesTable.upsert()
	replaceGrants     = grantsTable.replace()
	replaceExclusions = exclusionsTable.replace()
	replaceHeldEnds   = heldEndsTable.replace()
	replaceBorrowed   = borrowedTable.replace()
	replaceDeadlines  = deadlinesTable.replace()
	replaceTasks      = tasksTable.replace()
	replaceOrders     = ordersTable.replace()
)

func collectStrings(rows pgx.Rows) ([]string, error) {
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func validUUID(id string) bool { return len(id) == 36 && uuid.Validate(id) == nil }
