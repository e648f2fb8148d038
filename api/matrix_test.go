package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/schema"
)

// edges are the fields of the served schema's object types, by type, as the printed schema has
// them: whatever is added to it is asked for here too.
type edges struct {
	types map[string]*ast.ObjectDefinition
	nodes map[string]bool
}

func servedEdges(t *testing.T) edges {
	t.Helper()
	raw, err := os.ReadFile("../schema/schema.graphql")
	require.NoError(t, err)
	document, err := parser.Parse(parser.ParseParams{Source: string(raw)})
	require.NoError(t, err)
	e := edges{map[string]*ast.ObjectDefinition{}, map[string]bool{}}
	for _, definition := range document.Definitions {
		if object, ok := definition.(*ast.ObjectDefinition); ok {
			e.types[object.Name.Value] = object
			e.nodes[object.Name.Value] = len(object.Interfaces) > 0
		}
	}
	return e
}

func named(t ast.Type) string {
	switch t := t.(type) {
	case *ast.NonNull:
		return named(t.Type)
	case *ast.List:
		return named(t.Type)
	}
	return t.(*ast.Named).Name.Value
}

// given are the arguments of fields that want some.
var given = map[string]string{
	"timeline": "(first: 50)", "asOf": `(at: "2026-03-10T02:00:00Z")`, "Package.cases": "(first: 50)",
}

// everything selects every field of a type; of another type's fields, as deep as asked.
func (e edges) everything(typ string, depth int) string {
	var b strings.Builder
	b.WriteString("__typename ")
	for _, field := range e.types[typ].Fields {
		name, of := field.Name.Value, named(field.Type)
		args := given[typ+"."+name]
		if args == "" {
			args = given[name]
		}
		_, object := e.types[of]
		switch {
		case !object && of != "Node":
			b.WriteString(name + args + " ")
		case object && (depth > 0 || strings.HasSuffix(of, "Connection") || strings.HasSuffix(of, "Edge")):
			below := depth - 1
			if strings.HasSuffix(of, "Edge") || strings.HasSuffix(of, "Connection") {
				below = depth
			}
			if below >= 0 {
				// one response name for fields of different types would not merge
				fmt.Fprintf(&b, "%s%s { %s} ", name, args, e.everything(of, below))
			}
		}
	}
	return b.String()
}

// situation is a case with a mark in each of its texts, and who may read what of it: the people
// who read its texts, and those who see it with masks. Nobody else sees anything of it.
type situation struct {
	name, mark    string
	whole, masked []string
	id, number    string
}

// marked puts a mark into every text of a registration.
func marked(input map[string]any, mark string) map[string]any {
	input["title"], input["narrative"] = "标题"+mark, "事由"+mark
	input["claims"], input["occurrenceAddress"] = []any{"诉求" + mark}, "玉兴路9号"+mark
	for _, party := range input["parties"].([]any) {
		if named := party.(map[string]any); named["name"] != nil {
			named["name"], named["address"] = "赵"+mark, "玉兴路8号"+mark
		}
	}
	return input
}

// readers are the people who look, each for a role and a place.
var readers = []string{
	clerk, otherClerk, manager, leader, investigator, mediator, "p-530402-center-supervisor-1",
	petitionClerk, petitionHead, "p-530402-petition-manager-1", "p-530402-leading-leader-1",
	"p-5304-center-manager-1", overseer, "p-53-center-manager-1", "p-530402001-center-manager-1",
	"p-530403-center-manager-1", "p-530403-center-clerk-1", "p-530402-land-clerk-1", "p-530402-land-manager-1", "p-530402-land-leader-1",
	"p-5304-center-analyst-1", "p-5304-center-auditor-1", "p-5304-center-admin-1", "p-5304-center-integration-1",
}

// situations plants the cases.
func (o *office) situations() []*situation {
	o.t.Helper()
	county := []string{manager, leader}
	above := []string{"p-5304-center-manager-1", overseer, "p-53-center-manager-1", petitionHead, "p-530402-petition-manager-1", "p-530402-leading-leader-1", "p-530402-center-supervisor-1"}
	list := []*situation{
		{name: "assigned and mediated", mark: "甲壹", whole: append([]string{clerk, otherClerk, mediator}, county...), masked: append([]string{"p-530402001-center-manager-1"}, above...)},
		{name: "restricted", mark: "乙贰", whole: append([]string{clerk}, county...)},
		{name: "person accused", mark: "丙叁", whole: []string{petitionClerk, petitionHead}},
		{name: "unit accused", mark: "丁肆", whole: []string{petitionClerk, petitionHead}},
		{name: "accused by name alone", mark: "戊伍", whole: []string{petitionHead}},
		{
			name: "appeal about a unit", mark: "己陆", whole: []string{petitionClerk, petitionHead, "p-530402-petition-manager-1"},
			masked: []string{manager, leader, "p-530402-center-supervisor-1", "p-5304-center-manager-1", overseer, "p-53-center-manager-1", "p-530402-leading-leader-1"},
		},
		{name: "of another county", mark: "庚柒", whole: []string{"p-530403-center-clerk-1", "p-530403-center-manager-1"}, masked: []string{"p-5304-center-manager-1", overseer, "p-53-center-manager-1"}},
	}
	register := func(s *situation, who string, input map[string]any) {
		o.t.Helper()
		done := o.mutate(who, "registerCase", marked(input, s.mark))
		require.Empty(o.t, done.UserErrors, s.name)
		row := data[struct{ Cases page }](o, s.whole[len(s.whole)-1], `{ cases(first: 1) { edges { node { id number } } } }`, nil)
		s.id, s.number = row.Cases.Edges[0].Node.ID, row.Cases.Edges[0].Node.Number
		o.now = o.now.Add(1000)
	}
	accusing := func(key string, accused map[string]any) map[string]any {
		input := accusation(key)
		accused["role"] = "ACCUSED"
		input["parties"].([]any)[1] = accused
		return input
	}
	register(list[0], clerk, dispute("m-1"))
	o.do(clerk, "acceptCase", o.on(list[0].id, nil))
	o.do(manager, "assignCase", o.on(list[0].id, map[string]any{"personId": person(mediator)}))
	o.do(mediator, "concludeInvestigation", o.on(list[0].id, map[string]any{"facts": "事实" + list[0].mark, "path": "MEDIATION"}))
	o.do(mediator, "openMediation", o.on(list[0].id, map[string]any{"type": "PEOPLES"}))
	restricted := dispute("m-2")
	restricted["confidentiality"] = "RESTRICTED"
	register(list[1], clerk, restricted)
	register(list[2], petitionClerk, accusing("m-3", map[string]any{"personId": person("p-530402-land-clerk-1")}))
	register(list[3], petitionClerk, accusing("m-4", map[string]any{"unitId": schema.GlobalID("Unit", "u-530402-land")}))
	register(list[4], petitionClerk, accusation("m-5"))
	appeal := petition("m-6")
	appeal["parties"] = append(appeal["parties"].([]any), map[string]any{"role": "RESPONSIBLE_UNIT", "unitId": schema.GlobalID("Unit", "u-530402-land")})
	register(list[5], petitionClerk, appeal)
	elsewhere := dispute("m-7")
	elsewhere["division"] = "530403"
	register(list[6], "p-530403-center-clerk-1", elsewhere)
	return list
}

// walkValues calls visit for every value of an answer, with the edge ("Type.field") it stands at.
func walkValues(value any, edge string, visit func(edge string, value any)) {
	switch v := value.(type) {
	case map[string]any:
		typ, _ := v["__typename"].(string)
		for name, below := range v {
			if below != nil {
				visit(typ+"."+name, below)
			}
			walkValues(below, typ+"."+name, visit)
		}
	case []any:
		for _, below := range v {
			walkValues(below, edge, visit)
		}
	case string:
		visit(edge, v)
	}
}

func TestNoEdgeOfTheSchemaShowsAnybodyMoreThanTheyMaySee(t *testing.T) {
	t.Parallel()
	o := openWith(t, func(options *api.Options) {
		huge := 1 << 30
		options.Limits = guard.Limits{
			MaxBytes: huge, MaxTokens: huge, MaxFragments: huge, MaxSpreads: huge, MaxAliases: huge, MaxExpanded: huge, MaxMerged: huge,
			MaxRootFields: huge, MaxCost: huge, MaxDepth: 200, MaxFieldDepth: 200, MaxDefinitions: huge,
		}
	})
	planted := o.situations()
	e := servedEdges(t)
	questions := []string{
		"{ viewer { " + e.everything("Viewer", 2) + "} }",
	}
	for _, list := range []string{"cases", "inbox", "deadlines", "supervisionOrders", "leadershipPackages"} {
		for _, field := range e.types["Query"].Fields {
			if field.Name.Value == list {
				questions = append(questions, fmt.Sprintf("{ %s(first: 100) { %s} }", list, e.everything(named(field.Type), 1)))
			}
		}
	}
	for _, s := range planted {
		questions = append(questions, fmt.Sprintf("{ case(number: %q) { %s} }", s.number, e.everything("Case", 2)))
	}
	byNode := map[string]string{}
	for typ, isNode := range e.nodes {
		if isNode {
			byNode[typ] = fmt.Sprintf("query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on %s { %s} } }", typ, e.everything(typ, 1))
		}
	}
	ids := map[string]map[string]bool{} // by type, every id that anybody was ever given
	reached, asked, leaks := map[string]bool{}, 0, []string{}
	look := func(who, question string, variables map[string]any) {
		got := o.ask(who, question, variables)
		require.Empty(t, got.Errors, "%s asks %s", who, question[:min(len(question), 200)])
		asked++
		var answer any
		require.NoError(t, json.Unmarshal(got.Data, &answer))
		walkValues(answer, "", func(edge string, value any) {
			reached[edge] = true
			text, isText := value.(string)
			if !isText {
				return
			}
			id, err := schema.ParseNodeID(text)
			if err == nil {
				if ids[id.Type] == nil {
					ids[id.Type] = map[string]bool{}
				}
				ids[id.Type][text] = true
			}
			for _, s := range planted {
				own, _ := schema.ParseNodeID(s.id)
				whole, masked := slices.Contains(s.whole, who), slices.Contains(s.masked, who)
				if !whole && strings.Contains(text, s.mark) ||
					!whole && !masked && (strings.Contains(text, s.number) || err == nil && id.Key == own.Key) {
					leaks = append(leaks, fmt.Sprintf("%s: %s shows %s of the case %q", who, edge, text, s.name))
				}
			}
		})
	}
	for _, who := range readers {
		for _, question := range questions {
			look(who, question, nil)
		}
	}
	for typ, given := range ids {
		question, isNode := byNode[typ]
		for some := range slices.Chunk(slices.Sorted(maps.Keys(given)), 100) {
			for _, who := range readers {
				if isNode {
					look(who, question, map[string]any{"ids": some})
				}
			}
		}
	}
	for _, s := range planted {
		for _, who := range append(slices.Clone(s.whole), s.masked...) {
			got := data[sight](o, who, lookAt, map[string]any{"id": s.id, "number": s.number})
			require.NotNil(t, got.Node, "%s sees the case %q", who, s.name)
			if slices.Contains(s.whole, who) {
				require.Contains(t, got.Node.Title, s.mark, "%s reads the case %q", who, s.name)
			}
		}
	}
	all := 0
	for typ, object := range e.types {
		if typ == "Query" || typ == "Mutation" || typ == "Subscription" || strings.HasSuffix(typ, "Payload") {
			continue
		}
		all += len(object.Fields)
	}
	delete(reached, ".")
	t.Logf("%d edges in the schema, %d reached with a value; %d people, %d situations, %d questions; %d leaks",
		all, len(reached), len(readers), len(planted), asked, len(leaks))
	require.Empty(t, leaks)
	require.Greater(t, len(reached), 150, "the walk must reach what it is about")
}
