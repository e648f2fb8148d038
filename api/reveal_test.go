package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

type revealed struct {
	Payload struct {
		Parties []struct {
			ID                             string
			Name, Phone, IDNumber, Address *string
			Masked                         bool
			Representatives                []struct{ Name *string }
		}
		Narrative  *string
		ExpiresAt  *time.Time
		UserErrors []struct {
			Code  string
			Field []string
		}
	}
}

const revealing = `mutation($input: RevealPersonalDataInput!) { payload: revealPersonalData(input: $input) {
	parties { id name phone idNumber address masked } narrative expiresAt userErrors { code field } } }`

const overseer = "p-5304-center-supervisor-1"

func (o *office) reveal(personID, key, caseID, purpose string, partyIDs ...any) revealed {
	o.t.Helper()
	input := map[string]any{"clientMutationId": key, "caseId": caseID, "purpose": purpose}
	if len(partyIDs) > 0 {
		input["partyIds"] = partyIDs
	}
	return data[revealed](o, personID, revealing, map[string]any{"input": input})
}

// looks are the events of looking at a case's personal data, as somebody sees them.
func (o *office) looks(personID, caseID string) (found []struct{ Text, Purpose string }) {
	o.t.Helper()
	got := data[struct {
		Node struct {
			Timeline struct {
				Edges []struct {
					Node struct {
						Type, Text string
						Texts      []struct{ Field, Text string }
					}
				}
			}
		}
	}](o, personID, `query($id: ID!) { node(id: $id) { ... on Case { timeline(first: 50) { edges { node { type text(language: ZH_CN) texts { field text } } } } } } }`,
		map[string]any{"id": caseID})
	for _, edge := range got.Node.Timeline.Edges {
		if edge.Node.Type == "PersonalDataRevealed" {
			require.Equal(o.t, "purpose", edge.Node.Texts[0].Field)
			found = append(found, struct{ Text, Purpose string }{edge.Node.Text, edge.Node.Texts[0].Text})
		}
	}
	return found
}

func TestWhatIsRevealedIsShownOnceForAWhileAndStandsInTheRecord(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("reveal")).Case
	got := o.reveal(overseer, "look-1", registered.ID, "核对重复信访").Payload
	require.Empty(t, got.UserErrors)
	require.Len(t, got.Parties, 2)
	require.Equal(t, "李明", *got.Parties[0].Name)
	require.Equal(t, "13800138000", *got.Parties[0].Phone)
	require.Equal(t, "11010519491231002X", *got.Parties[0].IDNumber)
	require.Equal(t, "玉溪市红塔区玉兴路12号", *got.Parties[0].Address)
	require.False(t, got.Parties[0].Masked)
	require.Equal(t, "李明诉称邻居王强堵塞公共通道", *got.Narrative)
	require.True(t, o.now.Add(15*time.Minute).Equal(*got.ExpiresAt))

	see := func(who string) sight {
		return data[sight](o, who, lookAt, map[string]any{"id": registered.ID, "number": registered.Number})
	}
	require.Equal(t, "李**", *see(overseer).Node.Parties[0].Name, "nothing else loses its masks")
	require.Equal(t, "****", see(overseer).Node.Narrative)
	require.Empty(t, o.searched(overseer, "李明"))
	require.Equal(t, []struct{ Text, Purpose string }{{o.looks(clerk, registered.ID)[0].Text, "核对重复信访"}}, o.looks(manager, registered.ID))
	require.Contains(t, o.looks(clerk, registered.ID)[0].Text, "查看了2名当事人的个人信息和事由")
	require.Equal(t, "****", o.looks(overseer, registered.ID)[0].Purpose, "a text of the case like any other")

	// Again, within the time: the same, and nothing new in the record.
	o.now = o.now.Add(14 * time.Minute)
	again := o.reveal(overseer, "look-1", registered.ID, "核对重复信访").Payload
	require.Equal(t, "李明", *again.Parties[0].Name)
	require.Len(t, o.looks(clerk, registered.ID), 1)
	require.Equal(t, "CONFLICT", o.reveal(overseer, "look-1", registered.ID, "另一用途").Payload.UserErrors[0].Code)
	o.do(clerk, "amendCase", o.on(registered.ID, map[string]any{"reason": "当事人要求保密", "parties": []any{
		map[string]any{"id": registered.Parties[1].ID, "role": "RESPONDENT", "name": "王强", "keepIdentityConfidential": true},
	}}))
	withheld := o.reveal(overseer, "look-1", registered.ID, "核对重复信访").Payload
	require.Len(t, withheld.Parties, 1, "withheld since")
	require.Nil(t, withheld.Narrative)

	// Afterwards: nothing.
	o.now = o.now.Add(time.Minute)
	late := o.reveal(overseer, "look-1", registered.ID, "核对重复信访").Payload
	require.Nil(t, late.Parties)
	require.Nil(t, late.Narrative)
	require.True(t, got.ExpiresAt.Equal(*late.ExpiresAt))
	require.Len(t, o.looks(clerk, registered.ID), 1)
	fresh := o.reveal(overseer, "look-2", registered.ID, "再次核对", registered.Parties[0].ID).Payload
	require.Len(t, fresh.Parties, 1)
	require.Len(t, o.looks(clerk, registered.ID), 2)
}

func TestWhoMayHavePersonalDataRevealed(t *testing.T) {
	t.Parallel()
	o := open(t)
	normal := o.do(clerk, "registerCase", dispute("normal")).Case
	input := dispute("restricted")
	input["confidentiality"] = "RESTRICTED"
	restricted := o.do(clerk, "registerCase", input).Case
	accusation := petition("sealed")
	accusation["petitionType"] = "ACCUSATION"
	accusation["parties"] = []any{
		map[string]any{"role": "PETITIONER", "name": "赵敏"}, map[string]any{"role": "ACCUSED", "personId": person(manager)},
	}
	const petitionClerk, petitionLeader = "p-530402-petition-clerk-1", "p-530402-petition-leader-1"
	sealed := o.do(petitionClerk, "registerCase", accusation).Case
	const none, hidden, wrong, far = "", "NO_SUCH_CASE", "WRONG_ROLE", "NOT_IN_JURISDICTION"
	for who, codes := range map[string][3]string{ // on the normal, the restricted and the sealed case
		overseer:                       {none, hidden, hidden},
		"p-5304-center-manager-1":      {none, hidden, hidden},
		"p-5304-center-leader-1":       {none, hidden, hidden},
		"p-53-center-manager-1":        {none, hidden, hidden},
		"p-530402001-center-manager-1": {none, hidden, hidden},
		manager:                        {none, none, hidden},
		leader:                         {none, none, hidden},
		clerk:                          {wrong, wrong, hidden},
		otherClerk:                     {wrong, hidden, hidden},
		mediator:                       {hidden, hidden, hidden},
		investigator:                   {hidden, hidden, hidden},
		"p-530403-center-manager-1":    {hidden, hidden, hidden},
		"p-530402002-center-manager-1": {hidden, hidden, hidden},
		petitionLeader:                 {none, hidden, far},
		petitionClerk:                  {hidden, hidden, wrong},
	} {
		for i, caseID := range []string{normal.ID, restricted.ID, sealed.ID} {
			got := o.reveal(who, who, caseID, "核对").Payload
			code := ""
			if len(got.UserErrors) > 0 {
				code = got.UserErrors[0].Code
				require.Nil(t, got.Parties)
				require.Nil(t, got.Narrative)
				require.Nil(t, got.ExpiresAt)
			} else {
				require.Len(t, got.Parties, 2)
			}
			require.Equal(t, codes[i], code, "%s, case %d", who, i)
		}
	}
	require.Empty(t, o.looks(petitionClerk, sealed.ID))
	require.Equal(t, "REQUIRED", o.reveal(overseer, "blank", normal.ID, " ").Payload.UserErrors[0].Code)
	require.Equal(t, field("partyIds", "0"), o.reveal(overseer, "foreign", normal.ID, "核对", restricted.Parties[0].ID).Payload.UserErrors[0].Field)
	var allowed []string
	for _, name := range o.allowedFor(overseer, normal.ID) {
		if name == "revealPersonalData" {
			allowed = append(allowed, name)
		}
	}
	require.Len(t, allowed, 1)
	require.Equal(t, "UNAUTHENTICATED", o.ask("", revealing, map[string]any{"input": map[string]any{
		"clientMutationId": "x", "caseId": normal.ID, "purpose": "核对",
	}}).code())
}

func (o *office) allowedFor(personID, caseID string) []string {
	o.t.Helper()
	return data[struct {
		Node struct{ AllowedCommands []string }
	}](o, personID, `query($id: ID!) { node(id: $id) { ... on Case { allowedCommands } } }`, map[string]any{"id": caseID}).Node.AllowedCommands
}
