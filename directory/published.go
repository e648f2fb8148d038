package directory

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/tiaochu/tiaochu/casefile"
)

//go:embed data/divisions.csv.gz
var publishedDivisions []byte

// Divisions returns the published divisions of Yunnan and Guizhou, villages included, as
// of 2023-06-30 (see data/README.md). They are unpacked at the first call. A failure is a
// fault of the build, and panics.
func Divisions() *Tree { return published() }

var published = sync.OnceValue(func() *Tree {
	tree, err := unpack(publishedDivisions)
	if err != nil {
		panic(fmt.Sprintf("directory: published divisions: %v", err))
	}
	return tree
})

// unpack reads gzipped "code,name" lines. Codes and names share the memory of the text.
func unpack(compressed []byte) (*Tree, error) {
	reader, err := gzip.NewReader(bytes.NewReader(compressed))
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	if _, err := io.Copy(&text, reader); err != nil { //nolint:gosec // the input is part of the binary
		return nil, err
	}
	divisions := make([]casefile.DivisionInfo, 0, strings.Count(text.String(), "\n"))
	for line := range strings.Lines(text.String()) {
		code, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ",")
		if !ok {
			return nil, fmt.Errorf("line %d has no name", len(divisions)+1)
		}
		divisions = append(divisions, casefile.DivisionInfo{Code: casefile.Division(code), Name: name})
	}
	return NewTree(divisions)
}
