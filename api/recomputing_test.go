package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/schema"
)

type shownDeadline struct {
	Step                     string
	DueAt                    time.Time
	Recomputing, Provisional bool
	Explanation              []struct{ Date, Text string }
}

func (o *office) handling(caseID string) shownDeadline {
	o.t.Helper()
	got := data[struct {
		Case struct{ Deadlines []shownDeadline }
	}](o, manager, `query($id: ID!) { case: node(id: $id) { ... on Case { deadlines {
		step dueAt recomputing provisional explanation { date text } } } } }`, map[string]any{"id": caseID})
	for _, d := range got.Case.Deadlines {
		if d.Step == "handling" {
			return d
		}
	}
	require.FailNow(o.t, "no handling clock")
	return shownDeadline{}
}

// corrected is the shipped year 2026 with one more day off.
func corrected(t *testing.T, day calendar.Date) calendar.Year {
	t.Helper()
	for _, year := range calendar.Shipped().Years() {
		if year.Number == day.Year() {
			year.Rest = append(year.Rest, calendar.RestDays{From: day, To: day, Name: calendar.Words{ZH: "临时假", EN: "extra day off"}})
			return year
		}
	}
	require.FailNow(t, "the year is not shipped")
	return calendar.Year{}
}

func TestADeadlineSaysThatItIsBeingCountedAnewUntilItIs(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", petition("recount")).Case.ID
	o.do(manager, "acceptCase", o.on(id, map[string]any{"procedure": "petition-summary"}))
	before := o.handling(id)
	require.Equal(t, "2026-03-24", calendar.DateOf(before.DueAt).String())
	require.False(t, before.Recomputing)
	require.False(t, before.Provisional)

	_, err := o.store.LoadCalendar(t.Context(), corrected(t, calendar.NewDate(2026, time.March, 16)), "tester")
	require.NoError(t, err)
	waiting := o.handling(id)
	require.True(t, waiting.Recomputing)
	require.Equal(t, before.DueAt, waiting.DueAt, "until it is told")

	parsed, err := schema.ParseNodeID(id)
	require.NoError(t, err)
	state, err := o.store.State(t.Context(), parsed.Key)
	require.NoError(t, err)
	_, err = o.store.Append(t.Context(), state.Version,
		casefile.Command{CaseID: parsed.Key, Actor: casefile.System, Act: casefile.PassTime{}}, o.now)
	require.NoError(t, err)
	after := o.handling(id)
	require.False(t, after.Recomputing)
	require.Equal(t, "2026-03-25", calendar.DateOf(after.DueAt).String())
	texts := ""
	for _, step := range after.Explanation {
		texts += step.Date + " " + step.Text + "\n"
	}
	require.Contains(t, texts, "2026-03-16 3月16日 临时假放假，不计入\n")
	told := data[struct {
		Node struct {
			Timeline struct {
				Edges []struct{ Node struct{ Type, Text string } }
			}
		}
	}](o, manager, `query($id: ID!) { node(id: $id) { ... on Case { timeline(last: 1) { edges { node { type text(language: EN) } } } } } }`,
		map[string]any{"id": id}).Node.Timeline.Edges
	require.Equal(t, "DeadlineRecounted", told[0].Node.Type)
	require.Contains(t, told[0].Node.Text, "2026-03-24 became 2026-03-25")
}

func TestACaseAcceptedAtTheYearsEndIsDueProvisionallyUntilTheNextYearIsLoaded(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.now = time.Date(2026, time.December, 28, 2, 0, 0, 0, time.UTC)
	id := o.do(clerk, "registerCase", petition("provisional")).Case.ID
	o.do(manager, "acceptCase", o.on(id, map[string]any{"procedure": "petition-summary"}))
	require.True(t, o.handling(id).Provisional)
}

func TestLocalProceduresAreShownOnceLoaded(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.NotContains(t, o.procedures(clerk, "en", ""), "hotline-12345")
	_, err := o.store.LoadProcedures(t.Context(), map[string][]byte{"hotline.json": []byte(`{
		"code": "hotline-12345", "name": {"zh": "12345热线工单", "en": "12345 hotline ticket"}, "effectiveFrom": "2026-01-01",
		"steps": [{"code": "reply", "name": {"zh": "答复", "en": "reply"}, "length": 5, "unit": "WORKING_DAYS",
			"countedFrom": "RECEIVED", "metBy": "REPORTED", "owner": "OFFICE", "onExpiry": {"effect": "ESCALATE"},
			"citation": {"law": "本市12345热线管理办法", "article": "12", "verified": true}}]}`)}, "tester", o.now)
	require.NoError(t, err)
	shown := o.procedures(clerk, "en", "")["hotline-12345"]
	require.Equal(t, "12345 hotline ticket", shown.Name)
	require.Equal(t, "本市12345热线管理办法", shown.step(t, "reply").Citation.Law)
}
