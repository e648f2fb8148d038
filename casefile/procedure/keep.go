package procedure

import (
	"fmt"
	"reflect"
)

// Rewritten returns a *FaultsError for each file of the layer that says otherwise than an
// older one of its name about days before today: cases follow the version they were accepted
// under, so a version that has begun is only ended, today or later, and the next one is a
// file of its own.
func (l Layer) Rewritten(older Layer, today Date) error {
	var found faults
	for _, was := range older.procedures {
		for _, is := range l.procedures {
			if is.File != was.File || was.EffectiveFrom >= today {
				continue
			}
			unended, now := was, is
			unended.EffectiveTo, now.EffectiveTo = "", ""
			past := func(end Date) bool { return end != "" && end < today.previous() }
			switch {
			case !reflect.DeepEqual(unended, now):
				found.add(is.File, "", fmt.Sprintf(
					"%s has held since %s and cases follow it: expected it unchanged but for effectiveTo, and the next version in a file of its own",
					was.Code, was.EffectiveFrom))
			case is.EffectiveTo != was.EffectiveTo && (past(was.EffectiveTo) || past(is.EffectiveTo)):
				found.add(is.File, "", fmt.Sprintf(
					"effectiveTo is %q and was %q: expected neither before %s, since what held then is past",
					is.EffectiveTo, was.EffectiveTo, today.previous()))
			}
		}
	}
	return found.err()
}
