//go:build !race

package guard_test

// slowdown stretches the bounds of time where instrumented code runs.
const slowdown = 1
