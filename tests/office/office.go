// Package office is one mediation centre for tests: the real Postgres and Temporal of the
// embedded stack, a worker and a sender of commands, without HTTP.
package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/go-hclog"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/activities"
	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/stack/stacktest"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/worker"
	"github.com/tiaochu/tiaochu/workflows"
)

// Options change an office from the usual.
type Options struct {
	// MaxHistory makes cases continue as new at that many history events.
	MaxHistory int
	// Record stands between the activities and the store.
	Record func(activities.Record) activities.Record
	// PackageRecord stands between the activities of packages and the store.
	PackageRecord func(activities.PackageRecord) activities.PackageRecord
	// Dealings stand between the activities of packages and the sender.
	Dealings func(activities.Dealings) activities.Dealings
	// Now is the office's clock.
	Now func() time.Time
	// NoWorker leaves the worker to the test.
	NoWorker bool
	// CommandTimeout bounds a command; 0 is a minute, so that a busy machine fails no test.
	CommandTimeout time.Duration
	// Patience is the sender's with workflows that don't answer; 0 leaves every command to them.
	Patience time.Duration
	// Asked stands between the sender and the record.
	Asked func(command.Record) command.Record
	// TemporalOptions of the client.
	TemporalOptions client.Options
}

// Office is one test's centre.
type Office struct {
	Place    *stacktest.Place
	Store    *store.Store
	Temporal client.Client
	Sender   *command.Sender
	KeyFile  string

	t       testing.TB
	options Options
	worker  *worker.Worker
}

// Open sets up an office in a place.
func Open(t testing.TB, place *stacktest.Place, options Options) *Office {
	t.Helper()
	ctx := t.Context()
	require.NoError(t, store.Migrate(ctx, place.PostgresURL, hclog.NewNullLogger()))
	if options.CommandTimeout == 0 {
		options.CommandTimeout = time.Minute
	}
	o := &Office{t: t, Place: place, options: options, KeyFile: filepath.Join(t.TempDir(), "master.key")}
	o.Temporal = place.Dial(t, options.TemporalOptions)
	o.openRecord(place.PostgresURL)
	t.Cleanup(func() { o.Store.Close() })
	set := directory.DevelopmentEntries()
	_, err := o.Store.SeedDirectory(ctx, set, false)
	require.NoError(t, err)
	if !options.NoWorker {
		o.StartWorker()
		t.Cleanup(o.StopWorker)
	}
	return o
}

// openRecord opens the record at a URL, and a sender on it.
func (o *Office) openRecord(url string) {
	o.t.Helper()
	var err error
	o.Store, err = store.Open(context.Background(), store.Options{
		URL: url, PoolSize: 12, Keys: store.FileKeySource(o.KeyFile), Logger: hclog.NewNullLogger(),
	})
	require.NoError(o.t, err)
	var asked command.Record = o.Store
	if o.options.Asked != nil {
		asked = o.options.Asked(asked)
	}
	o.Sender = command.New(command.Options{
		Temporal: o.Temporal, Record: asked, TaskQueue: o.Place.TaskQueue, Timeout: o.options.CommandTimeout,
		Patience: o.options.Patience, Now: o.options.Now, Logger: hclog.NewNullLogger(), MaxHistory: o.options.MaxHistory,
	})
}

// Restore goes on with the record in another database; worker and sender are started anew.
func (o *Office) Restore(url string) {
	o.t.Helper()
	o.StopWorker()
	o.Store.Close()
	o.openRecord(url)
	o.StartWorker()
}

// StartWorker starts the office's worker.
func (o *Office) StartWorker() {
	o.t.Helper()
	var record activities.Record = o.Store
	if o.options.Record != nil {
		record = o.options.Record(record)
	}
	started, err := worker.Start(context.Background(), worker.Options{
		Client: o.Temporal, TaskQueue: o.Place.TaskQueue, Activities: activities.New(record, o.options.Now).Through(o.Sender),
		Packages: activities.NewPackages(o.packageRecord(), o.dealings(), o.options.Now),
		BuildID:  "test", MakeCurrent: true, Logger: hclog.NewNullLogger(),
	})
	require.NoError(o.t, err)
	o.worker = started
}

func (o *Office) packageRecord() activities.PackageRecord {
	if o.options.PackageRecord != nil {
		return o.options.PackageRecord(o.Store)
	}
	return o.Store
}

func (o *Office) dealings() activities.Dealings {
	if o.options.Dealings != nil {
		return o.options.Dealings(o.Sender)
	}
	return o.Sender
}

// StopWorker stops it.
func (o *Office) StopWorker() {
	if o.worker != nil {
		o.worker.Stop()
		o.worker = nil
	}
}

// People of the county's centre, by what they do in the stories of the tests.
const (
	Clerk        = "p-530402-center-clerk-1"
	OtherClerk   = "p-530402-center-clerk-2"
	Investigator = "p-530402-center-investigator-1"
	Mediator     = "p-530402-center-mediator-1"
	Manager      = "p-530402-center-manager-1"
	Leader       = "p-530402-center-leader-1"
)

// Actor is a person in their first role.
func Actor(t testing.TB, personID string) casefile.Actor {
	t.Helper()
	people := directory.Development()
	person, ok := people.Person(personID)
	require.True(t, ok, "no development person %s", personID)
	unit, ok := people.Unit(person.Roles[0].UnitID)
	require.True(t, ok)
	return casefile.Actor{
		PersonID: personID, Role: person.Roles[0].Role, UnitID: unit.ID, Division: unit.Division, UnitKind: unit.Kind,
	}
}

// NewCaseID makes an id for a case that doesn't exist yet.
func NewCaseID() string { return uuid.NewString() }

// Text stores a text of a case and returns its id.
func (o *Office) Text(caseID string, kind casefile.TextKind, value string) casefile.TextID {
	o.t.Helper()
	id := store.NewTextID()
	require.NoError(o.t, o.Store.PutTexts(o.t.Context(), caseID, []store.Text{{ID: id, Kind: kind, Value: value}}))
	return id
}

// Dispute is a registration between two neighbours.
func (o *Office) Dispute(caseID string) casefile.RegisterCase {
	o.t.Helper()
	return casefile.RegisterCase{
		Kind: casefile.Dispute, Source: casefile.SourceWalkIn, Division: "530402001", Category: "D-NEIGHBOUR",
		Title:     o.Text(caseID, "TITLE", "邻里通行权争议"),
		Narrative: o.Text(caseID, "NARRATIVE", "李明诉称邻居王强堵塞公共通道"),
		Parties: []casefile.Party{
			{ID: "P1", Role: casefile.PartyApplicant, Kind: casefile.NaturalPerson, Named: true, Content: o.Text(caseID, "PARTY", `{"name":"李明","phone":"13800138000"}`)},
			{ID: "P2", Role: casefile.PartyRespondent, Kind: casefile.NaturalPerson, Named: true, Content: o.Text(caseID, "PARTY", `{"name":"王强"}`)},
		},
	}
}

// Command is a person's command with a request key of its own.
func (o *Office) Command(caseID, personID string, act casefile.Act) casefile.Command {
	o.t.Helper()
	return casefile.Command{
		CaseID: caseID, Actor: Actor(o.t, personID), Act: act,
		RequestKey: digest(uuid.NewString()), InputDigest: digest(casefile.ActName(act)), RequestID: uuid.NewString(),
	}
}

func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:])
}

// Do carries out a person's act and wants it done.
func (o *Office) Do(caseID, personID string, act casefile.Act) workflows.CommandResult {
	o.t.Helper()
	result := o.Try(caseID, personID, act)
	if result.Refusal != nil {
		require.FailNow(o.t, "refused", "%s: %v", casefile.ActName(act), result.Refusal)
	}
	return result
}

// Try carries out a person's act and returns what became of it.
func (o *Office) Try(caseID, personID string, act casefile.Act) workflows.CommandResult {
	o.t.Helper()
	result, err := o.Sender.Do(o.t.Context(), o.Command(caseID, personID, act))
	require.NoError(o.t, err)
	return result
}

// State is the record's state of a case.
func (o *Office) State(caseID string) casefile.State {
	o.t.Helper()
	state, err := o.Store.State(o.t.Context(), caseID)
	require.NoError(o.t, err)
	return state
}

// Shell is the state that the case's workflow holds.
func (o *Office) Shell(caseID string) casefile.State {
	o.t.Helper()
	value, err := o.Temporal.QueryWorkflow(o.t.Context(), workflows.CaseWorkflowID(caseID), "", workflows.StateQuery)
	require.NoError(o.t, err)
	var state casefile.State
	require.NoError(o.t, value.Get(&state))
	return state
}

// Events are all events of a case's record.
func (o *Office) Events(caseID string) []casefile.Event {
	o.t.Helper()
	events, err := o.Store.Events(o.t.Context(), caseID, 0, 10_000)
	require.NoError(o.t, err)
	return events
}
