package procedure

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed data/*.json
var data embed.FS

// Layer is a set of procedure files, each sound by itself.
type Layer struct{ procedures []Procedure }

// Load reads a layer from files by name, each one version of one procedure in JSON. Every
// file is read, and an error is a *FaultsError with all that is wrong. What files say
// together is checked when they become a catalogue.
func Load(files map[string][]byte) (Layer, error) {
	var found faults
	var layer Layer
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".json") {
			found.add(name, "", "not a .json file")
			continue
		}
		read, err := decode(files[name])
		if err != nil {
			found.add(name, "", err.Error())
			continue
		}
		read.File = name
		read.check(name, &found)
		layer.procedures = append(layer.procedures, read)
	}
	if err := found.err(); err != nil {
		return Layer{}, err
	}
	return layer, nil
}

// Default is the statutory catalogue that the program carries.
func Default() *Catalogue { return statutory() }

// statutory is read from the binary itself, so a failure is a fault of the build.
var statutory = sync.OnceValue(func() *Catalogue {
	entries, err := data.ReadDir("data")
	if err != nil {
		panic(fmt.Sprintf("procedure: %v", err))
	}
	files := make(map[string][]byte, len(entries))
	for _, entry := range entries {
		text, err := data.ReadFile("data/" + entry.Name())
		if err != nil {
			panic(fmt.Sprintf("procedure: %v", err))
		}
		files[entry.Name()] = text
	}
	layer, err := Load(files)
	if err != nil {
		panic(fmt.Sprintf("procedure: %v", err))
	}
	catalogue, err := New(layer)
	if err != nil {
		panic(fmt.Sprintf("procedure: %v", err))
	}
	return catalogue
})
