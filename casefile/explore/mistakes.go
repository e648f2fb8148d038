package explore

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// mistakes are inputs that are wrong in every state in which somebody may send their act. Each
// has to be refused.
var mistakes = map[string]func(moment) []proposal{
	"SuspendClock":     wrongPauses,
	"ResumeClock":      wrongResumptions,
	"RequestExtension": wrongExtensions,
	"DispatchCase":     wrongDispatches,
	"ReferCase":        wrongReferrals,
}

// wrongPauses are for reasons that the clock's rule doesn't know.
func wrongPauses(m moment) []proposal {
	var list []proposal
	for _, d := range m.state.Deadlines {
		for _, reason := range []procedure.Pause{procedure.PauseAppraisal, procedure.PauseHearing, "HOLIDAY"} {
			if !slices.Contains(d.MayPause, reason) {
				list = append(list, proposal{casefile.SuspendClock{DeadlineID: d.ID, Reason: reason}, d.Step + " " + string(reason)})
			}
		}
	}
	return list
}

// wrongResumptions are of clocks that nobody stopped.
func wrongResumptions(m moment) []proposal {
	var list []proposal
	for _, d := range m.state.Deadlines {
		if d.Status != casefile.ClockPaused {
			list = append(list, proposal{casefile.ResumeClock{DeadlineID: d.ID}, d.Step + " that runs"})
		}
	}
	return list
}

// wrongExtensions are longer, more or later than the clock's rule allows.
func wrongExtensions(m moment) []proposal {
	var list []proposal
	add := func(d casefile.Deadline, length int, how string) {
		list = append(list, proposal{casefile.RequestExtension{DeadlineID: d.ID, Length: length, Unit: d.Unit, Reason: "text"}, d.Step + " " + how})
	}
	for _, d := range m.state.Deadlines {
		add(d, 100_000, "for ever")
		if _, open := (procedure.Step{Extensions: d.MayExtend}).NextExtension(d.Granted()); !open {
			add(d, 1, "once more")
		}
		if d.Status != casefile.ClockPaused && (!d.Running() || d.End().Before(m.now)) {
			add(d, 1, "too late")
		}
	}
	return list
}

// wrongDispatches have no lead, or two.
func wrongDispatches(m moment) []proposal {
	by := m.now.Add(5 * oneDay).In(casefile.Shanghai).Format("2006-01-02")
	dispatch := func(leads ...string) casefile.DispatchCase {
		act := casefile.DispatchCase{Instruction: "text"}
		for _, unit := range []string{countyBureau, countyPetition} {
			act.Units = append(act.Units, casefile.DispatchTarget{UnitID: unit, ReplyBy: by, Lead: slices.Contains(leads, unit)})
		}
		return act
	}
	list := []proposal{{dispatch(countyBureau, countyPetition), "two leads"}}
	if !slices.ContainsFunc(m.state.Dispatches, func(d casefile.Dispatch) bool { return d.Lead && d.Open() }) {
		list = append(list, proposal{dispatch(), "no lead"}) // others may assist a lead that is at work
	}
	return list
}

// wrongReferrals go where their channel doesn't lead.
func wrongReferrals(moment) []proposal {
	return []proposal{
		{casefile.ReferCase{Channel: casefile.ChannelCourt, UnitID: cityPetition, Reason: "text", Blocking: true}, "court that is none"},
		{casefile.ReferCase{Channel: casefile.ChannelNotary, UnitID: countyCourt, Reason: "text", Blocking: true}, "notary that is a court"},
	}
}

// checkMistakes lets somebody send each wrong input of what they may do in a state, and those
// who worked on the case or asked for something judge that themselves.
func (s *search) checkMistakes(at live) {
	asked := map[string]bool{}
	for _, right := range at.rights {
		for _, name := range right.commands {
			act := actNamed[name]
			if mistakes[act] == nil || asked[act] {
				continue
			}
			asked[act] = true
			for _, wrong := range mistakes[act](moment{at.state, right.actor, s.scope.cast, at.now, s.options.Bounds, at.held}) {
				s.mustRefuse(at, right.actor, wrong, "a wrong input is refused")
			}
		}
	}
	for _, own := range ownJudgements(at.state) {
		for _, actor := range s.scope.cast.ActorsOf(own.who) {
			s.mustRefuse(at, actor, proposal{act: own.act}, "nobody verifies, approves or follows up their own work")
		}
	}
}

// judgement is what somebody would say of their own work.
type judgement struct {
	who string
	act casefile.Act
}

// ownJudgements are all that nobody may say of their own work in a state.
func ownJudgements(s casefile.State) []judgement {
	var list []judgement
	workers := append([]string{s.HandlerID}, s.HandledBy...)
	if s.Pending != nil {
		for _, who := range append(workers, s.Pending.AskedBy) {
			list = append(list, judgement{who, casefile.VerifyClosure{}}, judgement{who, casefile.RejectClosure{Reason: "text"}})
		}
	}
	if s.Stage == casefile.StageEvaluation {
		for _, who := range append(workers, s.VerifiedBy...) {
			list = append(list, judgement{who, casefile.RecordFollowUp{
				PartyID: s.Parties[0].ID, Result: casefile.FollowUpUnreachable, Method: casefile.FollowUpPhone,
			}})
		}
	}
	if s.Deferral != nil {
		list = append(list, judgement{s.Deferral.AskedBy, casefile.DecideDeferral{Approved: true}})
	}
	for _, d := range s.Deadlines {
		if n := len(d.Extensions); n > 0 && d.Extensions[n-1].Approved == nil {
			list = append(list, judgement{d.Extensions[n-1].RequestedBy, casefile.DecideExtension{DeadlineID: d.ID, Approved: true}})
		}
	}
	return list
}

func (s *search) mustRefuse(at live, actor casefile.Actor, wrong proposal, rule string) {
	label := wrong.label() + by + actor.PersonID
	m, err := s.decide(at, casefile.Command{Actor: actor, Act: wrong.act}, at.now, label)
	if err == nil {
		s.faultAfter(rule, label, label)
		return
	}
	s.checkRefusal(m, err)
}

// checkRefusal wants nothing of a refused command but a refusal, in both languages.
func (s *search) checkRefusal(m move, err error) {
	var refusal *casefile.Refusal
	if !errors.As(err, &refusal) || len(m.events) > 0 {
		s.faultAfter("a refused command leaves nothing", fmt.Sprintf("%d events and %v", len(m.events), err), m.label)
		return
	}
	if refusal.Code == "" || refusal.Message == "" || refusal.MessageZH == "" || strings.Contains(refusal.Message+refusal.MessageZH, "%!") {
		s.faultAfter("a refusal says why, in Chinese and in English", fmt.Sprintf("%+v", *refusal), m.label)
	}
}
