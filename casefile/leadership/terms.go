package leadership

import (
	"slices"

	"github.com/tiaochu/tiaochu/casefile"
)

// Status is where a package stands.
type Status string

// The statuses. STABILISED (稳控) is still open: it is reviewed on a clock until it is
// resolved.
const (
	Proposed   Status = "PROPOSED"
	Open       Status = "OPEN"
	Stabilised Status = "STABILISED"
	Resolved   Status = "RESOLVED"
	Cancelled  Status = "CANCELLED"
)

// Holds reports whether a package in this status holds its cases, so that no other one may.
func (s Status) Holds() bool { return s == Open || s == Stabilised }

// Ended reports whether a package in this status wants nothing done any more.
func (s Status) Ended() bool { return s == Resolved || s == Cancelled }

// Outcome is what a package ends in, or for the time being.
type Outcome string

// The outcomes.
const (
	OutcomeResolved   Outcome = "RESOLVED"
	OutcomeStabilised Outcome = "STABILISED"
)

// MemberStatus is where the membership of a case stands.
type MemberStatus string

// The member statuses: INVITED and LEAVING wait for the case to be told.
const (
	Invited MemberStatus = "INVITED"
	Joined  MemberStatus = "JOINED"
	Leaving MemberStatus = "LEAVING"
	Left    MemberStatus = "LEFT"
	Refused MemberStatus = "REFUSED"
)

var termsByEnum = map[string][]casefile.Term{
	"PackageStatus": {
		{Value: string(Proposed), ZH: "拟包案", EN: "proposed"},
		{Value: string(Open), ZH: "包案中", EN: "open"},
		{Value: string(Stabilised), ZH: "稳控", EN: "stabilised"},
		{Value: string(Resolved), ZH: "已化解", EN: "resolved"},
		{Value: string(Cancelled), ZH: "未立项", EN: "cancelled"},
	},
	"PackageOutcome": {
		{Value: string(OutcomeResolved), ZH: "化解", EN: "resolved"},
		{Value: string(OutcomeStabilised), ZH: "稳控", EN: "stabilised"},
	},
	"PackageMemberStatus": {
		{Value: string(Invited), ZH: "列入中", EN: "being taken in"},
		{Value: string(Joined), ZH: "已列入", EN: "taken in"},
		{Value: string(Leaving), ZH: "退出中", EN: "being let go"},
		{Value: string(Left), ZH: "已退出", EN: "let go"},
		{Value: string(Refused), ZH: "未能列入", EN: "not taken in"},
	},
}

// Terms returns the values of an enum of packages in the contract's order with their
// labels, or nil for another one. The slice is the caller's.
func Terms(enum string) []casefile.Term { return slices.Clone(termsByEnum[enum]) }

// Label returns what users read for a value of an enum of packages; an unknown one is its
// own label.
func Label(enum, value string, lang casefile.Language) string {
	return labelIn(termsByEnum[enum], value, lang)
}

func labelIn(terms []casefile.Term, value string, lang casefile.Language) string {
	for _, term := range terms {
		if term.Value == value {
			return term.Label(lang)
		}
	}
	return value
}

// The steps of a package that have a clock: the first four and the supervision by the
// procedure's data, the milestones and the whole by the day that was set for them.
const (
	StepApproval         = "approval"
	StepPlan             = "plan"
	StepReview           = "review"
	StepStabilisedReview = "stabilised-review"
	StepSupervision      = "supervision"
	StepMilestone        = "milestone"
	StepDuty             = "duty"
)

var stepTerms = []casefile.Term{
	{Value: StepApproval, ZH: "包案审批", EN: "approval of the package"},
	{Value: StepPlan, ZH: "制定化解方案", EN: "plan"},
	{Value: StepReview, ZH: "包案调度", EN: "review of the package"},
	{Value: StepStabilisedReview, ZH: "稳控回查", EN: "review of the stabilised package"},
	{Value: StepSupervision, ZH: "包案督办", EN: "supervision of the package"},
	{Value: StepMilestone, ZH: "节点任务", EN: "milestone"},
	{Value: StepDuty, ZH: "包案化解", EN: "resolution of the package"},
}

// StepLabel returns what users read for a package's step; an unknown one is its own label.
func StepLabel(step string, lang casefile.Language) string { return labelIn(stepTerms, step, lang) }

// Steps returns the steps of a package with their labels.
func Steps() []casefile.Term { return slices.Clone(stepTerms) }

// The kinds of task of a package.
const (
	TaskApprove   = "APPROVE_PACKAGE"
	TaskPlan      = "PLAN_PACKAGE"
	TaskMilestone = "REACH_MILESTONE"
	TaskReview    = "REVIEW_PACKAGE"
	TaskAsk       = "ASK_PETITIONER"
	TaskConclude  = "CONCLUDE_PACKAGE"
	TaskSign      = "SIGN_PACKAGE"
	TaskSupervise = "SUPERVISE_PACKAGE"
	TaskFillTeam  = "FILL_PACKAGE_TEAM"
)

var taskTerms = []casefile.Term{
	{Value: TaskApprove, ZH: "审批包案", EN: "decide on the package"},
	{Value: TaskPlan, ZH: "制定化解方案", EN: "make the plan"},
	{Value: TaskMilestone, ZH: "完成节点任务", EN: "reach the milestone"},
	{Value: TaskReview, ZH: "包案调度", EN: "review the package"},
	{Value: TaskAsk, ZH: "征询信访人意见", EN: "ask the petitioner"},
	{Value: TaskConclude, ZH: "提请包案销号", EN: "propose the package's end"},
	{Value: TaskSign, ZH: "会签包案结果", EN: "sign the package's end"},
	{Value: TaskSupervise, ZH: "督办包案", EN: "chase the package"},
	{Value: TaskFillTeam, ZH: "调整专班成员", EN: "give a place in the team to somebody else"},
}

// TaskLabel returns what users read for a kind of package task, and whether it is one.
func TaskLabel(kind string, lang casefile.Language) (string, bool) {
	label := labelIn(taskTerms, kind, lang)
	return label, label != kind
}

// TaskKinds returns the kinds of package task with their labels.
func TaskKinds() []casefile.Term { return slices.Clone(taskTerms) }
