package transport

import (
	"github.com/graphql-go/graphql/gqlerrors"
)

// Cause gives the error that a resolver or thunk returned, from below the wrappers that
// graphql-go puts around it (they do not unwrap by errors.As). It gives nil for an error
// that graphql-go made itself, such as a null in a non-null field.
func Cause(err error) error {
	for err != nil {
		switch e := err.(type) { //nolint:errorlint // the wrappers are looked at one by one
		case gqlerrors.FormattedError:
			err = e.OriginalError()
		case *gqlerrors.FormattedError:
			err = e.OriginalError()
		case *gqlerrors.Error:
			err = e.OriginalError
		case gqlerrors.Error:
			err = e.OriginalError
		default:
			return err
		}
	}
	return nil
}
