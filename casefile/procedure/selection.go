package procedure

import (
	"fmt"
	"slices"
	"strings"
)

// Criteria say what a case is, as far as its procedure follows from it. What is not known
// stays empty.
type Criteria struct {
	Kind          CaseKind
	PetitionType  PetitionType
	MediationType MediationType
	// Body is the kind of the unit that mediates or handles.
	Body       UnitKind
	CourtStage CourtStage
	Matter     Matter
	// Channel asks for the procedure of a referral, instead of the case's own.
	Channel Channel
	// Division is the code of the handling unit's division.
	Division string
	Online   bool
	Summary  bool
}

// Choice is a procedure and why it is the one.
type Choice struct {
	Procedure Procedure
	// Reasons name what the procedure was picked by, the weakest first; with it its citation.
	Reasons []Text
	// PassedOver are the procedures that would have applied too, but fit less closely; the
	// closest of them first.
	PassedOver []Procedure
}

// NoProcedureError is returned where the catalogue has no procedure for a case.
type NoProcedureError struct {
	Criteria Criteria
	On       Date
}

func (e *NoProcedureError) Error() string { return e.Text().EN }

// Text says in both languages for what no procedure was found.
func (e *NoProcedureError) Text() Text {
	zh, en := []string{}, []string{}
	for _, d := range dimensions {
		if value := d.given(e.Criteria); value != "" {
			label := d.label(value)
			zh, en = append(zh, label.ZH), append(en, label.EN)
		}
	}
	return Text{
		ZH: fmt.Sprintf("%s没有适用于“%s”的程序，请指定程序", e.On, strings.Join(zh, "、")),
		EN: fmt.Sprintf("no procedure on %s fits: %s; name one", e.On, strings.Join(en, ", ")),
	}
}

// UnknownTermError is returned for criteria that hold a word which is on no list.
type UnknownTermError struct{ List, Value string }

func (e *UnknownTermError) Error() string { return fmt.Sprintf("%s has no %q", e.List, e.Value) }

// For picks the procedure that a case follows: of those of which a rule fits, the one that
// fits most closely. A legal way goes before a court stage, that before online mediation
// and summary handling, then the matter, the mediating body, the type of mediation or
// petition, the division, the kind. Errors are *NoProcedureError and *UnknownTermError.
func (c *Catalogue) For(criteria Criteria, on Date) (Choice, error) {
	for _, d := range dimensions {
		if value := d.given(criteria); value != "" && d.list != "" && !has(d.list, value) {
			return Choice{}, &UnknownTermError{List: d.list, Value: value}
		}
	}
	type candidate struct {
		procedure Procedure
		rule      Applies
		rank      int
	}
	var fitting []candidate
	for _, p := range c.Procedures(on) {
		best := candidate{rank: -1}
		for _, rule := range p.Applies {
			if rank, ok := rule.fits(criteria); ok && rank > best.rank {
				best = candidate{p, rule, rank}
			}
		}
		if best.rank >= 0 {
			fitting = append(fitting, best)
		}
	}
	if len(fitting) == 0 {
		return Choice{}, &NoProcedureError{Criteria: criteria, On: on}
	}
	slices.SortStableFunc(fitting, func(a, b candidate) int { return b.rank - a.rank })
	choice := Choice{Procedure: fitting[0].procedure, Reasons: fitting[0].rule.reasons(criteria, fitting[0].procedure)}
	for _, other := range fitting[1:] {
		choice.PassedOver = append(choice.PassedOver, other.procedure)
	}
	return choice, nil
}

// reasons name the dimensions by which the rule fits, then the procedure's own source.
func (a Applies) reasons(c Criteria, p Procedure) []Text {
	var reasons []Text
	for _, d := range dimensions {
		if len(d.wanted(a)) == 0 {
			continue
		}
		label := d.label(d.given(c))
		if label == d.name { // a flag says all by its name
			reasons = append(reasons, label)
			continue
		}
		reasons = append(reasons, Text{ZH: d.name.ZH + "：" + label.ZH, EN: d.name.EN + ": " + label.EN})
	}
	if handling, ok := p.Step(Handling); ok {
		reasons = append(reasons, handling.Citation.Describe())
	}
	return reasons
}

// label is what users read for a value of the dimension.
func (d dimension) label(value string) Text {
	switch {
	case d.list != "":
		return Label(d.list, value)
	case value == "YES":
		return d.name
	}
	return Text{ZH: value, EN: value}
}

// Describe is what users read for a citation: the law and its article, and that it is
// unverified or a choice where that is so.
func (c Citation) Describe() Text {
	if c.DesignChoice {
		return Text{ZH: "设计选择，法律未规定", EN: "a design choice; no text says so"}
	}
	t := Text{ZH: c.Law, EN: c.Law}
	if !strings.ContainsAny(c.Law, "；〔（《") { // a single law by its bare name
		t.ZH = "《" + c.Law + "》"
	}
	if c.Article != "" {
		t = Text{ZH: t.ZH + " 第" + c.Article + "条", EN: t.EN + ", art. " + c.Article}
	}
	if !c.Verified {
		t = Text{ZH: t.ZH + "（未核对原文）", EN: t.EN + " (text not read)"}
	}
	return t
}
