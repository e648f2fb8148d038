package importing

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// line is one row of a file as it stands there.
type line struct {
	// number is the row as a spreadsheet shows it, from 1.
	number int
	cells  []string
	// fault tells why the row could not be split into cells; cells is then nil.
	fault *fault
}

func (l line) blank() bool {
	for _, cell := range l.cells {
		if cleanText(cell) != "" {
			return false
		}
	}
	return l.fault == nil
}

// lines reads a file row by row; next returns io.EOF after the last.
type lines interface {
	next() (line, error)
	// headed tells how many headers the rows that follow have.
	headed(width int)
	// dateCell reads a cell that is a date by its type rather than by its text.
	dateCell(cell string) (moment, bool)
	close() error
}

// headerWithin is how many rows, blank ones aside, may stand above the headers.
const headerWithin = 10

// table is a file whose columns are known.
type table struct {
	lines
	columns
}

// openTable opens a file and finds its header row: the first of the first ten rows that has
// all required columns. Where none has, the error is the *HeaderError of the row that comes
// nearest, and nothing is read further.
func openTable(path string, mapping Mapping) (*table, error) {
	source, err := openLines(path, mapping.Sheet)
	if err != nil {
		return nil, err
	}
	var nearest *HeaderError
	for seen := 0; seen < headerWithin; {
		row, err := source.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("read %s: %w", path, err), source.close())
		}
		if row.blank() {
			continue
		}
		seen++
		if row.fault != nil {
			continue
		}
		columns, fault := readHeader(row.cells, mapping)
		if fault == nil {
			source.headed(len(row.cells))
			return &table{lines: source, columns: columns}, nil
		}
		if nearest == nil || len(fault.Missing) < len(nearest.Missing) {
			nearest = fault
		}
	}
	if nearest == nil {
		nearest = &HeaderError{Missing: requiredFields}
	}
	return nil, errors.Join(fmt.Errorf("%s: %w", path, nearest), source.close())
}

// UnsupportedFileError says that a file is neither xlsx nor csv.
type UnsupportedFileError struct{ Path string }

// Error names the file and what can be read.
func (e *UnsupportedFileError) Error() string {
	return fmt.Sprintf("%s: expected a .xlsx, .xlsm, .csv, .tsv or .txt file (save an .xls file as .xlsx first)", e.Path)
}

func openLines(path, sheet string) (lines, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".xlsm":
		return openWorkbook(path, sheet)
	case ".csv", ".tsv", ".txt":
		return openDelimited(path)
	}
	return nil, &UnsupportedFileError{Path: path}
}

// cell returns the row's cell for a field, or "" where the file has no such column.
func (t *table) cell(row line, field Field) string {
	column, ok := t.at[field]
	if !ok || column >= len(row.cells) {
		return ""
	}
	return row.cells[column]
}

// countRows counts the rows below the header that are not blank.
func countRows(path string, mapping Mapping) (int, error) {
	t, err := openTable(path, mapping)
	if err != nil {
		return 0, err
	}
	count := 0
	for {
		row, err := t.next()
		if errors.Is(err, io.EOF) {
			return count, t.close()
		}
		if err != nil {
			return 0, errors.Join(fmt.Errorf("read %s: %w", path, err), t.close())
		}
		if !row.blank() {
			count++
		}
	}
}
