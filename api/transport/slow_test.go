package transport_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/graphql-go/graphql"
	"github.com/stretchr/testify/require"

	"github.com/tiaochu/tiaochu/api/transport"
)

// serving is the handler behind a real connection, on which one request at a time is served.
func serving(t *testing.T, change func(*transport.Options)) (f fixture, address string) {
	t.Helper()
	f = newHandler(t, func(o *transport.Options) {
		o.MaxInFlight = 1
		change(o)
	})
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return f, server.Listener.Addr().String()
}

func dialTCP(t *testing.T, address string) *net.TCPConn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(20*time.Second)))
	return conn.(*net.TCPConn)
}

func requireServed(t *testing.T, address string) {
	t.Helper()
	res, err := http.Post("http://"+address+"/graphql", "application/json", strings.NewReader(query("{ hello }")))
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	require.Equal(t, http.StatusOK, res.StatusCode)
}

func TestABodyThatTricklesInHoldsUpNobodyAndIsGivenUp(t *testing.T) {
	t.Parallel()
	_, address := serving(t, func(o *transport.Options) { o.BodyTimeout = 300 * time.Millisecond })
	conn := dialTCP(t, address)
	_, err := fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"que")
	require.NoError(t, err)
	requireServed(t, address)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusRequestTimeout, res.StatusCode, string(body))
	require.Contains(t, string(body), "300ms")
}

func TestAConnectionGoesOnPastTheTimeThatItsFirstBodyHad(t *testing.T) {
	t.Parallel()
	_, address := serving(t, func(o *transport.Options) {
		o.BodyTimeout, o.WriteTimeout = 100*time.Millisecond, 100*time.Millisecond
	})
	conn := dialTCP(t, address)
	reader := bufio.NewReader(conn)
	for range 2 {
		text := query("{ hello }")
		_, err := fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(text), text)
		require.NoError(t, err)
		res, err := http.ReadResponse(reader, nil)
		require.NoError(t, err)
		_, err = io.Copy(io.Discard, res.Body)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, http.StatusOK, res.StatusCode)
		<-time.After(250 * time.Millisecond) // longer than either bound
	}
}

func TestAClientThatNeverReadsIsCutOff(t *testing.T) {
	t.Parallel()
	large := strings.Repeat("字", 8<<20)
	_, address := serving(t, func(o *transport.Options) {
		o.WriteTimeout = 300 * time.Millisecond
		schema, err := graphql.NewSchema(graphql.SchemaConfig{Query: graphql.NewObject(graphql.ObjectConfig{Name: "Query", Fields: graphql.Fields{
			"hello": {Type: graphql.String},
			"large": {Type: graphql.String, Resolve: func(graphql.ResolveParams) (any, error) { return large, nil }},
		}})})
		require.NoError(t, err)
		o.Schema = schema
	})
	conn := dialTCP(t, address)
	require.NoError(t, conn.SetReadBuffer(4096))
	text := query("{ large }")
	_, err := fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(text), text)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		res, err := http.Post("http://"+address+"/graphql", "application/json", strings.NewReader(query("{ hello }")))
		if err != nil {
			return false
		}
		defer func() { _ = res.Body.Close() }()
		return res.StatusCode == http.StatusOK
	}, 10*time.Second, 50*time.Millisecond, "the one place must be free again")
	read, _ := io.Copy(io.Discard, conn)
	require.Less(t, read, int64(len(large)), "the answer was broken off")
}
