// Package calendar counts lawful periods: calendar days, working days with make-up days
// (调休), months and hours, with pauses, extensions and roll-forward, and explains each
// result day by day, in Chinese and English, so that it can be checked by hand.
//
// Which days are worked is data: a Calendar is built from Years, read from year files (the
// format is told in data/README.md). Years 2024 to 2026 are shipped. Outside the loaded
// years only weekends are known to be free, and a result that depends on such a day is
// provisional.
//
// Days are those of Asia/Shanghai. The package reads no clock, and knows no procedure: how
// long a period is, whether it rolls and what pauses it, its caller says.
package calendar
