package importing

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// HeaderError says that the columns of a file can't be told: required ones are missing, or
// two claim to be the same.
type HeaderError struct {
	// Found lists the headers of the row that looked most like a header row.
	Found []string
	// Missing lists the required fields for which no column was found.
	Missing []Field
	// Twice lists the fields for which two columns were found, each with its headers.
	Twice map[Field][]string
}

// Error tells what was found and what was expected.
func (e *HeaderError) Error() string {
	var parts []string
	for _, field := range e.Missing {
		parts = append(parts, fmt.Sprintf("no column for %s (expected one of: %s, …)", field, strings.Join(builtInHeaders[field][:6], ", ")))
	}
	for _, field := range Fields() {
		if columns := e.Twice[field]; columns != nil {
			parts = append(parts, fmt.Sprintf("%d columns for %s: %s", len(columns), field, strings.Join(columns, ", ")))
		}
	}
	found := "no headers at all"
	if len(e.Found) > 0 {
		found = strings.Join(e.Found, ", ")
	}
	return strings.Join(parts, "; ") + "; the file has: " + found + "; a mapping file can name the columns"
}

// columns tells which column (from 0) holds which field.
type columns struct {
	at      map[Field]int
	headers []string // as written, by column
	ignored []string // headers that name no field, in the order of the file
}

// plainHeader brings a header to the form in which headers are compared: half-width, lower
// case, without spaces, punctuation, marks of obligation ("*", "（必填）") and the like.
func plainHeader(header string) string {
	header = strings.ToLower(width.Fold.String(cleanLine(header)))
	for _, mark := range []string{"(必填)", "(选填)", "(required)", "(optional)"} {
		header = strings.ReplaceAll(header, mark, "")
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, header)
}

var fieldOfHeader = func() map[string]Field {
	fields := map[string]Field{}
	for _, field := range Fields() {
		for _, header := range builtInHeaders[field] {
			fields[plainHeader(header)] = field
		}
	}
	return fields
}()

// readHeader finds the columns in a header row. What the mapping says about a header wins
// over the built-in names, and a field that the mapping finds is looked for nowhere else.
func readHeader(cells []string, mapping Mapping) (columns, *HeaderError) {
	found := columns{at: map[Field]int{}}
	mapped := mapping.headers()
	byMapping := map[Field]bool{}
	for _, cell := range cells {
		if field, ok := mapped[plainHeader(cell)]; ok {
			byMapping[field] = true
		}
	}
	twice := map[Field][]string{}
	for i, cell := range cells {
		header := cleanLine(cell)
		found.headers = append(found.headers, header)
		if header == "" {
			continue
		}
		field, ok := mapped[plainHeader(cell)]
		if !ok {
			field, ok = fieldOfHeader[plainHeader(cell)]
			ok = ok && !byMapping[field]
		}
		if !ok || field == FieldIgnored {
			found.ignored = append(found.ignored, header)
			continue
		}
		if first, taken := found.at[field]; taken {
			if twice[field] == nil {
				twice[field] = []string{found.headers[first]}
			}
			twice[field] = append(twice[field], header)
			continue
		}
		found.at[field] = i
	}
	var missing []Field
	for _, field := range requiredFields {
		if _, ok := found.at[field]; !ok {
			missing = append(missing, field)
		}
	}
	if len(missing) > 0 || len(twice) > 0 {
		var headers []string
		for _, header := range found.headers {
			if header != "" {
				headers = append(headers, shorten(header))
			}
		}
		return found, &HeaderError{Found: headers, Missing: missing, Twice: twice}
	}
	return found, nil
}

// columnLetter names a column, counted from 0, as a spreadsheet does: A, B, … Z, AA.
func columnLetter(column int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}
