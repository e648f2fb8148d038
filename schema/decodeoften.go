package schema

import "github.com/tiaochu/tiaochu/casefile"

// decodeOften decodes the arguments that one answer has hundreds of: the language of a label and
// the page of a nested list. It is false, and has read nothing, where they are others.
func decodeOften(into any, args map[string]any) bool {
	switch in := into.(type) {
	case *languageArgs:
		language, isText := args["language"].(string)
		if isText {
			in.Language = casefile.Language(language)
		}
		return isText
	case *PageArgs:
		var page PageArgs
		for name, value := range args {
			number, isNumber := value.(int)
			text, isText := value.(string)
			switch {
			case name == "first" && isNumber:
				page.First = &number
			case name == "last" && isNumber:
				page.Last = &number
			case name == "after" && isText:
				page.After = &text
			case name == "before" && isText:
				page.Before = &text
			default:
				return false
			}
		}
		*in = page
		return true
	}
	return false
}
