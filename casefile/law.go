package casefile

import (
	"fmt"
	"sync"

	"github.com/tiaochu/tiaochu/casefile/calendar"
	"github.com/tiaochu/tiaochu/casefile/procedure"
)

// Law is what the clocks are counted by: the catalogue of procedures and the calendars of
// working days, together in one version. It never changes and is safe for concurrent use.
type Law struct {
	version   int64
	catalogue *procedure.Catalogue
	country   calendar.Calendar
	// local are the years of divisions that have days of their own.
	local []calendar.Year
	// joined caches calendars with years of those laid over, by the divisions that they are of:
	// which these are for a case, the directory says.
	joined sync.Map
}

// NewLaw makes a law of a catalogue and of calendar years, the country's and divisions'. A
// higher version is a later law. The error is calendar.New's: faulty, doubled or missing
// years, all of them.
func NewLaw(version int64, catalogue *procedure.Catalogue, years []calendar.Year) (*Law, error) {
	if _, err := calendar.New(years...); err != nil {
		return nil, fmt.Errorf("calendars: %w", err)
	}
	law := &Law{version: version, catalogue: catalogue}
	var country []calendar.Year
	for _, year := range years {
		if year.Division == "" {
			country = append(country, year)
		} else {
			law.local = append(law.local, year)
		}
	}
	var err error
	law.country, err = calendar.New(country...)
	if err != nil {
		return nil, fmt.Errorf("calendars: %w", err)
	}
	return law, nil
}

// ShippedLaw is the law that the program brings along, version 0: the statutory catalogue
// and the country's calendar.
func ShippedLaw() *Law { return shippedLaw() }

var shippedLaw = sync.OnceValue(func() *Law {
	law, err := NewLaw(0, procedure.Default(), calendar.Shipped().Years())
	if err != nil {
		panic(err) // it is part of the binary, and a test reads it
	}
	return law
})

// Version tells a later law from an earlier one.
func (l *Law) Version() int64 { return l.version }

// Catalogue returns the procedures.
func (l *Law) Catalogue() *procedure.Catalogue { return l.catalogue }

// CalendarFor returns the calendar of a division: the country's, with the days of its own and
// of the divisions around it laid over, those of the local divisions among them that it is a
// member township of or lies in one. Of two divisions of a level, the later code's days lie
// on top. For "" it is the country's.
func (l *Law) CalendarFor(d Division, dir Directory) calendar.Calendar {
	if d == "" {
		return l.country
	}
	var own []calendar.Year
	key := ""
	for _, year := range l.local {
		if lies(dir, d, Division(year.Division)) {
			own = append(own, year)
			key += year.Division + " "
		}
	}
	if len(own) == 0 {
		return l.country
	}
	if cached, ok := l.joined.Load(key); ok {
		return cached.(calendar.Calendar)
	}
	joined, err := calendar.New(append(l.country.Years(), own...)...)
	if err != nil {
		return l.country // not reached: NewLaw has made a calendar of more years than these
	}
	l.joined.Store(key, joined)
	return joined
}

// procedureOn returns the version of a procedure that held on a day; where the catalogue
// begins later, its first version, which is what an old record comes nearest to.
func (l *Law) procedureOn(code string, day procedure.Date) (procedure.Procedure, bool) {
	if p, ok := l.catalogue.Find(code, day); ok {
		return p, true
	}
	versions := l.catalogue.Versions(code)
	if len(versions) == 0 || day > versions[0].EffectiveFrom {
		return procedure.Procedure{}, false
	}
	return versions[0], true
}
