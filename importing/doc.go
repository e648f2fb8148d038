// Package importing brings an office's spreadsheet of petitions (信访台账) into the record: it
// reads xlsx and csv, finds the columns by their headers, checks every row, and turns each
// into one command. Answered petitions become closed cases with their real dates, open ones
// running cases whose clocks started on their real day.
//
// A row's case id follows from its issuing system and number, so the same file can be
// imported again, or on from where an import was cut off, and creates nothing twice. A row
// that can't be taken is reported with row, column, value and reason; the others go in.
package importing
