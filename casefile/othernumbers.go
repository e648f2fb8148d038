package casefile

import "strings"

// OtherCase is another case that a record names; Number is empty where it has none of it.
type OtherCase struct{ CaseID, Number string }

// OtherCases lists the cases whose numbers the case's record holds.
func (s State) OtherCases() []OtherCase {
	var others []OtherCase
	for _, link := range s.Links {
		others = append(others, OtherCase{link.CaseID, link.Number})
	}
	for _, merger := range s.Mergers {
		others = append(others, OtherCase{merger.CaseID, merger.Number})
	}
	if s.Retaliation != nil {
		others = append(others, OtherCase{s.Retaliation.CaseID, s.Retaliation.Number})
	}
	return others
}

// OtherCase is the one that an event of a link names: a link that was taken back is in no state.
// It is empty for any other event.
func (e Event) OtherCase() OtherCase {
	switch body := e.Body.(type) {
	case CaseLinked:
		return OtherCase{body.CaseID, body.Number}
	case LinkNoted:
		return OtherCase{body.CaseID, body.Number}
	}
	return OtherCase{}
}

// WithoutNumbers is a sentence or a refusal in which cases that its reader may not know of are
// "another case".
func WithoutNumbers(text string, numbers []string, lang Language) string {
	for _, number := range numbers {
		if number == "" {
			continue
		}
		another := Term{EN: "another case", ZH: "另一案件"}.Label(lang)
		text = strings.NewReplacer(
			"Case "+number, "Another case", "case "+number, another, "案件"+number, another, "案件 "+number, another, number, another,
		).Replace(text)
	}
	return text
}
