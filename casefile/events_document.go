package casefile

import (
	"fmt"
	"slices"
)

// DocumentAttached puts a file into the record. Its Tag ties the chain of events to the body.
type DocumentAttached struct {
	AttachDocument
}

func (DocumentAttached) eventType() string { return "DocumentAttached" }

func (b DocumentAttached) apply(s *State, event Event) {
	s.Documents = appended(s.Documents, Document{
		ID: b.DocumentID, Title: b.Title, MediaType: b.MediaType, Size: b.Size,
		AttachedAt: event.EffectiveAt, AttachedBy: event.Actor.PersonID,
	})
	if b.SessionID == "" {
		return
	}
	s.Mediations = slices.Clone(s.Mediations)
	for i := range s.Mediations {
		m := &s.Mediations[i]
		m.Sessions = slices.Clone(m.Sessions)
		for j := range m.Sessions {
			if m.Sessions[j].ID == b.SessionID {
				m.Sessions[j].MinutesDocument = b.DocumentID
			}
		}
	}
}

func (b DocumentAttached) sentence(t telling) string {
	size := sizeInWords(b.Size)
	if b.SessionID != "" {
		return t.did(fmt.Sprintf("attached the signed minutes of session %s (%s, %s)", b.SessionID, b.MediaType, size),
			fmt.Sprintf("附上场次%s的调解笔录（%s，%s）", b.SessionID, b.MediaType, size))
	}
	return t.did(fmt.Sprintf("attached a document (%s, %s)", b.MediaType, size),
		fmt.Sprintf("附上材料（%s，%s）", b.MediaType, size))
}

// sizeInWords rounds a number of bytes up to whole KiB, or to a tenth of a MiB.
func sizeInWords(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KiB", (bytes+1023)/1024)
	}
	return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20))
}

// documentEvents are the events of the case's files.
var documentEvents = []eventKind{
	eventOf[DocumentAttached](),
}
