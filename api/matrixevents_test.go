package api_test

import (
	"context"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
)

// follow lets people follow everything from the record's beginning: each is told what they may
// see, until something comes that they did themselves at the end.
func (m *matrix) follow() {
	m.t.Helper()
	const outsider, outsidersClerk = "p-530481-center-manager-1", "p-530481-center-clerk-1"
	question := "subscription { events(after: \"\") { " + m.edges.everything("Event", 1) + "} }"
	theirs := dispute("theirs")
	theirs["division"], theirs["title"] = "530481", "收尾"
	m.do(outsidersClerk, "registerCase", theirs)
	for who, name := range map[string]string{landClerk: "appeal of whom somebody retaliates against", petitionJunior: "mixed petition", clerk: "assigned and in mediation"} {
		for _, s := range m.situations {
			if s.name == name {
				m.do(who, "addNote", m.on(s.id, map[string]any{"text": "收尾"}))
			}
		}
	}
	for _, who := range []string{outsider, landClerk, petitionJunior, clerk} {
		l := m.connect(who).follow("e", question, nil)
		told := 0
		for {
			message := l.receive()
			require.Equal(m.t, "next", message.Type, string(message.Payload))
			m.read(who, message.Payload)
			told++
			if strings.Contains(string(message.Payload), "收尾") {
				break
			}
		}
		if who == outsider {
			require.Equal(m.t, 1, told, "the outsider is told of their own county alone")
		}
	}
	// A deputy is told what comes into the inbox of whom they stand in for.
	deputy := m.connect(otherInvestigator).follow("i", "subscription { inboxChanged { "+m.edges.everything("TaskChange", 1)+"} }", nil)
	id := m.do(clerk, "registerCase", dispute("for the deputy")).Case.ID
	m.do(clerk, "acceptCase", m.on(id, nil))
	m.do(manager, "assignCase", m.on(id, map[string]any{"personId": person(otherInvestigator)}))
	ctx, cancel := context.WithTimeout(m.t.Context(), 20*time.Second)
	defer cancel()
	message, err := deputy.conn.Receive(ctx)
	require.NoError(m.t, err)
	m.read(otherInvestigator, message.Payload)
}
