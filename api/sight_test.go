package api_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/schema"
)

const lookAt = `query($id: ID!, $number: String!) {
	case(number: $number) { id }
	node(id: $id) { id ... on Case { title narrative occurrenceAddress version allowedCommands
		claims { text masked }
		parties { name phone idNumber address masked representatives { name phone masked } }
		timeline(first: 5) { edges { node { text texts { text masked } } } } } }
}`

type sight struct {
	Case *struct{ ID string }
	Node *struct {
		ID, Title, Narrative, OccurrenceAddress string
		AllowedCommands                         []string
		Claims                                  []struct {
			Text   string
			Masked bool
		}
		Parties []struct {
			Name, Phone, IDNumber, Address *string
			Masked                         bool
			Representatives                []struct {
				Name, Phone *string
				Masked      bool
			}
		}
		Timeline struct {
			Edges []struct {
				Node struct {
					Text  string
					Texts []struct {
						Text   string
						Masked bool
					}
				}
			}
		}
	}
}

func TestPersonalDataAreMaskedForWhoeverDoesNotWorkOnTheCase(t *testing.T) {
	t.Parallel()
	o := open(t)
	input := dispute("masked")
	input["occurrenceAddress"] = "玉兴路12号院内"
	second := input["parties"].([]any)[1].(map[string]any)
	second["keepIdentityConfidential"] = true
	registered := o.do(clerk, "registerCase", input)
	see := func(who string) sight {
		return data[sight](o, who, lookAt, map[string]any{"id": registered.Case.ID, "number": registered.Case.Number})
	}
	whole := see(clerk)
	require.Equal(t, "邻里通行权争议", whole.Node.Title)
	require.Equal(t, "玉兴路12号院内", whole.Node.OccurrenceAddress)
	require.Equal(t, "恢复通行", whole.Node.Claims[0].Text)
	require.Equal(t, "13800138000", *whole.Node.Parties[0].Phone)
	require.Equal(t, "王强", *whole.Node.Parties[1].Name, "who works on the case knows whom it is about")
	require.False(t, whole.Node.Parties[0].Masked)

	masked := see("p-5304-center-supervisor-1")
	require.NotNil(t, masked.Node, "the city's supervisor sees the sub-tree")
	require.Equal(t, registered.Case.ID, masked.Case.ID)
	require.Equal(t, "****", masked.Node.Title)
	require.Equal(t, "****", masked.Node.Narrative)
	require.Equal(t, "****", masked.Node.OccurrenceAddress)
	require.Equal(t, "****", masked.Node.Claims[0].Text)
	require.True(t, masked.Node.Claims[0].Masked)
	require.Equal(t, "李**", *masked.Node.Parties[0].Name)
	require.Equal(t, "138****8000", *masked.Node.Parties[0].Phone)
	require.NotContains(t, *masked.Node.Parties[0].IDNumber, "19491231")
	require.NotContains(t, *masked.Node.Parties[0].Address, "12号")
	require.True(t, masked.Node.Parties[0].Masked)
	require.Nil(t, masked.Node.Parties[1].Name, "an identity to be withheld is not even masked")
	require.True(t, masked.Node.Parties[1].Masked)
	for _, edge := range masked.Node.Timeline.Edges {
		for _, text := range edge.Node.Texts {
			require.Equal(t, "****", text.Text)
			require.True(t, text.Masked)
		}
	}
	back := o.mutate(clerk, "amendCase", o.on(registered.Case.ID, map[string]any{"title": masked.Node.Title, "reason": "更正"}))
	require.Equal(t, "INVALID", back.UserErrors[0].Code)
	require.Equal(t, field("title"), back.UserErrors[0].Field)
}

func TestACaseOutOfSightIsNowhere(t *testing.T) {
	t.Parallel()
	o := open(t)
	registered := o.do(clerk, "registerCase", dispute("hidden"))
	stranger := "p-530403-center-clerk-1"
	seen := data[sight](o, stranger, lookAt, map[string]any{"id": registered.Case.ID, "number": registered.Case.Number})
	require.Nil(t, seen.Case)
	require.Nil(t, seen.Node)
	id, err := schema.ParseNodeID(registered.Case.ID)
	require.NoError(t, err)
	parts := map[string]string{
		"Party": "P1", "Deadline": "D1", "Event": "1", "Task": "accept",
	}
	query := `query($id: ID!) { node(id: $id) { __typename id } }`
	type found struct {
		Node *struct {
			Typename string `json:"__typename"`
			ID       string
		}
	}
	for typ, sub := range parts {
		node := schema.SubID(typ, id.Key, sub)
		mine := data[found](o, clerk, query, map[string]any{"id": node})
		require.NotNil(t, mine.Node, typ)
		require.Equal(t, typ, mine.Node.Typename)
		require.Equal(t, node, mine.Node.ID)
		require.Nil(t, data[found](o, stranger, query, map[string]any{"id": node}).Node, typ)
	}
	for _, list := range []string{"cases", "deadlines", "inbox", "supervisionOrders"} {
		page := data[map[string]struct {
			Edges      []any
			TotalCount int
		}](o, stranger, fmt.Sprintf(`{ %s(first: 10) { totalCount edges { cursor } } }`, list), nil)[list]
		require.Empty(t, page.Edges, list)
		require.Zero(t, page.TotalCount, list)
	}
	refused := o.mutate(stranger, "addNote", o.on(registered.Case.ID, map[string]any{"text": "x"}))
	require.Equal(t, "NO_SUCH_CASE", refused.UserErrors[0].Code)
}

func TestAnIDThatIsNoneIsBadInput(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, id := range []string{"", "x", "530402-D-2026-000001", "Q2FzZQ", schema.GlobalID("Nothing", "1"), schema.GlobalID("Party", "no-case")} {
		got := o.ask(clerk, `query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": id})
		require.Equal(t, "BAD_USER_INPUT", got.code(), id)
		require.Equal(t, "id", got.Errors[0].Extensions["field"], id)
	}
	got := o.ask(clerk, `query($id: ID!) { cases(first: 1, filter: {handlerId: $id}) { edges { cursor } } }`,
		map[string]any{"id": schema.GlobalID("Unit", "u-530402-center")})
	require.Equal(t, "BAD_USER_INPUT", got.code())
	require.Equal(t, "filter.handlerId", got.Errors[0].Extensions["field"])
}

func TestUserErrorsSpeakTheCallersLanguage(t *testing.T) {
	t.Parallel()
	o := open(t)
	input := dispute("language")
	input["title"] = ""
	for language, want := range map[string]string{"": "必填", "zh-CN": "必填", "en-GB,en;q=0.9": "is required", "fr": "必填"} {
		got := o.askWith(o.token(clerk), language, mutationText("registerCase"), map[string]any{"input": input})
		require.Contains(t, string(got.Data), want, language)
	}
}

func TestTheRoleThatMayActIsChosen(t *testing.T) {
	t.Parallel()
	o := open(t)
	both := casefile.Person{ID: "p-two-hats", Name: "两职", Roles: []casefile.RoleAt{
		{Role: casefile.RoleAnalyst, UnitID: "u-530402-center"}, {Role: casefile.RoleClerk, UnitID: "u-530402-center"},
	}}
	_, err := o.store.SeedDirectory(t.Context(), directory.Entries{People: []casefile.Person{both}}, false)
	require.NoError(t, err)
	registered := o.do(both.ID, "registerCase", dispute("two-hats"))
	id, err := schema.ParseNodeID(registered.Case.ID)
	require.NoError(t, err)
	events, err := o.store.Events(t.Context(), id.Key, 0, 1)
	require.NoError(t, err)
	require.Equal(t, casefile.RoleClerk, events[0].Actor.Role)
	require.NotEmpty(t, events[0].RequestID)

	analyst := o.mutate("p-530402-center-analyst-1", "registerCase", dispute("no-hat"))
	require.Equal(t, "WRONG_ROLE", analyst.UserErrors[0].Code)
}

func TestTheWeekEndsOnSundayNight(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{"2026-03-09": "2026-03-16", "2026-03-14": "2026-03-16", "2026-03-15": "2026-03-16"} {
		now, err := time.Parse(time.RFC3339, day+"T12:00:00+08:00")
		require.NoError(t, err)
		require.Equal(t, want+"T00:00:00+08:00", api.WeekEnd(now).Format(time.RFC3339))
	}
}
