package api

// IssueTokenAt issues a token as of another time.
var IssueTokenAt = issueToken

// CaseIDOf and WeekEnd are tested from outside.
var (
	CaseIDOf = caseIDOf
	WeekEnd  = weekEnd
)
