package command

import (
	"fmt"
	"time"
)

// Unavailable says that Temporal or the record could not be asked, or did not answer in
// time. The same request may be sent again: it never acts twice.
type Unavailable struct {
	// Sent tells whether the command may have reached its case.
	Sent  bool
	Cause error
}

func (e *Unavailable) Error() string { return fmt.Sprintf("case did not answer: %v", e.Cause) }

// Unwrap returns the cause.
func (e *Unavailable) Unwrap() error { return e.Cause }

// RateLimited says that the case has as many commands inside as it takes at once.
type RateLimited struct {
	// RetryAfter is when to try again.
	RetryAfter time.Duration
}

func (e *RateLimited) Error() string {
	return fmt.Sprintf("too many commands on this case at once, try again in %s", e.RetryAfter)
}
