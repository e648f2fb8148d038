package importing

import (
	"strconv"
	"strings"
	"unicode"
)

// shownRunes is how much of a cell the report shows.
const shownRunes = 40

// cleanText brings the text of a cell to the form in which it is kept: line ends as "\n",
// the blanks of word processors (no-break, tab) as spaces, invisible marks (zero-width
// space, byte-order mark) gone, and no blanks at the end of a line or around the whole.
// Paragraph indents stay.
func cleanText(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return '\n'
		case '\t', '\u00a0', '\u202f':
			return ' '
		case '\u200b', '\ufeff', '\u2060':
			return -1
		}
		return r
	}, text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(line, unicode.IsSpace)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// cleanLine is cleanText for what stands on one line: every run of blanks becomes one space.
func cleanLine(text string) string {
	return strings.Join(strings.Fields(cleanText(text)), " ")
}

// sameText is the form in which two texts are compared: without any blanks, since systems
// differ in how they export paragraph indents.
func sameText(text string) string {
	return strings.Join(strings.Fields(cleanText(text)), "")
}

// shorten cuts a value for display.
func shorten(value string) string {
	runes := []rune(cleanLine(value))
	if len(runes) <= shownRunes {
		return string(runes)
	}
	return string(runes[:shownRunes-1]) + "…"
}

// plainNumber undoes the notation in which spreadsheets store large whole numbers
// ("1.85986E5"); anything else stays as it is.
func plainNumber(cell string) string {
	if !strings.ContainsAny(cell, "eE") || strings.Trim(cell, "0123456789.eE+") != "" {
		return cell
	}
	value, err := strconv.ParseFloat(cell, 64)
	if err != nil || value != float64(int64(value)) || value > 1<<53 {
		return cell
	}
	return strconv.FormatInt(int64(value), 10)
}
