//go:build !race

package isolate

// raced says whether the race detector is in the program.
const raced = false
