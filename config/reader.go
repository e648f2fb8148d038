package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/logging"
)

const (
	minCommandTimeout  = time.Second
	maxCommandTimeout  = 5 * time.Minute
	minFileTimeout     = 10 * time.Second
	maxFileTimeout     = time.Hour
	minShutdownTimeout = time.Second
	maxShutdownTimeout = 10 * time.Minute
)

var errUnexpected = errors.New("unexpected value")

// A reader turns the text of a variable into the value of its field. Any error of parse means
// that the text is not what expects says.
type reader struct {
	expects string
	parse   func(text string) (any, error)
}

// ValueError is returned when a variable or its flag holds a value that is not taken.
type ValueError struct {
	// Variable is the environment variable, also when the flag of that variable was given.
	Variable string
	// Value is what was given; "***" where it may hold a password.
	Value string
	// Expects says what would have been taken.
	Expects string
}

// Error names the variable, the value and what was expected, in one line.
func (e *ValueError) Error() string {
	return fmt.Sprintf("%s is %q: expected %s", e.Variable, e.Value, e.Expects)
}

// value reads text as this variable's value.
func (v Variable) value(text string) (any, error) {
	value, err := v.read.parse(text)
	if err != nil {
		shown := text
		if v.secret {
			shown = "***"
		}
		return nil, &ValueError{Variable: v.Name, Value: shown, Expects: v.Expects}
	}
	return value, nil
}

// optional also takes an empty text, as the field's zero value.
func optional(r reader) reader {
	parse := r.parse
	r.parse = func(text string) (any, error) {
		if text == "" {
			return text, nil
		}
		return parse(text)
	}
	return r
}

var (
	folder       = reader{"the path of a folder", path}
	file         = reader{"the path of a file", path}
	fileOrFolder = reader{"the path of a file or folder", path}

	address = reader{"an address host:port, such as 127.0.0.1:8080", func(text string) (any, error) {
		_, portText, err := net.SplitHostPort(text)
		if err != nil {
			return nil, err
		}
		_, err = strconv.ParseUint(portText, 10, 16)
		return text, err
	}}

	port = wholeNumber(0, 65535)

	postgresURL = reader{"a URL such as postgres://user@host:5432/database", func(text string) (any, error) {
		u, err := url.Parse(text)
		if err != nil {
			return nil, err
		}
		if (u.Scheme != "postgres" && u.Scheme != "postgresql") || (u.Host == "" && u.Query().Get("host") == "") {
			return nil, errUnexpected
		}
		return text, nil
	}}

	// Whoever can read the tokens on their way can act as their bearers.
	issuerURL = reader{"an https URL such as https://id.example.org/realms/centre, or an http one on loopback", func(text string) (any, error) {
		u, err := url.Parse(text)
		if err != nil {
			return nil, err
		}
		if u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil ||
			(u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname()))) {
			return nil, errUnexpected
		}
		return text, nil
	}}

	word = reader{"a word of up to 200 characters without spaces", matching(regexp.MustCompile(`^[!-~]{1,200}$`))}

	identifier = reader{
		"a name of up to 200 letters, digits, dots, dashes and underscores that starts with a letter or a digit",
		matching(regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$`)),
	}

	hostName = reader{"a host name", matching(regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$`))}

	yesNo = reader{"true or false", func(text string) (any, error) { return strconv.ParseBool(text) }}

	logLevel = reader{"one of " + strings.Join(logging.Levels, ", "), func(text string) (any, error) {
		return logging.ParseLevel(text)
	}}

	logFormat = reader{"text or json", func(text string) (any, error) { return logging.ParseFormat(text) }}
)

func path(text string) (any, error) {
	if text == "" || strings.ContainsRune(text, 0) {
		return nil, errUnexpected
	}
	return text, nil
}

// loopback reports whether a host is this machine for whoever asks from it.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

func matching(pattern *regexp.Regexp) func(string) (any, error) {
	return func(text string) (any, error) {
		if !pattern.MatchString(text) {
			return nil, errUnexpected
		}
		return text, nil
	}
}

func wholeNumber(least, most int) reader {
	return reader{fmt.Sprintf("a whole number from %d to %d", least, most), func(text string) (any, error) {
		n, err := strconv.Atoi(text)
		if err != nil || n < least || n > most {
			return nil, errUnexpected
		}
		return n, nil
	}}
}

func duration(least, most time.Duration) reader {
	return reader{fmt.Sprintf("a duration from %s to %s, such as 90s or 2m", short(least), short(most)), func(text string) (any, error) {
		d, err := time.ParseDuration(text)
		if err != nil || d < least || d > most {
			return nil, errUnexpected
		}
		return d, nil
	}}
}

// short writes a duration without the zero units of Duration.String: 5m, not 5m0s.
func short(d time.Duration) string {
	text := strings.TrimSuffix(d.String(), "m0s")
	if text != d.String() {
		text += "m"
	}
	return text
}
