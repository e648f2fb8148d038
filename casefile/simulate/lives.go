package simulate

import (
	"fmt"

	"github.com/tiaochu/tiaochu/casefile"
)

// Life is what happened in one case of a year, to its end or to that of the year.
type Life struct {
	CaseID string
	Events []casefile.Event
}

// Lives lives a year as Year does and returns the life of every case, in the order of their
// arrival. How clocks were counted out is left out of them.
func Lives(profile Profile, random Random) ([]Life, error) {
	var lives []Life
	at := map[string]int{}
	_, err := live(profile, random, func(caseID string, event casefile.Event) {
		i, known := at[caseID]
		if !known {
			i = len(lives)
			at[caseID] = i
			lives = append(lives, Life{CaseID: caseID})
		}
		lives[i].Events = append(lives[i].Events, event)
	})
	if err != nil {
		return nil, fmt.Errorf("live a year: %w", err)
	}
	return lives, nil
}
