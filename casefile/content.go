package casefile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TextKind is what a text of a case is. The content store keeps it beside the cipher text.
type TextKind string

// The kinds of text. PARTY is the JSON of a PartyContent.
const (
	TextTitle       TextKind = "TITLE"
	TextNarrative   TextKind = "NARRATIVE"
	TextClaim       TextKind = "CLAIM"
	TextAddress     TextKind = "ADDRESS"
	TextReason      TextKind = "REASON"
	TextExplanation TextKind = "EXPLANATION"
	TextFinding     TextKind = "FINDING"
	TextFacts       TextKind = "FACTS"
	TextMinutes     TextKind = "MINUTES"
	TextAgreement   TextKind = "AGREEMENT"
	TextPerformance TextKind = "PERFORMANCE"
	TextOpinion     TextKind = "OPINION"
	TextLegalBasis  TextKind = "LEGAL_BASIS"
	TextSummary     TextKind = "SUMMARY"
	TextComment     TextKind = "COMMENT"
	TextNote        TextKind = "NOTE"
	TextReply       TextKind = "REPLY"
	TextParty       TextKind = "PARTY"
	TextPlace       TextKind = "PLACE"
	TextRequest     TextKind = "REQUEST"

	TextDocumentTitle TextKind = "DOCUMENT_TITLE"
)

// textLimits are in characters. The title's and address's follow the record products for
// GB/T 31000 (100 and 200), doubled for the title since portals write long ones; the others
// are generous choices that still refuse a file pasted into a field.
var textLimits = map[TextKind]int{
	TextTitle: 200, TextNarrative: 20_000, TextClaim: 2_000, TextAddress: 200, TextReason: 2_000,
	TextExplanation: 5_000, TextFinding: 20_000, TextFacts: 20_000, TextMinutes: 50_000,
	TextAgreement: 50_000, TextPerformance: 1_000, TextOpinion: 20_000, TextLegalBasis: 5_000,
	TextSummary: 10_000, TextComment: 5_000, TextNote: 10_000, TextReply: 50_000,
	TextParty: 20_000, TextPlace: 200, TextRequest: 10_000, TextDocumentTitle: 200,
}

// TextLimit returns the most characters that a kind of text takes, or 0 for an unknown one.
func TextLimit(kind TextKind) int { return textLimits[kind] }

// CheckText refuses a text that can't be stored: empty though required, longer than its
// kind takes, not UTF-8, with control characters other than line breaks and tabs, or a mask
// that was read and is handed back. It never quotes the text.
func CheckText(kind TextKind, field []string, value string, isRequired bool) *Refusal {
	return spoken(checkText(kind, field, value, isRequired))
}

func checkText(kind TextKind, field []string, value string, isRequired bool) *Refusal {
	limit, known := textLimits[kind]
	if !known {
		return refuse(RefusedInvalid, field,
			fmt.Sprintf("%s is no kind of text", shown(string(kind))), fmt.Sprintf("没有文本类型 %s", shown(string(kind))))
	}
	if Blank(value) {
		if isRequired {
			return required(field)
		}
		return nil
	}
	if refusal := checkRunes(value, limit, field, true); refusal != nil {
		return refusal
	}
	if isMask(value) {
		return maskedBack(field)
	}
	return nil
}

// Blank reports whether a text shows nothing: it is empty, or made of blanks and of
// characters that have no shape of their own.
func Blank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}

// PartyContent is who a party is: stored encrypted, as the JSON of a text of kind PARTY.
type PartyContent struct {
	Name            string                  `json:"name,omitempty"`
	IDType          string                  `json:"idType,omitempty"`
	IDNumber        string                  `json:"idNumber,omitempty"`
	Phone           string                  `json:"phone,omitempty"`
	Address         string                  `json:"address,omitempty"`
	Language        string                  `json:"language,omitempty"`
	Needs           []string                `json:"needs,omitempty"`
	Representatives []RepresentativeContent `json:"representatives,omitempty"`
}

// RepresentativeContent is who speaks for a party.
type RepresentativeContent struct {
	Kind     RepresentativeKind `json:"kind"`
	Name     string             `json:"name,omitempty"`
	IDNumber string             `json:"idNumber,omitempty"`
	Phone    string             `json:"phone,omitempty"`
}

// Normalised is the content without blanks around its values, and with the signs of its
// numbers in their usual width: １３８, as a Chinese input method types it, is 138. A value of
// nothing but blanks stays, to be refused by name.
func (c PartyContent) Normalised() PartyContent {
	c.Name, c.Address = trimmed(c.Name), trimmed(c.Address)
	c.IDNumber, c.Phone = usualWidth(c.IDNumber), usualWidth(c.Phone)
	c.Representatives = slices.Clone(c.Representatives)
	for i, r := range c.Representatives {
		r.Name, r.IDNumber, r.Phone = trimmed(r.Name), usualWidth(r.IDNumber), usualWidth(r.Phone)
		c.Representatives[i] = r
	}
	return c
}

func trimmed(s string) string {
	if Blank(s) {
		return s
	}
	return strings.TrimSpace(s)
}

// usualWidth narrows the full-width forms, U+FF01 to U+FF5E, and the ideographic space.
func usualWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000':
			return ' '
		}
		return r
	}, trimmed(s))
}

const (
	maxName     = 80
	maxIDNumber = 50
	maxNeeds    = 10
)

// IDTypeResident is the resident identity card, whose number carries a checksum. It is
// meant where a number of 18 characters comes without a type.
const IDTypeResident = "RESIDENT_ID"

// CheckPartyContent refuses what can't be a party's data: a name longer than 80 characters,
// a resident identity number whose checksum is wrong, something that is no telephone
// number, or a mask handed back.
func CheckPartyContent(field []string, c PartyContent) *Refusal {
	return spoken(checkPartyContent(field, c))
}

func checkPartyContent(field []string, c PartyContent) *Refusal {
	if refusal := first(
		checkPersonal(c.Name, maxName, within(field, "name")),
		checkPersonal(c.IDType, 30, within(field, "idType")),
		checkPersonal(c.Address, textLimits[TextAddress], within(field, "address")),
		checkPersonal(c.Language, 30, within(field, "language")),
		checkIDNumber(c.IDType, c.IDNumber, within(field, "idNumber")),
		checkPhone(c.Phone, within(field, "phone")),
		checkCount(len(c.Needs), maxNeeds, within(field, "needs")),
		checkCount(len(c.Representatives), maxRepresentatives, within(field, "representatives")),
	); refusal != nil {
		return refusal
	}
	for i, need := range c.Needs {
		if refusal := checkPersonal(need, 100, within(field, "needs", i)); refusal != nil {
			return refusal
		}
	}
	for i, r := range c.Representatives {
		at := within(field, "representatives", i)
		if r.Name == "" {
			return required(within(at, "name"))
		}
		if refusal := first(
			checkTerm("RepresentativeKind", r.Kind, true, within(at, "kind")),
			checkPersonal(r.Name, maxName, within(at, "name")),
			checkIDNumber("", r.IDNumber, within(at, "idNumber")),
			checkPhone(r.Phone, within(at, "phone")),
		); refusal != nil {
			return refusal
		}
	}
	return nil
}

func checkPersonal(value string, limit int, field []string) *Refusal {
	if value == "" {
		return nil
	}
	if Blank(value) {
		name := field[len(field)-1]
		return refuse(RefusedInvalid, field, name+" holds nothing but blanks", name+" 只有空白")
	}
	if refusal := checkRunes(value, limit, field, false); refusal != nil {
		return refusal
	}
	if strings.ContainsAny(value, "*＊") {
		return maskedBack(field)
	}
	return nil
}

// checkRunes wants valid UTF-8 of at most limit characters. Control characters are refused;
// so are the invisible ones that turn the reading direction, by which a text can show
// another order than it has.
func checkRunes(value string, limit int, field []string, lines bool) *Refusal {
	name := field[len(field)-1]
	if !utf8.ValidString(value) {
		return refuse(RefusedInvalid, field, name+" is not valid UTF-8", name+" 不是有效的 UTF-8 文本")
	}
	if n := utf8.RuneCountInString(value); n > limit {
		return refuse(RefusedTooLong, field,
			fmt.Sprintf("%s has %d characters; at most %d are taken", name, n, limit),
			fmt.Sprintf("%s 有%d个字符，最多%d个", name, n, limit))
	}
	for _, r := range value {
		if lines && (r == '\n' || r == '\r' || r == '\t') {
			continue
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError {
			return refuse(RefusedInvalid, field,
				fmt.Sprintf("%s holds the control character %U", name, r),
				fmt.Sprintf("%s 含有控制字符 %U", name, r))
		}
	}
	return nil
}

// isMask reports whether a whole text is what a masked text looks like: asterisks with at
// most a few characters left standing. A text that merely mentions one is none.
func isMask(value string) bool {
	stars, others := 0, 0
	for _, r := range value {
		switch {
		case r == '*' || r == '＊':
			stars++
		case !unicode.IsSpace(r):
			others++
		}
	}
	return stars >= 2 && others <= 7
}

func maskedBack(field []string) *Refusal {
	name := field[len(field)-1]
	return refuse(RefusedInvalid, field,
		name+" is a masked value: leave it out, or give the whole one", name+" 是脱敏后的值，请留空或填写完整内容")
}

var phonePattern = regexp.MustCompile(`^\+?[0-9][0-9 ()-]{3,22}[0-9](转[0-9]{1,6})?$`)

// checkPhone takes a mobile number, a landline with or without area code, and a short
// service number; international ones with a plus.
func checkPhone(phone string, field []string) *Refusal {
	if phone == "" {
		return nil
	}
	if refusal := checkPersonal(phone, 30, field); refusal != nil {
		return refusal
	}
	digits := digitsOf(phone)
	if phonePattern.MatchString(phone) && len(digits) >= 5 && len(digits) <= 20 &&
		(len(digits) != 11 || digits[0] != '1' || digits[1] >= '3') {
		return nil
	}
	return refuse(RefusedInvalid, field, "phone is not a telephone number", "phone 不是有效的电话号码")
}

// checkIDNumber wants a right checksum on a resident identity number; other documents are
// free in form.
func checkIDNumber(idType, number string, field []string) *Refusal {
	if number == "" {
		return nil
	}
	if refusal := checkPersonal(number, maxIDNumber, field); refusal != nil {
		return refusal
	}
	if idType != IDTypeResident && (idType != "" || utf8.RuneCountInString(strings.TrimSpace(number)) != 18) {
		return nil
	}
	if ValidResidentID(number) {
		return nil
	}
	return refuse(RefusedInvalid, field,
		"idNumber is not a resident identity number: its checksum (ISO 7064 MOD 11-2) is wrong",
		"idNumber 不是有效的居民身份证号码，校验码不符（ISO 7064 MOD 11-2）")
}

var idWeights = []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// ValidResidentID reports whether a number has 17 digits and the check character that
// ISO 7064 MOD 11-2 gives them.
func ValidResidentID(number string) bool {
	if len(number) != 18 {
		return false
	}
	sum := 0
	for i, weight := range idWeights {
		if number[i] < '0' || number[i] > '9' {
			return false
		}
		sum += int(number[i]-'0') * weight
	}
	check := number[17]
	if check == 'x' {
		check = 'X'
	}
	return check == "10X98765432"[sum%11]
}

// TextKinds lists the kinds of text, in alphabetical order.
func TextKinds() []TextKind {
	kinds := make([]TextKind, 0, len(textLimits))
	for kind := range textLimits {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	return kinds
}
