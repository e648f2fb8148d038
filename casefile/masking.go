package casefile

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Masks hide personal data from viewers who don't work on the case. Each mask holds an
// asterisk, by which a masked value is known when it is handed back (CheckText,
// CheckPartyContent).

// MaskName keeps the first character: 张三丰 becomes 张**. The mask's length is fixed, so
// that it doesn't tell the name's.
func MaskName(name string) string {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(name))
	if r == utf8.RuneError {
		return ""
	}
	return string(r) + "**"
}

// MaskPhone keeps the first three and last four digits of a number of at least eight,
// 138****1234, and of a shorter one nothing.
func MaskPhone(phone string) string {
	digits := digitsOf(phone)
	switch {
	case digits == "":
		return ""
	case len(digits) < 8:
		return "****"
	}
	return digits[:3] + "****" + digits[len(digits)-4:]
}

// MaskIDNumber keeps the first three and last two characters.
func MaskIDNumber(number string) string {
	runes := []rune(strings.TrimSpace(number))
	switch {
	case len(runes) == 0:
		return ""
	case len(runes) < 10:
		return "*****"
	}
	return string(runes[:3]) + "*************" + string(runes[len(runes)-2:])
}

// MaskAddress keeps what comes before the street's number: 昆明市五华区青年路**. Where no
// such part is found, or it has no more than three characters, nothing is kept.
func MaskAddress(address string) string {
	address = strings.TrimSpace(address)
	if address == "" {
		return ""
	}
	kept := ""
	for _, suffix := range []string{"路", "街", "大道", "镇", "乡", "街道", "区", "县", "市"} {
		if i := strings.Index(address, suffix); i >= 0 && i+len(suffix) > len(kept) {
			kept = address[:i+len(suffix)]
		}
	}
	if digit := strings.IndexFunc(kept, unicode.IsDigit); digit >= 0 {
		kept = kept[:digit]
	}
	if utf8.RuneCountInString(kept) <= 3 {
		kept = ""
	}
	return kept + "**"
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
