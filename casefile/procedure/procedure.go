package procedure

// The codes that the steps of every procedure share, where it has them: taking the matter
// in, and bringing it to its end. Every procedure that a case can follow has the second,
// with a length.
const (
	Acceptance = "acceptance"
	Handling   = "handling"
)

// Text is what users read, in Chinese and English.
type Text struct {
	ZH string `json:"zh,omitempty"`
	EN string `json:"en,omitempty"`
}

// Procedure is one version of a procedure: what holds from its first to its last day.
// What the catalogue hands out is shared and must not be changed.
type Procedure struct {
	// Code is stable over all versions ("petition", "medical-mediation").
	Code string `json:"code"`
	Name Text   `json:"name,omitzero"`
	// EffectiveFrom is the first day of the version and EffectiveTo its last, empty where
	// no end is known. EffectiveVerified says that the dates were read in the text itself.
	EffectiveFrom     Date `json:"effectiveFrom"`
	EffectiveTo       Date `json:"effectiveTo,omitempty"`
	EffectiveVerified bool `json:"effectiveVerified,omitempty"`
	// Extends marks a file of a local layer that adds to the procedure of this code.
	Extends bool `json:"extends,omitempty"`
	// Applies are the rules by which For picks the procedure: one of them must fit. A
	// procedure without any is reached by its code alone.
	Applies []Applies `json:"applies,omitempty"`
	// Consent is what a mediation needs from its parties, where a text says so.
	Consent *Consent `json:"consent,omitempty"`
	// Excludes are the matters that the procedure is not for, where a text says so.
	Excludes *Excludes `json:"excludes,omitempty"`
	Remark   Text      `json:"remark,omitzero"`
	Steps    []Step    `json:"steps"`
	// File is the file that the version was read from.
	File string `json:"-"`
}

// On reports whether the version holds on a day.
func (p Procedure) On(day Date) bool {
	return p.EffectiveFrom <= day && (p.EffectiveTo == "" || day <= p.EffectiveTo)
}

// Step returns the step of that code.
func (p Procedure) Step(code string) (Step, bool) {
	for _, step := range p.Steps {
		if step.Code == code {
			return step, true
		}
	}
	return Step{}, false
}

// Consent is the consent mode of a mediation and where it is written.
type Consent struct {
	Mode     ConsentMode `json:"mode"`
	Citation Citation    `json:"citation"`
}

// Step is one step of a procedure.
type Step struct {
	Code string `json:"code"`
	Name Text   `json:"name"`
	// When says in which cases the step is the one that counts, where another step of the
	// procedure stands for the others.
	When Text `json:"when,omitzero"`
	// Length is how long the step may take, in Unit; 0, with no unit, where the law gives
	// no length.
	Length int  `json:"length,omitempty"`
	Unit   Unit `json:"unit,omitempty"`
	// UnitUndefined says that the law counts in days without saying which; Unit is then the
	// reading that ends first.
	UnitUndefined bool `json:"unitUndefined,omitempty"`
	// Guideline says that the length is what is usual, not a limit.
	Guideline bool `json:"guideline,omitempty"`
	// Recurring says that the step comes again in every period of its length.
	Recurring bool `json:"recurring,omitempty"`
	// Backward says that the length is counted back from CountedFrom: "three days before".
	Backward bool `json:"backward,omitempty"`
	// Limit is a limit of the step that is no time.
	Limit *Limit `json:"limit,omitempty"`
	// CountedFrom is the act that starts the clock. Where NotBefore is given too, the clock
	// starts at the later of the two.
	CountedFrom Event `json:"countedFrom"`
	NotBefore   Event `json:"notBefore,omitempty"`
	// RollForward says that a last day on a rest day moves to the next working day, by
	// RollCitation. Where no text says so, it doesn't.
	RollForward  bool      `json:"rollForward,omitempty"`
	RollCitation *Citation `json:"rollCitation,omitempty"`
	// Pauses are the reasons whose time is not counted; Restarts those that start the clock
	// anew.
	Pauses   []Pause   `json:"pauses,omitempty"`
	Restarts []Restart `json:"restarts,omitempty"`
	// Extensions are the kinds of extension in the order in which they are used: the next
	// one is open when the one before it has been used as often as it may.
	Extensions []Extension `json:"extensions,omitempty"`
	// MetBy is the act that meets the clock.
	MetBy Event `json:"metBy"`
	// Owner is whose clock it is.
	Owner    Owner    `json:"owner"`
	OnExpiry Expiry   `json:"onExpiry"`
	Citation Citation `json:"citation"`
	// Stricter marks a local step that shortens the statutory step of the same code.
	Stricter bool `json:"stricter,omitempty"`
	Remark   Text `json:"remark,omitzero"`
	// Local says that a local layer gave the step.
	Local bool `json:"-"`
}

// Statutory reports whether a text sets the step's length: it has one, and it is neither a
// design choice nor a local rule.
func (s Step) Statutory() bool { return s.Length > 0 && !s.Citation.DesignChoice && !s.Local }

// PausedBy reports whether the time of a reason is not counted.
func (s Step) PausedBy(reason Pause) bool {
	for _, pause := range s.Pauses {
		if pause == reason {
			return true
		}
	}
	return false
}

// NextExtension returns the kind of extension that is open after so many granted ones;
// false where none is.
func (s Step) NextExtension(granted int) (Extension, bool) {
	for _, extension := range s.Extensions {
		if extension.MaxTimes == 0 || granted < extension.MaxTimes {
			return extension, true
		}
		granted -= extension.MaxTimes
	}
	return Extension{}, false
}

// Limit is a number that must not be exceeded.
type Limit struct {
	Max int       `json:"max"`
	Of  LimitUnit `json:"of"`
}

// Extension is a kind of extension of a step.
type Extension struct {
	// MaxTimes is how often, MaxLength how long each time and MaxTotal how long together,
	// in Unit; 0 is no such limit.
	MaxTimes  int  `json:"maxTimes,omitempty"`
	MaxLength int  `json:"maxLength,omitempty"`
	MaxTotal  int  `json:"maxTotal,omitempty"`
	Unit      Unit `json:"unit,omitempty"`
	// Approver decides, never the one who asks.
	Approver Approver `json:"approver"`
	// TellParties says that the parties must be told.
	TellParties bool `json:"tellParties,omitempty"`
}

// Expiry is what follows when the time has run out.
type Expiry struct {
	Effect Effect `json:"effect"`
	// Text says more than the effect's label, or is empty.
	Text
	// DesignChoice says that no text gives this effect.
	DesignChoice bool `json:"designChoice,omitempty"`
}

// Describe is what users read: the text, or the effect's label without one.
func (e Expiry) Describe() Text {
	if e.Text != (Text{}) {
		return e.Text
	}
	return Label("Effect", string(e.Effect))
}

// Citation is where a rule comes from: a law and its articles, or a choice of this system's
// design. Verified only where the wording of the text itself was read.
type Citation struct {
	Law          string `json:"law,omitempty"`
	Article      string `json:"article,omitempty"`
	Verified     bool   `json:"verified,omitempty"`
	DesignChoice bool   `json:"designChoice,omitempty"`
}
