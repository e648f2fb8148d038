package api

import "context"

// IssueTokenAt issues a token as of another time.
var IssueTokenAt = issueToken

// CaseIDOf, RequestKeyOf and WeekEnd are tested from outside.
var (
	CaseIDOf     = caseIDOf
	RequestKeyOf = requestKeyOf
	WeekEnd      = weekEnd
)

// GoOnWithHandOvers goes on with those that rest, until none does.
func (a *API) GoOnWithHandOvers(ctx context.Context) error { return a.service.goOnWithHandOvers(ctx) }

// Following is how many subscriptions are open.
func (a *API) Following() int { return a.graphql.Subscriptions() }
