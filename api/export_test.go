package api

// IssueTokenAt issues a token as of another time.
var IssueTokenAt = issueToken

// CaseIDOf, RequestKeyOf and WeekEnd are tested from outside.
var (
	CaseIDOf     = caseIDOf
	RequestKeyOf = requestKeyOf
	WeekEnd      = weekEnd
)

// Following is how many subscriptions are open.
func (a *API) Following() int { return a.graphql.Subscriptions() }
