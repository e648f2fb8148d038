package leadership

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// MemberInvited is the intent to take a case in; the case is then told. Standing is how the
// record saw the case at that moment.
type MemberInvited struct {
	CaseName
	Standing casefile.Standing `json:"standing"`
	Reason   casefile.TextID   `json:"reason,omitempty"`
}

// MemberJoined says that the case knows of it.
type MemberJoined struct {
	CaseName
	Standing casefile.Standing `json:"standing"`
}

// MemberRefused says why the case could not join.
type MemberRefused struct {
	CaseName
	Why   string `json:"why"`
	WhyZH string `json:"whyZh"`
}

// MemberRemoved is the intent to let a case go; the case is then told.
type MemberRemoved struct {
	CaseName
	Reason casefile.TextID `json:"reason"`
}

// MemberLeft says that the case is out. Elsewhere: another package had taken it after this
// one ended.
type MemberLeft struct {
	CaseName
	Elsewhere bool `json:"elsewhere,omitempty"`
}

// MemberConcluded says that a member case was concluded or has ended.
type MemberConcluded struct {
	CaseName
	Standing casefile.Standing `json:"standing"`
}

// MemberReopened says that a member case that had been concluded goes on.
type MemberReopened struct {
	CaseName
	Standing casefile.Standing `json:"standing"`
}

// PackageReopened puts a package back to work whose member goes on.
type PackageReopened struct {
	CaseName
}

func (MemberInvited) eventType() string   { return "MemberInvited" }
func (MemberJoined) eventType() string    { return "MemberJoined" }
func (MemberRefused) eventType() string   { return "MemberRefused" }
func (MemberRemoved) eventType() string   { return "MemberRemoved" }
func (MemberLeft) eventType() string      { return "MemberLeft" }
func (MemberConcluded) eventType() string { return "MemberConcluded" }
func (MemberReopened) eventType() string  { return "MemberReopened" }
func (PackageReopened) eventType() string { return "PackageReopened" }

func (b MemberInvited) apply(s *State, e Event) {
	s.Members = appended(s.Members, Member{CaseName: b.CaseName, Status: Invited, Intent: e.Seq, Standing: b.Standing})
}

func (b MemberJoined) apply(s *State, e Event) {
	s.Members = s.updateMember(b.CaseID, func(m *Member) {
		m.Status, m.JoinedAt, m.Standing, m.Legacy = Joined, e.EffectiveAt, b.Standing, !b.Standing.Open
	})
}

func (b MemberRefused) apply(s *State, _ Event) {
	s.Members = s.updateMember(b.CaseID, func(m *Member) { m.Status = Refused })
}

func (b MemberRemoved) apply(s *State, e Event) {
	s.Members = s.updateMember(b.CaseID, func(m *Member) { m.Status, m.Intent = Leaving, e.Seq })
}

func (b MemberLeft) apply(s *State, _ Event) {
	s.Members = s.updateMember(b.CaseID, func(m *Member) { m.Status = Left })
}

func (b MemberConcluded) apply(s *State, _ Event) {
	s.Members = s.updateMember(b.CaseID, func(m *Member) {
		if !m.Standing.Concluded {
			m.Asked = nil // whatever was said before was said to another result
		}
		m.Standing = b.Standing
	})
}

func (b MemberReopened) apply(s *State, _ Event) {
	s.Members = s.updateMember(b.CaseID, func(m *Member) {
		m.Standing, m.Legacy, m.Outcome, m.Asked = b.Standing, false, "", nil
	})
}

func (PackageReopened) apply(s *State, e Event) {
	s.enter(Open, e.EffectiveAt)
	s.Pending = nil
}

func (b MemberInvited) sentence(t telling) string {
	return t.did("named case "+b.Number+" for the package", "将案件"+b.Number+"列入包案")
}

func (b MemberJoined) sentence(t telling) string {
	if !b.Standing.Open {
		return t.say("Case "+b.Number+" is in the package; it had ended before and stays closed", "案件"+b.Number+"已列入包案，该案此前已办结归档，不再重启")
	}
	return t.say("Case "+b.Number+" is in the package", "案件"+b.Number+"已列入包案")
}

func (b MemberRefused) sentence(t telling) string {
	return t.say("Case "+b.Number+" could not join: "+b.Why, "案件"+b.Number+"未能列入包案："+b.WhyZH)
}

func (b MemberRemoved) sentence(t telling) string {
	return t.did("took case "+b.Number+" out of the package", "将案件"+b.Number+"移出包案")
}

func (b MemberLeft) sentence(t telling) string {
	if b.Elsewhere {
		return t.say("Case "+b.Number+" is in another package now", "案件"+b.Number+"已列入另一包案")
	}
	return t.say("Case "+b.Number+" has left the package", "案件"+b.Number+"已退出包案")
}

func (b MemberConcluded) sentence(t telling) string {
	outcome := t.term("CaseOutcome", string(b.Standing.Outcome))
	en, zh := "was concluded", "已办结"
	if !b.Standing.Open {
		en, zh = "has ended", "已终结"
	}
	if outcome != "" {
		en, zh = en+": "+outcome, zh+"，结果："+outcome
	}
	return t.say(fmt.Sprintf("Case %s %s", b.Number, en), fmt.Sprintf("案件%s%s", b.Number, zh))
}

func (b MemberReopened) sentence(t telling) string {
	return t.say("Case "+b.Number+" goes on: its result no longer stands", "案件"+b.Number+"重新办理")
}

func (b PackageReopened) sentence(t telling) string {
	return t.say("The package is open again, because case "+b.Number+" goes on", "因案件"+b.Number+"重新办理，包案恢复为包案中")
}

var memberEvents = []eventKind{
	eventOf[MemberInvited](),
	eventOf[MemberJoined](),
	eventOf[MemberRefused](),
	eventOf[MemberRemoved](),
	eventOf[MemberLeft](),
	eventOf[MemberConcluded](),
	eventOf[MemberReopened](),
	eventOf[PackageReopened](),
}
