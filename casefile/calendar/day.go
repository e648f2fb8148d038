package calendar

import (
	"fmt"
	"time"
)

// DayKind is why a day is worked or free.
type DayKind string

// The kinds of days.
const (
	Workday DayKind = "WORKDAY"         // 工作日, a Monday to Friday
	Weekend DayKind = "WEEKEND"         // 周末, a Saturday or Sunday
	Holiday DayKind = "HOLIDAY"         // 放假, a day off that the year lists
	MakeUp  DayKind = "MAKE_UP_WORKDAY" // 调休上班, a weekend day worked instead
)

var dayKinds = map[dayKind]DayKind{
	plainWorkday: Workday, plainWeekend: Weekend, holiday: Holiday, makeUpDay: MakeUp,
}

// Day is what a calendar says about one day.
type Day struct {
	Date Date
	Kind DayKind
	// Working reports whether the day is worked.
	Working bool
	// Known is false where the day's year is not loaded and only its weekday was judged.
	Known bool
	// Name is the holiday, for a day off or its make-up day; else empty.
	Name Words
	// Why says it in words: "星期日，国庆节调休上班", "Sunday, worked instead (National Day)".
	Why Words
}

// Day returns what the calendar says about a day, and why.
func (c Calendar) Day(d Date) Day {
	mark := c.mark(d)
	day := Day{Date: d, Kind: dayKinds[mark.kind], Working: mark.kind.worked(), Known: c.Known(d)}
	day.Name = c.nameOf(mark)
	switch mark.kind {
	case plainWorkday:
		day.Why = Words{"工作日", "a working day"}
	case plainWeekend:
		day.Why = Words{"周末休息", "weekend"}
	case holiday:
		day.Why = Words{day.Name.ZH + "放假", day.Name.EN + " holiday"}
	case makeUpDay:
		day.Why = Words{day.Name.ZH + "调休上班", "worked instead (" + day.Name.EN + ")"}
	}
	day.Why = Words{
		ZH: weekdayZH(d) + "，" + day.Why.ZH,
		EN: fmt.Sprintf("%s, %s", d.Weekday(), day.Why.EN),
	}
	return day
}

// nameOf returns the name of the holiday that a day is, or makes up for.
func (c Calendar) nameOf(mark dayMark) Words {
	if mark.kind != holiday && mark.kind != makeUpDay {
		return Words{}
	}
	return c.loaded.names[mark.name]
}

func weekdayZH(d Date) string {
	return map[time.Weekday]string{
		time.Monday: "星期一", time.Tuesday: "星期二", time.Wednesday: "星期三", time.Thursday: "星期四",
		time.Friday: "星期五", time.Saturday: "星期六", time.Sunday: "星期日",
	}[d.Weekday()]
}
