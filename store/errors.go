package store

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
)

// UnknownTextError says that a command names a text (title, reason …) that is not stored
// for its case: its caller stored it too long ago, elsewhere, or never.
type UnknownTextError struct{ CaseID string }

// Error implements error.
func (e *UnknownTextError) Error() string {
	return fmt.Sprintf("case %s: the command names a text that is not stored for it", e.CaseID)
}

// RecordBehindError says that a shell has applied more events than the record holds: the
// database was restored from an older backup, or is another one. Retrying doesn't help.
type RecordBehindError struct {
	CaseID        string
	Shell, Record int // versions
}

// Error implements error.
func (e *RecordBehindError) Error() string {
	return fmt.Sprintf("case %s: its process is at version %d, the record only at %d", e.CaseID, e.Shell, e.Record)
}

// SchemaVersionError says that the database's schema is not the one this binary knows.
type SchemaVersionError struct{ Have, Want int64 }

// Error implements error.
func (e *SchemaVersionError) Error() string {
	if e.Have < e.Want {
		return fmt.Sprintf("the database schema is at version %d, this program needs %d: run `tiaochu migrate`", e.Have, e.Want)
	}
	return fmt.Sprintf("the database schema is at version %d, newer than the %d this program knows: use a newer tiaochu", e.Have, e.Want)
}

// ErasedError says that a case's texts have been erased, so none can be added.
type ErasedError struct{ CaseID string }

// Error implements error.
func (e *ErasedError) Error() string {
	return fmt.Sprintf("case %s: its texts have been erased", e.CaseID)
}

// violated returns the name of the constraint that err violates, or "".
func violated(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.ConstraintName
	}
	return ""
}

// sqlState returns the SQLSTATE of err, or "".
func sqlState(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

// unknownText is what reference_contents raises.
const unknownText = "TC404"
