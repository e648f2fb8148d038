package calendar

import (
	"fmt"
	"slices"
	"time"
)

// Step is one line of an explanation: a day, and what it is to the period.
type Step struct {
	Date Date
	ZH   string
	EN   string
}

// Explain returns what Due does, and the steps from the start day to the due day, in the
// order of their days, to be checked by hand: what is counted with its numbers, each
// holiday and make-up working day, pauses, extensions, rolling, and from which day on the
// result is provisional. The first step is the start, the last one the due day. Weekends are
// only numbered, and a pause that changes nothing is not told.
func (c Calendar) Explain(p Period) (Due, []Step, error) {
	if err := p.check(); err != nil {
		return Due{}, nil, err
	}
	e := explanation{calendar: c, period: p}
	e.start()
	due := c.due(p, len(p.Extensions), &e)
	e.extensions()
	if due.Provisional {
		e.provisional(due)
	}
	e.end(due)
	slices.SortStableFunc(e.steps, func(a, b Step) int { return a.Date.Compare(b.Date) })
	return due, e.steps, nil
}

// explanation gathers the steps while a period is counted.
type explanation struct {
	calendar Calendar
	period   Period
	steps    []Step
	// numbered is how many units of the present stretch have been counted, paused how many
	// days of it were taken out.
	stretch  stretch
	numbered int
	paused   int
}

func (e *explanation) step(d Date, zh, en string) { e.steps = append(e.steps, Step{d, zh, en}) }

func (e *explanation) start() {
	day, act := DateOf(e.period.From), e.period.Act
	if e.period.Unit == Hours {
		at := clockTime(e.period.From)
		if act == (Words{}) {
			act = Words{"起算", "start"}
		}
		e.step(day, fmt.Sprintf("%s%s，自此刻起按小时计算", at, act.ZH), fmt.Sprintf("%s, %s; the hours run from here", act.EN, at))
		return
	}
	if act == (Words{}) {
		e.step(day, "起算之日，不计算在内", "the start day is not counted")
		return
	}
	e.step(day, act.ZH+"之日，不计算在内", act.EN+"; the start day is not counted")
}

// in resets the numbers where a new stretch begins.
func (e *explanation) in(s stretch) {
	if s != e.stretch {
		e.stretch, e.numbered, e.paused = s, 0, 0
	}
}

func (e *explanation) counted(s stretch, from, to Date, units int) {
	e.in(s)
	switch {
	case to.Before(from) || s.unit == Months:
	case s.unit == WorkingDays:
		e.workingDays(from, to)
		return
	case units == 1:
		e.step(from, fmt.Sprintf("%s，第%d日", dayZH(from), e.numbered+1), fmt.Sprintf("%s: day %d", dayEN(from), e.numbered+1))
	default:
		e.step(from,
			fmt.Sprintf("%s共%d日，按自然日连续计算（第%d日至第%d日）", spanZH(from, to), units, e.numbered+1, e.numbered+units),
			fmt.Sprintf("%s: %d days, rest days counted (days %d to %d)", spanEN(from, to), units, e.numbered+1, e.numbered+units))
	}
	e.numbered += units
}

// workingDays goes through days between two pauses: holidays and the stretches between them.
func (e *explanation) workingDays(from, to Date) {
	for day := from; !day.After(to); {
		end := e.runEnd(day, to)
		if e.calendar.mark(day).kind == holiday {
			name := e.names(day, end)
			e.step(day, fmt.Sprintf("%s %s放假，不计入", spanZH(day, end), name.ZH),
				fmt.Sprintf("%s: %s holiday, not counted", spanEN(day, end), name.EN))
		} else {
			e.ordinary(day, end)
		}
		day = end.AddDays(1)
	}
}

// runEnd returns the last day, no later than a limit, that is a holiday as this one is, or
// is none as this one is not.
func (e *explanation) runEnd(day, limit Date) Date {
	off := e.calendar.mark(day).kind == holiday
	for day.Before(limit) && (e.calendar.mark(day.AddDays(1)).kind == holiday) == off {
		day = day.AddDays(1)
	}
	return day
}

// names joins the names of the holidays of a run, each once.
func (e *explanation) names(from, to Date) Words {
	var joined Words
	var seen []Words
	for day := from; !day.After(to); day = day.AddDays(1) {
		name := e.calendar.Day(day).Name
		if slices.Contains(seen, name) {
			continue
		}
		if len(seen) > 0 {
			joined.ZH, joined.EN = joined.ZH+"、", joined.EN+", "
		}
		seen = append(seen, name)
		joined.ZH, joined.EN = joined.ZH+name.ZH, joined.EN+name.EN
	}
	return joined
}

// ordinary tells days without a holiday: how many they are, how many of them are weekend, and
// which numbers the rest have.
func (e *explanation) ordinary(from, to Date) {
	days := from.DaysUntil(to) + 1
	units := e.calendar.WorkingDays(from.AddDays(-1), to)
	zh, en := spanZH(from, to), spanEN(from, to)
	if units == 0 {
		e.step(from, zh+" 周末休息，不计入", en+": weekend, not counted")
		return
	}
	if free := days - units; free > 0 {
		zh += fmt.Sprintf("共%d日，除周末%d日", days, free)
		en += fmt.Sprintf(": %d days less %s of weekend,", days, plural(free, "day"))
	} else {
		en += ":"
	}
	zh += fmt.Sprintf("，计%d个工作日", units)
	en += " " + plural(units, "working day")
	if units == 1 {
		zh += fmt.Sprintf("（第%d日）", e.numbered+1)
		en += fmt.Sprintf(" (day %d)", e.numbered+1)
	} else {
		zh += fmt.Sprintf("（第%d日至第%d日）", e.numbered+1, e.numbered+units)
		en += fmt.Sprintf(" (days %d to %d)", e.numbered+1, e.numbered+units)
	}
	e.step(from, zh, en)
	for day := from; !day.After(to); day = day.AddDays(1) {
		if e.calendar.mark(day).kind == makeUpDay {
			made := e.calendar.Day(day)
			e.step(day, fmt.Sprintf("%s（%s）%s调休上班，计入", dayZH(day), weekdayZH(day), made.Name.ZH),
				fmt.Sprintf("%s, a %s, is worked instead (%s), counted", dayEN(day), day.Weekday(), made.Name.EN))
		}
	}
	e.numbered += units
}

func (e *explanation) stopped(s stretch, pause stop, units int) {
	e.in(s)
	e.paused += units
	zh, en := spanZH(pause.from, pause.to), spanEN(pause.from, pause.to)
	zh, en = reasoned(zh+" ", en+": ", pause.reason)
	if s.unit == WorkingDays {
		e.step(pause.from, fmt.Sprintf("%s暂停，其间%d个工作日不计入", zh, units),
			fmt.Sprintf("%spaused, %s not counted", en, plural(units, "working day")))
		return
	}
	e.step(pause.from, fmt.Sprintf("%s暂停，其间%d日不计入", zh, units),
		fmt.Sprintf("%spaused, %s not counted", en, plural(units, "day")))
}

func (e *explanation) corresponding(s stretch, after, day Date) {
	e.in(s)
	zh := fmt.Sprintf("%s，满%d个月的对应日", dayZH(day), s.length)
	en := fmt.Sprintf("%s: the corresponding day after %s", dayEN(day), plural(s.length, "month"))
	if day.dayOfMonth() < after.dayOfMonth() {
		zh = fmt.Sprintf("%s，满%d个月；当月没有对应日，以月末日为准", dayZH(day), s.length)
		en = fmt.Sprintf("%s: %s later; the month has no corresponding day, so its last one", dayEN(day), plural(s.length, "month"))
	}
	e.step(day, zh, en)
}

func (e *explanation) suspended(from, to time.Time, reason Words) {
	zh, en := reasoned("", "", reason)
	e.step(DateOf(from), fmt.Sprintf("%s暂停，自%s%s至%s%s，不计入", zh, dayZH(DateOf(from)), clockTime(from), dayZH(DateOf(to)), clockTime(to)),
		fmt.Sprintf("%spaused from %s, %s to %s, %s, not counted", en, dayEN(DateOf(from)), clockTime(from), dayEN(DateOf(to)), clockTime(to)))
}

// extensions tells each extension on the day on which the period would have ended without
// it.
func (e *explanation) extensions() {
	for i, extension := range e.period.Extensions {
		due := e.calendar.due(e.period, i, nil)
		day := due.Unrolled
		endZH, endEN := dayZH(day), dayEN(day)
		if e.period.Unit == Hours {
			endZH, endEN = endZH+clockTime(due.At), endEN+", "+clockTime(due.At)
		}
		before, now := e.period.stretches(i), e.period.stretches(i+1)
		unit := e.period.unitOf(extension)
		zh, en := reasoned("本应于"+endZH+"届满；", "would have ended on "+endEN+"; ", extension.Reason)
		zh += "延长" + lengthZH(extension.Length, unit)
		en += "extended by " + lengthEN(extension.Length, unit)
		if len(now) == len(before) {
			total := now[len(now)-1]
			zh += "，共" + lengthZH(total.length, unit)
			en += ", to " + lengthEN(total.length, unit) + " in all"
		} else {
			zh += "，自次日起计算"
			en += ", counted from the next day"
		}
		e.step(day, zh, en)
	}
}

func (e *explanation) provisional(due Due) {
	c := e.calendar
	day := DateOf(e.period.From).AddDays(1)
	if slices.IndexFunc(e.period.stretches(len(e.period.Extensions)), func(s stretch) bool { return s.unit == WorkingDays }) < 0 {
		day = due.Unrolled // before it no working day was asked about
	}
	if c.Known(day) {
		day = NewDate(c.LastYear()+1, time.January, 1)
	}
	e.step(day, fmt.Sprintf("%d年的放假安排尚未载入，暂按周末休息推算，届满日为暂定", day.Year()),
		fmt.Sprintf("the holidays of %d are not loaded: only weekends are taken as free, and the due day is provisional", day.Year()))
}

// end tells the last day, and how it rolls.
func (e *explanation) end(due Due) {
	p := e.period
	stretches := p.stretches(len(p.Extensions))
	last := stretches[len(stretches)-1]
	if p.Unit == Hours {
		e.step(due.Day, fmt.Sprintf("%s%s，满%d小时届满", dayZH(due.Day), clockTime(due.At), last.length),
			fmt.Sprintf("%s, %s: %s are over", dayEN(due.Day), clockTime(due.At), plural(last.length, "hour")))
		return
	}
	zh := fmt.Sprintf("%s（%s），满%s", dayZH(due.Unrolled), weekdayZH(due.Unrolled), lengthZH(last.length, last.unit))
	en := fmt.Sprintf("%s, a %s: %s", dayEN(due.Unrolled), due.Unrolled.Weekday(), lengthEN(last.length, last.unit))
	if last.unit == Months && e.paused > 0 {
		zh += fmt.Sprintf("并补回暂停的%d日", e.paused)
		en += fmt.Sprintf(" and %s of pause added back", plural(e.paused, "day"))
	}
	const endsZH, endsEN = "期间至当日24时届满", "the period ends at midnight"
	free := !e.calendar.IsWorkingDay(due.Unrolled)
	switch {
	case due.Day != due.Unrolled:
		why := e.free(due.Unrolled)
		aside := Words{}
		if e.calendar.NextWorkingDay(due.Unrolled) != due.Day {
			aside = Words{"（暂停期间除外）", " (outside the pause)"}
		}
		e.step(due.Unrolled, zh+"；最后一日"+why.ZH+"，顺延", en+"; the last day is "+why.EN+", so it rolls forward")
		e.step(due.Day,
			fmt.Sprintf("%s（%s）为其后第一个工作日%s，%s", dayZH(due.Day), weekdayZH(due.Day), aside.ZH, endsZH),
			fmt.Sprintf("%s, a %s, is the first working day after it%s; %s", dayEN(due.Day), due.Day.Weekday(), aside.EN, endsEN))
	case free:
		why := e.free(due.Unrolled)
		e.step(due.Day, zh+"；最后一日"+why.ZH+"，但本期间不顺延，至当日24时届满",
			en+"; the last day is "+why.EN+", but this period does not roll, and ends at midnight")
	default:
		e.step(due.Day, zh+"；"+endsZH, en+"; "+endsEN)
	}
}

// free says why a day is off.
func (e *explanation) free(d Date) Words {
	if name := e.calendar.Day(d).Name; name != (Words{}) {
		return Words{"系" + name.ZH + "放假", "in the " + name.EN + " holiday"}
	}
	return Words{"系周末", "on a weekend"}
}

// reasoned appends a reason, where one is given.
func reasoned(zh, en string, reason Words) (withZH, withEN string) {
	if reason.ZH != "" {
		zh += reason.ZH + "，"
	}
	if reason.EN != "" {
		en += reason.EN + ", "
	}
	return zh, en
}
