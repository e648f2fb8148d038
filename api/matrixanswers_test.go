package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/graphql-go/graphql/language/ast"
	"github.com/stretchr/testify/require"
)

// command carries out a mutation and selects everything of its payload.
func (m *matrix) command(who, mutation string, depth int, input map[string]any) answer {
	m.t.Helper()
	var field *ast.FieldDefinition
	for _, f := range m.edges.types["Mutation"].Fields {
		if f.Name.Value == mutation {
			field = f
		}
	}
	require.NotNil(m.t, field, mutation)
	question := fmt.Sprintf("mutation($input: %s!) { __typename payload: %s(input: $input) { %s} }",
		named(field.Arguments[0].Type), mutation, m.edges.everything(named(field.Type), depth))
	got := m.ask(who, question, map[string]any{"input": input})
	require.Empty(m.t, got.Errors, "%s asks for %s", who, mutation)
	m.asked++
	return got
}

// absentAndHandedOver lets the investigator be away and hands one mediator's case to another.
func (m *matrix) absentAndHandedOver() {
	m.t.Helper()
	s := &situation{
		name: "handed over", mark: "月戌", whole: only(clerk, otherClerk, manager, leader, otherMediator), masked: with(countyAbove, only(township)),
	}
	m.situations = append(m.situations, s)
	m.plant(s, clerk, dispute(s.name)).handled(mediator, clerk, manager)
	m.read(manager, m.command(manager, "handOverWork", 1, map[string]any{
		"clientMutationId": "over", "fromPersonId": person(mediator), "toPersonId": person(otherMediator), "reason": "岗位调整" + s.mark,
		"caseIds": []any{s.id},
	}).Data)
	away := absence("away", investigator, m.now.Format(time.RFC3339), m.now.AddDate(0, 1, 0).Format(time.RFC3339), otherInvestigator)
	m.read(manager, m.command(manager, "setAbsence", 1, away).Data)
	m.read(cityAdmin, m.command(cityAdmin, "saveUnit", 1, map[string]any{
		"clientMutationId": "unit", "name": "红塔区新设局", "kind": "BUREAU", "division": "530402", "supervisingUnitId": unit("530402-center"),
	}).Data)
	m.read(cityAdmin, m.command(cityAdmin, "grantRole", 1, role("grant", "p-530423-center-clerk-1", "ANALYST", "u-530423-center")).Data)
}

// commands asks for what nobody may do who doesn't see the case, and for what shows more than
// the case does: hints of duplicates and personal data revealed for a purpose.
func (m *matrix) commands() {
	m.t.Helper()
	for _, s := range m.situations {
		for _, who := range readers {
			if slices.Contains(s.whole, who) || slices.Contains(s.masked, who) {
				continue
			}
			mutation, fields := "addNote", m.on(s.id, map[string]any{"text": "备注"})
			if s.isPackage {
				mutation, fields = "setPackagePlan", m.onPackage(s.id, map[string]any{
					"milestones": []any{map[string]any{"title": "约谈", "dueOn": "2027-03-31"}},
				})
			}
			got := m.command(who, mutation, 1, fields)
			m.read(who, got.Data)
			var refused struct {
				Payload struct{ UserErrors []struct{ Code string } }
			}
			require.NoError(m.t, json.Unmarshal(got.Data, &refused))
			require.Len(m.t, refused.Payload.UserErrors, 1, "%s on %q", who, s.name)
			if code := refused.Payload.UserErrors[0].Code; code != "NO_SUCH_CASE" {
				m.leak(fmt.Sprintf("%s answers %s about %q", mutation, code, s.name), who)
			}
		}
	}
	for _, who := range []string{clerk, elsewhereClerk, petitionClerk} {
		input := dispute("like " + who)
		if who == elsewhereClerk {
			input["division"] = "530403"
		}
		m.read(who, m.command(who, "registerCase", 1, input).Data)
		input["clientMutationId"], input["title"] = "bad "+who, ""
		m.read(who, m.command(who, "registerCase", 1, input).Data)
	}
	for mutation, input := range map[string]map[string]any{
		"handOverWork": {"fromPersonId": person("p-none"), "reason": "岗位调整"},
		"savePerson":   {"name": ""},
		"saveUnit":     {"name": "", "kind": "BUREAU", "division": "530402"},
	} {
		input["clientMutationId"] = "refused " + mutation
		m.read(cityAdmin, m.command(cityAdmin, mutation, 1, input).Data)
	}
	m.read(overseer, m.command(overseer, "revealPersonalData", 1, m.on(m.situations[0].id, map[string]any{"purpose": ""})).Data)
	p := m.situations[slices.IndexFunc(m.situations, func(s *situation) bool { return s.isPackage })]
	m.read(countyLeader, m.command(countyLeader, "setPackagePlan", 1, m.onPackage(p.id, map[string]any{
		"milestones": []any{map[string]any{"title": "约谈", "dueOn": "2027-03-31"}},
	})).Data)
	// Whoever answers for the sub-tree may ask for what is masked; that this is told nobody else
	// and recorded is tested on its own.
	revealed := m.command(overseer, "revealPersonalData", 1, m.on(m.situations[0].id, map[string]any{"purpose": "督办核查"}))
	require.Contains(m.t, string(revealed.Data), m.situations[0].mark)
	m.reach(revealed.Data)
}
