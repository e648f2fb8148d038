package api_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

func accusation(key string) map[string]any {
	input := dispute(key)
	input["kind"], input["petitionType"], input["category"] = "PETITION", "ACCUSATION", "P-URBAN-PROPERTY"
	input["parties"] = []any{
		map[string]any{"role": "PETITIONER", "name": "李明", "phone": "13800138000"},
		map[string]any{"role": "ACCUSED", "name": "赵某某", "address": "玉兴路12号"},
	}
	return input
}

const petitionClerk, petitionHead = "p-530402-petition-clerk-1", "p-530402-petition-leader-1"

const inboxOf = `{ inbox(first: 10) { totalCount edges { node { kind case { id parties { id role name address outsider person { name } } } } } }
	cases(first: 10) { totalCount edges { cursor } } deadlines(first: 10) { totalCount edges { cursor } } }`

type inboxPage struct {
	Inbox struct {
		TotalCount int
		Edges      []struct {
			Node struct {
				Kind string
				Case struct {
					ID      string
					Parties []struct {
						ID, Role, Name string
						Address        *string
						Outsider       bool
						Person         *struct{ Name string }
					}
				}
			}
		}
	}
	Cases, Deadlines struct {
		TotalCount int
		Edges      []any
	}
}

func TestAnAccusationByNameAloneIsSeenByTheHeadAlone(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.mutate(petitionClerk, "registerCase", accusation("by-name"))
	require.Empty(t, registered.UserErrors)
	require.Nil(t, registered.Case, "the registrar is not the one to know who is accused")
	require.Nil(t, o.mutate(petitionClerk, "registerCase", accusation("by-name")).Case)
	require.Equal(t, 1, o.commander.Sent, "the repeat is answered from the record")

	page := data[inboxPage](o, petitionHead, inboxOf, nil)
	require.Equal(t, 1, page.Inbox.TotalCount)
	held := page.Inbox.Edges[0].Node
	require.Equal(t, "IDENTIFY_ACCUSED", held.Kind)
	for _, other := range []string{
		petitionClerk, "p-530402-petition-clerk-2", "p-530402-petition-manager-1", "p-530402-petition-supervisor-1",
		leader, manager, "p-5304-petition-leader-1", "p-530402-leading-leader-1",
	} {
		elsewhere := data[inboxPage](o, other, inboxOf, nil)
		require.Zero(t, elsewhere.Inbox.TotalCount+elsewhere.Cases.TotalCount+elsewhere.Deadlines.TotalCount, other)
		require.Empty(t, elsewhere.Cases.Edges, other)
		refused := o.mutate(other, "transferCase", o.on(held.Case.ID, map[string]any{"toUnitId": schema.GlobalID("Unit", "u-530402-discipline"), "reason": "转送"}))
		require.Equal(t, "NO_SUCH_CASE", refused.UserErrors[0].Code, other)
	}
	transfer := o.on(held.Case.ID, map[string]any{"toUnitId": schema.GlobalID("Unit", "u-530402-discipline"), "reason": "转送"})
	require.Equal(t, "INCOMPLETE", o.mutate(petitionHead, "transferCase", transfer).UserErrors[0].Code)

	require.Equal(t, "ACCUSED", held.Case.Parties[1].Role)
	o.do(petitionHead, "amendCase", o.on(held.Case.ID, map[string]any{"reason": "经核实", "parties": []any{map[string]any{
		"id": held.Case.Parties[1].ID, "role": "ACCUSED", "personId": person("p-530402-land-clerk-1"),
	}}}))
	accused := data[inboxPage](o, petitionHead, inboxOf, nil).Inbox.Edges[0].Node
	require.Equal(t, "ACCEPT", accused.Kind)
	require.Equal(t, "赵某某", accused.Case.Parties[1].Name, "what was taken down stays")
	require.Equal(t, "玉兴路12号", *accused.Case.Parties[1].Address)
	require.NotEmpty(t, accused.Case.Parties[1].Person.Name)
	require.Equal(t, 1, data[inboxPage](o, petitionClerk, inboxOf, nil).Cases.TotalCount, "the registrar has no interest")
	require.Zero(t, data[inboxPage](o, "p-530402-land-clerk-1", inboxOf, nil).Cases.TotalCount)
	transfer["clientMutationId"] = "once it is known"
	require.Empty(t, o.mutate(petitionHead, "transferCase", transfer).UserErrors)
}

func TestWhoeverHandedACaseOnMayAskAgain(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("handed-on")).Case.ID
	transfer := o.on(id, map[string]any{"toUnitId": schema.GlobalID("Unit", "u-530402001-committee"), "reason": "向下派遣"})
	first := o.mutate(otherClerk, "transferCase", transfer)
	require.Empty(t, first.UserErrors)
	require.Nil(t, first.Case, "the case is another unit's now")
	again := o.mutate(otherClerk, "transferCase", transfer)
	require.Empty(t, again.UserErrors, "the same request acts once and is answered alike")
	require.Nil(t, again.Case)
	transfer["reason"] = "另一理由"
	require.Equal(t, "CONFLICT", o.mutate(otherClerk, "transferCase", transfer).UserErrors[0].Code)
	require.Equal(t, "NO_SUCH_CASE", o.mutate(otherClerk, "addNote", o.on(id, map[string]any{"text": "备注"})).UserErrors[0].Code)
}
