package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

// trail has documents read in cases of each grade, and asks everybody what they are told of it: the auditors
// that somebody looked, and of sealed cases nobody anything.
func (m *matrix) trail() {
	m.t.Helper()
	for name, who := range map[string]string{"assigned and in mediation": clerk, "restricted": clerk, "person accused": petitionClerk, "report of retaliation": leader} {
		s := m.situations[slices.IndexFunc(m.situations, func(s *situation) bool { return s.name == name })]
		sent := m.upload(who, s.id, "audited "+name, "application/pdf", aPDF(3000)).File.DocumentID
		m.do(who, "attachDocument", m.on(s.id, map[string]any{"documentId": sent, "title": "材料" + s.mark}))
		require.Equal(m.t, http.StatusOK, m.send(who, http.MethodGet, "/files/"+sent, nil, nil).Status, name)
	}
	grades := m.gradesByReference()
	require.Len(m.t, grades, 4, "one is looked at by revealPersonalData too")
	question := "query($filter: AuditFilter) { __typename auditTrail(first: 100, filter: $filter) { " + m.edges.everything("AuditEntryConnection", 1) + "} }"
	for _, who := range readers {
		for _, filter := range []map[string]any{
			nil, {"division": "530402"}, {"unitId": unit("530402-petition")}, {"actorId": person(petitionClerk)}, {"kind": []any{"DOCUMENT_READ"}},
		} {
			got := m.ask(who, question, map[string]any{"filter": filter})
			require.Empty(m.t, got.Errors)
			m.asked++
			m.read(who, got.Data)
			var told struct {
				AuditTrail struct {
					TotalCount int
					Edges      []struct {
						Node struct{ CaseReference string }
					}
				}
			}
			require.NoError(m.t, json.Unmarshal(got.Data, &told))
			if len(told.AuditTrail.Edges) != told.AuditTrail.TotalCount || who != cityAuditor && told.AuditTrail.TotalCount > 0 {
				m.leak(fmt.Sprintf("auditTrail tells of %d entries", told.AuditTrail.TotalCount), who)
			}
			seen := map[string]bool{}
			for _, edge := range told.AuditTrail.Edges {
				reference := edge.Node.CaseReference
				seen[reference] = true
				if reference != "" && grades[reference] != "NORMAL" && grades[reference] != "RESTRICTED" {
					m.leak("auditTrail tells of a look at a case that is "+grades[reference], who)
				}
			}
			require.True(m.t, who != cityAuditor || filter != nil || len(seen) == 3, "looks at two cases, and at none")
			for _, s := range m.situations {
				if id, err := schema.ParseNodeID(s.id); err != nil || strings.Contains(string(got.Data), id.Key) {
					m.leak("auditTrail tells of "+s.name, who)
				}
			}
		}
	}
}

// gradesByReference reads which cases auditors' references stand for.
func (m *matrix) gradesByReference() map[string]string {
	m.t.Helper()
	conn, err := pgx.Connect(m.t.Context(), m.url)
	require.NoError(m.t, err)
	defer func() { _ = conn.Close(m.t.Context()) }()
	rows, err := conn.Query(m.t.Context(), "select a.reference::text, c.confidentiality from audited_cases a join cases c on c.id = a.case_id")
	require.NoError(m.t, err)
	grades := map[string]string{}
	var reference, grade string
	_, err = pgx.ForEachRow(rows, []any{&reference, &grade}, func() error {
		grades[reference] = grade
		return nil
	})
	require.NoError(m.t, err)
	return grades
}
