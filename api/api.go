package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/graphql-go/graphql"
	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api/feed"
	"github.com/tiaochu/tiaochu/api/graphiql"
	"github.com/tiaochu/tiaochu/api/guard"
	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/schema"
	"github.com/tiaochu/tiaochu/store"
)

// Options configure the API.
type Options struct {
	// Store is the record; required.
	Store *store.Store
	// Commander carries out commands; required.
	Commander Commander
	// CommandsReady says nil when a command sent now would be carried out: Temporal answers
	// and a worker polls the task queue. Required.
	CommandsReady func(context.Context) error
	// TokenKey signs this installation's own bearer tokens; without one none is accepted.
	TokenKey []byte
	// Identity is the provider that signs people in; nil for none.
	Identity *Identity
	// Limits bound a document; zero fields take their defaults.
	Limits guard.Limits
	// Timeout bounds one GraphQL request; 0 is transport's default. It should be longer than
	// a command may take.
	Timeout time.Duration
	// MaxInFlight bounds the requests served at once; 0 is transport's default.
	MaxInFlight int
	// Live bounds subscriptions; zero fields take transport's defaults.
	Live LiveLimits
	// CostLimits bound one operation, and RateLimits what one caller asks for in a minute, half of
	// it at once: by role, with OTHERS for those not named and NOBODY for whoever isn't signed in.
	// A number that is 0 or missing is no bound beyond Limits. Of several roles the highest counts.
	CostLimits, RateLimits map[string]int
	// ClientAddressHeader is the header in which a proxy names the caller's address as its last
	// entry; empty takes the connection's.
	ClientAddressHeader string
	// Observe is told where the time of each request went; nil for none.
	Observe func(transport.Stages)
	// Documents are those that requests may name; DocumentsOnly refuses all others, and serves no
	// GraphiQL.
	Documents     []transport.Document
	DocumentsOnly bool
	// Origins are those of other sites whose pages may use the API.
	Origins []string
	// Build tells this program from others that answer for the same record: no ETag of theirs is
	// taken for one of this.
	Build string
	// Files bounds the files of cases; zero fields take their defaults.
	Files FileLimits
	// Now is the office's clock; nil is time.Now.
	Now func() time.Time
	// Logger may be nil.
	Logger hclog.Logger
}

// LiveLimits bound what is followed over WebSockets and event streams.
type LiveLimits struct {
	// Connections of this process, PerPerson those of one person, and Subscriptions the
	// operations on one connection at once.
	Connections, PerPerson, Subscriptions int
}

// weights are the costs of fields that read more than their parent: a page of events each.
var weights = map[string]int{
	"Case.timeline": 5, "Case.asOf": 50, "Query.statistics": 500, "Viewer.counts": 200,
	"Package.timeline": 5, "Viewer.leads": 100,
	// A search reads the texts of up to a thousand cases.
	"CaseFilter.text": 2_000,
}

// API serves /graphql, /files (the files of cases), /graphiql, /healthz (the process serves) and /readyz (a command would
// succeed).
type API struct {
	routes  http.Handler
	graphql *transport.Handler
	feed    *feed.Reader
	service *service
}

// ServeHTTP answers one request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.routes.ServeHTTP(w, r) }

// Drain sends those who subscribe away, to come back to another process or to this one when
// it runs again, takes no new ones, and waits until nothing reads the record for them any
// more, or ctx ends. A server calls it when it begins to shut down, and before the record is
// closed.
func (a *API) Drain(ctx context.Context) error {
	if err := a.graphql.Drain(ctx); err != nil {
		return err
	}
	a.feed.Wait()
	return nil
}

// New makes the API. Where somebody subscribed, Drain ends it.
func New(options Options) (*API, error) {
	if options.Store == nil || options.Commander == nil || options.CommandsReady == nil {
		return nil, errors.New("api: Store, Commander and CommandsReady are required")
	}
	s := &service{
		store: options.Store, commander: options.Commander, tokenKey: options.TokenKey,
		now: options.Now, logger: options.Logger,
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.logger == nil {
		s.logger = hclog.NewNullLogger()
	}
	if options.Identity != nil {
		provider, err := newIdentityProvider(*options.Identity, s.now)
		if err != nil {
			return nil, err
		}
		s.identity = provider
	}
	s.feed = feed.NewReader(options.Store, s.logger.Named("feed"))
	s.revocations = &revocations{feed: s.feed}
	built, err := schema.New(s)
	if err != nil {
		return nil, err
	}
	answering, err := s.transport(built, options)
	if err != nil {
		return nil, err
	}
	page, err := graphiql.New("/graphql")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/graphql", answering)
	kept := s.files(options.Files, answering)
	mux.Handle("POST "+schema.FilesPath, answering.Shared(kept.serve(kept.upload)))
	mux.Handle("GET "+schema.FilesPath+"/{id}", answering.Shared(kept.serve(kept.download)))
	mux.Handle("OPTIONS "+schema.FilesPath, answering.Shared(http.NotFoundHandler()))
	mux.Handle("OPTIONS "+schema.FilesPath+"/{id}", answering.Shared(http.NotFoundHandler()))
	if !options.DocumentsOnly {
		mux.Handle(graphiql.Path, page)
		mux.Handle(graphiql.Path+"/", page)
	}
	mux.HandleFunc("GET /healthz", alive)
	mux.HandleFunc("GET /readyz", ready(options.Store.Ready, options.CommandsReady))
	return &API{routes: withRequestID(mux), graphql: answering, feed: s.feed, service: s}, nil
}

func (s *service) transport(built graphql.Schema, options Options) (*transport.Handler, error) {
	limits := options.Limits
	if limits.Weights == nil {
		limits.Weights = weights
	}
	callers, err := newAllowances(options)
	if err != nil {
		return nil, err
	}
	handler, err := transport.New(transport.Options{
		Schema: built, Limits: limits, Authenticate: s.authenticate, Allowance: callers.of, Classify: s.classify, Now: s.now,
		Logger: s.logger, Timeout: options.Timeout, MaxInFlight: options.MaxInFlight, Observe: options.Observe,
		Versions: s.versions(options.Build), Origins: options.Origins,
		Documents: options.Documents, DocumentsOnly: options.DocumentsOnly,
		Live: transport.Live{
			Subscribe: s.subscribe, Session: s.session, Watch: s.revocations.watch, MaxConnections: options.Live.Connections,
			MaxPerPerson: options.Live.PerPerson, MaxSubscriptions: options.Live.Subscriptions,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	return handler, nil
}
