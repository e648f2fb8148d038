package api

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// upload takes one file for one case: its body as it is, its media type as Content-Type, the
// case in ?caseId= or the registration that will open it in ?registration=, and the person's idempotency key as Idempotency-Key. Content-Digest
// (RFC 9530, sha-256) is optional: a body that arrives otherwise is refused, and a repeat is
// answered without being read. The file belongs to the record once attachDocument or registerCase
// names it.
func (f *files) upload(ctx context.Context, q *request, w http.ResponseWriter, r *http.Request) error {
	caseID, err := f.caseOf(ctx, q, r.URL.Query())
	if err != nil {
		return err
	}
	key := r.Header.Get("Idempotency-Key")
	if refusal := checkKey("Idempotency-Key", key); refusal != nil {
		return fileRefused(http.StatusBadRequest, guard.CodeBadUserInput, refusal)
	}
	kind, err := declared(r.Header)
	if err != nil {
		return err
	}
	if r.ContentLength > f.limits.MaxBytes {
		return f.tooLarge()
	}
	digest, err := contentDigest(r.Header.Values("Content-Digest"))
	if err != nil {
		return err
	}
	upload := store.NewFile{
		CaseID: caseID, PersonID: q.person.ID, RequestKey: requestKeyOf(q.person.ID, key), MediaType: kind.name, SHA256: digest,
	}
	before, err := f.store.FileOfRequest(ctx, caseID, upload.RequestKey)
	if err != nil {
		return unavailable(err)
	}
	if before != nil && digest != nil && bytes.Equal(before.SHA256, digest) && before.MediaType == kind.name {
		return answerFile(w, http.StatusOK, *before)
	}
	body := bufio.NewReaderSize(http.MaxBytesReader(w, r.Body, f.limits.MaxBytes), sniffed)
	head, err := body.Peek(sniffed)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return f.notStored(err)
	case len(head) == 0:
		return badFile(http.StatusBadRequest, "body", "the file is empty", "文件为空")
	case !kind.begins(head):
		return badFile(http.StatusUnsupportedMediaType, "Content-Type",
			"the file does not begin as one of the type "+kind.name+" does", "文件内容与所声明的类型 "+kind.name+" 不符")
	}
	stored, err := f.store.PutFile(ctx, upload, f.limits.Unattached, body)
	if err != nil {
		return f.notStored(err)
	}
	if before != nil {
		return answerFile(w, http.StatusOK, stored)
	}
	return answerFile(w, http.StatusCreated, stored)
}

// caseOf finds out for which case a file is uploaded.
func (f *files) caseOf(ctx context.Context, q *request, asked url.Values) (string, error) {
	if asked.Has("registration") && !asked.Has("caseId") {
		return f.caseToRegister(ctx, q, asked)
	}
	return f.caseToAttachTo(ctx, q, asked.Get("caseId"))
}

// caseToRegister is the id of the case that a registration of this person will open: under the
// clientMutationId in registration, and where it will have externalIds, the first of them in
// system and number. Whoever registers no cases uploads nothing for one.
func (f *files) caseToRegister(ctx context.Context, q *request, asked url.Values) (string, error) {
	if refusal := checkKey("registration", asked.Get("registration")); refusal != nil {
		return "", fileRefused(http.StatusBadRequest, guard.CodeBadUserInput, refusal)
	}
	var external []casefile.ExternalID
	if number := (casefile.ExternalID{System: asked.Get("system"), Number: asked.Get("number")}); number != (casefile.ExternalID{}) {
		if number.System == "" || number.Number == "" {
			return "", badFile(http.StatusBadRequest, "number", "system and number go together: the first of the registration's externalIds", "system 与 number 须同时给出，即登记的首个外部编号")
		}
		external = []casefile.ExternalID{number}
	}
	id := caseIDOf(external, q.person.ID, asked.Get("registration"))
	registered, err := f.store.State(ctx, id)
	if err != nil {
		return "", unavailable(err)
	}
	if !registered.Exists() {
		_, refusal, err := q.actorFor(casefile.State{}, casefile.Command{CaseID: id, Act: casefile.RegisterCase{}}, q.rules(f.now()))
		if err == nil && refusal != nil && notTheirs(refusal) {
			err = fileRefused(http.StatusForbidden, transport.CodeForbidden, refusal)
		}
		return id, err
	}
	// Whoever asks again after the case was opened goes on there; of one that is hidden from them, they
	// learn what registerCase says of it.
	shown, err := f.current(ctx, q, id)
	if err != nil {
		return "", err
	}
	if shown == nil {
		return "", &FileError{
			Code: transport.CodeConflict, Field: "number",
			EN: "a case with this number of this system has been registered with another content", ZH: "该系统的这一编号已登记为内容不同的案件",
		}
	}
	return f.caseToAttachTo(ctx, q, schema.GlobalID("Case", id))
}

// caseToAttachTo reads which case is meant. One that the viewer does not see is as one that is
// not there; where they see it, the rules say whether they may attach anything to it.
func (f *files) caseToAttachTo(ctx context.Context, q *request, named string) (string, error) {
	id, refusal := idOf("Case", at("caseId"), named)
	if refusal != nil {
		return "", fileRefused(http.StatusBadRequest, guard.CodeBadUserInput, refusal)
	}
	shown, err := f.current(ctx, q, id.Key)
	if err != nil {
		return "", err
	}
	if shown == nil {
		return "", &NotFoundError{"case"}
	}
	whatever := casefile.Command{CaseID: id.Key, Act: casefile.AttachDocument{
		DocumentID: "any", Title: "any", MediaType: "any", Size: 1, Tag: "any",
	}}
	_, refusal, err = q.actorFor(shown.State, whatever, q.rulesOn(shown, f.now()))
	if err == nil && refusal != nil {
		err = fileRefused(http.StatusForbidden, transport.CodeForbidden, refusal)
	}
	return id.Key, err
}

// declared is the media type that a request says its body has.
func declared(header http.Header) (mediaType, error) {
	if encoding := header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return mediaType{}, badFile(http.StatusUnsupportedMediaType, "Content-Encoding", "a file is sent as it is, without Content-Encoding", "文件须原样上传，不使用 Content-Encoding")
	}
	name, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	kind, known := mediaTypeNamed(name)
	if err != nil || !known {
		return kind, badFile(http.StatusUnsupportedMediaType, "Content-Type",
			"Content-Type must be one of: "+mediaTypeNames(), "Content-Type 应为以下之一："+mediaTypeNames())
	}
	return kind, nil
}

// contentDigest reads the SHA-256 of a Content-Digest header; nil where it has none.
func contentDigest(values []string) ([]byte, error) {
	for _, member := range strings.Split(strings.Join(values, ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(member), "=")
		if name != "sha-256" {
			continue
		}
		digest, err := base64.StdEncoding.DecodeString(strings.Trim(value, ":"))
		if err != nil || len(digest) != sha256.Size {
			return nil, badFile(http.StatusBadRequest, "Content-Digest", "Content-Digest must read sha-256=:BASE64:", "Content-Digest 应为 sha-256=:BASE64:")
		}
		return digest, nil
	}
	return nil, nil
}

func (f *files) tooLarge() error {
	mib := float64(f.limits.MaxBytes) / (1 << 20)
	return badFile(http.StatusRequestEntityTooLarge, "body",
		fmt.Sprintf("the file has more than %d bytes (%.4g MiB)", f.limits.MaxBytes, mib), fmt.Sprintf("文件超过%d字节（%.4g MiB）", f.limits.MaxBytes, mib))
}

// notStored says why a body that was begun to be read was not stored.
func (f *files) notStored(err error) error {
	var large *http.MaxBytesError
	var many *store.TooManyFilesError
	var conflict *store.FileConflictError
	var mismatch *store.DigestMismatchError
	switch {
	case errors.As(err, &large):
		return f.tooLarge()
	case tookTooLong(err):
		return &FileError{
			Status: http.StatusRequestTimeout, Code: transport.CodeUnavailable, RetryAfter: 1,
			EN: fmt.Sprintf("the file did not arrive within %s: send it again", f.limits.Timeout),
			ZH: fmt.Sprintf("文件未能在 %s 内传完，请重新上传", f.limits.Timeout),
		}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return badFile(http.StatusBadRequest, "body", "the file broke off: send it again", "文件传输中断，请重新上传")
	case errors.As(err, &mismatch):
		return badFile(http.StatusBadRequest, "Content-Digest", "the file arrived otherwise than Content-Digest says: send it again", "文件内容与 Content-Digest 不符，请重新上传")
	case errors.As(err, &many):
		return &FileError{
			Code: transport.CodeRateLimited, RetryAfter: 60,
			EN: fmt.Sprintf("you have uploaded %d files or %d bytes without attaching them: attach them first", many.Bound.Count, many.Bound.Bytes),
			ZH: fmt.Sprintf("您上传而未附入案件的文件已达%d个或%d字节，请先附入案件", many.Bound.Count, many.Bound.Bytes),
		}
	case errors.As(err, &conflict):
		return &FileError{
			Code: transport.CodeConflict, Field: "Idempotency-Key",
			EN: "this Idempotency-Key was used before with another file; a new file needs a new one", ZH: "该 Idempotency-Key 已用于另一文件，新的文件请使用新的标识",
		}
	}
	if refusal := erased(err); refusal != nil {
		return fileRefused(http.StatusForbidden, transport.CodeForbidden, refusal)
	}
	return unavailable(err)
}

// answerFile tells what was stored and under which id attachDocument takes it.
func answerFile(w http.ResponseWriter, status int, f store.File) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{ // the client may be gone, and asks again
		"documentId": schema.SubID("Document", f.CaseID, f.ID), "mediaType": f.MediaType, "size": f.Size, "sha256": hex.EncodeToString(f.SHA256),
	})
	return nil
}
