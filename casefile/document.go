package casefile

import (
	"fmt"
	"slices"
	"time"
)

// Document is a file that was attached to the case. Its body stands encrypted in the store,
// under the same id.
type Document struct {
	ID         string    `json:"id"` // random
	Title      TextID    `json:"title"`
	MediaType  string    `json:"mediaType"`
	Size       int64     `json:"size"` // bytes
	AttachedAt time.Time `json:"attachedAt"`
	AttachedBy string    `json:"attachedBy"`
}

// maxDocuments is how many files one case takes: with all of them its state stays below half
// of what a state may weigh. Pages that belong together are one file.
const maxDocuments = 120

// maxPapers is how many of them come with a registration.
const maxPapers = 50

func (s State) document(id string) *Document {
	for i := range s.Documents {
		if s.Documents[i].ID == id {
			return &s.Documents[i]
		}
	}
	return nil
}

// askedUnits lists the units that owe their part in the case: the answer to a dispatch, the result
// of a referral, the opinion on a review.
func (s State) askedUnits() []string {
	var units []string
	for _, dispatch := range s.Dispatches {
		if dispatch.Open() {
			units = append(units, dispatch.UnitID)
		}
	}
	for _, referral := range s.openReferrals() {
		units = append(units, referral.UnitID)
	}
	if review := s.openReview(); review != nil {
		units = append(units, review.UnitID)
	}
	return units
}

func roomForDocuments(state State, _ Directory) *Refusal {
	if len(state.Documents) < maxDocuments {
		return nil
	}
	return refuse(RefusedTooLong, nil,
		fmt.Sprintf("the case has %d documents, the most that it takes: put pages that belong together into one file", maxDocuments),
		fmt.Sprintf("本案材料已达%d份上限，请将相关页面合并为一个文件", maxDocuments))
}

// attachDocument puts an uploaded file into the record. It moves nothing and restarts no clock;
// nothing that was attached is ever taken out.
func (d *deciding) attachDocument(act AttachDocument) *Refusal {
	if refusal := d.checkFile(act, nil); refusal != nil {
		return refusal
	}
	if refusal := d.checkMinutesOf(act.SessionID); refusal != nil {
		return refusal
	}
	d.emit(DocumentAttached{act})
	return nil
}

// checkFile wants a title and a file that was stored and isn't attached.
func (d *deciding) checkFile(act AttachDocument, parent []string) *Refusal {
	field := within(parent, "documentId")
	switch {
	case act.DocumentID == "":
		return required(field)
	case act.Title == "":
		return required(within(parent, "title"))
	}
	if refusal := checkCode(act.DocumentID, 64, field); refusal != nil {
		return refusal
	}
	if d.state.document(act.DocumentID) != nil || slices.Contains(d.papers, act.DocumentID) {
		return refuse(RefusedAlreadyDone, field,
			fmt.Sprintf("document %s has been attached", shown(act.DocumentID)),
			fmt.Sprintf("材料 %s 已附上", shown(act.DocumentID)))
	}
	if act.MediaType == "" || act.Size <= 0 || act.Tag == "" {
		return refuse(RefusedUnknownDocument, field,
			fmt.Sprintf("no file %s was uploaded for this case in the last day: upload it first", shown(act.DocumentID)),
			fmt.Sprintf("近一日内没有为本案上传过文件 %s，请先上传", shown(act.DocumentID)))
	}
	return nil
}

// checkPapers checks what comes with a registration; a mandate may be among it.
func (d *deciding) checkPapers(papers []AttachDocument) *Refusal {
	if refusal := checkCount(len(papers), maxPapers, at("documents")); refusal != nil {
		return refusal
	}
	for i, paper := range papers {
		if refusal := d.checkFile(paper, at("documents", i)); refusal != nil {
			return refusal
		}
		if paper.SessionID != "" {
			return refuse(RefusedInvalid, at("documents", i, "sessionId"), "a case that is registered has had no session", "正在登记的案件没有调解场次")
		}
		d.papers = append(d.papers, paper.DocumentID)
	}
	return nil
}

// checkMinutesOf wants a session that was held. Minutes attached anew stand in the place of
// those before, which stay among the documents.
func (d *deciding) checkMinutesOf(sessionID string) *Refusal {
	if sessionID == "" {
		return nil
	}
	session := d.state.session(sessionID)
	switch {
	case session == nil:
		return refuse(RefusedNotFound, at("sessionId"),
			fmt.Sprintf("the case has no session %s", shown(sessionID)),
			fmt.Sprintf("本案没有场次 %s", shown(sessionID)))
	case session.HeldAt.IsZero():
		return refuse(RefusedIncomplete, at("sessionId"),
			fmt.Sprintf("session %s has not been recorded yet: record it first", shown(sessionID)),
			fmt.Sprintf("场次 %s 尚无记录，请先记录调解", shown(sessionID)))
	}
	return nil
}

func (s State) session(id string) *Session {
	for _, m := range s.Mediations {
		for i := range m.Sessions {
			if m.Sessions[i].ID == id {
				return &m.Sessions[i]
			}
		}
	}
	return nil
}

// checkAttached refuses an id that names no attached document of this case; an empty one is
// none.
func (d *deciding) checkAttached(id string, field []string) *Refusal {
	if id == "" || d.state.document(id) != nil || slices.Contains(d.papers, id) {
		return nil
	}
	return refuse(RefusedUnknownDocument, field,
		fmt.Sprintf("the case has no attached document %s: attach it first", shown(id)),
		fmt.Sprintf("本案没有附上材料 %s，请先附上", shown(id)))
}
