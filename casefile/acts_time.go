package casefile

// PassTime lets the clock act: every warning and deadline that is due by Rules.Now is
// decided, oldest first. Only the system asks for it.
type PassTime struct{}

func (PassTime) actName() string { return "PassTime" }

func (PassTime) decide(d *deciding) *Refusal {
	d.passTime()
	return nil
}

// timeActs are the acts of the clock alone.
var timeActs = []actKind{
	systemActOf[PassTime](),
}
