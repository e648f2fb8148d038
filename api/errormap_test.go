package api

import (
	"errors"
	"fmt"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/store"
)

func TestOneMapTurnsErrorsIntoCodes(t *testing.T) {
	t.Parallel()
	s := &service{logger: hclog.NewNullLogger()}
	for name, c := range map[string]struct {
		err  error
		code string
	}{
		"no sign-in":             {&UnauthenticatedError{"sign in"}, "UNAUTHENTICATED"},
		"a bad argument":         {fmt.Errorf("list: %w", &BadInputError{"first", "none"}), "BAD_USER_INPUT"},
		"a page without sense":   {unavailable(&store.PageError{Problem: "cursor"}), "BAD_USER_INPUT"},
		"a lost connection":      {unavailable(errors.New("connection reset")), "UNAVAILABLE"},
		"a server going down":    {unavailable(&pgconn.PgError{Code: "57P01"}), "UNAVAILABLE"},
		"a statement it refuses": {unavailable(&pgconn.PgError{Code: "42601"}), ""},
		"anything else":          {errors.New("nil pointer"), ""},
	} {
		require.Equal(t, c.code, s.classify(c.err).Code, name)
	}
}
