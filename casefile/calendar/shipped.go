package calendar

import (
	"embed"
	"sync"
)

//go:embed data/*.json
var shippedFiles embed.FS

// Shipped returns the calendar of the years that Tiaochu brings along, from 2024 on, for
// the whole country.
func Shipped() Calendar { return shipped() }

// shipped panics on a faulty file: it is part of the binary, and a test reads it.
var shipped = sync.OnceValue(func() Calendar {
	files, err := shippedFiles.ReadDir("data")
	if err != nil {
		panic(err)
	}
	var years []Year
	for _, file := range files {
		content, err := shippedFiles.ReadFile("data/" + file.Name())
		if err != nil {
			panic(err)
		}
		year, err := ReadYear(file.Name(), content)
		if err != nil {
			panic(err)
		}
		years = append(years, year)
	}
	calendar, err := New(years...)
	if err != nil {
		panic(err)
	}
	return calendar
})
