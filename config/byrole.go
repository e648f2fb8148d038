package config

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// ByRole is a number for each role of the directory ("CLERK"), with OTHERS for the roles that it
// doesn't name and NOBODY for whoever isn't signed in. What it holds no number for is not bound.
type ByRole map[string]int

// String writes the numbers as they are read: "NOBODY=10,OTHERS=20".
func (b ByRole) String() string {
	parts := make([]string, 0, len(b))
	for _, role := range slices.Sorted(maps.Keys(b)) {
		parts = append(parts, role+"="+strconv.Itoa(b[role]))
	}
	return strings.Join(parts, ",")
}

// byRole reads a ByRole with numbers up to most. Which roles there are, the API knows.
func byRole(most int) reader {
	expects := "roles with whole numbers up to " + strconv.Itoa(most) + ", such as NOBODY=100,OTHERS=2000,ADMIN=0; 0 is without bound"
	return reader{expects, func(text string) (any, error) {
		numbers := ByRole{}
		for _, part := range strings.Split(text, ",") {
			role, number, found := strings.Cut(strings.TrimSpace(part), "=")
			n, err := strconv.Atoi(number)
			if _, twice := numbers[role]; !found || role == "" || twice || err != nil || n < 0 || n > most {
				return nil, errUnexpected
			}
			numbers[role] = n
		}
		return numbers, nil
	}}
}
