package importing

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
)

var reportHeader = []string{"行 row", "列 column", "表头 header", "内容 value", "原因", "reason"}

// report is the list of rows that were not imported: a UTF-8 csv file with a byte-order
// mark, readable by its owner alone since it shows parts of cells. The file is begun with
// the first problem; a report of an earlier run is emptied where there is none.
type report struct {
	path     string
	mu       sync.Mutex
	file     *os.File
	writer   *csv.Writer
	problems int
}

func (r *report) add(problems []problem) error {
	if len(problems) == 0 {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.problems += len(problems)
	if r.path == "" {
		return nil
	}
	if err := r.begin(); err != nil {
		return err
	}
	for _, p := range problems {
		letter := ""
		if p.column >= 0 {
			letter = columnLetter(p.column)
		}
		record := []string{strconv.Itoa(p.row), letter, harmless(shorten(p.header)), harmless(shorten(p.value)), p.fault.zh, p.fault.en}
		if err := r.writer.Write(record); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	}
	// Flushed at once: an import that is cut off leaves what it found.
	r.writer.Flush()
	if err := r.writer.Error(); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func (r *report) begin() error {
	if r.file != nil {
		return nil
	}
	file, err := os.OpenFile(r.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("begin the report: %w", err)
	}
	r.file, r.writer = file, csv.NewWriter(file)
	if _, err := file.WriteString("\ufeff"); err != nil {
		return fmt.Errorf("begin the report: %w", err)
	}
	if err := r.writer.Write(reportHeader); err != nil {
		return fmt.Errorf("begin the report: %w", err)
	}
	r.writer.Flush()
	return r.writer.Error()
}

// close finishes the report. It returns the path of the file if it has anything to tell.
func (r *report) close() (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.file == nil && r.path != "" {
		if _, err := os.Stat(r.path); errors.Is(err, fs.ErrNotExist) {
			return "", nil
		}
		if err := r.begin(); err != nil {
			return "", err
		}
	}
	if r.file == nil {
		return "", nil
	}
	if err := r.file.Close(); err != nil {
		return "", fmt.Errorf("finish the report: %w", err)
	}
	if r.problems == 0 {
		return "", nil
	}
	return r.path, nil
}

// harmless keeps a spreadsheet from running a cell as a formula when the report is opened.
func harmless(value string) string {
	if value != "" && strings.ContainsRune("=+-@", rune(value[0])) {
		return "'" + value
	}
	return value
}
