package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

// refusal is what one bad input must be answered with.
type refusal struct {
	name    string
	change  func(input map[string]any)
	code    string
	field   []string
	message string
}

func field(path ...string) []string { return append([]string{"input"}, path...) }

func TestABadRegistrationIsRefusedByNameAndOpensNoCase(t *testing.T) {
	t.Parallel()
	o := open(t)
	set := func(name string, value any) func(map[string]any) {
		return func(input map[string]any) { input[name] = value }
	}
	party := func(change map[string]any) func(map[string]any) {
		return func(input map[string]any) {
			first := input["parties"].([]any)[0].(map[string]any)
			for name, value := range change {
				first[name] = value
			}
		}
	}
	for _, r := range []refusal{
		{"an empty title", set("title", "  "), "REQUIRED", field("title"), "title"},
		{"a title of 201 characters", set("title", strings.Repeat("长", 201)), "TOO_LONG", field("title"), "200"},
		{"a control character", set("narrative", "a\x07b"), "INVALID", field("narrative"), "U+0007"},
		{"a masked title", set("title", "****"), "INVALID", field("title"), "masked"},
		{"no parties", set("parties", []any{}), "REQUIRED", field("parties"), "parties"},
		{"an unknown division", set("division", "530999"), "UNKNOWN_DIVISION", field("division"), "530999"},
		{"an unknown category", set("category", "D-NOTHING"), "UNKNOWN_CATEGORY", field("category"), "D-NOTHING"},
		{"a petition's category", set("category", "P-URBAN-PROPERTY"), "UNKNOWN_CATEGORY", field("category"), "PETITION"},
		{"a name of 10,000 characters", party(map[string]any{"name": strings.Repeat("名", 10_000)}), "TOO_LONG", field("parties", "0", "name"), "80"},
		{"a masked name", party(map[string]any{"name": "李**"}), "INVALID", field("parties", "0", "name"), "masked"},
		{"a wrong identity number", party(map[string]any{"idNumber": "110105194912310021"}), "INVALID", field("parties", "0", "idNumber"), "checksum"},
		{"a wrong phone", party(map[string]any{"phone": "123"}), "INVALID", field("parties", "0", "phone"), "phone"},
		{"an unknown unit", party(map[string]any{"unitId": schema.GlobalID("Unit", "u-nowhere")}), "UNKNOWN_UNIT", field("parties", "0", "unitId"), "u-nowhere"},
		{"another type's id", party(map[string]any{"unitId": person(clerk)}), "INVALID", field("parties", "0", "unitId"), "id of a Unit"},
		{"receipt in the future", set("receivedAt", "2026-03-11T00:00:00+08:00"), "DATE_IN_FUTURE", field("receivedAt"), "receivedAt"},
		{"a wide wrong identity number", party(map[string]any{"idNumber": "１１０１０５１９４９１２３１００２１"}), "INVALID", field("parties", "0", "idNumber"), "checksum"},
		{"receipt long ago for a reason of blanks", func(input map[string]any) {
			input["receivedAt"], input["backdatingReason"] = "2026-03-01T00:00:00+08:00", " \u3000"
		}, "BACKDATING_REASON_REQUIRED", field("backdatingReason"), "backdatingReason"},
		{"receipt long ago without a reason", set("receivedAt", "2026-03-01T00:00:00+08:00"), "BACKDATING_REASON_REQUIRED", field("backdatingReason"), "backdatingReason"},
		{"an event after receipt", set("occurredAt", "2026-03-12T00:00:00+08:00"), "DATE_OUT_OF_ORDER", field("occurredAt"), "occurredAt"},
		{"an unknown system", set("externalIds", []any{map[string]any{"system": "12345-9999", "number": "1"}}), "UNKNOWN_SYSTEM", field("externalIds", "0", "system"), "12345-9999"},
		{"an empty key", set("clientMutationId", ""), "REQUIRED", field("clientMutationId"), "clientMutationId"},
		{"a key of 129 characters", set("clientMutationId", strings.Repeat("k", 129)), "TOO_LONG", field("clientMutationId"), "128"},
	} {
		input := dispute(r.name)
		r.change(input)
		got := o.mutate(clerk, "registerCase", input)
		require.NotEmpty(t, got.UserErrors, r.name)
		require.Equal(t, r.code, got.UserErrors[0].Code, r.name)
		require.Equal(t, r.field, got.UserErrors[0].Field, r.name)
		require.Contains(t, got.UserErrors[0].Message, r.message, r.name)
		require.Nil(t, got.Case, r.name)
	}
	require.Zero(t, o.commander.Sent, "no refused registration reaches a case")
	require.Empty(t, data[struct {
		Cases struct{ Edges []any }
	}](o, manager, `{ cases(first: 10) { edges { cursor } } }`, nil).Cases.Edges)
}

func TestAMalformedInputIsAProtocolErrorThatNamesTheField(t *testing.T) {
	t.Parallel()
	o := open(t)
	for name, bad := range map[string]struct {
		change func(map[string]any)
		names  string
	}{
		"a missing field":      {func(in map[string]any) { delete(in, "title") }, "title"},
		"an unknown field":     {func(in map[string]any) { in["titel"] = "x" }, "titel"},
		"a wrong type":         {func(in map[string]any) { in["headcount"] = "zwölf" }, "headcount"},
		"a number as text":     {func(in map[string]any) { in["headcount"] = "12" }, "headcount"},
		"an unknown kind":      {func(in map[string]any) { in["kind"] = "QUARREL" }, "kind"},
		"a date without time":  {func(in map[string]any) { in["receivedAt"] = "2026-03-01" }, "receivedAt"},
		"a division with text": {func(in map[string]any) { in["division"] = "红塔区" }, "division"},
		"a party without role": {func(in map[string]any) {
			delete(in["parties"].([]any)[0].(map[string]any), "role")
		}, "role"},
	} {
		input := dispute(name)
		bad.change(input)
		got := o.ask(clerk, mutationText("registerCase"), map[string]any{"input": input})
		require.NotEmpty(t, got.Errors, name)
		require.Equal(t, "BAD_USER_INPUT", got.code(), name)
		require.Contains(t, got.Errors[0].Message, bad.names, name)
		require.True(t, len(got.Data) == 0 || string(got.Data) == "null", name)
	}
	require.Zero(t, o.commander.Sent)
}

func TestABadCommandIsRefusedAndChangesNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("bad-commands"))
	id, version := registered.Case.ID, registered.Case.Version
	later := o.now.Add(time.Hour).Format(time.RFC3339)
	earlier := o.now.Add(-26 * time.Hour).Format(time.RFC3339)
	for _, r := range []struct {
		name, who, mutation string
		fields              map[string]any
		code                string
		field               []string
	}{
		{"a legal date in the future", clerk, "acceptCase", map[string]any{"effectiveAt": later}, "DATE_IN_FUTURE", field("effectiveAt")},
		{"a legal date before receipt", clerk, "acceptCase", map[string]any{"effectiveAt": earlier}, "DATE_BEFORE_RECEIPT", field("effectiveAt")},
		{"the wrong role", mediator, "acceptCase", nil, "NO_SUCH_CASE", field("caseId")},
		{"a role that sees but may not", "p-530402-center-supervisor-1", "acceptCase", nil, "WRONG_ROLE", nil},
		{"a stale version", clerk, "acceptCase", map[string]any{"expectedVersion": version - 1}, "STALE_VERSION", field("expectedVersion")},
		{"the wrong stage", manager, "assignCase", map[string]any{"personId": person(mediator)}, "WRONG_STAGE", nil},
		{"another type's id", clerk, "acceptCase", map[string]any{"caseId": person(clerk)}, "INVALID", field("caseId")},
		{"no id at all", clerk, "acceptCase", map[string]any{"caseId": "530402-D-2026-000001"}, "INVALID", field("caseId")},
		{"an unknown case", clerk, "acceptCase", map[string]any{"caseId": schema.GlobalID("Case", "00000000-0000-4000-8000-000000000000")}, "NO_SUCH_CASE", field("caseId")},
		{"an empty explanation", clerk, "declineCase", map[string]any{"reason": "OTHER", "explanation": "", "goTo": "人民法院"}, "REQUIRED", field("explanation")},
		{"an empty note", clerk, "addNote", map[string]any{"text": ""}, "REQUIRED", field("text")},
	} {
		sent := o.commander.Sent
		got := o.mutate(r.who, r.mutation, o.on(id, r.fields))
		require.NotEmpty(t, got.UserErrors, r.name)
		require.Equal(t, r.code, got.UserErrors[0].Code, "%s: %s", r.name, got.UserErrors[0].Message)
		require.Equal(t, r.field, got.UserErrors[0].Field, r.name)
		require.NotEmpty(t, got.UserErrors[0].Message, r.name)
		require.Equal(t, sent, o.commander.Sent, r.name)
	}
	o.now = o.now.Add(10 * 24 * time.Hour)
	backdated := o.mutate(clerk, "acceptCase", o.on(id, map[string]any{"effectiveAt": o.now.Add(-5 * 24 * time.Hour).Format(time.RFC3339)}))
	require.Equal(t, "BACKDATING_REASON_REQUIRED", backdated.UserErrors[0].Code)
	require.Equal(t, field("backdatingReason"), backdated.UserErrors[0].Field)
	unchanged := data[struct{ Node struct{ Version int } }](o, clerk, `query($id: ID!) { node(id: $id) { ... on Case { version } } }`, map[string]any{"id": id})
	require.Equal(t, version, unchanged.Node.Version)
}

func TestAClosedCaseRefusesWhatItNoLongerTakes(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("withdrawn"))
	id := registered.Case.ID
	o.do(clerk, "withdrawCase", o.on(id, map[string]any{
		"partyId": registered.Case.Parties[0].ID, "how": "ON_SITE", "request": "本人自愿撤回", "reason": "双方已和解",
	}))
	verified := o.do(manager, "verifyClosure", o.on(id, nil))
	for _, party := range registered.Case.Parties {
		if verified.Case.Stage == "WITHDRAWN" {
			break
		}
		served := o.mutate(clerk, "recordService", o.on(id, map[string]any{
			"documentId": verified.Case.Documents[0].ID, "partyId": party.ID, "method": "IN_PERSON", "servedAt": o.now.Format(time.RFC3339),
		}))
		if served.Case != nil {
			verified = served
		}
	}
	require.Equal(t, "WITHDRAWN", verified.Case.Stage)
	got := o.mutate(clerk, "acceptCase", o.on(id, nil))
	require.Equal(t, "CASE_CLOSED", got.UserErrors[0].Code)
	require.Contains(t, got.UserErrors[0].Message, "acceptCase")
}
