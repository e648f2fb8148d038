package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

func TestOnlyAStoredFileOfThisCaseCanBeAttached(t *testing.T) {
	t.Parallel()
	o := open(t)
	one, other := o.do(clerk, "registerCase", dispute("one")).Case.ID, o.do(clerk, "registerCase", dispute("other")).Case.ID
	sent := o.upload(clerk, one, "key", "application/pdf", aPDF(100)).File.DocumentID
	for _, wrong := range []struct {
		caseID, documentID, code string
	}{
		{other, sent, "INVALID"},
		{one, schema.SubID("Document", idOf(t, one), "7b1b36a2-9f0e-4cde-8a50-35f3b9a9a111"), "UNKNOWN_DOCUMENT"},
		{one, schema.SubID("Document", idOf(t, one), "N1"), "UNKNOWN_DOCUMENT"},
		{one, person(clerk), "INVALID"},
		{one, "", "REQUIRED"},
	} {
		got := o.mutate(clerk, "attachDocument", o.on(wrong.caseID, map[string]any{"documentId": wrong.documentID, "title": "附件"}))
		require.Len(t, got.UserErrors, 1)
		require.Equal(t, wrong.code, got.UserErrors[0].Code)
		require.Equal(t, []string{"input", "documentId"}, got.UserErrors[0].Field)
	}
	require.Equal(t, "REQUIRED", o.mutate(clerk, "attachDocument", o.on(one, map[string]any{"documentId": sent, "title": " "})).UserErrors[0].Code)
}

func TestMandatesReceiptsAndMinutesNameAttachedDocuments(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.do(clerk, "registerCase", dispute("named-documents")).Case
	attached := func(key string, fields map[string]any) string {
		sent := o.upload(clerk, id.ID, key, "application/pdf", aPDF(2000)).File.DocumentID
		fields["documentId"], fields["title"] = sent, key
		o.do(clerk, "attachDocument", o.on(id.ID, fields))
		return sent
	}
	mandate := attached("授权委托书", map[string]any{})
	represented := map[string]any{"id": id.Parties[0].ID, "role": "APPLICANT", "name": "李明", "representatives": []any{
		map[string]any{"kind": "GUARDIAN", "name": "李父"}, map[string]any{"kind": "AGENT", "name": "周律师", "mandateDocumentId": mandate},
	}}
	o.do(clerk, "amendCase", o.on(id.ID, map[string]any{"reason": "补充代理人", "parties": []any{represented}}))
	type partiesOf struct {
		Node struct {
			Parties []struct {
				Representatives []struct{ Mandate *struct{ ID, Title string } }
			}
		}
	}
	read := data[partiesOf](o, clerk, `query($id: ID!) { node(id: $id) { ... on Case { parties { representatives { mandate { id title } } } } } }`,
		map[string]any{"id": id.ID}).Node.Parties[0].Representatives
	require.Nil(t, read[0].Mandate)
	require.Equal(t, mandate, read[1].Mandate.ID)
	require.Equal(t, "授权委托书", read[1].Mandate.Title)
	represented["representatives"].([]any)[1].(map[string]any)["mandateDocumentId"] = schema.SubID("Document", idOf(t, id.ID), "N1")
	wrong := o.mutate(clerk, "amendCase", o.on(id.ID, map[string]any{"reason": "补充代理人", "parties": []any{represented}}))
	require.Equal(t, "UNKNOWN_DOCUMENT", wrong.UserErrors[0].Code)
	require.Equal(t, []string{"input", "parties", "0", "representatives", "1", "mandateDocumentId"}, wrong.UserErrors[0].Field)

	o.do(clerk, "acceptCase", o.on(id.ID, nil))
	o.do(manager, "assignCase", o.on(id.ID, map[string]any{"personId": person(mediator)}))
	o.do(mediator, "concludeInvestigation", o.on(id.ID, map[string]any{"facts": "查明", "path": "MEDIATION"}))
	o.do(mediator, "openMediation", o.on(id.ID, map[string]any{"type": "PEOPLES"}))
	o.do(mediator, "recordSession", o.on(id.ID, map[string]any{"minutes": "双方到场"}))
	type sessionsOf struct {
		Node struct {
			Mediations []struct {
				Sessions []struct {
					ID      string
					Minutes *struct{ ID string }
				}
			}
		}
	}
	session := func() (string, *struct{ ID string }) {
		one := data[sessionsOf](o, clerk, `query($id: ID!) { node(id: $id) { ... on Case { mediations { sessions { id minutes { id } } } } } }`,
			map[string]any{"id": id.ID}).Node.Mediations[0].Sessions[0]
		return one.ID, one.Minutes
	}
	sessionID, before := session()
	require.Nil(t, before)
	minutes := attached("签字笔录", map[string]any{"sessionId": sessionID})
	_, after := session()
	require.Equal(t, minutes, after.ID)

	o.do(mediator, "concludeMediation", o.on(id.ID, map[string]any{"outcome": "FAILED", "reason": "分歧较大"}))
	receipt := attached("送达回证", map[string]any{})
	notice := o.do(clerk, "addNote", o.on(id.ID, map[string]any{"text": "送达"})).Case.Documents[0].ID
	serve := func(receipt string) payload {
		in := o.on(id.ID, map[string]any{
			"documentId": notice, "partyId": id.Parties[0].ID, "method": "IN_PERSON", "servedAt": o.now.Format(time.RFC3339), "receiptDocumentId": receipt,
		})
		return o.mutate(clerk, "recordService", in)
	}
	require.Equal(t, "UNKNOWN_DOCUMENT", serve(notice).UserErrors[0].Code, "a notice is no receipt of itself")
	require.Empty(t, serve(receipt).UserErrors)
	type servicesOf struct {
		Node struct {
			Documents []struct {
				Services []struct{ Receipt *struct{ ID string } }
			}
		}
	}
	got := data[servicesOf](o, clerk, `query($id: ID!) { node(id: $id) { ... on Case { documents { services { receipt { id } } } } } }`, map[string]any{"id": id.ID})
	require.Equal(t, receipt, got.Node.Documents[0].Services[0].Receipt.ID)
}
