package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/tiaochu/tiaochu/casefile"
)

// The length that a search's text may have, in characters that count: letters, digits and the
// marks on them.
const (
	MinSearchText = 2
	MaxSearchText = 50
)

// SearchText is what to look for: words, each of which must stand somewhere in a case's title,
// its narrative, or the name of a party or of who speaks for one. The zero value looks for nothing.
type SearchText struct{ words []string }

// SearchTextError says that a text can't be searched for.
type SearchTextError struct {
	// Length is how many characters of it count.
	Length int
	// Scattered: there are enough characters, but no two stand side by side.
	Scattered bool
}

// Error implements error.
func (e *SearchTextError) Error() string {
	if e.Scattered {
		return "holds no two characters side by side; give at least one word of 2 characters"
	}
	return fmt.Sprintf("has %d characters that count (letters and digits; blanks and signs don't); give %d to %d",
		e.Length, MinSearchText, MaxSearchText)
}

// NewSearchText reads words with blanks between them. Width, case and signs make no
// difference: ＡＢＣ is abc, 张三、李四 is 张三李四. A text that is too short or too long is a
// *SearchTextError.
func NewSearchText(text string) (SearchText, error) {
	var t SearchText
	length, longest := 0, 0
	for word := range strings.FieldsSeq(norm.NFKC.String(text)) {
		word = plainText(word)
		n := utf8.RuneCountInString(word)
		length, longest = length+n, max(longest, n)
		if n > 0 && !slices.Contains(t.words, word) {
			t.words = append(t.words, word)
		}
	}
	if length < MinSearchText || length > MaxSearchText {
		return SearchText{}, &SearchTextError{Length: length}
	}
	if longest < 2 {
		return SearchText{}, &SearchTextError{Length: length, Scattered: true}
	}
	// The longest word is the rarest, as a rule.
	slices.SortStableFunc(t.words, func(a, b string) int { return utf8.RuneCountInString(b) - utf8.RuneCountInString(a) })
	return t, nil
}

// Empty reports whether there is nothing to look for.
func (t SearchText) Empty() bool { return len(t.words) == 0 }

// in reports whether every word stands in one of some texts in their plainest form.
func (t SearchText) in(texts []string) bool {
	for _, word := range t.words {
		if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, word) }) {
			return false
		}
	}
	return true
}

// plainText is a text in the form in which it is searched: compatible forms as one (NFKC, by
// which full width is half width), small letters, and nothing but letters, digits and the
// marks on them.
func plainText(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(text))
}

// searched are the parts of a text that a search looks in, in their plainest form; none for a
// text that isn't searched.
func (t Text) searched() []string {
	switch t.Kind {
	case casefile.TextTitle, casefile.TextNarrative:
		return []string{plainText(t.Value)}
	case casefile.TextParty:
		var content casefile.PartyContent
		if json.Unmarshal([]byte(t.Value), &content) != nil {
			return nil
		}
		names := []string{plainText(content.Name)}
		for _, r := range content.Representatives {
			names = append(names, plainText(r.Name))
		}
		return names
	}
	return nil
}
