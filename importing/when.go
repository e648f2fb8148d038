package importing

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"

	"github.com/tiaochu/tiaochu/casefile"
)

// moment is a date as a row gives it.
type moment struct {
	at time.Time
	// dayOnly tells that no time of day was given; at is then the day's beginning.
	dayOnly bool
}

var (
	writtenDate = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?` +
		`(?:(?:\s*T\s*|\s*)(上午|下午|AM|PM)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:[.,]\d{1,9})?)?\s*秒?)?)?\s*(AM|PM)?)?` +
		`\s*(Z|UTC|[+-]\d{2}:?\d{2})?$`)
	compactDate = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:T?\s*(\d{2})(\d{2})(\d{2})?)?$`)
	serialDate  = regexp.MustCompile(`^\d{1,7}(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$`)
)

// parseMoment reads a date in the forms that offices write: year first, in digits, with
// -, /, . or 年月日, with or without a time of day and a zone. Without a zone it is China's
// time; fractions of a second are dropped. Day-first and month-first dates are refused,
// since nobody can tell 3/4 from 4/3.
func parseMoment(text string) (moment, bool) {
	text = strings.ToUpper(width.Fold.String(cleanLine(text)))
	if m := compactDate.FindStringSubmatch(text); m != nil {
		return newMoment(m[1], m[2], m[3], "", m[4], m[5], m[6], "")
	}
	m := writtenDate.FindStringSubmatch(text)
	if m == nil || (m[4] != "" && m[8] != "") {
		return moment{}, false
	}
	return newMoment(m[1], m[2], m[3], m[4]+m[8], m[5], m[6], m[7], m[9])
}

func newMoment(year, month, day, half, hour, minute, second, zone string) (moment, bool) {
	location, ok := parseZone(zone)
	if !ok || (hour == "" && zone != "") {
		return moment{}, false
	}
	y, mo, d, h, mi, s := number(year), number(month), number(day), number(hour), number(minute), number(second)
	switch half {
	case "上午", "AM", "下午", "PM":
		if h < 1 || h > 12 {
			return moment{}, false
		}
		h %= 12
		if half == "下午" || half == "PM" {
			h += 12
		}
	}
	if h > 23 || mi > 59 || s > 59 || y < 1 {
		return moment{}, false
	}
	at := time.Date(y, time.Month(mo), d, h, mi, s, 0, location)
	if ay, amo, ad := at.Date(); ay != y || int(amo) != mo || ad != d {
		return moment{}, false // 31 June
	}
	return moment{at: at.In(casefile.Shanghai), dayOnly: hour == ""}, true
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // at most four digits, or none
	return n
}

func parseZone(zone string) (*time.Location, bool) {
	switch zone {
	case "":
		return casefile.Shanghai, true
	case "Z", "UTC":
		return time.UTC, true
	}
	digits := strings.ReplaceAll(zone[1:], ":", "")
	hours, minutes := number(digits[:2]), number(digits[2:])
	if hours > 14 || minutes > 59 {
		return nil, false
	}
	offset := (hours*60 + minutes) * 60
	if zone[0] == '-' {
		offset = -offset
	}
	return time.FixedZone("", offset), true
}

// parseSerial reads a true date cell, which a spreadsheet stores as days since its epoch
// (1900, or 1904 where the workbook says so), to the second, as China's time.
func parseSerial(cell string, from1904 bool) (moment, bool) {
	if !serialDate.MatchString(cell) {
		return moment{}, false
	}
	days, err := strconv.ParseFloat(cell, 64)
	if err != nil || days < 1 || days >= 2958466 { // after 9999-12-31
		return moment{}, false
	}
	whole := math.Floor(days)
	seconds := math.Round((days - whole) * 24 * 60 * 60)
	day, err := excelize.ExcelDateToTime(whole, from1904)
	if err != nil {
		return moment{}, false
	}
	y, mo, d := day.Date()
	at := time.Date(y, mo, d, 0, 0, int(seconds), 0, casefile.Shanghai)
	return moment{at: at, dayOnly: seconds == 0}, true
}
