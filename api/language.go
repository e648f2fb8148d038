package api

import (
	"golang.org/x/text/language"

	"github.com/tiaochu/tiaochu/casefile"
)

var spoken = language.NewMatcher([]language.Tag{language.SimplifiedChinese, language.English})

// languageOf reads an Accept-Language header: Chinese unless English is preferred.
func languageOf(header string) casefile.Language {
	if _, index := language.MatchStrings(spoken, header); index == 1 {
		return casefile.English
	}
	return casefile.Chinese
}
