// Package record holds what the records of cases and of leadership packages have in common:
// events and acts go by lasting names, under which they are read back, and each event is
// chained to the one before by a hash. What an event means, its own aggregate knows.
package record
