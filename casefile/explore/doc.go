// Package explore visits every state that a case can reach by the pure rules, with a small
// cast of units and people and bounded commands, and checks there what must always hold.
//
// A search begins with the registrations of a Scope. In each state it lets everybody of the
// cast send every command that casefile.AllowedCommands gives them, with every input that
// the table of proposals has for it, and lets time pass: to the day before the next clock
// rings, and to its ringing. Breadth first, so the first way found to a state is a shortest
// one.
//
// # States that count as one
//
// Instants, texts and numbers grow without end, so states are told apart by what may happen
// next only (abstraction.go). Kept are: every enumerated value and flag of the state; for
// each clock of the round its step, status and warning; the order in which the running
// clocks ring, and whether the next one rings within a day; the notices that are owed, the
// follow-ups of this evaluation, the mediation and the decision at hand; and of each person
// their post and every part that they play in the case. Dropped are: ids and numbers, dates
// (kept as set or not set), texts (given or not given), amounts, what is spent (notices
// served or void, mediations without an agreement, closed orders, clocks of earlier rounds),
// and which of two people in the same post with the same parts it is. A field that the
// state gains is kept until this package says otherwise.
//
// Two states that count as one are continued from the one found first. Whether that loses
// anything is looked at, too: each time, the commands open to everybody in both are
// compared, and a difference is a fault (see Options.CompareMerged).
//
// # What is checked
//
// At each step: events are numbered on without gaps and survive JSON; the old state is not
// written to; nobody verifies or follows up their own work; an ended case has no office
// clock running; letting time pass at the hour asked for leaves nothing due. In each open
// state: somebody has a task that they may do, or a clock runs; no task is given to people
// of whom none may do it; what is allowed to somebody is taken from them with some input.
// At last, backwards from the ends: an end can be reached from every open state.
package explore
