// Command peer serves the page that `tiaochu bench read` measures by another GraphQL library,
// graph-gophers/graphql-go, over the same database and the same functions of the store, so that
// the two servers can be compared. The product carries none of it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/graph-gophers/graphql-go"
	"github.com/graph-gophers/graphql-go/relay"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/store"
)

func main() {
	if err := serve(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}

// serve writes its name and where it listens as one line.
func serve(stdout io.Writer) error {
	ctx := context.Background()
	record, err := store.Open(ctx, store.Options{
		URL: os.Getenv("TIAOCHU_POSTGRES_URL"), Keys: store.FileKeySource(os.Getenv("TIAOCHU_MASTER_KEY_FILE")),
	})
	if err != nil {
		return err
	}
	defer record.Close()
	key, err := api.TokenKey(os.Getenv("TIAOCHU_TOKEN_KEY_FILE"))
	if err != nil {
		return err
	}
	schema, err := graphql.ParseSchema(definitions, &query{record}, graphql.UseFieldResolvers(), graphql.MaxParallelism(100))
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "graph-gophers http://%s\n", listener.Addr())
	mux := http.NewServeMux()
	mux.Handle("/graphql", signedIn(record, key, &relay.Handler{Schema: schema}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	return server.Serve(listener)
}

// signedIn finds out who asks as the product does: the token names a person, whose rights are
// read from the directory in force.
func signedIn(record *store.Store, key []byte, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked, err := sign(r, record, key)
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, asked)))
	})
}

func sign(r *http.Request, record *store.Store, key []byte) (*request, error) {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	var claims jwt.RegisteredClaims
	_, err := jwt.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return key, nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithExpirationRequired())
	if err != nil {
		return nil, err
	}
	people, _, err := record.InForce(r.Context())
	if err != nil {
		return nil, err
	}
	person, known := people.Person(claims.Subject)
	if !known {
		return nil, errors.New("the token's person is not known")
	}
	return newRequest(record, people, store.NewViewer(people, person)), nil
}
