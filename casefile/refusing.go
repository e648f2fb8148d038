package casefile

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

func refuse(code RefusalCode, field []string, en, zh string) *Refusal {
	return &Refusal{Code: code, Field: field, Message: en, MessageZH: zh}
}

// spoken is a refusal on its way out of the rules, its Chinese in its readers' words. Most
// refusals are only asked whether they are there, so that isn't done where they are made.
func spoken(refusal *Refusal) *Refusal {
	if refusal != nil {
		refusal.MessageZH = inChinese(refusal.MessageZH)
	}
	return refusal
}

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

// within puts a path below another.
func within(parent []string, parts ...any) []string {
	return append(append([]string(nil), parent...), at(parts...)...)
}

// shown quotes a value that a client sent, so that a message can name it: at most 40
// characters, none that could break a line. Only codes, ids and dates are shown, never text.
func shown(value string) string {
	value = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, value)
	if runes := []rune(value); len(runes) > 40 {
		value = string(runes[:40]) + "…"
	}
	return strconv.Quote(value)
}

func required(field []string) *Refusal {
	name := field[len(field)-1]
	return refuse(RefusedRequired, field, name+" is required", name+" 必填")
}

func requireValue[T ~string](value T, parts ...any) *Refusal {
	if value == "" {
		return required(at(parts...))
	}
	return nil
}

// checkTerm refuses a value that the enum doesn't have; an empty one only where it is
// needed.
func checkTerm[T ~string](enum string, value T, needed bool, field []string) *Refusal {
	if value == "" {
		if needed {
			return required(field)
		}
		return nil
	}
	if HasTerm(enum, string(value)) {
		return nil
	}
	name := field[len(field)-1]
	return refuse(RefusedInvalid, field,
		fmt.Sprintf("%s %s is not a %s", name, shown(string(value)), enum),
		fmt.Sprintf("%s 的值 %s 不在 %s 之列", name, shown(string(value)), enum))
}

// checkCode refuses an id or number that could not be one: longer than limit, or with
// anything but printable characters. Texts about people have their own place.
func checkCode(value string, limit int, field []string) *Refusal {
	name := field[len(field)-1]
	if len([]rune(value)) > limit {
		return refuse(RefusedTooLong, field,
			fmt.Sprintf("%s has more than %d characters", name, limit),
			fmt.Sprintf("%s 超过 %d 个字符", name, limit))
	}
	for _, r := range value {
		if !unicode.IsPrint(r) {
			return refuse(RefusedInvalid, field,
				fmt.Sprintf("%s holds a character that cannot be printed", name),
				fmt.Sprintf("%s 含有不可打印的字符", name))
		}
	}
	return nil
}

func checkCount(n, limit int, field []string) *Refusal {
	if n <= limit {
		return nil
	}
	name := field[len(field)-1]
	return refuse(RefusedTooLong, field,
		fmt.Sprintf("%s has %d entries; at most %d are taken", name, n, limit),
		fmt.Sprintf("%s 有 %d 项，最多 %d 项", name, n, limit))
}

// first returns the first refusal of a row of checks that were all made.
func first(refusals ...*Refusal) *Refusal {
	for _, refusal := range refusals {
		if refusal != nil {
			return refusal
		}
	}
	return nil
}
