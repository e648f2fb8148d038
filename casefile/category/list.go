package category

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

//go:embed data/disputes.csv data/petitions.csv
var data embed.FS

type codeList struct {
	entries []Category
	byCode  map[string]int
	byLabel map[string]int
}

// lists is read from the binary itself, so a failure is a fault of the build.
var lists = map[string]*codeList{
	Dispute:  mustReadEmbedded("data/disputes.csv", "D-"),
	Petition: mustReadEmbedded("data/petitions.csv", "P-"),
}

func mustReadEmbedded(path, prefix string) *codeList {
	file, err := data.Open(path)
	if err != nil {
		panic(fmt.Sprintf("category: %v", err))
	}
	defer func() { _ = file.Close() }()
	list, err := read(file, prefix)
	if err != nil {
		panic(fmt.Sprintf("category: %s: %v", path, err))
	}
	return list
}

// read takes a list whose header is code,parent,zh,en,restricted and whose entries follow
// their parents, the code of each beginning with its parent's.
func read(source io.Reader, prefix string) (*codeList, error) {
	rows := csv.NewReader(source)
	rows.Comment = '#'
	rows.FieldsPerRecord = 5
	header, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("read header: %w", err)
	}
	if !slices.Equal(header, []string{"code", "parent", "zh", "en", "restricted"}) {
		return nil, fmt.Errorf("unexpected header %q", header)
	}
	list := &codeList{byCode: map[string]int{}}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := list.add(row, prefix); err != nil {
			line, _ := rows.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
	}
	list.byLabel = list.indexLabels()
	return list, nil
}

func (l *codeList) add(row []string, prefix string) error {
	entry := Category{Code: row[0], Parent: row[1], ZH: row[2], EN: row[3], Restricted: row[4] == "true"}
	switch {
	case !strings.HasPrefix(entry.Code, prefix):
		return fmt.Errorf("code %q does not begin with %s", entry.Code, prefix)
	case entry.ZH == "" || entry.EN == "":
		return fmt.Errorf("%s has no label", entry.Code)
	case row[4] != "" && row[4] != "true":
		return fmt.Errorf("%s: restricted is %q, neither true nor empty", entry.Code, row[4])
	}
	if _, twice := l.byCode[entry.Code]; twice {
		return fmt.Errorf("code %s is there twice", entry.Code)
	}
	if entry.Parent != "" {
		at, ok := l.byCode[entry.Parent]
		if !ok {
			return fmt.Errorf("%s comes before its parent %s", entry.Code, entry.Parent)
		}
		if !strings.HasPrefix(entry.Code, entry.Parent+"-") {
			return fmt.Errorf("code %s does not extend its parent's %s", entry.Code, entry.Parent)
		}
		if l.entries[at].Restricted && !entry.Restricted {
			return fmt.Errorf("%s is open below the restricted %s", entry.Code, entry.Parent)
		}
	}
	l.byCode[entry.Code] = len(l.entries)
	l.entries = append(l.entries, entry)
	return nil
}
