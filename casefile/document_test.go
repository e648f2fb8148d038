package casefile

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// attaching is a document that was uploaded, as the API describes it.
func attaching(id string) AttachDocument {
	return AttachDocument{DocumentID: id, Title: "title", MediaType: "application/pdf", Size: 200_000, Tag: strings.Repeat("ab", 32)}
}

func (w *walker) goodDocument() Act {
	if len(w.state.Documents) > 3 {
		return nil
	}
	act := attaching(fmt.Sprintf("document-%d", w.state.Version))
	for _, m := range w.state.Mediations {
		for _, session := range m.Sessions {
			if !session.HeldAt.IsZero() && w.chance(50) {
				act.SessionID = session.ID
			}
		}
	}
	return act
}

func TestAnUploadedFileBecomesPartOfTheRecord(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	clocks := l.state.Deadlines
	events := l.does("center-clerk2", attaching("d-1"))
	require.Equal(t, []string{"DocumentAttached"}, l.types(events))
	require.Equal(t, []Document{{
		ID: "d-1", Title: "title", MediaType: "application/pdf", Size: 200_000,
		AttachedAt: events[0].EffectiveAt, AttachedBy: "center-clerk2",
	}}, l.state.Documents)
	require.Equal(t, clocks, l.state.Deadlines, "no clock is touched")
	require.NotContains(t, l.state.HandledBy, "center-clerk2", "to attach is not to handle")
	require.Contains(t, Sentence(events[0], city, English), "attached a document (application/pdf, 196 KiB)")
	require.Contains(t, Sentence(events[0], city, Chinese), "附上材料（application/pdf，196 KiB）")

	l.refuses("center-clerk2", attaching("d-1"), RefusedAlreadyDone, "documentId")
	l.refuses("center-clerk2", AttachDocument{DocumentID: "d-2", Title: "title"}, RefusedUnknownDocument, "documentId")
	untitled := attaching("d-2")
	untitled.Title = ""
	l.refuses("center-clerk2", untitled, RefusedRequired, "title")
	l.refuses("center-clerk2", attaching(""), RefusedRequired, "documentId")
	l.refuses("center-analyst1", attaching("d-2"), RefusedWrongRole, "")
}

func TestSignedMinutesStandBesideTheSessionThatWasHeld(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.does("center-clerk1", ScheduleSession{Mode: SessionOnSite, ScheduledFor: l.now})
	minutes := func(id, session string) AttachDocument {
		act := attaching(id)
		act.SessionID = session
		return act
	}
	l.refuses("center-mediator1", minutes("d-1", "S9"), RefusedNotFound, "sessionId")
	l.refuses("center-mediator1", minutes("d-1", "S1"), RefusedIncomplete, "sessionId")
	l.does("center-mediator1", RecordSession{SessionID: "S1", Minutes: "minutes"})
	before := l.state
	events := l.does("center-mediator1", minutes("d-1", "S1"))
	require.Contains(t, Sentence(events[0], city, English), "attached the signed minutes of session S1")
	require.Equal(t, "d-1", l.state.Mediations[0].Sessions[0].MinutesDocument)
	require.Empty(t, before.Mediations[0].Sessions[0].MinutesDocument, "an old state stays what it was")
	l.does("center-mediator1", minutes("d-2", "S1"))
	require.Equal(t, "d-2", l.state.Mediations[0].Sessions[0].MinutesDocument)
	require.Len(t, l.state.Documents, 2, "what stood there before is not lost")
}

func TestAUnitThatHasAPartMayAttachAndOthersMayNot(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	l.refuses("other-center-clerk1", attaching("d-1"), RefusedJurisdiction, "")
	require.Contains(t, AllowedCommands(l.state, city.as("center-clerk1"), l.rules()), "attachDocument")
	require.NotContains(t, AllowedCommands(l.state, city.as("other-center-clerk1"), l.rules()), "attachDocument")
}

func TestAnEndedCaseTakesNoMoreDocuments(t *testing.T) {
	t.Parallel()
	l := mediated(t, MediationPeoples)
	l.does("center-mediator1", ConcludeMediation{Outcome: MediationAgreementOral, Agreement: "agreement"})
	l.does("center-mediator1", RequestClosure{Outcome: OutcomeAgreementOral, Summary: "summary"})
	l.does("center-clerk1", attaching("d-1"))
	l.does("center-leader1", VerifyClosure{})
	l.does("center-clerk1", attaching("d-2"))
	l.does("center-clerk1", satisfied("P1"))
	l.does("center-clerk1", satisfied("P2"))
	l.at(StageClosed)
	l.refuses("center-clerk1", attaching("d-3"), RefusedClosed, "")
}

func TestACaseHoldsSoManyDocumentsAndStaysSmall(t *testing.T) {
	t.Parallel()
	l := investigated(t, "center-clerk1", aDispute(), "center-mediator1")
	const likeAnID = "0f8fad5b-d9cb-469f-a165-7086"
	for i := range maxDocuments {
		act := attaching(fmt.Sprintf("%s%08d", likeAnID, i))
		act.Title = TextID(act.DocumentID)
		l.does("center-clerk1", act)
	}
	raw, err := json.Marshal(l.state)
	require.NoError(t, err)
	require.Less(t, len(raw), 32<<10)
	require.NotContains(t, AllowedCommands(l.state, city.as("center-clerk1"), l.rules()), "attachDocument")
	l.refuses("center-clerk1", attaching("one more"), RefusedTooLong, "")
}

func TestReceiptsMandatesAndReturnedPapersAreDocumentsOfTheCase(t *testing.T) {
	t.Parallel()
	l := decided(t)
	with := served(l, "P1")
	with.ReceiptDocumentID = "d-1"
	l.refuses("petition-clerk1", with, RefusedUnknownDocument, "receiptDocumentId")
	l.does("petition-clerk1", attaching("d-1"))
	represented := l.state.Parties[0]
	represented.Representatives, represented.Mandates = []RepresentativeKind{RepresentativeAgent}, []string{"d-9"}
	amend := AmendCase{Parties: []Party{represented}, Reason: "reason"}
	l.refuses("petition-clerk1", amend, RefusedUnknownDocument, "parties.0.representatives.0.mandateDocumentId")
	represented.Mandates = []string{"d-1"}
	l.does("petition-clerk1", AmendCase{Parties: []Party{represented}, Reason: "reason"})
	require.Equal(t, []string{"d-1"}, l.state.Parties[0].Mandates)
	require.Equal(t, []string{"d-1"}, l.state.content().Parties[0].Mandates, "who speaks for somebody goes on doing so in the case that goes on")
	l.does("petition-clerk1", with)
	require.Equal(t, "d-1", l.state.notice(with.DocumentID).Service[0].ReceiptDocumentID)

	unborn := newLife(t)
	registered := aDispute()
	registered.Parties[0].Representatives, registered.Parties[0].Mandates = []RepresentativeKind{RepresentativeAgent}, []string{"d-1"}
	unborn.refuses("center-clerk1", registered, RefusedUnknownDocument, "parties.0.representatives.0.mandateDocumentId")
}

func TestPapersComeWithTheRegistration(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	withPapers := func(papers ...AttachDocument) RegisterCase {
		register := aDispute()
		register.Documents = papers
		return register
	}
	minutes := attaching("d-1")
	minutes.SessionID = "S1"
	l.refuses("center-clerk1", withPapers(attaching("d-1"), attaching("d-1")), RefusedAlreadyDone, "documents.1.documentId")
	l.refuses("center-clerk1", withPapers(attaching("d-1"), AttachDocument{DocumentID: "d-2", Title: "t"}), RefusedUnknownDocument, "documents.1.documentId")
	l.refuses("center-clerk1", withPapers(AttachDocument{DocumentID: "d-1"}), RefusedRequired, "documents.0.title")
	l.refuses("center-clerk1", withPapers(attaching("")), RefusedRequired, "documents.0.documentId")
	l.refuses("center-clerk1", withPapers(minutes), RefusedInvalid, "documents.0.sessionId")
	l.refuses("center-clerk1", withPapers(make([]AttachDocument, maxPapers+1)...), RefusedTooLong, "documents")
	register := withPapers(attaching("d-1"), attaching("d-2"))
	register.Parties[0].Representatives = []RepresentativeKind{RepresentativeAgent}
	register.Parties[0].Mandates = []string{"d-3"}
	l.refuses("center-clerk1", register, RefusedUnknownDocument, "parties.0.representatives.0.mandateDocumentId")
	register.Parties[0].Mandates = []string{"d-2"}
	events := l.does("center-clerk1", register)
	require.Equal(t, []string{"CaseRegistered", "DeadlineStarted", "DocumentAttached", "DocumentAttached"}, l.types(events))
	require.Empty(t, events[0].Body.(CaseRegistered).Documents, "each stands in an event of its own")
	require.Len(t, l.state.Documents, 2)
	require.Equal(t, events[0].EffectiveAt, l.state.Documents[0].AttachedAt, "handed over with the case")
	l.refuses("center-clerk1", attaching("d-2"), RefusedAlreadyDone, "documentId")
}
