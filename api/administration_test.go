package api_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

const (
	admin     = "p-530402-center-admin-1"
	cityAdmin = "p-5304-center-admin-1"
)

type administered struct {
	Person *struct {
		ID, Name string
		Roles    []struct {
			Role string
			Unit struct{ ID string }
		}
	}
	Unit *struct {
		ID, Name, Kind  string
		SupervisingUnit *struct{ ID string }
		SuperiorUnits   []struct{ ID string }
	}
	UserErrors []struct {
		Code    string
		Field   []string
		Message string
	}
}

var administration = map[string]string{
	"savePerson": "SavePersonInput", "saveUnit": "SaveUnitInput", "grantRole": "RoleInput", "revokeRole": "RoleInput",
	"setAbsence": "SetAbsenceInput",
}

// administer carries out one mutation on the directory.
func (o *office) administer(personID, mutation string, input map[string]any) administered {
	o.t.Helper()
	shown := "person { id name roles { role unit { id } } }"
	if mutation == "saveUnit" {
		shown = "unit { id name kind supervisingUnit { id } superiorUnits { id } }"
	}
	text := "mutation M($input: " + administration[mutation] + "!) { payload: " + mutation +
		"(input: $input) { userErrors { code field message } " + shown + " } }"
	return data[struct{ Payload administered }](o, personID, text, map[string]any{"input": input}).Payload
}

func role(key, personID, name, unitID string) map[string]any {
	return map[string]any{"clientMutationId": key, "personId": person(personID), "role": name, "unitId": schema.GlobalID("Unit", unitID)}
}

func TestANewColleagueIsEnteredGivenARoleAndLosesItAtOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	input := map[string]any{"clientMutationId": "new", "name": "王静", "subject": "8f3c"}
	entered := o.administer(admin, "savePerson", input)
	require.Empty(t, entered.UserErrors)
	require.Equal(t, "王静", entered.Person.Name)
	again := o.administer(admin, "savePerson", input)
	require.Equal(t, entered, again, "the same request makes no second person")
	input["name"] = "王静雯"
	require.Equal(t, "CONFLICT", o.administer(admin, "savePerson", input).UserErrors[0].Code)

	id, err := schema.ParseNodeID(entered.Person.ID)
	require.NoError(t, err)
	number := o.do(clerk, "registerCase", dispute("seen")).Case.Number
	sees := func() bool {
		got := data[struct{ Case *struct{ ID string } }](o, id.Key, `query($n: String!) { case(number: $n) { id } }`, map[string]any{"n": number})
		return got.Case != nil
	}
	require.False(t, sees(), "nobody without a role sees a case")
	granted := o.administer(admin, "grantRole", role("grant", id.Key, "MANAGER", "u-530402-center"))
	require.Empty(t, granted.UserErrors)
	require.Equal(t, "MANAGER", granted.Person.Roles[0].Role)
	require.True(t, sees())
	revoked := o.administer(admin, "revokeRole", role("revoke", id.Key, "MANAGER", "u-530402-center"))
	require.Empty(t, revoked.UserErrors)
	require.Empty(t, revoked.Person.Roles)
	require.False(t, sees(), "rights are read at each request")
}

func TestWorkOfWhoeverLosesTheirLastRoleWaitsInTheInboxOfTheRole(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("assigned")).Case.ID
	o.do(clerk, "acceptCase", o.on(id, nil))
	o.do(manager, "assignCase", o.on(id, map[string]any{"personId": person(investigator)}))
	kinds := func(personID string) []string {
		var list []string
		got := data[struct {
			Inbox struct {
				Edges []struct{ Node struct{ Kind string } }
			}
		}](o, personID, `{ inbox(first: 50) { edges { node { kind } } } }`, nil)
		for _, edge := range got.Inbox.Edges {
			list = append(list, edge.Node.Kind)
		}
		return list
	}
	require.Contains(t, kinds(investigator), "INVESTIGATE")
	require.NotContains(t, kinds(manager), "INVESTIGATE")
	revoked := o.administer(admin, "revokeRole", role("revoke", investigator, "INVESTIGATOR", "u-530402-center"))
	require.Empty(t, revoked.UserErrors)
	require.Empty(t, kinds(investigator))
	found := false
	for _, other := range []string{"p-530402-center-investigator-2", clerk, manager} {
		for _, kind := range kinds(other) {
			found = found || kind == "INVESTIGATE" || kind == "ASSIGN"
		}
	}
	require.True(t, found, "somebody has the work now")
	// Given back, it is theirs again.
	require.Empty(t, o.administer(admin, "grantRole", role("grant", investigator, "INVESTIGATOR", "u-530402-center")).UserErrors)
	require.Contains(t, kinds(investigator), "INVESTIGATE")
}

func TestAUnitIsAddedAndChangedButStaysWhatAndWhereItIs(t *testing.T) {
	t.Parallel()
	o := open(t)
	centre := schema.GlobalID("Unit", "u-530402-center")
	input := func(key string, fields map[string]any) map[string]any {
		in := map[string]any{
			"clientMutationId": key, "name": "红塔区物业纠纷调解委员会", "kind": "INDUSTRY_COMMITTEE", "industry": "property",
			"division": "530402", "supervisingUnitId": centre, "superiorUnitIds": []any{schema.GlobalID("Unit", "u-530402-leading"), centre},
		}
		for name, value := range fields {
			in[name] = value
		}
		return in
	}
	added := o.administer(admin, "saveUnit", input("add", nil))
	require.Empty(t, added.UserErrors)
	require.Len(t, added.Unit.SuperiorUnits, 2)
	changed := o.administer(admin, "saveUnit", input("change", map[string]any{
		"id": added.Unit.ID, "name": "红塔区物业调委会", "superiorUnitIds": []any{centre},
	}))
	require.Empty(t, changed.UserErrors)
	require.Equal(t, "红塔区物业调委会", changed.Unit.Name)
	require.Len(t, changed.Unit.SuperiorUnits, 1, "those left out are superiors no longer")

	for name, c := range map[string]struct {
		fields      map[string]any
		code, field string
	}{
		"another kind":               {map[string]any{"id": added.Unit.ID, "kind": "BUREAU"}, "INVALID", "kind"},
		"another division":           {map[string]any{"id": added.Unit.ID, "division": "530402001"}, "INVALID", "division"},
		"a second centre":            {map[string]any{"kind": "CENTER"}, "CONFLICT", "kind"},
		"an unknown division":        {map[string]any{"division": "999999"}, "UNKNOWN_DIVISION", "division"},
		"a division of others":       {map[string]any{"division": "530403"}, "NOT_IN_JURISDICTION", "division"},
		"no name":                    {map[string]any{"name": " "}, "REQUIRED", "name"},
		"a long name":                {map[string]any{"name": strings.Repeat("长", 101)}, "TOO_LONG", "name"},
		"under itself":               {map[string]any{"id": added.Unit.ID, "supervisingUnitId": added.Unit.ID}, "INVALID", "supervisingUnitId"},
		"its own superior":           {map[string]any{"id": added.Unit.ID, "superiorUnitIds": []any{added.Unit.ID}}, "INVALID", "superiorUnitIds"},
		"supervised from elsewhere":  {map[string]any{"supervisingUnitId": schema.GlobalID("Unit", "u-530402001-leading")}, "", "supervisingUnitId"},
		"a unit of an unknown id":    {map[string]any{"id": schema.GlobalID("Unit", "u-none")}, "NOT_FOUND", "id"},
		"the id of another thing":    {map[string]any{"id": person(clerk)}, "INVALID", "id"},
		"an unknown supervising one": {map[string]any{"supervisingUnitId": schema.GlobalID("Unit", "u-none")}, "UNKNOWN_UNIT", "supervisingUnitId"},
	} {
		got := o.administer(admin, "saveUnit", input(name, c.fields))
		require.NotEmpty(t, got.UserErrors, name)
		if c.code != "" {
			require.Equal(t, c.code, got.UserErrors[0].Code, name)
		}
		require.Equal(t, c.field, got.UserErrors[0].Field[1], name)
		require.Nil(t, got.Unit, name)
	}
}

func TestAnAdministratorKeepsTheirOwnAreaAndNeverThemselves(t *testing.T) {
	t.Parallel()
	o := open(t)
	for name, c := range map[string]struct {
		who, mutation string
		input         map[string]any
		code          string
	}{
		"a manager grants nothing":          {manager, "grantRole", role("a", clerk, "MANAGER", "u-530402-center"), "WRONG_ROLE"},
		"no role for oneself":               {admin, "grantRole", role("b", admin, "MANAGER", "u-530402-center"), "SAME_PERSON"},
		"none of one's own taken":           {admin, "revokeRole", role("c", admin, "ADMIN", "u-530402-center"), "SAME_PERSON"},
		"no role at the level above":        {admin, "grantRole", role("d", clerk, "MANAGER", "u-5304-center"), "NOT_IN_JURISDICTION"},
		"a role held already":               {admin, "grantRole", role("e", clerk, "CLERK", "u-530402-center"), "ALREADY_DONE"},
		"a role not held":                   {admin, "revokeRole", role("f", clerk, "LEADER", "u-530402-center"), "NOT_FOUND"},
		"an unknown person":                 {admin, "grantRole", role("g", "p-none", "CLERK", "u-530402-center"), "UNKNOWN_PERSON"},
		"an unknown unit":                   {admin, "grantRole", role("h", clerk, "CLERK", "u-none"), "UNKNOWN_UNIT"},
		"the sign-in of somebody above":     {admin, "savePerson", map[string]any{"clientMutationId": "i", "id": person(cityAdmin), "name": "某", "subject": "mine"}, "NOT_IN_JURISDICTION"},
		"one's own sign-in":                 {admin, "savePerson", map[string]any{"clientMutationId": "j", "id": person(admin), "name": "某", "subject": "mine"}, "SAME_PERSON"},
		"nobody's id":                       {admin, "savePerson", map[string]any{"clientMutationId": "k", "id": person("p-none"), "name": "某", "subject": "mine"}, "NOT_FOUND"},
		"a subject too long":                {admin, "savePerson", map[string]any{"clientMutationId": "l", "name": "某", "subject": strings.Repeat("s", 256)}, "TOO_LONG"},
		"a key that cannot be":              {admin, "savePerson", map[string]any{"clientMutationId": "", "name": "某", "subject": "s"}, "REQUIRED"},
		"the city's may do what it may not": {cityAdmin, "grantRole", role("m", clerk, "ANALYST", "u-5304-center"), ""},
	} {
		got := o.administer(c.who, c.mutation, c.input)
		if c.code == "" {
			require.Empty(t, got.UserErrors, name)
			continue
		}
		require.NotEmpty(t, got.UserErrors, name)
		require.Equal(t, c.code, got.UserErrors[0].Code, name)
	}
	taken := map[string]any{"clientMutationId": "n", "name": "甲", "subject": "one"}
	require.Empty(t, o.administer(admin, "savePerson", taken).UserErrors)
	taken = map[string]any{"clientMutationId": "o", "name": "乙", "subject": "one"}
	require.Equal(t, "CONFLICT", o.administer(admin, "savePerson", taken).UserErrors[0].Code)
}

func TestAPackageOfALeaderWhoLosesThePostWaitsInTheInboxOfTheRole(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", petition("led")).Case.ID
	opened := o.led(manager, "openPackage", packageOf("led-1", id))
	whose := func() (assignees, inboxes int) {
		got := data[struct {
			Node struct {
				Tasks []struct {
					Assignee *struct{ ID string }
					Inbox    *struct{ Role string }
				}
			}
		}](o, manager, `query($id: ID!) { node(id: $id) { ... on Package { tasks { assignee { id } inbox { role } } } } }`, map[string]any{"id": opened.ID})
		for _, task := range got.Node.Tasks {
			if task.Assignee != nil && task.Assignee.ID == person(countyLeader) {
				assignees++
			}
			if task.Inbox != nil {
				inboxes++
			}
		}
		return assignees, inboxes
	}
	theirs, _ := whose()
	require.NotZero(t, theirs)
	require.Empty(t, o.administer(admin, "revokeRole", role("revoke", countyLeader, "LEADER", "u-530402-leading")).UserErrors)
	left, waiting := whose()
	require.Zero(t, left)
	require.GreaterOrEqual(t, waiting, theirs)
}
