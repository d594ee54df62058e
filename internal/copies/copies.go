package copies

import "recount/internal/copies/wording"

// A Change is one difference between two wordings.
type Change = wording.Change

// Diff returns what differs between two wordings of one passage. See
// wording.Diff.
func Diff(from, to string) []Change { return wording.Diff(from, to) }
