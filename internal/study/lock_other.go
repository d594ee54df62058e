//go:build !unix

package study

import "os"

// tryLock does nothing where the system has no such locks: two programs that
// add at once are not kept apart; the store's own locks still keep its rows
// whole.
func tryLock(*os.File) error { return nil }

// isReadOnly reports whether nothing can be written where something should be;
// these systems say so as a missing permission.
func isReadOnly(error) bool { return false }
