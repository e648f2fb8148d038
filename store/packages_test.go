package store

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/directory"
)

// personAs is a development person in their first role.
func personAs(t testing.TB, id string) casefile.Actor {
	t.Helper()
	dir := directory.Development()
	person, ok := dir.Person(id)
	require.True(t, ok, id)
	unit, _ := dir.Unit(person.Roles[0].UnitID)
	return casefile.Actor{PersonID: id, Role: person.Roles[0].Role, UnitID: unit.ID, Division: unit.Division, UnitKind: unit.Kind}
}

// opening is a complete opening of a package whose texts are stored.
func opening(t testing.TB, s *Store, caseIDs ...string) leadership.Command {
	t.Helper()
	id := uuid.NewString()
	ids := putTexts(t, s, id, "某小区历史遗留问题包案", "长期未决")
	return leadership.Command{
		PackageID: id, RequestKey: "key-" + id, InputDigest: "digest", RequestID: "test", Actor: personAs(t, "p-530402-center-manager-1"),
		Act: leadership.OpenPackage{Mandate: leadership.Mandate{
			Level: casefile.LevelCounty, LeaderID: "p-530402-leading-leader-1", ResponsibleUnitID: "u-530402-housing",
			TeamIDs: []string{"p-530402-petition-manager-1"}, Title: ids[0], Reason: ids[1],
		}, CaseIDs: caseIDs},
	}
}

func appendPackage(t testing.TB, s *Store, command leadership.Command, now time.Time) PackageAppended {
	t.Helper()
	state, err := s.PackageState(t.Context(), command.PackageID)
	require.NoError(t, err)
	done, err := s.AppendPackage(t.Context(), state.Version, command, now)
	require.NoError(t, err)
	return done
}

// does appends a person's further act, or the system's where nobody is named.
func packageDoes(t testing.TB, s *Store, packageID, who string, act leadership.Act, now time.Time) PackageAppended {
	t.Helper()
	command := leadership.Command{PackageID: packageID, Actor: casefile.System, Act: act}
	if who != "" {
		command.Actor, command.RequestKey = personAs(t, who), uuid.NewString()
	}
	done := appendPackage(t, s, command, now)
	require.Equal(t, Added, done.Status, "%v", done.Refusal)
	return done
}

// joined tells every case that waits and lets the package note its answer.
func joined(t testing.TB, s *Store, packageID string, now time.Time) {
	t.Helper()
	state, err := s.PackageState(t.Context(), packageID)
	require.NoError(t, err)
	for _, m := range state.Intents() {
		c := stateOf(t, s, m.CaseID)
		var act casefile.Act = casefile.JoinPackage{PackageID: packageID, Number: state.Number}
		if m.Status == leadership.Leaving {
			act = casefile.LeavePackage{PackageID: packageID, Number: state.Number}
		}
		requireAdded(t, s, c.Version, casefile.Command{CaseID: m.CaseID, Actor: casefile.System, Act: act})
		packageDoes(t, s, packageID, "", leadership.NoteAnswer{
			CaseID: m.CaseID, Intent: m.Intent, Standing: casefile.StandingOf(stateOf(t, s, m.CaseID)),
		}, now)
	}
}

func sound(t testing.TB, s *Store) {
	t.Helper()
	findings, err := s.Verify(t.Context(), VerifyOptions{AtRest: true})
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestAPackageIsStoredAsItsFoldWithItsRows(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := opening(t, s, register(t, s).CaseID, register(t, s).CaseID)
	done := appendPackage(t, s, command, noon)
	require.Equal(t, Added, done.Status, "%v", done.Refusal)
	state, err := s.PackageState(t.Context(), command.PackageID)
	require.NoError(t, err)
	require.Equal(t, "530402-L-2026-000001", state.Number)
	require.Equal(t, leadership.StateDigest(leadership.Fold(command.PackageID, done.Events)), leadership.StateDigest(state))

	again := appendPackage(t, s, command, noon)
	require.Equal(t, Duplicate, again.Status)
	other := command
	other.InputDigest = "another"
	require.Equal(t, casefile.RefusedConflict, appendPackage(t, s, other, noon).Refusal.Code)
	ahead, err := s.AppendPackage(t.Context(), 1, leadership.Command{
		PackageID: command.PackageID, Actor: casefile.System, Act: leadership.PassTime{},
	}, noon)
	require.NoError(t, err)
	require.Equal(t, Adopt, ahead.Status)
	require.Len(t, ahead.Events, state.Version-1)
	_, err = s.AppendPackage(t.Context(), 99, command, noon)
	var behind *RecordBehindError
	require.ErrorAs(t, err, &behind)

	joined(t, s, command.PackageID, noon)
	sound(t, s)
	require.Len(t, awaitPackageFeed(t, s, done.Version+2), done.Version+2)
}

// awaitPackageFeed reads the feed until it has n events of packages.
func awaitPackageFeed(t testing.TB, s *Store, n int) []StoredPackageEvent {
	t.Helper()
	var events []StoredPackageEvent
	require.Eventually(t, func() bool {
		read, err := s.Feed(t.Context(), FeedCursor{}, 1000)
		events = nil
		for _, e := range read {
			if e.Package != nil {
				events = append(events, *e.Package)
			}
		}
		return err == nil && len(events) >= n
	}, 30*time.Second, 10*time.Millisecond)
	return events
}

func TestOfPackagesThatTakeACaseAtOnceExactlyOneGetsIt(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	first, second := register(t, s).CaseID, register(t, s).CaseID
	const rivals = 8
	commands := make([]leadership.Command, rivals)
	for i := range commands {
		commands[i] = opening(t, s, first, second)
		if i%2 == 1 {
			commands[i] = opening(t, s, second, first) // so that two may wait for each other
		}
	}
	done := make([]PackageAppended, rivals)
	errs := make([]error, rivals)
	var race sync.WaitGroup
	for i, command := range commands {
		race.Go(func() { done[i], errs[i] = s.AppendPackage(t.Context(), 0, command, noon) })
	}
	race.Wait()
	won := 0
	for i, answer := range done {
		require.NoError(t, errs[i])
		if answer.Status == Added {
			won++
			continue
		}
		require.Equal(t, Refused, answer.Status)
		require.Equal(t, casefile.RefusedConflict, answer.Refusal.Code)
		require.Equal(t, "caseIds", answer.Refusal.Field[0])
		state, err := s.PackageState(t.Context(), commands[i].PackageID)
		require.NoError(t, err)
		require.False(t, state.Exists(), "a refused package leaves nothing")
	}
	require.Equal(t, 1, won)
	require.Equal(t, 1, count(t, s, "package_numbers"))
	require.Equal(t, 2, count(t, s, "package_members"))
}

func TestACaseThatWasLetGoMayBeTakenByAnotherPackage(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	shared, rest := register(t, s).CaseID, register(t, s).CaseID
	a, b := opening(t, s, shared, rest), opening(t, s, shared)
	require.Equal(t, Added, appendPackage(t, s, a, noon).Status)
	joined(t, s, a.PackageID, noon)
	require.Equal(t, Refused, appendPackage(t, s, b, noon).Status)
	reason := putTexts(t, s, a.PackageID, "另案办理")[0]
	packageDoes(t, s, a.PackageID, "p-530402-leading-leader-1", leadership.RemovePackageCase{CaseID: shared, Reason: reason}, noon)
	require.Equal(t, Refused, appendPackage(t, s, b, noon).Status, "it is on its way out")
	joined(t, s, a.PackageID, noon)
	require.Equal(t, Added, appendPackage(t, s, b, noon).Status)
	joined(t, s, b.PackageID, noon)
	require.Equal(t, b.PackageID, stateOf(t, s, shared).PackageID)
	sound(t, s)
}

func TestVerifyFindsWhatPackagesAndCasesKnowDifferently(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		damage string
		finds  []string
	}{
		"an intent that was never carried out": {"", []string{MembershipDiffers, MembershipDiffers}},
		"a broken chain":                       {"update package_events set actor_person_id = 'p-somebody-else' where seq = 1", []string{ChainBroken}},
		"a lost event":                         {"delete from package_events where seq = (select max(seq) from package_events)", []string{EventsMissing}},
		"a changed row":                        {"update package_members set concluded = true where place = 1", []string{RowsDiffer, MembershipDiffers}},
		"a changed state":                      {`update packages set state = jsonb_set(state, '{leaderId}', '"p-nobody"')`, []string{StateDiffers, RowsDiffer}},
		"a case that forgot": {
			`update cases set state = state::jsonb - 'packageId'`, []string{StateDiffers, StateDiffers, RowsDiffer, RowsDiffer, MembershipDiffers, MembershipDiffers},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openStore(t)
			command := opening(t, s, register(t, s).CaseID, register(t, s).CaseID)
			now := time.Now()
			require.Equal(t, Added, appendPackage(t, s, command, now).Status)
			if c.damage != "" {
				joined(t, s, command.PackageID, now)
				sound(t, s)
				_, err := s.pool.Exec(t.Context(), "alter table package_events disable trigger user; "+c.damage)
				require.NoError(t, err)
			}
			findings, err := s.Verify(t.Context(), VerifyOptions{AtRest: true})
			require.NoError(t, err)
			var kinds []string
			for _, f := range findings {
				kinds = append(kinds, f.What)
			}
			require.ElementsMatch(t, c.finds, kinds, "%v", findings)
			calm, err := s.Verify(t.Context(), VerifyOptions{})
			require.NoError(t, err)
			for _, f := range calm {
				require.NotEqual(t, MembershipDiffers, f.What, "what changed within a minute may be under way")
			}
		})
	}
}

func TestAPackageIsSeenByThoseItConcerns(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	command := opening(t, s, register(t, s).CaseID)
	require.Equal(t, Added, appendPackage(t, s, command, noon).Status)
	dir := directory.Development()
	for id, wants := range map[string]struct{ sees, works bool }{
		"p-530402-leading-leader-1":       {true, true},   // leads it
		"p-530402-petition-manager-1":     {true, true},   // on the team
		"p-530402-housing-clerk-1":        {true, true},   // of the responsible unit
		"p-530402-center-manager-1":       {true, true},   // opened it
		"p-530402-center-supervisor-1":    {true, false},  // over the county
		"p-5304-leading-leader-1":         {true, false},  // over the city
		"p-530402-land-clerk-1":           {false, false}, // another bureau
		"p-530402001-government-leader-1": {false, false}, // a township below
		"p-530481-leading-leader-1":       {false, false}, // another county
		"p-5304-center-auditor-1":         {false, false},
	} {
		person, ok := dir.Person(id)
		require.True(t, ok, id)
		viewer := NewViewer(dir, person)
		row, err := s.Package(t.Context(), viewer, command.PackageID)
		require.NoError(t, err)
		require.Equal(t, wants.sees, row != nil, id)
		page, err := s.Packages(t.Context(), viewer, PackageQuery{Page: Page{First: 10}, WantTotal: true})
		require.NoError(t, err)
		require.Len(t, page.Rows, map[bool]int{true: 1}[wants.sees], id)
		require.Equal(t, len(page.Rows), *page.Total)
		byNumber, err := s.PackageByNumber(t.Context(), viewer, "530402-L-2026-000001")
		require.NoError(t, err)
		require.Equal(t, wants.sees, byNumber != nil, id)
		if row != nil {
			require.Equal(t, wants.works, viewer.WorksOnPackage(row.State), id)
		}
	}
}

func TestPackagesArePagedFilteredAndInTheInbox(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	var ids []string
	for i := range 7 {
		command := opening(t, s, register(t, s).CaseID)
		require.Equal(t, Added, appendPackage(t, s, command, noon.Add(time.Duration(i/2)*time.Hour)).Status)
		ids = append([]string{command.PackageID}, ids...)
	}
	leader, _ := directory.Development().Person("p-530402-leading-leader-1")
	viewer := NewViewer(directory.Development(), leader)
	var read []string
	page := Page{First: 3}
	for {
		found, err := s.Packages(t.Context(), viewer, PackageQuery{Page: page})
		require.NoError(t, err)
		for _, row := range found.Rows {
			read = append(read, row.State.ID)
		}
		if !found.HasNext {
			break
		}
		page.After = &found.Rows[len(found.Rows)-1].Cursor
	}
	require.ElementsMatch(t, ids, read)
	last, err := s.Packages(t.Context(), viewer, PackageQuery{Page: Page{Last: 2}})
	require.NoError(t, err)
	require.Equal(t, []string{last.Rows[0].State.ID, last.Rows[1].State.ID}, read[5:])

	yes := true
	for _, c := range []struct {
		filter PackageFilter
		n      int
	}{
		{PackageFilter{LeaderID: "p-530402-leading-leader-1"}, 7},
		{PackageFilter{LeaderID: "p-5304-leading-leader-1"}, 0},
		{PackageFilter{Statuses: []leadership.Status{leadership.Open}}, 7},
		{PackageFilter{Statuses: []leadership.Status{leadership.Proposed}}, 0},
		{PackageFilter{Division: "5304"}, 7},
		{PackageFilter{Division: "530402001"}, 0},
		{PackageFilter{Overdue: &yes}, 0},
	} {
		found, err := s.Packages(t.Context(), viewer, PackageQuery{Filter: c.filter, Page: Page{First: 100}})
		require.NoError(t, err)
		require.Len(t, found.Rows, c.n, "%+v", c.filter)
	}

	inbox, err := s.Tasks(t.Context(), viewer, TaskQuery{Kind: leadership.TaskReview, Mine: true, Page: Page{First: 5}, WantTotal: true})
	require.NoError(t, err)
	require.Len(t, inbox.Rows, 5)
	require.True(t, inbox.HasNext)
	require.Equal(t, 7, *inbox.Total)
	rest, err := s.Tasks(t.Context(), viewer, TaskQuery{
		Kind: leadership.TaskReview, Mine: true, Page: Page{First: 5, After: &inbox.Rows[4].Cursor},
	})
	require.NoError(t, err)
	require.Len(t, rest.Rows, 2)
}

func TestTheInboxMergesCasesAndPackagesByTheirClocks(t *testing.T) {
	t.Parallel()
	due := func(day int, caseID, packageID string) TaskRow {
		return TaskRow{CaseID: caseID, PackageID: packageID, DueAt: noon.AddDate(0, 0, day)}
	}
	never := TaskRow{PackageID: "z"}
	cases := []TaskRow{due(1, "a", ""), due(3, "b", ""), due(3, "d", "")}
	packages := []TaskRow{due(2, "", "e"), due(3, "", "c"), never}
	order := ""
	for _, row := range mergeParts(cases, packages, Page{First: 10}, compareTasks) {
		order += row.CaseID + row.PackageID
	}
	require.Equal(t, "aebcdz", order)
	require.Len(t, mergeParts(cases, packages, Page{First: 3}, compareTasks), 4, "one more than asked for, to see whether there is more")
	backward := mergeParts([]TaskRow{cases[2], cases[1], cases[0]}, []TaskRow{never, packages[1], packages[0]}, Page{Last: 2}, compareTasks)
	require.Equal(t, []string{"z", "d", "c"}, []string{backward[0].PackageID, backward[1].CaseID, backward[2].PackageID})
}

// The figures that one city published: 84 packages, 77 resolved and 7 stabilised.
func TestEightyFourPackagesAreCountedAsResolvedAndStabilised(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	const leader, second = "p-530402-leading-leader-1", "p-530402-leading-leader-2"
	for i := range 84 {
		legacy := ended(t, s, i)
		requireAdded(t, s, 0, legacy)
		caseID := legacy.CaseID
		command := opening(t, s, caseID)
		require.Equal(t, Added, appendPackage(t, s, command, noon).Status)
		id := command.PackageID
		joined(t, s, id, noon)
		text := putTexts(t, s, id, fmt.Sprintf("第%d个包案的办理情况", i+1))[0]
		packageDoes(t, s, id, leader, leadership.RecordPackageReview{
			Progress: text, Help: text,
			Members: []leadership.MemberReview{{CaseID: caseID, Outcome: casefile.OutcomeExplained, Asked: &leadership.Asked{
				Result: casefile.FollowUpAnswered, Method: casefile.FollowUpPhone,
			}}},
		}, noon)
		outcome := leadership.OutcomeResolved
		if i >= 77 {
			outcome = leadership.OutcomeStabilised
		}
		packageDoes(t, s, id, leader, leadership.ConcludePackage{Outcome: outcome, Summary: text}, noon)
		packageDoes(t, s, id, second, leadership.ApprovePackage{}, noon)
	}
	city, _ := directory.Development().Person("p-5304-leading-leader-1")
	viewer := NewViewer(directory.Development(), city)
	counted := func(query StatisticsQuery) []StatisticsRow {
		table, err := s.Statistics(t.Context(), viewer, query)
		require.NoError(t, err)
		return table.Rows
	}
	day := StatisticsQuery{Division: "5304", From: "2026-03-10", To: "2026-03-10"}
	row := counted(day)[0]
	require.Equal(t, casefile.Share{Numerator: 77, Denominator: 84}, row.Shares["PACKAGES_RESOLVED"])
	require.Equal(t, casefile.Share{Numerator: 7, Denominator: 84}, row.Shares["PACKAGES_STABILISED"])
	day.GroupBy = []StatisticsGroup{ByMonth, ByDivision, ByUnit}
	row = counted(day)[0]
	require.Equal(t, "2026-03", row.Key[0])
	require.Equal(t, casefile.Share{Numerator: 77, Denominator: 84}, row.Shares["PACKAGES_RESOLVED"])
	day.GroupBy = []StatisticsGroup{ByKind}
	for _, row := range counted(day) {
		require.Zero(t, row.Shares["PACKAGES_RESOLVED"], "a package is of no kind")
	}
	open, err := s.OpenPackages(t.Context())
	require.NoError(t, err)
	require.Len(t, open, 7, "stabilised is still open")
	require.Zero(t, counted(StatisticsQuery{Division: "5304", From: "2026-03-11"})[0].Shares["PACKAGES_RESOLVED"])
	sound(t, s)
}
