package api

import (
	"errors"
	"math"
	"time"

	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/store"
)

// BadInputError says that an argument cannot be what it should be.
type BadInputError struct {
	// Field is the argument's name or path.
	Field   string
	Message string
}

func (e *BadInputError) Error() string { return e.Field + ": " + e.Message }

// UnavailableError says that the record could not be asked; the same request may be sent
// again.
type UnavailableError struct{ Cause error }

func (e *UnavailableError) Error() string { return "the record cannot be asked now, try again" }

// Unwrap returns the cause.
func (e *UnavailableError) Unwrap() error { return e.Cause }

// passing are the classes of SQLSTATE that pass by themselves: lost connections, conflicts
// between transactions, too few resources, a server going down, trouble of its system.
var passing = map[string]bool{"08": true, "40": true, "53": true, "57": true, "58": true}

// unavailable is the error of asking the record: a page that makes no sense is the
// caller's, a statement that the database would refuse again is internal, and everything
// else is the record's being away.
func unavailable(err error) error {
	if refused := (interface{ SQLState() string })(nil); errors.As(err, &refused) {
		if state := refused.SQLState(); len(state) != 5 || !passing[state[:2]] {
			return err
		}
	}
	if page := (*store.PageError)(nil); errors.As(err, &page) {
		return &BadInputError{Field: "after", Message: page.Problem}
	}
	return &UnavailableError{Cause: err}
}

// CodeCursorExpired is the code of a *CursorExpiredError.
const CodeCursorExpired = "CURSOR_EXPIRED"

// classify is the one map from errors to extensions.code. What it doesn't know is internal
// and shown to nobody.
func (s *service) classify(err error) transport.Classified {
	var (
		signIn    *UnauthenticatedError
		input     *BadInputError
		record    *UnavailableError
		sender    *command.Unavailable
		limited   *command.RateLimited
		forbidden *ForbiddenError
		missing   *NotFoundError
		expired   *CursorExpiredError
		issuer    *IdentityUnavailableError
		file      *FileError
	)
	switch {
	case errors.As(err, &signIn):
		return transport.Classified{Code: transport.CodeUnauthenticated, Message: signIn.Reason}
	case errors.As(err, &forbidden):
		return transport.Classified{Code: transport.CodeForbidden, Message: forbidden.Reason}
	case errors.As(err, &file):
		return file.classified()
	case errors.As(err, &missing):
		return transport.Classified{Code: transport.CodeNotFound, Message: missing.Error()}
	case errors.As(err, &expired):
		return transport.Classified{Code: CodeCursorExpired, Message: expired.Error()}
	case errors.As(err, &input):
		return transport.Classified{Code: guard.CodeBadUserInput, Message: input.Error(), Extensions: map[string]any{"field": input.Field}}
	case errors.As(err, &limited):
		return transport.Classified{
			Code: transport.CodeRateLimited, Message: "too many commands on this case at once, try again later",
			Extensions: map[string]any{"retryAfter": wholeSeconds(limited.RetryAfter)},
		}
	case errors.As(err, &sender):
		s.logger.Warn("a case did not answer", "sent", sender.Sent, "error", sender.Cause)
		return transport.Classified{
			Code: transport.CodeUnavailable, Extensions: map[string]any{"retryAfter": 1},
			Message: "the case did not answer: send the same request again, it never acts twice",
		}
	case errors.As(err, &issuer):
		s.logger.Warn("the identity provider could not be asked", "error", issuer.Cause)
		return transport.Classified{Code: transport.CodeUnavailable, Message: issuer.Error(), Extensions: map[string]any{"retryAfter": 5}}
	case errors.As(err, &record):
		s.logger.Warn("the record could not be asked", "error", record.Cause)
		return transport.Classified{Code: transport.CodeUnavailable, Message: record.Error(), Extensions: map[string]any{"retryAfter": 1}}
	}
	return transport.Classified{}
}

func wholeSeconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }
