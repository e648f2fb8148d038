package bench

import (
	"fmt"
	"io"
)

// readSummary compares the laps.
type readSummary struct{ lines []readLine }

type readLine struct {
	reader     string
	page       int
	clients    int
	server     int // 0 is the API, 1 the peer
	name       string
	here, bare readLap
}

func (s *readSummary) add(r reader, page, clients, server int, name string, here, bare readLap) {
	s.lines = append(s.lines, readLine{r.name, page, clients, server, name, here, bare})
}

// print shows the ratios that the aims are about.
func (s *readSummary) print(out io.Writer) {
	fmt.Fprintf(out, "\nagainst the bare read of the same rows (database time: first aim at most 1.5), and against the other server\n")
	for i, l := range s.lines {
		if l.server != 0 {
			continue
		}
		ratio := func(here, there float64) float64 {
			if there == 0 {
				return 0
			}
			return here / there
		}
		fmt.Fprintf(out, "%-26s page %4d %3d clients  database %4.2f  p50 %5.2f  Postgres' processor %4.2f", l.reader, l.page, l.clients,
			ratio(l.here.perPage(l.here.database), l.bare.perPage(l.bare.database)), ratio(l.here.percentile(50), l.bare.percentile(50)),
			ratio(l.here.perPage(l.here.postgres), l.bare.perPage(l.bare.postgres)))
		for _, other := range s.lines[i+1:] {
			if other.server != 0 && other.reader == l.reader && other.page == l.page && other.clients == l.clients {
				fmt.Fprintf(out, "  %s: p50 %4.2f  processor %4.2f", other.name, ratio(l.here.percentile(50), other.here.percentile(50)),
					ratio(l.here.perPage(l.here.server), other.here.perPage(other.here.server)))
			}
		}
		fmt.Fprintln(out)
	}
	s.restricted(out)
}

// restricted compares whoever is excluded from some cases with whoever is not, at the same
// division.
func (s *readSummary) restricted(out io.Writer) {
	for _, l := range s.lines {
		if l.server != 0 || l.reader != "county, excluded from some" {
			continue
		}
		for _, open := range s.lines {
			if open.server == 0 && open.reader == "county" && open.clients == l.clients && (open.page == 1) == (l.page == 1) {
				fmt.Fprintf(out, "excluded from some, of one who is not (aim at most 1.2): page %d, %d clients: p50 %.2f, database %.2f\n", l.page, l.clients,
					l.here.percentile(50)/open.here.percentile(50), l.here.perPage(l.here.database)/open.here.perPage(open.here.database))
			}
		}
	}
}
