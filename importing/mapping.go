package importing

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/tiaochu/tiaochu/casefile"
)

// Mapping is what an office's own words mean, read from a JSON file:
//
//	{
//	  "sheet":      "2019年台账",
//	  "columns":    {"来件号": "external_id", "来件日": "submitted_at"},
//	  "divisions":  {"高新区": "530402"},
//	  "categories": {"城建": "URBAN"},
//	  "types":      {"投诉": "APPEAL"},
//	  "sources":    {"留言板": "ONLINE"},
//	  "type":       "APPEAL",
//	  "source":     "ONLINE"
//	}
//
// Everything is optional. "type" and "source" are for rows whose column says nothing; without
// them they are APPEAL and OTHER.
type Mapping struct {
	// Sheet is the sheet of a workbook to read; empty for the first.
	Sheet string `json:"sheet"`
	// Columns maps headers to fields.
	Columns map[string]Field `json:"columns"`
	// Divisions maps the values of the region column to divisions.
	Divisions map[string]casefile.Division `json:"divisions"`
	// Categories maps the values of the category column to category codes.
	Categories map[string]string `json:"categories"`
	// Types maps the values of the type column.
	Types map[string]casefile.PetitionType `json:"types"`
	// Sources maps the values of the source column.
	Sources map[string]casefile.Source `json:"sources"`
	// Type is the petition type of rows that name none.
	Type casefile.PetitionType `json:"type"`
	// Source is the channel of rows that name none.
	Source casefile.Source `json:"source"`
}

// ReadMapping reads a mapping file. An unknown key, field, type, source or a malformed
// division is an error that names it.
func ReadMapping(path string) (Mapping, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return Mapping{}, fmt.Errorf("read the mapping file: %w", err)
	}
	mapping, err := parseMapping(raw)
	if err != nil {
		return Mapping{}, fmt.Errorf("mapping file %s: %w", path, err)
	}
	return mapping, nil
}

func parseMapping(raw []byte) (Mapping, error) {
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	decoder.DisallowUnknownFields()
	var mapping Mapping
	if err := decoder.Decode(&mapping); err != nil {
		return Mapping{}, err
	}
	if decoder.More() {
		return Mapping{}, fmt.Errorf("more than one JSON object")
	}
	seen := map[string]string{}
	for header, field := range mapping.Columns {
		if !field.known() {
			return Mapping{}, fmt.Errorf("column %q: unknown field %q; the fields are %s, and %s", header, field, fieldNames(), FieldIgnored)
		}
		plain := plainHeader(header)
		if plain == "" {
			return Mapping{}, fmt.Errorf("column %q: a header needs letters", header)
		}
		if other, twice := seen[plain]; twice {
			return Mapping{}, fmt.Errorf("columns %q and %q are the same header", header, other)
		}
		seen[plain] = header
	}
	for region, division := range mapping.Divisions {
		if !division.Valid() {
			return Mapping{}, fmt.Errorf("division of %q: %q is not a division code of 2, 4, 6, 9, 12 or 15 digits", region, division)
		}
	}
	for word, value := range mapping.Types {
		if !petitionTypes[value] {
			return Mapping{}, fmt.Errorf("type of %q: unknown %q", word, value)
		}
	}
	for word, value := range mapping.Sources {
		if !sources[value] {
			return Mapping{}, fmt.Errorf("source of %q: unknown %q", word, value)
		}
	}
	if mapping.Type != "" && !petitionTypes[mapping.Type] {
		return Mapping{}, fmt.Errorf("unknown type %q", mapping.Type)
	}
	if mapping.Source != "" && !sources[mapping.Source] {
		return Mapping{}, fmt.Errorf("unknown source %q", mapping.Source)
	}
	return mapping, nil
}

func (m Mapping) headers() map[string]Field {
	fields := map[string]Field{}
	for header, field := range m.Columns {
		fields[plainHeader(header)] = field
	}
	return fields
}

func fieldNames() string {
	var names []string
	for _, field := range Fields() {
		names = append(names, string(field))
	}
	return strings.Join(names, ", ")
}
