package procedure_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// sound is a file that is accepted; every refusal below changes one thing of it.
const sound = `{
  "code": "hotline-12345",
  "name": {"zh": "12345热线", "en": "hotline 12345"},
  "effectiveFrom": "2024-03-01",
  "effectiveTo": "2027-02-28",
  "steps": [
    {
      "code": "reply",
      "name": {"zh": "答复", "en": "reply"},
      "length": 5,
      "unit": "CALENDAR_DAYS",
      "countedFrom": "RECEIVED",
      "rollForward": true,
      "rollCitation": {"law": "本市办法", "article": "9", "verified": true},
      "pauses": ["APPRAISAL"],
      "extensions": [{"approver": "UNIT_HEAD", "maxTimes": 1, "maxLength": 10, "unit": "CALENDAR_DAYS"}],
      "metBy": "DECISION_ISSUED",
      "owner": "OFFICE",
      "onExpiry": {"effect": "ESCALATE"},
      "citation": {"law": "本市12345办法", "article": "12", "verified": true}
    }
  ]
}`

func load(t *testing.T, files ...string) (procedure.Layer, error) {
	t.Helper()
	named := map[string][]byte{}
	for i, text := range files {
		named[string(rune('a'+i))+".json"] = []byte(text)
	}
	return procedure.Load(named)
}

// changed gives the sound file with texts replaced in pairs.
func changed(t *testing.T, pairs ...string) string {
	t.Helper()
	text := sound
	for i := 0; i < len(pairs); i += 2 {
		require.Contains(t, text, pairs[i])
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

func TestASoundFileIsTaken(t *testing.T) {
	t.Parallel()
	layer, err := load(t, sound)
	require.NoError(t, err)
	catalogue, err := procedure.New(layer)
	require.NoError(t, err)
	got, ok := catalogue.Step("hotline-12345", "reply", "2026-01-01")
	require.True(t, ok)
	require.Equal(t, 5, got.Length)
	p, _ := catalogue.Find("hotline-12345", "2026-01-01")
	require.Equal(t, "a.json", p.File)
}

func TestAFaultyFileIsRefusedWithItsStepAndTheReason(t *testing.T) {
	t.Parallel()
	for reason, pairs := range map[string][]string{
		"a.json: code \"Hotline\" is not lower-case":                        {`"hotline-12345"`, `"Hotline"`},
		"a.json: the name lacks a language":                                 {`"en": "hotline 12345"`, `"en": ""`},
		"a.json: ends on 2024-02-28, before it starts on 2024-03-01":        {`2027-02-28`, `2024-02-28`},
		"a.json: effectiveFrom \"2024-02-30\" is not a day":                 {`2024-03-01`, `2024-02-30`},
		"a.json: effectiveTo \"soon\" is not a day":                         {`2027-02-28`, `soon`},
		"a.json: steps[0].lengths is not known":                             {`"length"`, `"lengths"`},
		"a.json: steps[0].Length is not known":                              {`"length"`, `"Length"`},
		"a.json: steps[0].code is given twice":                              {`"length": 5`, `"code": "x", "length": 5`},
		"a.json: steps[0].pauses is null":                                   {`["APPRAISAL"]`, `null`},
		"a.json: not a procedure: json: cannot unmarshal":                   {`"length": 5`, `"length": "5"`},
		"step reply: a length without unit":                                 {`"unit": "CALENDAR_DAYS",`, ``},
		"step reply: a unit without length":                                 {`"length": 5,`, ``},
		"step reply: unit \"WEEKS\" is not known":                           {`"unit": "CALENDAR_DAYS"`, `"unit": "WEEKS"`},
		"step reply: length -5 is not between":                              {`"length": 5`, `"length": -5`},
		"step reply: only a clock in calendar days or months can roll":      {`"unit": "CALENDAR_DAYS",`, `"unit": "HOURS",`},
		"step reply: rolls forward without the citation":                    {`"rollCitation": {"law": "本市办法", "article": "9", "verified": true},`, ``},
		"step reply: a citation for rolling forward, and it doesn't roll":   {`"rollForward": true,`, ``},
		"step reply: rollCitation: verified without article":                {`"article": "9", `, ``},
		"step reply: countedFrom \"FULL_MOON\" is not known":                {`"RECEIVED"`, `"FULL_MOON"`},
		"step reply: a length needs the act that it is counted from":        {`"RECEIVED"`, `"NOT_STATED"`},
		"step reply: metBy \"\" is not known":                               {`"metBy": "DECISION_ISSUED",`, ``},
		"step reply: notBefore is a second act":                             {`"RECEIVED"`, `"RECEIVED", "notBefore": "RECEIVED"`},
		"step reply: a clock that is counted back doesn't roll":             {`"length": 5`, `"backward": true, "length": 5`},
		"step reply: pause \"LUNCH\" is not known":                          {`"APPRAISAL"`, `"LUNCH"`},
		"step reply: pause APPRAISAL is there twice":                        {`"APPRAISAL"`, `"APPRAISAL", "APPRAISAL"`},
		"step reply: restart \"LUNCH\" is not known":                        {`"pauses"`, `"restarts": ["LUNCH"], "pauses"`},
		"step reply: an extension without approver":                         {`"approver": "UNIT_HEAD", `, ``},
		"step reply: approver \"REQUESTER\" is not known":                   {`"UNIT_HEAD"`, `"REQUESTER"`},
		"step reply: an extension in \"WORKING_DAYS\" of a step in":         {`"maxLength": 10, "unit": "CALENDAR_DAYS"`, `"maxLength": 10, "unit": "WORKING_DAYS"`},
		"step reply: an extension of 10 each, 5 in all":                     {`"maxLength": 10`, `"maxTotal": 5, "maxLength": 10`},
		"step reply: an extension of 30 in all cannot be reached":           {`"maxLength": 10`, `"maxTotal": 30, "maxLength": 10`},
		"step reply: an extension's unit without length":                    {`"maxLength": 10, `, ``},
		"step reply: an extension's numbers are between":                    {`"maxTimes": 1`, `"maxTimes": -1`},
		"step reply: an extension without maxTimes leaves the next one":     {`[{"approver"`, `[{"approver": "PARTIES_AGREE"}, {"approver"`},
		"step reply: owner \"MOON\" is not known":                           {`"owner": "OFFICE"`, `"owner": "MOON"`},
		"step reply: onExpiry \"EXPLODES\" is not known":                    {`"ESCALATE"`, `"EXPLODES"`},
		"step reply: onExpiry is not said":                                  {`"onExpiry": {"effect": "ESCALATE"},`, ``},
		"step reply: onExpiry lacks a language":                             {`"effect": "ESCALATE"`, `"effect": "ESCALATE", "zh": "督办"`},
		"step reply: a right lapses that is no citizen's":                   {`"ESCALATE"`, `"RIGHT_LAPSES"`},
		"step reply: what is not the office's own is not escalated":         {`"owner": "OFFICE"`, `"owner": "OTHER_ORGAN"`},
		"step reply: no citation: name the law":                             {`"citation": {"law": "本市12345办法", "article": "12", "verified": true}`, `"citation": {}`},
		"step reply: verified without article":                              {`, "article": "12", "verified"`, `, "verified"`},
		"step reply: a design choice cites no law":                          {`"article": "12"`, `"designChoice": true, "article": "12"`},
		"step reply: a limit needs a number":                                {`"length": 5`, `"limit": {"max": 0, "of": "PERSONS"}, "length": 5`},
		"step reply: unitUndefined is for days alone":                       {`"length": 5`, `"unitUndefined": true, "length": 5`},
		"step reply: when or remark lacks a language":                       {`"length": 5`, `"remark": {"zh": "注"}, "length": 5`},
		"applies: MediationType has no \"MAGIC\"":                           {`"steps"`, `"applies": [{"mediationTypes": ["MAGIC"]}], "steps"`},
		"applies: a rule that names nothing":                                {`"steps"`, `"applies": [{}], "steps"`},
		"applies: \"5\" is not a division's code":                           {`"steps"`, `"applies": [{"divisions": ["5"]}], "steps"`},
		"applies: \"DISPUTE\" is named twice":                               {`"steps"`, `"applies": [{"kinds": ["DISPUTE", "DISPUTE"]}], "steps"`},
		"cases follow it, so it needs a step \"handling\"":                  {`"steps"`, `"applies": [{"kinds": ["DISPUTE"]}], "steps"`},
		"consent mode \"SILENCE\" is not known":                             {`"steps"`, `"consent": {"mode": "SILENCE", "citation": {"designChoice": true}}, "steps"`},
		"consent: no citation":                                              {`"steps"`, `"consent": {"mode": "NOT_REFUSED", "citation": {}}, "steps"`},
		"a file that extends a procedure adds steps only":                   {`"steps"`, `"extends": true, "steps"`},
		"unitUndefined, guideline, recurring and backward say something of": {`"length": 5,`, `"guideline": true,`, `"unit": "CALENDAR_DAYS",`, ``},
		"a pause or restart without a length":                               {`"length": 5,`, ``, `"unit": "CALENDAR_DAYS",`, ``},
		"step reply: an extension of something that has no length":          {`"length": 5,`, ``, `"unit": "CALENDAR_DAYS",`, ``},
		"a.json: something follows the procedure":                           {"    }\n  ]\n}", "    }\n  ]\n} {}"},
		"a.json: the file is not UTF-8":                                     {`"reply"`, "\"\xff\""},
		"step : code \"\" is not lower-case":                                {},
	} {
		text := changed(t, pairs...)
		if len(pairs) == 0 {
			reason = "a.json: code \"\" is not lower-case"
			text = `{"steps": [{}]}`
		}
		_, err := load(t, text)
		var faults *procedure.FaultsError
		require.ErrorAs(t, err, &faults, reason)
		require.ErrorContains(t, err, reason)
		for _, fault := range faults.Faults {
			require.Equal(t, "a.json", fault.File)
			require.NotEmpty(t, fault.Reason)
		}
	}
	for text, reason := range map[string]string{
		"": "not JSON", "[]": "not a procedure", "{": "not JSON", `{"steps": []}`: "no steps",
		strings.Repeat(`{"name":`, 20): "nests too deep", strings.Repeat(" ", 1<<20+1): "longer than",
	} {
		_, err := load(t, text)
		require.ErrorContains(t, err, reason)
	}
	_, err := procedure.Load(map[string][]byte{"notes.txt": []byte(sound)})
	require.ErrorContains(t, err, "notes.txt: not a .json file")
}

func TestEveryFaultIsToldAtOnce(t *testing.T) {
	t.Parallel()
	_, err := load(t, changed(t, `"UNIT_HEAD"`, `"ME"`, `"APPRAISAL"`, `"LUNCH"`), changed(t, `"ESCALATE"`, `"EXPLODES"`))
	var faults *procedure.FaultsError
	require.ErrorAs(t, err, &faults)
	require.Equal(t, []procedure.Fault{
		{File: "a.json", Step: "reply", Reason: `pause "LUNCH" is not known`},
		{File: "a.json", Step: "reply", Reason: `approver "ME" is not known`},
		{File: "b.json", Step: "reply", Reason: `onExpiry "EXPLODES" is not known`},
	}, faults.Faults)
}

func TestFilesThatContradictEachOtherAreRefused(t *testing.T) {
	t.Parallel()
	follows := func(code, rule string) string {
		return changed(t, `"hotline-12345"`, `"`+code+`"`, `"reply"`, `"handling"`, `"steps"`, `"applies": [`+rule+`], "steps"`)
	}
	for reason, files := range map[string][]string{
		"b.json: hotline-12345 holds from 2027-02-28, while the version in a.json still does": {
			sound, changed(t, "2024-03-01", "2027-02-28", "2027-02-28", "2027-02-28"),
		},
		"b.json: hotline-12345 holds from 2025-01-01, while the version in a.json still does": {
			changed(t, `"effectiveTo": "2027-02-28",`, ``), changed(t, "2024-03-01", "2025-01-01"),
		},
		"b.json: applies: fits the same cases as alpha in a.json": {
			follows("alpha", `{"kinds": ["DISPUTE"], "matters": ["LABOUR", "MEDICAL"]}`),
			follows("beta", `{"kinds": ["DISPUTE"], "matters": ["MEDICAL"]}`),
		},
		"a.json: extends a procedure, and there is none below it": {
			changed(t, `"name": {"zh": "12345热线", "en": "hotline 12345"},`, `"extends": true,`),
		},
		"a.json: step reply: stricter than nothing": {changed(t, `"length": 5`, `"stricter": true, "length": 5`)},
	} {
		layer, err := load(t, files...)
		require.NoError(t, err, reason)
		_, err = procedure.New(layer)
		require.ErrorContains(t, err, reason)
	}
	for _, files := range [][]string{
		{sound, changed(t, "2024-03-01", "2027-03-01", "2027-02-28", "2028-01-01")},
		{follows("alpha", `{"kinds": ["DISPUTE"], "matters": ["LABOUR"]}`), follows("beta", `{"kinds": ["DISPUTE"], "matters": ["MEDICAL"]}`)},
		{follows("alpha", `{"divisions": ["53"]}`), follows("beta", `{"divisions": ["5304"]}`)},
	} {
		layer, err := load(t, files...)
		require.NoError(t, err)
		_, err = procedure.New(layer)
		require.NoError(t, err)
	}
}

func FuzzLoad(f *testing.F) {
	names, err := filepath.Glob("data/*.json")
	require.NoError(f, err)
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(sound))
	f.Add([]byte(`{"steps":[{"citation":{}}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		layer, err := procedure.Load(map[string][]byte{"f.json": text})
		if err != nil {
			var faults *procedure.FaultsError
			require.True(t, errors.As(err, &faults) && len(faults.Faults) > 0)
			return
		}
		catalogue, err := procedure.New(layer)
		if err != nil {
			return
		}
		for _, list := range []procedure.Date{"1000-01-01", "2026-11-22", "9999-12-31"} {
			for _, p := range catalogue.Procedures(list) {
				for _, s := range p.Steps {
					require.Equal(t, s.Length > 0, s.Unit != "")
					require.True(t, s.Citation.DesignChoice || s.Citation.Law != "")
					require.False(t, s.Citation.Verified && s.Citation.Article == "")
					require.False(t, s.RollForward && s.Unit == procedure.Hours)
					for granted := range 4 {
						if e, ok := s.NextExtension(granted); ok {
							require.NotEmpty(t, e.Approver)
						}
					}
				}
			}
		}
		// A layer on top of itself says everything twice.
		_, err = catalogue.With(layer)
		require.Error(t, err)
	})
}
