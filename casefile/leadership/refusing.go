package leadership

import (
	"fmt"
	"strconv"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

func refuse(code casefile.RefusalCode, field []string, en, zh string) *casefile.Refusal {
	return &casefile.Refusal{Code: code, Field: field, Message: en, MessageZH: zh}
}

// unwritten is cited for a rule that no text says.
func unwritten() procedure.Text { return procedure.Citation{DesignChoice: true}.Describe() }

// at builds the path of an input field from names and list positions.
func at(parts ...any) []string {
	path := make([]string, 0, len(parts))
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			path = append(path, part)
		case int:
			path = append(path, strconv.Itoa(part))
		}
	}
	return path
}

// required refuses a field that is empty; zh is what its users call it.
func required[T ~string](value T, zh string, field ...any) *casefile.Refusal {
	if value != "" {
		return nil
	}
	path := at(field...)
	return refuse(casefile.RefusedRequired, path, path[len(path)-1]+" is required", zh+"必填")
}

// checkTerm refuses a value that an enum doesn't have.
func checkTerm(known []casefile.Term, enum, value, zh string, field ...any) *casefile.Refusal {
	for _, term := range known {
		if term.Value == value {
			return nil
		}
	}
	path := at(field...)
	if value == "" {
		return required(value, zh, field...)
	}
	return refuse(casefile.RefusedInvalid, path,
		fmt.Sprintf("%s %q is not a %s", path[len(path)-1], value, enum), fmt.Sprintf("%s的值%q不在选项之列", zh, value))
}

func checkCount(n, limit int, zh string, field ...any) *casefile.Refusal {
	if n <= limit {
		return nil
	}
	path := at(field...)
	return refuse(casefile.RefusedTooLong, path,
		fmt.Sprintf("%s has %d entries; at most %d are taken", path[len(path)-1], n, limit),
		fmt.Sprintf("%s有%d项，最多%d项", zh, n, limit))
}

// first returns the first refusal of a row of checks that were all made.
func first(refusals ...*casefile.Refusal) *casefile.Refusal {
	for _, refusal := range refusals {
		if refusal != nil {
			return refusal
		}
	}
	return nil
}

// day writes the legal day of an instant, moment its minute, both in Asia/Shanghai.
func day(t time.Time) string    { return t.In(casefile.Shanghai).Format(time.DateOnly) }
func moment(t time.Time) string { return t.In(casefile.Shanghai).Format("2006-01-02 15:04") }

// dayEnd is the last second of a day written YYYY-MM-DD, and false where it is no day.
func dayEnd(text string) (time.Time, bool) {
	start, err := time.ParseInLocation(time.DateOnly, text, casefile.Shanghai)
	if err != nil {
		return time.Time{}, false
	}
	return casefile.Instant(start.AddDate(0, 0, 1).Add(-time.Second)), true
}

// checkDay refuses what is no day, and a day before another.
func checkDay(text, earliest string, zh string, field ...any) *casefile.Refusal {
	path := at(field...)
	name := path[len(path)-1]
	if _, ok := dayEnd(text); !ok {
		return refuse(casefile.RefusedInvalid, path,
			fmt.Sprintf("%s %q is no day: write YYYY-MM-DD", name, text), fmt.Sprintf("%s%q不是有效日期，应为YYYY-MM-DD", zh, text))
	}
	if text < earliest {
		return refuse(casefile.RefusedOutOfOrder, path,
			fmt.Sprintf("%s %s is before %s", name, text, earliest), fmt.Sprintf("%s%s早于%s", zh, text, earliest))
	}
	return nil
}
