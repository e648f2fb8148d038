// Package record holds what the records of cases and of leadership packages have in common:
// events and acts go by lasting names, under which they are read back, each event is chained
// to the one before by a hash, and states are compared by their digests. What an event means,
// its own aggregate knows.
package record
