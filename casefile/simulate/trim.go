package simulate

import "github.com/tiaochu/tiaochu/casefile"

// trim lets go of what stands in a case for its readers alone and no rule asks: how clocks were
// counted out, and what notices say.
func trim(s *casefile.State) {
	for i := range s.Deadlines {
		s.Deadlines[i].Explanation = nil
	}
	for i := range s.Notices {
		s.Notices[i].Remedy = casefile.Notice{}.Remedy
	}
}
