package store

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// hotline is a local procedure of the 12345 hotline.
const hotline = `{
  "code": "hotline-12345",
  "name": {"zh": "12345热线工单", "en": "12345 hotline ticket"},
  "effectiveFrom": "2026-01-01",
  "steps": [{
    "code": "reply", "name": {"zh": "答复", "en": "reply"}, "length": 5, "unit": "WORKING_DAYS",
    "countedFrom": "RECEIVED", "metBy": "REPORTED", "owner": "OFFICE", "onExpiry": {"effect": "ESCALATE"},
    "citation": {"law": "本市12345热线管理办法", "article": "12", "verified": true}
  }]
}`

func TestLocalProceduresAreInForceOnceLoaded(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	files := map[string][]byte{"hotline.json": []byte(hotline)}
	plan, err := s.PlanProcedures(t.Context(), files, noon)
	require.NoError(t, err)
	require.Equal(t, []string{"hotline.json"}, plan.Added)
	law, err := s.Law(t.Context())
	require.NoError(t, err)
	_, found := law.Catalogue().Find("hotline-12345", "2026-03-10")
	require.False(t, found, "a plan changes nothing")

	_, err = s.LoadProcedures(t.Context(), files, "tester", noon)
	require.NoError(t, err)
	law, err = s.Law(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 1, law.Version())
	step, found := law.Catalogue().Step("hotline-12345", "reply", "2026-03-10")
	require.True(t, found)
	require.True(t, step.Local)
	_, found = law.Catalogue().Find("petition", "2026-03-10")
	require.True(t, found, "the statutory ones are still there")

	same, err := s.LoadProcedures(t.Context(), files, "tester", noon)
	require.NoError(t, err)
	require.True(t, same.Empty())
	_, err = s.LoadCalendar(t.Context(), correction(t), "tester")
	require.NoError(t, err)
	law, err = s.Law(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 2, law.Version(), "one version counts calendars and procedures")
	_, found = law.Catalogue().Find("hotline-12345", "2026-03-10")
	require.True(t, found)
}

func TestAFaultyLocalProcedureLoadsNothingAndSaysWhere(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	_, err := s.LoadProcedures(t.Context(), map[string][]byte{"hotline.json": []byte(hotline)}, "tester", noon)
	require.NoError(t, err)
	for name, c := range map[string]struct{ file, text, says string }{
		"uncited":       {"b.json", strings.NewReplacer("hotline-12345", "other", `"law": "本市12345热线管理办法", `, "").Replace(hotline), "b.json: step reply: no citation"},
		"contradictory": {"b.json", strings.ReplaceAll(hotline, `"length": 5`, `"length": 4`), "while the version in b.json still does"},
		"rewritten":     {"hotline.json", strings.ReplaceAll(hotline, `"length": 5`, `"length": 4`), "hotline.json: hotline-12345 has held since 2026-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			var faults *procedure.FaultsError
			good := strings.ReplaceAll(hotline, "hotline-12345", "grid-report")
			_, err := s.LoadProcedures(t.Context(), map[string][]byte{c.file: []byte(c.text), "good.json": []byte(good)}, "tester", noon)
			require.ErrorAs(t, err, &faults)
			require.ErrorContains(t, err, c.says)
			require.Equal(t, 1, count(t, s, "local_procedures"), "the good file isn't loaded either")
			law, err := s.Law(t.Context())
			require.NoError(t, err)
			require.EqualValues(t, 1, law.Version())
		})
	}
}

func TestPassingTimeTakesACaseFromTheQueueAndANoteDoesNot(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	caseID := register(t, s).CaseID
	queue := func(version int) {
		_, err := s.pool.Exec(t.Context(), `insert into recounts (case_id, deadline_id, due_at, law_version)
			select case_id, id, due_at, $2 from deadlines where case_id = $1`, caseID, version)
		require.NoError(t, err)
	}
	pass := casefile.Command{CaseID: caseID, Actor: casefile.System, Act: casefile.PassTime{}}
	_, err := s.LoadCalendar(t.Context(), correction(t), "tester")
	require.NoError(t, err)
	queue(1)
	requireAdded(t, s, stateOf(t, s, caseID).Version, noting(t, s, caseID, 1))
	require.Equal(t, 1, count(t, s, "recounts"))
	requireAdded(t, s, stateOf(t, s, caseID).Version, pass)
	require.Zero(t, count(t, s, "recounts"))

	queue(2)
	requireAdded(t, s, stateOf(t, s, caseID).Version, pass)
	require.Equal(t, 1, count(t, s, "recounts"), "it waits for a law that is not in force yet")
}

// stricterIntake shortens the acceptance of disputes, from the day after noon.
const stricterIntake = `{
  "code": "dispute-intake", "extends": true, "effectiveFrom": "2026-03-11",
  "steps": [{
    "code": "acceptance", "name": {"zh": "受理", "en": "acceptance"}, "length": 5, "unit": "CALENDAR_DAYS",
    "countedFrom": "RECEIVED", "metBy": "ACCEPTED", "owner": "OFFICE", "onExpiry": {"effect": "ESCALATE"},
    "citation": {"law": "本市矛盾纠纷调处办法", "article": "9", "verified": true}, "stricter": true
  }]
}`

func TestACaseFollowsTheLocalRuleOfItsDayAndKeepsIt(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	_, err := s.LoadProcedures(t.Context(), map[string][]byte{"intake.json": []byte(stricterIntake)}, "tester", noon)
	require.NoError(t, err)
	early := register(t, s).CaseID
	late := registering(t, s)
	act := late.Act.(casefile.RegisterCase)
	act.ReceivedAt = noon.AddDate(0, 0, 1)
	late.Act = act
	tomorrow := noon.AddDate(0, 0, 1).Add(time.Hour)
	done, err := s.Append(t.Context(), 0, late, tomorrow)
	require.NoError(t, err)
	require.Equal(t, Added, done.Status, "%v", done.Refusal)

	require.Equal(t, 15, stateOf(t, s, early).Deadlines[0].Length)
	local := stateOf(t, s, late.CaseID).Deadlines[0]
	require.Equal(t, 5, local.Length)
	require.Equal(t, "本市矛盾纠纷调处办法", local.Citation.Law)
	require.False(t, local.Statutory)

	// The rule ends; what it counted stays.
	ended := strings.Replace(stricterIntake, `"effectiveFrom"`, `"effectiveTo": "2026-03-12", "effectiveFrom"`, 1)
	_, err = s.LoadProcedures(t.Context(), map[string][]byte{"intake.json": []byte(ended)}, "tester", tomorrow)
	require.NoError(t, err)
	requireAdded(t, s, stateOf(t, s, late.CaseID).Version, casefile.Command{CaseID: late.CaseID, Actor: casefile.System, Act: casefile.PassTime{}})
	require.Equal(t, local, stateOf(t, s, late.CaseID).Deadlines[0])
}
