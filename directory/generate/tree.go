package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// files are the package's lists, each with the length of its codes.
var files = map[string]int{
	"package/dist/provinces.csv": 2,
	"package/dist/cities.csv":    4,
	"package/dist/areas.csv":     6,
	"package/dist/streets.csv":   9,
	"package/dist/villages.csv":  12,
}

type row struct{ code, name string }

// readPackage returns the divisions of the provinces, ordered by code. Every list must be
// there, and every division must have its parent.
func readPackage(archive io.Reader, provinces []string) ([]row, error) {
	compressed, err := gzip.NewReader(archive)
	if err != nil {
		return nil, err
	}
	members := tar.NewReader(compressed)
	var rows []row
	read := 0
	for {
		member, err := members.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		length, wanted := files[member.Name]
		if !wanted {
			continue
		}
		list, err := readList(members, length, provinces)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", member.Name, err)
		}
		rows = append(rows, list...)
		read++
	}
	if read != len(files) {
		return nil, fmt.Errorf("%d lists of %d found", read, len(files))
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.code, b.code) })
	return rows, check(rows)
}

func readList(source io.Reader, length int, provinces []string) ([]row, error) {
	list := csv.NewReader(source)
	list.ReuseRecord = true
	if _, err := list.Read(); err != nil {
		return nil, err
	}
	var rows []row
	for {
		fields, err := list.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		code, name := fields[0], fields[1]
		if len(code) < 2 || !slices.Contains(provinces, code[:2]) {
			continue
		}
		if len(code) != length {
			return nil, fmt.Errorf("code %s has %d digits instead of %d", code, len(code), length)
		}
		if name == "" || strings.ContainsAny(name, ",\"\r\n") {
			return nil, fmt.Errorf("%s has the name %q", code, name)
		}
		rows = append(rows, row{strings.Clone(code), strings.Clone(name)})
	}
}

var parentLength = map[int]int{4: 2, 6: 4, 9: 6, 12: 9}

func check(rows []row) error {
	codes := make(map[string]bool, len(rows))
	for _, row := range rows {
		if codes[row.code] {
			return fmt.Errorf("division %s is there twice", row.code)
		}
		codes[row.code] = true
		if parent := row.code[:parentLength[len(row.code)]]; parent != "" && !codes[parent] {
			return fmt.Errorf("division %s has no parent", row.code)
		}
	}
	return nil
}

// compress writes one "code,name" line for each row, gzipped without name or time.
func compress(rows []row) ([]byte, error) {
	var out bytes.Buffer
	writer, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if _, err := fmt.Fprintf(writer, "%s,%s\n", row.code, row.name); err != nil {
			return nil, err
		}
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
