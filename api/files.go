package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/store"
)

// FileLimits bound the files of cases.
type FileLimits struct {
	// MaxBytes is the most that one file has; 0 is 20 MiB.
	MaxBytes int64
	// Timeout bounds one upload or download; 0 is 10 minutes.
	Timeout time.Duration
	// Transfers are under way at once in this process, PerPerson of one person; 0 is 64 and 6.
	Transfers, PerPerson int
	// Unattached is what one person may have uploaded and not attached; 0 is 50 files and ten
	// times MaxBytes.
	Unattached store.UnattachedFiles
}

func (l FileLimits) withDefaults() FileLimits {
	l.MaxBytes = cmp.Or(l.MaxBytes, 20<<20)
	l.Timeout = cmp.Or(l.Timeout, 10*time.Minute)
	l.Transfers, l.PerPerson = cmp.Or(l.Transfers, 64), cmp.Or(l.PerPerson, 6)
	l.Unattached.Count = cmp.Or(l.Unattached.Count, 50)
	l.Unattached.Bytes = cmp.Or(l.Unattached.Bytes, 10*l.MaxBytes)
	return l
}

// files takes uploads (POST /files) and gives out documents (GET /files/ID). Who asks is found
// out as for GraphQL, and so is what they see.
type files struct {
	*service
	limits    FileLimits
	transfers *transfers
	// answering signs requests in and refuses them, as it does for GraphQL.
	answering *transport.Handler
}

// fileCost is what a file costs its caller, in the measure of GraphQL's costs.
const fileCost = 500

func (s *service) files(limits FileLimits, answering *transport.Handler) *files {
	limits = limits.withDefaults()
	return &files{
		service: s, limits: limits, transfers: newTransfers(limits.Transfers, limits.PerPerson), answering: answering,
	}
}

// FileError is why a file is not taken or not given out.
type FileError struct {
	Status  int
	Code    string
	Field   string // what of the request is at fault; empty for none
	EN, ZH  string
	english bool
	// RetryAfter is in seconds; 0 says nothing.
	RetryAfter int
}

// Error implements error.
func (e *FileError) Error() string {
	if e.english || e.ZH == "" {
		return e.EN
	}
	return e.ZH
}

func (e *FileError) classified() transport.Classified {
	extensions := map[string]any{}
	if e.Field != "" {
		extensions["field"] = e.Field
	}
	if e.RetryAfter > 0 {
		extensions["retryAfter"] = e.RetryAfter
	}
	return transport.Classified{Code: e.Code, Message: e.Error(), Extensions: extensions}
}

func badFile(status int, field, en, zh string) *FileError {
	return &FileError{Status: status, Code: guard.CodeBadUserInput, Field: field, EN: en, ZH: zh}
}

// fileRefused is a refusal of the rules.
func fileRefused(status int, code string, r *casefile.Refusal) *FileError {
	refused := &FileError{Status: status, Code: code, EN: r.Message, ZH: r.MessageZH}
	if len(r.Field) > 0 {
		refused.Field = r.Field[len(r.Field)-1]
	}
	return refused
}

// serve signs a request in, lets it begin and bounds it in time; what handle answers with is an
// error where it has written nothing.
func (f *files) serve(handle func(ctx context.Context, q *request, w http.ResponseWriter, r *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "private, no-store")
		err := f.serveSignedIn(w, r, handle)
		if err == nil {
			return
		}
		status := 0
		if refused := (*FileError)(nil); errors.As(err, &refused) {
			status, refused.english = refused.Status, languageOf(r.Header.Get("Accept-Language")) == casefile.English
		}
		f.answering.Refuse(w, status, err)
	}
}

func (f *files) serveSignedIn(
	w http.ResponseWriter, r *http.Request, handle func(context.Context, *request, http.ResponseWriter, *http.Request) error,
) error {
	until := time.Now().Add(f.limits.Timeout)
	asked, release, err := f.answering.Admit(r, fileCost)
	if err != nil {
		return err
	}
	defer release()
	ctx, cancel := context.WithDeadline(asked, until)
	defer cancel()
	q, err := signedIn(ctx)
	if err != nil {
		return err
	}
	leave, entered, theirs := f.transfers.enter(q.person.ID)
	if !entered {
		if theirs {
			return &FileError{
				Code: transport.CodeRateLimited, RetryAfter: 5,
				EN: fmt.Sprintf("you have %d files under way already: wait for one of them", f.limits.PerPerson),
				ZH: fmt.Sprintf("您已有%d个文件正在传输，请稍候", f.limits.PerPerson),
			}
		}
		return &FileError{Code: transport.CodeUnavailable, RetryAfter: 5, EN: "too many files are under way, try again later", ZH: "传输中的文件过多，请稍后重试"}
	}
	defer leave()
	// A file takes longer than a server gives to any other request. A writer that knows no
	// deadlines has none to be moved.
	control := http.NewResponseController(w)
	err = errors.Join(control.SetReadDeadline(until), control.SetWriteDeadline(until.Add(toSayWhy)))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("give a file its time: %w", err)
	}
	if err := handle(ctx, q, w, r); err != nil {
		return err
	}
	if control.Flush() == nil {
		_ = control.SetWriteDeadline(time.Time{}) // the next request on the connection has its own
	}
	return nil
}

// toSayWhy is left for the answer to an upload whose time is up.
const toSayWhy = 10 * time.Second

// tookTooLong reports whether an error is that of the time limit.
func tookTooLong(err error) bool {
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded)
}
