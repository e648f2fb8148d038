package casefile

// mergeErrands are what a merger asks of the other case: of the younger one that it joins; of
// the older one, once a second person has agreed and everybody has been told, that it takes
// everything over; and that nothing came of it.
func (s State) mergeErrands() []errand {
	var list []errand
	for _, m := range s.Mergers {
		if m.Status != MergerAsked {
			continue
		}
		list = append(list, errand{
			id: "join/" + m.ID, to: m.CaseID,
			act:      JoinCase{MergerID: m.ID, Into: s.standingForMerger(), Reason: TextID(m.Reason), By: m.By},
			answered: func(d *deciding, answer AnswerErrand) { d.joined(m, answer) },
		})
	}
	if s.mayBeTakenOver() {
		end := *s.Pending.Merged
		list = append(list, errand{
			id: "take-over/" + end.MergerID + "/" + s.Pending.NoticeID, to: end.CaseID,
			act:      TakeOver{MergerID: end.MergerID, CaseContent: s.content()},
			answered: func(d *deciding, answer AnswerErrand) { d.takenOver(end, answer) },
		})
	}
	for _, off := range s.Unmerged {
		list = append(list, errand{
			id: "call-off/" + off.CaseID + "/" + off.MergerID, to: off.CaseID,
			act:      CallOffMerger{off.MergerID, off.Why, off.WhyZH},
			answered: func(d *deciding, _ AnswerErrand) { d.emit(MergerCalledOff{off.MergerID, off.CaseID}) },
		})
	}
	return list
}

// mayBeTakenOver: the second person has agreed to the merger and its notice has been served.
func (s State) mayBeTakenOver() bool {
	if s.Pending == nil || s.Pending.Merged == nil || !s.Pending.Verified {
		return false
	}
	notice := s.notice(s.Pending.NoticeID)
	return notice == nil || notice.Served()
}

// joined takes the younger case's answer. It may come after that case has gone all the way.
func (d *deciding) joined(m Merger, answer AnswerErrand) {
	if why := answer.Refusal; why != nil {
		d.emit(MergerFailed{m.ID, why.Message, why.MessageZH})
		return
	}
	d.emit(MergerAgreed{m.ID})
}

// takenOver ends the younger case, or sends it back where the older one could not take it.
func (d *deciding) takenOver(end mergedEnd, answer AnswerErrand) {
	if why := answer.Refusal; why != nil {
		d.emit(MergerRefused{end.CaseID, end.Number, why.Message, why.MessageZH})
		return
	}
	d.cancelClocks(d.now)
	d.emit(CaseEnded{End: StageMerged})
}
