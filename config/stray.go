package config

import (
	"sort"
	"strings"
)

// Stray is a TIAOCHU_ variable of the environment that Tiaochu does not know: most often a
// misspelt one, which would otherwise be ignored in silence.
type Stray struct {
	// Name is the variable as it stands in the environment.
	Name string
	// Nearest is the known variable that is spelt most like it.
	Nearest string
}

// Strays returns the unknown TIAOCHU_ variables of an environment, given as os.Environ gives
// it (NAME=value), in the order of their names.
func Strays(environ []string) []Stray {
	var strays []Stray
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, prefix) && !known(name) {
			strays = append(strays, Stray{Name: name, Nearest: nearest(name)})
		}
	}
	sort.Slice(strays, func(i, j int) bool { return strays[i].Name < strays[j].Name })
	return strays
}

func known(name string) bool {
	for _, v := range Variables {
		if v.Name == name {
			return true
		}
	}
	return false
}

func nearest(name string) string {
	best, least := "", -1
	for _, v := range Variables {
		if d := editDistance(name, v.Name); least < 0 || d < least {
			best, least = v.Name, d
		}
	}
	return best
}

// editDistance is Levenshtein's: how many letters to insert, delete or replace to get from a to b.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
