package main

import (
	"context"
	"time"

	"github.com/hashicorp/go-hclog"

	"github.com/tiaochu/tiaochu/api"
	"github.com/tiaochu/tiaochu/api/command"
	"github.com/tiaochu/tiaochu/api/transport"
	"github.com/tiaochu/tiaochu/config"
)

type apiCommand struct{}

// beside does something as long as it is wanted; the function that it returns ends it and waits
// for the end.
func beside(ctx context.Context, do func(context.Context)) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		do(ctx)
	}()
	return func() {
		cancel()
		<-ended
	}
}

// workflowPatience is how long a workflow may take to answer a person's command, before it is decided
// on the record without it: many times what it usually takes, and half of what people should wait for.
const workflowPatience = time.Second

// answerGrace is how much longer than a command a whole request may take.
const answerGrace = 5 * time.Second

// Run serves GraphQL until ctx ends.
func (*apiCommand) Run(ctx context.Context, settings *config.Config, logger hclog.Logger) error {
	collectSeldom(apiHeap(settings.APIHeapMiB))
	settings, record, err := openRecord(ctx, settings, logger)
	if err != nil {
		return err
	}
	defer record.Close()
	defer beside(ctx, record.KeepStatistics)()
	// A law that this build cannot read stops it here, before it takes requests.
	if _, err := record.Law(ctx); err != nil {
		return err
	}
	temporal, err := dialTemporal(settings, logger)
	if err != nil {
		return err
	}
	defer temporal.Close()
	sender := command.New(command.Options{
		Temporal:  temporal,
		Record:    record,
		TaskQueue: settings.TaskQueue,
		Timeout:   settings.CommandTimeout,
		Patience:  workflowPatience,
		Logger:    logger.Named("command"),
	})
	var tokenKey []byte
	if settings.DevelopmentTokens {
		if tokenKey, err = api.TokenKey(settings.TokenKeyPath()); err != nil {
			return err
		}
	}
	var identity *api.Identity
	if settings.OIDCIssuer != "" {
		identity = &api.Identity{
			Issuer: settings.OIDCIssuer, Audience: settings.OIDCAudience, SubjectClaim: settings.OIDCSubjectClaim,
		}
		if settings.OIDCRolesClaim != "" {
			if identity.Roles, err = api.ReadRoleClaim(settings.OIDCRolesClaim, settings.OIDCRoles); err != nil {
				return err
			}
		}
	}
	if identity == nil && tokenKey == nil {
		logger.Warn("nobody can sign in: set TIAOCHU_OIDC_ISSUER and TIAOCHU_OIDC_AUDIENCE")
	}
	var documents []transport.Document
	if settings.TrustedDocuments != "" {
		if documents, err = transport.LoadDocuments(settings.TrustedDocuments); err != nil {
			return err
		}
	}
	build, err := binaryBuildID()
	if err != nil {
		return err
	}
	handler, err := api.New(api.Options{
		Store:         record,
		Commander:     sender,
		CommandsReady: sender.Ready,
		TokenKey:      tokenKey,
		Identity:      identity,
		Timeout:       settings.CommandTimeout + answerGrace,
		Live: api.LiveLimits{
			Connections: settings.LiveConnections, PerPerson: settings.LiveConnectionsPerPerson,
			Subscriptions: settings.LiveSubscriptions,
		},
		CostLimits: settings.CostLimits, RateLimits: settings.RateLimits, ClientAddressHeader: settings.ClientAddressHeader,
		Documents: documents, DocumentsOnly: settings.TrustedDocumentsOnly, Origins: settings.CORSOrigins,
		Build:  build,
		Files:  api.FileLimits{MaxBytes: int64(settings.FileMiB) << 20, Timeout: settings.FileTimeout},
		Logger: logger.Named("api"),
	})
	if err != nil {
		return err
	}
	defer beside(ctx, handler.KeepHandingOver)()
	return serve(ctx, settings.Listen, handler, settings.ShutdownTimeout, logger)
}
