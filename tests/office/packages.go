package office

import (
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/store"
	"github.com/tiaochu/tiaochu/workflows"
)

// Leaders of the county, by what they do in the stories of the tests.
const (
	CountyLeader = "p-530402-leading-leader-1"
	CountyDeputy = "p-530402-leading-leader-2"
)

// NewPackageID makes an id for a package that doesn't exist yet.
func NewPackageID() string { return uuid.NewString() }

// CountyPackage is an opening of a package of the county's leader.
func (o *Office) CountyPackage(packageID string, caseIDs ...string) leadership.OpenPackage {
	o.t.Helper()
	return leadership.OpenPackage{Mandate: leadership.Mandate{
		Level: casefile.LevelCounty, LeaderID: CountyLeader, ResponsibleUnitID: "u-530402001-government",
		Title: o.Text(packageID, casefile.TextTitle, "通行权历史遗留问题"), Reason: o.Text(packageID, casefile.TextReason, "长期未决"),
	}, CaseIDs: caseIDs}
}

// PackageCommand is a person's command on a package with a request key of its own.
func (o *Office) PackageCommand(packageID, personID string, act leadership.Act) leadership.Command {
	o.t.Helper()
	return leadership.Command{
		PackageID: packageID, Actor: Actor(o.t, personID), Act: act,
		RequestKey: digest(uuid.NewString()), InputDigest: digest(leadership.ActName(act)), RequestID: uuid.NewString(),
	}
}

// DoPackage carries out a person's act on a package and wants it done.
func (o *Office) DoPackage(packageID, personID string, act leadership.Act) workflows.CommandResult {
	o.t.Helper()
	result, err := o.Sender.DoPackage(o.t.Context(), o.PackageCommand(packageID, personID, act))
	require.NoError(o.t, err)
	if result.Refusal != nil {
		require.FailNow(o.t, "refused", "%s: %v", leadership.ActName(act), result.Refusal)
	}
	return result
}

// Package is the record's state of a package.
func (o *Office) Package(packageID string) leadership.State {
	o.t.Helper()
	state, err := o.Store.PackageState(o.t.Context(), packageID)
	require.NoError(o.t, err)
	return state
}

// PackageEvents are all events of a package's record.
func (o *Office) PackageEvents(packageID string) []leadership.Event {
	o.t.Helper()
	page, err := o.Store.PackageTimeline(o.t.Context(), packageID, store.Page{First: 500})
	require.NoError(o.t, err)
	events := make([]leadership.Event, len(page.Rows))
	for i, row := range page.Rows {
		events[i] = row.Event
	}
	return events
}

// PackageShell is the state that the package's workflow holds, and false while it doesn't
// answer.
func (o *Office) PackageShell(packageID string) (leadership.State, bool) {
	var state leadership.State
	value, err := o.Temporal.QueryWorkflow(o.t.Context(), workflows.PackageWorkflowID(packageID), "", workflows.StateQuery)
	return state, err == nil && value.Get(&state) == nil
}
