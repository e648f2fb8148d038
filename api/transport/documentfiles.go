package transport

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// mostDocumentBytes bounds a file of trusted documents.
const mostDocumentBytes = 64 << 20

// LoadDocuments reads trusted documents from a JSON file, or from all those of a folder: a map of
// ids to texts, as relay-compiler and graphql-codegen write it, or Apollo's manifest of persisted
// queries. Errors name the file.
func LoadDocuments(path string) ([]Document, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read trusted documents: %w", err)
	}
	files := []string{path}
	if info.IsDir() {
		if files, err = filepath.Glob(filepath.Join(path, "*.json")); err != nil {
			return nil, fmt.Errorf("read trusted documents: %w", err)
		}
		if len(files) == 0 {
			return nil, fmt.Errorf("read trusted documents: there is no .json file in %s", path)
		}
	}
	var all []Document
	for _, file := range files {
		found, err := loadDocumentFile(file)
		if err != nil {
			return nil, fmt.Errorf("read trusted documents: %s: %w", file, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

func loadDocumentFile(file string) ([]Document, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Size() > mostDocumentBytes {
		return nil, fmt.Errorf("it has %d bytes, at most %d are read", info.Size(), mostDocumentBytes)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var manifest struct {
		Format     string
		Operations []struct{ ID, Body string }
	}
	if json.Unmarshal(raw, &manifest) == nil && manifest.Format == "apollo-persisted-query-manifest" {
		var found []Document
		for _, operation := range manifest.Operations {
			found = append(found, Document{ID: operation.ID, Text: operation.Body, File: file})
		}
		return found, nil
	}
	var texts map[string]string
	if err := json.Unmarshal(raw, &texts); err != nil {
		return nil, fmt.Errorf("it is no JSON object of ids and documents: %w", err)
	}
	var found []Document
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		found = append(found, Document{ID: id, Text: texts[id], File: file})
	}
	return found, nil
}
