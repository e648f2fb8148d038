// Package explore visits every state that a case can reach by the pure rules, with a small
// cast of units and people and bounded commands, and checks there what must always hold.
//
// A search begins with the registrations of a Scope. In each state it lets everybody of the
// cast send every command of the scope that casefile.AllowedCommands gives them, with every
// input that the table of proposals has for it; it brings what other aggregates would say
// (another case's answer, a package's word, a draw for a sample); and it lets time pass to
// the ringing of the next clock. A report of retaliation leaves nothing in the case and holds
// back its end, so each state also is one with such a report open or without. Breadth first, so the first way found to a state is a
// shortest one.
//
// Each scope is about one topic of the rules, on as short a way through the case as shows it;
// Crossed adds each two topics together. A scope says which commands are sent, so that what
// is added to the rules has to be put somewhere: a proposal that no scope takes fails a test.
//
// # States that count as one
//
// Instants, texts and numbers grow without end, so states are told apart by what may happen
// next only. A field that the state gains counts until this package says otherwise.
//
// forget.go takes out what no rule asks any more: notices that have been served or are void;
// clocks that were met, cancelled, or begun anew, unless an order chases them or a rejection
// lets them run on; promises that were kept, agreements that a later one replaced, mediations
// that are over but for who left them and what a court still waits for; opinions that a later
// one replaced, and reviews of them; orders that are closed, and proposals over a miss that
// is made up for; dispatches and referrals that came back, raises that were given back; draws
// that have their finding; follow-ups of earlier evaluations.
//
// abstraction.go drops, field by field, numbers, names, amounts, reasons, and who did what
// nothing keeps them from doing again. Of an instant it counts that it is set; of a text that
// it is given; of a round whether it is this one; of the number of rounds and redos whether
// there were any. A list is a set, but for those whose order rules ask for. An id stands for
// the place of what it names among those that count, and a person for their post and every
// part that they play in the case: which of two people in the same post with the same parts it
// is, nobody can tell.
//
// In scopes where time passes (Bounds.Misses) today's date and the day of every ringing count
// besides; working days and days off depend on them. In the others nothing ever rings.
//
// Whether the rules can tell more than that is tried, not believed: from every so manieth
// state that counts as a known one the search goes on as well (Options.CompareMerged, all of
// them with 1). Everybody's commands, the tasks, the running clocks, and the states to which
// every command leads have to be the same from both, or it is a fault.
//
// # What is checked
//
// At each step: events are numbered on without gaps and survive JSON; the old state is not
// written to; nobody verifies or follows up their own work, whoever it had been handed over to,
// and what was done is known to the case as theirs; an ended case has no office
// clock running; letting time pass at the hour asked for leaves nothing due; what only adds to
// the record moves nothing; a case does not end while a report of retaliation is open. In each
// open state: somebody has a task that they may do, a clock runs, or another case or a package
// owes an answer; no task is given to people
// of whom none may do it; what is allowed to somebody is taken from them with some input, and
// refused with each wrong one (mistakes.go), in both languages, with the field, the value and
// the text behind the rule, or that it is a choice of design; an end that has all it needs, and
// that nothing holds back, has come.
// At last, backwards from the ends: an end can be reached from every open state by the
// commands of the scope.
//
// # What it does not show
//
// Acts dated back, calendars loaded meanwhile, absences and changes of posts, and more than
// the bounds allow: one handler, one session, one sender of each kind for a command where the
// rules would take several; no third notice of a kind while two wait for service. What rules
// count to a limit (forty referrals, sixty dispatches) is not counted here: tests of casefile go
// to each limit, and its random walks go everywhere.
package explore
