package importing

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbookUnzipLimit bounds what a workbook may unfold to, so that a crafted file can't fill
// the disk.
const workbookUnzipLimit = 4 << 30

// workbook reads the rows of one sheet as a stream.
type workbook struct {
	file     *excelize.File
	rows     *excelize.Rows
	number   int
	from1904 bool
}

func openWorkbook(path, sheet string) (lines, error) {
	file, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: workbookUnzipLimit})
	if err != nil {
		return nil, fmt.Errorf("open the workbook %s: %w", path, err)
	}
	w := &workbook{file: file}
	if err := w.open(sheet); err != nil {
		return nil, errors.Join(fmt.Errorf("open the workbook %s: %w", path, err), file.Close())
	}
	return w, nil
}

func (w *workbook) open(sheet string) error {
	sheets := w.file.GetSheetList()
	if len(sheets) == 0 {
		return errors.New("it has no sheets")
	}
	if sheet == "" {
		sheet = sheets[0]
	}
	if !slices.Contains(sheets, sheet) {
		return fmt.Errorf("it has no sheet %q, only %s", sheet, strings.Join(sheets, ", "))
	}
	properties, err := w.file.GetWorkbookProps()
	if err != nil {
		return err
	}
	w.from1904 = properties.Date1904 != nil && *properties.Date1904
	w.rows, err = w.file.Rows(sheet)
	return err
}

func (w *workbook) next() (line, error) {
	if !w.rows.Next() {
		if err := w.rows.Error(); err != nil {
			return line{}, err
		}
		return line{}, io.EOF
	}
	w.number++
	// Raw values: a date comes as its serial number instead of the way the author's machine
	// would have shown it, and a long number with all its digits.
	cells, err := w.rows.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return line{}, fmt.Errorf("row %d: %w", w.number, err)
	}
	return line{number: w.number, cells: cells}, nil
}

// headed does nothing: cells of a sheet can't shift, and notes stand beside many a table.
func (w *workbook) headed(int) {}

func (w *workbook) dateCell(cell string) (moment, bool) { return parseSerial(cell, w.from1904) }

func (w *workbook) close() error { return errors.Join(w.rows.Close(), w.file.Close()) }
