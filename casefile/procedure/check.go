package procedure

import (
	"fmt"
	"regexp"
	"slices"
)

var codePattern = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// maxLength bounds every number of a step: 20 years in days.
const maxLength = 7305

// check says everything that is wrong with a procedure by itself.
func (p Procedure) check(file string, found *faults) {
	wrong := func(format string, args ...any) { found.add(file, "", fmt.Sprintf(format, args...)) }
	if !codePattern.MatchString(p.Code) {
		wrong("code %q is not lower-case words joined by hyphens", p.Code)
	}
	p.checkDates(wrong)
	p.checkSelection(wrong)
	if !p.Remark.absentOrWhole() {
		wrong("the remark lacks a language")
	}
	if len(p.Steps) == 0 {
		wrong("no steps")
	}
	seen := map[string]bool{}
	for _, step := range p.Steps {
		if seen[step.Code] {
			found.add(file, step.Code, "the step is there twice")
		}
		seen[step.Code] = true
		step.check(func(format string, args ...any) { found.add(file, step.Code, fmt.Sprintf(format, args...)) })
	}
}

type complain func(format string, args ...any)

func (p Procedure) checkDates(wrong complain) {
	if !p.EffectiveFrom.Valid() {
		wrong("effectiveFrom %q is not a day", p.EffectiveFrom)
	}
	switch {
	case p.EffectiveTo == "":
	case !p.EffectiveTo.Valid():
		wrong("effectiveTo %q is not a day", p.EffectiveTo)
	case p.EffectiveTo < p.EffectiveFrom:
		wrong("ends on %s, before it starts on %s", p.EffectiveTo, p.EffectiveFrom)
	}
}

// checkSelection checks what says which cases follow the procedure.
func (p Procedure) checkSelection(wrong complain) {
	if p.Extends {
		if p.Name != (Text{}) || len(p.Applies) > 0 || p.Consent != nil || p.Excludes != nil || p.Remark != (Text{}) {
			wrong("a file that extends a procedure adds steps only: no name, applies, consent, excludes or remark")
		}
		return
	}
	if !p.Name.whole() {
		wrong("the name lacks a language")
	}
	forCases := false
	for _, rule := range p.Applies {
		for _, reason := range rule.check() {
			wrong("%s", reason)
		}
		forCases = forCases || len(rule.Channels) == 0
	}
	if forCases {
		if handling, ok := p.Step(Handling); !ok || handling.Length == 0 || handling.Backward {
			wrong("cases follow it, so it needs a step %q with a length", Handling)
		}
	}
	p.Excludes.check(wrong)
	if p.Consent != nil {
		if !has("ConsentMode", p.Consent.Mode) {
			wrong("consent mode %q is not known", p.Consent.Mode)
		}
		p.Consent.Citation.check("consent: ", wrong)
	}
}

func (s Step) check(wrong complain) {
	if !codePattern.MatchString(s.Code) {
		wrong("code %q is not lower-case words joined by hyphens", s.Code)
	}
	if !s.Name.whole() {
		wrong("the name lacks a language")
	}
	if !s.When.absentOrWhole() || !s.Remark.absentOrWhole() {
		wrong("when or remark lacks a language")
	}
	s.checkLength(wrong)
	s.checkCounting(wrong)
	s.checkPauses(wrong)
	s.checkExtensions(wrong)
	s.checkExpiry(wrong)
	s.Citation.check("", wrong)
}

func (s Step) checkLength(wrong complain) {
	switch {
	case s.Length < 0 || s.Length > maxLength:
		wrong("length %d is not between 1 and %d", s.Length, maxLength)
	case s.Length > 0 && s.Unit == "":
		wrong("a length without unit")
	case s.Length == 0 && s.Unit != "":
		wrong("a unit without length")
	case s.Unit != "" && !has("Unit", s.Unit):
		wrong("unit %q is not known", s.Unit)
	}
	if s.Length == 0 && (s.UnitUndefined || s.Guideline || s.Recurring || s.Backward) {
		wrong("unitUndefined, guideline, recurring and backward say something of a length, and there is none")
	}
	if s.UnitUndefined && (s.Unit == Months || s.Unit == Hours || s.Remark == (Text{})) {
		wrong("unitUndefined is for days alone, and a remark says what the law leaves open")
	}
	if s.Limit != nil && (s.Limit.Max < 1 || !has("LimitUnit", s.Limit.Of)) {
		wrong("a limit needs a number and a known unit")
	}
}

func (s Step) checkCounting(wrong complain) {
	if !has("Event", s.CountedFrom) {
		wrong("countedFrom %q is not known", s.CountedFrom)
	}
	if !has("Event", s.MetBy) {
		wrong("metBy %q is not known", s.MetBy)
	}
	if s.Length > 0 && (s.CountedFrom == EventNotStated || s.MetBy == EventNotStated) {
		wrong("a length needs the act that it is counted from and the act that meets it")
	}
	switch {
	case s.NotBefore == "":
	case !has("Event", s.NotBefore) || s.NotBefore == EventNotStated:
		wrong("notBefore %q is not known", s.NotBefore)
	case s.NotBefore == s.CountedFrom || s.Length == 0 || s.Backward:
		wrong("notBefore is a second act that a clock which runs forward waits for")
	}
	switch {
	case s.RollForward && s.Unit != CalendarDays && s.Unit != Months:
		wrong("only a clock in calendar days or months can roll over rest days, not one in %q", s.Unit)
	case s.RollForward && s.Backward:
		wrong("a clock that is counted back doesn't roll forward")
	case s.RollForward && s.RollCitation == nil:
		wrong("rolls forward without the citation that says so")
	case !s.RollForward && s.RollCitation != nil:
		wrong("a citation for rolling forward, and it doesn't roll")
	case s.RollCitation != nil:
		s.RollCitation.check("rollCitation: ", wrong)
	}
}

func (s Step) checkPauses(wrong complain) {
	for i, pause := range s.Pauses {
		switch {
		case !has("Pause", pause):
			wrong("pause %q is not known", pause)
		case slices.Contains(s.Pauses[:i], pause):
			wrong("pause %s is there twice", pause)
		}
	}
	for i, restart := range s.Restarts {
		switch {
		case !has("Restart", restart):
			wrong("restart %q is not known", restart)
		case slices.Contains(s.Restarts[:i], restart):
			wrong("restart %s is there twice", restart)
		}
	}
	if s.Length == 0 && len(s.Pauses)+len(s.Restarts) > 0 {
		wrong("a pause or restart without a length")
	}
	if s.Backward && len(s.Pauses)+len(s.Restarts) > 0 {
		wrong("a clock that is counted back can neither pause nor restart")
	}
}

func (s Step) checkExtensions(wrong complain) {
	if len(s.Extensions) > 0 && (s.Length == 0 || s.Backward || s.Recurring) {
		wrong("an extension of something that has no length, is counted back or recurs")
	}
	for i, e := range s.Extensions {
		switch {
		case e.Approver == "":
			wrong("an extension without approver")
		case !has("Approver", e.Approver):
			wrong("approver %q is not known", e.Approver)
		}
		switch {
		case min(e.MaxTimes, e.MaxLength, e.MaxTotal) < 0 || max(e.MaxTimes, e.MaxLength, e.MaxTotal) > maxLength:
			wrong("an extension's numbers are between 1 and %d", maxLength)
		case e.MaxLength+e.MaxTotal == 0 && e.Unit != "":
			wrong("an extension's unit without length")
		case e.MaxLength+e.MaxTotal > 0 && e.Unit != s.Unit:
			wrong("an extension in %q of a step in %q", e.Unit, s.Unit)
		case e.MaxTotal > 0 && e.MaxLength > e.MaxTotal:
			wrong("an extension of %d each, %d in all", e.MaxLength, e.MaxTotal)
		case e.MaxTotal > 0 && e.MaxTimes > 0 && e.MaxLength > 0 && e.MaxTotal > e.MaxTimes*e.MaxLength:
			wrong("an extension of %d in all cannot be reached by %d of %d", e.MaxTotal, e.MaxTimes, e.MaxLength)
		}
		if e.MaxTimes == 0 && i < len(s.Extensions)-1 {
			wrong("an extension without maxTimes leaves the next one unused")
		}
	}
}

func (s Step) checkExpiry(wrong complain) {
	if !has("Owner", s.Owner) {
		wrong("owner %q is not known", s.Owner)
	}
	switch {
	case s.OnExpiry.Effect == "":
		wrong("onExpiry is not said; NONE_STATED where no text does")
	case !has("Effect", s.OnExpiry.Effect):
		wrong("onExpiry %q is not known", s.OnExpiry.Effect)
	case s.OnExpiry.Effect == EffectRightLapses && s.Owner != OwnerCitizen:
		wrong("a right lapses that is no citizen's")
	case s.OnExpiry.Effect == EffectRightLapses && (s.Guideline || s.Length == 0):
		wrong("a right lapses without a limit")
	case s.OnExpiry.Effect == EffectEscalate && s.Owner != OwnerOffice:
		wrong("what is not the office's own is not escalated")
	}
	if !s.OnExpiry.absentOrWhole() {
		wrong("onExpiry lacks a language")
	}
}

func (c Citation) check(where string, wrong complain) {
	switch {
	case c.DesignChoice && (c.Verified || c.Law != "" || c.Article != ""):
		wrong("%sa design choice cites no law and is never verified", where)
	case !c.DesignChoice && c.Law == "":
		wrong("%sno citation: name the law, or say designChoice", where)
	case c.Verified && c.Article == "":
		wrong("%sverified without article", where)
	}
}

func (t Text) whole() bool         { return t.ZH != "" && t.EN != "" }
func (t Text) absentOrWhole() bool { return t == (Text{}) || t.whole() }
