package casefile

import "strings"

// Refusal is why a command was not carried out. A refused command leaves no event.
// Decide returns it as an error; it travels through workflow results unchanged and ends
// in the API's userErrors.
type Refusal struct {
	Code RefusalCode `json:"code"`
	// Field is the path of the input field at fault, as the API names it; empty where the
	// whole command is refused.
	Field []string `json:"field,omitempty"`
	// Message says in English which field, which value and what was expected; it holds no
	// personal text. MessageZH says the same in Chinese.
	Message   string `json:"message"`
	MessageZH string `json:"messageZh"`
}

// Error implements error.
func (r *Refusal) Error() string {
	if len(r.Field) == 0 {
		return string(r.Code) + ": " + r.Message
	}
	return string(r.Code) + ": " + strings.Join(r.Field, ".") + ": " + r.Message
}

// RefusalCode tells a client why, in one word.
type RefusalCode string

// The refusal codes.
const (
	// Input: a field is missing, malformed, too long, or names something unknown.
	RefusedRequired        RefusalCode = "REQUIRED"
	RefusedInvalid         RefusalCode = "INVALID"
	RefusedTooLong         RefusalCode = "TOO_LONG"
	RefusedUnknownDivision RefusalCode = "UNKNOWN_DIVISION"
	RefusedUnknownCategory RefusalCode = "UNKNOWN_CATEGORY"
	RefusedUnknownUnit     RefusalCode = "UNKNOWN_UNIT"
	RefusedUnknownPerson   RefusalCode = "UNKNOWN_PERSON"
	RefusedUnknownParty    RefusalCode = "UNKNOWN_PARTY"
	RefusedUnknownDocument RefusalCode = "UNKNOWN_DOCUMENT"
	RefusedUnknownSystem   RefusalCode = "UNKNOWN_SYSTEM"
	RefusedNotFound        RefusalCode = "NOT_FOUND"
	// Legal dates.
	RefusedInFuture           RefusalCode = "DATE_IN_FUTURE"
	RefusedBeforeReceipt      RefusalCode = "DATE_BEFORE_RECEIPT"
	RefusedOutOfOrder         RefusalCode = "DATE_OUT_OF_ORDER"
	RefusedBackdatingNoReason RefusalCode = "BACKDATING_REASON_REQUIRED"
	// The case is not where the command can act.
	RefusedWrongStage   RefusalCode = "WRONG_STAGE"
	RefusedClosed       RefusalCode = "CASE_CLOSED"
	RefusedAlreadyDone  RefusalCode = "ALREADY_DONE"
	RefusedIncomplete   RefusalCode = "INCOMPLETE"
	RefusedNoCase       RefusalCode = "NO_SUCH_CASE"
	RefusedCaseExists   RefusalCode = "CASE_EXISTS"
	RefusedStaleVersion RefusalCode = "STALE_VERSION"
	RefusedConflict     RefusalCode = "CONFLICT"
	// The actor may not.
	RefusedWrongRole    RefusalCode = "WRONG_ROLE"
	RefusedJurisdiction RefusalCode = "NOT_IN_JURISDICTION"
	RefusedSamePerson   RefusalCode = "SAME_PERSON"
	RefusedNotCompetent RefusalCode = "NOT_COMPETENT"
	RefusedInterest     RefusalCode = "CONFLICT_OF_INTEREST"
	// Whoever is to get the work is away.
	RefusedAway RefusalCode = "AWAY"
)

// OtherInput refuses a request key that was used before with another input.
func OtherInput() *Refusal {
	return &Refusal{
		Code:      RefusedConflict,
		Field:     []string{"clientMutationId"},
		Message:   "this clientMutationId was used before with another input; a new command needs a new one",
		MessageZH: "该 clientMutationId 已用于内容不同的请求；新的操作请使用新的标识",
	}
}
