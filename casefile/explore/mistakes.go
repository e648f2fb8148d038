package explore

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// mistake is an input that has to be refused, with what its refusal must say.
type mistake struct {
	proposal
	// fields are the input fields that may be at fault, of which the refusal names one.
	fields []string
	// shows are the values in the message, in either language.
	shows []string
	// cites is what the message cites: a law's article, or that the rule is a design choice.
	cites procedure.Text
}

// mistakes are inputs that are wrong in every state in which somebody may send their act. Each
// has to be refused.
var mistakes = map[string]func(moment) []mistake{
	"SuspendClock":     wrongPauses,
	"ResumeClock":      wrongResumptions,
	"RequestExtension": wrongExtensions,
	"DispatchCase":     wrongDispatches,
	"ReferCase":        wrongReferrals,
}

// unwritten is cited for a rule that no text says, twoPersons for that of two persons.
var (
	unwritten  = procedure.Citation{DesignChoice: true}.Describe()
	twoPersons = procedure.Text{EN: "(two-person rule: " + unwritten.EN + ")", ZH: "（双人规则：" + unwritten.ZH + "）"}
)

// ofClock is a mistake about a clock, whose refusal names it and cites its text.
func ofClock(d casefile.Deadline, act casefile.Act, how string, fields ...string) mistake {
	return mistake{proposal{act, d.Step + " " + how}, append(fields, "deadlineId"), nil, casefile.CitationOf(d)}
}

// wrongPauses are for reasons that the clock's rule doesn't know.
func wrongPauses(m moment) []mistake {
	var list []mistake
	for _, d := range m.state.Deadlines {
		for _, reason := range []procedure.Pause{procedure.PauseAppraisal, procedure.PauseHearing, "HOLIDAY"} {
			if !slices.Contains(d.MayPause, reason) {
				list = append(list, ofClock(d, casefile.SuspendClock{DeadlineID: d.ID, Reason: reason}, string(reason), "reason"))
			}
		}
	}
	return list
}

// wrongResumptions are of clocks that nobody stopped.
func wrongResumptions(m moment) []mistake {
	var list []mistake
	for _, d := range m.state.Deadlines {
		if d.Status != casefile.ClockPaused {
			wrong := ofClock(d, casefile.ResumeClock{DeadlineID: d.ID}, "that runs")
			wrong.shows = []string{d.ID}
			list = append(list, wrong)
		}
	}
	return list
}

// wrongExtensions are longer, more or later than the clock's rule allows.
func wrongExtensions(m moment) []mistake {
	var list []mistake
	add := func(d casefile.Deadline, length int, how string) {
		act := casefile.RequestExtension{DeadlineID: d.ID, Length: length, Unit: d.Unit, Reason: "text"}
		list = append(list, ofClock(d, act, how, "length", "unit", "effectiveAt"))
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
func wrongDispatches(m moment) []mistake {
	by := m.now.Add(5 * oneDay).In(casefile.Shanghai).Format("2006-01-02")
	dispatch := func(leads ...string) casefile.DispatchCase {
		act := casefile.DispatchCase{Instruction: "text"}
		for _, unit := range []string{countyBureau, countyPetition} {
			act.Units = append(act.Units, casefile.DispatchTarget{UnitID: unit, ReplyBy: by, Lead: slices.Contains(leads, unit)})
		}
		return act
	}
	lead := func(leads []string, how string, fields ...string) mistake {
		return mistake{proposal{dispatch(leads...), how}, fields, nil, unwritten}
	}
	list := []mistake{lead([]string{countyBureau, countyPetition}, "two leads", "units.0.lead", "units.1.lead")}
	if !slices.ContainsFunc(m.state.Dispatches, func(d casefile.Dispatch) bool { return d.Lead && d.Open() }) {
		list = append(list, lead(nil, "no lead", "units")) // others may assist a lead that is at work
	}
	return list
}

// wrongReferrals go where their channel doesn't lead.
func wrongReferrals(m moment) []mistake {
	cites := unwritten
	if m.state.Kind == casefile.Petition {
		cites = procedure.Text{EN: "Regulations on Petition Work, art. 31", ZH: "《信访工作条例》第三十一条"}
	}
	wrong := func(channel casefile.ReferralChannel, unit, how string) mistake {
		act := casefile.ReferCase{Channel: channel, UnitID: unit, Reason: "text", Blocking: true}
		return mistake{proposal{act, how}, []string{"unitId"}, []string{unit}, cites}
	}
	return []mistake{
		wrong(casefile.ChannelCourt, cityPetition, "court that is none"), wrong(casefile.ChannelNotary, countyCourt, "notary that is a court"),
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
			s.mustRefuse(at, actor, own.mistake, "nobody verifies, approves or follows up their own work")
		}
	}
}

// judgement is what somebody would say of their own work.
type judgement struct {
	who string
	mistake
}

// ownJudgements are all that nobody may say of their own work in a state.
func ownJudgements(s casefile.State) []judgement {
	var list []judgement
	add := func(who string, act casefile.Act) {
		list = append(list, judgement{who, mistake{proposal: proposal{act: act}, cites: twoPersons}})
	}
	workers := append([]string{s.HandlerID}, s.HandledBy...)
	if s.Pending != nil {
		for _, who := range append(workers, s.Pending.AskedBy) {
			add(who, casefile.VerifyClosure{})
			add(who, casefile.RejectClosure{Reason: "text"})
		}
	}
	if s.Stage == casefile.StageEvaluation {
		for _, who := range append(workers, s.VerifiedBy...) {
			add(who, casefile.RecordFollowUp{
				PartyID: s.Parties[0].ID, Result: casefile.FollowUpUnreachable, Method: casefile.FollowUpPhone,
			})
		}
	}
	if s.Deferral != nil {
		add(s.Deferral.AskedBy, casefile.DecideDeferral{Approved: true})
	}
	for _, d := range s.Deadlines {
		if n := len(d.Extensions); n > 0 && d.Extensions[n-1].Approved == nil {
			list = append(list, judgement{
				d.Extensions[n-1].RequestedBy, ofClock(d, casefile.DecideExtension{DeadlineID: d.ID, Approved: true}, "of their own"),
			})
		}
	}
	return list
}

// mustRefuse lets somebody send what has to be refused. Who may send the act, or may not
// because it is about their own work, hears what was wrong and by which text.
func (s *search) mustRefuse(at live, actor casefile.Actor, wrong mistake, rule string) {
	label := wrong.label() + by + actor.PersonID
	m, err := s.decide(at, casefile.Command{Actor: actor, Act: wrong.act}, at.now, label)
	if err == nil {
		s.faultAfter(rule, label, label)
		return
	}
	s.checkRefusal(m, err)
	var refusal *casefile.Refusal
	if errors.As(err, &refusal) && (refusal.Code == casefile.RefusedSamePerson || s.may(at, actor, m.act)) {
		s.checkSays(m, *refusal, wrong)
	}
}

func (s *search) may(at live, actor casefile.Actor, act string) bool {
	return slices.Contains(casefile.AllowedCommands(at.state, actor, s.rules(at, at.now)), casefile.MutationName(act))
}

// checkSays wants the field, the value and the citation of a mistake in its refusal.
func (s *search) checkSays(m move, refusal casefile.Refusal, wrong mistake) {
	lacks := func(what string) {
		s.faultAfter("the refusal of a wrong input says which field, which value and by which rule", "no "+what+" in "+fmt.Sprintf("%+v", refusal), m.label)
	}
	if len(wrong.fields) > 0 && !slices.Contains(wrong.fields, strings.Join(refusal.Field, ".")) {
		lacks("field of " + strings.Join(wrong.fields, ", "))
	}
	for _, value := range wrong.shows {
		if !strings.Contains(refusal.Message, value) || !strings.Contains(refusal.MessageZH, value) {
			lacks(value)
		}
	}
	if !strings.Contains(refusal.Message, wrong.cites.EN) || !strings.Contains(refusal.MessageZH, wrong.cites.ZH) {
		lacks(wrong.cites.EN + " or " + wrong.cites.ZH)
	}
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
