package casefile

// addNote adds a note, which moves nothing and restarts no clock.
func (d *deciding) addNote(act AddNote) *Refusal {
	if refusal := requireValue(act.Text, "text"); refusal != nil {
		return refusal
	}
	d.emit(NoteAdded(act))
	return nil
}
