package simulate

import (
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/calendar"
)

// worktime is the year's days, with those that are worked.
type worktime struct {
	first   time.Time // midnight of New Year in Shanghai
	days    int
	works   []bool // by day of the year, and for the year after
	minutes int    // worked on a day
	absence float64
}

// opens is the minute of the day at which work begins: nine in the morning.
const opens = 9 * 60

func newWorktime(p Profile, law *casefile.Law) worktime {
	first := time.Date(p.Year, time.January, 1, 0, 0, 0, 0, casefile.Shanghai)
	t := worktime{
		first: first, days: int(first.AddDate(1, 0, 0).Sub(first).Hours()) / 24,
		minutes: p.Staff.MinutesADay, absence: p.Staff.Absence,
	}
	days := law.CalendarFor("", nil)
	for day := range 2 * 366 {
		t.works = append(t.works, days.IsWorkingDay(calendar.DateOf(first.AddDate(0, 0, day))))
	}
	return t
}

func (t worktime) end() time.Time { return t.first.AddDate(0, 0, t.days) }

// place is the working day and minute of an instant, rounded up to the next worked one.
func (t worktime) place(at time.Time) (day, minute int) {
	since := int(at.Sub(t.first) / time.Minute)
	day, minute = since/(24*60), since%(24*60)-opens
	switch {
	case minute < 0:
		minute = 0
	case minute >= t.minutes:
		day, minute = day+1, 0
	}
	return day, minute
}

func (t worktime) instant(day, minute int) time.Time {
	return t.first.Add(time.Duration(day*24*60+opens+minute) * time.Minute)
}

// present tells whether somebody works on a day. Absence is scattered by a hash, so that it
// asks no random number and doesn't depend on the order of questions.
func (t worktime) present(w *worker, day int) bool {
	if !t.works[min(day, len(t.works)-1)] {
		return false
	}
	h := uint64(w.index)<<32 ^ uint64(day)
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return float64((h^h>>31)>>11)/(1<<53) >= t.absence
}

// do lets somebody work so many minutes on a task, after what they have taken on already and
// not before it is ready; it returns when they have done it.
func (t worktime) do(w *worker, ready time.Time, minutes float64) time.Time {
	day, minute := t.place(ready)
	if w.day > day || w.day == day && w.minute > minute {
		day, minute = w.day, w.minute
	}
	left := max(1, int(minutes))
	for left > 0 {
		if minute >= t.minutes || !t.present(w, day) {
			day, minute = day+1, 0
			if day >= len(t.works) {
				break // beyond any year that is looked at
			}
			continue
		}
		now := min(left, t.minutes-minute)
		minute, left = minute+now, left-now
		if day < t.days {
			w.worked += float64(now)
		}
	}
	w.day, w.minute = day, minute
	return t.instant(day, minute)
}

// available is how many minutes somebody had in the year.
func (t worktime) available(w *worker) float64 {
	sum := 0
	for day := range t.days {
		if t.present(w, day) {
			sum += t.minutes
		}
	}
	return float64(sum)
}
