package api_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/schema"
)

const (
	auditor     = "p-530402-center-auditor-1"
	cityAuditor = "p-5304-center-auditor-1"
)

type auditPage struct {
	AuditTrail struct {
		TotalCount int
		Edges      []struct {
			Cursor string
			Node   struct {
				Kind                    string
				At                      time.Time
				Actor, Person, ToPerson *struct{ ID string }
				ActorUnit, Unit         *struct{ ID string }
				ActorRole, Role         *string
				RequestID, Division     string
				CaseReference           *string
				PurposeGiven            *bool
			}
		}
		PageInfo struct{ HasNextPage, HasPreviousPage bool }
	}
}

const auditQuestion = `query($first: Int, $after: String, $last: Int, $before: String, $filter: AuditFilter) {
	auditTrail(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
		totalCount pageInfo { hasNextPage hasPreviousPage }
		edges { cursor node { kind at actor { id } person { id } toPerson { id } actorUnit { id } unit { id } actorRole role
			requestId division caseReference purposeGiven } } } }`

func (o *office) audits(personID string, filter map[string]any) auditPage {
	o.t.Helper()
	return data[auditPage](o, personID, auditQuestion, map[string]any{"first": 100, "filter": filter})
}

// kinds are those of a page, the newest first, but for looks into the trail itself.
func (p auditPage) kinds() []string {
	kinds := []string{}
	for _, edge := range p.AuditTrail.Edges {
		if edge.Node.Kind != "TRAIL_READ" {
			kinds = append(kinds, edge.Node.Kind)
		}
	}
	return kinds
}

// audited reveals, reads and changes something of each kind, a minute apart, and returns the case that was looked at.
func (o *office) audited() payload {
	o.t.Helper()
	later := func() { o.now = o.now.Add(time.Minute) }
	registered := o.do(clerk, "registerCase", dispute("audited"))
	id := registered.Case.ID
	sent := o.upload(clerk, id, "scan", "application/pdf", aPDF(5000)).File.DocumentID
	o.do(clerk, "attachDocument", o.on(id, map[string]any{"documentId": sent, "title": "李明身份证"}))
	later()
	require.Empty(o.t, o.reveal(overseer, "audited", id, "核对重复信访").Payload.UserErrors)
	later()
	require.Equal(o.t, http.StatusOK, o.send(manager, http.MethodGet, "/files/"+sent, map[string]string{"X-Request-Id": "read-1"}, nil).Status)
	later()
	require.Empty(o.t, o.administer(admin, "savePerson", map[string]any{"clientMutationId": "new", "name": "王静", "subject": "8f3c"}).UserErrors)
	later()
	require.Empty(o.t, o.administer(admin, "grantRole", role("grant", otherClerk, "MEDIATOR", "u-530402-center")).UserErrors)
	later()
	require.Empty(o.t, o.administer(admin, "revokeRole", role("revoke", otherClerk, "MEDIATOR", "u-530402-center")).UserErrors)
	later()
	require.Empty(o.t, o.administer(manager, "setAbsence", absence("away", investigator, o.now.Format(time.RFC3339), "", otherInvestigator)).UserErrors)
	later()
	require.Empty(o.t, o.handOver(manager, handingOver("over", mediator, otherMediator)).UserErrors)
	later()
	require.Empty(o.t, o.administer(cityAdmin, "saveUnit", map[string]any{
		"clientMutationId": "unit", "name": "红塔区新设局", "kind": "BUREAU", "division": "530402", "supervisingUnitId": unit("530402-center"),
	}).UserErrors)
	later()
	return registered
}

var auditedKinds = []string{
	"UNIT_SAVED", "WORK_HANDED_OVER", "ABSENCE_SET", "ROLE_REVOKED", "ROLE_GRANTED", "PERSON_SAVED", "DOCUMENT_READ", "PERSONAL_DATA_REVEALED",
}

func TestAuditorsReadWhoLookedAndWhoChangedWhatAndNothingOfTheCase(t *testing.T) {
	t.Parallel()
	o := open(t)
	looked := o.audited().Case
	got := o.audits(auditor, nil)
	require.Equal(t, auditedKinds, got.kinds())
	require.Equal(t, len(auditedKinds)+1, got.AuditTrail.TotalCount)
	require.Equal(t, "TRAIL_READ", got.AuditTrail.Edges[0].Node.Kind, "the look itself")
	edges := got.AuditTrail.Edges[1:]
	over, away, granted, read, revealed := edges[1].Node, edges[2].Node, edges[4].Node, edges[6].Node, edges[7].Node
	require.Equal(t, person(mediator), over.Person.ID)
	require.Equal(t, person(otherMediator), over.ToPerson.ID)
	require.Equal(t, person(investigator), away.Person.ID)
	require.Equal(t, person(otherInvestigator), away.ToPerson.ID)
	require.Equal(t, "MEDIATOR", *granted.Role)
	require.Equal(t, "ADMIN", *granted.ActorRole)
	require.Equal(t, unit("530402-center"), granted.Unit.ID)
	require.Equal(t, person(manager), read.Actor.ID)
	require.Equal(t, "read-1", read.RequestID)
	require.Nil(t, read.ActorRole)
	require.Nil(t, read.PurposeGiven)
	require.Equal(t, person(overseer), revealed.Actor.ID)
	require.Equal(t, "SUPERVISOR", *revealed.ActorRole)
	require.Equal(t, unit("5304-center"), revealed.ActorUnit.ID)
	require.True(t, *revealed.PurposeGiven)
	require.Equal(t, "530402001", revealed.Division)
	require.Equal(t, unit("530402-center"), revealed.Unit.ID)
	require.Equal(t, *read.CaseReference, *revealed.CaseReference, "one case")
	require.Nil(t, granted.CaseReference)

	// Nothing leads to the case, nor tells what was said.
	raw := o.ask(auditor, auditQuestion, map[string]any{"first": 100})
	for _, secret := range []string{looked.ID, idOf(t, looked.ID), looked.Number, "李明", "王强", "核对重复信访", "身份证", "8f3c"} {
		require.NotContains(t, string(raw.Data), secret)
	}
	reference := *read.CaseReference
	for _, forged := range []string{reference, schema.GlobalID("Case", reference)} {
		require.JSONEq(t, `{"node":null}`, string(o.ask(auditor, `query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": forged}).Data))
	}
}

func TestWhoseTrailIsRead(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.audited()
	require.Equal(t, auditedKinds, o.audits(cityAuditor, nil).kinds())
	require.Equal(t, auditedKinds, o.audits("p-53-center-auditor-1", nil).kinds())
	for _, nobody := range []string{clerk, manager, leader, admin, cityAdmin, "p-5304-center-analyst-1", overseer, "p-53-center-manager-1"} {
		got := o.audits(nobody, nil).AuditTrail
		require.Empty(t, got.Edges, nobody)
		require.Zero(t, got.TotalCount, nobody)
	}
	for name, c := range map[string]struct {
		filter map[string]any
		kinds  []string
	}{
		"kinds":              {map[string]any{"kind": []any{"DOCUMENT_READ", "ROLE_GRANTED"}}, []string{"ROLE_GRANTED", "DOCUMENT_READ"}},
		"person":             {map[string]any{"actorId": person(manager)}, []string{"WORK_HANDED_OVER", "ABSENCE_SET", "DOCUMENT_READ"}},
		"township":           {map[string]any{"division": "530402001"}, []string{"DOCUMENT_READ", "PERSONAL_DATA_REVEALED"}},
		"a division outside": {map[string]any{"division": "530423"}, []string{}},
		"unit":               {map[string]any{"unitId": unit("530402-center")}, []string{"ROLE_REVOKED", "ROLE_GRANTED", "DOCUMENT_READ", "PERSONAL_DATA_REVEALED"}},
		"that day":           {map[string]any{"from": "2026-03-10", "to": "2026-03-10"}, auditedKinds},
		"the day after":      {map[string]any{"from": "2026-03-11"}, []string{}},
	} {
		require.Equal(t, c.kinds, o.audits(auditor, c.filter).kinds(), name)
	}

	// Rights are read at each request: of another county, then of none.
	const newcomer = "p-530423-center-clerk-1"
	require.Empty(t, o.administer(cityAdmin, "grantRole", role("auditor", newcomer, "AUDITOR", "u-530423-center")).UserErrors)
	require.Equal(t, []string{"ROLE_GRANTED"}, o.audits(newcomer, nil).kinds())
	require.Empty(t, o.administer(cityAdmin, "revokeRole", role("no-auditor", newcomer, "AUDITOR", "u-530423-center")).UserErrors)
	require.Empty(t, o.audits(newcomer, nil).AuditTrail.Edges)
}

func TestLooksAtASealedCaseAreToldToNoAuditor(t *testing.T) {
	t.Parallel()
	o := open(t)
	all := func() (trail []string) {
		for _, who := range []string{auditor, cityAuditor} {
			for _, filter := range []map[string]any{nil, {"division": "530402"}, {"unitId": unit("530402-petition")}, {"actorId": person(petitionClerk)}} {
				got := o.audits(who, filter)
				trail = append(trail, got.kinds()...)
			}
		}
		return trail
	}
	attachedTo := func(id, key string) string {
		sent := o.upload(petitionClerk, id, key, "application/pdf", aPDF(5000)).File.DocumentID
		o.do(petitionClerk, "attachDocument", o.on(id, map[string]any{"documentId": sent, "title": "举报材料"}))
		require.Equal(t, http.StatusOK, o.send(petitionClerk, http.MethodGet, "/files/"+sent, nil, nil).Status)
		return sent
	}
	sealed := o.do(petitionClerk, "registerCase", accusing("sealed", map[string]any{"personId": person(landClerk)})).Case.ID
	attachedTo(sealed, "sealed")
	require.Equal(t, 1, o.rows("document_reads"))
	require.Empty(t, all())

	// One that is sealed later is gone from the trail of before, also from its total.
	normal := o.do(petitionClerk, "registerCase", petition("later")).Case.ID
	attachedTo(normal, "later")
	require.Len(t, all(), 8)
	o.do(petitionHead, "amendCase", o.on(normal, map[string]any{"confidentiality": "SEALED", "reason": "密封"}))
	require.Empty(t, all())
	require.Zero(t, o.audits(auditor, map[string]any{"kind": []any{"DOCUMENT_READ"}}).AuditTrail.TotalCount)
	require.Equal(t, 2, o.rows("document_reads"), "what was read stays recorded")
}

func TestLookingIntoTheTrailStandsInItOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.audited()
	before := o.rows("audit_entries")
	o.audits(auditor, nil)
	o.audits(auditor, map[string]any{"kind": []any{"DOCUMENT_READ"}})
	require.Equal(t, before+1, o.rows("audit_entries"), "all pages of one look")
	o.audits(manager, nil)
	require.Equal(t, before+1, o.rows("audit_entries"), "whoever is shown nothing has not looked")
	o.audits(auditor, map[string]any{"actorId": person(manager)})
	o.now = o.now.Add(15 * time.Minute)
	o.audits(auditor, nil)
	looks := o.audits(cityAuditor, map[string]any{"kind": []any{"TRAIL_READ"}}).AuditTrail.Edges
	require.Len(t, looks, 4)
	require.Equal(t, person(cityAuditor), looks[0].Node.Actor.ID)
	looks = looks[1:]
	for i, whose := range []string{"", person(manager), ""} {
		require.Equal(t, person(auditor), looks[i].Node.Actor.ID)
		require.Equal(t, "AUDITOR", *looks[i].Node.ActorRole)
		require.Equal(t, "530402", looks[i].Node.Division)
		if whose == "" {
			require.Nil(t, looks[i].Node.Person)
		} else {
			require.Equal(t, whose, looks[i].Node.Person.ID)
		}
	}

	// By GET too: no answer stands for another.
	before = o.rows("audit_entries")
	query := "/graphql?" + url.Values{"query": {"{ auditTrail(first: 1) { edges { node { kind } } } }"}}.Encode()
	answered := o.send("p-53-center-auditor-1", http.MethodGet, query, nil, nil)
	require.Equal(t, http.StatusOK, answered.Status)
	require.Empty(t, answered.Header.Get("ETag"))
	require.Equal(t, before+1, o.rows("audit_entries"))

	// What can't be recorded isn't shown.
	o.now = o.now.Add(time.Hour)
	o.sql("alter table audit_entries add constraint none_more check (id < 0) not valid")
	got := o.ask(auditor, auditQuestion, map[string]any{"first": 1})
	require.Len(t, got.Errors, 1)
	require.NotContains(t, string(got.Data), "UNIT_SAVED")
}

func TestTheTrailIsPagedBothWaysAndRefusesWhatMakesNoSense(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.audited()
	want := o.audits(auditor, nil)
	require.Len(t, want.AuditTrail.Edges, len(auditedKinds)+1)
	var forward, backward []string
	variables := map[string]any{"first": 2}
	for {
		got := data[auditPage](o, auditor, auditQuestion, variables).AuditTrail
		for _, edge := range got.Edges {
			forward = append(forward, edge.Cursor)
			variables["after"] = edge.Cursor
		}
		if !got.PageInfo.HasNextPage {
			break
		}
	}
	variables = map[string]any{"last": 4}
	for {
		got := data[auditPage](o, auditor, auditQuestion, variables).AuditTrail
		var cursors []string
		for _, edge := range got.Edges {
			cursors = append(cursors, edge.Cursor)
		}
		backward = append(cursors, backward...)
		variables["before"] = cursors[0]
		if !got.PageInfo.HasPreviousPage {
			break
		}
	}
	var cursors []string
	for _, edge := range want.AuditTrail.Edges {
		cursors = append(cursors, edge.Cursor)
	}
	require.Equal(t, cursors, forward)
	require.Equal(t, cursors, backward)

	forged := o.list(clerk, caseList, map[string]any{"first": 1})
	for name, variables := range map[string]map[string]any{
		"too many":              {"first": 101},
		"none":                  {"first": 0},
		"neither":               {},
		"another list's cursor": {"first": 1, "after": forged.Edges[0].Cursor},
		"no cursor":             {"first": 1, "after": "x"},
		"an id of a unit":       {"first": 1, "filter": map[string]any{"actorId": unit("530402-center")}},
		"an id of a person":     {"first": 1, "filter": map[string]any{"unitId": person(clerk)}},
		"days turned round":     {"first": 1, "filter": map[string]any{"from": "2026-03-11", "to": "2026-03-10"}},
	} {
		for _, who := range []string{auditor, clerk} {
			got := o.ask(who, auditQuestion, variables)
			require.Equal(t, "BAD_USER_INPUT", got.code(), "%s by %s", name, who)
		}
	}
	unsigned := o.ask("", auditQuestion, map[string]any{"first": 1})
	require.Equal(t, "UNAUTHENTICATED", unsigned.code())

	labels := data[struct {
		Terms []struct{ Value, Label string }
	}](o, auditor, `{ terms(enumName: "AuditKind") { value label } }`, nil).Terms
	raw, err := json.Marshal(labels)
	require.NoError(t, err)
	for _, label := range []string{"查看个人信息", "查阅材料", "移交工作", "查阅审计记录"} {
		require.Contains(t, string(raw), label)
	}
}
