package casefile

import "time"

// Rules is everything a decision depends on besides the state and the command.
type Rules struct {
	// Now is the instant of deciding. Decide reads no clock of its own.
	Now time.Time
	// Directory is the snapshot of people, units and divisions in force.
	Directory Directory
	// Law is what clocks are counted by; nil is the law that the program brings along.
	Law *Law
	// EndHeld says that something which isn't in the case's own record holds back its end: a
	// report of retaliation that is not answered.
	EndHeld bool
	// Number is the case number reserved for a registration ("530402-D-2026-000123").
	Number string
}

// Shanghai is the zone in which every legal day begins and ends. China has kept UTC+8
// without summer time since 1992.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

func (r Rules) law() *Law {
	if r.Law == nil {
		return ShippedLaw()
	}
	return r.Law
}
