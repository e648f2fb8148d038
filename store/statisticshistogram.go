package store

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// daysOfCases says that so many cases of a row spent so many days in a stage, by its place in
// casefile.OpenStages from 1.
type daysOfCases struct {
	stage int32
	days  int32
	cases int64
}

// histogram says of how many cases each number of days is.
type histogram struct {
	cases []int64         // by days
	rare  map[int32]int64 // of days outside of it
}

// commonDays is how many numbers of days a histogram counts in order.
const commonDays = 1024

func (h *histogram) add(days int32, cases int64) {
	if days < 0 || days >= commonDays {
		if h.rare == nil {
			h.rare = map[int32]int64{}
		}
		h.rare[days] += cases
		return
	}
	for int(days) >= len(h.cases) {
		h.cases = append(h.cases, 0)
	}
	h.cases[days] += cases
}

func (h *histogram) clear() {
	h.cases = h.cases[:0]
	clear(h.rare)
}

// ordered lists the numbers of days with how many cases took each, in order.
func (h *histogram) ordered(list []daysOfCases) []daysOfCases {
	list = list[:0]
	for days, cases := range h.cases {
		if cases != 0 {
			list = append(list, daysOfCases{days: int32(days), cases: cases})
		}
	}
	if len(h.rare) > 0 {
		for days, cases := range h.rare {
			list = append(list, daysOfCases{days: days, cases: cases})
		}
		slices.SortFunc(list, func(a, b daysOfCases) int { return cmp.Compare(a.days, b.days) })
	}
	return list
}

// durationOf is the duration of cases by days, in order.
func durationOf(ordered []daysOfCases) StageDuration {
	var d StageDuration
	for _, s := range ordered {
		d.N += s.cases
	}
	if d.N <= 0 {
		return StageDuration{}
	}
	// at is the days of the n-th case, from 1.
	at := func(n int64) float64 {
		for _, s := range ordered {
			if n -= s.cases; n <= 0 {
				return float64(s.days)
			}
		}
		return 0
	}
	d.Median = (at((d.N+1)/2) + at(d.N/2+1)) / 2
	d.P90 = at((d.N*9 + 9) / 10)
	return d
}

// durations are the stages that the cases of a row left, in their order. The histograms, one a stage, are
// emptied and left empty.
func durations(spent []daysOfCases, stages []histogram) []StageDuration {
	for _, s := range spent {
		stages[s.stage-1].add(s.days, s.cases)
	}
	var list []StageDuration
	var ordered []daysOfCases
	for i := range stages {
		ordered = stages[i].ordered(ordered)
		if d := durationOf(ordered); d.N > 0 {
			d.Stage = casefile.OpenStages[i]
			list = append(list, d)
		}
		stages[i].clear()
	}
	return list
}

// errNotIntegers says that an array is not one of integers as array_send gives it.
var errNotIntegers = errors.New("not an array of integers")

// sentIntegers calls take with each element of an integer[] as array_send gives it; null where it is
// null. The format is Postgres' own and doesn't change: dimensions, a flag, the type of elements, a size and lower bound for each
// dimension, and each element after its length.
func sentIntegers(raw []byte, take func(i int, n int32, null bool) error) error {
	if len(raw) < 12 {
		return errNotIntegers
	}
	if binary.BigEndian.Uint32(raw) == 0 {
		return nil
	}
	if len(raw) < 20 || binary.BigEndian.Uint32(raw) != 1 {
		return errNotIntegers
	}
	count := int(binary.BigEndian.Uint32(raw[12:]))
	raw = raw[20:]
	for i := range count {
		if len(raw) < 4 {
			return errNotIntegers
		}
		length := int32(binary.BigEndian.Uint32(raw))
		raw = raw[4:]
		var n int32
		if length != -1 {
			if length != 4 || len(raw) < 4 {
				return errNotIntegers
			}
			n, raw = int32(binary.BigEndian.Uint32(raw)), raw[4:]
		}
		if err := take(i, n, length == -1); err != nil {
			return err
		}
	}
	return nil
}
