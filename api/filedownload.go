package api

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// download gives out a document to whoever works on its case at that moment: an attached file as
// it was uploaded, a notice as plain text. It is always a file to keep, never a page to show,
// and can be read in parts (Range, If-Range).
func (f *files) download(ctx context.Context, q *request, w http.ResponseWriter, r *http.Request) error {
	id, err := schema.ParseNodeID(r.PathValue("id"))
	if err != nil || id.Type != "Document" {
		return &NotFoundError{"document"}
	}
	shown, err := f.current(ctx, q, id.Key)
	if err != nil {
		return err
	}
	if shown == nil {
		return &NotFoundError{"document"}
	}
	d, err := f.document(ctx, shown, id.Sub)
	if err != nil {
		return err
	}
	switch {
	case d == nil:
		return &NotFoundError{"document"}
	case !shown.WorksOn:
		return &FileError{Code: transport.CodeForbidden, EN: "only whoever works on the case reads its documents", ZH: "只有本案办理人员可以查阅文书材料"}
	case d.Attached == nil:
		if err := f.noteRead(ctx, q, r, id.Key, id.Sub); err != nil {
			return err
		}
		give(w, schema.NoticeMediaType, schema.NoticeTitle(d.Kind, q.language)+".txt", "")
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(q.noticeBody(d)))
		return nil
	}
	ref := store.FileRef{CaseID: d.FiledUnder(), ID: d.Attached.ID}
	body, err := f.store.OpenFile(ctx, ref)
	if damaged := (*store.DamagedFileError)(nil); errors.As(err, &damaged) {
		return err
	}
	if err != nil {
		return unavailable(err)
	}
	if body == nil { // erased
		return &NotFoundError{"document"}
	}
	titles, err := f.store.Texts(ctx, []store.TextRef{{CaseID: ref.CaseID, ID: d.Attached.Title}})
	if err != nil {
		return unavailable(err)
	}
	if err := f.noteRead(ctx, q, r, id.Key, id.Sub); err != nil {
		return err
	}
	kind, _ := mediaTypeNamed(body.MediaType)
	give(w, body.MediaType, fileName(titles[d.Attached.Title], kind.extension), `"`+body.Tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, body)
	if err := body.Err(); err != nil && ctx.Err() == nil {
		// The answer has broken off before its length: the client knows that it has less.
		f.logger.Error("a file could not be read whole", "request", q.id, "error", err)
	}
	return nil
}

// give says what is to come: a file to keep, from nobody else's page.
func give(w http.ResponseWriter, mediaType, name, tag string) {
	header := w.Header()
	header.Set("Content-Type", mediaType)
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	header.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Referrer-Policy", "no-referrer")
	if tag != "" {
		header.Set("ETag", tag)
	}
}

// fileName is a title as the name of a file on any machine.
func fileName(title, extension string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || !unicode.IsPrint(r) {
			return '_'
		}
		return r
	}, strings.TrimSpace(title))
	if runes := []rune(name); len(runes) > 60 {
		name = string(runes[:60])
	}
	if name = strings.Trim(name, ". "); name == "" {
		name = "document"
	}
	if strings.HasSuffix(strings.ToLower(name), extension) {
		return name
	}
	return name + extension
}
