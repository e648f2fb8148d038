package procedure

import "strings"

// Fault is one reason to refuse a file: which file, which step of it (empty where the whole
// file is meant) and why.
type Fault struct {
	File   string
	Step   string
	Reason string
}

// String writes the fault as "petition.json: step handling: …".
func (f Fault) String() string {
	text := f.File
	if f.Step != "" {
		text += ": step " + f.Step
	}
	return text + ": " + f.Reason
}

// FaultsError is returned where files are refused: by Load for what a file says, by With
// and New for what files say together. It holds every fault that was found.
type FaultsError struct{ Faults []Fault }

func (e *FaultsError) Error() string {
	texts := make([]string, len(e.Faults))
	for i, fault := range e.Faults {
		texts[i] = fault.String()
	}
	return strings.Join(texts, "\n")
}

// faults collects what is wrong.
type faults []Fault

func (f *faults) add(file, step, reason string) {
	*f = append(*f, Fault{File: file, Step: step, Reason: reason})
}

func (f faults) err() error {
	if len(f) == 0 {
		return nil
	}
	return &FaultsError{Faults: f}
}
