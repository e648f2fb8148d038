package bench

import (
	temporalclient "go.temporal.io/sdk/client"

	"github.com/tiaochu/tiaochu/store"
)

// Stack is the product that is measured, with ways into it.
type Stack struct {
	// URL is the API; SignIn returns a token of a development person.
	URL    string
	SignIn func(personID string) (string, error)
	// Temporal and Record are open; TaskQueue and PostgresURL are the product's own.
	Temporal    temporalclient.Client
	TaskQueue   string
	Record      *store.Store
	PostgresURL string
}
