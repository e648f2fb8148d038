//go:build ignore

// This program writes the shipped year files from the npm package chinese-days:
//
//	npm pack chinese-days@1.5.7 && tar xzf chinese-days-1.5.7.tgz
//	go run derive.go package 2024 2025 2026
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/tiaochu/tiaochu/casefile/calendar"
)

// fullNames are the holidays' names in the State Council's notices, for those that the
// package shortens.
var fullNames = map[string]string{"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}

func main() {
	if len(os.Args) < 3 {
		fail(fmt.Errorf("expected the package's folder and the years"))
	}
	for _, year := range os.Args[2:] {
		if err := derive(os.Args[1], year); err != nil {
			fail(err)
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "derive:", err)
	os.Exit(1)
}

func derive(folder, number string) error {
	manifest, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return err
	}
	var source struct{ Name, Version, License string }
	if err := json.Unmarshal(manifest, &source); err != nil {
		return err
	}
	content, err := os.ReadFile(filepath.Join(folder, "dist/years", number+".json"))
	if err != nil {
		return err
	}
	var days struct{ Holidays, Workdays map[string]string }
	if err := json.Unmarshal(content, &days); err != nil {
		return err
	}
	year := calendar.Year{
		Source:  fmt.Sprintf("npm %s %s, dist/years/%s.json", source.Name, source.Version, number),
		Licence: "MIT, Copyright (c) 2024 Yawei sun",
	}
	if year.Number, err = strconv.Atoi(number); err != nil {
		return err
	}
	for _, text := range sortedKeys(days.Holidays) {
		day, name, err := entry(text, days.Holidays[text])
		if err != nil {
			return err
		}
		last := len(year.Rest) - 1
		if last >= 0 && year.Rest[last].Name == name && year.Rest[last].To.AddDays(1) == day {
			year.Rest[last].To = day
			continue
		}
		year.Rest = append(year.Rest, calendar.RestDays{From: day, To: day, Name: name})
	}
	for _, text := range sortedKeys(days.Workdays) {
		day, name, err := entry(text, days.Workdays[text])
		if err != nil {
			return err
		}
		year.Work = append(year.Work, calendar.WorkDay{Date: day, For: name})
	}
	path := filepath.Join("data", number+".json")
	if _, err := calendar.ReadYear(path, year.File()); err != nil {
		return err
	}
	return os.WriteFile(path, year.File(), 0o644)
}

// entry reads a day and its value, "National Day,国庆节,3".
func entry(date, value string) (calendar.Date, calendar.Words, error) {
	day, err := calendar.ParseDate(date)
	if err != nil {
		return day, calendar.Words{}, err
	}
	parts := strings.Split(value, ",")
	if len(parts) != 3 {
		return day, calendar.Words{}, fmt.Errorf("%s: %q is not English, Chinese and number", date, value)
	}
	name := calendar.Words{EN: parts[0], ZH: parts[1]}
	if full, short := fullNames[name.ZH]; short {
		name.ZH = full
	}
	return day, name, nil
}

func sortedKeys(days map[string]string) []string {
	var keys []string
	for key := range days {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
