package directory

import (
	"fmt"
	"strings"
)

// Problem is one row that a directory can't contain.
type Problem struct {
	// List is "division", "unit", "person", "system" or "subject".
	List string
	// Row counts from 1 in the list as it was given.
	Row int
	// ID is the row's own id or code, as given.
	ID string
	// Reason says what is wrong, in lowercase English.
	Reason string
}

func (p Problem) String() string {
	return fmt.Sprintf("%s row %d (%q): %s", p.List, p.Row, p.ID, p.Reason)
}

// InvalidError is returned for lists that make no consistent directory. It names every
// faulty row, in the order of the lists.
type InvalidError struct {
	Problems []Problem
}

// shownProblems bounds the message: a list in the wrong encoding has thousands of them.
const shownProblems = 10

func (e *InvalidError) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "directory has %d faulty rows: ", len(e.Problems))
	for i, problem := range e.Problems {
		if i == shownProblems {
			fmt.Fprintf(&text, "; and %d more", len(e.Problems)-shownProblems)
			break
		}
		if i > 0 {
			text.WriteString("; ")
		}
		text.WriteString(problem.String())
	}
	return text.String()
}

// problems collects the faults of one list.
type problems struct {
	list  string
	found []Problem
}

func (p *problems) add(row int, id, format string, args ...any) {
	p.found = append(p.found, Problem{List: p.list, Row: row + 1, ID: id, Reason: fmt.Sprintf(format, args...)})
}

func invalid(lists ...problems) error {
	var all []Problem
	for _, list := range lists {
		all = append(all, list.found...)
	}
	if len(all) == 0 {
		return nil
	}
	return &InvalidError{Problems: all}
}
