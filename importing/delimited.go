package importing

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// delimited reads the records of a csv file as a stream.
type delimited struct {
	file   *os.File
	reader *csv.Reader
	// brokenLines counts the line ends inside cells so far: the physical line less these is
	// the row that a spreadsheet shows.
	brokenLines int
	// width is the number of headers, once they are known.
	width int
}

func openDelimited(path string) (lines, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	d, err := newDelimited(file)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read %s: %w", path, err), file.Close())
	}
	return d, nil
}

func newDelimited(file *os.File) (*delimited, error) {
	text, err := decodeText(file)
	if err != nil {
		return nil, err
	}
	buffered := bufio.NewReaderSize(text, 1<<16)
	start, err := buffered.Peek(1 << 14)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	d := &delimited{file: file, reader: csv.NewReader(buffered)}
	d.reader.Comma = delimiter(string(start))
	d.reader.FieldsPerRecord = -1
	return d, nil
}

// delimiter returns the separator that occurs most outside quotes in one of the first lines.
func delimiter(start string) rune {
	best, most := ',', 0
	for i, text := range strings.SplitN(start, "\n", headerWithin+1) {
		if i == headerWithin {
			break
		}
		counts := map[rune]int{}
		quoted := false
		for _, r := range text {
			if r == '"' {
				quoted = !quoted
			} else if !quoted {
				counts[r]++
			}
		}
		for _, candidate := range []rune{',', ';', '\t'} {
			if counts[candidate] > most {
				best, most = candidate, counts[candidate]
			}
		}
	}
	return best
}

func (d *delimited) next() (line, error) {
	cells, err := d.reader.Read()
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		number := broken.StartLine - d.brokenLines
		d.brokenLines += broken.Line - broken.StartLine
		return line{number: number, fault: &faultQuotes}, nil
	case err != nil:
		return line{}, err
	}
	physical, _ := d.reader.FieldPos(0)
	row := line{number: physical - d.brokenLines, cells: cells}
	for _, cell := range cells {
		d.brokenLines += strings.Count(cell, "\n")
	}
	if d.width == 0 {
		return row, nil
	}
	// A cell beyond the headers means that a separator inside a text was not quoted, and that
	// every column after it is shifted.
	for _, cell := range cells[min(d.width, len(cells)):] {
		if cleanText(cell) != "" {
			return line{number: row.number, fault: &faultShifted}, nil
		}
	}
	return row, nil
}

func (d *delimited) headed(width int) { d.width = width }

// dateCell finds none: a csv file knows only text.
func (d *delimited) dateCell(string) (moment, bool) { return moment{}, false }

func (d *delimited) close() error { return d.file.Close() }
