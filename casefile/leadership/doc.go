// Package leadership holds the rules of leadership packages (领导包案): a named leader takes
// charge of one or more hard cases until they are resolved or stabilised (信访工作条例 art 18
// para 2). Like casefile it is pure: Decide gives events or refuses, Apply folds them.
//
// A package owns its membership: it invites a case, the case is told, and the package notes
// what became of it. What it knows of its members is what they told it, and on that table
// it decides whether it may end.
package leadership
