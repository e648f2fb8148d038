// Package casefile holds the rules of a case (矛盾纠纷 dispute, 信访事项 petition) as pure
// functions over plain data:
//
//	Decide(state, command, rules) → events, or a *Refusal
//	Apply(state, event)           → the next state
//
// Nothing here reads a clock, a database or a random source: the time, the people, the
// divisions and the number a case gets come in through Rules. A State is nothing but the
// fold of its events, so a record can be read back as of any past moment, and the same
// functions serve the live workflow, the import, the simulation and the explorer.
//
// No text written about a person passes through this package. Titles, narratives, names,
// numbers and addresses are stored encrypted outside and appear here as a TextID.
package casefile
