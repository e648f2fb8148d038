package schema

import (
	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// Procedure is a version of a procedure as it is shown in a language.
type Procedure struct {
	procedure.Procedure
	language casefile.Language
}

// ProcedureOf shows a procedure in a language.
func ProcedureOf(p procedure.Procedure, language casefile.Language) *Procedure {
	return &Procedure{Procedure: p, language: language}
}

// ProcedureStep is a step of a procedure as it is shown in a language.
type ProcedureStep struct {
	procedure.Step
	language casefile.Language
}

// ProcedureExtension is a kind of extension as it is shown in a language.
type ProcedureExtension struct {
	procedure.Extension
	language casefile.Language
}

// ProceduresArgs are the arguments of Query.procedures.
type ProceduresArgs struct {
	// On is the day asked for, YYYY-MM-DD; empty for today.
	On procedure.Date `json:"on"`
}

// procedureTypes are the catalogue of procedures.
func (b *builder) procedureTypes() {
	b.node("Procedure", "程序 · What the law, or a local rule, lays down for a kind of case or referral, as it stands on a day. "+
		"Names and texts are in the language of Accept-Language.",
		get("id", "ID!", "The opaque id of the procedure, the same for all its versions.", func(p *Procedure) any { return GlobalID("Procedure", p.Code) }),
		get("code", "String!", "The stable code (\"petition\"), as acceptCase takes it.", func(p *Procedure) any { return p.Code }),
		get("name", "String!", "Its name.", func(p *Procedure) any { return in(p.language, p.Name) }),
		get("effectiveFrom", "Date!", "The first day of this version.", func(p *Procedure) any { return string(p.EffectiveFrom) }),
		get("effectiveTo", "Date", "The last day of this version; null where no end is known.", func(p *Procedure) any { return orNull(string(p.EffectiveTo)) }),
		get("effectiveVerified", "Boolean!", "The dates of this version were read in the text itself.", func(p *Procedure) any { return p.EffectiveVerified }),
		get("remark", "String", "What else is to be known.", func(p *Procedure) any { return orNull(in(p.language, p.Remark)) }),
		get("steps", "[ProcedureStep!]!", "Its steps.", func(p *Procedure) any {
			return each(p.Steps, func(s procedure.Step) *ProcedureStep { return &ProcedureStep{s, p.language} })
		}),
	)
	b.object("ProcedureStep", "One step of a procedure: how long it may take, counted from what, and what follows.",
		get("code", "String!", "The code within the procedure (\"handling\").", func(s *ProcedureStep) any { return s.Code }),
		get("name", "String!", "Its name.", func(s *ProcedureStep) any { return in(s.language, s.Name) }),
		get("when", "String", "In which cases this step is the one that counts, where another stands for the others.", func(s *ProcedureStep) any { return orNull(in(s.language, s.When)) }),
		get("length", "Int", "How long it may take; null where no text gives a length.", func(s *ProcedureStep) any {
			if s.Length == 0 {
				return nil
			}
			return s.Length
		}),
		get("unit", "DayUnit", "The unit of its length; null without one.", func(s *ProcedureStep) any { return orNull(string(s.Unit)) }),
		get("unitUndefined", "Boolean!", "The law counts in days without saying which; the unit is the reading that ends first.", func(s *ProcedureStep) any { return s.UnitUndefined }),
		get("guideline", "Boolean!", "The length is what is usual, not a limit.", func(s *ProcedureStep) any { return s.Guideline }),
		get("backward", "Boolean!", "The length is counted back: so long before the act.", func(s *ProcedureStep) any { return s.Backward }),
		get("countedFrom", "String!", "The act that it is counted from.", func(s *ProcedureStep) any {
			return in(s.language, procedure.Label("Event", string(s.CountedFrom)))
		}),
		get("rollForward", "Boolean!", "A last day on a rest day moves to the next working day.", func(s *ProcedureStep) any { return s.RollForward }),
		get("pauses", "[String!]!", "The reasons whose time is not counted.", func(s *ProcedureStep) any {
			return each(s.Pauses, func(p procedure.Pause) string { return in(s.language, procedure.Label("Pause", string(p))) })
		}),
		get("extensions", "[ProcedureExtension!]!", "How it may be extended, in the order in which the ways are used; none where it may not.", func(s *ProcedureStep) any {
			return each(s.Extensions, func(e procedure.Extension) *ProcedureExtension { return &ProcedureExtension{e, s.language} })
		}),
		get("metBy", "String", "The act that meets it; null where none does.", func(s *ProcedureStep) any {
			if s.MetBy == procedure.EventNotStated {
				return nil
			}
			return in(s.language, procedure.Label("Event", string(s.MetBy)))
		}),
		get("owner", "String!", "Whose clock it is.", func(s *ProcedureStep) any { return in(s.language, procedure.Label("Owner", string(s.Owner))) }),
		get("onExpiry", "String!", "What its expiry means.", func(s *ProcedureStep) any { return in(s.language, s.OnExpiry.Describe()) }),
		get("local", "Boolean!", "A local rule gives it.", func(s *ProcedureStep) any { return s.Local }),
		get("remark", "String", "What else is to be known.", func(s *ProcedureStep) any { return orNull(in(s.language, s.Remark)) }),
		get("citation", "Citation!", "Where it comes from.", func(s *ProcedureStep) any { return citationOf(s.Citation, s.language) }),
	)
	b.object("ProcedureExtension", "One way to extend a step. Nobody approves their own request.",
		get("maxTimes", "Int", "How often; null without a limit.", func(e *ProcedureExtension) any { return limit(e.MaxTimes) }),
		get("maxLength", "Int", "How long each time; null without a limit.", func(e *ProcedureExtension) any { return limit(e.MaxLength) }),
		get("maxTotal", "Int", "How long together; null without a limit.", func(e *ProcedureExtension) any { return limit(e.MaxTotal) }),
		get("unit", "DayUnit", "The unit of its lengths; null without any.", func(e *ProcedureExtension) any { return orNull(string(e.Unit)) }),
		get("approver", "String!", "Who decides.", func(e *ProcedureExtension) any {
			return in(e.language, procedure.Label("Approver", string(e.Approver)))
		}),
		get("tellParties", "Boolean!", "The parties must be told.", func(e *ProcedureExtension) any { return e.TellParties }),
	)
}

func in(language casefile.Language, text procedure.Text) string {
	return casefile.Term{ZH: text.ZH, EN: text.EN}.Label(language)
}

// citationOf shows a citation; a design choice stands in the place of a law.
func citationOf(c procedure.Citation, language casefile.Language) casefile.Citation {
	if c.DesignChoice {
		return casefile.Citation{Law: casefile.Term{ZH: "设计选择", EN: "design choice"}.Label(language)}
	}
	return casefile.Citation{Law: c.Law, Article: c.Article, Verified: c.Verified}
}

// limit is null for the 0 that means none.
func limit(n int) any {
	if n == 0 {
		return nil
	}
	return n
}
