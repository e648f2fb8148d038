package casefile

import "github.com/tiaochu/tiaochu/casefile/procedure"

// What a refusal cites: the article behind its rule, or that the rule is a choice of this
// design.

// cited names the text behind a clock, for a refusal.
func cited(clock Deadline, lang Language) string {
	if lang == English {
		return CitationOf(clock).EN
	}
	return CitationOf(clock).ZH
}

// CitationOf is the text behind a clock as refusals cite it: a law and its articles, or that
// no text sets the clock.
func CitationOf(clock Deadline) procedure.Text {
	citation := procedure.Citation{
		Law: clock.Citation.Law, Article: clock.Citation.Article, Verified: clock.Citation.Verified,
		DesignChoice: clock.Citation.Law == designChoice,
	}
	return citation.Describe()
}

// unwritten is cited for a rule that no text says.
func unwritten(lang Language) string {
	text := procedure.Citation{DesignChoice: true}.Describe()
	if lang == English {
		return text.EN
	}
	return text.ZH
}

// citedRoute names what decides which organ the legal way of a case leads to.
func citedRoute(state State, lang Language) string {
	switch {
	case state.Kind != Petition:
		return unwritten(lang)
	case lang == English:
		return "Regulations on Petition Work, art. 31"
	}
	return "《信访工作条例》第三十一条"
}
