// Package procedure is the catalogue of procedures: which steps the law gives each of
// them, how long a step may take, from which act it is counted, what pauses and extends
// it, what its expiry means, and which article says so.
//
// The catalogue is data, one file a procedure and version, in data/. A file is refused
// whole where it contradicts itself or leaves a row uncited, with the step and the reason.
// A place's own rules (a hotline's, a grid's, an assessment's) are a second layer of files
// in the same format: it may add procedures and steps, and shorten what binds an office,
// but not contradict what the law says.
//
// It knows no other package of the project: a kind, a type, a unit's kind and a court
// stage are the words that casefile's terms hold.
package procedure
