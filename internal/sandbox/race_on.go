//go:build race

package sandbox

// raced says that the race detector is in the program: it maps so much memory
// for itself that no limit of the operating system can be set.
const raced = true
