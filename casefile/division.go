package casefile

// Division (行政区划) is a statistical code without trailing zeros: province 2 digits
// ("53"), city 4, county 6, township 9, village 12, grid 15. The parent of a division is
// its prefix. Local divisions that the statistics don't know (development zones, new
// areas) carry a code of the same lengths outside the published list.
type Division string

// DivisionLevel is the rung of the division tree.
type DivisionLevel string

// The levels, from the widest to the narrowest.
const (
	LevelProvince DivisionLevel = "PROVINCE"
	LevelCity     DivisionLevel = "CITY"
	LevelCounty   DivisionLevel = "COUNTY"
	LevelTownship DivisionLevel = "TOWNSHIP"
	LevelVillage  DivisionLevel = "VILLAGE"
	LevelGrid     DivisionLevel = "GRID"
)

// DivisionLevels lists the levels from the widest to the narrowest.
var DivisionLevels = []DivisionLevel{
	LevelProvince, LevelCity, LevelCounty, LevelTownship, LevelVillage, LevelGrid,
}

var divisionLength = map[DivisionLevel]int{
	LevelProvince: 2, LevelCity: 4, LevelCounty: 6, LevelTownship: 9, LevelVillage: 12, LevelGrid: 15,
}

// Level returns the rung that the code's length names, or "" for a code of no known length.
func (d Division) Level() DivisionLevel {
	for _, level := range DivisionLevels {
		if divisionLength[level] == len(d) {
			return level
		}
	}
	return ""
}

// Valid reports whether the code has digits only and a length that names a level. Whether
// such a division exists is the Directory's to say.
func (d Division) Valid() bool {
	if d.Level() == "" {
		return false
	}
	for i := range len(d) {
		if d[i] < '0' || d[i] > '9' {
			return false
		}
	}
	return true
}

// Contains reports whether other is d itself or lies below it.
func (d Division) Contains(other Division) bool {
	return d != "" && len(other) >= len(d) && other[:len(d)] == d
}

// At returns the prefix of d at a level, or "" where d is wider than that level.
func (d Division) At(level DivisionLevel) Division {
	n := divisionLength[level]
	if n == 0 || len(d) < n {
		return ""
	}
	return d[:n]
}

// Parent returns the next wider division, or "" for a province.
func (d Division) Parent() Division {
	level := d.Level()
	for i := 1; i < len(DivisionLevels); i++ {
		if DivisionLevels[i] == level {
			return d.At(DivisionLevels[i-1])
		}
	}
	return ""
}
