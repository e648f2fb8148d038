package api

import (
	"context"
	"encoding/hex"
	"strconv"

	"github.com/tiaochu/tiaochu/api/loader"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// readFile finds the stored file that an input is to attach. Whether it may be is for the rules
// to say, also where there is none.
func (w *writing) readFile(ctx context.Context, s *service, input schema.Input) error {
	if registered, ok := input.(schema.RegisterCaseInput); ok {
		return w.readPapers(ctx, s, registered.Documents)
	}
	in, ok := input.(schema.AttachDocumentInput)
	if !ok {
		return nil
	}
	id, refusal := idOf("Document", at("documentId"), in.DocumentID)
	if refusal != nil {
		return nil // attaching says so
	}
	var err error
	if w.file, err = s.store.File(ctx, store.FileRef{CaseID: w.caseID, ID: id.Sub}); err != nil {
		return unavailable(err)
	}
	return nil
}

// readPapers finds the stored files that a registration brings along.
func (w *writing) readPapers(ctx context.Context, s *service, documents []schema.DocumentInput) error {
	var refs []store.FileRef
	for _, document := range documents {
		if id, refusal := idOf("Document", at("documents"), document.DocumentID); refusal == nil {
			refs = append(refs, store.FileRef{CaseID: w.caseID, ID: id.Sub})
		}
	}
	var err error
	if w.papers, err = s.store.Files(ctx, refs); err != nil {
		return unavailable(err)
	}
	return nil
}

// attachedAtIntake are the papers of a registration, as acts of their own.
func (w *writing) attachedAtIntake(documents []schema.DocumentInput) []casefile.AttachDocument {
	var papers []casefile.AttachDocument
	for i, document := range documents {
		field := at("documents", strconv.Itoa(i))
		paper := casefile.AttachDocument{
			DocumentID: w.sub("Document", under(field, "documentId"), document.DocumentID),
			Title:      w.text(casefile.TextDocumentTitle, under(field, "title"), document.Title, true),
		}
		if file, stored := w.papers[store.FileRef{CaseID: w.caseID, ID: paper.DocumentID}]; stored {
			paper.MediaType, paper.Size, paper.Tag = file.MediaType, file.Size, file.Tag
		}
		papers = append(papers, paper)
	}
	return papers
}

// attaching is the act on the case's files; nil for any other input.
func (w *writing) attaching(input schema.Input) casefile.Act {
	in, ok := input.(schema.AttachDocumentInput)
	if !ok {
		return nil
	}
	act := casefile.AttachDocument{
		DocumentID: w.sub("Document", at("documentId"), in.DocumentID),
		Title:      w.text(casefile.TextDocumentTitle, at("title"), in.Title, true),
		SessionID:  w.sub("MediationSession", at("sessionId"), in.SessionID),
	}
	if w.file != nil {
		act.MediaType, act.Size, act.Tag = w.file.MediaType, w.file.Size, w.file.Tag
	}
	return act
}

// mandates are the attached documents by which representatives speak; nil where none is named.
func (w *writing) mandates(field []string, representatives []schema.RepresentativeInput) []string {
	ids, some := make([]string, len(representatives)), false
	for i, r := range representatives {
		ids[i] = w.sub("Document", under(field, "representatives", strconv.Itoa(i), "mandateDocumentId"), r.MandateDocumentID)
		some = some || ids[i] != ""
	}
	if !some {
		return nil
	}
	return ids
}

func (q *request) readFiles(ctx context.Context, refs []store.FileRef) (map[store.FileRef]loader.Result[*store.File], error) {
	files, err := q.service.store.Files(ctx, refs)
	if err != nil {
		return nil, unavailable(err)
	}
	found := make(map[store.FileRef]loader.Result[*store.File], len(refs))
	for _, ref := range refs {
		found[ref] = loader.Result[*store.File]{}
		if file, ok := files[ref]; ok {
			found[ref] = loader.Result[*store.File]{Value: &file}
		}
	}
	return found, nil
}

func (s *service) DocumentSHA256(ctx context.Context, d *schema.Document) schema.Later {
	q, err := signedIn(ctx)
	if err != nil {
		return func() (any, error) { return nil, err }
	}
	if d.Attached == nil || !d.Case.WorksOn {
		return nothing
	}
	return then(q.files.Load(ctx, store.FileRef{CaseID: d.FiledUnder(), ID: d.Attached.ID}), func(file *store.File) (any, error) {
		if file == nil { // erased
			return nil, nil
		}
		return hex.EncodeToString(file.SHA256), nil
	})
}

func (s *service) DocumentSize(ctx context.Context, d *schema.Document) (int64, error) {
	q, err := signedIn(ctx)
	if err != nil {
		return 0, err
	}
	if d.Attached != nil {
		return d.Attached.Size, nil
	}
	return int64(len(q.noticeBody(d))), nil
}

// noticeBody is a notice as plain text, in the language of the request.
func (q *request) noticeBody(d *schema.Document) string {
	return schema.NoticeTitle(d.Kind, q.language) + "\n\n" + casefile.NoticeText(d.Case.State, d.Notice, q.people, q.language) + "\n"
}
