package store

import (
	"fmt"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

// series is a sequence of case numbers without gaps: one county (or wider division), kind
// and year of registration in Asia/Shanghai.
type series struct {
	prefix casefile.Division
	letter string
	year   int
}

func seriesOf(register casefile.RegisterCase, now time.Time) series {
	s := series{prefix: register.Division, letter: "D", year: now.In(casefile.Shanghai).Year()}
	if county := register.Division.At(casefile.LevelCounty); county != "" {
		s.prefix = county
	}
	if register.Kind == casefile.Petition {
		s.letter = "P"
	}
	return s
}

// number writes the nth number of a series: "530402-D-2026-000123".
func (s series) number(n int) string {
	return fmt.Sprintf("%s-%s-%04d-%06d", s.prefix, s.letter, s.year, n)
}

// reserveNumbers moves a series on by $4 and returns the last number reserved. Its row
// stays locked until the transaction ends, so it comes as late as it can.
const reserveNumbers = `
	insert into case_numbers as n (prefix, letter, year, last) values ($1, $2, $3, $4)
	on conflict (prefix, letter, year) do update set last = n.last + excluded.last
	returning last`

// registration returns what a command registers, if it opens a case.
func registration(act casefile.Act) (casefile.RegisterCase, bool) {
	switch act := act.(type) {
	case casefile.RegisterCase:
		return act, true
	case casefile.ImportEnded:
		return act.Register, true
	}
	return casefile.RegisterCase{}, false
}
