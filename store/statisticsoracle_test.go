package store

import (
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/directory"
)

// counted is a case as the oracle of the statistics knows it.
type counted struct {
	state  casefile.State
	course casefile.Course
}

// isCounted says in other words than the SQL whether a case belongs to a viewer's statistics.
func isCounted(dir *directory.Directory, person casefile.Person, c counted, query StatisticsQuery) bool {
	s := c.state
	day := onDay(s.RegisteredAt)
	if query.Basis != RegisteredIn {
		if s.ConcludedAt.IsZero() {
			return false
		}
		day = onDay(s.ConcludedAt)
	}
	if day < query.From || day > query.To || query.Kind != "" && s.Kind != query.Kind || !dir.Divisions().Covers(query.Division, s.Division) {
		return false
	}
	if casefile.ExcludesPerson(s.Exclusions, person.ID, person.Roles, dir) {
		return false
	}
	for _, at := range person.Roles {
		unit, _ := dir.Unit(at.UnitID)
		wide := slices.Contains([]casefile.UnitKind{
			casefile.UnitCenter, casefile.UnitPetitionOffice, casefile.UnitTownshipGovernment, casefile.UnitLeadingBody,
		}, unit.Kind)
		below, own := dir.Divisions().Covers(unit.Division, s.Division), s.ResponsibleUnitID == unit.ID
		switch at.Role {
		case casefile.RoleManager, casefile.RoleLeader:
			if wide && below || !wide && own {
				return true
			}
		case casefile.RoleSupervisor:
			if wide && below {
				return true
			}
		case casefile.RoleAnalyst:
			if below {
				return true
			}
		case casefile.RoleClerk:
			if own {
				return true
			}
		}
	}
	return false
}

func onDay(t time.Time) string { return t.In(casefile.Shanghai).Format("2006-01-02") }

func keyOf(s casefile.State, query StatisticsQuery) string {
	var key []string
	day := s.RegisteredAt
	if query.Basis != RegisteredIn {
		day = s.ConcludedAt
	}
	for _, group := range query.GroupBy {
		switch group {
		case ByDivision:
			key = append(key, string(s.Division)[:min(len(s.Division), codeLength(query.level()))])
		case ByUnit:
			key = append(key, s.ResponsibleUnitID)
		case ByCategory:
			key = append(key, s.Category)
		case ByKind:
			key = append(key, string(s.Kind))
		case ByMonth:
			key = append(key, onDay(day)[:7])
		}
	}
	return strings.Join(key, "\x00")
}

// naiveRow is a row that is counted one case after the other.
type naiveRow struct {
	counts Counts
	shares map[casefile.IndicatorCode]casefile.Share
	days   map[casefile.Stage][]int
}

// naively counts cases by the definitions of docs/statistics.md.
func naively(cases []counted, query StatisticsQuery) map[string]*naiveRow {
	rows := map[string]*naiveRow{}
	for _, c := range cases {
		key := keyOf(c.state, query)
		if rows[key] == nil {
			rows[key] = &naiveRow{shares: map[casefile.IndicatorCode]casefile.Share{}, days: map[casefile.Stage][]int{}}
		}
		rows[key].count(c)
	}
	return rows
}

func (r *naiveRow) count(c counted) {
	s := c.state
	open := s.ClosedAt.IsZero()
	concluded := !s.ConcludedAt.IsZero()
	overdue, handling, extended, late := false, false, false, false
	intakeMet, intakeMissed := false, false
	for _, d := range s.Deadlines {
		missed := d.Status == "MISSED"
		owed := d.MetAt.IsZero()
		overdue = overdue || open && missed && owed && d.Owner == ""
		if d.Step == "handling" && d.Of == "" {
			handling, late = true, open && missed && owed
			for _, x := range d.Extensions {
				extended = extended || x.Approved != nil && *x.Approved
			}
		}
		if d.Step == "acceptance" {
			intakeMet, intakeMissed = intakeMet || d.Status == "MET", intakeMissed || missed
		}
	}
	r.counts.Registered++
	add := func(n *int64, is bool) {
		if is {
			*n++
		}
	}
	add(&r.counts.Concluded, concluded)
	add(&r.counts.Closed, !open)
	add(&r.counts.Open, open)
	add(&r.counts.Overdue, overdue)
	add(&r.counts.Deferred, s.Deferral != nil && s.Deferral.ApprovedBy != "")
	people := int64(1)
	if s.Headcount != nil {
		people = int64(*s.Headcount)
	}
	r.counts.People += people
	share := func(code casefile.IndicatorCode, part, of bool) {
		sum := r.shares[code]
		add(&sum.Denominator, of)
		add(&sum.Numerator, part && of)
		r.shares[code] = sum
	}
	due := concluded || late
	share("ACCEPTED_ON_TIME", !intakeMissed, intakeMet || intakeMissed)
	share("CONCLUDED", concluded, due)
	share("CONCLUDED_ON_TIME", s.ConcludedOnTime != nil && *s.ConcludedOnTime, concluded && s.ConcludedOnTime != nil || late && !concluded)
	agreed, mediated := false, false
	for _, m := range s.Mediations {
		agreement := strings.HasPrefix(string(m.Outcome), "AGREEMENT")
		agreed, mediated = agreed || agreement, mediated || agreement || m.Outcome == "FAILED"
		if m.AgreedAmount != nil && m.ReplacedBy == "" {
			r.counts.AgreedAmount += *m.AgreedAmount
		}
		standing := agreement && m.ReplacedBy == ""
		share("CONFIRMED", m.Confirmation != nil && m.Confirmation.Result == "CONFIRMED", standing && m.Outcome == "AGREEMENT_WRITTEN")
		share("PERFORMED", len(m.Performed) > 0, standing && len(m.Performance) > 0 && (len(m.Performed) > 0 || promiseMissed(s)))
	}
	share("MEDIATION_SUCCEEDED", agreed, mediated)
	share("DISPUTES_RESOLVED", concluded && (strings.HasPrefix(string(s.Outcome), "AGREEMENT") || s.Outcome == "SETTLED_BY_PARTIES"),
		s.Kind == "DISPUTE" && due && s.Outcome != "UNFOUNDED")
	scores := map[string]int{}
	for _, f := range s.FollowUps {
		if f.Satisfaction != nil {
			scores[f.PartyID] = *f.Satisfaction
		}
	}
	for _, score := range scores {
		share("SATISFIED", score >= 3, true)
	}
	for _, x := range s.Dispatches {
		share("RESPONDED", !x.RepliedAt.IsZero() && onDay(x.RepliedAt) <= x.ReplyBy, x.Status != "SENT")
	}
	share("REWORKED", c.course.Reworks > 0, concluded || c.course.Reworks > 0)
	share("EXTENDED", extended, handling)
	repeats := slices.ContainsFunc(s.Links, func(l casefile.Link) bool { return l.Kind == "REPEAT" && !l.Inverse })
	share("REPEATED", repeats, s.Kind == "PETITION")
	share("SUPERVISED", len(s.Orders) > 0, true)
	share("DECLINED", s.Stage == "NOT_ACCEPTED", s.Stage == "NOT_ACCEPTED" || !s.AcceptedAt.IsZero() || concluded)
	share("WITHDRAWN", s.Stage == "WITHDRAWN", true)
	for stage, days := range c.course.Days {
		r.days[stage] = append(r.days[stage], days)
	}
}

func promiseMissed(s casefile.State) bool {
	return slices.ContainsFunc(s.Deadlines, func(d casefile.Deadline) bool { return d.Step == "performance" && d.Status == "MISSED" })
}

// duration is the middle, and the day by which nine of ten had left.
func naiveDuration(days []int) (median, p90 float64) {
	sort.Ints(days)
	n := len(days)
	median = float64(days[n/2])
	if n%2 == 0 {
		median = float64(days[n/2-1]+days[n/2]) / 2
	}
	for i, d := range days {
		if 10*(i+1) >= 9*n {
			return median, float64(d)
		}
	}
	return median, 0
}
