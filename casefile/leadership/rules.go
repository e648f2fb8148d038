package leadership

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// Rules is everything a decision depends on besides the state and the command.
type Rules struct {
	// Now is the instant of deciding.
	Now       time.Time
	Directory casefile.Directory
	// Number is the number reserved for a new package ("530402-L-2026-0001").
	Number string
	// Cases are the facts of the members and of the cases that the command names, by id.
	Cases map[string]CaseFacts
	// Law is what clocks are counted by; nil is the law that the program brings along.
	Law *casefile.Law
}

// CaseFacts is what the record knows of a case while a package is decided.
type CaseFacts struct {
	Number            string
	Division          casefile.Division
	ResponsibleUnitID string
	Confidentiality   casefile.Confidentiality
	Exclusions        []casefile.Exclusion
	Merged            bool
	Standing          casefile.Standing
	// HeldBy is the open package that the case is in, whichever it is; empty for none.
	HeldBy string
}

func (r Rules) law() *casefile.Law {
	if r.Law == nil {
		return casefile.ShippedLaw()
	}
	return r.Law
}
