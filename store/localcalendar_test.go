package store

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/leadership"
	"github.com/tiaochu/tiaochu/directory"
)

// summaryAt is a petition of a division that is handled summarily since an instant: in ten
// working days.
func summaryAt(t testing.TB, s *Store, division casefile.Division, now time.Time) string {
	t.Helper()
	command := registering(t, s)
	act := command.Act.(casefile.RegisterCase)
	act.Kind, act.PetitionType, act.Category, act.Division, act.ReceivedAt = casefile.Petition, casefile.Appeal, "P-URBAN-PROPERTY", division, now
	act.Parties = act.Parties[:1]
	act.Parties[0].Role = casefile.PartyPetitioner
	command.Act, command.Actor = act, personAs(t, "p-530402-petition-clerk-1")
	done, err := s.Append(t.Context(), 0, command, now)
	require.NoError(t, err)
	require.Equal(t, Added, done.Status, "%v", done.Refusal)
	accept := casefile.Command{
		CaseID: command.CaseID, RequestKey: uuid.NewString(), InputDigest: "digest", RequestID: "test",
		Actor: command.Actor, Act: casefile.AcceptCase{Procedure: "petition-summary"},
	}
	done, err = s.Append(t.Context(), done.Version, accept, now)
	require.NoError(t, err)
	require.Equal(t, Added, done.Status, "%v", done.Refusal)
	return command.CaseID
}

func handlingClock(t testing.TB, s *Store, caseID string) casefile.Deadline {
	t.Helper()
	for _, d := range stateOf(t, s, caseID).Deadlines {
		if d.Step == casefile.StepHandling {
			return d
		}
	}
	require.FailNow(t, "nothing is handled")
	return casefile.Deadline{}
}

func TestADevelopmentZonesDaysMoveTheCasesOfItsMemberTownshipsAndTheirVillagesAlone(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	now := time.Date(2026, time.October, 8, 9, 0, 0, 0, casefile.Shanghai)
	var village casefile.Division
	for division := range directory.Development().Divisions().Under("530402006") {
		if division.Code.Level() == casefile.LevelVillage {
			village = division.Code
			break
		}
	}
	require.NotEmpty(t, village)
	township, inVillage, elsewhere := summaryAt(t, s, "530402009", now), summaryAt(t, s, village, now), summaryAt(t, s, "530402001", now)
	before := handlingClock(t, s, township)
	require.Equal(t, before.DueAt, handlingClock(t, s, elsewhere).DueAt)

	plan, err := s.PlanCalendar(t.Context(), readYear(t, zoneFestival))
	require.NoError(t, err)
	require.Equal(t, []int{2, 2}, []int{plan.Cases, plan.Deadlines})
	moves := map[string]casefile.DeadlineRecounted{}
	require.NoError(t, s.Moves(t.Context(), plan, now, func(move ClockMove) { moves[move.Number] = move.Event }))
	require.Len(t, moves, 2)

	_, err = s.LoadCalendar(t.Context(), readYear(t, zoneFestival), "tester")
	require.NoError(t, err)
	queued, err := s.QueuedCases(t.Context())
	require.NoError(t, err)
	require.ElementsMatch(t, []string{township, inVillage}, queued)
	for _, id := range []string{township, inVillage, elsewhere} {
		passTime(t, s, id, now)
	}
	for _, id := range []string{township, inVillage} {
		after := handlingClock(t, s, id)
		require.Equal(t, 2, calendar.DateOf(before.DueAt).DaysUntil(calendar.DateOf(after.DueAt)), "two working days more")
		require.True(t, after.DueAt.Equal(moves[stateOf(t, s, id).Number].Counted.DueAt), "as it was foretold")
		require.Contains(t, stepsOf(after), "Zone Day")
	}
	require.Equal(t, before.DueAt, handlingClock(t, s, elsewhere).DueAt)
	queued, err = s.QueuedCases(t.Context())
	require.NoError(t, err)
	require.Empty(t, queued)
	sound(t, s)
}

func stepsOf(d casefile.Deadline) string {
	text := ""
	for _, step := range d.Explanation {
		text += step.EN + "\n"
	}
	return text
}

func TestADayThatChangesNothingInTheZoneButInAMemberTownshipOfACountyIsFound(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	now := time.Date(2026, time.October, 8, 9, 0, 0, 0, casefile.Shanghai)
	const county = `{"year": 2026, "division": "530402", "source": "区政府通知", "rest": [], "work": [{"date": "2026-10-17", "zh": "国庆节", "en": "National Day"}]}`
	_, err := s.LoadCalendar(t.Context(), readYear(t, county), "tester")
	require.NoError(t, err)
	member, elsewhere := summaryAt(t, s, "530402006", now), summaryAt(t, s, "530402001", now)
	before := handlingClock(t, s, member)

	// A Saturday, free in the zone as everywhere; worked in the county, and so in the township till now.
	const zone = `{"year": 2026, "division": "530490", "source": "管委会通知", "rest": [{"from": "2026-10-17", "zh": "开发区节", "en": "Zone Day"}], "work": []}`
	loaded, err := s.LoadCalendar(t.Context(), readYear(t, zone), "tester")
	require.NoError(t, err)
	require.Equal(t, 1, loaded.Cases)
	queued, err := s.QueuedCases(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{member}, queued)
	passTime(t, s, member, now)
	require.Equal(t, 1, calendar.DateOf(before.DueAt).DaysUntil(calendar.DateOf(handlingClock(t, s, member).DueAt)))
	require.Equal(t, before.DueAt, handlingClock(t, s, elsewhere).DueAt)
}

// passTime lets time pass on a case.
func passTime(t testing.TB, s *Store, caseID string, now time.Time) {
	t.Helper()
	_, err := s.Append(t.Context(), stateOf(t, s, caseID).Version, casefile.Command{CaseID: caseID, Actor: casefile.System, Act: casefile.PassTime{}}, now)
	require.NoError(t, err)
}

func TestADevelopmentZonesDaysMoveItsOwnLeadersPackages(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	opened := time.Date(2026, time.October, 8, 9, 0, 0, 0, casefile.Shanghai)
	_, err := s.LoadProcedures(t.Context(), map[string][]byte{"package.json": []byte(localPlan)}, "tester", opened)
	require.NoError(t, err)
	elsewhere := opening(t, s, summaryAt(t, s, "530402001", opened))
	require.Equal(t, Added, appendPackage(t, s, elsewhere, opened).Status)
	joined(t, s, elsewhere.PackageID, opened)
	command := opening(t, s, summaryAt(t, s, "530402006", opened))
	act := command.Act.(leadership.OpenPackage)
	act.LeaderID, act.ResponsibleUnitID, act.TeamIDs = "p-530490-leading-leader-1", "u-530490-center", nil
	command.Act, command.Actor = act, personAs(t, "p-530490-leading-leader-1")
	done := appendPackage(t, s, command, opened)
	require.Equal(t, Added, done.Status, "%v", done.Refusal)
	joined(t, s, command.PackageID, opened)
	before := planClock(t, s, command.PackageID)

	loaded, err := s.LoadCalendar(t.Context(), readYear(t, zoneFestival), "tester")
	require.NoError(t, err)
	require.Equal(t, []int{1, 1}, []int{loaded.Packages, loaded.PackageDeadlines})
	queued, err := s.QueuedPackages(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{command.PackageID}, queued)
	packageDoes(t, s, command.PackageID, "", leadership.PassTime{}, opened.Add(time.Hour))
	after := planClock(t, s, command.PackageID)
	require.Equal(t, 2, calendar.DateOf(before.DueAt).DaysUntil(calendar.DateOf(after.DueAt)))
	sound(t, s)
}
