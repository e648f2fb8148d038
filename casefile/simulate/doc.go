// Package simulate lives a year of a province: cases arrive, people work on them at the rate
// that they can, and every command goes through casefile.Decide and Apply as it would in the
// office. What comes out is what the rules make of such a year: who was late, who was chased,
// who had too much to do.
//
// It is a simulation by events. A case that arrives has tasks (casefile.Tasks); a task becomes
// workable after a wait (a party must be heard, a post delivered), goes to the person whose
// it is, or to the one of the role inbox with the least to do who may do it, and is done after
// so many minutes of that person's working days, behind what they had taken on before. Then
// the command is sent that does the task. Clocks ring when casefile.NextWake says so.
//
// It reads no clock and no randomness of its own: the profile says what the year is like, and
// the caller brings the random numbers. The same profile and the same numbers give the same
// result, byte for byte. Cases that have ended are let go, so memory follows the open cases.
//
// The defaults are assumptions, not measurements of any office, except where profile.go says
// otherwise; whoever has figures of their own brings them in a file.
package simulate
