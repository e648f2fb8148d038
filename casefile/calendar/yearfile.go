package calendar

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	longestFile = 1 << 20 // bytes
	mostFaults  = 20      // as many as are told about one file
)

// FileError is one fault of a year file. ReadYear joins all that it finds (errors.Join).
type FileError struct {
	File string
	// Line counts from 1; 0 where the file as a whole is wrong.
	Line int
	// Entry is the faulty entry, as "rest entry 2", or empty.
	Entry   string
	Problem string // what was found, and what was expected
}

func (e *FileError) Error() string {
	text := e.File
	if e.Line > 0 {
		text += ":" + strconv.Itoa(e.Line)
	}
	if e.Entry != "" {
		text += ": " + e.Entry
	}
	return text + ": " + e.Problem
}

// ReadYear reads a year file, whose format data/README.md tells. It takes nothing that is
// not in the format, and returns an error that names the file, the line and what was
// expected for each fault found. The name of the file serves the errors only.
func ReadYear(file string, content []byte) (Year, error) {
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")) // as Notepad begins a file
	switch {
	case len(content) > longestFile:
		return Year{}, &FileError{File: file, Problem: fmt.Sprintf("has %d bytes: expected at most %d", len(content), longestFile)}
	case !utf8.Valid(content):
		return Year{}, &FileError{File: file, Problem: "is not encoded in UTF-8"}
	}
	r := yearReader{file: file, content: content, decoder: json.NewDecoder(bytes.NewReader(content))}
	if err := r.read(); err != nil {
		return Year{}, errors.Join(append(r.faults, err)...)
	}
	if len(r.faults) == 0 {
		for _, fault := range r.year.faults() {
			r.locate(fault)
		}
	}
	if len(r.faults) > mostFaults {
		more := fmt.Sprintf("%d more faults", len(r.faults)-mostFaults)
		r.faults = append(r.faults[:mostFaults], &FileError{File: file, Problem: more})
	}
	if len(r.faults) > 0 {
		return Year{}, errors.Join(r.faults...)
	}
	return r.year, nil
}

// yearReader takes a year file token by token, since it must know where each entry stands.
type yearReader struct {
	file                string
	content             []byte
	decoder             *json.Decoder
	year                Year
	restLines, workLine []int
	yearLine            int
	faults              []error
	// countedTo is how far lines have been counted, and countedLines how many there were: a
	// file is gone through once, however many entries and faults it has.
	countedTo, countedLines int
}

func (r *yearReader) read() error {
	if err := r.object("", r.field); err != nil {
		return err
	}
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return r.at("", "something follows the year: expected the end of the file")
	}
	if r.yearLine == 0 {
		r.fault("", "year is missing")
	}
	return nil
}

func (r *yearReader) field(key string) error {
	switch key {
	case "year":
		r.yearLine = r.line()
		return r.number(key, &r.year.Number)
	case "division":
		return r.text("", key, &r.year.Division)
	case "source":
		return r.text("", key, &r.year.Source)
	case "licence":
		return r.text("", key, &r.year.Licence)
	case restEntry:
		return r.list(key, r.rest)
	case workEntry:
		return r.list(key, r.work)
	}
	return r.unknown("", key, "year, division, source, licence, rest or work")
}

func (r *yearReader) rest(entry string) error {
	var days RestDays
	line := r.nextLine()
	err := r.object(entry, func(key string) error {
		switch key {
		case "from":
			return r.date(entry, key, &days.From)
		case "to":
			return r.date(entry, key, &days.To)
		case "zh":
			return r.text(entry, key, &days.Name.ZH)
		case "en":
			return r.text(entry, key, &days.Name.EN)
		}
		return r.unknown(entry, key, "from, to, zh or en")
	})
	if days.To.IsZero() {
		days.To = days.From
	}
	r.year.Rest, r.restLines = append(r.year.Rest, days), append(r.restLines, line)
	return err
}

func (r *yearReader) work(entry string) error {
	var day WorkDay
	line := r.nextLine()
	err := r.object(entry, func(key string) error {
		switch key {
		case "date":
			return r.date(entry, key, &day.Date)
		case "zh":
			return r.text(entry, key, &day.For.ZH)
		case "en":
			return r.text(entry, key, &day.For.EN)
		}
		return r.unknown(entry, key, "date, zh or en")
	})
	r.year.Work, r.workLine = append(r.year.Work, day), append(r.workLine, line)
	return err
}

// object reads an object, and hands the name of each field to read, which takes its value.
func (r *yearReader) object(entry string, read func(key string) error) error {
	if err := r.delimiter(entry, '{', "an object, { … }"); err != nil {
		return err
	}
	seen := map[string]bool{}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return r.syntax(err)
		}
		key, _ := token.(string)
		if seen[key] {
			r.fault(entry, "%s is given twice", key)
		}
		seen[key] = true
		if err := read(key); err != nil {
			return err
		}
	}
	return r.close()
}

func (r *yearReader) list(name string, read func(entry string) error) error {
	if err := r.delimiter("", '[', name+" to be a list, [ … ]"); err != nil {
		return err
	}
	for i := 1; r.decoder.More(); i++ {
		if err := read(fmt.Sprintf("%s entry %d", name, i)); err != nil {
			return err
		}
	}
	return r.close()
}

func (r *yearReader) delimiter(entry string, want json.Delim, expected string) error {
	token, err := r.decoder.Token()
	if err != nil {
		return r.syntax(err)
	}
	if token != want {
		return r.at(entry, "found "+describe(token)+": expected "+expected)
	}
	return nil
}

func (r *yearReader) close() error {
	if _, err := r.decoder.Token(); err != nil {
		return r.syntax(err)
	}
	return nil
}

func (r *yearReader) value() (json.RawMessage, error) {
	var raw json.RawMessage
	if err := r.decoder.Decode(&raw); err != nil {
		return nil, r.syntax(err)
	}
	return raw, nil
}

func (r *yearReader) text(entry, key string, into *string) error {
	raw, err := r.value()
	if err != nil {
		return err
	}
	if raw[0] != '"' || json.Unmarshal(raw, into) != nil {
		r.fault(entry, "%s is %s: expected a text, in quotation marks", key, shortened(raw))
	}
	return nil
}

func (r *yearReader) number(key string, into *int) error {
	raw, err := r.value()
	if err != nil {
		return err
	}
	if *into, err = strconv.Atoi(string(raw)); err != nil {
		r.fault("", "%s is %s: expected a whole number", key, shortened(raw))
	}
	return nil
}

func (r *yearReader) date(entry, key string, into *Date) error {
	var text string
	before := len(r.faults)
	if err := r.text(entry, key, &text); err != nil || len(r.faults) > before {
		return err
	}
	var err error
	if *into, err = ParseDate(text); err != nil {
		r.fault(entry, "%s: %v", key, err)
	}
	return nil
}

func (r *yearReader) unknown(entry, key, expected string) error {
	r.fault(entry, "unknown field %q: expected %s", key, expected)
	_, err := r.value()
	return err
}

func (r *yearReader) fault(entry, format string, values ...any) {
	r.faults = append(r.faults, r.at(entry, fmt.Sprintf(format, values...)))
}

func (r *yearReader) at(entry, problem string) error {
	return &FileError{File: r.file, Line: r.line(), Entry: entry, Problem: problem}
}

func (r *yearReader) syntax(err error) error {
	line := r.line()
	var malformed *json.SyntaxError
	switch {
	case errors.As(err, &malformed):
		line = r.lineOf(malformed.Offset)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &FileError{File: r.file, Line: line, Problem: "the file ends too early"}
	}
	return &FileError{File: r.file, Line: line, Problem: "malformed JSON: " + strings.TrimPrefix(err.Error(), "json: ")}
}

// locate turns a fault of the year's content into one of the file.
func (r *yearReader) locate(fault *YearError) {
	located := &FileError{File: r.file, Line: r.yearLine, Problem: fault.Problem}
	if fault.List != "" {
		lines := r.restLines
		if fault.List == workEntry {
			lines = r.workLine
		}
		located.Line, located.Entry = lines[fault.Entry-1], fmt.Sprintf("%s entry %d", fault.List, fault.Entry)
	}
	r.faults = append(r.faults, located)
}

// line is where the last token ended.
func (r *yearReader) line() int { return r.lineOf(r.decoder.InputOffset()) }

// nextLine is where the next value begins.
func (r *yearReader) nextLine() int {
	offset := r.decoder.InputOffset()
	rest := r.content[offset:]
	return r.lineOf(offset + int64(len(rest)-len(bytes.TrimLeft(rest, ", \t\r\n"))))
}

func (r *yearReader) lineOf(offset int64) int {
	to := min(int(offset), len(r.content))
	if to < r.countedTo {
		r.countedTo, r.countedLines = 0, 0
	}
	r.countedLines += bytes.Count(r.content[r.countedTo:to], []byte("\n"))
	r.countedTo = to
	return 1 + r.countedLines
}

func describe(token json.Token) string {
	switch token := token.(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(token)
	default:
		return fmt.Sprint(token)
	}
}

func shortened(raw []byte) string {
	const longest = 40
	text := string(bytes.Join(bytes.Fields(raw), []byte(" ")))
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}

// File returns the year as the content of a year file, its entries in the order of their
// days. ReadYear reads it back.
func (y Year) File() []byte {
	y = y.sorted()
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"year\": %d,\n", y.Number)
	for _, field := range []struct{ name, text string }{
		{"division", y.Division}, {"source", y.Source}, {"licence", y.Licence},
	} {
		if field.text != "" {
			fmt.Fprintf(&out, "  %q: %s,\n", field.name, quoted(field.text))
		}
	}
	out.WriteString("  \"rest\": [")
	for i, rest := range y.Rest {
		fmt.Fprintf(&out, "%s    {\"from\": \"%s\", \"to\": \"%s\", \"zh\": %s, \"en\": %s}",
			separator(i), rest.From, rest.To, quoted(rest.Name.ZH), quoted(rest.Name.EN))
	}
	out.WriteString("\n  ],\n  \"work\": [")
	for i, work := range y.Work {
		fmt.Fprintf(&out, "%s    {\"date\": \"%s\", \"zh\": %s, \"en\": %s}",
			separator(i), work.Date, quoted(work.For.ZH), quoted(work.For.EN))
	}
	out.WriteString("\n  ]\n}\n")
	return out.Bytes()
}

func separator(i int) string {
	if i == 0 {
		return "\n"
	}
	return ",\n"
}

func quoted(text string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return `""` // a string is always encoded
	}
	return strings.TrimSuffix(out.String(), "\n")
}
