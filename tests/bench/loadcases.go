package bench

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"

	"github.com/google/uuid"

	"github.com/tiaochu/tiaochu/casefile"
	"github.com/tiaochu/tiaochu/casefile/simulate"
	"github.com/tiaochu/tiaochu/directory"
	"github.com/tiaochu/tiaochu/store"
)

// LoadOptions say what LoadCases fills a record with.
type LoadOptions struct {
	Cases int
	// Seed decides everything; the same gives the same cases.
	Seed uint64
	// Lives is how many lives are lived by the rules; the cases are copies of them in other
	// divisions, under other ids and numbers. 0 is 2,000.
	Lives int
	// Within is the division in whose villages the cases are; empty is the province.
	Within casefile.Division
	store.CopyOptions
}

func (o LoadOptions) lives() int { return cmp.Or(o.Lives, 2000) }

// loadedYear is the year that the cases are of.
const loadedYear = 2025

// The places of the simulated year, which the copies put others in the stead of. A life is
// lived in a county; three of four are put into a village of it before they are folded.
const (
	livedCity, livedCounty      = "9901", "990101"
	livedTownship, livedVillage = "990101001", "990101001001"
	livedNumber                 = "990101-D-2025-000001"
	livedCase                   = "7ead0000-0000-4000-8000-000000000000"
)

// LoadCases fills an empty record of the province of Yunnan with cases, by COPY: a number of
// lives is lived by the pure rules (casefile/simulate) over one year, each is folded, and
// copied into every county and village with a fresh id and number. It returns how many lives
// there were.
func LoadCases(ctx context.Context, record *store.Store, options LoadOptions) (lives int, err error) {
	patterns, err := livedPatterns(options.lives(), options.Seed)
	if err != nil {
		return 0, err
	}
	return len(patterns), record.CopyCases(ctx, copies(patterns, options), options.CopyOptions)
}

// loadedProfile is the profile of the year that is lived: one county has all its cases.
func loadedProfile(lives int) simulate.Profile {
	profile := simulate.DefaultProfile()
	profile.Year, profile.Cases, profile.Staff.CasesPerCounty = loadedYear, lives, lives
	return profile
}

func livedPatterns(lives int, seed uint64) ([]*store.Pattern, error) {
	profile := loadedProfile(lives)
	lived, err := simulate.Lives(profile, rand.New(rand.NewPCG(seed, 0)))
	if err != nil {
		return nil, err
	}
	patterns := make([]*store.Pattern, 0, len(lived))
	offices := livedOffices(profile)
	for i, life := range lived {
		if err := settle(&life.Events[0], i); err != nil {
			return nil, err
		}
		pattern, err := store.NewPattern(livedCase, life.Events, offices, differing)
		if err != nil {
			return nil, fmt.Errorf("fold life %d: %w", i, err)
		}
		patterns = append(patterns, pattern)
	}
	return patterns, nil
}

// settle puts three of four registrations into a village of the county, every other of these by
// its grid worker, and excludes somebody from every tenth case.
func settle(registered *casefile.Event, i int) error {
	body, isRegistration := registered.Body.(casefile.CaseRegistered)
	if !isRegistration {
		return fmt.Errorf("a life begins with %s", registered.Type())
	}
	if i%4 > 0 && body.Division == livedCounty {
		body.Division = livedVillage
		if i%4 > 1 && body.Confidentiality == casefile.ConfidentialityNormal {
			registered.Actor = casefile.Actor{
				PersonID: livedReporter, Role: casefile.RoleGridWorker, UnitID: livedGrid, Division: livedVillage, UnitKind: casefile.UnitGridStation,
			}
		}
	}
	if i%10 == 0 {
		body.Exclusions = append(body.Exclusions, casefile.Exclusion{PersonID: livedRecused})
	}
	registered.Body = body
	return nil
}

// differing are the texts by which copies of a life differ, and copies gives those of a case in
// the same order.
var differing = []string{
	livedCase, livedNumber, livedVillage, livedTownship, livedCounty, livedCity + "-",
	"\t99\t" + livedCity + "\t", // province and city stand side by side in every table
}

// copies are the cases, each a pattern in a place.
func copies(patterns []*store.Pattern, options LoadOptions) iter.Seq[store.Copy] {
	return func(yield func(store.Copy) bool) {
		random := rand.New(rand.NewPCG(options.Seed, 1))
		villages := villagesOf(cmp.Or(options.Within, "53"))
		for i := range options.Cases {
			village := villages[random.IntN(len(villages))]
			county, city := village[:6], village[:4]
			ok := yield(store.Copy{Of: patterns[random.IntN(len(patterns))], Texts: []string{
				caseIDOf(options.Seed, i), fmt.Sprintf("%s-D-%d-%06d", county, loadedYear, i+1),
				village, village[:9], county, city + "-", "\t53\t" + city + "\t",
			}})
			if !ok {
				return
			}
		}
	}
}

func villagesOf(division casefile.Division) []string {
	var villages []string
	for info := range directory.Divisions().Under(division) {
		if info.Code.Level() == casefile.LevelVillage {
			villages = append(villages, string(info.Code))
		}
	}
	return villages
}

// caseIDOf is the id of a loaded case.
func caseIDOf(seed uint64, i int) string {
	return uuid.NewSHA1(uuid.NameSpaceOID, fmt.Appendf(nil, "loaded case %d of %d", i, seed)).String()
}
