package api_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

// situation is a case with a mark in each of its texts, and who may read what of it: the people
// who read its texts, and those who see it with masks. Nobody else sees anything of it. Who they
// are is written down here from the rules (domain: who may see and do what), not asked of the
// predicate.
type situation struct {
	name, mark    string
	whole, masked []string
	// numbered are those who read no more than its number, in the table or the sentences of
	// something else that they see and it belongs to.
	numbered   []string
	id, number string
	// parties are the ids of its parties, in the order of the registration.
	parties []string
	// isPackage: it is a leadership package instead of a case.
	isPackage bool
}

// planting carries out the acts of one situation.
type planting struct {
	*office
	s *situation
}

// plant registers a situation's case.
func (o *office) plant(s *situation, who string, input map[string]any) planting {
	o.t.Helper()
	before := o.known()
	done := o.mutate(who, "registerCase", marked(input, s.mark))
	require.Empty(o.t, done.UserErrors, s.name)
	o.adopt(s, before)
	return planting{o, s}
}

// known are the cases of the record.
func (o *office) known() map[string]bool {
	o.t.Helper()
	known := map[string]bool{}
	for id := range o.numbers() {
		known[id] = true
	}
	return known
}

// adopt names the case that has come since as the situation's.
func (o *office) adopt(s *situation, before map[string]bool) {
	o.t.Helper()
	for id, number := range o.numbers() {
		if !before[id] {
			require.Empty(o.t, s.id, "one case came")
			s.id, s.number = schema.GlobalID("Case", id), number
			state, err := o.store.State(o.t.Context(), id)
			require.NoError(o.t, err)
			for _, party := range state.Parties {
				s.parties = append(s.parties, schema.SubID("Party", id, party.ID))
			}
		}
	}
	require.NotEmpty(o.t, s.id, s.name)
	o.now = o.now.Add(time.Second)
}

// unmarked is the name of a party which more than one case shows.
const unmarked = "赵敏敏"

// marked puts a mark into every text of a registration.
func marked(input map[string]any, mark string) map[string]any {
	input["title"], input["narrative"] = "标题"+mark, "事由"+mark
	input["claims"], input["occurrenceAddress"] = []any{"诉求" + mark, "另一诉求" + mark}, "玉兴路9号"+mark
	for _, party := range input["parties"].([]any) {
		if named := party.(map[string]any); named["name"] != nil && named["name"] != unmarked {
			named["name"], named["address"] = "赵"+mark, "玉兴路8号"+mark
		}
	}
	return input
}

// withMark replaces every "@" of what is written by the mark.
func withMark(value any, mark string) any {
	switch v := value.(type) {
	case string:
		return strings.ReplaceAll(v, "@", mark)
	case []any:
		list := slices.Clone(v)
		for i, below := range list {
			list[i] = withMark(below, mark)
		}
		return list
	case map[string]any:
		fields := maps.Clone(v)
		for name, below := range fields {
			fields[name] = withMark(below, mark)
		}
		return fields
	}
	return value
}

// act carries out an act that must succeed; "@" in its texts becomes the mark.
func (p planting) act(who, mutation string, fields map[string]any) payload {
	p.t.Helper()
	done := p.mutate(who, mutation, p.on(p.s.id, withMark(fields, p.s.mark).(map[string]any)))
	require.Empty(p.t, done.UserErrors, "%s: %s by %s", p.s.name, mutation, who)
	p.now = p.now.Add(time.Second)
	return done
}

// sub is the id of a part of the case.
func (p planting) sub(typ, id string) string {
	node, err := schema.ParseNodeID(p.s.id)
	require.NoError(p.t, err)
	return schema.SubID(typ, node.Key, id)
}

// attach uploads a file and attaches it.
func (p planting) attach(who, title string, fields map[string]any) string {
	p.t.Helper()
	sent := p.upload(who, p.s.id, title+p.s.mark, "application/pdf", aPDF(200)).File.DocumentID
	require.NotEmpty(p.t, sent)
	fields["documentId"], fields["title"] = sent, title+"@"
	p.act(who, "attachDocument", fields)
	return sent
}

// serve serves the case's last notice of a kind on a party.
func (p planting) serve(who, kind string, party int, fields map[string]any) {
	p.t.Helper()
	node, err := schema.ParseNodeID(p.s.id)
	require.NoError(p.t, err)
	state, err := p.store.State(p.t.Context(), node.Key)
	require.NoError(p.t, err)
	notice := ""
	for _, n := range state.Notices {
		if string(n.Kind) == kind {
			notice = n.ID
		}
	}
	require.NotEmpty(p.t, notice, "%s: a notice %s", p.s.name, kind)
	input := map[string]any{
		"documentId": p.sub("Document", notice), "partyId": p.s.parties[party], "method": "IN_PERSON",
		"servedAt": p.now.Format(time.RFC3339),
	}
	maps.Copy(input, fields)
	p.act(who, "recordService", input)
}

// handled brings a case to its handler.
func (p planting) handled(by, clerk, head string) planting {
	p.t.Helper()
	p.act(clerk, "acceptCase", nil)
	p.act(head, "assignCase", map[string]any{"personId": person(by)})
	return p
}

// numbers are the numbers of all cases of the record, by id.
func (o *office) numbers() map[string]string {
	o.t.Helper()
	conn, err := pgx.Connect(o.t.Context(), o.url)
	require.NoError(o.t, err)
	defer func() { _ = conn.Close(context.Background()) }()
	rows, err := conn.Query(o.t.Context(), "select id::text, number from cases")
	require.NoError(o.t, err)
	numbers := map[string]string{}
	var id, number string
	_, err = pgx.ForEachRow(rows, []any{&id, &number}, func() error { numbers[id] = number; return nil })
	require.NoError(o.t, err)
	return numbers
}
