package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/schema"
)

// matrix asks every edge of the schema as every reader about every situation, and keeps what it
// saw.
type matrix struct {
	*office
	edges      edges
	situations []*situation
	ids        map[string]map[string]bool // by type, every id that anybody was ever given
	reached    map[string]bool
	asked      int
	leaks      map[string]map[string]bool // who was shown it, by what it is
	// sawMark and sawAny are who read a situation's texts, and who its number or id.
	sawMark, sawAny map[string]map[string]bool
}

// unlimited lets a question ask for everything at once.
func unlimited(options *api.Options) {
	huge := 1 << 30
	options.Limits = guard.Limits{
		MaxBytes: huge, MaxTokens: huge, MaxFragments: huge, MaxSpreads: huge, MaxAliases: huge, MaxExpanded: huge, MaxMerged: huge,
		MaxRootFields: huge, MaxCost: huge, MaxDepth: 200, MaxFieldDepth: 200, MaxDefinitions: huge,
	}
}

func newMatrix(o *office) *matrix {
	m := &matrix{
		office: o, edges: servedEdges(o.t), situations: o.situations(), ids: map[string]map[string]bool{}, reached: map[string]bool{}, leaks: map[string]map[string]bool{},
		sawMark: map[string]map[string]bool{}, sawAny: map[string]map[string]bool{},
	}
	return m
}

// look asks one question and goes over every value of its answer.
func (m *matrix) look(who, question string, variables map[string]any) {
	m.t.Helper()
	got := m.ask(who, question, variables)
	require.Empty(m.t, got.Errors, "%s asks %s", who, question[:min(len(question), 200)])
	m.asked++
	m.read(who, got.Data)
}

// reach goes over an answer for the edges that it has alone.
func (m *matrix) reach(raw []byte) {
	m.t.Helper()
	var answer any
	require.NoError(m.t, json.Unmarshal(raw, &answer))
	walkValues(answer, "", func(edge string, _ any) { m.reached[strings.TrimPrefix(edge, ".")] = true })
}

// numbering are the edges at which those of a situation's numbered may read its number.
var numbering = []string{"Event.text", "PackageMember.number", "CaseLink.number"}

// read goes over every value of what somebody was answered or told.
func (m *matrix) read(who string, raw []byte) {
	m.t.Helper()
	var answer any
	require.NoError(m.t, json.Unmarshal(raw, &answer))
	walkValues(answer, "", func(edge string, value any) {
		m.reached[strings.TrimPrefix(edge, ".")] = true
		text, isText := value.(string)
		if !isText {
			return
		}
		id, err := schema.ParseNodeID(text)
		if err == nil {
			if m.ids[id.Type] == nil {
				m.ids[id.Type] = map[string]bool{}
			}
			m.ids[id.Type][text] = true
		}
		for _, s := range m.situations {
			own, _ := schema.ParseNodeID(s.id)
			marked, named := strings.Contains(text, s.mark), strings.Contains(text, s.number) || err == nil && id.Key == own.Key
			if marked {
				saw(m.sawMark, s.name, who)
			}
			if named {
				saw(m.sawAny, s.name, who)
			}
			whole, masked := slices.Contains(s.whole, who), slices.Contains(s.masked, who)
			numbered := slices.Contains(s.numbered, who) && slices.Contains(numbering, edge)
			if marked && !whole || named && !whole && !masked && !numbered {
				m.leak(fmt.Sprintf("%s shows %s of %q", edge, map[bool]string{true: "a text", false: "the number or the id"}[marked], s.name), who)
			}
		}
	})
}

// saw notes that somebody saw a situation.
func saw(seen map[string]map[string]bool, name, who string) {
	if seen[name] == nil {
		seen[name] = map[string]bool{}
	}
	seen[name][who] = true
}

// leak notes that somebody was shown what they may not see.
func (m *matrix) leak(what, who string) {
	if m.leaks[what] == nil {
		m.leaks[what] = map[string]bool{}
	}
	m.leaks[what][who] = true
}

// questions are those that every reader asks, whoever they are.
func (m *matrix) questions() []string {
	e := m.edges
	list := []string{
		"{ __typename viewer { " + e.everything("Viewer", 2) + "} }",
		`{ __typename procedures { ` + e.everything("Procedure", 3) + `} former: procedures(on: "2025-12-31") { ` + e.everything("Procedure", 0) + `} terms(enumName: "CaseStage") { ` + e.everything("Term", 0) +
			`} categories { ` + e.everything("Category", 0) + `} divisions(parent: "530402") { ` + e.everything("DivisionInfo", 0) +
			`} units(first: 20) { ` + e.everything("UnitConnection", 1) + `} }`,
	}
	for _, field := range []string{"cases", "inbox", "deadlines", "supervisionOrders", "leadershipPackages", "auditTrail"} {
		list = append(list, fmt.Sprintf("{ __typename %s(first: 100) { %s} }", field, e.everything(e.ofRoot("Query", field), 1)))
	}
	for _, s := range m.situations {
		field := "case"
		if s.isPackage {
			field = "leadershipPackage"
		}
		if !s.isPackage {
			list = append(list, fmt.Sprintf("{ __typename case(number: %q) { __typename mediations { %s} } }", s.number, e.everything("Mediation", 2)))
		}
		list = append(list, fmt.Sprintf("{ __typename %s(number: %q) { %s} node(id: %q) { __typename id } }",
			field, s.number, e.everything(e.ofRoot("Query", field), 2), s.id))
	}
	return list
}

// directoryTypes are nodes of the directory and the catalogue, which are the same for everybody.
var directoryTypes = map[string]bool{"Person": true, "Unit": true, "Procedure": true}

// walk asks the questions, and then for every node that anybody was ever given the id of.
func (m *matrix) walk() {
	m.t.Helper()
	for _, who := range readers {
		for _, question := range m.questions() {
			m.look(who, question, nil)
		}
	}
	for typ, given := range maps.Clone(m.ids) {
		if !m.edges.nodes[typ] {
			continue
		}
		question := fmt.Sprintf("query($ids: [ID!]!) { __typename nodes(ids: $ids) { __typename ... on %s { %s} } }", typ, m.edges.everything(typ, 0))
		asking := readers
		if directoryTypes[typ] {
			asking = readers[:1]
		}
		for some := range slices.Chunk(slices.Sorted(maps.Keys(given)), 100) {
			for _, who := range asking {
				m.look(who, question, map[string]any{"ids": some})
			}
		}
	}
}

// notReached are the edges that no situation reaches with a value, and why. A new edge is to be
// reached by a situation first.
var notReached = map[string]string{}

func TestNoEdgeOfTheSchemaShowsAnybodyMoreThanTheyMaySee(t *testing.T) {
	t.Parallel()
	m := newMatrix(openWith(t, unlimited))
	m.absentAndHandedOver()
	m.walk()
	m.figures()
	m.follow()
	m.commands()
	m.trail()
	var unreached []string
	all := m.edges.all()
	for _, edge := range all {
		if !m.reached[edge] {
			unreached = append(unreached, edge)
		}
	}
	roles := map[string]bool{}
	people := directory.Development()
	for _, who := range readers {
		somebody, known := people.Person(who)
		require.True(t, known, who)
		for _, at := range somebody.Roles {
			roles[string(at.Role)] = true
		}
	}
	slices.Sort(unreached)
	t.Logf("%d of %d edges reached with a value; %d roles, %d people, %d situations, %d questions; %d leaks",
		len(all)-len(unreached), len(all), len(roles), len(readers), len(m.situations), m.asked, len(m.leaks))
	leaks := []string{}
	for what, who := range m.leaks {
		leaks = append(leaks, fmt.Sprintf("%s to %v", what, slices.Sorted(maps.Keys(who))))
	}
	slices.Sort(leaks)
	require.Empty(t, leaks)
	require.ElementsMatch(t, slices.Sorted(maps.Keys(notReached)), unreached, "every edge is reached with a value, or its reason is written down")
	for _, s := range m.situations {
		for _, who := range s.whole {
			require.True(t, m.sawMark[s.name][who], "%s reads the texts of %q", who, s.name)
		}
		for _, who := range s.masked {
			require.True(t, m.sawAny[s.name][who] && !m.sawMark[s.name][who], "%s sees %q, masked", who, s.name)
		}
	}
}
