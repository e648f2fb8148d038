package explore

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

const oneDay = 24 * time.Hour

// alarms writes today and the days on which clocks ring. Where no time passes it writes only
// whether the next one rings within a day.
func (e *encoder) alarms(out *strings.Builder, all, left casefile.State, now time.Time, timed bool) {
	if !timed {
		next, runs := casefile.NextWake(left)
		flag(out, runs && next.Sub(now) <= oneDay)
		return
	}
	var alarms []string
	add := func(name string, at time.Time) {
		alarms = append(alarms, name+" "+at.In(casefile.Shanghai).Format("0102T15"))
	}
	// The bound on misses asks how many there were.
	missed := 0
	for _, d := range all.Deadlines {
		if ranOut(d) {
			missed++
		}
	}
	for _, d := range left.Deadlines {
		name := e.alias[d.ID]
		if d.Status == casefile.ClockPaused || mayRunOn(all, d) {
			add(name+" stood still", d.DueAt) // from there it counts on
		}
		if d.Running() {
			add(name, d.End())
			if !d.Warned && d.OfOffice() && d.WarnAt.Before(d.End()) {
				add(name+" warns", d.WarnAt)
			}
		}
	}
	if left.Deferral != nil {
		alarms = append(alarms, left.Deferral.Until)
	}
	slices.Sort(alarms)
	out.WriteString(strconv.Itoa(missed) + " ")
	out.WriteString(now.In(casefile.Shanghai).Format("0102 "))
	out.WriteString(strings.Join(alarms, "\x00"))
}

// ranOut tells whether a clock counts against the bound on misses: it was missed, or it was an
// evaluation's, which goes on for another time while its end is held back.
func ranOut(d casefile.Deadline) bool {
	return !d.MissedAt.IsZero() || d.MetBy == "DeadlineStarted"
}
