package simulate

import (
	"cmp"
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// Result is what a year came to.
type Result struct {
	Year     int `json:"year"`
	Counties int `json:"counties"`
	People   int `json:"people"`

	Registered int `json:"registered"`
	Concluded  int `json:"concluded"`
	// OnTime are the concluded ones whose handling clock ran and was kept; Timed those whose
	// clock ran.
	OnTime int `json:"onTime"`
	Timed  int `json:"timed"`
	Ended  int `json:"ended"`
	// Open are those whose case was open when the year ended.
	Open int `json:"open"`

	// Steps say of each clock how many began and how many were missed.
	Steps []Step `json:"steps"`
	// Escalations are the supervision orders, by the level of the unit that issued them.
	Escalations []Count `json:"escalations"`
	Ends        []Count `json:"ends"`
	Load        []Load  `json:"load"`
	Commands    int     `json:"commands"`
	Events      int     `json:"events"`
	Warned      int     `json:"warned"`
	// Vacant counts how often a task waited in an inbox behind which nobody sat who may do it.
	Vacant int `json:"vacant"`
	// Refused are commands that the rules refused, as when two people did the same at once.
	Refused []Count `json:"refused,omitempty"`

	steps       map[string]*Step
	escalations map[string]int
	ends        map[string]int
	refusals    map[string]int
	lastRefusal string
}

// Step counts the clocks of a step.
type Step struct {
	Step    string `json:"step"`
	Started int    `json:"started"`
	Missed  int    `json:"missed"`
}

// Count is how often something was.
type Count struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Load is how busy the holders of a role at a kind of unit were: minutes worked of those
// that they had.
type Load struct {
	Kind   casefile.UnitKind `json:"kind"`
	Role   casefile.Role     `json:"role"`
	Level  string            `json:"level"`
	People int               `json:"people"`
	Mean   float64           `json:"mean"`
	Max    float64           `json:"max"`
	// Backlog is the most working days that one of them had still before them at year's end.
	Backlog int `json:"backlog"`
}

func newResult(p Profile) *Result {
	return &Result{
		Year: p.Year, steps: map[string]*Step{}, escalations: map[string]int{}, ends: map[string]int{}, refusals: map[string]int{},
	}
}

func (r *Result) step(name string) *Step {
	step := r.steps[name]
	if step == nil {
		step = &Step{Step: name}
		r.steps[name] = step
	}
	return step
}

func (r *Result) count(e casefile.Event, after casefile.Stage) {
	r.Events++
	switch body := e.Body.(type) {
	case casefile.DeadlineStarted:
		r.step(body.Deadline.Step).Started++
	case casefile.DeadlineMissed:
		r.step(body.Step).Missed++
	case casefile.DeadlineWarned:
		r.Warned++
	case casefile.SupervisionOrdered:
		r.escalations[string(body.Level)]++
	case casefile.CaseConcluded:
		r.Concluded++
		if body.OnTime != nil {
			r.Timed++
			if *body.OnTime {
				r.OnTime++
			}
		}
	case casefile.CaseClosed, casefile.CaseEnded:
		r.Ended++
		r.ends[string(after)]++
	}
}

func (r *Result) refused(act casefile.Act, err error) {
	r.refusals[casefile.ActName(act)]++
	r.lastRefusal = err.Error()
}

func (r *Result) finish(y *year) {
	r.Counties, r.People = len(y.offices.counties), len(y.offices.workers)
	r.Open = r.Registered - r.Ended
	for _, name := range sorted(r.steps) {
		r.Steps = append(r.Steps, *r.steps[name])
	}
	for _, level := range casefile.DivisionLevels {
		if n := r.escalations[string(level)]; n > 0 {
			r.Escalations = append(r.Escalations, Count{string(level), n})
		}
	}
	r.Ends, r.Refused = counts(r.ends), counts(r.refusals)
	r.Load = loads(y)
}

func loads(y *year) []Load {
	type post struct {
		kind  casefile.UnitKind
		role  casefile.Role
		level casefile.DivisionLevel
	}
	sums := map[post]*Load{}
	var posts []post
	lastDay := y.time.days
	for i := range y.offices.workers {
		w := &y.offices.workers[i]
		at := post{w.actor.UnitKind, w.actor.Role, w.actor.Division.Level()}
		load := sums[at]
		if load == nil {
			load = &Load{Kind: at.kind, Role: at.role, Level: string(at.level)}
			sums[at] = load
			posts = append(posts, at)
		}
		part := w.worked / max(1, y.time.available(w))
		load.People++
		load.Mean += part
		load.Max = max(load.Max, part)
		load.Backlog = max(load.Backlog, w.day-lastDay)
	}
	var list []Load
	for _, at := range posts {
		load := sums[at]
		load.Mean /= float64(load.People)
		list = append(list, *load)
	}
	slices.SortFunc(list, func(a, b Load) int {
		return cmp.Or(cmp.Compare(b.Level, a.Level), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Role, b.Role))
	})
	return list
}

func counts(m map[string]int) []Count {
	var list []Count
	for _, name := range sorted(m) {
		list = append(list, Count{name, m[name]})
	}
	return list
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
