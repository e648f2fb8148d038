package simulate

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// Profile is what a year is like. Shares are weights: only their proportion counts.
type Profile struct {
	Year     int      `json:"year"`
	Cases    int      `json:"cases"`
	Arrivals Arrivals `json:"arrivals"`
	Staff    Staff    `json:"staff"`
}

// Arrivals say when cases come, and what they are.
type Arrivals struct {
	// Months from January, weekdays from Sunday; a day off that falls on a weekday counts as
	// a Sunday.
	Months   [12]float64 `json:"months"`
	Weekdays [7]float64  `json:"weekdays"`
	Kinds    []KindShare `json:"kinds"`
	Sources  []Share     `json:"sources"`
	// Disputes and Petitions are the categories, by code.
	Disputes  []Share `json:"disputes"`
	Petitions []Share `json:"petitions"`
	// Anonymous is the part of the cases whose applicant or petitioner is not known.
	Anonymous float64 `json:"anonymous"`
}

// Share is the weight of a value.
type Share struct {
	Value string  `json:"value"`
	Share float64 `json:"share"`
}

// KindShare is the weight of a kind of case.
type KindShare struct {
	Kind         casefile.Kind         `json:"kind"`
	PetitionType casefile.PetitionType `json:"petitionType,omitempty"`
	Share        float64               `json:"share"`
}

// Staff says how many people there are in each county, and how long they take.
type Staff struct {
	// CasesPerCounty decides how many counties share the year's cases.
	CasesPerCounty int    `json:"casesPerCounty"`
	Posts          []Post `json:"posts"`
	// MinutesADay are worked on a working day, from nine in the morning.
	MinutesADay int `json:"minutesADay"`
	// Absence is the part of the working days on which somebody is away.
	Absence float64 `json:"absence"`
	Work    []Work  `json:"work"`
	Chances Chances `json:"chances"`
}

// Post is how many people hold a role at each unit of a kind in a county, or in a city.
type Post struct {
	Kind   casefile.UnitKind `json:"kind"`
	Role   casefile.Role     `json:"role"`
	People int               `json:"people"`
	City   bool              `json:"city,omitempty"`
}

// Work is what a kind of task takes: minutes of somebody's day, and before that a wait of at
// least Least and Wait days more in the mean, exponentially distributed. A task of a kind that
// stands in no row is done by nobody.
type Work struct {
	Task    string  `json:"task"`
	Minutes float64 `json:"minutes"`
	Least   float64 `json:"least"`
	Wait    float64 `json:"wait"`
}

// Chances are how often things go one way.
type Chances struct {
	Decline      float64 `json:"decline"`
	Outside      float64 `json:"outside"` // transferred off the platform
	Withdraw     float64 `json:"withdraw"`
	Settled      float64 `json:"settled"`      // a dispute closed without a mediation
	Mediated     float64 `json:"mediated"`     // an appeal that is mediated first
	Agreement    float64 `json:"agreement"`    // a mediation that ends in one
	Oral         float64 `json:"oral"`         // of the agreements
	Rejected     float64 `json:"rejected"`     // closures that the second person sends back
	Dissatisfied float64 `json:"dissatisfied"` // of those who answer
	Unreachable  float64 `json:"unreachable"`
	Extension    float64 `json:"extension"` // asked for when the warning comes
	Granted      float64 `json:"granted"`
}

// DefaultProfile is a year of 800,000 cases. The shares of kinds, the staff and the minutes
// are assumptions that keep the default province busy without drowning it. The categories are
// weighted evenly over frequent ones.
func DefaultProfile() Profile {
	return Profile{
		Year: 2025, Cases: 800_000,
		Arrivals: Arrivals{
			Months:   [12]float64{0.8, 0.7, 1.1, 1.05, 1.05, 1.05, 1, 1, 1.05, 0.95, 1.1, 1.15},
			Weekdays: [7]float64{0.25, 1.2, 1.1, 1, 1, 0.95, 0.3},
			Kinds: []KindShare{
				{casefile.Dispute, "", 60},
				{casefile.Petition, casefile.Appeal, 30},
				{casefile.Petition, casefile.Suggestion, 8},
				{casefile.Petition, casefile.Accusation, 2},
			},
			Sources: []Share{
				{"WALK_IN", 30}, {"HOTLINE_12345", 30}, {"GRID_WORKER", 20}, {"ONLINE", 15}, {"LETTER", 5},
			},
			Disputes: []Share{
				{"D-NEIGHBOUR", 25},
				{"D-FAMILY", 20},
				{"D-LABOUR-WAGES", 12},
				{"D-TRAFFIC", 10},
				{"D-CONTRACT", 8},
				{"D-PROPERTY", 8},
				{"D-CONSUMER", 6},
				{"D-FOREST-LAND", 5},
				{"D-MEDICAL", 2},
				{"D-OTHER", 4},
			},
			Petitions: []Share{
				{"P-URBAN-PROPERTY", 30},
				{"P-LABOUR", 15},
				{"P-TRANSPORT", 15},
				{"P-EDUCATION", 10},
				{"P-ENVIRONMENT", 10},
				{"P-LAND", 10},
				{"P-RURAL", 5},
				{"P-OTHER", 5},
			},
			Anonymous: 0.03,
		},
		Staff: defaultStaff(),
	}
}

func defaultStaff() Staff {
	const (
		centre, office, discipline = casefile.UnitCenter, casefile.UnitPetitionOffice, casefile.UnitDiscipline
		clerk, investigator        = casefile.RoleClerk, casefile.RoleInvestigator
		manager, leader            = casefile.RoleManager, casefile.RoleLeader
	)
	return Staff{
		CasesPerCounty: 6200, MinutesADay: 420, Absence: 0.08,
		Posts: []Post{
			{centre, clerk, 4, false},
			{centre, casefile.RoleMediator, 22, false},
			{centre, manager, 3, false},
			{centre, leader, 1, false},
			{office, clerk, 3, false},
			{office, investigator, 16, false},
			{office, manager, 2, false},
			{office, leader, 1, false},
			{discipline, clerk, 1, false},
			{discipline, investigator, 2, false},
			{discipline, manager, 1, false},
			{discipline, leader, 1, false},
			{centre, manager, 2, true},
			{centre, leader, 1, true},
			{office, manager, 2, true},
			{office, leader, 1, true},
		},
		Work: []Work{
			{casefile.TaskAccept, 20, 0, 3},
			{casefile.TaskAssign, 4, 0, 0.5},
			{casefile.TaskInvestigate, 150, 1, 6},
			{casefile.TaskOpenMediation, 10, 0, 2},
			{casefile.TaskMediate, 150, 2, 6},
			{casefile.TaskDecide, 180, 2, 10},
			{casefile.TaskServe, 12, 0.5, 2},
			{casefile.TaskRequestClosure, 15, 0, 2},
			{casefile.TaskVerify, 15, 0, 2},
			{casefile.TaskFollowUp, 8, 1, 3},
			{casefile.TaskDecideExtension, 10, 0, 1},
			{casefile.TaskIdentify, 15, 0, 1},
			{casefile.TaskAcknowledgeSupervision, 3, 0, 0.3},
			{casefile.TaskReplySupervision, 40, 0.5, 1.5},
			{casefile.TaskJudgeSupervision, 10, 0, 1},
		},
		Chances: Chances{
			Decline: 0.03, Outside: 0.02, Withdraw: 0.02, Settled: 0.1, Mediated: 0.1, Agreement: 0.85, Oral: 0.3,
			Rejected: 0.02, Dissatisfied: 0.06, Unreachable: 0.15, Extension: 0.5, Granted: 0.9,
		},
	}
}

// check refuses a profile that no year can be lived by.
func (p Profile) check() error {
	var months, weekdays float64
	for _, share := range p.Arrivals.Months {
		months += share
	}
	for _, share := range p.Arrivals.Weekdays {
		weekdays += share
	}
	switch {
	case p.Cases < 0:
		return fmt.Errorf("cases is %d", p.Cases)
	case months <= 0 || weekdays <= 0:
		return fmt.Errorf("arrivals has no day on which a case comes")
	case len(p.Arrivals.Kinds) == 0 || len(p.Arrivals.Sources) == 0 || len(p.Arrivals.Disputes) == 0 || len(p.Arrivals.Petitions) == 0:
		return fmt.Errorf("arrivals needs kinds, sources, disputes and petitions")
	case p.Staff.CasesPerCounty <= 0:
		return fmt.Errorf("staff.casesPerCounty is %d: expected at least 1", p.Staff.CasesPerCounty)
	case p.Staff.MinutesADay < 1 || p.Staff.MinutesADay > 15*60:
		return fmt.Errorf("staff.minutesADay is %d: expected 1 to 900", p.Staff.MinutesADay)
	case p.Staff.Absence < 0 || p.Staff.Absence > 0.9:
		return fmt.Errorf("staff.absence is %v: expected 0 to 0.9", p.Staff.Absence)
	}
	return nil
}
