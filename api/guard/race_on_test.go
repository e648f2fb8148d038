//go:build race

package guard_test

// slowdown stretches the bounds of time under the race detector.
const slowdown = 8
