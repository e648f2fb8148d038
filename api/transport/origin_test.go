package transport_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/api/transport"
)

const board = "https://board.example.cn"

func TestPagesOfAllowedOriginsMayAskAndOthersMayNot(t *testing.T) {
	t.Parallel()
	f := newHandler(t, func(o *transport.Options) { o.Origins = []string{board} })
	preflight := func(origin string) http.Header {
		r := post("", "Origin", origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type")
		r.Method = http.MethodOptions
		res, _ := f.ask(t, r)
		require.Equal(t, http.StatusNoContent, res.StatusCode)
		require.Contains(t, res.Header.Get("Vary"), "Origin")
		require.Empty(t, res.Header.Get("Access-Control-Allow-Credentials"), "no browser is to send what it keeps")
		return res.Header
	}
	granted := preflight(board)
	require.Equal(t, board, granted.Get("Access-Control-Allow-Origin"))
	require.Equal(t, "GET, POST", granted.Get("Access-Control-Allow-Methods"))
	for _, header := range []string{"Authorization", "Content-Type", "If-None-Match"} {
		require.Contains(t, granted.Get("Access-Control-Allow-Headers"), header)
	}
	for _, origin := range []string{"https://evil.example", "http://board.example.cn", "https://board.example.cn.evil.example", "null", board + ":444"} {
		refused := preflight(origin)
		require.Empty(t, refused.Get("Access-Control-Allow-Origin"), origin)
		require.Empty(t, refused.Get("Access-Control-Allow-Methods"), origin)
	}

	res, body := f.ask(t, post(query("{ hello }"), "Origin", board))
	require.Equal(t, board, res.Header.Get("Access-Control-Allow-Origin"))
	require.Contains(t, res.Header.Get("Access-Control-Expose-Headers"), "ETag")
	require.Contains(t, body, "你好")
	res, _ = f.ask(t, post(query("{ hello }"), "Origin", "https://evil.example"))
	require.Empty(t, res.Header.Get("Access-Control-Allow-Origin"))

	plain := url.Values{"query": {"{ hello }"}}
	res, _ = f.ask(t, get(plain, "Origin", board, "Sec-Fetch-Site", "cross-site"))
	require.Equal(t, http.StatusOK, res.StatusCode)
	res, _ = f.ask(t, get(plain, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"))
	require.Equal(t, http.StatusForbidden, res.StatusCode)
}

func TestAWebSocketIsOpenToAllowedOriginsAndItsOwn(t *testing.T) {
	t.Parallel()
	f := newHandler(t, func(o *transport.Options) {
		o.Origins = []string{board}
		o.Live.Subscribe = func(context.Context, *guard.Operation, func(context.Context)) (transport.Events, error) {
			return nil, errors.New("nothing is followed here")
		}
	})
	server := httptest.NewServer(f)
	defer server.Close()
	for origin, opens := range map[string]bool{board: true, server.URL: true, "": true, "https://evil.example": false, "null": false} {
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		conn, res, err := websocket.Dial(t.Context(), "ws"+strings.TrimPrefix(server.URL, "http"), &websocket.DialOptions{
			HTTPHeader: header, Subprotocols: []string{"graphql-transport-ws"},
		})
		if !opens {
			require.Error(t, err, origin)
			require.Equal(t, http.StatusForbidden, res.StatusCode, origin)
			continue
		}
		require.NoError(t, err, origin)
		require.NoError(t, conn.CloseNow())
	}
}
