// Package sampling draws the cases that the level above looks at again (抽查). A draw is a pure
// function of its population, its rate and its seed, so that anybody can repeat it.
package sampling

import (
	"math/rand/v2" //nolint:depguard // a PCG with a given seed is a pure function of it
	"slices"
)

// Rule names how a draw is made; a draw is repeated by the rule that made it.
const Rule = "pcg-partial-shuffle-1"

// stream keeps these draws apart from any other use of the same seed.
const stream = 0x7469616f63687500 // "tiaochu"

// Draw picks perMille of a thousand of a population, rounded up, without regard to the order
// in which it is given, and returns them sorted. A population that isn't empty gives at least
// one. The population is not changed.
func Draw(population []string, perMille int, seed uint64) []string {
	pool := slices.Compact(slices.Sorted(slices.Values(population)))
	n := min(len(pool), (len(pool)*max(perMille, 0)+999)/1000)
	if n == 0 && perMille > 0 && len(pool) > 0 {
		n = 1
	}
	random := rand.New(rand.NewPCG(seed, stream)) //nolint:gosec // G404: it must be repeatable, not secret
	for i := range n {
		j := i + random.IntN(len(pool)-i)
		pool[i], pool[j] = pool[j], pool[i]
	}
	drawn := pool[:n]
	slices.Sort(drawn)
	return drawn
}
