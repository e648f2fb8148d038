package directory_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/directory"
)

const (
	absent     = "p-530402-center-investigator-1"
	standsIn   = "p-530402-center-investigator-2"
	centreUnit = "u-530402-center"
)

// morning is a Tuesday, 10 March 2026, in Shanghai already the 11th.
var morning = time.Date(2026, 3, 10, 17, 0, 0, 0, time.UTC)

func day(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func actor(d *directory.Directory, id string) casefile.Actor {
	person, ok := d.Person(id)
	if !ok {
		panic("nobody is called " + id)
	}
	at := person.Roles[0]
	unit, _ := d.Unit(at.UnitID)
	return casefile.Actor{PersonID: id, Role: at.Role, UnitID: unit.ID, Division: unit.Division, UnitKind: unit.Kind}
}

func withAbsences(t *testing.T, absences ...directory.Absence) *directory.Directory {
	t.Helper()
	entries := directory.DevelopmentEntries()
	entries.Absences = absences
	d, err := entries.Directory()
	require.NoError(t, err)
	return d
}

func TestAnAbsenceIsSetByThePersonTheirHeadOrAnAdministrator(t *testing.T) {
	t.Parallel()
	d := withAbsences(t)
	set := directory.SetAbsence{PersonID: absent, From: day("2026-03-11"), Until: day("2026-03-13"), DeputyID: standsIn}
	for who, code := range map[string]casefile.RefusalCode{
		absent: "", "p-530402-center-manager-1": "", "p-530402-center-leader-1": "", "p-530402-center-admin-1": "", "p-5304-center-admin-1": "",
		standsIn: casefile.RefusedWrongRole, "p-530402-center-clerk-1": casefile.RefusedWrongRole,
		"p-530402-petition-manager-1": casefile.RefusedWrongRole, "p-5304-center-leader-1": casefile.RefusedWrongRole,
	} {
		rows, refusal := d.Administer(actor(d, who), set, morning)
		if code != "" {
			require.NotNil(t, refusal, who)
			require.Equal(t, code, refusal.Code, who)
			continue
		}
		require.Nil(t, refusal, who)
		require.Equal(t, []directory.Absence{{PersonID: absent, From: set.From, Until: set.Until, DeputyID: standsIn, Begun: true}}, rows.Absences)
	}
	head := directory.SetAbsence{PersonID: "p-530402-center-leader-1", From: day("2026-03-11")}
	_, refusal := d.Administer(actor(d, "p-530402-center-manager-1"), head, morning)
	require.Equal(t, casefile.RefusedWrongRole, refusal.Code, "a manager is not the head of the leader")
}

func TestAFaultyAbsenceIsRefusedByName(t *testing.T) {
	t.Parallel()
	d := withAbsences(t,
		directory.Absence{PersonID: absent, From: day("2026-03-20"), Until: day("2026-03-25")},
		directory.Absence{PersonID: absent, From: day("2026-03-09"), Until: day("2026-03-12"), Begun: true},
		directory.Absence{PersonID: "p-530402-center-mediator-1", From: day("2026-03-30")},
	)
	for name, c := range map[string]struct {
		from, until, deputy string
		code                casefile.RefusalCode
		field               string
	}{
		"meets one on its first day":     {"2026-03-25", "2026-03-26", "", casefile.RefusedConflict, "from"},
		"meets one on its last day":      {"2026-03-15", "2026-03-20", "", casefile.RefusedConflict, "from"},
		"around one":                     {"2026-03-19", "", "", casefile.RefusedConflict, "from"},
		"between two":                    {"2026-03-13", "2026-03-19", "", "", ""},
		"later than all":                 {"2026-03-26", "", "", "", ""},
		"in the past":                    {"2026-03-08", "2026-03-08", "", casefile.RefusedOutOfOrder, "from"},
		"changed, and meets the next":    {"2026-03-09", "2026-03-20", "", casefile.RefusedConflict, "from"},
		"changed, longer":                {"2026-03-09", "2026-03-19", "", "", ""},
		"changed, over since yesterday":  {"2026-03-09", "2026-03-10", "", "", ""},
		"changed, over long ago":         {"2026-03-09", "2026-03-09", "", casefile.RefusedOutOfOrder, "to"},
		"a running one called off":       {"2026-03-09", "2026-03-08", "", casefile.RefusedOutOfOrder, "to"},
		"a planned one called off":       {"2026-03-20", "2026-03-19", "", "", ""},
		"nothing to call off":            {"2026-03-16", "2026-03-15", "", casefile.RefusedNotFound, "from"},
		"their own deputy":               {"2026-03-13", "2026-03-14", absent, casefile.RefusedSamePerson, "deputyId"},
		"nobody as deputy":               {"2026-03-13", "2026-03-14", "p-none", casefile.RefusedUnknownPerson, "deputyId"},
		"a deputy who is away then":      {"2026-03-26", "2026-03-30", "p-530402-center-mediator-1", casefile.RefusedAway, "deputyId"},
		"a deputy who is away later":     {"2026-03-26", "2026-03-29", "p-530402-center-mediator-1", "", ""},
		"a deputy of the city's centre":  {"2026-03-26", "2026-03-29", "p-5304-center-clerk-1", "", ""},
		"a deputy of another department": {"2026-03-26", "2026-03-29", "p-530402-court-clerk-1", casefile.RefusedJurisdiction, "deputyId"},
	} {
		set := directory.SetAbsence{PersonID: absent, From: day(c.from), DeputyID: c.deputy}
		if c.until != "" {
			set.Until = day(c.until)
		}
		_, refusal := d.Administer(actor(d, absent), set, morning)
		if c.code == "" {
			require.Nil(t, refusal, name)
			continue
		}
		require.NotNil(t, refusal, name)
		require.Equal(t, c.code, refusal.Code, name)
		require.Equal(t, []string{c.field}, refusal.Field, name)
		require.NotEmpty(t, refusal.MessageZH, name)
	}
}

func TestTheDirectoryKnowsWhoIsAwayAndWhoWillBe(t *testing.T) {
	t.Parallel()
	d := withAbsences(t,
		directory.Absence{PersonID: absent, From: day("2026-03-20"), Until: day("2026-03-25")},
		directory.Absence{PersonID: absent, From: day("2026-03-09"), Until: day("2026-03-12"), DeputyID: standsIn, Begun: true},
	)
	person, _ := d.Person(absent)
	require.Equal(t, standsIn, person.Away.DeputyID)
	require.Len(t, person.Absences, 2)
	require.Equal(t, day("2026-03-09"), person.Absences[0].From)
	holders := d.Holders(casefile.RoleInvestigator, centreUnit)
	require.NotNil(t, holders[0].Away)
	require.Nil(t, holders[1].Away)
}
