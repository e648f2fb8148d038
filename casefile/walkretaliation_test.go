package casefile

// goodRetaliation makes an act about retaliation that the rules take, or none for any other.
func (w *walker) goodRetaliation(name string) Act {
	switch name {
	case "reportRetaliation":
		named := pick(w, byPerson(pick(w, "bureau-leader1", "center-mediator2", "city-center-leader1", "court-clerk1")), byUnit("bureau"), onlyByName)
		act := reporting(named)
		act.PartyID = pick(w, w.state.Parties...).ID
		probe, _ := RetaliationReport(w.state, w.command(w.actor, act), city).Act.(RegisterCase)
		if act.Named.PersonID == w.actor.PersonID || overseer(probe, city) == "" {
			return reportingWith(func(a *ReportRetaliation) { a.PartyID = act.PartyID })
		}
		return act
	case "answerRetaliation":
		return AnswerRetaliation{Finding: pick(w, RetaliationConfirmed, RetaliationNotConfirmed, RetaliationToDiscipline), Measures: "measures"}
	}
	return nil
}

// holdEnd has a report hold back the end from now on, or be answered.
func (w *walker) holdEnd() error {
	w.endHeld = !w.endHeld
	if w.endHeld {
		return nil
	}
	_, err := w.send(Command{CaseID: w.state.ID, Actor: System, Act: ResumeEnd{}, RequestKey: "key", InputDigest: "digest"})
	return err
}

// reported is the command that opens a report of retaliation, about a case of its own.
func (w *walker) reported() (Command, error) {
	about := newWalker(w.Uint64(), newCoverage())
	about.now = w.now
	if _, err := about.send(about.command(city.as("center-clerk1"), aDispute())); err != nil {
		return Command{}, err
	}
	about.actor = city.as("center-clerk1")
	act := about.goodRetaliation("reportRetaliation").(ReportRetaliation)
	act.PartyID, act.ReportID = "P1", w.state.ID
	command := RetaliationReport(about.state, about.command(about.actor, act), city)
	return w.command(about.actor, command.Act), nil
}
