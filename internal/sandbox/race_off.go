//go:build !race

package sandbox

// raced says whether the race detector is in the program.
const raced = false
