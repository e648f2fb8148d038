package calendar

import (
	"fmt"
	"strconv"
	"time"
)

// Days are written without their year, which a step's date tells; a run's end has it where
// it is another one.

func dayZH(d Date) string {
	_, month, day := d.Civil()
	return fmt.Sprintf("%d月%d日", month, day)
}

func dayEN(d Date) string {
	_, month, day := d.Civil()
	return fmt.Sprintf("%d %s", day, month)
}

func spanZH(from, to Date) string {
	switch {
	case from == to:
		return dayZH(from)
	case from.Year() != to.Year():
		return fmt.Sprintf("%s至%d年%s", dayZH(from), to.Year(), dayZH(to))
	case from.utc().Month() == to.utc().Month():
		return fmt.Sprintf("%s至%d日", dayZH(from), to.dayOfMonth())
	}
	return dayZH(from) + "至" + dayZH(to)
}

func spanEN(from, to Date) string {
	switch {
	case from == to:
		return dayEN(from)
	case from.Year() != to.Year():
		return fmt.Sprintf("%s to %s %d", dayEN(from), dayEN(to), to.Year())
	case from.utc().Month() == to.utc().Month():
		return fmt.Sprintf("%d to %s", from.dayOfMonth(), dayEN(to))
	}
	return dayEN(from) + " to " + dayEN(to)
}

// clockTime is the time of day in Shanghai, with seconds where there are any.
func clockTime(t time.Time) string {
	t = t.In(Shanghai)
	if t.Second() != 0 {
		return t.Format(time.TimeOnly)
	}
	return t.Format("15:04")
}

func lengthZH(length int, unit Unit) string {
	return strconv.Itoa(length) + map[Unit]string{
		CalendarDays: "日", WorkingDays: "个工作日", Months: "个月", Hours: "小时",
	}[unit]
}

func lengthEN(length int, unit Unit) string {
	return plural(length, map[Unit]string{
		CalendarDays: "day", WorkingDays: "working day", Months: "month", Hours: "hour",
	}[unit])
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
