package explore

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tiaochu/tiaochu/casefile"
)

func (s *search) taken(act string, events []casefile.Event, label string) {
	s.result.Taken[act]++
	if len(events) == 0 {
		s.faultAfter("what is acknowledged has an event", "none", label)
	}
}

func (s *search) none(name string, actor casefile.Actor, why error) {
	act := actNamed[name]
	if _, allowed := mayHaveNone[act]; allowed {
		return
	}
	s.fault("what is allowed is taken", fmt.Sprintf("%s may %s, and every input is refused: %v", actor.PersonID, name, why))
}

func (s *search) timeStandsStill(why string) { s.fault("a clock that rings is decided", why) }

func (s *search) refused(act string, _ casefile.Command, events []casefile.Event, err error, label string) {
	s.result.Refused[act]++
	var refusal *casefile.Refusal
	if !errors.As(err, &refusal) || len(events) > 0 {
		s.faultAfter("a refused command leaves nothing", fmt.Sprintf("%d events and %v", len(events), err), label)
	}
}

// checkEvents looks at what a command brought about.
func (s *search) checkEvents(m move) {
	before, command, events, after, label := s.current.state, m.command, m.events, m.after, m.label
	for i, event := range events {
		if event.Seq != before.Version+i+1 {
			s.faultAfter("events are numbered without gaps", fmt.Sprintf("%s has number %d after version %d", event.Type(), event.Seq, before.Version+i), label)
		}
		if event.EffectiveAt.After(event.At) {
			s.faultAfter("nothing is dated in the future", event.Type(), label)
		}
	}
	if after.Version != before.Version+len(events) {
		s.faultAfter("events are numbered without gaps", fmt.Sprintf("version %d after %d events on %d", after.Version, len(events), before.Version), label)
	}
	if rule := ownWork(before, command, events); rule != "" {
		s.faultAfter("nobody verifies, approves or follows up their own work", rule, label)
	}
	if label != timePasses {
		return
	}
	if wake, runs := casefile.NextWake(after); runs && !wake.After(m.now.Add(-time.Minute)) {
		s.faultAfter("after time has passed nothing is due", wake.String(), label)
	}
}

// ownWork says whose own work somebody judged, or "".
func ownWork(before casefile.State, command casefile.Command, events []casefile.Event) string {
	who := command.Actor.PersonID
	if who == "" {
		return "" // time judges nobody
	}
	worked := who == before.HandlerID || slices.Contains(before.HandledBy, who)
	for _, event := range events {
		switch event.Body.(type) {
		case casefile.ClosureVerified, casefile.EndVerified, casefile.ClosureRejected, casefile.EndRejected:
			if worked || before.Pending.AskedBy == who {
				return who + " verified what they had asked for or handled"
			}
		case casefile.ExtensionDecided:
			if asked := undecided(before); asked == who {
				return who + " decided on the extension that they had asked for"
			}
		case casefile.ReviewOpinionIssued:
			if worked {
				return who + " reviewed what they had handled"
			}
		case casefile.FollowedUp:
			if before.Exists() && (worked || slices.Contains(before.VerifiedBy, who)) {
				return who + " followed up what they had handled or verified"
			}
		}
	}
	return ""
}

// undecided is who asked for the extension that waits.
func undecided(s casefile.State) string {
	for _, d := range s.Deadlines {
		if n := len(d.Extensions); n > 0 && d.Extensions[n-1].Approved == nil {
			return d.Extensions[n-1].RequestedBy
		}
	}
	return ""
}

// checkRecord wants that the stored events make the same state: by induction over the way
// there, that the state is the fold of its record.
func (s *search) checkRecord(m move) {
	events, state, label := m.events, m.after, m.label
	folded := s.current.state
	for _, event := range events {
		raw, err := json.Marshal(event)
		var back casefile.Event
		if err == nil {
			err = json.Unmarshal(raw, &back)
		}
		if err != nil {
			s.faultAfter("a state is the fold of its record", err.Error(), label)
			return
		}
		folded = casefile.Apply(folded, back)
	}
	if casefile.StateDigest(folded) != casefile.StateDigest(state) {
		s.faultAfter("a state is the fold of its record", "the stored events make another state", label)
	}
}

// checkState wants somebody or something to move every open case on, and rest in an ended one.
func (s *search) checkState(state casefile.State, rights []right, label string) {
	tasks := casefile.Tasks(state, s.scope.cast)
	_, runs := casefile.NextWake(state)
	if !state.Stage.Open() {
		for _, d := range state.Deadlines {
			if d.OfOffice() && (d.Running() || d.Status == casefile.ClockPaused) {
				s.faultAfter("no office clock runs in an ended case", d.Step, label)
			}
		}
		return
	}
	if len(tasks) == 0 && !runs {
		s.faultAfter("an open case has a task or a clock", "neither", label)
	}
	somebody := false
	for _, task := range tasks {
		if slices.Contains(answers[task.Kind], elsewhere) {
			continue
		}
		holders, able := s.ableTo(state, task)
		somebody = somebody || able
		if holders > 0 && !able {
			s.faultAfter("a task is given to somebody who may do it",
				fmt.Sprintf("%s lies with %s%s@%s, and none of %d may do it", task.ID, task.AssigneeID, task.InboxRole, task.InboxUnit, holders), label)
		}
	}
	if !somebody && !runs {
		s.faultAfter("an open case has somebody or a clock to move it", fmt.Sprintf("tasks %v, others may %v", tasks, rights), label)
	}
	if !somebody {
		s.result.ByClockAlone++
	}
}

// ableTo counts those with whom a task lies, and tells whether one of them may do it.
func (s *search) ableTo(state casefile.State, task casefile.Task) (holders int, able bool) {
	ids := []string{task.AssigneeID}
	if task.AssigneeID == "" {
		ids = ids[:0]
		for _, person := range s.scope.cast.Holders(task.InboxRole, task.InboxUnit) {
			ids = append(ids, person.ID)
		}
	}
	for _, id := range ids {
		if _, known := s.scope.cast.Person(id); !known {
			continue
		}
		holders++
		for _, command := range s.rightsOf(state, id) {
			if does(task.Kind, command) {
				return holders, true
			}
		}
	}
	return holders, false
}

// answers are the commands that do a kind of task.
var answers = map[string][]string{
	casefile.TaskAccept:          {"acceptCase", "declineCase", "transferCase"},
	casefile.TaskIdentify:        {"amendCase"},
	casefile.TaskAssign:          {"assignCase"},
	casefile.TaskInvestigate:     {"concludeInvestigation"},
	casefile.TaskOpenMediation:   {"openMediation"},
	casefile.TaskMediate:         {"concludeMediation"},
	casefile.TaskDecide:          {"issueDecision"},
	casefile.TaskServe:           {"recordService"},
	casefile.TaskRequestClosure:  {"requestClosure"},
	casefile.TaskVerify:          {"verifyClosure"},
	casefile.TaskFollowUp:        {"recordFollowUp"},
	casefile.TaskResumeClock:     {"resumeClock"},
	casefile.TaskDecideExtension: {"decideExtension"},
	casefile.TaskDecideDeferral:  {"decideDeferral"},
	casefile.TaskTakeUp:          {"takeUpCase"},
	casefile.TaskAnswerObjection: {"answerObjection"},
	casefile.TaskUrge:            {"recordPerformance"},
	casefile.TaskReplyDispatch:   {"replyDispatch", "returnDispatch"},
	casefile.TaskDispatchAgain:   {"dispatchCase", "returnDispatch"},
	casefile.TaskNameMediator:    {"recuseMediator"},
	casefile.TaskReturnToCourt:   {"returnToCourt"},
	casefile.TaskUrgeReply:       {"replyRecommendation"},
	casefile.TaskReview:          {"issueReviewOpinion"},
	casefile.TaskReReview:        {"issueReReviewOpinion"},

	casefile.TaskSample:                 {"recordSampleFinding", "recordFollowUp"},
	casefile.TaskRefer:                  {"referCase"},
	casefile.TaskTakeReferral:           {"acknowledgeReferral", "returnReferral"},
	casefile.TaskReferralDone:           {"recordReferralResult", "returnReferral"},
	casefile.TaskFollow:                 {"acknowledgeReferral", "recordReferralResult", "returnReferral"},
	casefile.TaskAskReferral:            {"acknowledgeReferral", "recordReferralResult", "returnReferral"},
	casefile.TaskAcknowledgeSupervision: {"acknowledgeSupervision", "replySupervision"},
	casefile.TaskReplySupervision:       {"replySupervision"},
	casefile.TaskJudgeSupervision:       {"closeSupervision"},
	casefile.TaskReportUrgent:           {"reportUrgent"},
	casefile.TaskUrgentCase:             {"acknowledgeUrgent"},
	casefile.TaskReportToPolice:         {"recordPoliceReport"},
	casefile.TaskAnswerRetaliation:      {"answerRetaliation"},
	// What is done outside the case, or only watched.
	casefile.TaskDecidePackage: {elsewhere},
	casefile.TaskAwaitEnd:      {elsewhere},
	casefile.TaskWatchClock:    {elsewhere},
}

// elsewhere stands for a task that no command on the case does.
const elsewhere = "elsewhere"

// does tells whether a command does a kind of task. Of a kind without an entry we only
// know that notes and corrections don't.
func does(kind, command string) bool {
	if commands, known := answers[kind]; known {
		return slices.Contains(commands, command)
	}
	return command != "addNote" && command != "amendCase"
}
