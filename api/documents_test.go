package api_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/api/transport"
)

func TestWhereOnlyTrustedDocumentsAreAnsweredThereIsNoPageToTryOthers(t *testing.T) {
	t.Parallel()
	o := openWith(t, func(options *api.Options) {
		options.DocumentsOnly = true
		options.Documents = []transport.Document{{ID: "me", Text: "query Me { viewer { person { name } } }", File: "app.json"}}
	})
	require.Equal(t, "DOCUMENT_NOT_TRUSTED", o.ask(clerk, "{ viewer { person { id } } }", nil).code())
	got := o.ask(clerk, "query Me { viewer { person { name } } }", nil)
	require.Empty(t, got.Errors)
	response, err := http.Get(o.server.URL + "/graphiql")
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusNotFound, response.StatusCode)

	_, err = api.New(api.Options{
		Store: o.store, Commander: o.commander, CommandsReady: func(context.Context) error { return nil },
		Documents: []transport.Document{{ID: "old", Text: "{ viewer { salary } }", File: "app.json"}},
	})
	require.ErrorContains(t, err, "app.json")
	require.ErrorContains(t, err, "salary")
}
