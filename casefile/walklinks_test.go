package casefile

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// goodLink makes an act that ties the case to others, or puts it off.
func (w *walker) goodLink(name string) Act {
	switch name {
	case "linkCases":
		act := LinkCases{Kind: pick(w, peoplesLinks...), CaseID: fmt.Sprintf("other-%d", w.IntN(100)), Reason: "reason", Final: w.chance(10)}
		if w.state.linked(act.Kind, act.CaseID) {
			return nil
		}
		return act
	case "deferCase":
		act := DeferCase{Until: day(w.now.AddDate(0, 0, 1+w.IntN(10))), Reason: "reason"}
		if !w.mayPutOff(act.Until) {
			return nil // a statutory clock runs out before
		}
		return act
	case "decideDeferral":
		return DecideDeferral{Approved: w.chance(70) && w.mayPutOff(w.state.Deferral.Until), Reason: "reason"}
	case "takeUpCase":
		return TakeUpCase{}
	case "mergeCase":
		id := fmt.Sprintf("other-%d", w.IntN(100))
		if slices.ContainsFunc(w.state.Mergers, func(m Merger) bool { return m.CaseID == id }) || len(w.state.Mergers) >= maxMergers {
			return nil
		}
		return MergeCase{CaseID: id, Number: "530402-D-2026-000009", Reason: "reason", There: "there"}
	case "recordSampleFinding":
		return RecordSampleFinding{Finding: pick(w, SampleCorrect, SampleFalseClosure, SampleDuplicate), Comment: "comment"}
	case "splitCase":
		return w.splitOff()
	}
	return nil
}

func (w *walker) mayPutOff(until string) bool {
	d := &deciding{state: w.state, rules: w.rules(), now: Instant(w.now)}
	return d.checkPutOff(until) == nil
}

// others lets another case answer, or ask something of this one.
func (w *walker) others() error {
	if samples := w.state.openSamples(); len(samples) > 0 && w.chance(60) {
		return w.lookAgain(samples[0])
	}
	var act Act
	switch errands := Errands(w.state); {
	case len(errands) == 0 && !w.state.Stage.Open() && w.chance(70):
		act = DrawForSample{SampleID: fmt.Sprintf("s-%d", w.IntN(3)), UnitID: pick(w, "city-center", "center"), Role: RoleSupervisor}
	case len(errands) > 0:
		answer := AnswerErrand{ErrandID: errands[0].ID, Number: "530402-D-2026-000009"}
		if w.chance(30) {
			answer.Refusal = refuse(RefusedClosed, nil, "no", "不")
		}
		act = answer
	case w.state.Stage == StageReReview && w.chance(60):
		act = NoteLink{LinkID: "L1", Kind: LinkRepeat, CaseID: fmt.Sprintf("other-%d", w.IntN(100)), By: w.dir.as(pick(w, w.dir.ids...))}
	case slices.ContainsFunc(w.state.Links, func(l Link) bool { return l.Kind == LinkRepeat && !l.Inverse }) && w.chance(30):
		i := slices.IndexFunc(w.state.Links, func(l Link) bool { return l.Kind == LinkRepeat && !l.Inverse })
		act = NoteFinality{CaseID: w.state.Links[i].CaseID, Number: "530402-D-2026-000009"}
	case w.chance(20):
		act = w.join()
	case w.chance(60) && len(w.state.Mergers) > 0:
		act = w.takeOver()
	case w.chance(20):
		act = NoteLink{
			LinkID: "L1", Kind: pick(w, peoplesLinks...), CaseID: fmt.Sprintf("other-%d", w.IntN(100)),
			By: w.dir.as(pick(w, w.dir.ids...)),
		}
	default:
		return nil
	}
	_, err := w.send(Command{CaseID: w.state.ID, Actor: System, Act: act, RequestKey: "key", InputDigest: "digest"})
	return err
}

// beginFinal takes an appeal up to a served re-review, with another case that brings the same
// matter again: walks at random come that far too seldom.
func (w *walker) beginFinal() error {
	upheld := ReviewOpinion{Outcome: ReviewUpheld, Facts: "facts", Reasons: "reasons", LegalBasis: "law"}
	notice := func() Act {
		last := w.state.Notices[len(w.state.Notices)-1]
		return RecordService{DocumentID: last.ID, PartyID: "P1", Method: ServedByPost, ServedAt: w.now}
	}
	for _, step := range []struct {
		who string
		act func() Act
	}{
		{"petition-clerk1", func() Act { return aPetition(Appeal) }},
		{"petition-clerk1", func() Act { return AcceptCase{} }},
		{"petition-manager1", func() Act { return AssignCase{PersonID: "petition-investigator1"} }},
		{"petition-investigator1", func() Act { return ConcludeInvestigation{Facts: "facts", Path: PathDecision} }},
		{"petition-investigator1", w.decision},
		{"petition-clerk1", notice},
		{"", func() Act {
			return NoteLink{LinkID: "L1", Kind: LinkRepeat, CaseID: "other-1", By: w.dir.as("petition-clerk1")}
		}},
		{"petition-clerk1", func() Act { return RequestReview{ReviewAsked{PartyID: "P1", Reason: "reason"}} }},
		{"city-petition-manager1", func() Act { return IssueReviewOpinion{upheld} }},
		{"city-petition-clerk1", notice},
		{"city-petition-clerk1", func() Act { return RequestReReview{ReviewAsked{PartyID: "P1", Reason: "reason"}} }},
		{"city-leading-leader1", func() Act { return IssueReReviewOpinion{upheld} }},
		{"city-leading-manager1", notice},
	} {
		w.now = w.now.Add(time.Hour)
		actor := System
		if step.who != "" {
			actor = w.dir.as(step.who)
		}
		if taken, err := w.send(w.command(actor, step.act())); err != nil || !taken {
			return fmt.Errorf("on the way to a re-review in %s (%t): %w", w.state.Stage, taken, err)
		}
	}
	return w.others() // mostly, the other case answers
}

func (w *walker) splitOff() Act {
	register := aDispute()
	if w.state.Kind == Petition {
		register = aPetition(Suggestion)
	}
	register.Claims = []TextID{"moved claim"}
	raw, err := json.Marshal(register)
	if err != nil {
		panic(err)
	}
	act := SplitCase{NewCaseID: fmt.Sprintf("part-%d", w.IntN(100)), Register: string(raw), Reason: "reason", There: "there"}
	if len(w.state.Claims) > 1 {
		act.Claims = []string{pick(w, w.state.Claims...).ID}
	}
	return act
}

// join asks the case to end in an older one.
func (w *walker) join() Act {
	into := w.state.standingForMerger()
	into.CaseID, into.RegisteredAt = fmt.Sprintf("older-%d", w.IntN(10)), into.RegisteredAt.Add(time.Duration(w.IntN(3)-2)*time.Hour)
	return JoinCase{MergerID: fmt.Sprintf("J%d", w.IntN(9)), Into: into, Reason: "reason", By: w.dir.as(w.colleague())}
}

// takeOver brings what a merged case holds.
func (w *walker) takeOver() Act {
	merger := pick(w, w.state.Mergers...)
	if w.chance(20) {
		return CallOffMerger{merger.ID, "why", "为何"}
	}
	other := w.state
	other.ID, other.Number, other.Mergers, other.TakenOver = merger.CaseID, "530402-D-2026-000009", nil, nil
	content := other.content()
	d := &deciding{state: w.state, rules: w.rules()}
	for i := range content.Clocks {
		content.Clocks[i].StartedAt = content.Clocks[i].StartedAt.Add(-48 * time.Hour)
		d.count(&content.Clocks[i])
	}
	return TakeOver{MergerID: merger.ID, CaseContent: content}
}

// lookAgain has somebody whom the case was drawn for ask a party, or say what they found.
func (w *walker) lookAgain(sample Sample) error {
	for _, holder := range w.dir.Holders(sample.Role, sample.UnitID) {
		for _, name := range []string{"recordFollowUp", "recordSampleFinding"} {
			actor := w.dir.as(holder.ID)
			if !slices.Contains(AllowedCommands(w.state, actor, w.rules()), name) || w.chance(30) {
				continue
			}
			taken, err := w.send(w.command(actor, w.goodAct(name)))
			if err == nil && !taken {
				return fmt.Errorf("%s was allowed to %s and refused", actor.PersonID, name)
			}
			return err
		}
	}
	return nil
}
